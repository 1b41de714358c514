// units: one claim to be judged, with all texts that make it; its fields, its state, what it lacks
const editable = ["place", "place_id", "actor", "relation", "against", "event_date",
  "date_precision", "asserted_by", "certainty"];
const choices = {
  actor: data.actors.map((one) => one.id), against: data.actors.map((one) => one.id),
  relation: data.relations, certainty: data.certainties,
  date_precision: ["day", "week", "month", "year"],
};
const actors = new Map(data.actors.map((one) => [one.id, one]));
const units = [];
const picked = (draft) => ({
  ...Object.fromEntries(editable.map((name) => [name, draft.claim[name] || ""])),
  place: draft.claim.place || draft.place, // one that means no place yet has none in its claim
});
const nameOf = (source, draft) =>
  JSON.stringify([source.file, draft.start, draft.end, draft.actor, draft.relation]);
/** Drafts of one key are one claim, told by several texts; what has no place yet stands alone. */
const keyOf = (draft) => {
  const claim = draft.claim;
  if (!claim.place_id && !claim.lat) return "";
  return JSON.stringify([claim.place_id || [claim.lat, claim.lon], claim.actor, claim.relation,
    claim.against, claim.event_date, claim.date_precision, draft.certainty, draft.proposal]);
};
const unitOf = new Map();
const gather = () => {
  const merged = new Map();
  for (const source of data.sources) {
    source.claims = [];
    for (const draft of source.drafts.filter((one) => one.relation !== "none")) {
      const key = keyOf(draft);
      let unit = key && merged.get(key);
      if (!unit) {
        unit = { members: [], values: picked(draft), state: "open", draft, source };
        unit.base = { ...unit.values };
        units.push(unit);
        if (key) merged.set(key, unit);
      }
      unit.members.push({ source, draft });
      unitOf.set(nameOf(source, draft), unit);
      source.claims.push({ unit, draft });
    }
  }
};
const changed = (unit, name) => unit.values[name].trim() !== unit.base[name];
const edited = (unit) => editable.some((name) => changed(unit, name));
const unseen = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const line = (text) => text.replace(unseen, " ").trim();
/** The rows that a unit becomes, one for each text that makes the claim. */
const rowsOf = (unit) => unit.members.map(({ source, draft }) => {
  const row = { ...draft.claim };
  for (const name of editable) if (changed(unit, name)) row[name] = line(unit.values[name]);
  if (changed(unit, "place") || changed(unit, "place_id")) row.lat = row.lon = row.place_note = "";
  if (row.place_id && !row.place) row.place = line(unit.values.place);
  row.publisher = line(source.publisher);
  row.source_url = source.url.trim();
  return row;
});
const dayOf = (text) => {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!found) return null;
  const day = new Date(Date.UTC(+found[1], found[2] - 1, +found[3]));
  const same = day.toISOString().slice(0, 10) === text;
  return same && +found[1] >= 1900 && +found[1] <= 2100 ? day : null;
};
const lastOf = (text, precision) => {
  const day = dayOf(text);
  if (precision === "week") day.setUTCDate(day.getUTCDate() + 6);
  if (precision === "month") day.setUTCMonth(day.getUTCMonth() + 1, 0);
  if (precision === "year") day.setUTCMonth(11, 31);
  return day.toISOString().slice(0, 10);
};
const isLink = (text) => {
  if (!/^https?:\/\/[^\s/]/i.test(text) || text.length > 2000 || /\s/.test(text)) return false;
  try { return Boolean(new URL(text).host); } catch { return false; }
};
const placeProblem = (unit, row) => {
  if (!row.place_id) return row.lat ? "" : "place_id is empty";
  if (!known.has(row.place_id)) return "place_id is none of the theater";
  const asked = changed(unit, "place") || changed(unit, "place_id");
  const names = known.get(row.place_id).keys;
  if (asked && row.place && !names.has(fold(row.place))) {
    return `place_id is that of ${known.get(row.place_id).name}, not of ${row.place}`;
  }
  return "";
};
const problems = (unit) => {
  const found = new Set();
  for (const row of rowsOf(unit)) {
    found.add(placeProblem(unit, row));
    for (const name of ["actor", "relation"]) if (!row[name]) found.add(`${name} is empty`);
    for (const name of Object.keys(choices)) {
      if (row[name] && !choices[name].includes(row[name])) found.add(`${name} is none of the list`);
    }
    if (!dayOf(row.event_date)) found.add("event_date is no day as YYYY-MM-DD");
    else {
      if (row.reported_on && row.event_date > row.reported_on) {
        found.add(`event_date lies after the report of ${row.reported_on}`);
      }
      const { from, to } = actors.get(row.actor) || {};
      if ((from && lastOf(row.event_date, row.date_precision) < from) || (to && row.event_date > to)) {
        found.add(`${row.actor} was none on that day (${from || "…"} to ${to || "…"})`);
      }
    }
    if (!row.certainty) {
      found.add(unit.draft.certainty === "hypothetical" ? "not told as having happened" : "certainty is empty");
    }
    if (row.against && row.against === row.actor) found.add("against is the actor itself");
    if (!row.publisher) found.add("publisher is empty");
    if (row.source_url && !isLink(row.source_url)) found.add("link is no http or https address");
  }
  found.delete("");
  return [...found];
};
/** A claim that a reader adds, by words that were marked in a sentence. */
const added = (source, sentence, at, words) => {
  const whole = signs(sentence.text) === sentence.end - sentence.start;
  const start = whole ? sentence.start + signs(sentence.text.slice(0, at)) : sentence.start;
  const end = whole ? start + signs(words) : sentence.end;
  const claim = { ...source.blank, place: words };
  const draft = {
    source_file: source.file, sentence: sentence.text, sentence_start: sentence.start,
    sentence_end: sentence.end, start, end, at, place: words, place_id: "", place_note: "", actor: "",
    relation: "", against: "", certainty: "asserted", confidence: "", engine: "reader", frame: "",
    trigger: "", why: "added by a reader", proposal: false, claim,
  };
  const unit = { members: [{ source, draft }], values: picked(draft), state: "open", draft, source, added: true };
  unit.base = { ...unit.values, place: "" };
  const { exact } = lookUp(words);
  if (exact.length === 1) unit.values.place_id = exact[0];
  return unit;
};
