// What is shown, as files: GeoJSON and CSV with the columns that `syriamap export` writes, made from the
// page's own data. What the page does not hold (ids of places without evidence, of events and claims) is empty.
(function (syriamap) {
  "use strict";
  const { heading, names } = syriamap;

  const rounded = ({ lat, lng }) => [Number(lng.toFixed(6)), Number(lat.toFixed(6))];
  const closed = (ring) => [...ring.map(rounded), rounded(ring[0])];

  function signedArea(ring) {
    return ring.reduce((sum, a, i) => {
      const b = ring[(i + 1) % ring.length];
      return sum + (b.lng - a.lng) * (a.lat + b.lat);
    }, 0) / -2;
  }

  // A ring that touches itself in a point, cut there into rings that do not.
  function loops(ring) {
    const [found, path, seen] = [[], [], new Map()];
    for (const one of ring) {
      const key = one.lat + " " + one.lng;
      if (seen.has(key)) {
        const loop = path.splice(seen.get(key));
        loop.forEach((other) => seen.delete(other.lat + " " + other.lng));
        found.push(loop);
      }
      seen.set(key, path.length);
      path.push(one);
    }
    return [...found, path].filter((loop) => loop.length > 2);
  }

  // Rings of which one is in the other in turn → polygons with holes, outer rings counterclockwise.
  function polygons({ rings }) {
    const known = rings.flatMap(loops).map((ring) => ({ ring, area: signedArea(ring), shape: { rings: [ring] } })).filter(({ area }) => area);
    // Rings may meet in a point, but in no edge: the middle of an edge is clearly inside or outside of others.
    const holds = (outer, { ring: [a, b] }) => syriamap.geometry.contains(outer.shape, (a.lng + b.lng) / 2, (a.lat + b.lat) / 2);
    known.forEach((one) => { one.around = known.filter((other) => other !== one && Math.abs(other.area) > Math.abs(one.area) && holds(other, one)); });
    const turned = ({ ring, area }, isOuter) => closed(area > 0 === isOuter ? ring : [...ring].reverse());
    const outer = known.filter(({ around }) => around.length % 2 === 0);
    const made = new Map(outer.map((one) => [one, [turned(one, true)]]));
    for (const hole of known.filter(({ around }) => around.length % 2)) {
      const home = hole.around.filter((one) => made.has(one)).sort((a, b) => Math.abs(a.area) - Math.abs(b.area))[0];
      home && made.get(home).push(turned(hole, false));
    }
    return [...made.values()];
  }

  function areaGeometry(shape) {
    const parts = polygons(shape);
    return parts.length === 1 ? { type: "Polygon", coordinates: parts[0] } : { type: "MultiPolygon", coordinates: parts };
  }

  function lineGeometry({ lines }) {
    const parts = lines.map((line) => line.map(rounded));
    return parts.length === 1 ? { type: "LineString", coordinates: parts[0] } : { type: "MultiLineString", coordinates: parts };
  }

  function features(records) {
    const { actors, areas, events, evidence, lines, places } = records;
    const id = (row) => (row >= 0 ? actors.id[row] : "");
    const share = (percent) => (percent === null || percent === undefined ? null : percent / 100);
    const feature = (layer, values, geometry) => ({ type: "Feature", properties: { layer, ...values }, geometry });
    const point = (table, row) => ({ type: "Point", coordinates: rounded({ lat: table.lat[row], lng: table.lon[row] }) });
    return [
      ...areas.status.map((status, row) => feature("territory", {
        actor: id(areas.actor[row]), leaning: id(areas.leaning[row]), status, confidence: share(areas.confidence[row]),
        area_km2: Number(areas.km2[row].toFixed(3)), doubt: (areas.doubt && areas.doubt[row]) || "",
      }, areaGeometry(records.areaShape([row])))),
      ...lines.kind.map((kind, row) => feature("frontline", {
        actor_a: id(lines.actor_a[row]), actor_b: id(lines.actor_b[row]), kind, length_km: records.lineKm(row),
      }, lineGeometry(records.ground.lines([records.lineShapes[row]])))),
      ...places.name.map((name, row) => feature("place", {
        place_id: places.id.get(row) || "", name, name_ar: places.name_ar.get(row) || "", kind: places.kind[row],
        actor: id(places.actor[row]), leaning: id(places.leaning[row]), status: places.status[row], confidence: share(places.confidence[row]),
        since: places.since[row] || null, evidence: evidence.has(row), doubt: "",
      }, point(places, row))),
      ...events.kind.map((kind, row) => feature("event", {
        event_id: "", kind, place_id: events.place[row] >= 0 ? places.id.get(events.place[row]) || "" : "", name: events.name[row],
        actor: id(events.actor[row]), against: id(events.against[row]), event_date: events.event_date[row], certainty: events.certainty[row], claim_ids: [],
      }, point(events, row))),
    ];
  }

  // What the file says of itself, as `MapOfDay.metadata` does; `heading` and `age` in the reader's language.
  function metadata(records) {
    const { page, story } = records;
    return {
      title: heading.text(records), theater: page.id, date: page.date, known_by: page.known_by || null,
      according_to: story || page.according_to || null, newest_evidence: page.newest || null, latest_report: page.latest_report || null, age: heading.age(records) || null,
      claims: page.claims, border: names.border(records), attribution: page.attribution,
    };
  }

  function geojsonText(records) {
    return JSON.stringify({ type: "FeatureCollection", metadata: metadata(records), features: features(records) }) + "\n";
  }

  // As `neutral_cell` in files/cells.py: a spreadsheet takes no cell for a formula.
  function cell(value) {
    const text = value === null || value === undefined ? "" : Array.isArray(value) ? value.join("; ") : String(value);
    const neutral = typeof value === "number" ? text : /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
    return /[",\r\n]/.test(neutral) ? '"' + neutral.replace(/"/g, '""') + '"' : neutral;
  }

  function wkt({ type, coordinates }) {
    const list = (part, depth) => (depth ? "(" + part.map((one) => list(one, depth - 1)).join(", ") + ")" : part.join(" "));
    const depth = { Point: 0, LineString: 1, Polygon: 2, MultiLineString: 2, MultiPolygon: 3 }[type];
    return type.toUpperCase() + " " + (depth ? list(coordinates, depth) : "(" + coordinates.join(" ") + ")");
  }

  // A point on a shape: the middle of its widest part half way up, of a line the vertex in its middle.
  function pointOn({ type, coordinates }) {
    if (type === "Point") {
      return coordinates;
    }
    if (type.endsWith("LineString")) {
      const line = type === "LineString" ? coordinates : coordinates.reduce((a, b) => (b.length > a.length ? b : a));
      return line[Math.floor(line.length / 2)];
    }
    const crossings = (rings) => {
      const north = rings[0].map(([, lat]) => lat);
      const at = (Math.min(...north) + Math.max(...north)) / 2 + 1e-7;
      const found = rings.flatMap((ring) => ring.slice(1).flatMap(([x, y], i) => {
        const [before, lat] = ring[i];
        return lat > at !== y > at ? [before + ((x - before) * (at - lat)) / (y - lat)] : [];
      })).sort((a, b) => a - b);
      let best = { wide: -1, point: rings[0][0] };
      for (let i = 0; i + 1 < found.length; i += 2) {
        if (found[i + 1] - found[i] > best.wide) {
          best = { wide: found[i + 1] - found[i], point: [(found[i] + found[i + 1]) / 2, at] };
        }
      }
      return best;
    };
    const parts = type === "Polygon" ? [coordinates] : coordinates;
    return parts.map(crossings).reduce((a, b) => (b.wide > a.wide ? b : a), { wide: -2, point: [0, 0] }).point;
  }

  const ONCE = new Set(["age", "attribution", "border", "title"]);

  // A row for each feature; what the file says of itself in every row, its long sentences in the first.
  function csvText(records) {
    const rows = features(records);
    const fields = [...new Set(rows.flatMap(({ properties }) => Object.keys(properties)))];
    const about = Object.entries(metadata(records));
    const lines = rows.map(({ properties, geometry }, number) => {
      const [lon, lat] = pointOn(geometry);
      return [
        ...fields.map((name) => cell(properties[name])), lat.toFixed(6), lon.toFixed(6),
        ...about.map(([key, value]) => (number && ONCE.has(key) ? "" : cell(value))), cell(wkt(geometry)),
      ].join(",");
    });
    return [[...fields, "lat", "lon", ...about.map(([key]) => "map_" + key), "wkt"].join(","), ...lines].join("\n") + "\n";
  }

  const save = (ending, type, text) => (records) => syriamap.hand(syriamap.fileName(records, ending), new Blob([text(records)], { type }));

  syriamap.download = { csv: save("csv", "text/csv;charset=utf-8", csvText), csvText, geojson: save("geojson", "application/geo+json", geojsonText), geojsonText };
})((window.syriamap = window.syriamap || {}));
