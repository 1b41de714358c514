// What a reader does with the page as a whole: copy its address, fill the screen, see the country again; and
// how a map in an article leaves the article its wheel and its fingers.
(function (syriamap) {
  "use strict";
  const { button, el, svg, words } = syriamap;
  const SIGNS = {
    reset: "M2 8L8 2L14 8M4 7V14H12V7",
    full: "M2 6V2H6M10 2H14V6M14 10V14H10M6 14H2V10",
    copy: "M6.5 9.5L9.5 6.5M7 4.5L8.5 3A3.2 3.2 0 0 1 13 7.5L11.5 9M9 11.5L7.5 13A3.2 3.2 0 0 1 3 8.5L4.5 7",
  };

  function sign(name) {
    return svg("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, svg("path", { d: SIGNS[name], fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-linecap": "round", "stroke-linejoin": "round" }));
  }

  // A text onto the clipboard, by the old way where the new one is forbidden, as in a frame.
  function toClipboard(text) {
    const byHand = () => {
      const field = el("textarea", "sm-hidden", text);
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    };
    return navigator.clipboard ? navigator.clipboard.writeText(text).then(() => true, byHand) : Promise.resolve(byHand());
  }

  function tools(map, { link, reset }) {
    const frame = el("div", "leaflet-bar sm-tools");
    const told = el("p", "sm-hidden");
    told.setAttribute("role", "status");
    const does = {
      reset,
      full() {
        document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen().catch(() => {});
      },
      copy() {
        const address = location.href.split("#")[0] + link();
        toClipboard(address).then((done) => {
          told.textContent = words.page(done ? "copied" : "not_copied");
          says.title = told.textContent;
          says.classList.toggle("sm-done", done);
          setTimeout(() => says.classList.remove("sm-done"), 1500);
        });
      },
    };
    const made = Object.keys(SIGNS).filter((name) => name !== "full" || document.fullscreenEnabled).map((name) => {
      const one = button("sm-tool", "", does[name]);
      one.append(sign(name));
      one.dataset.does = name;
      return one;
    });
    const says = made[made.length - 1];
    frame.append(...made, told);
    const control = L.control({ position: "topleft" });
    control.onAdd = () => frame;
    control.addTo(map);
    L.DomEvent.disableClickPropagation(frame);
    const titles = { reset: "whole_country", full: "full_screen", copy: "copy_link" };
    function relabel() {
      for (const one of made) {
        one.title = words.page(titles[one.dataset.does]);
        one.setAttribute("aria-label", one.title);
      }
    }
    relabel();
    return { relabel };
  }

  // In an article the wheel and one finger scroll the article; the map takes the wheel while the reader
  // has turned to it, and two fingers.
  function embedded(map) {
    if (window.self === window.top) {
      return;
    }
    const container = map.getContainer();
    container.classList.add("sm-embedded");
    map.scrollWheelZoom.disable();
    map.on("click focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    container.addEventListener("mouseleave", () => map.scrollWheelZoom.disable());
    container.addEventListener("pointerdown", ({ pointerType }) => map.dragging[pointerType === "mouse" ? "enable" : "disable"](), true);
    if (window.matchMedia("(pointer: coarse)").matches) {
      map.dragging.disable();
    }
    const hint = el("p", "sm-hint");
    hint.setAttribute("aria-hidden", "true");
    container.append(hint);
    let waits = null;
    container.addEventListener("touchmove", ({ touches, target }) => {
      if (touches.length === 1 && target.closest(".leaflet-map-pane")) {
        hint.textContent = words.page("two_fingers");
        hint.classList.add("sm-shown");
        clearTimeout(waits);
        waits = setTimeout(() => hint.classList.remove("sm-shown"), 1200);
      }
    }, { passive: true });
  }

  Object.assign(syriamap, { embedded, tools });
})((window.syriamap = window.syriamap || {}));
