// What a reader can do with the map besides looking: a button opens the list of it. What is open closes by
// Escape, the last first, and the focus goes back to where it was.
(function (syriamap) {
  "use strict";
  const { button, data, el, words } = syriamap;

  const opened = [];

  // From now on Escape calls `close`; gives what is to be called when it has closed by itself.
  function onEscape(close) {
    const one = { close, from: document.activeElement };
    opened.push(one);
    return () => {
      const at = opened.indexOf(one);
      if (at < 0) {
        return;
      }
      opened.splice(at, 1);
      if (one.from && one.from.isConnected) {
        one.from.focus({ preventScroll: true });
      }
    };
  }

  // Before all others who listen: what lies on top is closed first. A dialog of the browser's own does it itself.
  document.addEventListener("keydown", (pressed) => {
    if (pressed.key === "Escape" && opened.length && !document.querySelector("dialog[open]")) {
      pressed.preventDefault();
      opened[opened.length - 1].close();
    }
  }, true);

  // A card of its own on the map, which the map below does not notice.
  function card(className, ...children) {
    const made = el("section", "sm-card " + className, ...children);
    L.DomEvent.disableClickPropagation(made);
    L.DomEvent.disableScrollPropagation(made);
    L.DomEvent.on(made, "click", L.DomEvent.stopPropagation);
    made.addEventListener("keydown", (pressed) => pressed.key !== "Escape" && pressed.stopPropagation());
    document.getElementById("syriamap").append(made);
    return made;
  }

  // A file made in the page, handed to the reader.
  function hand(name, blob) {
    const anchor = el("a", "");
    anchor.href = URL.createObjectURL(blob);
    anchor.download = name;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000);
  }

  // "Syria", 6 December → syria-2024-12-06.geojson: letters and digits of the title, whatever it is.
  function fileName({ page, story }, ending) {
    const plain = (text) => text.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60).toLowerCase();
    return [plain(page.id) || "map", page.date, plain(story || page.according_to || "")].filter(Boolean).join("-") + "." + ending;
  }

  // The list: `works` are {key, run}, with their words under `key` in the table `kit`.
  function menu(map, records, works) {
    const list = card("sm-menu");
    list.hidden = true;
    list.id = "sm-menu";
    const told = el("p", "sm-hidden");
    told.setAttribute("role", "status");
    document.getElementById("syriamap").append(told);
    const opener = button("sm-tool sm-kit", "☰", () => (list.hidden ? open() : close()));
    opener.setAttribute("aria-controls", list.id);
    opener.setAttribute("aria-expanded", "false");
    const bar = document.querySelector(".sm-tools");
    bar.append(opener);
    let closed = null;

    function open() {
      list.style.top = Math.max(6, Math.min(bar.offsetTop, map.getSize().y - 40 - 31 * list.querySelectorAll("button").length)) + "px";
      list.hidden = false;
      opener.setAttribute("aria-expanded", "true");
      opener.focus({ preventScroll: true });
      closed = onEscape(close);
      list.querySelector("button").focus({ preventScroll: true });
    }

    function close() {
      list.hidden = true;
      opener.setAttribute("aria-expanded", "false");
      closed && closed();
      closed = null;
    }

    const made = works.map(({ key, run }) => {
      const one = button("sm-work", "", () => {
        close();
        run();
      });
      one.dataset.does = key;
      return one;
    });
    const views = syriamap.views.views(records).map((view) => {
      const one = button("sm-work", "", () => {
        close();
        map.fitBounds(view.corners, { animate: !window.matchMedia("(prefers-reduced-motion: reduce)").matches });
      });
      return { one, view };
    });
    const title = el("p", "sm-work-title");
    list.append(...made, ...(views.length ? [title] : []), ...views.map(({ one }) => one));
    // Wherever else the reader turns to, the list goes.
    document.addEventListener("pointerdown", ({ target }) => {
      if (!list.hidden && !list.contains(target) && !opener.contains(target)) {
        close();
      }
    }, true);

    function relabel() {
      opener.title = words.kit("more");
      opener.setAttribute("aria-label", opener.title);
      list.setAttribute("aria-label", opener.title);
      made.forEach((one) => { one.textContent = words.kit(one.dataset.does); });
      title.textContent = words.kit("go_to");
      views.forEach(({ one, view }) => one.replaceChildren(data(syriamap.views.nameOf(records, view))));
    }

    relabel();
    return { close, relabel, say: (key) => { told.textContent = words.kit(key); } };
  }

  // Everything of the list; `around` is what the page has that they need. `takes` tells whether a click on
  // the map was meant for one of them.
  function kit(map, records, around) {
    const ruler = syriamap.ruler(map);
    const readout = syriamap.readout(map);
    const guide = syriamap.guide();
    const beside = syriamap.beside(map, records, { ...around, isMeasuring: ruler.isOn });
    const say = (key) => list.say(key);
    // Villages and confidence may still wait compressed in the page (`waiting.js`).
    const whenWhole = (run) => (records.isWhole || records.isLost ? run() : setTimeout(() => whenWhole(run), 100));
    const works = [
      { key: "guide", run: guide.open },
      { key: "ruler", run: ruler.open },
      ...(beside ? [{ key: "beside", run: () => beside.open() }] : []),
      ...(syriamap.picture.isPossible() ? [{ key: "picture", run: () => syriamap.picture.save(map, records, around, beside).then(() => say("saved"), () => say("not_saved")) }] : []),
      ...["geojson", "csv"].map((key) => ({ key, run: () => whenWhole(() => { syriamap.download[key](records); say("saved"); }) })),
    ];
    const list = menu(map, records, works);
    const parts = [list, ruler, readout, guide, beside].filter(Boolean);
    return {
      beside,
      relabel: () => parts.forEach((part) => part.relabel()),
      takes: (event) => ruler.takes(event),
    };
  }

  Object.assign(syriamap, { card, fileName, hand, kit, onEscape });
})((window.syriamap = window.syriamap || {}));
