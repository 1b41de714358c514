// Small plane geometry on coordinates in degrees and in pixels.
(function (syriamap) {
  "use strict";

  const boxes = new WeakMap();

  // West, south, east and north of a shape.
  function boxOf(shape) {
    if (!boxes.has(shape)) {
      boxes.set(shape, syriamap.ground.boxOf(shape.rings));
    }
    return boxes.get(shape);
  }

  function contains(shape, x, y) {
    if (!shape) {
      return false;
    }
    const [west, south, east, north] = boxOf(shape);
    let inside = false;
    if (x < west || x > east || y < south || y > north) {
      return inside;
    }
    for (const ring of shape.rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const a = ring[i];
        const b = ring[j];
        if (a.lat > y !== b.lat > y && x < ((b.lng - a.lng) * (y - a.lat)) / (b.lat - a.lat) + a.lng) {
          inside = !inside;
        }
      }
    }
    return inside;
  }

  function distanceToSegment(p, a, b) {
    const dx = b.x - a.x;
    const dy = b.y - a.y;
    const along = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1e-30);
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

  syriamap.geometry = { boxOf, contains, distanceToSegment, kilometers };
})((window.syriamap = window.syriamap || {}));
