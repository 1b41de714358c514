// For maps to which folium's own popups or icons were added, and only for those: folium writes popups for
// jQuery, of which it needs `$(html)[0]` and `$(document).ready(run)`, icons for a library of fonts, in
// place of which a plain pin in the icon's color stands, and lists of layers for a page without one. The
// text is the map maker's own.
(function () {
  "use strict";
  window.$ = function (target) {
    if (typeof target !== "string") {
      return { ready: (run) => run() };
    }
    const template = document.createElement("template");
    template.innerHTML = target.trim();
    return template.content.children;
  };

  const SVG = "http://www.w3.org/2000/svg";
  // Names of colors that style sheets do not know.
  const COLORS = { darkpurple: "#5b396b", cadetblue: "#436978", lightred: "#ff8e7f" };

  function pin({ markerColor, iconColor }) {
    const svg = document.createElementNS(SVG, "svg");
    const draw = (tag, attributes) => {
      const part = svg.appendChild(document.createElementNS(SVG, tag));
      Object.entries(attributes).forEach(([name, value]) => part.setAttribute(name, value));
    };
    svg.setAttribute("viewBox", "0 0 26 40");
    svg.setAttribute("width", 26);
    svg.setAttribute("height", 40);
    draw("path", { d: "M13 39C11 28 1 22 1 13A12 12 0 0 1 25 13C25 22 15 28 13 39Z", fill: COLORS[markerColor] || markerColor || "blue", stroke: "#00000080" });
    draw("circle", { cx: 13, cy: 13, r: 4.5, fill: iconColor || "white" });
    return L.divIcon({ className: "sm-icon", html: svg, iconSize: [26, 40], iconAnchor: [13, 39], popupAnchor: [0, -34] });
  }
  L.AwesomeMarkers = { icon: pin };

  // A list of layers of folium's joins the one that the page has.
  L.control.layers = (base, overlays) => {
    const made = { addTo: () => made, getContainer: () => list.getContainer() };
    const list = window.syriamap.opened.buttons.join(base, overlays);
    return made;
  };
})();
