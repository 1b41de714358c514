// Two days: the ground that changed hands in its new holder's color, and what each gained and lost.
(function (syriamap) {
  "use strict";
  const { button, data, el, names, words } = syriamap;

  function header(...names) {
    return el("thead", "", el("tr", "", ...names.map((name) => {
      const cell = el("th", "", name);
      cell.scope = "col";
      return cell;
    })));
  }

  // Ground is somebody's, or it has a status and no holder.
  function ownerOf(states, state) {
    return states.actor[state] >= 0 ? states.actor[state] : lookOf(states, state);
  }

  // As on the map and in its legend: contested is one thing, too close to call another.
  const lookOf = (states, state) => syriamap.territory.shade({ areas: states }, state);

  function nameOf(records, owner) {
    return typeof owner === "number" ? data(names.actor(records, owner)) : el("span", "", words.sign(owner));
  }

  function stateText(records, state) {
    const { states } = records.series;
    const owner = ownerOf(states, state);
    const status = states.status[state];
    return el("span", "", nameOf(records, owner), typeof owner === "number" && status !== "held" ? words.page("clause_comma") + words.status(status) : null);
  }

  // What every holder, and every status without one, had, gained, lost and has.
  function balance(records, from, to) {
    const { series } = records;
    const rows = new Map();
    const row = (state) => {
      const owner = ownerOf(series.states, state);
      if (!rows.has(owner)) {
        rows.set(owner, { owner, before: 0, gained: 0, lost: 0, after: 0 });
      }
      return rows.get(owner);
    };
    series.sizesOn(from).forEach((km2, state) => { if (km2) row(state).before += km2; });
    series.sizesOn(to).forEach((km2, state) => { if (km2) row(state).after += km2; });
    for (const change of series.changesBetween(from, to)) {
      const lost = row(change.from);
      const gained = row(change.to);
      if (lost !== gained) {
        lost.lost += change.km2;
        gained.gained += change.km2;
      }
    }
    const last = ({ owner }) => (typeof owner === "number" ? 0 : 1);
    return [...rows.values()].sort((a, b) => last(a) - last(b) || b.after - a.after || b.before - a.before);
  }

  function balanceTable(records, from, to) {
    const rows = balance(records, from, to);
    const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
    const share = (km2, total) => el("span", "", words.number(km2), el("span", "sm-share", words.share(km2 / total)));
    const line = (name, row, before, after) =>
      el("tr", "", el("th", "", name), el("td", "", share(row.before, before)), el("td", "", row.gained >= 0.5 ? "+" + words.number(row.gained) : ""),
        el("td", "", row.lost >= 0.5 ? "−" + words.number(row.lost) : ""), el("td", "", share(row.after, after)));
    const before = sum("before");
    const after = sum("after");
    const table = el(
      "table", "sm-balance",
      el("caption", "", words.page("square_km")),
      header("", ...["before", "gained", "lost", "after"].map((key) => words.page(key))),
      el("tbody", "", ...rows.map((row) => line(nameOf(records, row.owner), row, before, after))),
      el("tfoot", "", line(words.page("sum"), { before, gained: sum("gained"), lost: sum("lost"), after }, before, after)),
    );
    table.querySelectorAll("tbody th, tfoot th").forEach((cell) => { cell.scope = "row"; });
    return table;
  }

  function placesTable(records, from, to, openPlace) {
    const { series, places, evidence } = records;
    const before = series.placeStatesOn(from);
    const after = series.placeStatesOn(to);
    const { states } = series;
    const differs = (a, b) => states.actor[a] !== states.actor[b] || states.status[a] !== states.status[b];
    const rows = [...evidence.keys()].filter((row) => differs(before[row], after[row])).sort((a, b) => a - b);
    const all = before.reduce((count, state, row) => count + differs(state, after[row]), 0);
    return [
      el("h3", "", words.count("places_changed", all, { proven: words.number(rows.length) })),
      el("table", "", header(words.page("place"), words.page("column_from"), words.page("column_to")), el("tbody", "", ...rows.map((row) => el(
        "tr", "",
        el("td", "", button("sm-link", data(names.place(records, row)), () => openPlace(row))),
        el("td", "", stateText(records, before[row])),
        el("td", "", stateText(records, after[row])),
      )))),
    ];
  }

  function dayInput(label, value, days, onChange) {
    const input = el("input", "");
    Object.assign(input, { type: "date", min: days[0], max: days[days.length - 1], value });
    input.addEventListener("change", () => onChange(input));
    return el("label", "sm-field", label + " ", input);
  }

  // The layer of changed ground and the panel that tells of it.
  function changes(map, records, panel, openPlace, go, onHide) {
    const { series, actors } = records;
    const pane = map.createPane("changes");
    pane.style.zIndex = 240;
    pane.style.pointerEvents = "none";
    const renderer = L.svg({ pane: "changes", padding: 0.4 });
    const layer = L.layerGroup();
    let moving = false;
    let from = 0;
    let to = series.days.length - 1;

    function draw() {
      layer.clearLayers();
      for (const change of series.changesBetween(from, to)) {
        const owner = ownerOf(series.states, change.to);
        if (owner === ownerOf(series.states, change.from)) {
          continue;
        }
        const fill =
          typeof owner === "number" ? syriamap.patterns.held(actors, owner)
            : owner === "undetermined" ? { fillColor: "#ffffff", fillOpacity: 0.9 }
              : owner === "contested" ? syriamap.patterns.contested(series.states.leaning[change.to])
                : owner === "front_band" ? syriamap.patterns.band(actors, series.states.leaning[change.to])
                  : { fill: false };
        const style = { ...fill, stroke: true, color: "#111111", weight: 0.7, opacity: 0.75 };
        layer.addLayer(syriamap.ground.path(series.shapeOf(change.pieces), "changes", renderer, style));
      }
    }

    function pick(input, isFirst) {
      const day = series.dayAt(input.value);
      if (day >= 0) {
        isFirst ? (from = day) : (to = day);
        api.show(from, to);
      }
    }

    function content() {
      return [
        el(
          "p", "sm-fields",
          dayInput(words.page("changes_from"), series.days[from], series.days, (input) => pick(input, true)),
          dayInput(words.page("changes_to"), series.days[to], series.days, (input) => pick(input, false)),
        ),
        el("p", "sm-note", words.page("changes_note")),
        balanceTable(records, from, to),
        ...placesTable(records, from, to, openPlace),
      ];
    }

    const api = {
      days: () => [series.days[from], series.days[to]],
      // Whether another day than the compared ones was asked for.
      isLeft: () => map.hasLayer(layer) && !moving,
      isOn: () => map.hasLayer(layer),
      show(first, second) {
        [from, to] = [Math.min(first, second), Math.max(first, second)];
        moving = true;
        records.page.compared = series.days[from];
        go(to);
        moving = false;
        draw();
        layer.addTo(map);
        map.getContainer().classList.add("sm-changing");
        panel.custom("what_changed", content, api.hide);
      },
      hide() {
        records.page.compared = "";
        onHide();
        layer.remove();
        map.getContainer().classList.remove("sm-changing");
      },
    };
    return api;
  }

  syriamap.balance = balance;
  syriamap.changes = changes;
})((window.syriamap = window.syriamap || {}));
