// Plain icons as paths in a box of 16 by 16, for the map and the legend alike.
(function (syriamap) {
  "use strict";
  const { svg } = syriamap;

  const ICONS = {
    airbase: "M8 1.5L9 6.5L14.5 9.5V11L9 9.6V12.6L10.8 14V15L8 14.3L5.2 15V14L7 12.6V9.6L1.5 11V9.5L7 6.5Z",
    airport: "",
    naval_base:
      "M7.2 5.3A2 2 0 1 1 8.8 5.3V6.4H11V7.8H8.8V13A4.4 4.4 0 0 0 12.3 10.2L11.2 10.7L13 8L14.3 11L13.4 10.6" +
      "A6 6 0 0 1 8 14.7A6 6 0 0 1 2.6 10.6L1.7 11L3 8L4.8 10.7L3.7 10.2A4.4 4.4 0 0 0 7.2 13V7.8H5V6.4H7.2Z",
    base: "M2.5 13.5V7L8 2.5L13.5 7V13.5H10V9.5H6V13.5Z",
    bridge: "M1 5H15V7H14V12H12.4A4.4 4.4 0 0 0 3.6 12H2V7H1Z",
    dam: "M5 2.5H11V4L13.5 13H2.5L5 4ZM6.3 5L5 9.5H11L9.7 5Z",
    crossing: "M2 3H4V6H14V8H4V13.5H2ZM7 8.2L6 10H8.5L9.5 8.2ZM11 8.2L10 10H12.5L13.5 8.2Z",
    heliport: "M4 3H6.2V6.8H9.8V3H12V13H9.8V9H6.2V13H4Z",
    oil_field: "M8 1.2C9.8 4.4 12.6 7 12.6 10.1A4.6 4.6 0 0 1 3.4 10.1C3.4 7 6.2 4.4 8 1.2ZM5 10.2A3 3 0 0 0 8 13.2V12A1.8 1.8 0 0 1 6.2 10.2Z",
    plant: "M2 14V6.5L5.5 9V6.5L9 9V2H12.5V9L14 9V14Z",
    pumping_station: "M2 4H4.5V6H7V3.5H5V2H11V3.5H9V6H11.5V4H14V12H11.5V10H4.5V12H2Z",
    prison: "M2 2.5H14V13.5H2ZM4 4.5V11.5H5.6V4.5ZM7.2 4.5V11.5H8.8V4.5ZM10.4 4.5V11.5H12V4.5Z",
    castle: "M2 2.5H4.4V4.5H6.8V2.5H9.2V4.5H11.6V2.5H14V13.5H9.8V10.2H6.2V13.5H2Z",
    hospital: "M6.2 2.5H9.8V6.2H13.5V9.8H9.8V13.5H6.2V9.8H2.5V6.2H6.2Z",
    hill: "M8 2.5L14.5 13.5H1.5Z",
    struck:
      "M8 .5L9.5 4.3L13.3 2.7L11.7 6.5L15.5 8L11.7 9.5L13.3 13.3L9.5 11.7L8 15.5L6.5 11.7L2.7 13.3L4.3 9.5" +
      "L.5 8L4.3 6.5L2.7 2.7L6.5 4.3Z",
    advanced_toward: "M2 2.2L8 7L14 2.2V6.4L8 11.2L2 6.4ZM2 7.6L8 12.4L14 7.6V10.6L8 15.4L2 10.6Z",
  };
  ICONS.airport = ICONS.airbase;
  const EVENTS = new Set(["struck", "advanced_toward"]);
  const SITES = Object.keys(ICONS).filter((kind) => !EVENTS.has(kind));

  // An icon: the shape in a color, with an edge that keeps it legible on any fill.
  function icon(name, color, edge, size) {
    const path = svg("path", {
      d: ICONS[name], fill: color, stroke: edge, "stroke-width": 1, "paint-order": "stroke",
      "stroke-linejoin": "round", "fill-rule": "evenodd",
    });
    return svg(
      "svg",
      { viewBox: "-1 -1 18 18", width: size, height: size, "aria-hidden": "true", focusable: "false" },
      path,
    );
  }

  // An arrow to a point: `length` pixels long, from the side that `angle` (radians, clockwise from
  // east) says. Its own origin is the point, so that it can be laid over a mark.
  function arrow(length, angle, color, isDoubtful) {
    const shaft = "M" + -length + " 0H-13";
    const draw = (attributes) => svg("path", { fill: "none", "stroke-linecap": "butt", ...attributes });
    const body = svg(
      "g", { transform: "rotate(" + ((angle * 180) / Math.PI).toFixed(1) + ")" },
      draw({ d: shaft, stroke: "#ffffff", "stroke-width": 7.5, opacity: 0.9 }),
      draw({ d: shaft, stroke: "#111111", "stroke-width": 5.4 }),
      draw({ d: shaft, stroke: color, "stroke-width": 3.4 }),
      isDoubtful ? draw({ d: shaft, stroke: "#ffffff", "stroke-width": 3.4, "stroke-dasharray": "4 4" }) : null,
      draw({ d: "M-4 0L-17 -8L-14 0L-17 8Z", fill: isDoubtful ? "#ffffff" : color, stroke: "#111111", "stroke-width": 1.4, "stroke-linejoin": "round" }),
    );
    return svg("svg", { width: 1, height: 1, class: "sm-arrow", "aria-hidden": "true", focusable: "false" }, body);
  }

  syriamap.symbols = { SITES, arrow, icon };
})((window.syriamap = window.syriamap || {}));
