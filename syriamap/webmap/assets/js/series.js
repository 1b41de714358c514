// Histories → what one day shows. The country is cut into pieces that no line of any day crosses:
// areas are pieces put together, lines are where pieces meet whose holders differ.
(function (syriamap) {
  "use strict";
  const { column, table } = syriamap.columns;
  const { eachArc } = syriamap.ground;
  const MOST_KEPT = 600;

  // A history is its first value, then each day of a change and the value from there.
  function valueOn(history, day) {
    let value = history[0];
    for (let i = 1; i < history.length && history[i] <= day; i += 2) {
      value = history[i + 1];
    }
    return value;
  }

  // Lists as what differs from the list before of the same owner: 0 is its next number, 1 leaves one out.
  function fromTheLast(owners, lists) {
    let before = [];
    return lists.map((steps, index) => {
      if (owners[index] !== owners[index - 1]) {
        before = [];
      }
      let at = 0;
      const found = [];
      for (const step of steps) {
        if (step === 0) {
          found.push(before[at++]);
        } else if (step === 1) {
          at++;
        } else {
          found.push(step < 0 ? step : step - 2);
        }
      }
      return (before = found);
    });
  }

  // Arcs between two pieces: [arc, piece, piece]. A piece narrower than the grid has an arc on both sides and
  // parts nothing there.
  function bordersOf(shapes) {
    const owners = new Map();
    shapes.forEach((shape, piece) => {
      eachArc(shape.arcs || [], (arc) => {
        const own = owners.get(arc);
        if (!own) {
          owners.set(arc, [piece]);
        } else if (own.includes(piece)) {
          own.splice(own.indexOf(piece), 1);
        } else {
          own.push(piece);
        }
      });
    });
    const between = [];
    for (const [arc, pieces] of owners) {
      if (pieces.length === 2) {
        between.push([arc, ...pieces]);
      }
    }
    return between;
  }

  function series(records, stored) {
    const { topology } = records;
    const shapes = topology.objects.atoms.geometries;
    const states = table(stored.states);
    const km2 = stored.atoms.thousandths_km2.map((size) => size / 1000);
    const borders = bordersOf(shapes);
    const days = stored.days;
    const pieceOf = stored.places.atom;
    const allEvents = records.events;
    const merged = new Map();
    // All evidence under the empty name, and each side's story under the side's.
    const tales = new Map([["", tale(stored)], ...(stored.stories || []).map((one) => [one.side, tale(one)])]);
    const sides = [...tales.keys()].filter(Boolean);
    let now = tales.get("");
    let claimsOfAll = null;
    let claimsOfDay = null;

    // Histories as they are stored → what is asked of them again and again.
    function tale({ atoms, areas, events_on, pairs, places, evidence, spots, told }) {
      return {
        areas, atoms, events_on, evidence, places, spots, told,
        there: column(evidence.there),
        proofs: null,
        kinds: pairs.kinds,
        known: new Map(),
        pairs: new Map(pairs.a.map((a, i) => [a + " " + pairs.b[i], pairs.history[i]])),
        lengths: new Map(pairs.a.map((a, i) => [a + " " + pairs.b[i], pairs.km[i]])),
      };
    }

    // The grounds of evidence come later: what decided each place from which day on.
    function fillTale(told, { evidence, places }, every, decidingOf) {
      const { changes, grounds } = evidence;
      const place = told.evidence.place;
      let next = 0;
      const owner = [];
      const history = changes.map((days, index) => grounds[index].flatMap((code, at) => {
        const number = code === 0 ? next++ : code === 1 ? -1 : next - code + 1;
        if (code === 0) {
          owner.push(place[index]);
        }
        return at ? [days[at - 1], number] : [number];
      }));
      const { changes: sureChanges, values } = evidence.confidence;
      let value = 0;
      told.proofs = {
        history,
        confidence: sureChanges.map((days) => [values[value++], ...days.flatMap((day) => [day, values[value++]])]),
        deciding: fromTheLast(owner, evidence.deciding).map((numbers, proof) => decidingOf(numbers, owner[proof])),
        reasons: column(evidence.reasons).map((codes) => codes.map((code) => evidence.reason_codes[code])),
        since: column(evidence.since),
        without: evidence.without || null,
      };
      told.places = { ...told.places, confidence: places.confidence };
      if (places.atom) {
        pieceOf.push(...places.atom);
      }
    }

    function fill(later, every, decidingOf) {
      claimsOfAll = every;
      fillTale(tales.get(""), later, every, decidingOf);
      (later.stories || []).forEach((one, index) => fillTale(tales.get(sides[index]), one, every, decidingOf));
      placesOn(api.day);
      evidenceOn(api.day);
      claimsOfDay = null;
    }

    // State of every piece on a day.
    function statesOn(day, { atoms, known } = now) {
      if (!known.has(day)) {
        const values = atoms.history.values.map((history) => valueOn(history, day));
        known.set(day, Int32Array.from(atoms.history.codes, (code) => values[code]));
      }
      return known.get(day);
    }

    function areasOn(day) {
      const state = statesOn(day);
      const parent = Int32Array.from(shapes, (_, piece) => piece);
      const root = (piece) => {
        while (parent[piece] !== piece) {
          piece = parent[piece] = parent[parent[piece]];
        }
        return piece;
      };
      for (const [, a, b] of borders) {
        if (state[a] === state[b]) {
          parent[root(a)] = root(b);
        }
      }
      let source = day;
      while (now.areas[source] === 0) {
        source--;
      }
      const told = now.areas[source];
      for (let i = 0; i < told.joined.length; i += 2) {
        parent[root(told.joined[i])] = root(told.joined[i + 1]);
      }
      const rowOf = new Map();
      const pieces = [];
      const areas = { actor: [], leaning: [], status: [], km2: [], confidence: [], label: [], doubt: [] };
      shapes.forEach((_, piece) => {
        const top = root(piece);
        if (!rowOf.has(top)) {
          rowOf.set(top, pieces.length);
          pieces.push([]);
          areas.actor.push(states.actor[state[piece]]);
          areas.leaning.push(states.leaning[state[piece]]);
          areas.status.push(states.status[state[piece]]);
          areas.km2.push(0);
          areas.confidence.push(null);
          areas.label.push(null);
          areas.doubt.push(states.doubt[state[piece]]);
        }
        const row = rowOf.get(top);
        pieces[row].push(piece);
        areas.km2[row] += km2[piece];
      });
      told.seat.forEach((piece, index) => {
        if (piece >= 0) {
          const row = rowOf.get(root(piece));
          areas.confidence[row] = told.confidence[index];
          areas.label[row] = areas.label[row] || now.spots[told.label[index]] || null;
        }
      });
      return { areas, pieces };
    }

    // Nothing is said about where undetermined ground ends; through contested ground the line runs
    // where the likeliest holders meet.
    function linesOn(day) {
      const state = statesOn(day);
      const { kinds, lengths, pairs } = now;
      const found = new Map();
      const holders = states.leaning.map((leaning, one) => (states.status[one] === "undetermined" ? -1 : leaning));
      const arcsOf = new Map();
      for (const [arc, a, b] of borders) {
        const first = holders[state[a]];
        const second = holders[state[b]];
        if (first !== second && first >= 0 && second >= 0) {
          const number = first * records.actors.id.length + second;
          arcsOf.has(number) ? arcsOf.get(number).push(arc) : arcsOf.set(number, [arc]);
        }
      }
      for (const [number, arcs] of arcsOf) {
        const second = number % records.actors.id.length;
        const first = (number - second) / records.actors.id.length;
        const key = pairs.has(first + " " + second) ? first + " " + second : second + " " + first;
        found.set(key, [...(found.get(key) || []), ...arcs]);
      }
      const lines = { actor_a: [], actor_b: [], kind: [], km: [], arcs: [] };
      const lineShapes = [];
      for (const [key, arcs] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const kind = pairs.has(key) ? valueOn(pairs.get(key), day) : -1;
        if (kind < 0) {
          continue;
        }
        const [a, b] = key.split(" ").map(Number);
        lines.actor_a.push(a);
        lines.actor_b.push(b);
        lines.kind.push(kinds[kind]);
        lines.km.push(valueOn(lengths.get(key), day));
        lines.arcs.push(arcs);
        lineShapes.push({ type: "MultiLineString", arcs: arcs.map((arc) => [arc]) });
      }
      return { lines, lineShapes };
    }

    function placeStatesOn(day, side) {
      const told = side === undefined ? now : tales.get(side);
      const state = statesOn(day, told);
      const found = pieceOf.map((piece) => state[piece]);
      told.places.own.forEach((row, index) => {
        if (row < found.length) {
          found[row] = valueOn(told.places.own_history[index], day);
        }
      });
      return found;
    }

    function placesOn(day) {
      const { codes, values } = now.places.confidence || { values: [] };
      const sure = values.map((history) => valueOn(history, day) * now.places.step);
      const { places } = records;
      const state = placeStatesOn(day);
      // Written over: thousands of places and many days would leave much to clear away.
      for (const name of ["actor", "leaning", "status"]) {
        places[name] = places[name] || new Array(pieceOf.length);
      }
      for (let row = 0; row < state.length; row++) {
        places.actor[row] = states.actor[state[row]];
        places.leaning[row] = states.leaning[state[row]];
        places.status[row] = states.status[state[row]];
        places.confidence[row] = codes ? sure[codes[row]] : 0;
        places.since[row] = "";
      }
    }

    function evidenceOn(day) {
      const { evidence, proofs, there } = now;
      records.evidence = new Map();
      evidence.place.forEach((place, index) => {
        if (!valueOn(there[index], day)) {
          return;
        }
        if (!proofs) {
          records.evidence.set(place, syriamap.columns.UNTOLD);
          return;
        }
        const proof = valueOn(proofs.history[index], day);
        records.places.since[place] = proofs.since[proof];
        records.places.confidence[place] = valueOn(proofs.confidence[index], day);
        records.evidence.set(place, { deciding: proofs.deciding[proof], reasons: proofs.reasons[proof], without: proofs.without ? proofs.without[proof] : null });
      });
    }

    // Claims up to the day shown, by place; found when they are asked for.
    function claimsOfPlaces() {
      if (!claimsOfAll) {
        return new Map();
      }
      if (!claimsOfDay) {
        claimsOfDay = syriamap.columns.claimsByPlace(records.claims, (claim) => records.claims.event_date[claim] <= records.page.date);
      }
      return claimsOfDay;
    }

    function countsOn(day) {
      const { page } = records;
      const { claims, publishers, reported, sources } = now.told;
      claimsOfDay = null;
      page.date = days[day];
      page.held_out = records.story ? [] : stored.held_out[day];
      page.newest = page.newest_on[records.story][page.date];
      Object.assign(page, { claims: claims[day], publishers: publishers[day], sources: sources[day], latest_report: reported[day] });
    }

    // Everything in the records becomes that of a day.
    function show(day) {
      const { areas, pieces } = areasOn(day);
      const { lines, lineShapes } = linesOn(day);
      Object.assign(records, { areas, lines, lineShapes });
      records.areaSeals = pieces.map(String);
      records.lineKm = (row) => lines.km[row];
      records.areaShape = (rows) => shapeOf(rows.flatMap((row) => pieces[row]));
      records.events = {};
      const told = now.events_on[day];
      for (const [name, values] of Object.entries(allEvents)) {
        records.events[name] = told.map((row) => values[row]);
      }
      placesOn(day);
      evidenceOn(day);
      countsOn(day);
      api.day = day;
    }

    // What was put together once is kept: readers go back and forth between days.
    function shapeOf(pieces) {
      const key = pieces.join();
      if (!merged.has(key)) {
        if (merged.size >= MOST_KEPT) {
          merged.delete(merged.keys().next().value);
        }
        merged.set(key, records.ground.area(pieces.map((piece) => shapes[piece])));
      }
      return merged.get(key);
    }

    // From now on the map of all evidence, or that of a side.
    function tell(side) {
      now = tales.get(side);
      records.story = side;
    }

    const disputed = (day) => {
      const { codes, values } = stored.dispute.history;
      const isOpen = values.map((history) => valueOn(history, day) === 1);
      return codes.flatMap((code, piece) => (isOpen[code] ? [piece] : []));
    };

    // What differs between two days: from one state to another, the pieces and their size.
    function changesBetween(from, to) {
      const before = statesOn(from);
      const after = statesOn(to);
      const found = new Map();
      shapes.forEach((_, piece) => {
        if (before[piece] !== after[piece]) {
          const key = before[piece] + " " + after[piece];
          if (!found.has(key)) {
            found.set(key, { from: before[piece], to: after[piece], pieces: [], km2: 0 });
          }
          found.get(key).pieces.push(piece);
          found.get(key).km2 += km2[piece];
        }
      });
      return [...found.values()].sort((a, b) => b.km2 - a.km2);
    }

    // Size of every state on a day.
    function sizesOn(day) {
      const sizes = new Array(states.actor.length).fill(0);
      statesOn(day).forEach((state, piece) => {
        sizes[state] += km2[piece];
      });
      return sizes;
    }

    // Size of every state on all days, without the pieces of each.
    function sizesThroughTime() {
      const { codes, values } = now.atoms.history;
      const size = new Float64Array(values.length);
      codes.forEach((code, piece) => { size[code] += km2[piece]; });
      const table = states.actor.map(() => new Float64Array(days.length));
      values.forEach((history, code) => {
        for (let i = 0; i < history.length; i += 2) {
          const end = i + 1 < history.length ? history[i + 1] : days.length;
          for (let day = i ? history[i - 1] : 0; day < end; day++) {
            table[history[i]][day] += size[code];
          }
        }
      });
      return table;
    }

    const time = (iso) => Date.parse(iso + "T00:00:00Z");
    const isDaily = days.every((iso, day) => day === 0 || time(iso) - time(days[day - 1]) === 864e5);

    // The day of the page that a date is told by: itself, or the last step before it; -1 outside.
    function dayAt(iso) {
      const isDate = /^\d{4}-\d{2}-\d{2}$/.test(iso) && iso <= days[days.length - 1];
      return isDate ? days.reduce((found, one, day) => (one <= iso ? day : found), -1) : -1;
    }

    // The day of the page so many days before one of its days; -1 where there is none.
    const isoBefore = (day, count) => new Date(time(days[day]) - count * 864e5).toISOString().slice(0, 10);
    const dayBefore = (day, count) => days.indexOf(isoBefore(day, count));

    // Whether a claim counts in the story: that side's, and those of sources without a side.
    records.story = "";
    Object.defineProperty(records, "claimsOf", { get: claimsOfPlaces });
    records.counts = (claim) => !records.story || !records.claims.side[claim] || records.claims.side[claim] === records.story;
    const api = {
      changesBetween, claimsOn: stored.claims_on, day: -1, dayAt, dayBefore, days, fill, disputeKm2: () => stored.dispute.km2[api.day], isDaily, isoBefore, linesOn,
      piecesInDispute: () => disputed(api.day), placeStatesOn, shapeOf, show, sides, sizesOn, sizesThroughTime, states, statesOn, tell,
    };
    return api;
  }

  syriamap.series = series;
  syriamap.valueOn = valueOn;
})((window.syriamap = window.syriamap || {}));
