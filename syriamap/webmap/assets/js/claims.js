// What was said, by whom, where it was published: a claim as a list entry.
(function (syriamap) {
  "use strict";
  const { data, el, link, names, words } = syriamap;

  function sentence(records, claim) {
    const { claims } = records;
    const against = claims.against[claim];
    const at = claims.place[claim];
    return el("p", "sm-said", ...words.said(claims.relation[claim], {
      actor: data(names.actor(records, claims.actor[claim]), "sm-strong"),
      place: data(at >= 0 ? names.place(records, at) : words.page("this_place")),
      relation: data(claims.relation[claim]),
      against: against >= 0 ? data(names.actor(records, against)) : null,
    }));
  }

  function published(records, claim) {
    const { claims } = records;
    const reported = claims.reported_on[claim];
    const host = /^https?:\/\/(?:www\.)?([^/?#]+)/i.exec(claims.url[claim] || "");
    const archive = claims.archive ? claims.archive[claim] : "";
    return el("p", "sm-meta", ...words.phrase(reported ? "published_on" : "published", {
      publisher: data(claims.publisher[claim]), title: link(claims.url[claim], claims.title[claim]), date: words.longDate(reported),
    }), host ? el("span", "sm-host", " · ", data(host[1])) : null, archive ? el("span", "", " · ", link(archive, words.page("archived"))) : null);
  }

  // What the map would show without this report, where that was computed.
  function missing(records, change) {
    if (!change) {
      return null;
    }
    const [claim, actor, km2] = change;
    const place = records.claims.place[claim];
    if (!km2 && place >= 0 && actor === records.places.actor[place]) {
      return el("p", "sm-meta sm-without", words.page("without_same"));
    }
    const state = el("span", "", actor >= 0 ? data(names.actor(records, actor)) : words.status("undetermined"));
    const told = km2 > 0 ? el("span", "", ...words.phrase("without_area", { state, km2: words.km2(km2) })) : state;
    return el("p", "sm-meta sm-without", ...words.phrase("without", { state: told }));
  }

  // `here` is the place whose panel lists the claim; a claim about another place names that one.
  function claimEntry(records, claim, isDeciding, change, here) {
    const { claims } = records;
    const certainty = claims.certainty[claim];
    const speaker = claims.asserted_by[claim];
    const about = claims.place[claim];
    const elsewhere = here >= 0 && about >= 0 && about !== here ? records.places.name[about] : "";
    const note = [elsewhere, claims.place_note.get(claim), claims.note.get(claim)].filter(Boolean).join("; ");
    const precision = claims.precision[claim];
    const date = words.longDate(claims.event_date[claim]);
    const day = precision && precision !== "day" ? words.page("about_day", { date }) : date;
    const counts = records.counts ? records.counts(claim) : true;
    return el(
      "li", "sm-claim" + (isDeciding ? " sm-deciding" : "") + (counts ? "" : " sm-uncounted"),
      sentence(records, claim),
      el(
        "p", "sm-meta", day, " · ",
        el("span", "sm-tag sm-" + (/^[a-z]+$/.test(certainty) ? certainty : "other"), words.certainty(certainty)),
        isDeciding ? el("span", "sm-tag", words.page("decided")) : null,
        counts ? null : el("span", "sm-tag", words.page("not_counted")),
      ),
      speaker ? el("p", "sm-meta", ...words.phrase("according_to", { speaker: data(speaker) })) : null,
      syriamap.pieces.standIn(records, claim) || published(records, claim),
      note ? el("p", "sm-meta sm-note", data(note)) : null,
      missing(records, change),
    );
  }

  // Deciding claims first, the weightiest of them on top, then the others, latest first. `without`
  // has [claim, actor after, km² changed] for claims whose loss was computed.
  function claimList(records, rows, deciding, without, here) {
    const decided = new Set(deciding);
    const changes = new Map((without || []).map((change) => [change[0], change]));
    const ordered = [...deciding, ...rows.filter((row) => !decided.has(row))];
    return el("ol", "sm-claims", ...ordered.map((row) => claimEntry(records, row, decided.has(row), changes.get(row), here)));
  }

  const TAKES = new Set(["controls", "captured", "entered"]);
  const LEAVES = new Set(["lost", "withdrew"]);
  const MANY = 6;

  // Whether a claim gives the place to its holder, to somebody else, or tells of fighting.
  function groupOf({ claims }, claim, holder) {
    const relation = claims.relation[claim];
    if (!TAKES.has(relation) && !LEAVES.has(relation)) {
      return "claims_fighting";
    }
    const given = TAKES.has(relation) ? claims.actor[claim] : claims.against[claim];
    return holder >= 0 && given === holder ? "claims_same" : "claims_other";
  }

  // Claims by what they say of the holder: what decided is open, the rest is unfolded; a word narrows all.
  function claimGroups(records, rows, deciding, without, here) {
    const { claims, places } = records;
    if (rows.length <= MANY) {
      return claimList(records, rows, deciding, without, here);
    }
    const decided = new Set(deciding);
    const groups = new Map([["claims_decided", deciding], ["claims_same", []], ["claims_other", []], ["claims_fighting", []]]);
    rows.filter((row) => !decided.has(row)).forEach((row) => groups.get(groupOf(records, row, places.actor[here])).push(row));
    const textOf = (row) => [claims.publisher[row], claims.title[row], claims.asserted_by[row], claims.actor[row] >= 0 ? names.actor(records, claims.actor[row]) : "", claims.event_date[row]].join(" ").toLowerCase();
    const field = el("input", "sm-filter");
    Object.assign(field, { type: "search", autocomplete: "off", placeholder: words.page("filter_claims") });
    field.setAttribute("aria-label", words.page("filter_claims"));
    const told = el("p", "sm-hidden");
    told.setAttribute("role", "status");
    const parts = [...groups].filter(([, members]) => members.length).map(([key, members], index) => {
      const details = el("details", "sm-group");
      const title = el("summary");
      details.append(title);
      details.open = index === 0;
      const draw = () => {
        const wanted = field.value.trim().toLowerCase();
        const found = wanted ? members.filter((row) => textOf(row).includes(wanted)) : members;
        title.textContent = words.page(key) + " (" + words.number(found.length) + ")";
        details.hidden = !found.length;
        if (wanted) {
          details.open = true;
        }
        details.querySelector("ol")?.remove();
        if (details.open) {
          details.append(claimList(records, found, key === "claims_decided" ? found : [], without, here));
        }
        return found.length;
      };
      details.addEventListener("toggle", () => {
        if (details.open && !details.querySelector("ol")) {
          draw();
        }
      });
      draw();
      return { details, draw };
    });
    field.addEventListener("input", () => {
      told.textContent = words.count("claims", parts.reduce((sum, { draw }) => sum + draw(), 0));
    });
    return el("div", "", field, told, ...parts.map(({ details }) => details));
  }

  syriamap.claims = { claimGroups, claimList };
})((window.syriamap = window.syriamap || {}));
