// Whose story: all evidence, or the map as one side's own sources tell it; and where the stories part.
(function (syriamap) {
  "use strict";
  const { data, el, names, words } = syriamap;

  // What each side's story makes of a place, for the panel.
  function told(records, row) {
    const { series } = records;
    if (!series || !series.sides.length) {
      return null;
    }
    const { states } = series;
    const rows = series.sides.map((side) => {
      const state = series.placeStatesOn(series.day, side)[row];
      const actor = states.actor[state];
      const status = states.status[state];
      const text = actor >= 0 ? el("span", "", data(names.actor(records, actor)), status === "held" ? null : words.page("clause_comma") + words.status(status)) : words.status(status);
      return [el("dt", "", data(names.side(records, side))), el("dd", "", text)];
    });
    return el("section", "", el("h3", "", words.page("side_says")), el("dl", "sm-told", ...rows.flat()));
  }

  // Ground that two stories give to actors of different sides: outlined, with a sparse pattern.
  function disputeLayer(records, renderer) {
    const group = L.layerGroup();
    group.draw = () => {
      group.clearLayers();
      if (!group._map || !records.series || !records.series.sides.length) {
        return;
      }
      const shape = records.series.shapeOf(records.series.piecesInDispute());
      const paint = (style) => group.addLayer(syriamap.ground.path(shape, "front", renderer, style));
      paint({ stroke: false, ...syriamap.patterns.dispute() });
      paint({ className: "sm-told-casing", fill: false, color: "#ffffff", weight: 4, opacity: 0.8 });
      paint({ className: "sm-told-edge", fill: false, color: syriamap.patterns.DISPUTE, weight: 2, dashArray: "7 4" });
    };
    group.on("add", group.draw);
    return group;
  }

  // The switch in the title card; `show` draws what is now told.
  function chooser(records, element, show) {
    const { series } = records;
    const select = el("select", "");
    const label = el("label", "");
    const note = el("p", "");
    select.id = "sm-whose";
    label.htmlFor = select.id;

    function tell(side) {
      if (side !== records.story && (side === "" || series.sides.includes(side))) {
        series.tell(side);
        show();
      }
    }

    function draw() {
      select.replaceChildren(...["", ...series.sides].map((side) => {
        const option = el("option", "", side ? names.side(records, side) : words.page("all_evidence"));
        option.value = side;
        return option;
      }));
      select.value = records.story;
      label.textContent = words.page("whose");
      note.textContent = words.page("told_differently", { km2: words.km2(series.disputeKm2()) });
    }

    select.addEventListener("change", () => tell(select.value));
    element.append(el("div", "sm-whose", label, select), note);
    draw();
    return { draw, relabel: draw, tell };
  }

  syriamap.stories = { chooser, disputeLayer, told };
})((window.syriamap = window.syriamap || {}));
