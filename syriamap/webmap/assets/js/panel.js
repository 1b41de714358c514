// The panel: who holds what was clicked, since when, how sure that is, and who says so.
(function (syriamap) {
  "use strict";
  const { button, data, el, names, words } = syriamap;
  const { claimList } = syriamap.claims;
  const NEAREST = 8;

  function fact(label, ...value) {
    return [el("dt", "", label), el("dd", "", ...value)];
  }

  function swatch(records, actor) {
    const mark = el("i", "sm-swatch");
    mark.style.backgroundColor = actor >= 0 ? records.actors.color[actor] : "transparent";
    return mark;
  }

  function holder(records, actor, leaning, status) {
    if (actor >= 0) {
      return [swatch(records, actor), data(names.actor(records, actor)), otherName(records, actor)];
    }
    if (leaning >= 0) {
      const key = status === "contested" ? "leans" : "likeliest";
      return [swatch(records, leaning), ...words.phrase(key, { actor: data(names.actor(records, leaning)) })];
    }
    return [words.page("not_known")];
  }

  // The same in a few words, for a tip at the mouse.
  function holderText(records, table, row) {
    const [actor, leaning, status] = [table.actor[row], table.leaning[row], table.status[row]];
    const doubt = table.doubt && table.doubt[row];
    if (actor >= 0) {
      return [data(names.actor(records, actor)), status === "held" ? null : words.page("clause_comma") + words.status(status)];
    }
    const who = leaning >= 0 ? words.phrase(status === "contested" ? "leans" : "likeliest", { actor: data(names.actor(records, leaning)) }) : [words.status(status)];
    return doubt ? [...who, el("br"), words.doubt(doubt)] : who;
  }

  // Who holds a place since when, and how many said so: the answer before its grounds.
  function summary(records, row, proof) {
    const { claims, places } = records;
    const actor = places.actor[row];
    const told = proof.deciding.filter((claim) => actor < 0 || claims.actor[claim] === actor || claims.against[claim] === actor);
    const counted = told.length ? told : proof.deciding;
    const different = (key) => new Set(counted.map(key)).size;
    const since = places.since[row];
    const state = el("strong", "", ...(actor >= 0 ? [data(names.actor(records, actor))] : [words.status(places.status[row])]),
      actor >= 0 && places.status[row] !== "held" ? words.page("clause_comma") + words.status(places.status[row]) : null,
      since ? " " + words.page("since_day", { date: words.longDate(since) }) : null);
    const sources = words.count("sources", different((claim) => claims.publisher[claim] + "\n" + claims.title[claim]));
    const publishers = words.count("publishers", different((claim) => claims.publisher[claim]));
    const own = proof.reasons.includes("against_interest") ? " " + words.page("own_statement") : "";
    return el("p", "sm-summary", state, words.page("told_in", { sources, publishers }), own);
  }

  // A reason with the number of claims that say it, where claims say it.
  function reasonItem(records, proof, code) {
    const count = proof.deciding.filter((claim) => records.claims.relation[claim] === code).length;
    return el("li", "", data(words.reason(code)), count > 1 ? " (" + words.number(count) + ")" : null);
  }

  function otherName(records, actor) {
    const name = names.otherActor(records, actor);
    return name ? el("div", "sm-ar", data(name)) : null;
  }

  // Whose panel an element shows: who shows something takes it from the other.
  const owners = new WeakMap();

  function panel(records, element, actions) {
    let opener = null;
    let again = null;
    let redrawing = false;
    let shownPlace = -1;
    let leave = null;
    let linkTo = null;
    let renew = null;

    // The same for another day, without taking the focus from the slider.
    function draw() {
      if (again && isShown()) {
        redrawing = true;
        again();
        redrawing = false;
      }
    }

    const isShown = () => !element.hidden && owners.get(element) === hide;

    function show(title, other, ...content) {
      if (!element.hidden && !isShown()) {
        owners.get(element)();
      }
      owners.set(element, hide);
      const held = redrawing ? document.activeElement : null;
      opener = element.contains(document.activeElement) ? opener : document.activeElement;
      const heading = el("h2", "", data(title), other ? el("span", "sm-ar", " ", data(other)) : null);
      heading.tabIndex = -1;
      const close = button("sm-close", "×", hide);
      close.setAttribute("aria-label", words.page("close"));
      syriamap.clear(element).append(close, heading, ...content.filter(Boolean));
      element.hidden = false;
      element.dispatchEvent(new Event("sm-panel"));
      if (redrawing) {
        if (held && !document.contains(held)) {
          heading.focus({ preventScroll: true });
        }
        return;
      }
      element.scrollTop = 0;
      heading.focus({ preventScroll: true });
    }

    // Written again in the language that is now spoken.
    function relabel() {
      if (renew && isShown()) {
        redrawing = true;
        renew();
        redrawing = false;
      }
    }

    // A panel with content of its own; `onHide` is told when it goes.
    function custom(key, content, onHide) {
      const same = leave === onHide && !element.hidden;
      if (!same) {
        left();
      }
      again = null;
      renew = () => custom(key, content, onHide);
      shownPlace = -1;
      redrawing = same;
      show(words.page(key), "", ...content());
      redrawing = false;
      leave = onHide;
    }

    function left() {
      const told = leave;
      leave = null;
      if (told) {
        told();
      }
    }

    function hide() {
      if (!isShown()) {
        return false;
      }
      left();
      element.hidden = true;
      element.dispatchEvent(new Event("sm-panel"));
      again = null;
      shownPlace = -1;
      actions.highlight(null);
      if (!redrawing && opener && document.contains(opener)) {
        opener.focus({ preventScroll: true });
      }
      return true;
    }

    // The address of this page as it is now, to be copied into a report.
    function hereLink() {
      const anchor = el("a", "", words.page("link_here"));
      anchor.href = linkTo ? linkTo() : "#";
      const update = () => { anchor.href = linkTo(); };
      ["focus", "pointerdown", "contextmenu"].forEach((name) => anchor.addEventListener(name, update));
      return anchor;
    }

    function place(row) {
      left();
      again = renew = () => place(row);
      shownPlace = row;
      const { places } = records;
      const proof = records.evidence.get(row);
      const since = places.since[row];
      const decided = proof ? proof.deciding : [];
      // claims about a whole area, or about places that fell around it, decide too
      const rows = [...new Set([...(records.claimsOf.get(row) || []), ...decided])];
      const isTold = records.isWhole && syriamap.pieces.told(records, rows, relabel);
      show(
        names.place(records, row), names.other(records, row),
        el("p", "sm-kind", words.kind(places.kind[row]), places.population[row] ? " · " + words.page("population", { count: words.number(places.population[row]) }) : ""),
        proof && decided.length ? (isTold ? summary(records, row, proof) : el("p", "sm-summary", "…")) : null,
        el(
          "dl", "",
          ...fact(words.page("holder"), ...holder(records, places.actor[row], places.leaning[row], places.status[row])),
          ...fact(words.page("status"), words.status(places.status[row])),
          ...(records.isWhole ? fact(words.page("confidence"), words.confidence(places.confidence[row])) : []),
          ...(since ? fact(words.page("since"), words.longDate(since)) : []),
          ...(rows.length ? fact(words.page("latest"), words.count("days_before", syriamap.doubt.ageOf(records, row))) : []),
          ...(proof && proof.reasons.length ? fact(words.page("because"), el("ul", "sm-reasons", ...proof.reasons.map((code) => reasonItem(records, proof, code)))) : []),
        ),
        proof ? null : el("p", "sm-note", words.page("no_claim")),
        records.isWhole ? null : syriamap.waitingNote(records),
        syriamap.stories.told(records, row),
        rows.length ? el("h3", "", words.count("claims", rows.length)) : null,
        rows.length ? syriamap.claims.claimGroups(records, rows, decided, proof ? proof.without : null, row) : null,
        proof ? null : el("h3", "", words.page("nearest")),
        proof ? null : nearest(places.lat[row], places.lon[row], null),
        el("p", "sm-meta", hereLink()),
      );
      actions.highlight([places.lat[row], places.lon[row]]);
    }

    function nearest(lat, lon, shape) {
      const { places, evidence } = records;
      const found = [...evidence.keys()].map((row) => ({
        row,
        km: syriamap.geometry.kilometers(lat, lon, places.lat[row], places.lon[row]),
        inside: shape ? syriamap.geometry.contains(shape, places.lon[row], places.lat[row]) : true,
      }));
      // Places inside the area speak for it; those outside are named after them.
      found.sort((a, b) => b.inside - a.inside || a.km - b.km || a.row - b.row);
      return el(
        "ul", "sm-nearest",
        ...found.slice(0, NEAREST).map(({ row, km, inside }) =>
          el(
            "li", "",
            button("sm-link", data(names.place(records, row)), () => actions.openPlace(row, true)),
            el("span", "sm-meta", " " + words.page(inside ? "distance" : "distance_outside", { km: words.number(km) })),
          ),
        ),
      );
    }

    function area(row, latlng) {
      left();
      again = hide;
      renew = () => area(row, latlng);
      shownPlace = -1;
      const { areas } = records;
      const status = areas.status[row];
      const actor = areas.actor[row];
      show(
        actor >= 0 ? names.actor(records, actor) : words.page(status === "contested" ? "contested_area" : "undetermined_area"),
        actor >= 0 ? names.otherActor(records, actor) : "",
        el("p", "sm-kind", words.page("area_kind")),
        el(
          "dl", "",
          ...fact(words.page("holder"), ...holder(records, actor, areas.leaning[row], status)),
          ...fact(words.page("status"), words.status(status)),
          ...fact(words.page("confidence"), words.confidence(areas.confidence[row])),
          ...fact(words.page("area"), words.km2(areas.km2[row])),
          ...(areas.doubt && areas.doubt[row] ? fact(words.page("because"), data(words.doubt(areas.doubt[row]))) : []),
        ),
        el("h3", "", words.page("nearest_first")),
        nearest(latlng.lat, latlng.lng, actions.areaShape(row)),
      );
      actions.highlight([latlng.lat, latlng.lng]);
    }

    function line(row, latlng) {
      left();
      again = hide;
      renew = () => line(row, latlng);
      shownPlace = -1;
      const { lines } = records;
      show(
        words.page(lines.kind[row] === "front" ? "line_front" : "line_boundary"), "",
        el(
          "dl", "",
          ...fact(words.page("between"), swatch(records, lines.actor_a[row]), data(names.actor(records, lines.actor_a[row]))),
          ...fact(words.page("and"), swatch(records, lines.actor_b[row]), data(names.actor(records, lines.actor_b[row]))),
          ...fact(words.page("length"), words.page("distance", { km: words.number(records.lineKm(row)) })),
        ),
        el("p", "sm-note", words.page("line_note")),
        el("h3", "", words.page("nearest_first")),
        nearest(latlng.lat, latlng.lng, null),
      );
      actions.highlight([latlng.lat, latlng.lng]);
    }

    function event(rows) {
      left();
      again = hide;
      renew = () => event(rows);
      shownPlace = -1;
      const { events } = records;
      const [first] = rows;
      if (records.isWhole) {
        syriamap.pieces.told(records, rows.flatMap((one) => events.claims[one]), relabel);
      }
      const content = rows.map((row) =>
        el(
          "section", "sm-one",
          el(
            "dl", "",
            ...fact(words.page("by"), swatch(records, events.actor[row]), data(names.actor(records, events.actor[row]))),
            ...(events.against[row] >= 0 ? fact(words.page("against"), data(names.actor(records, events.against[row]))) : []),
            ...(events.origin[row].length ? fact(words.page("from"), ...words.phrase("nearest_held", { actor: data(names.actor(records, events.actor[row])), km: words.number(events.origin[row][2]) })) : []),
            ...fact(words.page("on"), words.longDate(events.event_date[row])),
            ...fact(words.page("certainty"), words.certainty(events.certainty[row])),
          ),
          records.isWhole ? claimList(records, events.claims[row], []) : syriamap.waitingNote(records),
        ),
      );
      show(
        words.page(events.kind[first] === "struck" ? "strike_at" : "advance_to", { place: names.event(records, first) }), "",
        el("p", "sm-kind", words.count("events", rows.length)),
        ...content,
        events.place[first] >= 0 ? el("p", "", button("sm-link", words.page("all_about"), () => actions.openPlace(events.place[first], false))) : null,
      );
      actions.highlight([events.lat[first], events.lon[first]]);
    }

    return { area, custom, draw, event, hide, isShown, line, linked: (link) => { linkTo = link; }, opened: () => shownPlace, place, relabel };
  }

  Object.assign(syriamap, { holderText, panel });
})((window.syriamap = window.syriamap || {}));
