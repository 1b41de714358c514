// How to read this map: a dialog in the reader's language.
(function (syriamap) {
  "use strict";
  const { button, el, words } = syriamap;
  const PARTS = ["color", "texture", "lines", "marks", "ask", "time", "claim", "unknown"];

  function guide() {
    const dialog = el("dialog", "sm-guide");
    let closed = null;
    document.getElementById("syriamap").append(dialog);
    dialog.addEventListener("close", left);
    dialog.addEventListener("keydown", (pressed) => pressed.stopPropagation());
    // A click beside the dialog is a click on its back.
    L.DomEvent.on(dialog, "click dblclick mousedown wheel pointerdown", (event) => {
      L.DomEvent.stopPropagation(event);
      if (event.type === "click" && event.target === dialog) {
        close();
      }
    });

    function draw() {
      const title = el("h2", "", words.kit("guide"));
      title.id = "sm-guide-title";
      dialog.setAttribute("aria-labelledby", title.id);
      const away = button("sm-away", "×", close);
      away.setAttribute("aria-label", words.kit("close"));
      syriamap.clear(dialog).append(el("div", "sm-guide-text", title, away, ...PARTS.flatMap((part) => [el("h3", "", words.kit("guide_" + part)), el("p", "", words.kit("guide_" + part + "_text"))])));
    }

    function open() {
      draw();
      closed = syriamap.onEscape(close);
      dialog.showModal();
      dialog.scrollTop = 0;
    }

    function left() {
      closed && closed();
      closed = null;
    }

    function close() {
      dialog.close();
    }

    return { open, relabel: () => dialog.open && draw() };
  }

  syriamap.guide = guide;
})((window.syriamap = window.syriamap || {}));
