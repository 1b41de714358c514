// Names that do not collide: the most important first, each where there is room beside its dot.
(function (syriamap) {
  "use strict";
  const { data, el, names, words } = syriamap;
  const FONT = 'system-ui, "Segoe UI", "Noto Sans", "Noto Sans Arabic", sans-serif';
  const STYLES = {
    city: { from: 0, size: 13.5, weight: 650 },
    town: { from: 8, size: 11.5, weight: 500 },
    site: { from: 9.25, size: 10.5, weight: 500 },
    village: { from: 10, size: 10.5, weight: 400 },
  };
  const MOST = 170;
  const LONGEST = 40;
  const { NEAR } = syriamap.dots;
  const LEADERS = [13, 20, 28, 38];
  const FRONT = 40;
  // So many of the cities around are named where the country is small.
  const AROUND = 8;
  const LARGE = 0.02;
  const SHIELD = /^[A-Z]{1,2}-?\d{1,3}$/;
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

  function distanceToBox({ x, y }, [x0, y0, x1, y1]) {
    return Math.hypot(Math.max(x0 - x, 0, x - x1), Math.max(y0 - y, 0, y - y1));
  }

  // A number from 0 to 1 that is the same for a place on every day and in every browser.
  function scattered(lat, lon) {
    const mixed = Math.imul(Math.round(lat * 1e4) ^ Math.imul(Math.round(lon * 1e4), 0x9e3779b1), 0x85ebca6b);
    return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
  }

  // Dots by where they are, to ask which is near a box.
  function neighborhood(points) {
    const size = 60;
    const cells = new Map();
    const key = (x, y) => x * 65536 + y;
    for (const point of points) {
      const at = key(Math.floor(point.x / size), Math.floor(point.y / size));
      cells.has(at) ? cells.get(at).push(point) : cells.set(at, [point]);
    }
    function some([x0, y0, x1, y1], test) {
      for (let x = Math.floor(x0 / size); x <= Math.floor(x1 / size); x++) {
        for (let y = Math.floor(y0 / size); y <= Math.floor(y1 / size); y++) {
          if ((cells.get(key(x, y)) || []).some(test)) {
            return true;
          }
        }
      }
      return false;
    }
    const around = ([x0, y0, x1, y1], by) => [x0 - by, y0 - by, x1 + by, y1 + by];
    return {
      isIn: (box) => some(around(box, 4), (point) => distanceToBox(point, box) < 4),
      isNearer: (box, own, away) => some(around(box, away), (point) => point !== own && distanceToBox(point, box) <= away),
    };
  }

  // Icons that lie under a name step aside, no farther than they must.
  function makeRoom(marks, taken) {
    const aside = [[0, 0]];
    for (const far of [10, 16, 22]) {
      aside.push([far, 0], [-far, 0], [0, -far], [0, far], [far, -far], [-far, -far], [far, far], [-far, far]);
    }
    for (const { mark, box } of marks) {
      const element = mark.getElement();
      if (element && !mark.isArrow) {
        const [x0, y0, x1, y1] = box;
        const [x, y] = aside.find(([right, down]) => taken.isFree([x0 + right, y0 + down, x1 + right, y1 + down])) || aside[0];
        element.style.translate = x || y ? x + "px " + y + "px" : "";
      }
    }
  }

  const LabelLayer = L.Layer.extend({
    // `marks` are groups of icons that names keep clear of.
    initialize(records, sites, marks, roads, around) {
      this._roads = roads;
      this._around = around;
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
      map.on("moveend zoomend resize", this.settle, this);
      // The legend is folded and unfolded.
      this._folded = () => this.settle();
      map.getContainer().addEventListener("toggle", this._folded, true);
      this._place();
    },

    onRemove(map) {
      map.off("moveend zoomend resize", this.settle, this);
      map.getContainer().removeEventListener("toggle", this._folded, true);
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
          boxes.push({ mark, box: [corner.x, corner.y, corner.x + iconSize[0], corner.y + iconSize[1]] });
        });
      }
      return boxes;
    },

    draw() {
      if (this._map) {
        this._place();
      }
    },

    // The same when cards and controls may have come, gone or grown.
    settle() {
      this._cards = null;
      this.draw();
    },

    // Where cards and controls lie over the map: asked for once, for that lays the page out.
    _covered(corner) {
      if (!this._cards) {
        const frame = this._map.getContainer().getBoundingClientRect();
        this._cards = [...this._map.getContainer().querySelectorAll(".sm-card, .leaflet-control, .sm-drawers")]
          .filter((card) => !card.parentElement.closest("details:not([open])")).map((card) => card.getBoundingClientRect()).filter(({ width }) => width)
          .map(({ left, top, right, bottom }) => [left - frame.left, top - frame.top, right - frame.left, bottom - frame.top]);
      }
      return this._cards.map(([x0, y0, x1, y1]) => [x0 + corner.x, y0 + corner.y, x1 + corner.x, y1 + corner.y]);
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
      const shown = [];
      const provenDots = [];
      for (let row = 0; row < places.name.length; row++) {
        const hasDot = syriamap.dots.isShown(this._records, row, zoom, this._sites);
        const isSite = this._sites.has(places.kind[row]);
        const kind = styleOf(places.kind[row], this._sites);
        const proven = evidence.has(row);
        const isNamed = isSite ? zoom + (proven ? 1 : 0) >= STYLES.site.from : hasDot && (zoom < NEAR || zoom + (proven ? 1 : 0) >= STYLES[kind].from);
        if (!hasDot && !isNamed) {
          continue;
        }
        const point = map.project([places.lat[row], places.lon[row]], zoom);
        if (view.contains(point)) {
          const at = point.subtract(origin);
          if (hasDot) {
            shown.push(at);
            if (proven || kind === "city" || kind === "town") {
              provenDots.push(at);
            }
          }
          if (isNamed) {
            candidates.push({ row, kind, proven, point: at });
          }
        }
      }
      this._dots = neighborhood(shown);
      this._proven = neighborhood(provenDots);
      // Cities by population, then what has evidence, then the rest, each as the rows are ordered; of
      // villages without a population those near the front come first.
      const near = this._nearFront(zoom, origin);
      for (const one of candidates) {
        one.rank = one.kind === "city" ? 0 : one.proven ? 1 : 2;
        const isEqual = one.kind === "village" && !places.population[one.row];
        one.away = isEqual ? near(one.point) : 0;
        // of equals none is favored by its letter
        one.turn = isEqual ? places.name.length + scattered(places.lat[one.row], places.lon[one.row]) : one.row;
      }
      candidates.sort((a, b) => a.rank - b.rank || a.away - b.away || a.turn - b.turn);
      for (const { kind, point } of candidates) {
        if (kind === "city") {
          taken.take([point.x - 5, point.y - 5, point.x + 5, point.y + 5]);
        }
      }
      const marks = this._marks();
      const icons = grid();
      marks.forEach(({ box }) => icons.take(box));
      const cities = candidates.filter(({ kind }) => kind === "city");
      const free = grid();
      // A city is named before all else, and icons make room for it.
      cities.forEach((one) => this._town(one, inView, zoom, taken, free, made));
      this._areaNames(zoom, taken, made);
      for (const candidate of candidates.slice(cities.length)) {
        if (made.length >= MOST) {
          break;
        }
        this._town(candidate, inView, zoom, taken, icons, made);
      }
      this._shields(inView, taken, made);
      // What is named for orientation alone keeps clear of cards too.
      this._covered(corner).forEach((box) => taken.take(box));
      this._neighborNames(inView, taken, made);
      this._citiesAround(zoom, inView, taken, made);
      this._show(made);
      makeRoom(marks, taken);
    },

    // How far a point is from the front, in steps of some kilometers' worth of pixels.
    _nearFront(zoom, origin) {
      const { lineShapes, lines, ground } = this._records;
      const shapes = lineShapes.filter((_, row) => lines.kind[row] === "front");
      const scale = Math.pow(2, zoom);
      const points = shapes.length ? ground.lines(shapes).lines.flat().map(({ world }) => [world.x * scale - origin.x, world.y * scale - origin.y]) : [];
      const cells = new Map();
      const key = (x, y) => Math.floor(x / FRONT) + " " + Math.floor(y / FRONT);
      points.forEach(([x, y]) => cells.set(key(x, y), true));
      return ({ x, y }) => {
        for (let ring = 0; ring < 4; ring++) {
          for (let i = -ring; i <= ring; i++) {
            for (let j = -ring; j <= ring; j++) {
              if (Math.max(Math.abs(i), Math.abs(j)) === ring && cells.has(key(x + i * FRONT, y + j * FRONT))) {
                return ring;
              }
            }
          }
        }
        return 4;
      };
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

    _town({ row, kind, point, proven }, inView, zoom, taken, icons, made) {
      const { places } = this._records;
      const { size, weight } = STYLES[kind];
      const name = shortened(names.place(this._records, row));
      const arabic = (kind === "city" && zoom >= 7.75) || zoom >= 9 ? shortened(names.other(this._records, row)) : "";
      const small = kind === "city" && this._map.getSize().x < 480 && zoom < 7 ? 3 : 0;
      const width = Math.max(this._width(name, size - small, weight), arabic ? this._width(arabic, size - small, weight) : 0) + 3;
      const height = (size - small) * (arabic ? 2.35 : 1.25);
      const gap = kind === "city" ? 7 : 6;
      const around = (away) => [
        [point.x + away, point.y - height / 2, "start"],
        [point.x - away - width, point.y - height / 2, "end"],
        [point.x - width / 2, point.y - away - height, "center"],
        [point.x - width / 2, point.y + away, "center"],
        [point.x + 0.6 * away, point.y - 0.6 * away - height, "start"],
        [point.x + 0.6 * away, point.y + 0.6 * away, "start"],
        [point.x - 0.6 * away - width, point.y - 0.6 * away - height, "end"],
        [point.x - 0.6 * away - width, point.y + 0.6 * away, "end"],
      ];
      const pad = kind === "city" ? 0 : room(zoom);
      const wide = ([x0, y0, x1, y1]) => [x0 - pad, y0 - pad / 3, x1 + pad, y1 + pad / 3];
      const openAt = (away) =>
        around(away)
          .map(([x, y, align]) => ({ x, y, align, box: [x, y, x + width, y + height] }))
          .filter(({ box }) => inView(box) && taken.isFree(wide(box)) && icons.isFree(box));
      // A name is nearer to its own dot than to any other, or a line leads to it.
      const own = openAt(gap).find(({ box }) => !this._dots.isNearer(box, point, distanceToBox(point, box)));
      const led = (test) => LEADERS.map((away) => openAt(away).find(test)).find(Boolean);
      const spot = own || (kind === "city" ? led(({ box }) => !this._dots.isIn(box)) : undefined) ||
        // Among many dots a city, and a town that claims speak of, is named over the smallest of them.
        ((kind === "city" || (kind === "town" && proven)) && zoom >= NEAR ? led(({ box }) => !this._proven.isIn(box)) : undefined);
      if (spot) {
        taken.take(spot.box);
        const draw = () => el("div", "sm-label sm-name-" + kind + (small ? " sm-small" : ""), data(name), ...(arabic ? [el("br"), data(arabic, "sm-ar")] : []));
        this._put(kind + " " + name + "\n" + arabic + small, draw, spot.x, spot.y, width, spot.align, made);
        if (!own) {
          this._leader(point, spot.box, made);
        }
      }
    },

    // A thin line from a dot to a name that had to move away from it.
    _leader({ x, y }, box, made) {
      const [right, down] = [Math.max(box[0], Math.min(x, box[2])) - x, Math.max(box[1] + 2, Math.min(y, box[3] - 2)) - y];
      const draw = () => {
        const line = el("div", "sm-leader");
        line.style.rotate = Math.atan2(down, right) + "rad";
        return line;
      };
      this._put("leader " + right + down, draw, x, y, Math.hypot(right, down), "start", made);
    },

    // `look` tells all that `draw` depends on.
    _put(look, draw, x, y, width, align, made) {
      const place = [x, y, width].map((pixels) => pixels.toFixed(1) + "px");
      made.push({
        key: [...place, align, look].join(" "),
        draw() {
          const label = draw();
          // before any turn of its own, as that of a leader
          label.style.translate = place[0] + " " + place[1];
          label.style.width = place[2];
          label.style.textAlign = align;
          return label;
        },
      });
    },

    // The actor's name across its larger areas: a second cue beside color and pattern. The largest
    // area of each of the largest holders is named whatever it takes: smaller, in two lines, elsewhere.
    _areaNames(zoom, taken, made) {
      const { areas } = this._records;
      if (zoom > 9.5) {
        return;
      }
      const all = areas.km2.reduce((sum, km2) => sum + km2, 0);
      const seen = new Set();
      const rows = areas.label.map((_, row) => row).filter((row) => areas.label[row] && (areas.actor[row] >= 0 || areas.status[row] === "undetermined"));
      rows.sort((a, b) => areas.km2[b] - areas.km2[a]);
      for (const row of rows) {
        const isFirst = areas.actor[row] >= 0 && !seen.has(areas.actor[row]);
        seen.add(areas.actor[row]);
        this._areaName(row, zoom, isFirst && areas.km2[row] > LARGE * all, taken, made);
      }
    },

    _areaName(row, zoom, isLarge, taken, made) {
      const { areas } = this._records;
      const actor = areas.actor[row];
      const [lat, lon, km] = areas.label[row];
      // What is bare is no hole in what is around it: nobody reports from there.
      const text = actor < 0 ? words.page("bare_ground") : shortened(names.short(this._records, actor)).toLocaleUpperCase("en");
      const middle = Math.ceil(text.length / 2);
      const cut = [...text.matchAll(/ /g)].map(({ index }) => index).sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
      const inTwo = cut === undefined ? [] : [[text.slice(0, cut), text.slice(cut + 1)]];
      const pixels = (km / 40075) * 256 * Math.pow(2, zoom) / Math.cos((lat * Math.PI) / 180);
      const center = this._map.latLngToLayerPoint([lat, lon]);
      const spots = [[0, 0]];
      for (const share of isLarge ? [0.35, 0.7, 1] : [0.4]) {
        for (let turn = 0; turn < 8; turn++) {
          spots.push([share * Math.cos((turn * Math.PI) / 4), share * Math.sin((turn * Math.PI) / 4)]);
        }
      }
      const sizes = zoom >= 7 ? (isLarge ? [12, 10, 9] : [12]) : isLarge ? [10, 9, 8] : [10];
      for (const size of sizes) {
        for (const parts of [[text], ...inTwo]) {
          const width = Math.max(...parts.map((part) => this._width(part, size, 700))) * 1.18 + 4;
          const height = size * 1.4 * parts.length;
          if (width / 2 > pixels * (isLarge ? 1.9 : 1.15)) {
            continue;
          }
          const boxes = spots.map(([x, y]) => [center.x + x * pixels - width / 2, center.y + y * pixels - height / 2, center.x + x * pixels + width / 2, center.y + y * pixels + height / 2]);
          const box = boxes.find((one) => taken.isFree(one) && !this._dots.isIn(one)) || (isLarge && size === sizes[sizes.length - 1] ? boxes.find((one) => taken.isFree(one)) : undefined);
          if (box) {
            taken.take(box);
            this._putArea(parts, actor, size, box, width, made);
            return;
          }
        }
      }
    },

    _putArea(parts, actor, size, box, width, made) {
      const { actors } = this._records;
      const color = actor < 0 ? "#6f6a63" : syriamap.colors.isDark(actors.color[actor]) ? "#111111" : syriamap.colors.mix(actors.color[actor], "#000000", 0.62);
      const draw = () => {
        const label = el("div", "sm-label sm-area" + (actor < 0 ? " sm-bare" : ""), ...parts.flatMap((part, index) => (index ? [el("br"), data(part)] : [data(part)])));
        Object.assign(label.style, { fontSize: size + "px", color });
        return label;
      };
      this._put([size, color, ...parts].join(" "), draw, box[0], box[1], width, "center", made);
    },

    // The short name of a road on the road, where there is room.
    _shields(inView, taken, made) {
      const { ground, page } = this._records;
      if (!this._map.hasLayer(this._roads) || this._map.getZoom() < syriamap.dots.FEW) {
        return;
      }
      (page.roads || []).forEach((name, row) => {
        if (!SHIELD.test(name)) {
          return;
        }
        const width = this._width(name, 9.5, 700) + 8;
        const points = ground.lines([ground.layer("roads")[row]]).lines.flat().map((one) => this._map.latLngToLayerPoint(one));
        const between = points.slice(1).flatMap((point, index) => [0.5, 0.25, 0.75].map((share) => points[index].multiplyBy(1 - share).add(point.multiplyBy(share))));
        const middle = (one, other) => Math.abs(one - between.length / 2) - Math.abs(other - between.length / 2);
        const order = between.map((_, index) => index).sort(middle);
        const boxes = order.map((index) => between[index]).map(({ x, y }) => [x - width / 2, y - 7, x + width / 2, y + 7]);
        const box = boxes.find((one) => inView(one) && taken.isFree(one) && !this._dots.isIn(one));
        if (box) {
          taken.take(box);
          this._put("road " + name, () => el("div", "sm-label sm-shield", data(name)), box[0], box[1], width, "center", made);
        }
      });
    },

    // Names of neighbors, where the visible part of each is widest: whole, and beside the country.
    _neighborNames(inView, taken, made) {
      const { ground } = this._records;
      const bounds = this._map.getBounds();
      if (!this._neighbors) {
        this._neighbors = ground.areas("neighbors");
      }
      this._neighbors.forEach((shape, row) => {
        const name = shortened(names.neighbor(this._records, row));
        const width = this._width(name.toLocaleUpperCase("en"), 11, 500) * 1.25 + 6;
        const boxes = (name ? this._neighborSpots(row, shape, bounds) : []).map((spot) => {
          const { x, y } = this._map.latLngToLayerPoint(spot);
          return [x - width / 2, y - 8, x + width / 2, y + 8];
        });
        const box = boxes.find((one) => inView(one) && taken.isFree(one) && !this._isOver(one, shape));
        if (box) {
          taken.take(box);
          this._put(name, () => el("div", "sm-label sm-neighbor", data(name)), box[0], box[1], width, "center", made);
        }
      });
    },

    // Whether a name would lie on the country, but for ground that the neighbor's own shape has too.
    _isOver([left, top, right, bottom], own) {
      if (!this._country) {
        this._country = this._records.ground.areas("country");
      }
      return [0, 1, 2, 3, 4].some((quarter) => {
        const { lat, lng } = this._map.layerPointToLatLng([left + ((right - left) * quarter) / 4, (top + bottom) / 2]);
        return this._country.some((shape) => syriamap.geometry.contains(shape, lng, lat)) && !syriamap.geometry.contains(own, lng, lat);
      });
    },

    // Main cities of the countries around, for orientation: in the neighbors' gray, the largest first.
    _citiesAround(zoom, inView, taken, made) {
      const { page } = this._records;
      if (!this._map.hasLayer(this._around)) {
        return;
      }
      const isSmall = zoom < syriamap.dots.FEW;
      page.cities_around.slice(0, isSmall ? AROUND : undefined).forEach(([, , lat, lon], row) => {
        const name = shortened(names.cityAround(this._records, row));
        const { x, y } = this._map.latLngToLayerPoint([lat, lon]);
        const width = this._width(name, 11, 400) + 3;
        const dot = [x - 3, y - 3, x + 3, y + 3];
        // Away from the country, whose colors would lie under the name.
        const sides = [[x + 6, "start"], [x - 6 - width, "end"]];
        const spots = (lon < (page.bounds[0] + page.bounds[2]) / 2 ? sides.reverse() : sides).map(([left, align]) => ({ align, box: [left, y - 7, left + width, y + 7] }));
        const spot = spots.find(({ box }) => inView(box) && taken.isFree(box) && !this._dots.isIn(box));
        if (spot && taken.isFree(dot)) {
          taken.take(dot);
          taken.take(spot.box);
          this._put("around", () => el("div", "sm-around-dot"), x, y, 5, "start", made);
          this._put(name, () => el("div", "sm-label sm-around", data(name)), spot.box[0], spot.box[1], width, spot.align, made);
        }
      });
    },

    // The same as long as the view is the same.
    _neighborSpots(row, shape, bounds) {
      const key = bounds.toBBoxString();
      if (this._spots === undefined || this._spots.key !== key) {
        this._spots = { key, found: new Map() };
      }
      const { found } = this._spots;
      if (!found.has(row)) {
        found.set(row, this._spotsInside(shape, bounds));
      }
      return found.get(row);
    },

    // Points of a coarse lattice over the view that are inside the shape, those farthest from outside first.
    _spotsInside(shape, bounds) {
      const steps = 14;
      const inside = [];
      for (let i = 1; i < steps; i++) {
        for (let j = 1; j < steps; j++) {
          const lon = bounds.getWest() + ((bounds.getEast() - bounds.getWest()) * i) / steps;
          const lat = bounds.getSouth() + ((bounds.getNorth() - bounds.getSouth()) * j) / steps;
          inside.push([i, j, lat, lon, syriamap.geometry.contains(shape, lon, lat)]);
        }
      }
      const found = [];
      // Where the country is small a narrow neighbor's name would lie over it.
      const least = this._map.getZoom() < syriamap.dots.FEW ? 1.5 : 1;
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
        if (room >= least) {
          found.push([room, [lat, lon]]);
        }
      }
      return found.sort((a, b) => b[0] - a[0]).slice(0, 8).map(([, spot]) => spot);
    },
  });

  syriamap.LabelLayer = LabelLayer;
})((window.syriamap = window.syriamap || {}));
