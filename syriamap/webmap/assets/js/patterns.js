// A pattern per actor, so that color is never the only cue, and the black hatch of contested areas.
(function (syriamap) {
  "use strict";
  const { svg } = syriamap;

  const NOBODY = "#8a8a8a";
  const HELD = 0.58;
  // The only lines at 45 degrees: no actor has them.
  const HATCH = [10, "M-2 2L2 -2M-1 11L11 -1M8 12L12 8"];

  // Lines of one tile: its size in pixels and a path.
  const TILES = {
    dots: [8, "M2 2h.01M6 6h.01"],
    "lines-0": [7, "M0 3.5H7"],
    "lines-90": [7, "M3.5 0V7"],
    "lines-135": [8, "M0 0L8 8M-2 6L2 10M6 -2L10 2"],
    cross: [10, "M5 2.5V7.5M2.5 5H7.5"],
    grid: [9, "M0 4.5H9M4.5 0V9"],
    waves: [12, "M0 6Q3 2.5 6 6T12 6"],
    rings: [11, "M8 5.5A2.5 2.5 0 1 1 3 5.5A2.5 2.5 0 1 1 8 5.5"],
    zigzag: [10, "M0 7L2.5 3L5 7L7.5 3L10 7"],
    dashes: [10, "M0 2.5H5M5 7.5H10"],
    "dashes-0": [10, "M0 2.5H5M5 7.5H10"],
    "dashes-90": [10, "M2.5 0V5M7.5 5V10"],
    "dashes-135": [12, "M1 1L5 5M7 7L11 11"],
    plus: [10, "M5 2.8V7.2M2.8 5H7.2"],
    squares: [10, "M3 3H7V7H3Z"],
    diamonds: [10, "M5 2L8 5L5 8L2 5Z"],
    triangles: [11, "M5.5 2.5L8.5 7.8H2.5Z"],
  };

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
    actors.id.forEach((_, row) => {
      const color = actors.color[row];
      const name = actors.pattern[row];
      if (has(TILES, name)) {
        const stroke = { stroke: ink(color), "stroke-width": name === "dots" ? 1.9 : 1.1, "stroke-opacity": 0.5 };
        defs.appendChild(pattern("sm-actor-" + row, TILES[name], color, HELD, stroke));
      }
      defs.appendChild(pattern("sm-contested-" + row, HATCH, color, 0.28, hatch));
    });
    document.body.appendChild(svg("svg", { width: 0, height: 0, "aria-hidden": "true", class: "sm-defs" }, defs));
  }

  function held(actors, row) {
    return row >= 0 && has(TILES, actors.pattern[row])
      ? { fillColor: "url(#sm-actor-" + row + ")", fillOpacity: 1 }
      : { fillColor: row >= 0 ? actors.color[row] : NOBODY, fillOpacity: HELD };
  }

  function contested(row) {
    return { fillColor: "url(#sm-contested-" + (row >= 0 ? row : "none") + ")", fillOpacity: 1 };
  }

  syriamap.colors = { isDark, mix };
  syriamap.patterns = { contested, definitions, held };
})((window.syriamap = window.syriamap || {}));
