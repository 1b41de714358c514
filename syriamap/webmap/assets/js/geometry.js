// Small plane geometry on coordinates in degrees and in pixels.
(function (syriamap) {
  "use strict";

  function polygonsOf(geometry) {
    if (!geometry || !geometry.type) {
      return [];
    }
    return geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  }

  function linesOf(geometry) {
    if (!geometry || !geometry.type) {
      return [];
    }
    return geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates;
  }

  function ringContains(ring, x, y) {
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i];
      const [xj, yj] = ring[j];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) {
        inside = !inside;
      }
    }
    return inside;
  }

  const boxes = new WeakMap();

  function boxOf(geometry) {
    if (!boxes.has(geometry)) {
      const box = [Infinity, Infinity, -Infinity, -Infinity];
      for (const [outer] of polygonsOf(geometry)) {
        for (const [x, y] of outer) {
          box[0] = Math.min(box[0], x);
          box[1] = Math.min(box[1], y);
          box[2] = Math.max(box[2], x);
          box[3] = Math.max(box[3], y);
        }
      }
      boxes.set(geometry, box);
    }
    return boxes.get(geometry);
  }

  function contains(geometry, x, y) {
    if (!geometry) {
      return false;
    }
    const [west, south, east, north] = boxOf(geometry);
    if (x < west || x > east || y < south || y > north) {
      return false;
    }
    return polygonsOf(geometry).some(
      (rings) =>
        ringContains(rings[0], x, y) && !rings.slice(1).some((hole) => ringContains(hole, x, y)),
    );
  }

  function distanceToSegment(p, a, b) {
    const dx = b.x - a.x;
    const dy = b.y - a.y;
    const along = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1);
    const t = Math.max(0, Math.min(1, along));
    return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
  }

  // Kilometers between two places, on a sphere.
  function kilometers(lat1, lon1, lat2, lon2) {
    const rad = Math.PI / 180;
    const h =
      Math.sin(((lat2 - lat1) * rad) / 2) ** 2 +
      Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * Math.sin(((lon2 - lon1) * rad) / 2) ** 2;
    return 12742 * Math.asin(Math.sqrt(h));
  }

  syriamap.geometry = { boxOf, contains, distanceToSegment, kilometers, linesOf, polygonsOf };
})((window.syriamap = window.syriamap || {}));
