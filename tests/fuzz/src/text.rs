//! Texts that are almost something: Markdown, HTML, SVG, CSS, addresses,
//! numbers, dates, and what breaks those who read them.

use crate::random::Random;

/// Pieces that mean something to one reader or another.
const PIECES: &[&str] = &[
    // Markdown
    "*",
    "**",
    "_",
    "__",
    "~~",
    "`",
    "```",
    "\n",
    "\n\n",
    "  \n",
    "# ",
    "###### ",
    "- ",
    "1. ",
    "99999999999. ",
    "> ",
    "[",
    "](",
    ")",
    "![",
    "](https://a.example/b \"t\")",
    "[a]: /b\n",
    "| a | b |\n|---|:-:|\n",
    "---\n",
    "\\",
    "&amp;",
    "&#x41;",
    "&#0;",
    "&#x110000;",
    "&bogus;",
    "<https://a.example>",
    "https://a.example/(b)",
    "www.a.example",
    "\t",
    "    code\n",
    "[x][y]",
    "[^1]",
    "- [ ] ",
    "\u{a0}",
    "***a**b*",
    "<!-- ",
    " -->",
    "<![CDATA[",
    "<?x ?>",
    // HTML and SVG
    "<",
    ">",
    "</",
    "/>",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<a href=\"javascript:alert(1)\">",
    "</a>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<img src=x onerror=alert(1)>",
    "<ul><li>",
    "</li></ul>",
    "<table><tr><td>",
    "<br>",
    "<title>",
    "<textarea>",
    "<plaintext>",
    "<svg viewBox='0 0 1 1'>",
    "</svg>",
    "<path d=\"M0 0h9\"/>",
    "<use href=\"#a\"/>",
    "<animate attributeName=href to=javascript:1>",
    "<foreignObject>",
    "<span class=\"slate-bold\">",
    "=\"",
    "='",
    "\"",
    "'",
    "<math><mi>",
    "<template>",
    "\0",
    "<a\0b>",
    "<A HREF=x>",
    "<div style=\"x:expression(1)\">",
    "on",
    "=",
    // CSS
    "{",
    "}",
    ";",
    ":",
    "/*",
    "*/",
    "@import url(//a.example);",
    "@media (x) {",
    "url(",
    "url(\"javascript:1\")",
    "\\75 rl(",
    "#fff",
    "#12345678",
    "rgb(1 2 3 / 50%)",
    "hsl(720deg,999%,-1%)",
    "oklch(.5 .2 1turn)",
    "var(--x)",
    "red",
    "transparent",
    "linear-gradient(90deg, red, #0000 50%)",
    "1e999px",
    ".typebot-button",
    ":host",
    "!important",
    "calc(1px + ",
    // Addresses
    "javascript:",
    "JaVa\tScRiPt:",
    "\u{1}javascript:",
    "data:text/html,<script>1</script>",
    "data:image/svg+xml,",
    "data:image/png;base64,",
    "blob:https://a.example/1",
    "vbscript:",
    "file:///etc/passwd",
    "https://",
    "http:\\\\a",
    "//a.example",
    "mailto:a@b",
    "tel:+1",
    "sms:1",
    "?a=b&c",
    "#f",
    "%00",
    "%zz",
    "%2F",
    "\u{202e}",
    "xn--",
    "https://a@b.example:99999/",
    // Numbers, dates, phones, files
    "0",
    "1",
    "-",
    "+",
    ".",
    ",",
    "e",
    "1e400",
    "-0",
    "NaN",
    "Infinity",
    "007",
    "٣",
    "2024-02-30",
    "2024-01-01T00:00",
    " to ",
    "yyyy",
    "dd/MM/yyyy",
    "EEEE",
    "'",
    "''",
    "+49",
    "00",
    "image/*",
    ".PDF",
    "video/mp4",
    "*/*",
    // Scripts
    "return ",
    "async () => {",
    "const ",
    "function",
    "<script src=\"https://a.example/x.js\"></script>",
    "<noscript>",
    // Streams
    "0:\"a\"\n",
    "3:\"{}\"\n",
    "d:{}\n",
    "0:",
    "{\"message\":\"x\"}",
    "data: ",
    // All the world
    "a",
    "word",
    "é",
    "e\u{301}",
    "漢字",
    "🙂",
    "👩‍👩‍👧‍👦",
    "\u{feff}",
    "\u{200d}",
    "\u{10ffff}",
    "ﬀ",
    "İ",
    "ß",
    "العربية",
    "\r\n",
    "\u{2028}",
    " ",
];

/// A text of up to so many pieces.
pub fn text(random: &mut Random, most: usize) -> String {
    let mut text = String::new();
    for _ in 0..random.below(most) {
        match random.below(12) {
            0 => text.push(char::from_u32(random.below(0x11_0000) as u32).unwrap_or('\u{fffd}')),
            1 => {
                let piece = *random.pick(PIECES);
                for _ in 0..random.below(24) {
                    text.push_str(piece);
                }
            }
            2 => {
                // A piece that was cut off.
                let piece = *random.pick(PIECES);
                let keep = random.below(piece.chars().count() + 1);
                text.extend(piece.chars().take(keep));
            }
            _ => {
                let piece: &&str = random.pick(PIECES);
                text.push_str(piece);
            }
        }
    }
    text
}

/// A text with markup, and seldom a large one: few pieces, so often that whoever goes over it again for each
/// of them never comes to an end.
pub fn source(random: &mut Random) -> String {
    /// Bytes.
    const LARGE: usize = 200_000;
    if !random.once_in(4_000) {
        return text(random, 40);
    }
    let (once, often, last) = (text(random, 3), text(random, 4), text(random, 3));
    let often = if often.is_empty() { "[".into() } else { often };
    [once, often.repeat(LARGE / often.len()), last].concat()
}

/// A short text: a word, a number, an address.
pub fn word(random: &mut Random) -> String {
    text(random, 5)
}
