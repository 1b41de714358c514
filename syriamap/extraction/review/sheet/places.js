// a written name → the places of the theater that may be meant, best first
const articles = /\b(al|el|as|ash|at|ad|an|ar|az|il)\s+/g;
const folds = new Map();
const fold = (text) => {
  if (!folds.has(text)) {
    folds.set(text, text.normalize("NFKD").replace(/[\u064b-\u0652\u0670\u0640\u0300-\u036f]/g, "")
      .replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").toLowerCase()
      .replace(/['’ʿʾʼʻ`-]/g, " ").replace(articles, "").replace(/\s+/g, " ").trim());
  }
  return folds.get(text);
};
const known = new Map();
const bearers = new Map();
const ranks = ["city", "town", "village", "hamlet"];
for (const [id, name, arabic, area, kind, others] of data.places) {
  known.set(id, { name, kind, words: `${name}, ${kind}, ${area}`, keys: new Set() });
  for (const one of [name, arabic, ...others]) {
    const key = one ? fold(one) : "";
    if (!key) continue;
    known.get(id).keys.add(key);
    if (!bearers.has(key)) bearers.set(key, new Set());
    bearers.get(key).add(id);
  }
}
const rank = (id) => {
  const at = ranks.indexOf(known.get(id).kind);
  return at < 0 ? ranks.length : at;
};
/** Letters to change between two short names; `most + 1` for more. */
const apart = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    if (Math.min(...next) > most) return most + 1;
    row = next;
  }
  return row[b.length];
};
const mostOffers = 9;
const lookUp = (written) => {
  const key = fold(written);
  if (!key) return { exact: [], alike: [] };
  const inOrder = (ids) => [...ids].sort((a, b) => rank(a) - rank(b) ||
    known.get(a).words.localeCompare(known.get(b).words, "en") || (a < b ? -1 : 1));
  const exact = inOrder(bearers.get(key) || []);
  if (exact.length) return { exact, alike: [] };
  const near = new Map();
  const most = key.length < 5 ? 1 : 2;
  for (const [name, ids] of bearers) {
    const away = name.startsWith(key) ? 0.5 : apart(key, name, most);
    if (away > most) continue;
    for (const id of ids) near.set(id, Math.min(away, near.get(id) ?? away));
  }
  const alike = inOrder(near.keys()).sort((a, b) => near.get(a) - near.get(b)).slice(0, mostOffers);
  return { exact, alike };
};
