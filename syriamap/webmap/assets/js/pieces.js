// Many claims: the words of the older ones (source, speaker, note) wait compressed in pieces of their own, as
// `waiting.py` cuts them, until somebody asks for one of their claims. Who, what, where and when is there at once.
(function (syriamap) {
  "use strict";
  const { el, words } = syriamap;
  const { parse, table } = syriamap.columns;

  // Columns of some rows take their place among those of all claims.
  function add(claims, columns, rows) {
    for (const [name, values] of Object.entries(columns)) {
      const isRare = values instanceof Map;
      const own = (claims[name] = claims[name] || (isRare ? new Map() : new Array(claims.place.length)));
      values.forEach((value, at) => (isRare ? own.set(rows[at], value) : (own[rows[at]] = value)));
    }
  }

  // Unfolded once: a second map beside the first reads the same.
  const texts = new Map();
  function textOf(block) {
    if (!texts.has(block)) {
      texts.set(block, syriamap.unfoldedText(block.textContent));
    }
    return texts.get(block);
  }

  // `told` are the words of the first claims; `piece` says in which piece those of the others of each place are;
  // `phrases` is what all words are told with.
  function of(claims, { told, first, piece, phrases }) {
    const { fill } = syriamap.phrases.of(phrases);
    const blocks = document.querySelectorAll(".syriamap-piece");
    const [came, lost, sent] = [new Set(), new Set(), new Map()];
    const pieceOf = (row) => (row < first ? -1 : piece[claims.place[row]] || 0);
    const rowsOf = [[], ...Array.from(blocks, () => [])];
    claims.place.forEach((_, row) => rowsOf[1 + pieceOf(row)].push(row));

    function put(stored, rows) {
      const { event_date: dates } = claims;
      add(claims, table(syriamap.lengthen(fill(stored)), { event_date: rows.map((row) => dates[row]) }), rows);
    }

    put(told, rowsOf[0]);

    function send(number) {
      if (!sent.has(number)) {
        sent.set(number, textOf(blocks[number]).then((text) => put(parse(text), rowsOf[1 + number]))
          .catch(() => lost.add(number)).then(() => came.add(number)));
      }
      return sent.get(number);
    }

    return {
      isLost: (row) => lost.has(pieceOf(row)),
      missing: (rows) => [...new Set(rows.map(pieceOf))].filter((one) => one >= 0 && !came.has(one)),
      send,
    };
  }

  // Whether all words of these claims are there. Where not they are sent for, and `again` runs when they came.
  function told({ pieces }, rows, again) {
    const missing = pieces ? pieces.missing(rows) : [];
    if (missing.length) {
      Promise.all(missing.map(pieces.send)).then(again);
    }
    return !missing.length;
  }

  // What stands for words that have not come, or that nobody can read.
  function standIn({ claims, pieces }, row) {
    const isHere = !pieces || claims.title[row] !== undefined;
    return isHere ? null : el("p", "sm-meta", pieces.isLost(row) ? words.page("damaged") : "…");
  }

  syriamap.pieces = { of, standIn, told };
})((window.syriamap = window.syriamap || {}));
