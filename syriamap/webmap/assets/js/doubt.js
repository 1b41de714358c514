// Doubt drawn: captures that somebody claims and nobody confirms, what is denied, where the last
// word is old, and where the front stood before.
(function (syriamap) {
  "use strict";
  const { el, names, svg, words } = syriamap;
  const RECENT = 7;
  const GHOSTS = [1, 7, 30];
  const AGES = [
    [30, "#7a5195", 0.35, "age_30"],
    [180, "#7a5195", 0.6, "age_180"],
    [Infinity, "#7a5195", 0.9, "age_more"],
  ];
  const TAKING = new Set(["captured", "entered", "controls"]);

  function daysBetween(first, last) {
    return Math.round((Date.parse(last) - Date.parse(first)) / 864e5);
  }

  // Of each place the captures of the last days that did not make it the claimant's, the latest of
  // each actor: `denied` where somebody denies it.
  function openClaims(records) {
    const { claims, places, page } = records;
    const found = [];
    for (const [place, rows] of records.claimsOf) {
      const told = new Set();
      for (const claim of place < 0 ? [] : rows.filter((row) => !records.counts || records.counts(row))) {
        const actor = claims.actor[claim];
        const certainty = claims.certainty[claim];
        if (!TAKING.has(claims.relation[claim]) || told.has(actor)) {
          continue;
        }
        told.add(actor);
        const age = daysBetween(claims.event_date[claim], page.date);
        if (certainty !== "asserted" && age < RECENT && places.actor[place] !== actor) {
          found.push({ place, actor, claim, denied: certainty === "denied" });
        }
      }
    }
    return found;
  }

  const isPocket = ({ reasons }) => reasons.includes("unconfirmed_pocket");

  // Around a place that one report alone gives to somebody: that actor's color, dashed.
  function pocketRings(records, renderer) {
    const { actors, claims, evidence, places } = records;
    return [...evidence].filter(([, proof]) => isPocket(proof)).map(([place, { deciding }]) => {
      const actor = deciding.length ? claims.actor[deciding[0]] : -1;
      const color = actor >= 0 ? actors.color[actor] : "#5b5b5b";
      return ["ring " + place + color, () => L.circleMarker([places.lat[place], places.lon[place]], {
        pane: "front", renderer, interactive: false, radius: 11, fill: false, color, weight: 2.2, dashArray: "4 3",
      })];
    });
  }

  function mark(color, denied) {
    const ring = svg("circle", { cx: 11, cy: 11, r: 8, fill: "none", stroke: color, "stroke-width": 2.4, "stroke-dasharray": denied ? "none" : "3 2" });
    const back = svg("circle", { cx: 11, cy: 11, r: 8, fill: "none", stroke: "#ffffff", "stroke-width": 4.4 });
    const strike = denied ? svg("path", { d: "M2 20L20 2", stroke: "#111111", "stroke-width": 2 }) : null;
    return svg("svg", { viewBox: "0 0 22 22", width: 22, height: 22, "aria-hidden": "true" }, back, ring, strike);
  }

  // With the whole country in view, what is doubted is told by the list and the panel alone.
  function claimLayer(map, records, open, renderer) {
    const group = syriamap.markers.keptLayer();
    function openMark({ place, actor, claim, denied }) {
      const { actors, places } = records;
      const color = actor >= 0 ? actors.color[actor] : "#5b5b5b";
      const icon = L.divIcon({ className: "sm-icon", html: el("span", "sm-open", mark(color, denied)), iconSize: [22, 22], iconAnchor: [11, 11] });
      const title = names.place(records, place) + ": " + words.certainty(records.claims.certainty[claim]);
      return L.marker([places.lat[place], places.lon[place]], { icon, pane: "settlements", keyboard: false, title }).on("click", () => open(place));
    }
    group.draw = () => {
      const isNear = map.getZoom() >= syriamap.dots.NEAR;
      const found = isNear ? openClaims(records) : [];
      group.kinds = new Set(found.map(({ denied }) => (denied ? "denied" : "claimed")));
      group.hold([
        ...found.map((one) => [[one.claim, one.actor, one.denied, words.language()].join(), () => openMark(one)]),
        ...(isNear ? pocketRings(records, renderer) : []),
      ]);
    };
    group.draw();
    map.on("zoomend", group.draw);
    return group;
  }

  // Days from the newest claim behind a place to the day shown.
  function ageOf({ claims, claimsOf, counts, evidence, page }, place) {
    const own = claimsOf.get(place) || (evidence.get(place) || { deciding: [] }).deciding;
    const days = own.filter((claim) => !counts || counts(claim)).map((claim) => claims.event_date[claim]);
    return days.length ? daysBetween(days.reduce((last, day) => (day > last ? day : last)), page.date) : 0;
  }

  // A ring around each place that claims speak of, the stronger the older the last of them.
  function ageLayer(records, renderer) {
    const group = L.layerGroup();
    group.draw = () => {
      group.clearLayers();
      if (!group._map) {
        return;
      }
      for (const place of records.evidence.keys()) {
        const age = ageOf(records, place);
        const step = age > 7 ? AGES.find(([most]) => age <= most) : null;
        if (step) {
          group.addLayer(L.circleMarker([records.places.lat[place], records.places.lon[place]], {
            pane: "front", renderer, interactive: false, radius: 8, fill: true, fillColor: step[1], fillOpacity: step[2] * 0.5, color: step[1], weight: 1, opacity: step[2],
          }));
        }
      }
    };
    group.on("add", group.draw);
    return group;
  }

  // Where the front stood some days before; only days of this page can be asked for.
  function ghostLayers(records, renderer) {
    const found = {};
    const { series } = records;
    // Offered where most days of the page that it could be asked for have such a day before them.
    const isKnown = (count) => {
      const asked = series.days.map((_, day) => day).filter((day) => series.dayAt(series.isoBefore(day, count)) >= 0);
      return 2 * asked.filter((day) => series.dayBefore(day, count) >= 0).length > asked.length;
    };
    for (const days of series ? GHOSTS.filter(isKnown) : []) {
      const group = L.layerGroup();
      group.draw = () => {
        group.clearLayers();
        const day = series.dayBefore(series.day, days);
        if (!group._map || day < 0) {
          return;
        }
        const { lines, lineShapes } = records.series.linesOn(day);
        const mesh = syriamap.territory.meshOf(records, "front", lines, lineShapes);
        group.addLayer(syriamap.ground.path(mesh, "front", renderer, {
          fill: false, color: "#6b1fa8", weight: 1.8, opacity: 0.9 - 0.2 * GHOSTS.indexOf(days), dashArray: ["6 3", "3 4", "1 5"][GHOSTS.indexOf(days)],
        }));
      };
      group.on("add", group.draw);
      found[days === 1 ? "front-a-day-before" : "front-" + days + "-days-before"] = group;
    }
    return found;
  }

  syriamap.doubt = { AGES, ageLayer, ageOf, isPocket, claimLayer, ghostLayers, mark, openClaims };
})((window.syriamap = window.syriamap || {}));
