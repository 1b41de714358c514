// Arcs put together: the ground of pieces and the lines along arcs. A shape is {rings} or {lines} of
// points as Leaflet has them; arcs that pieces share fall away, so a place is inside the shape where
// it is inside an odd number of rings.
(function (syriamap) {
  "use strict";

  // The numbers of a geometry's arcs, whichever way they run.
  function eachArc(arcs, visit) {
    for (const one of arcs) {
      typeof one === "number" ? visit(one < 0 ? ~one : one) : eachArc(one, visit);
    }
  }

  // West, south, east and north of paths.
  function boxOf(paths) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const path of paths) {
      for (const { lat, lng } of path) {
        box[0] = Math.min(box[0], lng);
        box[1] = Math.min(box[1], lat);
        box[2] = Math.max(box[2], lng);
        box[3] = Math.max(box[3], lat);
      }
    }
    return box;
  }

  // A point that knows its place in the world at zoom 0 (spherical Mercator).
  function point(lat, lng) {
    const made = new L.LatLng(lat, lng);
    made.world = L.CRS.EPSG3857.latLngToPoint(made, 0);
    return made;
  }

  function ground({ arcs, objects, transform }) {
    const { scale, translate } = transform;
    const first = new Int32Array(arcs.length);
    const last = new Int32Array(arcs.length);
    const points = new Array(arcs.length);
    const vertices = new Map();
    const vertex = (x, y) => {
      const key = x * 2 ** 24 + y;
      let number = vertices.get(key);
      if (number === undefined) {
        vertices.set(key, (number = vertices.size));
      }
      return number;
    };
    arcs.forEach((arc, number) => {
      let [x, y] = arc;
      first[number] = vertex(x, y);
      for (let i = 2; i < arc.length; i += 2) {
        x += arc[i];
        y += arc[i + 1];
      }
      last[number] = vertex(x, y);
    });

    // Made when they are first asked for, and then the same for every shape they are in.
    function pointsOf(number) {
      if (!points[number]) {
        let x = 0;
        let y = 0;
        const arc = arcs[number];
        points[number] = [];
        for (let i = 0; i < arc.length; i += 2) {
          x += arc[i];
          y += arc[i + 1];
          points[number].push(point(y * scale[1] + translate[1], x * scale[0] + translate[0]));
        }
      }
      return points[number];
    }

    // The ends of arcs at a vertex as a chain: arc n begins as entry 2n and ends as entry 2n + 1.
    const head = new Int32Array(vertices.size).fill(-1);
    const link = new Int32Array(2 * arcs.length);
    const used = new Uint8Array(arcs.length);
    const times = new Uint8Array(arcs.length);
    const numbersOf = new WeakMap();

    function isFree(end) {
      let count = 0;
      for (let entry = head[end]; entry >= 0; entry = link[entry]) {
        count++;
      }
      return count % 2 === 1;
    }

    function unusedAt(end) {
      let entry = head[end];
      while (entry >= 0 && used[entry >> 1]) {
        entry = link[entry];
      }
      return entry >> 1;
    }

    // Each arc once, one after the other as far as they meet; those with a free end begin.
    function joined(numbers) {
      for (const number of numbers) {
        link[2 * number] = head[first[number]];
        head[first[number]] = 2 * number;
        link[2 * number + 1] = head[last[number]];
        head[last[number]] = 2 * number + 1;
      }
      const free = numbers.filter((number) => isFree(first[number]) || isFree(last[number]));
      const found = [];
      for (const begin of [...free, ...numbers]) {
        if (used[begin]) {
          continue;
        }
        const start = isFree(last[begin]) && !isFree(first[begin]) ? last[begin] : first[begin];
        const path = [];
        let end = start;
        for (let next = begin; next >= 0; ) {
          used[next] = 1;
          const own = pointsOf(next);
          const skip = path.length ? 1 : 0;
          if (first[next] === end) {
            for (let i = skip; i < own.length; i++) {
              path.push(own[i]);
            }
            end = last[next];
          } else {
            for (let i = own.length - 1 - skip; i >= 0; i--) {
              path.push(own[i]);
            }
            end = first[next];
          }
          next = end === start ? -1 : unusedAt(end);
        }
        found.push(path);
      }
      for (const number of numbers) {
        head[first[number]] = head[last[number]] = -1;
        used[number] = 0;
      }
      return found;
    }

    function arcsOf(shape) {
      if (!numbersOf.has(shape)) {
        const numbers = [];
        eachArc(shape.arcs || [], (number) => numbers.push(number));
        numbersOf.set(shape, numbers);
      }
      return numbersOf.get(shape);
    }

    // Arcs that the shapes have, each once; only those of whose number of times a test is true, where given.
    function arcsAmong(shapes, test) {
      const all = [];
      for (const shape of shapes) {
        for (const number of arcsOf(shape)) {
          if (times[number]++ === 0) {
            all.push(number);
          }
        }
      }
      const found = test ? all.filter((number) => test(times[number])) : all;
      all.forEach((number) => { times[number] = 0; });
      return found;
    }

    // Shapes put together: what two of them share is no edge any more. Where one is narrower than the grid
    // it has the same arc on both sides, so that a neighbor and it have that arc three times.
    const area = (shapes) => ({ rings: joined(arcsAmong(shapes, (count) => count % 2 === 1)) });
    const lines = (shapes) => ({ lines: joined(arcsAmong(shapes)) });
    // Only what two shapes share.
    const borders = (shapes) => ({ lines: joined(arcsAmong(shapes, (count) => count === 2)) });
    const layer = (name) => objects[name].geometries;
    const known = new Map();

    // Each geometry of a layer by itself.
    function areas(name) {
      if (!known.has(name)) {
        known.set(name, layer(name).map((shape) => area([shape])));
      }
      return known.get(name);
    }

    return { area, areas, borders, layer, lines };
  }

  // As Leaflet's own, but for points that know where they are in the world at zoom 0: they are neither
  // copied nor projected anew, and of those that fall on one pixel the first stands for all.
  const ready = {
    _setLatLngs(paths) {
      const [west, south, east, north] = boxOf(paths);
      this._latlngs = paths;
      this._bounds = west <= east ? new L.LatLngBounds([south, west], [north, east]) : new L.LatLngBounds();
    },

    _projectLatlngs(paths, result, bounds) {
      const scale = Math.pow(2, this._map.getZoom());
      const origin = this._map.getPixelOrigin();
      for (const path of paths) {
        const pixels = [];
        const [least, most] = [new L.Point(Infinity, Infinity), new L.Point(-Infinity, -Infinity)];
        let x = NaN;
        let y = NaN;
        for (const { world } of path) {
          const right = Math.round(world.x * scale) - origin.x;
          const down = Math.round(world.y * scale) - origin.y;
          if (right !== x || down !== y) {
            x = right;
            y = down;
            pixels.push(new L.Point(x, y));
            least.x = Math.min(least.x, x);
            least.y = Math.min(least.y, y);
            most.x = Math.max(most.x, x);
            most.y = Math.max(most.y, y);
          }
        }
        if (pixels.length) {
          bounds.extend(least).extend(most);
        }
        result.push(pixels);
      }
    },
  };
  const Area = L.Polygon.extend(ready);
  const Lines = L.Polyline.extend(ready);

  // A shape that does not react to the reader, as a layer of the map.
  function path({ rings, lines }, pane, renderer, style) {
    const options = { pane, renderer, interactive: false, ...style };
    return rings ? new Area(rings, options) : new Lines(lines, options);
  }

  syriamap.ground = { boxOf, eachArc, of: ground, path, point };
})((window.syriamap = window.syriamap || {}));
