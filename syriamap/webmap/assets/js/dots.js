// Settlements as dots on one canvas: thousands of places cost one drawing, and no element each.
(function (syriamap) {
  "use strict";

  // From this zoom on all evidence is shown; with the whole country in view only cities, what is
  // contested, and of other towns with evidence those that stand far apart.
  const NEAR = 8;
  const APART = 62;
  // Where the country is this small, as on a phone, cities stand alone.
  const FEW = 6.5;
  // Smallest zoom at which a kind is drawn; a place with evidence comes earlier.
  const FROM_ZOOM = { city: 0, town: 8.25, district: 10, village: 9, hamlet: 10, road_point: 9.5 };
  const FROM_ZOOM_PROVEN = { city: 0, town: NEAR, village: NEAR, hamlet: 8.5, district: 8.5, road_point: 8.5 };
  const RADIUS = { city: 4.6, town: 3.1, village: 1.5, hamlet: 1.3, district: 1.8, road_point: 1.5 };

  function fromZoom(kind, proven) {
    const table = proven ? FROM_ZOOM_PROVEN : FROM_ZOOM;
    return kind in table ? table[kind] : proven ? NEAR : 9;
  }

  // Of towns with evidence, which may be many, those that keep their distance from all more
  // important ones: the same wherever the reader looks, as long as day and zoom are the same.
  function chosen(records, zoom, sites) {
    const key = [zoom, records.page.date, records.story].join();
    if (records.chosen && records.chosen.key === key) {
      return records.chosen.rows;
    }
    const { evidence, places } = records;
    const rows = new Set();
    const scale = (256 * 2 ** zoom) / 360;
    const kept = [];
    const keep = (row, always) => {
      const x = places.lon[row] * scale;
      const y = (places.lat[row] * scale) / Math.cos((places.lat[row] * Math.PI) / 180);
      if (always || kept.every(([a, b]) => Math.abs(a - x) > 1.6 * APART || Math.abs(b - y) > 0.6 * APART)) {
        kept.push([x, y]);
        return true;
      }
      return false;
    };
    // Rows are in order of importance, cities first.
    for (let row = 0; row < places.name.length; row++) {
      const kind = places.kind[row];
      if (kind === "city") {
        keep(row, true);
      } else if (zoom >= FEW && evidence.has(row) && !sites.has(kind) && (kind === "town" || places.status[row] === "contested") && keep(row)) {
        rows.add(row);
      }
    }
    records.chosen = { key, rows };
    return rows;
  }

  // Whether a place has its dot at a zoom.
  function isShown(records, row, zoom, sites) {
    const kind = records.places.kind[row];
    const proven = records.evidence.has(row);
    return !sites.has(kind) && (zoom >= fromZoom(kind, proven) || (proven && zoom < NEAR && chosen(records, zoom, sites).has(row)));
  }

  function radius(kind, proven, zoom) {
    const base = (RADIUS[kind] || 1.5) + (proven && kind !== "city" ? 0.9 : 0);
    return base * Math.max(0.75, Math.min(2.2, 1 + (zoom - 7.5) * 0.22));
  }

  const DotLayer = L.Renderer.extend({
    initialize(records, sites) {
      L.Renderer.prototype.initialize.call(this, { pane: "settlements", padding: 0.25 });
      this._records = records;
      this._sites = sites;
      this._shown = [];
    },

    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
      this._project();
    },

    _destroyContainer() {
      this._container.remove();
      delete this._container;
    },

    // Positions at zoom 0 (spherical Mercator), once; at any other zoom they are these times a power
    // of two.
    _project() {
      const { lat, lon } = this._records.places;
      this._worldX = Float64Array.from(lon, (value) => 256 * (value / 360 + 0.5));
      this._worldY = Float64Array.from(lat, (value) => {
        const sine = Math.sin((value * Math.PI) / 180);
        return 256 * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI));
      });
    },

    _update() {
      if (this._map._animatingZoom && this._bounds) {
        return;
      }
      L.Renderer.prototype._update.call(this);
      const corner = this._bounds.min;
      const size = this._bounds.getSize();
      const ratio = Math.min(2, Math.max(1, window.devicePixelRatio || 1));
      const canvas = this._container;
      L.DomUtil.setPosition(canvas, corner);
      canvas.width = size.x * ratio;
      canvas.height = size.y * ratio;
      canvas.style.width = size.x + "px";
      canvas.style.height = size.y + "px";
      const context = canvas.getContext("2d");
      context.scale(ratio, ratio);
      context.translate(-corner.x, -corner.y);
      this._draw(context);
    },

    // More places have come.
    refill() {
      this._project();
      this.draw();
    },

    // Other colors at the same places: the canvas stays, which is dear to make anew.
    draw() {
      if (this._map && this._bounds && !this._map._animatingZoom) {
        const context = this._container.getContext("2d");
        const { min } = this._bounds;
        const size = this._bounds.getSize();
        context.clearRect(min.x, min.y, size.x, size.y);
        this._draw(context);
      }
    },

    // How the dots that are shown look, for the legend.
    looks() {
      const { evidence, places } = this._records;
      const found = new Set();
      for (const { row } of this._shown) {
        found.add(evidence.has(row) ? "evidence" : "inferred").add(places.status[row]);
      }
      return found;
    },

    // What is shown, drawn by something else that has a canvas's ways.
    drawOn(context) {
      this._shown.forEach(({ row, x, y, r }) => this._dot(context, row, x, y, r, this._records.evidence.has(row)));
    },

    _draw(context) {
      const { places, evidence } = this._records;
      const zoom = this._map.getZoom();
      const scale = Math.pow(2, zoom);
      const origin = this._map.getPixelOrigin();
      const { min, max } = this._bounds;
      this._shown = [];
      // Rows are in order of importance; the most important are drawn last, on top.
      for (let row = places.name.length - 1; row >= 0; row--) {
        const kind = places.kind[row];
        const proven = evidence.has(row);
        if (!isShown(this._records, row, zoom, this._sites)) {
          continue;
        }
        const x = this._worldX[row] * scale - origin.x;
        const y = this._worldY[row] * scale - origin.y;
        if (x < min.x || x > max.x || y < min.y || y > max.y) {
          continue;
        }
        const r = radius(kind, proven, zoom);
        this._shown.push({ row, x, y, r });
        this._dot(context, row, x, y, r, proven);
      }
    },

    _dot(context, row, x, y, r, proven) {
      const { places, actors } = this._records;
      const status = places.status[row];
      const holder = places.actor[row] >= 0 ? places.actor[row] : places.leaning[row];
      const color = holder >= 0 ? actors.color[holder] : "#8a8a8a";
      const circle = (size) => {
        context.beginPath();
        context.arc(x, y, size, 0, 2 * Math.PI);
      };
      if (proven) {
        circle(r * 1.35);
        context.fillStyle = "#ffffff";
        context.fill();
      }
      circle(r);
      context.lineWidth = proven ? 1.2 : 0.6;
      context.strokeStyle = proven ? "#111111" : "rgba(25,25,25,.55)";
      if (status === "undetermined") {
        context.fillStyle = "#ffffff";
        context.strokeStyle = "#6f6a63";
        context.fill();
      } else if (status === "contested") {
        context.fillStyle = "#ffffff";
        context.fill();
        context.beginPath();
        context.arc(x, y, r, Math.PI / 4, (5 * Math.PI) / 4);
        context.closePath();
        context.fillStyle = color;
        context.fill();
        circle(r);
      } else {
        context.fillStyle = color;
        context.fill();
      }
      context.stroke();
      if (status === "besieged") {
        circle(r + 3.2);
        context.setLineDash([2, 2]);
        context.strokeStyle = "#111111";
        context.stroke();
        context.setLineDash([]);
      }
    },

    // The dot nearest to a point of the layer, within reach of a finger, and how far it is away.
    pick(point, reach) {
      let best = null;
      let least = Infinity;
      for (const { row, x, y, r } of this._shown) {
        const distance = Math.hypot(point.x - x, point.y - y);
        if (distance <= r + reach && distance < least) {
          least = distance;
          best = { row, away: Math.max(0, distance - 0.6 * r) };
        }
      }
      return best;
    },
  });

  syriamap.dots = { DotLayer, FEW, isShown, NEAR, radius };
})((window.syriamap = window.syriamap || {}));
