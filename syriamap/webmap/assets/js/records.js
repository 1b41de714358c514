// The data block → columns that can be indexed by row.
(function (syriamap) {
  "use strict";
  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  const VALUE = new Int16Array(128).fill(-1);
  [...DIGITS].forEach((digit, value) => {
    VALUE[digit.charCodeAt(0)] = value;
  });

  // Whole numbers, all in the same width, as `packing.py` writes a long list of them.
  function unpacked({ least, width, packed }) {
    const list = new Array(packed.length / width);
    for (let i = 0, at = 0; i < list.length; i++) {
      let value = 0;
      for (let k = 0; k < width; k++) {
        value = value * 64 + VALUE[packed.charCodeAt(at++)];
      }
      list[i] = value + least;
    }
    return list;
  }

  // Whole numbers of any length, five bits a character, the sign in the lowest.
  function quantities(text) {
    const found = [];
    let number = 0;
    let shift = 0;
    for (let i = 0; i < text.length; i++) {
      const digit = VALUE[text.charCodeAt(i)];
      number |= (digit & 31) << shift;
      shift += 5;
      if (digit < 32) {
        found.push(number & 1 ? -(number >> 1) : number >> 1);
        number = shift = 0;
      }
    }
    return found;
  }

  function arc(text) {
    const numbers = quantities(text);
    const points = new Array(numbers.length / 2);
    for (let i = 0; i < points.length; i++) {
      points[i] = [numbers[2 * i], numbers[2 * i + 1]];
    }
    return points;
  }

  function ring(text) {
    let last = 0;
    return quantities(text).map((step) => (last += step));
  }

  // As `packed_rings` in packing.py.
  function geometry(stored) {
    if (typeof stored !== "string") {
      return stored;
    }
    const polygons = stored.split("|").map((rings) => rings.split(" ").map(ring));
    return polygons.length === 1 ? { type: "Polygon", arcs: polygons[0] } : { type: "MultiPolygon", arcs: polygons };
  }

  function topologyOf(stored) {
    const arcs = typeof stored.arcs === "string" ? stored.arcs.split(" ").filter(Boolean).map(arc) : stored.arcs;
    const objects = {};
    for (const [name, layer] of Object.entries(stored.objects)) {
      objects[name] = { ...layer, geometries: layer.geometries.map(geometry) };
    }
    return { ...stored, arcs, objects };
  }

  // A column is a list, {values, codes} for text that repeats, or {rows, values} for text that is rare.
  function column(stored) {
    if (Array.isArray(stored)) {
      return stored;
    }
    if (stored.codes) {
      return stored.codes.map((code) => stored.values[code]);
    }
    return new Map(stored.rows.map((row, index) => [row, stored.values[index]]));
  }

  function table(stored) {
    const columns = {};
    for (const [name, values] of Object.entries(stored)) {
      columns[name] = column(values);
    }
    return columns;
  }

  function degrees(table) {
    table.lat = table.lat.map((value) => value / 1e4);
    table.lon = table.lon.map((value) => value / 1e4);
    return table;
  }

  // The claims about each place, latest first as they are stored.
  function claimsByPlace(claims, counts) {
    const found = new Map();
    claims.place.forEach((place, claim) => {
      if (counts(claim)) {
        found.has(place) ? found.get(place).push(claim) : found.set(place, [claim]);
      }
    });
    return found;
  }

  function evidenceOf(stored) {
    return new Map(
      stored.place.map((place, index) => [
        place,
        {
          deciding: stored.deciding[index],
          reasons: stored.reasons[index].map((code) => stored.reason_codes[code]),
          without: stored.without ? stored.without[index] : null,
        },
      ]),
    );
  }

  function read(text) {
    const stored = JSON.parse(text, (_, value) => (value && value.packed !== undefined ? unpacked(value) : value));
    const topology = topologyOf(stored.topology);
    const records = {
      page: stored.page,
      actors: stored.actors,
      places: degrees(table(stored.places)),
      claims: table(stored.claims),
      events: degrees(table(stored.events)),
      topology,
    };
    if (stored.series) {
      records.series = syriamap.series(records, stored.series);
      records.series.show(stored.series.days.length - 1);
      return records;
    }
    const shapes = topology.objects.areas.geometries;
    records.areas = table(stored.areas);
    records.lines = table(stored.lines);
    records.areaShape = (rows) => topojson.merge(topology, rows.map((row) => shapes[row]).filter((shape) => shape.type));
    records.lineKm = (row) => records.lines.km[row];
    records.lineShapes = topology.objects.lines.geometries;
    records.evidence = evidenceOf(stored.evidence);
    records.claimsOf = claimsByPlace(records.claims, () => true);
    return records;
  }

  syriamap.columns = { claimsByPlace, column, table };
  syriamap.read = read;
})((window.syriamap = window.syriamap || {}));
