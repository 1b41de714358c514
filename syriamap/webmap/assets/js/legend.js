// The legend: only what is on this map, each sign drawn as the map draws it.
(function (syriamap) {
  "use strict";
  const { data, el, names, svg, symbols, words } = syriamap;
  // Holders of less than this share of the country are listed shortly, without their size.
  const SMALL = 0.0005;

  // The ground of the map, light or dark.
  const GROUND = { class: "sm-country" };

  function sign(...shapes) {
    return svg("svg", { width: 26, height: 16, viewBox: "0 0 26 16", "aria-hidden": "true", class: "sm-sign" }, ...shapes);
  }

  function box(fill, opacity, extra) {
    return svg("rect", { x: 1, y: 1.5, width: 24, height: 13, fill, "fill-opacity": opacity, ...extra });
  }

  function line(attributes) {
    return svg("path", { d: "M1 8H25", fill: "none", ...attributes });
  }

  function dot(attributes) {
    return svg("circle", { cx: 13, cy: 8, r: 4.5, ...attributes });
  }

  function row(mark, text, amount) {
    return el("li", "", mark, el("span", "", text), amount ? el("span", "sm-amount", amount) : null);
  }

  function areaOf(areas, test) {
    return areas.km2.reduce((sum, km2, index) => sum + (test(index) ? km2 : 0), 0);
  }

  // Holders and the size of what they hold, the largest first.
  function holders(records) {
    const { actors, areas, places } = records;
    const seen = new Set(areas.actor);
    places.actor.forEach((actor) => seen.add(actor));
    const all = areaOf(areas, () => true);
    return actors.id
      .map((_, actor) => ({ actor, km2: areaOf(areas, (i) => areas.actor[i] === actor) }))
      .filter(({ actor }) => seen.has(actor))
      .sort((a, b) => b.km2 - a.km2)
      .map((one) => ({ ...one, isSmall: one.km2 < SMALL * all }));
  }

  function actorSign({ actors }, actor) {
    const { fillColor, fillOpacity } = syriamap.patterns.held(actors, actor);
    return sign(box("#fcfbf7", 1, GROUND), box(fillColor, fillOpacity, { stroke: "#00000066", "stroke-width": 0.8 }));
  }

  function actorRows(records, held) {
    return held.filter(({ isSmall }) => !isSmall)
      .map(({ actor, km2 }) => row(actorSign(records, actor), data(names.actor(records, actor)), words.km2(km2)));
  }

  function smallRows(records, held) {
    return held.filter(({ isSmall }) => isSmall)
      .map(({ actor }) => row(actorSign(records, actor), data(names.short(records, actor))));
  }

  function statusRows(records) {
    const { areas, evidence, places } = records;
    const edge = { stroke: "#00000066", "stroke-width": 0.8 };
    const told = new Set([...evidence.keys()].map((place) => places.status[place]));
    const looks = areas.status.map((_, i) => syriamap.territory.shade(records, i));
    const signs = {
      contested: [words.sign("contested"), sign(box("#ffffff", 1, edge), box("url(#sm-contested-none)", 1))],
      front_band: [words.sign("front_band"), sign(box("#ffffff", 1, edge), box("#5b5b5b", 0.28))],
      undetermined: [words.page("bare"), sign(box("#fcfbf7", 1, { ...GROUND, stroke: "#8a8378", "stroke-dasharray": "1 3" }))],
      besieged: [words.sign("besieged"), sign(box("#fcfbf7", 1, { ...GROUND, stroke: "#111111", "stroke-width": 2, "stroke-dasharray": "1 4", "stroke-linecap": "round" }))],
    };
    return Object.keys(signs)
      .filter((look) => looks.includes(look) || told.has(look))
      .map((look) => {
        const km2 = areaOf(areas, (i) => looks[i] === look);
        return row(signs[look][1], signs[look][0], km2 ? words.km2(km2) : "");
      });
  }

  function lineRows(records) {
    const kinds = records.lines.kind;
    const rows = [];
    if (kinds.includes("front")) {
      rows.push(row(sign(line({ stroke: "#161616", "stroke-width": 2.4 })), words.sign("front")));
    }
    if (kinds.includes("boundary")) {
      rows.push(row(sign(line({ stroke: "#333333", "stroke-width": 1.4, "stroke-dasharray": "5 4" })), words.sign("boundary")));
    }
    if (records.topology.objects.disputed.geometries.length) {
      rows.push(row(sign(line({ stroke: "#3f3a36", "stroke-width": 1.8, "stroke-dasharray": "6 5" })), words.sign("disputed")));
    }
    return rows;
  }

  function doubtRows(records) {
    const { doubt } = syriamap;
    const kinds = new Set(doubt.openClaims(records).map(({ denied }) => denied));
    const rows = [];
    if (kinds.has(false)) {
      rows.push(row(el("span", "sm-sign", doubt.mark("#555555", false)), words.page("open_claim")));
    }
    if (kinds.has(true)) {
      rows.push(row(el("span", "sm-sign", doubt.mark("#555555", true)), words.page("denied_claim")));
    }
    const { areas, evidence } = records;
    if (areas.status.some((_, i) => syriamap.territory.shade(records, i) === "unconfirmed_pocket") || [...evidence.values()].some(doubt.isPocket)) {
      rows.push(row(sign(box("none", 0, { stroke: "#555555", "stroke-width": 2, "stroke-dasharray": "5 3" })), words.page("open_pocket")));
    }
    return rows;
  }

  function disputeRows(records, isOn) {
    const edge = { stroke: syriamap.patterns.DISPUTE, "stroke-width": 1.8, "stroke-dasharray": "5 3" };
    return records.series && records.series.sides.length && isOn("dispute")
      ? [row(sign(box("#ffffff", 1), box("url(#sm-dispute)", 1, edge)), words.page("stories_differ"), words.km2(records.series.disputeKm2()))]
      : [];
  }

  // Layers that are off at first are explained while they are on.
  function ageRows(isOn) {
    if (!isOn("ages")) {
      return [];
    }
    return syriamap.doubt.AGES.map(([, color, strength, text]) =>
      row(sign(dot({ r: 6, fill: color, "fill-opacity": strength * 0.5, stroke: color, "stroke-opacity": strength })), words.page("last_claim", { age: words.page(text) })));
  }

  function pointRows(records) {
    const { events, evidence, places } = records;
    const kinds = new Set(places.kind);
    const rows = [];
    if (evidence.size) {
      rows.push(row(sign(dot({ fill: "#ffffff", stroke: "#111111", "stroke-width": 1.4 })), words.page("evidence")));
    }
    rows.push(row(sign(dot({ r: 3, fill: "#d9d4ca", stroke: "#191919", "stroke-width": 0.8 })), words.page("inferred")));
    for (const kind of ["struck", "advanced_toward"]) {
      if (kind === "advanced_toward" && events.origin.some((origin) => origin.length)) {
        const arrow = symbols.arrow(24, 0, "#ffffff", false).firstChild;
        rows.push(row(sign(svg("g", { transform: "translate(26 8) scale(.8)" }, arrow)), words.sign(kind)));
      }
      if (events.kind.some((value, i) => value === kind && !(kind === "advanced_toward" && events.origin[i].length))) {
        const mark = symbols.icon(kind, "#ffffff", "#111111", 18);
        rows.push(row(el("span", "sm-sign", mark), kind === "struck" ? words.sign(kind) : words.page("advance_blind")));
      }
    }
    for (const kind of symbols.SITES) {
      if (kinds.has(kind) && !(kind === "airport" && kinds.has("airbase"))) {
        const both = kind === "airbase" && kinds.has("airport");
        rows.push(row(el("span", "sm-sign", symbols.icon(kind, "#1c1c1c", "none", 15)), words.kind(both ? "airbase_airport" : kind)));
      }
    }
    return rows;
  }

  function part(title, rows, className) {
    return rows.length ? [el("h3", "", title), el("ul", className, ...rows)] : [];
  }

  function legend(records, isOn) {
    const details = el("details", "sm-card sm-legend");
    details.draw = () => {
      details.setAttribute("aria-label", words.page("legend"));
      const held = holders(records);
      const small = smallRows(records, held);
      const statuses = statusRows(records);
      syriamap.renew(details, [
        el("summary", "", words.page("legend")),
        ...part(words.sign("control"), actorRows(records, held)),
        ...(small.length ? [el("ul", "sm-pairs", ...small)] : []),
        ...(statuses.length ? [el("ul", "", ...statuses)] : []),
        ...part(words.sign("lines"), lineRows(records)),
        ...part(words.page("doubt"), [...doubtRows(records), ...disputeRows(records, isOn), ...ageRows(isOn)]),
        ...part(words.sign("places_and_events"), pointRows(records), "sm-pairs"),
      ]);
    };
    details.draw();
    return details;
  }

  syriamap.legend = legend;
})((window.syriamap = window.syriamap || {}));
