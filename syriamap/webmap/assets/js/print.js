// Paper: while the page is printed the map has a size that fits A4 and letter upright and across, shows the
// whole country, and legend and credits stand beside or below it, whatever is folded on the screen.
(function (syriamap) {
  "use strict";
  const { data, el, heading, names, svg, words } = syriamap;
  // In pixels of paper (96 an inch): the narrower side of letter and A4 without their margins.
  const WIDTH = 690;
  const HEIGHT = 590;
  // A view this much closer than the whole country was chosen by the reader, and is printed as it is.
  const CLOSER = 1;

  function sheet(records, legend) {
    const title = el("header", "sm-sheet-title", el("h1", "", heading.title(records)));
    for (const note of heading.notes(records)) {
      title.append(el("p", note === heading.side(records) || note === heading.age(records) ? "sm-strong" : "", data(note)));
    }
    const signs = el("section", "sm-sheet-key");
    signs.append(...[...legend.children].slice(1).map((one) => one.cloneNode(true)));
    // Licenses run from left to right among themselves, whatever the language of the page is.
    const rights = el("p", "", ...records.page.attribution.flatMap((text) => [data(text), " "]));
    rights.dir = "ltr";
    const foot = el("footer", "sm-sheet-foot", el("p", "", data(names.border(records))), rights, el("p", "", words.page("claim_is_not") + " " + words.page("claim_is")));
    return [title, signs, foot];
  }

  // What is drawn on a canvas, as paths: a canvas that is drawn for paper hides what lies below it.
  function pen() {
    const drawn = svg("svg", { class: "sm-dots", width: 1, height: 1 });
    let path = "";
    const put = (attributes) => drawn.appendChild(svg("path", { d: path, ...attributes }));
    const made = {
      drawn, dash: [],
      beginPath() { path = ""; },
      arc(x, y, r, from, to) {
        const at = (angle) => (x + r * Math.cos(angle)).toFixed(2) + " " + (y + r * Math.sin(angle)).toFixed(2);
        const half = (from + to) / 2;
        path += "M" + at(from) + "A" + [r, r, 0, 0, 1].join(" ") + " " + at(half) + "A" + [r, r, 0, 0, 1].join(" ") + " " + at(to);
      },
      closePath() { path += "Z"; },
      setLineDash(dash) { made.dash = dash; },
      fill() { put({ fill: made.fillStyle }); },
      stroke() { put({ fill: "none", stroke: made.strokeStyle, "stroke-width": made.lineWidth, ...(made.dash.length ? { "stroke-dasharray": made.dash.join(" ") } : {}) }); },
    };
    return made;
  }

  // `fit` shows the whole country again.
  function forPrint(map, records, legend, { dots, fit }) {
    const { body } = document;
    const container = map.getContainer();
    let before = null;

    function prepare() {
      if (before || !map.getContainer().isConnected) {
        return;
      }
      before = { center: map.getCenter(), zoom: map.getZoom(), bounds: map.getBounds(), made: sheet(records, legend) };
      fit();
      const isPart = before.zoom > map.getZoom() + CLOSER;
      body.classList.add("sm-printing");
      body.prepend(...before.made);
      Object.assign(container.style, { width: WIDTH + "px", height: HEIGHT + "px" });
      map.invalidateSize({ animate: false, pan: false });
      const [west, south, east, north] = records.page.bounds;
      map.fitBounds(isPart ? before.bounds : [[south, west], [north, east]], { animate: false, padding: [2, 2] });
      if (map.hasLayer(dots)) {
        const paper = pen();
        const { drawn } = paper;
        dots.drawOn(paper);
        map.getPane("settlements").prepend(drawn);
        before.made.push(drawn);
      }
    }

    function restore() {
      if (!before) {
        return;
      }
      const { center, made, zoom } = before;
      before = null;
      made.forEach((one) => one.remove());
      body.classList.remove("sm-printing");
      Object.assign(container.style, { width: "", height: "" });
      // The center comes first and stays while the size changes: a view beyond the land would be led back, and
      // that goes on after it was left.
      const back = () => {
        map.setView(center, zoom, { animate: false });
        map.invalidateSize({ animate: false });
        map.setView(center, zoom, { animate: false });
      };
      back();
      // The screen has its own size again only after this.
      setTimeout(back, 50);
    }

    window.addEventListener("beforeprint", prepare);
    window.addEventListener("afterprint", restore);
    // For whoever prints by other ways than the browser's own command.
    window.matchMedia("print").addEventListener("change", ({ matches }) => (matches ? prepare() : restore()));
  }

  Object.assign(syriamap, { forPrint, pen, sheet });
})((window.syriamap = window.syriamap || {}));
