// A pattern per actor, so that color is never the only cue, and the black hatch of contested areas.
(function (syriamap) {
  "use strict";
  const { svg } = syriamap;

  // `syriamap/look/patterns.json`, which the figures read too. A tile is its size in pixels and a path.
  // The hatch has the only lines at 45 degrees: no actor has them.
  const DEFINITION = __SYRIAMAP_PATTERNS__;
  const { nobody: NOBODY, held: HELD, hatch: HATCH, tiles: TILES } = DEFINITION;

  function channels(color) {
    return [1, 3, 5].map((start) => parseInt(color.slice(start, start + 2), 16));
  }

  function mix(color, other, share) {
    const to = channels(other);
    const mixed = channels(color).map((value, i) => Math.round(value + (to[i] - value) * share));
    return "#" + mixed.map((value) => value.toString(16).padStart(2, "0")).join("");
  }

  function isDark(color) {
    const [red, green, blue] = channels(color);
    return 0.299 * red + 0.587 * green + 0.114 * blue < 90;
  }

  // Ink that shows on the fill and stays quiet.
  function ink(color) {
    return isDark(color) ? mix(color, "#ffffff", 0.55) : mix(color, "#000000", 0.38);
  }

  function has(table, key) {
    return Object.prototype.hasOwnProperty.call(table, key);
  }

  // A tile of color with lines on it: one fill, so that one path draws an area.
  function pattern(id, [size, path], color, opacity, stroke) {
    const ground = svg("rect", { width: size, height: size, fill: color, "fill-opacity": opacity });
    const line = svg("path", { d: path, fill: "none", "stroke-linecap": "round", ...stroke });
    return svg("pattern", { id, width: size, height: size, patternUnits: "userSpaceOnUse" }, ground, line);
  }

  // Definitions for all actors, to be referred to as url(#id).
  function definitions(actors) {
    const hatch = { stroke: "#1a1a1a", "stroke-width": 1.9, "stroke-opacity": 0.62, "stroke-linecap": "butt" };
    const defs = svg("defs", {}, pattern("sm-contested-none", HATCH, "#ffffff", 0, hatch));
    const grain = { stroke: DISPUTE, "stroke-width": 2.2, "stroke-opacity": 0.75 };
    defs.appendChild(pattern("sm-dispute", [14, "M2 3L5 3M9 10L12 10"], DISPUTE, 0.08, grain));
    actors.id.forEach((_, row) => {
      const color = actors.color[row];
      const name = actors.pattern[row];
      if (has(TILES, name)) {
        const stroke = { stroke: ink(color), "stroke-width": name === "dots" ? 1.9 : 1.1, "stroke-opacity": 0.5 };
        defs.appendChild(pattern("sm-actor-" + row, TILES[name], color, HELD, stroke));
      }
      defs.appendChild(pattern("sm-contested-" + row, HATCH, color, DEFINITION.contested, hatch));
    });
    const own = svg("svg", { width: 0, height: 0, "aria-hidden": "true", class: "sm-defs" }, defs);
    document.body.appendChild(own);
    // In a copy that a browser saved those of the first drawing stand below this script, not yet read.
    document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".sm-defs").forEach((one) => one === own || one.remove()));
  }

  function held(actors, row) {
    return row >= 0 && has(TILES, actors.pattern[row])
      ? { fillColor: "url(#sm-actor-" + row + ")", fillOpacity: 1 }
      : { fillColor: row >= 0 ? actors.color[row] : NOBODY, fillOpacity: HELD };
  }

  function contested(row) {
    return { fillColor: "url(#sm-contested-" + (row >= 0 ? row : "none") + ")", fillOpacity: 1 };
  }

  // Too close to call: the color without the hatch, for nobody reports a conflict there.
  function band(actors, row) {
    return { fillColor: row >= 0 ? actors.color[row] : NOBODY, fillOpacity: DEFINITION.contested };
  }

  // Ground that is told differently: a sparse magenta grain over whatever lies below.
  const DISPUTE = "#a8005c";

  function dispute() {
    return { fillColor: "url(#sm-dispute)", fillOpacity: 1 };
  }

  syriamap.colors = { base: DEFINITION.base, isDark, mix };
  syriamap.patterns = { band, contested, definitions, dispute, DISPUTE, held };
})((window.syriamap = window.syriamap || {}));
