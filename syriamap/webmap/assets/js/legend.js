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

  // The name, and what stands for it on the map.
  function nameWithShort(records, actor) {
    const [name, short] = [names.actor(records, actor), names.short(records, actor)];
    return el("span", "", data(name), short !== name && !name.includes("(" + short) ? el("span", "sm-ar", " (", data(short), ")") : null);
  }

  function actorRows(records, held) {
    return held.filter(({ isSmall }) => !isSmall)
      .map(({ actor, km2 }) => row(actorSign(records, actor), nameWithShort(records, actor), words.km2(km2)));
  }

  function smallRows(records, held) {
    return held.filter(({ isSmall }) => isSmall)
      .map(({ actor }) => row(actorSign(records, actor), data(names.short(records, actor))));
  }

  // Small areas in the colors of those who are likeliest to hold them, pale as on the map.
  function bandSign(records) {
    const { actors, areas } = records;
    const rows = areas.status.map((_, i) => i).filter((i) => syriamap.territory.shade(records, i) === "front_band" && areas.leaning[i] >= 0);
    const shown = [...new Set(rows.sort((a, b) => areas.km2[b] - areas.km2[a]).map((i) => areas.leaning[i]))].slice(0, 2);
    const width = 24 / Math.max(1, shown.length);
    return sign(box("#fcfbf7", 1, GROUND), ...shown.map((actor, index) => {
      const { fillColor, fillOpacity } = syriamap.patterns.band(actors, actor);
      return svg("rect", { x: 1 + index * width, y: 1.5, width, height: 13, fill: fillColor, "fill-opacity": fillOpacity });
    }), box("none", 0, { stroke: "#00000066", "stroke-width": 0.8 }));
  }

  function statusRows(records) {
    const { areas, evidence, places } = records;
    const edge = { stroke: "#00000066", "stroke-width": 0.8 };
    const told = new Set([...evidence.keys()].map((place) => places.status[place]));
    const looks = areas.status.map((_, i) => syriamap.territory.shade(records, i));
    const signs = {
      contested: [words.sign("contested"), sign(box("#ffffff", 1, edge), box("url(#sm-contested-none)", 1))],
      joint_control: [words.sign("joint_control"), sign(box("#5b5b5b", 0.28, { stroke: "#333333", "stroke-width": 1.4 }))],
      front_band: [words.sign("front_band"), bandSign(records)],
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

  // While two days are compared: what the colors then mean.
  function comparedRows({ isComparing }) {
    return isComparing() ? [
      row(sign(box("#5b5b5b", 0.6, { stroke: "#111111", "stroke-width": 0.9 })), words.page("changed_ground")),
      row(sign(box("#5b5b5b", 0.18)), words.page("as_before")),
    ] : [];
  }

  function lineRows(records, isOn) {
    const kinds = records.lines.kind;
    const rows = [];
    if (kinds.includes("front")) {
      rows.push(row(sign(line({ stroke: "#161616", "stroke-width": 2.4 })), words.sign("front")));
    }
    if (kinds.includes("boundary")) {
      rows.push(row(sign(line({ stroke: "#333333", "stroke-width": 1.4, "stroke-dasharray": "5 4" })), words.sign("boundary")));
    }
    if (records.topology.objects.disputed.geometries.length) {
      rows.push(row(sign(line({ stroke: "#8a3d12", "stroke-width": 1.8, "stroke-dasharray": "9 3 2 3" })), words.sign("disputed")));
    }
    if (records.topology.objects.admin1.geometries.length && isOn("governorates")) {
      rows.push(row(sign(line({ stroke: "#4d463f", "stroke-width": 1, "stroke-dasharray": "2 4" })), words.page("governorates_line")));
    }
    return rows;
  }

  function doubtRows(records, { isNear }) {
    const { doubt } = syriamap;
    const kinds = new Set(!isNear() ? [] : doubt.openClaims(records).map(({ denied }) => denied));
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

  function dotRows({ looks }) {
    const shown = looks();
    const ring = { fill: "#ffffff", stroke: "#111111", "stroke-width": 1.4 };
    const half = svg("path", { d: "M16.2 4.8A4.5 4.5 0 0 0 9.8 11.2Z", fill: "#8a8a8a" });
    const signs = {
      evidence: [sign(dot(ring)), "evidence"],
      inferred: [sign(dot({ r: 3, fill: "#d9d4ca", stroke: "#191919", "stroke-width": 0.8 })), "inferred"],
      contested: [sign(dot(ring), half), "contested_place"],
      undetermined: [sign(dot({ fill: "#ffffff", stroke: "#6f6a63", "stroke-width": 0.9 })), "unknown_place"],
      besieged: [sign(dot(ring), dot({ r: 7, fill: "none", stroke: "#111111", "stroke-dasharray": "2 2" })), "besieged_place"],
    };
    return Object.keys(signs).filter((look) => shown.has(look)).map((look) => row(signs[look][0], words.page(signs[look][1])));
  }

  function pointRows(records, isOn, seen) {
    const { events, places } = records;
    const kinds = new Set(places.kind);
    const rows = isOn("dots") ? dotRows(seen) : [];
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
    if (events.kind.length > 1) {
      rows.push(row(el("span", "sm-sign", el("span", "sm-badge", words.number(2))), words.page("several")));
    }
    if (events.certainty.some((certainty) => certainty !== "asserted")) {
      const mark = symbols.icon("struck", "#ffffff", "#111111", 18);
      mark.setAttribute("opacity", 0.45);
      rows.push(row(el("span", "sm-sign", mark), words.page("doubtful_event")));
    }
    if (!seen.isNear() || !isOn("sites")) {
      return rows;
    }
    if (symbols.SITES.some((kind) => kinds.has(kind))) {
      rows.push(row(el("span", "sm-sign", el("span", "sm-frame")), words.page("ring")));
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

  // `seen` tells what the map shows at its present zoom and whether days are compared.
  // Of a second map beside the page's own: what is on that one alone.
  function besideRows(records, held) {
    const { other } = records.page.beside || {};
    if (!other) {
      return [];
    }
    const known = new Set(held.map(({ actor }) => actor));
    const looks = new Set(records.areas.status.map((_, i) => syriamap.territory.shade(records, i)));
    const further = holders(other).filter(({ actor }) => !known.has(actor));
    const signs = other.areas.status.some((_, i) => syriamap.territory.shade(other, i) === "contested") && !looks.has("contested");
    return [
      ...further.map(({ actor }) => row(actorSign(records, actor), nameWithShort(records, actor))),
      ...(signs ? [row(sign(box("#ffffff", 1), box("url(#sm-contested-none)", 1)), words.sign("contested"))] : []),
    ];
  }

  function legend(records, isOn, seen) {
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
        ...(records.page.beside ? part(words.kit("only_right"), besideRows(records, held)) : []),
        ...part(words.page("what_changed"), comparedRows(seen)),
        ...part(words.sign("lines"), lineRows(records, isOn)),
        ...part(words.page("doubt"), [...doubtRows(records, seen), ...disputeRows(records, isOn), ...ageRows(isOn)]),
        ...part(words.sign("places_and_events"), pointRows(records, isOn, seen), "sm-pairs"),
      ]);
    };
    return details;
  }

  syriamap.legend = legend;
})((window.syriamap = window.syriamap || {}));
