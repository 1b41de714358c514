// filters, moving about, the keys; and the beginning
const inOrder = () => [...document.querySelectorAll(".draft")].map((box) => box.unit);
const focusOn = (unit) => {
  if (!unit) return;
  unit.box.focus({ preventScroll: true });
  const room = innerHeight - parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);
  unit.box.scrollIntoView({ block: unit.box.offsetHeight < room / 2 ? "center" : "start" });
};
const current = () => document.activeElement.closest(".draft")?.unit;
const step = (from, by) => {
  const all = inOrder().filter((unit) => !unit.box.hidden || unit === from);
  const at = from ? all.indexOf(from) : by > 0 ? -1 : all.length;
  focusOn(all[Math.max(0, Math.min(all.length - 1, at + by))]);
};
const nextOpen = (from) => {
  const all = inOrder();
  const at = from ? all.indexOf(from) : -1;
  const order = [...all.slice(at + 1), ...all.slice(0, at + 1)];
  const open = order.find((unit) => unit.state === "open" && !unit.box.hidden);
  if (open) focusOn(open);
  else {
    if (from) focusOn(from);
    tell("No open draft is left: s saves.");
  }
};
const filter = () => {
  const wanted = byId("find").value.trim().toLowerCase();
  const level = byId("level").value;
  const what = byId("what").value;
  const who = byId("who").value;
  const kinds = {
    open: (unit) => unit.state === "open", accepted: (unit) => unit.state === "accepted",
    rejected: (unit) => unit.state === "rejected", unresolved: (unit) => !unit.values.place_id && !unit.draft.place_note,
    proposals: (unit) => unit.draft.proposal, several: (unit) => new Set(unit.members.map((one) => one.source)).size > 1,
    added: (unit) => Boolean(unit.added),
  };
  for (const unit of units) {
    const names = [unit.values.place, unit.draft.place, (known.get(unit.values.place_id) || {}).name || ""].join("\n").toLowerCase();
    unit.box.hidden = !((!level || unit.draft.confidence === level) && (!what || kinds[what](unit)) &&
      (!who || unit.values.actor === who || unit.values.against === who) && names.includes(wanted));
  }
  const any = Boolean(level || what || who || wanted);
  for (const row of rows) {
    const boxes = [...row.right.querySelectorAll(".draft")];
    row.box.hidden = any && boxes.every((box) => box.hidden);
  }
};
const offersOf = (unit) => [...unit.offers.querySelectorAll("button")];
const typing = (event) => {
  const unit = current();
  if (!unit) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "Escape") {
    unit.box.classList.remove("mended");
    focusOn(unit);
  } else if (event.key === "ArrowDown" && event.target.name === "place" && offersOf(unit).length) {
    event.preventDefault();
    offersOf(unit)[0].focus();
  } else if (event.key === "Enter" && event.target.tagName === "INPUT") {
    unit.box.classList.remove("mended");
    if (set(unit, "accepted")) nextOpen(unit);
    else mend(unit);
  }
};
const amongOffers = (event) => {
  const unit = current();
  const buttons = unit ? offersOf(unit) : [];
  const at = buttons.indexOf(event.target);
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (at < 0 || !by) return false;
  event.preventDefault();
  (buttons[at + by] || unit.inputs.place).focus();
  return true;
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(INPUT|SELECT)$/.test(event.target.tagName)) {
    typing(event);
    return;
  }
  if (amongOffers(event)) return;
  const unit = current() || inOrder().find((one) => one.state === "open" && !one.box.hidden);
  const keys = {
    j: () => step(current(), 1), k: () => step(current(), -1), n: () => nextOpen(current()),
    s: save, d: saveDecisions, m: addMarked,
    a: () => { if (unit) { if (set(unit, "accepted")) nextOpen(unit); else focusOn(unit); } },
    r: () => { if (unit) { const from = inOrder()[inOrder().indexOf(unit) - 1]; reject(unit); nextOpen(unit.added ? from : unit); } },
    u: () => unit && set(unit, "open"),
    e: () => { if (unit) { focusOn(unit); mend(unit); } },
    c: () => { const row = unit && rows.find((one) => one.box.contains(unit.box)); if (row) neighbors(row); },
    Escape: () => { if (current()) { current().box.classList.remove("mended"); focusOn(current()); } },
    "/": () => byId("find").focus(),
  };
  if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
});
byId("save").addEventListener("click", save);
byId("decide").addEventListener("click", saveDecisions);
// a press on the button may unmark what is marked: it is taken down before
byId("mark").addEventListener("pointerdown", () => { pressed = selected(); });
byId("mark").addEventListener("click", addMarked);
byId("all").addEventListener("click", () => together(() => {
  for (const unit of units) {
    if (unit.state !== "open" || unit.draft.proposal || unit.box.hidden) continue; // these want a look
    if (!problems(unit).length) set(unit, "accepted");
  }
}));
gather();
for (const one of data.asserters) {
  const option = make("option");
  option.value = one;
  byId("asserters").append(option);
}
const used = new Set(units.map((unit) => unit.values.actor));
for (const one of data.actors.filter((it) => used.has(it.id))) {
  const option = make("option", one.name);
  option.value = one.id;
  byId("who").append(option);
}
for (const source of data.sources) drawSource(source);
for (const id of ["level", "what", "who"]) byId(id).addEventListener("change", filter);
byId("find").addEventListener("input", filter);
together(restore);
restoring = false;
keep();
document.documentElement.dataset.syriamap = "ready";
