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

  function eventsTable(records, openEvent) {
    const { events } = records;
    const rows = events.kind.map((_, row) => row);
    rows.sort((a, b) => (events.event_date[a] < events.event_date[b] ? 1 : events.event_date[a] > events.event_date[b] ? -1 : a - b));
    return el(
      "table", "",
      el("caption", "", words.page("table_events")),
      header(words.page("event"), words.page("place"), words.page("by"), words.page("day")),
      el(
        "tbody", "",
        ...rows.map((row) =>
          el(
            "tr", "",
            el("td", "", words.sign(events.kind[row])),
            el("td", "", button("sm-link", data(names.event(records, row)), () => openEvent(row))),
            el("td", "", events.actor[row] >= 0 ? data(names.actor(records, events.actor[row])) : ""),
            el("td", "", words.longDate(events.event_date[row])),
          ),
        ),
      ),
    );
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
