// The data block → columns that can be indexed by row.
(function (syriamap) {
  "use strict";

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

  function read(text) {
    const stored = JSON.parse(text);
    const records = {
      page: stored.page,
      actors: stored.actors,
      places: degrees(table(stored.places)),
      claims: table(stored.claims),
      areas: table(stored.areas),
      lines: table(stored.lines),
      events: degrees(table(stored.events)),
      topology: stored.topology,
    };
    // Row of a place → what decided it; the claims about it, latest first as they are stored.
    records.evidence = new Map(
      stored.evidence.place.map((place, index) => [
        place,
        {
          deciding: stored.evidence.deciding[index],
          reasons: stored.evidence.reasons[index].map((code) => stored.evidence.reason_codes[code]),
        },
      ]),
    );
    records.claimsOf = new Map();
    records.claims.place.forEach((place, claim) => {
      if (!records.claimsOf.has(place)) {
        records.claimsOf.set(place, []);
      }
      records.claimsOf.get(place).push(claim);
    });
    return records;
  }

  syriamap.read = read;
})((window.syriamap = window.syriamap || {}));
