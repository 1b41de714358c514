// Two days, or two stories, side by side: a second map lies over the page's own, seen to the right of a
// handle that moves by mouse, finger and keys. It has records, layers and a panel of its own.
(function (syriamap) {
  "use strict";
  const { button, data, el, heading, names, words } = syriamap;
  const STEP = 0.02;

  // What a side shows: its day, and whose story it tells.
  function titleOf(records) {
    const side = heading.side(records);
    return words.longDate(records.page.date) + (side ? words.page("clause_comma") + side : "");
  }

  // `around` is what the page has: its panel, how it draws layers, where clicks go, how it comes closer.
  function beside(map, records, around) {
    const { series } = records;
    if (!series || (series.days.length < 2 && !series.sides.length)) {
      return null;
    }
    const container = map.getContainer();
    const frame = document.getElementById("syriamap");
    let other = null;
    let second = null;
    let drawn = null;
    let panel = null;
    let share = 0.5;
    let closed = null;

    // --- the handle and what stands beside it ---
    const handle = el("div", "sm-split");
    Object.assign(handle, { tabIndex: 0, hidden: true });
    handle.setAttribute("role", "slider");
    handle.setAttribute("aria-valuemin", "0");
    handle.setAttribute("aria-valuemax", "100");
    const tags = [el("p", "sm-which"), el("p", "sm-which")];
    const day = el("input", "");
    day.type = "date";
    day.id = "sm-other-day";
    const story = el("select", "");
    story.id = "sm-other-story";
    const labels = [el("label", ""), el("label", "")];
    [labels[0].htmlFor, labels[1].htmlFor] = [day.id, story.id];
    const away = button("sm-away", "×", close);
    const bar = syriamap.card("sm-bar sm-other", away,
      series.days.length > 1 ? el("p", "sm-fields", labels[0], day) : null, series.sides.length ? el("p", "sm-fields", labels[1], story) : null);
    bar.hidden = true;
    // Below every card.
    frame.prepend(...tags, handle);
    tags.forEach((tag) => { tag.hidden = true; });
    L.DomEvent.disableClickPropagation(handle);

    function place(to) {
      share = Math.max(0, Math.min(1, to));
      const { x: wide } = map.getSize();
      const x = Math.round(share * wide);
      handle.style.left = x + "px";
      tags[0].style.right = wide - x + 8 + "px";
      tags[1].style.left = x + 8 + "px";
      tags[0].classList.toggle("sm-out", x < 90);
      tags[1].classList.toggle("sm-out", wide - x < 90);
      if (second) {
        second.getContainer().style.clipPath = `inset(0 0 0 ${x}px)`;
      }
      handle.setAttribute("aria-valuenow", String(Math.round(100 * share)));
    }

    handle.addEventListener("pointerdown", (pressed) => {
      pressed.preventDefault();
      handle.focus({ preventScroll: true });
      handle.setPointerCapture(pressed.pointerId);
      const { left, width } = container.getBoundingClientRect();
      const follow = ({ clientX }) => place((clientX - left) / width);
      handle.addEventListener("pointermove", follow);
      handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", follow), { once: true });
    });
    handle.addEventListener("keydown", (pressed) => {
      const to = { ArrowLeft: share - STEP, ArrowRight: share + STEP, ArrowDown: share - STEP, ArrowUp: share + STEP, PageDown: share - 5 * STEP, PageUp: share + 5 * STEP, Home: 0, End: 1 }[pressed.key];
      if (to !== undefined) {
        pressed.preventDefault();
        pressed.stopPropagation();
        place(to);
      }
    });

    // --- the second map ---
    // As the first one moves: while it is dragged only shifted, then drawn anew.
    function follow({ type }) {
      const [center, zoom] = [map.getCenter(), map.getZoom()];
      if (zoom !== second.getZoom()) {
        second.setView(center, zoom, { animate: false });
        return;
      }
      const shift = second.latLngToContainerPoint(center).subtract(second.getSize().divideBy(2));
      if (shift.x || shift.y) {
        second._rawPanBy(shift);
        second.fire("move");
      }
      if (type === "moveend") {
        second.fire("moveend");
      }
    }

    function resized() {
      second.invalidateSize({ animate: false, pan: false });
      second.setView(map.getCenter(), map.getZoom(), { animate: false });
      place(share);
    }

    // Layers that are switched on the first map are switched on the second.
    function switched() {
      for (const [name, layer] of Object.entries(around.overlays)) {
        const twin = drawn.overlays[name];
        if (twin && map.hasLayer(layer) !== second.hasLayer(twin)) {
          map.hasLayer(layer) ? twin.addTo(second) : twin.remove();
        }
      }
    }

    // Drawn once, as it is asked for first.
    function make(number, side) {
      const part = el("div", "sm-map sm-second");
      container.append(part);
      other = syriamap.read(document.getElementById("syriamap-data").textContent);
      other.series.tell(side);
      other.series.show(number);
      second = L.map(part, {
        zoomControl: false, attributionControl: false, dragging: false, scrollWheelZoom: false, doubleClickZoom: false, touchZoom: false, boxZoom: false,
        keyboard: false, tapHold: false, zoomAnimation: false, fadeAnimation: false, zoomSnap: 0, minZoom: 0, maxZoom: map.getMaxZoom(),
      }).setView(map.getCenter(), map.getZoom(), { animate: false });
      part.style.backgroundColor = container.style.backgroundColor;
      const renderers = syriamap.base.makePanes(second);
      const openPlace = (row, move) => {
        if (move) {
          around.focus(other.places.lat[row], other.places.lon[row]);
        }
        panel.place(row);
      };
      const openEvent = (rows) => panel.event(rows);
      drawn = around.draw(second, other, renderers, { openPlace, openEvent });
      const under = syriamap.territory.picker(second, other);
      const light = around.highlighter(second);
      panel = syriamap.panel(other, around.element, { areaShape: under.areaShape, highlight: light, openPlace });
      panel.linked(() => location.hash || "#");
      around.pointing(second, other, { layers: drawn.layers, under, panel, openPlace, isOurs: () => !map.dragging.moved() && !around.isMeasuring() });
      // A mark of this map tells nothing to the one below.
      L.DomEvent.on(part, "click", (event) => event.target.closest(".leaflet-marker-icon") && L.DomEvent.stopPropagation(event));
      syriamap.waiting(other, document.getElementById("syriamap-waiting").textContent, () => {
        drawn.layers.dots.refill();
        ["open", "ages", "labels"].forEach((name) => drawn.layers[name].draw());
        tell();
      });
    }

    function go(number, side) {
      other.series.tell(side);
      other.series.show(number);
      drawn.redraw();
      drawn.layers.labels.draw();
      panel.draw();
      tell();
    }

    // What the second map shows first: the day the page begins with, or the story of a side.
    function first() {
      const last = series.days.length - 1;
      const number = last < 1 ? 0 : series.day === 0 ? last : 0;
      return [number, last < 1 && !records.story ? series.sides[0] : records.story];
    }

    function open([number, side] = first()) {
      if (!handle.hidden) {
        return go(number, side);
      }
      around.leaveChanges();
      const isNew = !second;
      if (isNew) {
        make(number, side);
      }
      const { _zoomAnimated } = map;
      // Both come closer at once, in one step.
      map._zoomAnimated = false;
      second.getContainer().hidden = handle.hidden = bar.hidden = false;
      tags.forEach((tag) => { tag.hidden = false; });
      container.classList.add("sm-comparing");
      map.on("move moveend", follow).on("resize", resized).on("overlayadd overlayremove layeradd layerremove", switched);
      isNew ? place(share) : resized();
      switched();
      // What was opened on the maps since then goes first.
      closed = syriamap.onEscape(() => panel.hide() || around.panel.hide() || close());
      open.back = () => { map._zoomAnimated = _zoomAnimated; };
      isNew ? tell() : go(number, side);
      handle.focus({ preventScroll: true });
    }

    function close() {
      if (handle.hidden) {
        return;
      }
      panel.hide();
      map.off("move moveend", follow).off("resize", resized).off("overlayadd overlayremove layeradd layerremove", switched);
      open.back();
      second.getContainer().hidden = handle.hidden = bar.hidden = true;
      tags.forEach((tag) => { tag.hidden = true; });
      container.classList.remove("sm-comparing");
      closed && closed();
      closed = null;
      tell();
    }

    // What both sides show, wherever the page says it.
    function tell() {
      const isOn = !handle.hidden;
      records.page.beside = isOn ? { other, note: words.kit("beside_note", { left: titleOf(records), right: titleOf(other) }) } : null;
      if (isOn) {
        [records, other].forEach((one, i) => {
          tags[i].replaceChildren(data(titleOf(one)));
        });
        day.value = other.page.date;
        story.value = other.story;
        second.getContainer().setAttribute("aria-label", titleOf(other));
      }
      around.tellDay();
      around.legend.draw();
      around.changed();
    }

    function relabel() {
      handle.setAttribute("aria-label", words.kit("beside_line"));
      bar.setAttribute("aria-label", words.kit("beside"));
      labels[0].textContent = words.kit("beside_day");
      labels[1].textContent = words.kit("beside_story");
      away.setAttribute("aria-label", words.kit("close"));
      Object.assign(day, { min: series.days[0], max: series.days[series.days.length - 1] });
      story.replaceChildren(...["", ...series.sides].map((side) => {
        const option = el("option", "", side ? names.side(records, side) : words.page("all_evidence"));
        option.value = side;
        return option;
      }));
      if (!handle.hidden) {
        ["open", "strikes", "advances", "labels"].forEach((name) => drawn.layers[name].draw());
        drawn.layers.sites.relabel();
        panel.relabel();
        tell();
      }
    }

    day.addEventListener("change", () => series.dayAt(day.value) >= 0 && go(series.dayAt(day.value), other.story));
    story.addEventListener("change", () => go(other.series.day, story.value));
    // A panel says which of the two it speaks of.
    around.element.addEventListener("sm-panel", () => {
      const title = around.element.querySelector("h2");
      if (!handle.hidden && title && !around.element.hidden) {
        around.element.querySelector(".sm-of-side")?.remove();
        title.after(el("p", "sm-strong sm-of-side", words.kit(panel.isShown() ? "of_right" : "of_left", { side: titleOf(panel.isShown() ? other : records) })));
      }
    });

    // "2024-12-01:government", as the address has it.
    function read(text) {
      const [date, side = ""] = text.split(":");
      const number = series.dayAt(date);
      return number >= 0 && (!side || series.sides.includes(side)) ? [number, side] : null;
    }

    relabel();
    return {
      close, drawn: () => drawn, isOn: () => !handle.hidden, map: () => second, open, records: () => other, relabel, tell,
      code: () => (handle.hidden ? "" : [other.page.date, other.story].filter(Boolean).join(":")),
      go: (text) => read(text) && open(read(text)),
      holds: ({ originalEvent }) => Boolean(second && originalEvent && second.getContainer().contains(originalEvent.target)),
      layers: () => drawn.layers,
      note: () => (records.page.beside || {}).note,
      seen() {
        const { left, top, width, height } = container.getBoundingClientRect();
        return { x: left + Math.round(share * width), y: top, width: width * (1 - share), height };
      },
      tags: () => tags,
    };
  }

  syriamap.beside = beside;
})((window.syriamap = window.syriamap || {}));
