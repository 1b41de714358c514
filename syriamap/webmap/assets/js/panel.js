// The panel: who holds what was clicked, since when, how sure that is, and who says so.
(function (syriamap) {
  "use strict";
  const { button, data, el, words } = syriamap;
  const { actorName, claimList } = syriamap.claims;
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
      return [swatch(records, actor), data(records.actors.name[actor]), arabicOf(records, actor)];
    }
    if (leaning >= 0) {
      const doubt = status === "contested" ? "Contested; evidence leans to " : "Undetermined; likeliest ";
      return [swatch(records, leaning), doubt, data(records.actors.name[leaning])];
    }
    return ["Not known"];
  }

  function arabicOf(records, actor) {
    const name = records.actors.name_ar[actor];
    return name ? el("div", "sm-ar", data(name)) : null;
  }

  function panel(records, element, actions) {
    let opener = null;
    let again = null;
    let redrawing = false;
    let shownPlace = -1;
    let leave = null;
    let linkTo = null;

    // The same for another day, without taking the focus from the slider.
    function draw() {
      if (again && !element.hidden) {
        redrawing = true;
        again();
        redrawing = false;
      }
    }

    function show(title, arabic, ...content) {
      const held = redrawing ? document.activeElement : null;
      opener = element.contains(document.activeElement) ? opener : document.activeElement;
      const heading = el("h2", "", data(title), arabic ? el("span", "sm-ar", " ", data(arabic)) : null);
      heading.tabIndex = -1;
      const close = button("sm-close", "×", hide);
      close.setAttribute("aria-label", "Close details");
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

    // A panel with content of its own; `onHide` is told when it goes.
    function custom(title, content, onHide) {
      const same = leave === onHide && !element.hidden;
      if (!same) {
        left();
      }
      again = null;
      shownPlace = -1;
      redrawing = same;
      show(title, "", ...content());
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
      if (element.hidden) {
        return;
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
    }

    // The address of this page as it is now, to be copied into a report.
    function hereLink() {
      const anchor = el("a", "", "Link to this place on this date");
      anchor.href = linkTo ? linkTo() : "#";
      const renew = () => { anchor.href = linkTo(); };
      ["focus", "pointerdown", "contextmenu"].forEach((name) => anchor.addEventListener(name, renew));
      return anchor;
    }

    function place(row) {
      left();
      again = () => place(row);
      shownPlace = row;
      const { places } = records;
      const proof = records.evidence.get(row);
      const rows = records.claimsOf.get(row) || [];
      const since = places.since[row];
      const decided = proof ? proof.deciding : [];
      show(
        places.name[row], places.name_ar.get(row),
        el("p", "sm-kind", words.kind(places.kind[row]), places.population[row] ? " · population " + words.number(places.population[row]) : ""),
        el(
          "dl", "",
          ...fact("Holder", ...holder(records, places.actor[row], places.leaning[row], places.status[row])),
          ...fact("Status", words.status(places.status[row])),
          ...fact("Confidence", words.confidence(places.confidence[row])),
          ...(since ? fact("Since", words.longDate(since)) : []),
          ...(proof && proof.reasons.length ? fact("Because", el("ul", "sm-reasons", ...proof.reasons.map((text) => el("li", "", data(words.reason(text)))))) : []),
        ),
        proof ? null : el("p", "sm-note", "No claim names this place by this date: its state is inferred from the places around it."),
        rows.length ? el("h3", "", rows.length === 1 ? "1 claim" : rows.length + " claims") : null,
        rows.length ? claimList(records, rows, decided) : null,
        proof ? null : el("h3", "", "Nearest places with evidence"),
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
            button("sm-link", data(places.name[row]), () => actions.openPlace(row, true)),
            el("span", "sm-meta", " " + Math.round(km) + " km" + (inside ? "" : ", outside this area")),
          ),
        ),
      );
    }

    function area(row, latlng) {
      left();
      again = hide;
      shownPlace = -1;
      const { areas } = records;
      const status = areas.status[row];
      const actor = areas.actor[row];
      show(
        actor >= 0 ? records.actors.name[actor] : status === "contested" ? "Contested area" : "Undetermined area",
        actor >= 0 ? records.actors.name_ar[actor] : "",
        el("p", "sm-kind", "Area, inferred from the places in and around it"),
        el(
          "dl", "",
          ...fact("Holder", ...holder(records, actor, areas.leaning[row], status)),
          ...fact("Status", words.status(status)),
          ...fact("Confidence", words.confidence(areas.confidence[row])),
          ...fact("Area", words.km2(areas.km2[row])),
        ),
        el("h3", "", "Places with evidence, nearest first"),
        nearest(latlng.lat, latlng.lng, actions.areaShape(row)),
      );
      actions.highlight([latlng.lat, latlng.lng]);
    }

    function line(row, latlng) {
      left();
      again = hide;
      shownPlace = -1;
      const { lines } = records;
      show(
        words.line(lines.kind[row]), "",
        el(
          "dl", "",
          ...fact("Between", swatch(records, lines.actor_a[row]), data(actorName(records, lines.actor_a[row]))),
          ...fact("And", swatch(records, lines.actor_b[row]), data(actorName(records, lines.actor_b[row]))),
          ...fact("Length", words.number(records.lineKm(row)) + " km"),
        ),
        el("p", "sm-note", "The line runs where the two territories meet; it is inferred, not surveyed."),
        el("h3", "", "Places with evidence, nearest first"),
        nearest(latlng.lat, latlng.lng, null),
      );
      actions.highlight([latlng.lat, latlng.lng]);
    }

    function event(rows) {
      left();
      again = hide;
      shownPlace = -1;
      const { events } = records;
      const [first] = rows;
      const content = rows.map((row) =>
        el(
          "section", "sm-one",
          el(
            "dl", "",
            ...fact("By", swatch(records, events.actor[row]), data(actorName(records, events.actor[row]))),
            ...(events.against[row] >= 0 ? fact("Against", data(records.actors.name[events.against[row]])) : []),
            ...fact("On", words.longDate(events.event_date[row])),
            ...fact("Certainty", words.certainty(events.certainty[row])),
          ),
          claimList(records, events.claims[row], []),
        ),
      );
      show(
        words.event(events.kind[first]) + (events.kind[first] === "struck" ? ": " : " ") + events.name[first], "",
        el("p", "sm-kind", rows.length === 1 ? "1 event" : rows.length + " events"),
        ...content,
        events.place[first] >= 0 ? el("p", "", button("sm-link", "All about this place", () => actions.openPlace(events.place[first], false))) : null,
      );
      actions.highlight([events.lat[first], events.lon[first]]);
    }

    document.addEventListener("keydown", (pressed) => {
      if (pressed.key === "Escape") {
        hide();
      }
    });
    return { area, custom, draw, event, hide, line, linked: (link) => { linkTo = link; }, opened: () => shownPlace, place };
  }

  syriamap.panel = panel;
})((window.syriamap = window.syriamap || {}));
