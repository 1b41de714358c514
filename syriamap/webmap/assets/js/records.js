// The data block → columns that can be indexed by row.
(function (syriamap) {
  "use strict";
  const { DIGITS, VALUE } = syriamap.unfold;
  // As in packing.py: the first of the digits that say that another follows.
  const LAST = 71;
  const ON = DIGITS.length - LAST;

  // Whole numbers of any length, the least digit first, the sign in the lowest bit.
  function quantities(text) {
    const found = [];
    let number = 0;
    let scale = 1;
    for (let i = 0; i < text.length; i++) {
      const digit = VALUE[text.charCodeAt(i)];
      number += digit * scale;
      scale *= ON;
      if (digit < LAST) {
        found.push(number % 2 ? -(number + 1) / 2 : number / 2);
        number = 0;
        scale = 1;
      }
    }
    return found;
  }

  function sums(steps) {
    let last = 0;
    return steps.map((step) => (last += step));
  }

  function runs(pairs) {
    const found = [];
    for (let i = 0; i < pairs.length; i += 2) {
      for (let left = pairs[i]; left > 0; left--) {
        found.push(pairs[i + 1]);
      }
    }
    return found;
  }

  // Codes in order of appearance: 0 is a new one, 1 the newest, 2 the one before it.
  function appearing(ages) {
    let count = 0;
    return ages.map((age) => (age ? count - age : count++));
  }

  // All in the same width, which stands before them with the least of them.
  function fixed(text) {
    const start = [...text].findIndex((sign) => VALUE[sign.charCodeAt(0)] < LAST) + 1;
    const [least, width] = quantities(text.slice(0, start + 1));
    const found = [];
    for (let i = start + 1; i < text.length; i += width) {
      let value = 0;
      for (let k = i + width - 1; k >= i; k--) {
        value = value * DIGITS.length + VALUE[text.charCodeAt(k)];
      }
      found.push(value + least);
    }
    return found;
  }

  function fronts(text) {
    let last = "";
    return text.slice(1).split(text[0]).map((one) => (last = last.slice(0, VALUE[one.charCodeAt(0)]) + one.slice(1)));
  }

  // Arabic, a letter of two bytes as one sign: as `_LETTERS` in packing.py.
  function letters(text) {
    const letter = (sign) => (VALUE[sign.charCodeAt(0)] < 60 ? String.fromCharCode(0x620 + VALUE[sign.charCodeAt(0)]) : String(VALUE[sign.charCodeAt(0)] - 60));
    return text.split("|").map((one) => one.replace(/[^ ]/g, letter));
  }

  const lists = (text) => text.split(" ").map(quantities);

  function listsOfSteps(text) {
    let last = 0;
    return lists(text).map((steps) => steps.map((step) => (last += step)));
  }

  const WAYS = {
    a: letters, f: fixed, l: lists, m: listsOfSteps, n: quantities, o: (text) => appearing(quantities(text)), p: fronts, r: (text) => runs(quantities(text)),
    s: (text) => sums(quantities(text)), t: (text) => text.slice(1).split(text[0]),
  };

  function unpacked(value) {
    if (value === null || typeof value !== "object") {
      return value;
    }
    if (typeof value["~"] === "string") {
      return WAYS[value["~"][0]](value["~"].slice(1));
    }
    for (const key of Object.keys(value)) {
      value[key] = unpacked(value[key]);
    }
    return value;
  }

  // JSON whose long lists `packing.py` packed. The texts of the page, whose keys are a theater's own
  // words, are never packed, so that none of them can be taken for a list.
  function parse(text) {
    const { page, ...tables } = JSON.parse(text);
    return page === undefined ? unpacked(tables) : { ...unpacked(tables), page };
  }

  // Chains of arcs: each begins where the one before it ended, the first of a chain where it says.
  // An arc is where it begins and then the steps from there, all in one list.
  function arcsOf(text) {
    const found = [];
    let x = 0;
    let y = 0;
    for (const chain of text ? text.split("|") : []) {
      let isFirst = true;
      for (const numbers of chain.split(" ").map(quantities)) {
        if (isFirst) {
          x += numbers[0];
          y += numbers[1];
        }
        const arc = isFirst ? numbers : [x, y, ...numbers];
        arc[0] = x;
        arc[1] = y;
        for (let i = 2; i < arc.length; i += 2) {
          x += arc[i];
          y += arc[i + 1];
        }
        found.push(arc);
        isFirst = false;
      }
    }
    return found;
  }

  // As `packed_rings` in packing.py: steps from arc to arc, twice, and one more where an arc runs backwards.
  function geometriesOf(stored) {
    let last = 0;
    const ring = (text) => quantities(text).map((step) => {
      const isBack = step & 1;
      last += (step - isBack) / 2;
      return isBack ? -1 - last : last;
    });
    return stored.map((one) => {
      if (typeof one !== "string") {
        return one;
      }
      const polygons = one.split("|").map((rings) => rings.split(" ").map(ring));
      return polygons.length === 1 ? { type: "Polygon", arcs: polygons[0] } : { type: "MultiPolygon", arcs: polygons };
    });
  }

  function topologyOf(stored) {
    const objects = {};
    for (const [name, layer] of Object.entries(stored.objects)) {
      objects[name] = { ...layer, geometries: geometriesOf(layer.geometries) };
    }
    return { ...stored, arcs: arcsOf(stored.arcs), objects };
  }

  const DAY = 864e5;
  const isoOf = new Map();

  function iso(day) {
    if (!isoOf.has(day)) {
      isoOf.set(day, new Date(day * DAY).toISOString().slice(0, 10));
    }
    return isoOf.get(day);
  }

  const dayOf = (date) => Date.parse(date + "T00:00:00Z") / DAY;

  // Dates, as `dates` and `dates_after` in columns.py have them; a missing one is "".
  function dates({ after, from, days }, columns) {
    if (from) {
      const first = dayOf(from) - 1;
      return days.map((day) => (day ? iso(first + day) : ""));
    }
    return days.map((lag, row) => (lag ? iso(dayOf(columns[after][row]) + lag - (lag > 0)) : ""));
  }

  // A column is a list, {from, days} or {after, days} for dates, {values, codes} for text that repeats,
  // {rows, values} or {rows, values, codes} for text that is rare, or {of, values} for text that
  // repeats together with that of another column.
  function column(stored, columns) {
    if (Array.isArray(stored)) {
      return stored;
    }
    if (stored.days) {
      return dates(stored, columns);
    }
    if (stored.of) {
      return columns[stored.of].map((code) => stored.values[code]);
    }
    const values = stored.codes ? stored.codes.map((code) => stored.values[code]) : stored.values;
    return stored.rows ? new Map(stored.rows.map((row, index) => [row, values[index]])) : values;
  }

  // `others` are columns that those of the table may refer to.
  function table(stored, others) {
    const columns = Object.create(others || null);
    for (const [name, values] of Object.entries(stored)) {
      columns[name] = column(values, columns);
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

  // A place with evidence whose grounds have not come yet.
  const UNTOLD = { deciding: [], reasons: [], without: null };

  function read(text) {
    const stored = parse(text);
    const topology = topologyOf(stored.topology);
    const records = {
      page: stored.page,
      actors: stored.actors,
      places: { id: new Map(), name_ar: new Map(), also: new Map(), confidence: [], since: [], ...degrees(table(stored.places)) },
      // Claims come later (`waiting.js`).
      claims: null,
      claimsOf: new Map(),
      pieces: null,
      isWhole: false,
      isLost: false,
      events: degrees(table(stored.events)),
      topology,
    };
    records.events.row = records.events.kind.map((_, row) => row);
    const ground = (records.ground = syriamap.ground.of(topology));
    if (stored.series) {
      records.series = syriamap.series(records, stored.series);
      records.series.show(stored.series.days.length - 1);
      return records;
    }
    const shapes = topology.objects.areas.geometries;
    records.areas = table(stored.areas);
    records.lines = table(stored.lines);
    records.areaShape = (rows) => ground.area(rows.map((row) => shapes[row]));
    records.lineKm = (row) => records.lines.km[row];
    records.lineShapes = topology.objects.lines.geometries;
    records.evidence = new Map(stored.evidence.place.map((place) => [place, UNTOLD]));
    return records;
  }

  syriamap.columns = { UNTOLD, claimsByPlace, column, parse, table };
  syriamap.read = read;
})((window.syriamap = window.syriamap || {}));
