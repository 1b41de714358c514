// For maps to which folium's own popups were added, and only for those: folium writes them for jQuery,
// of which it needs `$(html)[0]` and `$(document).ready(run)`. The text is the map maker's own.
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
})();
