// What waits compressed in the page, as `waiting.py` folds it: claims, the grounds of each state, villages
// that no claim speaks of, names for panels and the search. It is unfolded when the map has been drawn.
(function (syriamap) {
  "use strict";
  const { parse, table } = syriamap.columns;
  const { bytesOf, VALUE } = syriamap.unfold;

  // The text in a block; refused where the browser knows no compression or the block is damaged.
  async function unfoldedText(block) {
    const stream = new Blob([bytesOf(JSON.parse(block))]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).text();
  }

  // Unfolded once: a second map beside the first reads the same.
  let known = null;
  function unfold(block) {
    known = known && known.block === block ? known : { block, text: unfoldedText(block) };
    return known.text;
  }

  const valueOf = (sign) => VALUE[sign.charCodeAt(0)];
  const JOINED = { "-": "-", _: "_", "+": "+", "%": "-", E: "-", W: "_" };

  // A link with the words that its title has too, as `slugs.py` leaves them out.
  function linkOf(url, title) {
    const words = title.match(/[A-Za-z0-9]+|[\u0621-\u064a]+/g) || [];
    return url.replace(/ (.)(.)(.)/g, (_, how, first, count) => {
      const own = words.slice(valueOf(first), valueOf(first) + valueOf(count)).map((word) => (how === "W" ? word : word.toLowerCase()));
      const escaped = how === "%" || how === "E" ? own.map(encodeURIComponent) : own;
      return (how === "%" ? escaped.map((word) => word.toLowerCase()) : escaped).join(JOINED[how]);
    });
  }

  // Links of sources with the words that their titles have too, written out.
  function lengthen(claims) {
    const { title, url } = claims;
    url.values = url.values.map((one, source) => linkOf(one, title.values[source]));
    return claims;
  }

  // Claims that decided: their numbers among the claims of the place, as in `relative_to_place`.
  function decidingOf(numbers, place, claimsOf) {
    const own = claimsOf.get(place) || [];
    return numbers.map((number) => (number < 0 ? -1 - number : own[number]));
  }

  // Further rows of places, and columns that only now come.
  function fillPlaces(places, stored) {
    const later = table(stored);
    for (const [name, values] of Object.entries(later)) {
      if (!places[name]) {
        places[name] = values;
      } else if (values instanceof Map) {
        values.forEach((value, row) => places[name].set(row, value));
      } else {
        const isDegree = name === "lat" || name === "lon";
        values.forEach((value) => places[name].push(isDegree ? value / 1e4 : value));
      }
    }
  }

  function fillEvidence(evidence, stored, claimsOf) {
    [...evidence.keys()].forEach((place, index) => evidence.set(place, {
      deciding: decidingOf(stored.deciding[index], place, claimsOf),
      reasons: stored.reasons[index].map((code) => stored.reason_codes[code]),
      without: stored.without ? stored.without[index] : null,
    }));
  }

  // Scripts that no first view needs: the policy of the page knows them.
  function arrive({ script, style }) {
    if (!syriamap.kit) {
      const [run, look] = [document.createElement("script"), document.createElement("style")];
      [run.textContent, look.textContent] = [script, style];
      look.className = "sm-later";
      document.head.append(look, run);
      run.remove();
    }
  }

  // What waited takes its place in the records.
  function fill(records, text) {
    const stored = parse(text);
    arrive(stored.kit);
    const { first, phrases, piece, told, ...own } = stored.claims;
    const claims = table(told ? own : lengthen(own));
    if (told) {
      records.pieces = syriamap.pieces.of(claims, { first, phrases, piece, told });
    }
    const every = syriamap.columns.claimsByPlace(claims, () => true);
    syriamap.words.learn(stored.words);
    records.claims = claims;
    fillPlaces(records.places, stored.places);
    if (records.series) {
      records.series.fill(stored.series, every, (numbers, place) => decidingOf(numbers, place, every));
    } else {
      fillEvidence(records.evidence, stored.evidence, every);
      records.claimsOf = every;
    }
    records.isWhole = true;
  }

  // Fills the records when the page has time, and tells when it has.
  function waiting(records, block, onFilled) {
    const idle = window.requestIdleCallback || ((run) => setTimeout(run, 50));
    idle(() => unfold(block).then((text) => fill(records, text), () => { records.isLost = true; }).then(onFilled), { timeout: 300 });
  }

  // What stands where something has not come yet, or cannot.
  const note = (records) => syriamap.el("p", "sm-note sm-waiting", syriamap.words.page(records.isLost ? "cannot_unfold" : "unfolding"));

  Object.assign(syriamap, { lengthen, unfoldedText, waiting, waitingNote: note });
})((window.syriamap = window.syriamap || {}));
