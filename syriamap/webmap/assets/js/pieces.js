// Many claims: the words of the older ones (source, speaker, note) wait compressed in pieces of their own, as
// `waiting.py` cuts them, until somebody asks for one of their claims. Who, what, where and when is there at once.
(function (syriamap) {
  "use strict";
  const { el, words } = syriamap;
  const { parse, table } = syriamap.columns;

  // Columns of some rows take their place among those of all claims.
  function add(claims, columns, start) {
    for (const [name, values] of Object.entries(columns)) {
      const isRare = values instanceof Map;
      const own = (claims[name] = claims[name] || (isRare ? new Map() : []));
      values.forEach((value, row) => (isRare ? own.set(start + row, value) : (own[start + row] = value)));
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

  // `told` are the words of the first claims; `starts` the rows that pieces begin with, and the end; `phrases` is
  // what all words are told with.
  function of(claims, { told, starts, phrases }) {
    const { fill } = syriamap.phrases.of(phrases);
    const worded = (stored) => syriamap.lengthen(fill(stored));
    add(claims, table(worded(told), claims), 0);
    const blocks = document.querySelectorAll(".syriamap-piece");
    const [came, lost, sent] = [new Set(), new Set(), new Map()];
    const pieceOf = (row) => starts.findLastIndex((start) => start <= row);

    function send(piece) {
      if (!sent.has(piece)) {
        const [start, end] = [starts[piece], starts[piece + 1]];
        sent.set(piece, textOf(blocks[piece]).then((text) => {
          const stored = worded(parse(text));
          add(claims, table(stored, { event_date: claims.event_date.slice(start, end) }), start);
        }).catch(() => lost.add(piece)).then(() => came.add(piece)));
      }
      return sent.get(piece);
    }

    return {
      isLost: (row) => lost.has(pieceOf(row)),
      missing: (rows) => [...new Set(rows.map(pieceOf))].filter((piece) => piece >= 0 && !came.has(piece)),
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
