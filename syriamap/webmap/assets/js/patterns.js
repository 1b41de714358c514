// A pattern per actor, so that color is never the only cue, and the black hatch of contested areas.
(function (syriamap) {
  "use strict";
  const { svg } = syriamap;

  // Lines of one tile: its size in pixels and a path.
  const TILES = {
    dots: [8, "M2 2h.01M6 6h.01"],
    "lines-0": [7, "M0 3.5H7"],
    "lines-90": [7, "M3.5 0V7"],
    "lines-135": [8, "M-2 6L6 -2M2 10L10 2"],
    cross: [10, "M5 2.5V7.5M2.5 5H7.5"],
    grid: [9, "M0 4.5H9M4.5 0V9"],
    waves: [12, "M0 6Q3 2.5 6 6T12 6"],
    rings: [11, "M8 5.5A2.5 2.5 0 1 1 3 5.5A2.5 2.5 0 1 1 8 5.5"],
    zigzag: [10, "M0 7L2.5 3L5 7L7.5 3L10 7"],
    dashes: [10, "M0 2.5H5M5 7.5H10"],
    "dashes-0": [10, "M0 2.5H5M5 7.5H10"],
    "dashes-90": [10, "M2.5 0V5M7.5 5V10"],
    "dashes-135": [12, "M1 5L5 1M7 11L11 7"],
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

  function pattern(id, size, path, stroke, width, extra) {
    const line = svg("path", {
      d: path, stroke, "stroke-width": width, fill: "none", "stroke-linecap": "round",
    });
    return svg(
      "pattern",
      { id, width: size, height: size, patternUnits: "userSpaceOnUse", ...extra },
      line,
    );
  }

  // Definitions for all actors, to be referred to as url(#id).
  function definitions(actors) {
    const defs = svg("defs", {});
    actors.id.forEach((_, row) => {
      const tile = Object.prototype.hasOwnProperty.call(TILES, actors.pattern[row]) && TILES[actors.pattern[row]];
      if (tile) {
        const width = actors.pattern[row] === "dots" ? 1.9 : 1.1;
        defs.appendChild(pattern("sm-actor-" + row, tile[0], tile[1], ink(actors.color[row]), width, {}));
      }
    });
    defs.appendChild(
      pattern("sm-contested", 7, "M0 0V7", "#1a1a1a", 2, { patternTransform: "rotate(45)" }),
    );
    const holder = svg("svg", { width: 0, height: 0, "aria-hidden": "true", class: "sm-defs" }, defs);
    document.body.appendChild(holder);
  }

  function hasPattern(actors, row) {
    return row >= 0 && Object.prototype.hasOwnProperty.call(TILES, actors.pattern[row]);
  }

  syriamap.colors = { ink, isDark, mix };
  syriamap.patterns = { definitions, hasPattern };
})((window.syriamap = window.syriamap || {}));
