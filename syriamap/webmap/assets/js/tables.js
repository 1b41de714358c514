// What lies beside the map: places and events as tables, and where it all comes from.
(function (syriamap) {
  "use strict";
  const { button, data, el, names, words } = syriamap;

  function header(...titles) {
    const cells = titles.map((title) => {
      const cell = el("th", "", title);
      cell.scope = "col";
      return cell;
    });
    return el("thead", "", el("tr", "", ...cells));
  }

  function holderText(records, row) {
    const { places } = records;
    if (places.actor[row] >= 0) {
      return data(names.actor(records, places.actor[row]));
    }
    return places.leaning[row] >= 0
      ? el("span", "", ...words.phrase("leans_to", { actor: data(names.actor(records, places.leaning[row])) }))
      : "";
  }

  function placesTable(records, openPlace) {
    const { places, evidence } = records;
    const name = new Map([...evidence.keys()].map((row) => [row, names.place(records, row)]));
    const rows = [...name.keys()].sort((a, b) => (name.get(a) < name.get(b) ? -1 : 1));
    return el(
      "table", "",
      el("caption", "", words.page("table_places")),
      header(words.page("place"), words.page("holder"), words.page("status"), words.page("since")),
      el(
        "tbody", "",
        ...rows.map((row) =>
          el(
            "tr", "",
            el("td", "", button("sm-link", data(name.get(row)), () => openPlace(row))),
            el("td", "", holderText(records, row)),
            el("td", "", words.status(places.status[row])),
            el("td", "", words.longDate(places.since[row])),
          ),
        ),
      ),
    );
  }

  const AGES = [1, 3, 7];
  const SOURCES = 3;

  function choice(label, values, onChange) {
    const select = el("select", "");
    for (const [value, text] of values) {
      const option = el("option", "", text);
      option.value = value;
      select.append(option);
    }
    select.addEventListener("change", onChange);
    return { element: el("label", "sm-field", label + " ", select), value: () => select.value };
  }

  // Strikes and advances, newest first; narrowed by kind, actor, age and a word of place or source, and
  // ordered by any column.
  function eventsTable(records, openEvent) {
    const { claims, events, page } = records;
    if (!events.kind.length) {
      return el("p", "", words.page("no_events"));
    }
    const source = (row) => [...new Set(events.claims[row].map((claim) => claims.publisher[claim]))].join(words.page("list_comma"));
    const few = (row) => {
      const all = [...new Set(events.claims[row].map((claim) => claims.publisher[claim]))];
      return all.slice(0, SOURCES).join(words.page("list_comma")) + (all.length > SOURCES ? " +" + words.number(all.length - SOURCES) : "");
    };
    const actorOf = (row) => (events.actor[row] >= 0 ? names.actor(records, events.actor[row]) : "");
    const columns = [
      ["event", (row) => words.sign(events.kind[row])], ["place", (row) => names.event(records, row)],
      ["by", actorOf], ["day", (row) => events.event_date[row]], ["sources_column", source],
    ];
    const any = [["", words.page("any")]];
    const kind = choice(words.page("event"), [...any, ...[...new Set(events.kind)].map((one) => [one, words.sign(one)])], () => draw());
    const actor = choice(words.page("by"), [...any, ...[...new Set(events.actor)].filter((one) => one >= 0).map((one) => [String(one), names.actor(records, one)])], () => draw());
    const age = choice(words.page("age"), [...any, ...AGES.map((days) => [String(days), words.count("last_days", days)])], () => draw());
    const field = el("input", "sm-filter");
    Object.assign(field, { type: "search", autocomplete: "off", placeholder: words.page("filter_events") });
    field.setAttribute("aria-label", words.page("filter_events"));
    field.addEventListener("input", () => draw());
    const told = el("caption", "");
    told.setAttribute("role", "status");
    const body = el("tbody");
    let order = 3;
    let way = -1;
    const heads = columns.map(([key], index) => {
      const cell = el("th", "", button("sm-sort", words.page(key), () => {
        way = order === index ? -way : index === 3 ? -1 : 1;
        order = index;
        draw();
      }));
      cell.scope = "col";
      return cell;
    });

    function draw() {
      const wanted = field.value.trim().toLowerCase();
      const rows = events.kind.map((_, row) => row).filter((row) =>
        (!kind.value() || events.kind[row] === kind.value()) && (!actor.value() || events.actor[row] === Number(actor.value())) &&
        (!age.value() || Date.parse(page.date) - Date.parse(events.event_date[row]) < Number(age.value()) * 864e5) &&
        (!wanted || (names.event(records, row) + " " + source(row)).toLowerCase().includes(wanted)));
      const key = columns[order][1];
      rows.sort((a, b) => (key(a) < key(b) ? -way : key(a) > key(b) ? way : a - b));
      heads.forEach((cell, index) => cell.setAttribute("aria-sort", index !== order ? "none" : way > 0 ? "ascending" : "descending"));
      told.textContent = words.count("events", rows.length) + ". " + words.page("table_events");
      body.replaceChildren(...rows.map((row) => el(
        "tr", "",
        el("td", "", words.sign(events.kind[row])),
        el("td", "", button("sm-link", data(names.event(records, row)), () => openEvent(row))),
        el("td", "", data(actorOf(row))),
        el("td", "", words.longDate(events.event_date[row])),
        el("td", "sm-meta", data(few(row))),
      )));
    }
    draw();
    return el("div", "", el("p", "sm-fields", kind.element, actor.element, age.element, field), el("table", "sm-eventful", told, el("thead", "", el("tr", "", ...heads)), body));
  }

  function about(records) {
    const { page } = records;
    const side = page.according_to || records.story;
    const story = side
      ? [el("p", "", ...words.phrase("one_side", { side: data(names.side(records, side)) }), " " + words.page("story_note"))]
      : [];
    const network = page.tiles
      ? words.phrase("tiles_network", { host: data(page.tiles.hosts.join(words.page("list_comma"))) })
      : [words.page("no_network")];
    return el(
      "div", "sm-about",
      el("h2", "", data(syriamap.heading.title(records))),
      el("p", "", data(syriamap.heading.notes(records).join(" · "))),
      ...story,
      el("p", "", words.page("counts", {
        claims: words.number(page.claims), sources: words.number(page.sources), publishers: words.number(page.publishers),
      })),
      page.held_out.length ? el("p", "", words.page("held_out", {
        right: words.number(page.held_out[0]), places: words.number(page.held_out[1]),
      })) : null,
      el("p", "", el("strong", "", words.page("claim_is_not")), " " + words.page("claim_is")),
      el("h3", "", words.page("borders")),
      el("p", "", data(names.border(records))),
      ...page.disputes.map((text) => el("p", "", data(text))),
      page.schematic ? el("p", "", words.page("schematic")) : null,
      el("h3", "", words.page("licences")),
      el("ul", "", ...page.attribution.map((text) => el("li", "", data(text))), el("li", "", words.page("drawn_with"))),
      el("p", "sm-meta", ...network),
    );
  }

  syriamap.tables = { about, eventsTable, placesTable };
})((window.syriamap = window.syriamap || {}));
