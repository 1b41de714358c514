// work that survives a reload, decisions as JSONL, accepted claims as CSV
const shelf = `syriamap-review-${data.mark}`;
let restoring = true;
let unkept = false;
const ends = ["publisher", "url"];
for (const source of data.sources) source.written = { publisher: source.publisher, url: source.url };
const decisionsOf = (unit) => unit.members.map(({ source, draft }) => ({
  source_file: source.file, start: draft.start, end: draft.end, actor: draft.actor,
  relation: draft.relation, decision: unit.added ? "added" : unit.state,
  ...(unit.added ? { sentence: draft.sentence, sentence_start: draft.sentence_start,
    sentence_end: draft.sentence_end, at: draft.at, words: draft.place } : {}),
  ...Object.fromEntries(editable.filter((name) => unit.added || changed(unit, name))
    .map((name) => [`new_${name}`, line(unit.values[name])])),
  ...Object.fromEntries(ends.filter((name) => source[name] !== source.written[name])
    .map((name) => [`new_${name}`, line(source[name])])),
}));
const write = (source, name, value) => {
  if (typeof value !== "string" || source[name] === value) return;
  source[name] = source.inputs[name].value = value;
  source.claims.forEach(({ unit }) => update(unit));
};
const keep = () => {
  if (restoring || atOnce) return;
  try {
    localStorage.setItem(shelf, JSON.stringify({
      units: units.filter((unit) => unit.added || unit.state !== "open" || edited(unit))
        .map((unit) => ({ state: unit.state, decision: decisionsOf(unit)[0] })),
      ends: data.sources.map((one) => [one.publisher, one.url]),
    }));
    unkept = false;
  } catch {
    unkept = true; // a browser may forbid it: then it asks before it leaves
  }
};
addEventListener("beforeunload", (event) => { if (unkept) event.preventDefault(); });
const take = (one, state) => {
  const text = (value) => (typeof value === "string" ? value : "");
  const own = data.sources.find((it) => it.file === one.source_file);
  if (own) for (const name of ends) write(own, name, one[`new_${name}`]);
  let unit = unitOf.get(JSON.stringify([one.source_file, one.start, one.end, one.actor, one.relation]));
  if (one.decision === "added") {
    if (!own) return;
    const sentence = { text: text(one.sentence), start: one.sentence_start, end: one.sentence_end };
    unit = added(own, sentence, one.at, text(one.words));
    if (units.some((it) => it.added && it.draft.start === unit.draft.start && it.source === own &&
      editable.every((name) => it.values[name] === text(one[`new_${name}`])))) return;
    units.push(unit);
    place(unit);
  } else if (!unit || unit.state !== "open") return;
  for (const name of editable) if (typeof one[`new_${name}`] === "string") unit.values[name] = one[`new_${name}`];
  set(unit, state);
};
const restore = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(shelf) || "null");
    if (kept) {
      kept.ends.forEach((values, n) => ends.forEach((name, k) => write(data.sources[n], name, values[k])));
      for (const one of kept.units) take(one.decision, one.state);
    }
  } catch { /* nothing kept that could be read */ }
  for (const one of data.decisions) take(one, one.decision === "added" ? "accepted" : one.decision);
};
const cell = (text) => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
const csv = () => {
  const lines = new Set([data.columns.join(",")]);
  for (const unit of units.filter((one) => one.state === "accepted")) {
    for (const row of rowsOf(unit)) lines.add(data.columns.map((name) => cell(row[name] || "")).join(","));
  }
  return [...lines];
};
const download = (text, type, name) => {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
const handOver = async (body) => {
  const headers = { "Content-Type": "text/csv", [data.handover.header]: data.handover.token };
  try {
    const answer = await fetch(data.handover.address, { method: "POST", body, headers });
    tell(await answer.text());
  } catch {
    tell("The program behind this page does not answer: nothing was written.");
  }
};
if (data.handover) document.getElementById("save").textContent = `Add accepted to ${data.handover.name}`;
const save = () => {
  if (!units.some((unit) => unit.state === "accepted")) {
    tell("Nothing is accepted yet: nothing was saved.");
    return;
  }
  const lines = csv();
  if (data.handover) {
    handOver(`${lines.join("\n")}\n`);
    return;
  }
  tell(`Saved ${lines.length - 1} rows.`);
  download(`${lines.join("\n")}\n`, "text/csv", "accepted-claims.csv");
};
const saveDecisions = () => {
  const lines = units.filter((unit) => unit.state !== "open").flatMap(decisionsOf)
    .map((one) => JSON.stringify(one));
  if (!lines.length) {
    tell("Nothing is decided yet: nothing was saved.");
    return;
  }
  tell(`Saved ${lines.length} decisions.`);
  download(`${lines.join("\n")}\n`, "application/x-ndjson", "decisions.jsonl");
};
