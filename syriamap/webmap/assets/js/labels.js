// Names that do not collide: the most important first, each where there is room beside its dot.
(function (syriamap) {
  "use strict";
  const { data, el, names } = syriamap;
  const FONT = 'system-ui, "Segoe UI", "Noto Sans", "Noto Sans Arabic", sans-serif';
  const STYLES = {
    city: { from: 0, size: 13.5, weight: 650 },
    town: { from: 6.75, size: 11.5, weight: 500 },
    site: { from: 9.25, size: 10.5, weight: 500 },
    village: { from: 10, size: 10.5, weight: 400 },
  };
  const MOST = 170;
  const LONGEST = 40;
  const ICON = 18;
  // Free room around small names, wide where the whole country is in view.
  const room = (zoom) => Math.max(0, Math.min(14, (9 - zoom) * 7));

  function styleOf(kind, sites) {
    if (kind === "city" || kind === "town") {
      return kind;
    }
    return sites.has(kind) ? "site" : "village";
  }

  function shortened(text) {
    const letters = [...text];
    return letters.length > LONGEST ? letters.slice(0, LONGEST).join("") + "…" : text;
  }

  // Boxes already taken, kept in cells so that a new one meets only its neighbors.
  function grid() {
    const cells = new Map();
    const size = 80;
    function each(box, visit) {
      for (let x = Math.floor(box[0] / size); x <= Math.floor(box[2] / size); x++) {
        for (let y = Math.floor(box[1] / size); y <= Math.floor(box[3] / size); y++) {
          if (visit(x * 65536 + y) === false) {
            return false;
          }
        }
      }
      return true;
    }
    const apart = (a, b) => a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1];
    return {
      isFree: (box) => each(box, (key) => (cells.get(key) || []).every((other) => apart(box, other))),
      take: (box) =>
        each(box, (key) => {
          cells.has(key) ? cells.get(key).push(box) : cells.set(key, [box]);
        }),
    };
  }

  const LabelLayer = L.Layer.extend({
    // `marks` are groups of icons that names keep clear of.
    initialize(records, sites, marks) {
      this._records = records;
      this._groups = marks;
      this._sites = sites;
      this._context = document.createElement("canvas").getContext("2d");
      this._widths = new Map();
      this._standing = new Map();
    },

    onAdd(map) {
      this._box = el("div", "leaflet-zoom-hide sm-labels");
      this._box.setAttribute("aria-hidden", "true");
      map.getPane("labels").appendChild(this._box);
      map.on("moveend zoomend resize", this._place, this);
      this._place();
    },

    onRemove(map) {
      map.off("moveend zoomend resize", this._place, this);
      this._box.remove();
      this._standing.clear();
    },

    _width(text, size, weight) {
      const font = weight + " " + size + "px " + FONT;
      const key = font + text;
      if (!this._widths.has(key)) {
        this._context.font = font;
        this._widths.set(key, this._context.measureText(text).width);
      }
      return this._widths.get(key);
    },

    _marks() {
      const boxes = [];
      for (const group of this._groups.filter((group) => this._map.hasLayer(group))) {
        group.eachLayer((mark) => {
          const { iconSize, iconAnchor } = mark.options.icon.options;
          const corner = this._map.latLngToLayerPoint(mark.getLatLng()).subtract(iconAnchor);
          boxes.push([corner.x, corner.y, corner.x + iconSize[0], corner.y + iconSize[1]]);
        });
      }
      return boxes;
    },

    draw() {
      if (this._map) {
        this._place();
      }
    },

    _place() {
      const map = this._map;
      const { places, evidence } = this._records;
      const zoom = map.getZoom();
      const view = map.getPixelBounds();
      const origin = map.getPixelOrigin();
      // A name that the edge of the map would cut is set on the other side of its dot.
      const corner = map.containerPointToLayerPoint([0, 0]);
      const size = map.getSize();
      const inView = (box) =>
        box[0] >= corner.x + 2 && box[1] >= corner.y + 2 &&
        box[2] <= corner.x + size.x - 2 && box[3] <= corner.y + size.y - 2;
      const taken = grid();
      const made = [];

      const candidates = [];
      for (let row = 0; row < places.name.length; row++) {
        const kind = styleOf(places.kind[row], this._sites);
        const proven = evidence.has(row);
        if (zoom + (proven ? 1 : 0) < STYLES[kind].from) {
          continue;
        }
        const point = map.project([places.lat[row], places.lon[row]], zoom);
        if (view.contains(point)) {
          candidates.push({ row, kind, proven, point: point.subtract(origin) });
        }
      }
      // Cities by population, then what has evidence, then the rest, each as the rows are ordered.
      const rank = (c) => (c.kind === "city" ? 0 : c.proven ? 1 : 2);
      candidates.sort((a, b) => rank(a) - rank(b) || a.row - b.row);
      for (const { kind, point } of candidates) {
        if (kind === "city") {
          taken.take([point.x - 5, point.y - 5, point.x + 5, point.y + 5]);
        }
      }
      const icons = grid();
      this._marks().forEach(icons.take);
      this._areaNames(zoom, taken, icons, made);
      for (const candidate of candidates) {
        if (made.length >= MOST) {
          break;
        }
        this._town(candidate, inView, zoom, taken, icons, made);
      }
      this._neighborNames(zoom, taken, made);
      this._show(made);
    },

    // A name that stands where it stood stays as it is.
    _show(made) {
      const next = new Map();
      for (const { key, draw } of made) {
        next.set(key, this._standing.get(key) || draw());
      }
      for (const [key, label] of this._standing) {
        if (!next.has(key)) {
          label.remove();
        }
      }
      this._box.append(...[...next].filter(([key]) => !this._standing.has(key)).map(([, label]) => label));
      this._standing = next;
    },

    _town({ row, kind, point }, inView, zoom, taken, icons, made) {
      const { places } = this._records;
      const { size, weight } = STYLES[kind];
      const name = shortened(names.place(this._records, row));
      const arabic = (kind === "city" && zoom >= 6.5) || zoom >= 9 ? shortened(names.other(this._records, row)) : "";
      const width = Math.max(this._width(name, size, weight), arabic ? this._width(arabic, size, weight) : 0) + 3;
      const height = size * (arabic ? 2.35 : 1.25);
      const gap = kind === "city" ? 7 : 6;
      const around = (away) => [
        [point.x + away, point.y - height / 2, "start"],
        [point.x - away - width, point.y - height / 2, "end"],
        [point.x - width / 2, point.y - away - height, "center"],
        [point.x - width / 2, point.y + away, "center"],
      ];
      const pad = kind === "city" ? 0 : room(zoom);
      const wide = ([x0, y0, x1, y1]) => [x0 - pad, y0 - pad / 3, x1 + pad, y1 + pad / 3];
      const openAt = (away) =>
        around(away)
          .map(([x, y, align]) => ({ x, y, align, box: [x, y, x + width, y + height] }))
          .filter(({ box }) => inView(box) && taken.isFree(wide(box)));
      const clear = (open) => open.find(({ box }) => icons.isFree(box));
      const near = openAt(gap);
      // Where only icons are in the way, as that of a town's own air base, the name stands beside
      // them. A city is named even where there is no room for that; a village is not.
      const beside = near.length && kind !== "village" ? () => clear(openAt(gap + ICON)) : () => undefined;
      const spot = clear(near) || beside() || (kind === "city" ? near[0] : undefined);
      if (spot) {
        taken.take(spot.box);
        const draw = () => el("div", "sm-label sm-name-" + kind, data(name), ...(arabic ? [el("br"), data(arabic, "sm-ar")] : []));
        this._put(kind + " " + name + "\n" + arabic, draw, spot.x, spot.y, width, spot.align, made);
      }
    },

    // `look` tells all that `draw` depends on.
    _put(look, draw, x, y, width, align, made) {
      const place = [x, y, width].map((pixels) => pixels.toFixed(1) + "px");
      made.push({
        key: [...place, align, look].join(" "),
        draw() {
          const label = draw();
          label.style.transform = "translate(" + place[0] + "," + place[1] + ")";
          label.style.width = place[2];
          label.style.textAlign = align;
          return label;
        },
      });
    },

    // The actor's name across its larger areas: a second cue beside color and pattern.
    _areaNames(zoom, taken, icons, made) {
      const { areas, actors } = this._records;
      const size = zoom >= 7 ? 12 : 10;
      areas.label.forEach((spot, row) => {
        const actor = areas.actor[row];
        if (!spot || actor < 0 || zoom > 9.5) {
          return;
        }
        const [lat, lon, km] = spot;
        const text = shortened(names.short(this._records, actor)).toLocaleUpperCase("en");
        const width = this._width(text, size, 700) * 1.18 + 4;
        const point = this._map.latLngToLayerPoint([lat, lon]);
        const pixels = (km / 40075) * 256 * Math.pow(2, zoom) / Math.cos((lat * Math.PI) / 180);
        const box = [point.x - width / 2, point.y - size * 0.7, point.x + width / 2, point.y + size * 0.7];
        if (width / 2 > pixels * 1.15 || !taken.isFree(box) || !icons.isFree(box)) {
          return;
        }
        taken.take(box);
        const color = syriamap.colors.isDark(actors.color[actor]) ? "#111111" : syriamap.colors.mix(actors.color[actor], "#000000", 0.62);
        const draw = () => {
          const label = el("div", "sm-label sm-area", data(text));
          Object.assign(label.style, { fontSize: size + "px", color });
          return label;
        };
        this._put([size, color, text].join(" "), draw, box[0], box[1], width, "center", made);
      });
    },

    // Names of neighbors, where the visible part of each is widest.
    _neighborNames(zoom, taken, made) {
      const { ground } = this._records;
      const bounds = this._map.getBounds();
      if (!this._neighbors) {
        this._neighbors = ground.areas("neighbors");
      }
      this._neighbors.forEach((shape, row) => {
        const name = shortened(names.neighbor(this._records, row));
        const spot = name && this._neighborSpot(row, shape, bounds);
        if (!spot) {
          return;
        }
        const width = this._width(name.toLocaleUpperCase("en"), 11, 500) * 1.25 + 6;
        const point = this._map.latLngToLayerPoint(spot);
        const box = [point.x - width / 2, point.y - 8, point.x + width / 2, point.y + 8];
        if (taken.isFree(box)) {
          taken.take(box);
          this._put(name, () => el("div", "sm-label sm-neighbor", data(name)), box[0], box[1], width, "center", made);
        }
      });
    },

    // The same as long as the view is the same.
    _neighborSpot(row, shape, bounds) {
      const key = bounds.toBBoxString();
      if (this._spots === undefined || this._spots.key !== key) {
        this._spots = { key, found: new Map() };
      }
      const { found } = this._spots;
      if (!found.has(row)) {
        found.set(row, this._spotInside(shape, bounds));
      }
      return found.get(row);
    },

    // The point of a coarse lattice over the view that is inside the shape and farthest from outside.
    _spotInside(shape, bounds) {
      const steps = 14;
      const inside = [];
      for (let i = 1; i < steps; i++) {
        for (let j = 1; j < steps; j++) {
          const lon = bounds.getWest() + ((bounds.getEast() - bounds.getWest()) * i) / steps;
          const lat = bounds.getSouth() + ((bounds.getNorth() - bounds.getSouth()) * j) / steps;
          inside.push([i, j, lat, lon, syriamap.geometry.contains(shape, lon, lat)]);
        }
      }
      let best = null;
      let most = 1.5;
      for (const [i, j, lat, lon, is] of inside) {
        if (!is) {
          continue;
        }
        let room = Math.min(i, steps - i, j, steps - j);
        for (const [k, l, , , other] of inside) {
          if (!other) {
            room = Math.min(room, Math.hypot(i - k, 1.6 * (j - l)));
          }
        }
        if (room > most) {
          most = room;
          best = [lat, lon];
        }
      }
      return best;
    },
  });

  syriamap.LabelLayer = LabelLayer;
})((window.syriamap = window.syriamap || {}));
