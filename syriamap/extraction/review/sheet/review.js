"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const make = (tag, text, cls) => {
    const e = document.createElement(tag);
    if (text !== undefined) e.textContent = text;
    if (cls) e.className = cls;
    return e;
  };
  const sheet = document.getElementById("sheet");
  const cards = [];
  const editable = ["place", "place_id", "actor", "relation", "against", "event_date",
    "date_precision", "asserted_by", "certainty"];
  const choices = {
    actor: data.actors.map((a) => a.id), against: data.actors.map((a) => a.id),
    relation: data.relations, certainty: data.certainties,
    date_precision: ["day", "week", "month", "year"],
  };
  const marked = (drafts) => {
    const p = make("p");
    const text = drafts[0].sentence;
    const spans = [];
    for (const draft of drafts) {
      if (draft.at >= 0) spans.push([draft.at, draft.at + draft.place.length, ""]);
      const word = draft.trigger.replace(/[^\p{L}\p{N}]/gu, "\\$&");
      const verb = draft.trigger ? text.search(new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, "iu")) : -1;
      if (verb >= 0) spans.push([verb, verb + draft.trigger.length, "verb"]);
    }
    spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    let done = 0;
    for (const [from, to, cls] of spans) {
      if (from < done) continue;
      p.append(text.slice(done, from), make("mark", text.slice(from, to), cls));
      done = to;
    }
    p.append(text.slice(done));
    return p;
  };
  const input = (name, value) => {
    let e;
    if (choices[name]) {
      e = make("select");
      for (const one of ["", ...choices[name]]) {
        const option = make("option", one);
        option.value = one;
        e.append(option);
      }
    } else {
      e = make("input");
      if (name === "event_date") e.placeholder = "YYYY-MM-DD";
    }
    e.value = value || "";
    e.name = name;
    return e;
  };
  // names of places, folded, → ids of those that bear them
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f'’ʿʾ`-]/g, " ").toLowerCase()
    .replace(/\b(al|el|as|ash|at|ad|an|ar|az)\s+/g, "").replace(/\s+/g, " ").trim();
  const named = new Map();
  const called = new Map();
  for (const [id, name, arabic, area, kind] of data.places) {
    called.set(id, `${name}, ${kind}, ${area}`);
    for (const one of [name, arabic]) {
      if (!one) continue;
      const key = fold(one);
      if (!named.has(key)) named.set(key, []);
      named.get(key).push(id);
    }
  }
  const lookUp = (card) => {
    const field = card.inputs.place_id;
    const ids = named.get(fold(card.inputs.place.value)) || [];
    const kept = card.inputs.place.value.trim() === card.draft.claim.place ? card.draft.claim.place_id : "";
    field.value = kept || (ids.length === 1 ? ids[0] : "");
    offer(card, ids);
  };
  const offer = (card, ids) => {
    card.offers.replaceChildren(...ids.slice(0, 12).map((id) => {
      const button = make("button", called.get(id));
      button.type = "button";
      button.addEventListener("click", () => {
        card.inputs.place_id.value = id;
        set(card, "open");
      });
      return button;
    }));
    if (!ids.length && !card.inputs.place_id.value) card.offers.textContent = "No place of this name.";
  };
  const problems = (card) => {
    const value = (name) => card.inputs[name].value.trim();
    const found = [];
    if (!value("place_id") && !(card.draft.claim.lat && value("place") === card.draft.claim.place)) {
      found.push("place_id is empty");
    }
    if (!value("actor")) found.push("actor is empty");
    if (!value("relation")) found.push("relation is empty");
    if (!/^\d{4}-\d{2}-\d{2}$/.test(value("event_date"))) found.push("event_date is no YYYY-MM-DD");
    if (!value("certainty")) found.push(
      card.draft.certainty === "hypothetical" ? "not told as having happened" : "certainty is empty");
    if (value("against") && value("against") === value("actor")) found.push("against is the actor itself");
    return found;
  };
  const count = () => {
    const of = (state) => cards.filter((c) => c.box.dataset.state === state).length;
    document.getElementById("count").textContent =
      `${of("accepted")} accepted, ${of("rejected")} rejected, ${of("open")} open`;
  };
  const set = (card, state) => {
    const found = state === "accepted" ? problems(card) : [];
    card.problem.textContent = found.length ? `Mend first: ${found.join("; ")}.` : "";
    card.box.dataset.state = found.length ? "open" : state;
    card.state.textContent = found.length ? "open" : said(card);
    count();
    keep();
    return !found.length;
  };
  // work survives a reload: kept in the browser under a name made of the drafts
  const shelf = `syriamap-review-${data.mark}`;
  const values = (card) => Object.fromEntries(editable.map((name) => [name, card.inputs[name].value]));
  let restoring = true;
  const keep = () => {
    if (restoring) return;
    try {
      localStorage.setItem(shelf, JSON.stringify({
        cards: cards.map((card) => [card.box.dataset.state, values(card)]),
        ends: ends.map((one) => [one.publisher.value, one.link.value]),
      }));
    } catch { /* a browser may forbid it */ }
  };
  const restore = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(shelf) || "null");
      if (kept && kept.cards.length === cards.length) {
        kept.ends.forEach(([publisher, link], n) => {
          ends[n].publisher.value = publisher;
          ends[n].link.value = link;
        });
        kept.cards.forEach(([state, fields], n) => {
          for (const name of editable) cards[n].inputs[name].value = fields[name];
          set(cards[n], state);
        });
      }
    } catch { /* nothing kept that could be read */ }
    restoring = false;
  };
  const ends = [];
  const said = (card) => {
    const state = card.box.dataset.state;
    const found = state === "open" ? problems(card) : [];
    return found.length ? `open; to be mended before it can be accepted: ${found.join("; ")}` : state;
  };
  const focus = (n) => {
    const card = cards[Math.max(0, Math.min(cards.length - 1, n))];
    if (!card) return;
    card.box.focus({ preventScroll: true });
    const room = innerHeight - parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);
    card.box.scrollIntoView({ block: card.box.offsetHeight < room / 2 ? "center" : "start" });
  };
  const current = () => cards.findIndex((c) => c.box.contains(document.activeElement));
  const draw = (draft, source) => {
    const box = make("div", undefined, "draft");
    box.tabIndex = 0;
    box.dataset.state = "open";
    box.dataset.proposal = draft.proposal;
    const who = draft.against ? ` (against ${draft.against})` : "";
    const where = draft.place_note && !draft.place_id ? draft.place_note : draft.place;
    box.append(make("h3", `${draft.actor} ${draft.relation} ${where}${who}`));
    const by = draft.asserted_by ? `, says ${draft.asserted_by}` : "";
    const reasons = draft.why.split("; ");
    const other = reasons.filter((one) => /^(the parse reads|the patterns read|only the parse)/.test(one));
    const own = reasons.filter((one) => !other.includes(one) && !draft.place_note.startsWith(`${one},`));
    const told = [draft.place_id && draft.place_note, draft.claim.note].filter(Boolean);
    box.append(make("p", [`${draft.certainty}${by}`, `confidence ${draft.confidence}`,
      `frame "${draft.frame}" by "${draft.trigger}"`, ...own, ...told].join("; "), "why"));
    if (draft.engine === "patterns+nlp") box.append(make("p", "Both engines read this.", "opinion"));
    if (other.length) box.append(make("p", `${draft.engine === "nlp" ? "A proposal" : "Disagreement"}: ` +
      `${other.join("; ")}.`, "opinion other"));
    const card = { box, draft, source, end: ends[ends.length - 1], inputs: {} };
    const fields = make("div", undefined, "fields");
    for (const name of editable) {
      const label = make("label", name);
      card.inputs[name] = input(name, draft.claim[name]);
      card.inputs[name].addEventListener("input", () => {
        if (name === "place") lookUp(card);
        set(card, "open");
      });
      label.append(card.inputs[name]);
      fields.append(label);
    }
    card.offers = make("p", undefined, "offers");
    box.append(fields, card.offers);
    for (const [text, state] of [["Accept", "accepted"], ["Reject", "rejected"], ["Undo", "open"]]) {
      const button = make("button", text);
      button.type = "button";
      button.addEventListener("click", () => set(card, state));
      box.append(button, " ");
    }
    card.state = make("span", said(card), "state");
    card.problem = make("p", "", "problem");
    card.problem.setAttribute("role", "alert");
    box.append(card.state, card.problem);
    cards.push(card);
    return box;
  };
  for (const source of data.sources) {
    sheet.append(make("h2", source.file));
    const own = make("p", undefined, "ends");
    const end = {};
    for (const [name, label, value] of [["publisher", "Publisher", source.publisher], ["link", "Link", source.url]]) {
      const tag = make("label", `${label} `);
      end[name] = make("input");
      end[name].name = name;
      end[name].value = value;
      end[name].addEventListener("input", keep);
      tag.append(end[name]);
      own.append(tag, " ");
    }
    ends.push(end);
    sheet.append(own);
    const rows = new Map();
    for (const draft of source.drafts) {
      const key = draft.sentence_start;
      if (!rows.has(key)) rows.set(key, []);
      rows.get(key).push(draft);
    }
    for (const drafts of rows.values()) {
      const row = make("div", undefined, "row");
      const left = make("div");
      const right = make("div");
      const shown = drafts.filter((d) => d.relation !== "none");
      const names = drafts.filter((d) => d.relation === "none");
      left.append(marked(drafts));
      if (names.length) left.append(make("p",
        "No claim: " + names.map((d) => `${d.place} (${d.role})`).join(", "), "names"));
      for (const draft of shown) right.append(draw(draft, source));
      row.append(left, right);
      sheet.append(row);
    }
    for (const one of source.abstentions) {
      document.getElementById("abstentions").append(make("li", `"${one.trigger}": ${one.sentence}`));
    }
  }
  const cell = (text) => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const csv = () => {
    const lines = [data.columns.join(",")];
    const seen = new Set();
    for (const card of cards) {
      if (card.box.dataset.state !== "accepted") continue;
      const row = { ...card.draft.claim };
      for (const name of editable) row[name] = card.inputs[name].value.trim();
      if (row.place_id && !card.draft.claim.place_id) row.lat = row.lon = row.place_note = "";
      row.publisher = card.end.publisher.value.trim() || row.publisher;
      row.source_url = card.end.link.value.trim();
      const line = data.columns.map((name) => cell(row[name] || "")).join(",");
      if (!seen.has(line)) { seen.add(line); lines.push(line); }
    }
    return lines.join("\n") + "\n";
  };
  const tell = (text) => { document.getElementById("told").textContent = text; };
  const download = (text, type, name) => {
    const link = make("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const save = () => {
    if (!cards.some((card) => card.box.dataset.state === "accepted")) {
      tell("Nothing is accepted yet: nothing was saved.");
      return;
    }
    tell("");
    download(csv(), "text/csv", "accepted-claims.csv");
  };
  const decisions = () => {
    const lines = cards.filter((card) => card.box.dataset.state !== "open").map((card) => JSON.stringify({
      source_file: card.source.file, start: card.draft.start, end: card.draft.end,
      actor: card.draft.actor, relation: card.draft.relation, decision: card.box.dataset.state,
      ...Object.fromEntries(editable.map((name) => [`new_${name}`, card.inputs[name].value.trim()])),
    }));
    if (!lines.length) {
      tell("Nothing is decided yet: nothing was saved.");
      return;
    }
    tell("");
    download(`${lines.join("\n")}\n`, "application/x-ndjson", "decisions.jsonl");
  };
  document.getElementById("save").addEventListener("click", save);
  document.getElementById("decide").addEventListener("click", decisions);
  const filter = () => {
    const level = document.getElementById("level").value;
    const wanted = document.getElementById("find").value.trim().toLowerCase();
    for (const card of cards) {
      const of = [card.inputs.place.value, card.draft.place, card.draft.actor].join(" ").toLowerCase();
      const open = level === "unresolved" ? !card.inputs.place_id.value : !level || card.draft.confidence === level;
      card.box.hidden = !open || (wanted !== "" && !of.includes(wanted));
    }
    for (const row of document.querySelectorAll(".row")) {
      const boxes = [...row.querySelectorAll(".draft")];
      row.hidden = boxes.length ? boxes.every((box) => box.hidden) : Boolean(level || wanted);
    }
  };
  document.getElementById("level").addEventListener("change", filter);
  document.getElementById("find").addEventListener("input", filter);
  document.getElementById("all").addEventListener("click", () => {
    for (const card of cards) {
      if (card.box.dataset.state !== "open" || card.draft.proposal || card.box.hidden) continue; // these want a look
      if (!problems(card).length) set(card, "accepted");
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = /^(INPUT|SELECT)$/.test(event.target.tagName);
    if (typing) {
      if (event.key === "Escape" && current() >= 0) focus(current());
      return;
    }
    const n = current();
    const card = cards[n] || cards.find((one) => one.box.dataset.state === "open" && !one.box.hidden);
    const step = (from, by) => {
      let k = from + by;
      while (cards[k] && cards[k].box.hidden) k += by;
      if (cards[k]) focus(k);
    };
    const nextOpen = (from) => {
      const order = [...cards.keys()].map((k) => (from + 1 + k) % cards.length);
      const open = order.find((k) => cards[k].box.dataset.state === "open" && !cards[k].box.hidden);
      if (open === undefined) tell("No open draft is left.");
      else focus(open);
    };
    const at = card ? cards.indexOf(card) : n;
    const keys = {
      j: () => step(n, 1), k: () => step(n, -1), s: save, d: decisions, n: () => nextOpen(n),
      a: () => { if (card) { if (set(card, "accepted")) step(at, 1); else focus(at); } },
      r: () => { if (card) { set(card, "rejected"); step(at, 1); } },
      u: () => card && set(card, "open"),
      e: () => { if (card) { focus(at); card.inputs.place.focus(); lookUp(card); } },
    };
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
  count();
  restore();
  for (const one of data.decisions) {
    const card = cards.find((it) => it.source.file === one.source_file && it.draft.start === one.start &&
      it.draft.end === one.end && it.draft.actor === one.actor && it.draft.relation === one.relation);
    if (!card || card.box.dataset.state !== "open") continue;
    for (const name of editable) {
      if (one[`new_${name}`] !== undefined) card.inputs[name].value = one[`new_${name}`];
    }
    set(card, one.decision);
  }
  document.documentElement.dataset.syriamap = "ready";
})();
