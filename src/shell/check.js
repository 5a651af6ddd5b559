// Answers a wrong option in the console with the nearest that exists.

const distance = (a, b) => {
  let row = [...b].map((_, i) => i + 1);
  for (let i = 0; i < a.length; i++) {
    let left = i + 1, above = i;
    row = row.map((up, j) => {
      left = Math.min(up + 1, left + 1, above + (a[i].toLowerCase() !== b[j].toLowerCase()));
      above = up;
      return left;
    });
  }
  return row.at(-1) ?? a.length;
};

/** The name in `names` that `wrong` was most likely meant to be. */
export const nearest = (wrong, names) =>
  names.map((name) => [distance(wrong, name), name]).sort((a, b) => a[0] - b[0])[0][1];

/** Says what is wrong, and what to write instead. */
export default (host, { names }, options) => {
  for (const name in options) if (!names.includes(name) && !/^on[A-Z]/.test(name)) console.warn(`natter: there is no option "${name}". Did you mean "${nearest(name, names)}"?`);
  if (!host.name) console.error('natter: no bot is named. Give its public id: { bot: "my-bot" }.');
};
