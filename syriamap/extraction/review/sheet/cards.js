// a unit as a card: what is claimed, why, its fields when it is mended, its buttons
const marks = { open: "", accepted: "✓ ", rejected: "✗ " };
let atOnce = false;
/** Many changes, counted and kept once. */
const together = (act) => {
  atOnce = true;
  act();
  atOnce = false;
  count();
  keep();
};
const count = () => {
  if (atOnce) return;
  const of = (state) => units.filter((unit) => unit.state === state).length;
  byId("count").textContent = `${of("accepted")} accepted, ${of("rejected")} rejected, ${of("open")} open`;
};
const button = (text, act) => {
  const one = make("button", text);
  one.type = "button";
  one.addEventListener("click", act);
  return one;
};
const heading = (unit) => {
  const { values, draft } = unit;
  const where = draft.place_note && !values.place_id ? draft.place_note : values.place || draft.place;
  const head = make("h3", marks[unit.state]);
  const part = (text, cls) => (text ? told("bdi", text, cls) : make("i", "?"));
  head.append(part(values.actor || draft.actor), " ", part(values.relation || draft.relation, "deed"), " ", part(where));
  if (values.against) head.append(" (against ", part(values.against), ")");
  return head;
};
const facts = (unit) => {
  const { values, draft } = unit;
  const files = new Set(unit.members.map((one) => one.source.file));
  const parts = [values.event_date, values.certainty || draft.certainty];
  if (values.asserted_by) parts.push(`says ${values.asserted_by}`);
  if (draft.confidence) parts.push(`confidence ${draft.confidence}`);
  if (files.size > 1) parts.push(`${files.size} texts`);
  else if (unit.members.length > 1) parts.push(`told ${unit.members.length} times`);
  return parts.filter(Boolean).join(" · ");
};
const ofOthers = /^(the parse reads|the patterns read|only the parse|the model reads|only the model)/;
const reasonsOf = (unit) => {
  const { draft } = unit;
  const reasons = draft.why.split("; ");
  const other = reasons.filter((one) => ofOthers.test(one) && one !== "the model reads the same");
  const own = reasons.filter((one) => !ofOthers.test(one) && !draft.place_note.startsWith(`${one},`));
  const notes = [draft.place_id && draft.place_note, draft.claim.note].filter(Boolean);
  const frame = draft.trigger ? [`${draft.frame ? `frame "${draft.frame}" ` : ""}by "${draft.trigger}"`] : [];
  const found = [told("p", [...new Set([...frame, ...own, ...notes])].join("; "), "why")];
  if (draft.engine.startsWith("patterns+")) {
    found.push(make("p", draft.engine.endsWith("llm") ? "Patterns and model read this." : "Both engines read this.", "opinion"));
  }
  if (other.length) {
    const lead = draft.engine === "nlp" || draft.engine === "llm" ? "A proposal" : "Disagreement";
    found.push(told("p", `${lead}: ${other.join("; ")}.`, "opinion other"));
  }
  return found;
};
/** The other texts that make the claim, each with its sentence. */
const alsoOf = (unit) => unit.members.slice(1).map(({ source, draft }) => {
  const line = told("p", undefined, "also");
  line.append(make("b", `Also ${source.publisher}: `), told("bdi", draft.sentence));
  return line;
});
const update = (unit) => {
  const { box } = unit;
  box.dataset.state = unit.state;
  const found = unit.state === "open" ? problems(unit) : [];
  unit.head.replaceWith(unit.head = heading(unit));
  unit.facts.textContent = facts(unit);
  unit.said.textContent = found.length
    ? `open; to be mended before it can be accepted: ${found.join("; ")}` : unit.state;
  unit.act.classList.toggle("lacks", found.length > 0);
  if (unit.inputs) for (const name of editable) {
    if (unit.inputs[name].value !== unit.values[name]) unit.inputs[name].value = unit.values[name];
  }
};
const set = (unit, state) => {
  const found = state === "accepted" ? problems(unit) : [];
  unit.problem.textContent = found.length ? `Mend first: ${found.join("; ")}.` : "";
  if (!found.length) unit.state = state;
  update(unit);
  count();
  keep();
  return !found.length;
};
const input = (name) => {
  if (!choices[name]) {
    const field = make("input");
    field.dir = "auto";
    if (name === "event_date") field.placeholder = "YYYY-MM-DD";
    if (name === "asserted_by") field.setAttribute("list", "asserters");
    return field;
  }
  const field = make("select");
  for (const one of ["", ...choices[name]]) {
    const option = make("option", actors.has(one) && actors.get(one).name !== one ? `${one} · ${actors.get(one).name}` : one);
    option.value = one;
    field.append(option);
  }
  return field;
};
const offer = (unit) => {
  const { exact, alike } = lookUp(unit.values.place);
  const ids = exact.length ? exact : alike;
  const buttons = ids.slice(0, mostOffers).map((id) => button(known.get(id).words, () => {
    unit.values.place_id = id;
    if (!exact.length) unit.values.place = known.get(id).name;
    set(unit, "open");
    unit.inputs.actor.focus();
  }));
  const lead = exact.length > 1 ? "Which one? " : exact.length ? "" : ids.length ? "No place of this name; alike: " : "No place of this name.";
  unit.offers.replaceChildren(lead, ...buttons);
};
const mend = (unit, first = "place") => {
  if (!unit.inputs) {
    unit.inputs = {};
    for (const name of editable) {
      const label = make("label", name);
      const field = unit.inputs[name] = input(name);
      field.name = name;
      field.addEventListener("input", () => {
        unit.values[name] = field.value;
        if (name === "place") {
          const same = field.value.trim() === unit.base.place && unit.base.place_id;
          const { exact } = lookUp(field.value);
          unit.values.place_id = same ? unit.base.place_id : exact.length === 1 ? exact[0] : "";
          offer(unit);
        }
        set(unit, "open");
      });
      label.append(field);
      unit.fields.append(label);
    }
  }
  update(unit);
  offer(unit);
  unit.box.classList.add("mended");
  unit.box.focus({ preventScroll: true }); // its fields are shown only where the focus is
  unit.inputs[first].focus();
};
const draw = (unit) => {
  const box = unit.box = make("div", undefined, "draft");
  box.unit = unit;
  box.tabIndex = 0;
  box.dataset.proposal = unit.draft.proposal;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", `${unit.draft.actor} ${unit.draft.relation} ${unit.draft.place}`);
  unit.head = heading(unit);
  unit.facts = told("p", "", "facts");
  unit.fields = make("div", undefined, "fields");
  unit.offers = make("p", undefined, "offers");
  unit.said = make("span", "", "state");
  unit.problem = make("p", "", "problem");
  unit.problem.setAttribute("role", "alert");
  const act = unit.act = make("p", undefined, "act");
  act.append(
    button("Accept", () => set(unit, "accepted")), " ", button("Reject", () => reject(unit)), " ",
    button("Undo", () => set(unit, "open")), " ", button("Mend", () => mend(unit)), " ", unit.said);
  box.append(unit.head, unit.facts, ...reasonsOf(unit), ...alsoOf(unit), unit.fields, unit.offers, act, unit.problem);
  update(unit);
  return box;
};
/** A claim that was only added by hand is taken away; others are kept as rejected. */
const reject = (unit) => {
  if (!unit.added) {
    set(unit, "rejected");
    return;
  }
  units.splice(units.indexOf(unit), 1);
  unit.box.remove();
  count();
  keep();
};
