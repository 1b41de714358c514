// the texts: sentences with their cards, neighbors on demand, words that are marked
const sheet = byId("sheet");
const marked = (paragraph, text, drafts) => {
  const spans = [];
  for (const draft of drafts) {
    if (draft.at >= 0) spans.push([draft.at, draft.at + draft.place.length, ""]);
    if (!draft.trigger) continue;
    const word = draft.trigger.replace(/[^\p{L}\p{N}]/gu, "\\$&");
    const verb = text.search(new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, "iu"));
    if (verb >= 0) spans.push([verb, verb + draft.trigger.length, "verb"]);
  }
  spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  let done = 0;
  for (const [from, to, cls] of spans) {
    if (from < done) continue;
    paragraph.append(text.slice(done, from), make("mark", text.slice(from, to), cls));
    done = to;
  }
  paragraph.append(text.slice(done));
};
const sentences = new Map();
/** A sentence as a paragraph whose words can be marked. */
const spoken = (source, sentence, drafts, cls) => {
  const paragraph = told("p", undefined, cls);
  marked(paragraph, sentence.text, drafts);
  sentences.set(paragraph, { source, sentence });
  return paragraph;
};
const around = (source, start) => {
  let n = source.sentences.findIndex(([from, to]) => from <= start && start < to);
  if (n < 0) n = source.sentences.findIndex(([from]) => from >= start);
  const pick = (from, to) => source.sentences.slice(Math.max(0, from), Math.max(0, to))
    .map(([begin, end, text]) => spoken(source, { start: begin, end, text }, [], "near"));
  return [pick(n - 2, n), pick(n + 1, n + 3)];
};
const neighbors = (row) => {
  if (row.shown) {
    row.shown.forEach((one) => { sentences.delete(one); one.remove(); });
    row.shown = null;
    return;
  }
  const [before, after] = around(row.source, row.start);
  row.paragraph.before(...before);
  row.paragraph.after(...after);
  row.shown = [...before, ...after];
};
const rows = [];
const rowFor = (source, sentence, drafts) => {
  const row = { source, start: sentence.start, box: make("div", undefined, "row") };
  row.left = make("div");
  row.right = make("div");
  row.paragraph = spoken(source, sentence, drafts);
  row.left.append(row.paragraph);
  const names = drafts.filter((one) => one.relation === "none");
  if (names.length) {
    row.left.append(told("p", `No claim: ${names.map((one) => `${one.place} (${one.role})`).join(", ")}`, "names"));
  }
  row.left.append(button("Neighbors", () => neighbors(row)));
  row.box.append(row.left, row.right);
  rows.push(row);
  return row;
};
/** Put the card of an added claim beside its sentence. */
const place = (unit) => {
  const { source, draft } = unit;
  const own = rows.filter((row) => row.source === source);
  let row = own.find((one) => one.start === draft.sentence_start);
  if (!row) {
    const sentence = { start: draft.sentence_start, end: draft.sentence_end, text: draft.sentence };
    row = rowFor(source, sentence, []);
    const after = own.filter((one) => one.start > row.start).sort((a, b) => a.start - b.start)[0];
    if (after) after.box.before(row.box);
    else source.box.append(row.box);
  }
  row.right.append(draw(unit));
};
const where = (paragraph, node, offset) => {
  const range = document.createRange();
  range.setStart(paragraph, 0);
  range.setEnd(node, offset);
  return range.toString().length;
};
/** What is marked in a sentence: the sentence, where, the words. */
const selected = () => {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const node = range.startContainer.nodeType === 1 ? range.startContainer : range.startContainer.parentElement;
  const paragraph = node.closest("p");
  if (!sentences.has(paragraph)) return null;
  const { source, sentence } = sentences.get(paragraph);
  const from = where(paragraph, range.startContainer, range.startOffset);
  const to = paragraph.contains(range.endContainer)
    ? where(paragraph, range.endContainer, range.endOffset) : sentence.text.length;
  const words = sentence.text.slice(from, to);
  const at = from + words.length - words.trimStart().length;
  return words.trim() ? { source, sentence, at, words: words.trim() } : null;
};
let pressed = null;
const addMarked = () => {
  const found = selected() || pressed;
  pressed = null;
  if (!found) {
    tell("Mark the name of a place in a sentence first; then m adds a claim about it.");
    return;
  }
  getSelection().removeAllRanges();
  const unit = added(found.source, found.sentence, found.at, found.words);
  units.push(unit);
  place(unit);
  set(unit, "open");
  tell("");
  mend(unit, unit.values.place_id ? "actor" : "place");
};
const drawEnds = (source) => {
  const own = make("p", undefined, "ends");
  source.inputs = {};
  for (const [name, label] of [["publisher", "Publisher"], ["url", "Link"]]) {
    const tag = make("label", `${label} `);
    const field = source.inputs[name] = make("input");
    field.name = name === "url" ? "link" : name;
    field.dir = "auto";
    field.value = source[name];
    field.addEventListener("input", () => {
      source[name] = field.value;
      source.claims.forEach(({ unit }) => { if (unit.box) update(unit); });
      keep();
    });
    tag.append(field);
    own.append(tag, " ");
  }
  return own;
};
const drawText = (source) => {
  const all = make("details", undefined, "whole");
  all.append(make("summary", "The whole text"));
  all.addEventListener("toggle", () => {
    if (all.childElementCount > 1) return;
    for (const [start, end, text] of source.sentences) all.append(spoken(source, { start, end, text }, [], "near"));
  });
  return all;
};
const drawSource = (source) => {
  source.box = make("section", undefined, "text");
  source.box.append(told("h2", source.title || source.file), told("p", source.file, "names"), drawEnds(source), drawText(source));
  sheet.append(source.box);
  const by = new Map();
  for (const draft of source.drafts) {
    if (!by.has(draft.sentence_start)) by.set(draft.sentence_start, []);
    by.get(draft.sentence_start).push(draft);
  }
  const drawn = new Map(source.claims.map(({ unit, draft }) => [draft, unit]));
  for (const drafts of by.values()) {
    const sentence = { start: drafts[0].sentence_start, text: drafts[0].sentence };
    sentence.end = sentence.start + drafts[0].sentence_length;
    const row = rowFor(source, sentence, drafts);
    for (const draft of drafts.filter((one) => drawn.has(one))) {
      const unit = drawn.get(draft);
      if (unit.draft === draft) row.right.append(draw(unit));
      else row.right.append(button(`Same claim as in ${unit.source.title || unit.source.file}`, () => focusOn(unit)));
    }
    source.box.append(row.box);
  }
  for (const one of source.abstentions) {
    const item = make("li");
    const sentence = { start: one.start, end: one.end, text: one.sentence };
    item.append(told("b", one.trigger), ": ", spoken(source, sentence, [], "near"));
    byId("abstentions").append(item);
  }
};
