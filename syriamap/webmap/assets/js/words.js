// The page's own words: codes of the data → plain English.
(function (syriamap) {
  "use strict";
  const MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ];
  const KINDS = {
    city: "City", town: "Town", village: "Village", district: "District", hamlet: "Hamlet",
    airbase: "Air base", airport: "Airport", naval_base: "Naval base", base: "Base",
    bridge: "Bridge", dam: "Dam", crossing: "Border crossing", road_point: "Road point",
    heliport: "Heliport",
  };
  const STATUSES = {
    held: "Held", contested: "Contested", besieged: "Besieged", undetermined: "Undetermined",
  };
  // Actor, relation, place: "HTS captured Hama".
  const RELATIONS = {
    controls: "controls", captured: "captured", lost: "lost", withdrew: "withdrew from",
    contested: "contests", entered: "entered", besieged: "besieges",
    advanced_toward: "advanced toward", struck: "struck",
  };
  const CERTAINTIES = {
    asserted: "stated as fact", claimed: "claimed", unconfirmed: "unconfirmed", denied: "denied",
  };
  const EVENTS = { struck: "Strike", advanced_toward: "Advance toward" };
  const LINES = { front: "Front line", boundary: "Boundary between sides not hostile" };
  // The codes of `control.py`.
  const REASONS = {
    controls: "said to be held",
    captured: "said to be captured",
    lost: "said to be lost",
    withdrew: "said to be left",
    contested: "said to be fought over",
    entered: "said to be entered",
    besieged: "said to be under siege",
    against_interest: "said against the speaker's own interest, so it counts more",
    own_interest: "said in the speaker's own interest, so it counts less",
    corroborated: "independent sources agree",
    single_origin: "all of it goes back to one source",
    fighting: "fighting is reported and no one has won it",
    conflicting_reports: "reports conflict",
    no_known_holder: "no report names who holds it now",
    siege: "enemies surround it",
    aged: "the last report is more than half a year old",
  };

  function reason(code) {
    const denied = /^denied_(.+)$/.exec(code);
    if (denied) {
      return "a report is denied (" + word(REASONS, denied[1]) + ")";
    }
    return word(REASONS, code).replaceAll("_", " ");
  }

  function word(table, code) {
    return Object.prototype.hasOwnProperty.call(table, code) ? table[code] : code;
  }

  // "2024-12-06" → "6 December 2024", the same in every time zone.
  function longDate(iso) {
    const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
    return parts ? Number(parts[3]) + " " + MONTHS[Number(parts[2]) - 1] + " " + parts[1] : iso;
  }

  function confidence(percent) {
    const words =
      percent >= 90 ? "very likely" : percent >= 75 ? "likely" : percent >= 60 ? "more likely than not" : "uncertain";
    return words + " (" + percent + " %)";
  }

  // 12345 → "12 345", without a locale.
  function number(value) {
    return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  }

  function km2(value) {
    return (value >= 10 ? number(value) : value.toFixed(1)) + " km²";
  }

  syriamap.words = {
    certainty: (code) => word(CERTAINTIES, code),
    confidence,
    event: (code) => word(EVENTS, code),
    kind: (code) => word(KINDS, code),
    km2,
    line: (code) => word(LINES, code),
    longDate,
    number,
    reason,
    relation: (code) => word(RELATIONS, code),
    status: (code) => word(STATUSES, code),
  };
})((window.syriamap = window.syriamap || {}));
