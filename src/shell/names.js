// The options of the elements: each is a property and a kebab-case attribute. Callbacks are properties alone.

export const names =
  "bot typebot botId api apiHost uploadHost wsHost templateSlug isPreview previewToken startFrom sessionId previewTheme previewSettings resultId prefilledVariables message stream font progressBarRef scripts locale colorScheme nonce deadline resumeHours restart events page botUrl sdk isOpen defaultOpen autoShowDelay previewMessage theme inlineStyle zIndex offsetX offsetY expandable rootMargin labels".split(
    " ",
  );

export const kebab = (name) => name.replace(/[A-Z]/g, "-$&").toLowerCase();

/** Reads an attribute: JSON where it is JSON, else the text; an empty one says nothing. */
export const parse = (text) => {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return text || undefined;
  }
};
