// A background of tiles, only where the maker of the page asked for one: every other page loads nothing.
(function (syriamap) {
  "use strict";
  const { el, link } = syriamap;

  // Those who made the tiles, beside the map as their licences ask.
  const Credit = L.Control.extend({
    onAdd() {
      const parts = this.options.attribution.map(([text, url]) => (url ? link(url, text) : text));
      return el("div", "leaflet-control-attribution sm-tile-credit", ...parts);
    },
  });

  // The drawn land gives way once a tile has come: a page without a network keeps it.
  function tileLayer(map, { tiles }) {
    if (!tiles) {
      return null;
    }
    const container = map.getContainer();
    const layer = L.tileLayer(tiles.url, {
      subdomains: tiles.subdomains, maxNativeZoom: tiles.max_zoom, maxZoom: map.getMaxZoom(),
      referrerPolicy: "strict-origin-when-cross-origin",
    });
    const credit = new Credit({ attribution: tiles.attribution, position: "bottomright" });
    layer.on("tileload", () => container.classList.add("sm-tiled"));
    layer.on("add", () => {
      credit.addTo(map);
    });
    layer.on("remove", () => {
      container.classList.remove("sm-tiled");
      credit.remove();
    });
    return layer;
  }

  syriamap.tileLayer = tileLayer;
})((window.syriamap = window.syriamap || {}));
