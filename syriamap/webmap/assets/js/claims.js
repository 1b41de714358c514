// What was said, by whom, where it was published: a claim as a list entry.
(function (syriamap) {
  "use strict";
  const { data, el, link, words } = syriamap;

  function actorName(records, row) {
    return row >= 0 ? records.actors.name[row] : "nobody named";
  }

  function sentence(records, claim) {
    const { claims } = records;
    const against = claims.against[claim];
    const prepositions = { captured: " from ", lost: " to ", contested: " with " };
    const relation = claims.relation[claim];
    const from = Object.prototype.hasOwnProperty.call(prepositions, relation) ? prepositions[relation] : ", against ";
    return el(
      "p", "sm-said",
      data(actorName(records, claims.actor[claim]), "sm-strong"), " ",
      words.relation(relation), " ",
      data(claims.place[claim] >= 0 ? records.places.name[claims.place[claim]] : "this place"),
      against >= 0 ? from : null,
      against >= 0 ? data(records.actors.name[against]) : null,
    );
  }

  function claimEntry(records, claim, isDeciding) {
    const { claims } = records;
    const certainty = claims.certainty[claim];
    const speaker = claims.asserted_by[claim];
    const note = [claims.place_note.get(claim), claims.note.get(claim)].filter(Boolean).join("; ");
    const precision = claims.precision[claim];
    const day = (precision && precision !== "day" ? "about " : "") + words.longDate(claims.event_date[claim]);
    const reported = claims.reported_on[claim];
    return el(
      "li", isDeciding ? "sm-claim sm-deciding" : "sm-claim",
      sentence(records, claim),
      el("p", "sm-meta", day, " · ", el("span", "sm-tag sm-" + (/^[a-z]+$/.test(certainty) ? certainty : "other"), words.certainty(certainty)), isDeciding ? el("span", "sm-tag", "decided the state") : null),
      speaker ? el("p", "sm-meta", "According to ", data(speaker)) : null,
      el("p", "sm-meta", data(claims.publisher[claim]), ": ", link(claims.url[claim], claims.title[claim]), reported ? ", " + words.longDate(reported) : ""),
      note ? el("p", "sm-meta sm-note", data(note)) : null,
    );
  }

  // Deciding claims first, the weightiest of them on top, then the others, latest first.
  function claimList(records, rows, deciding) {
    const decided = new Set(deciding);
    const ordered = [...deciding, ...rows.filter((row) => !decided.has(row))];
    return el("ol", "sm-claims", ...ordered.map((row) => claimEntry(records, row, decided.has(row))));
  }

  syriamap.claims = { actorName, claimList };
})((window.syriamap = window.syriamap || {}));
