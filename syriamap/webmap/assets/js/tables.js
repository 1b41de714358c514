// What lies beside the map: places and events as tables, and where it all comes from.
(function (syriamap) {
  "use strict";
  const { button, data, el, words } = syriamap;

  function header(...names) {
    const cells = names.map((name) => {
      const cell = el("th", "", name);
      cell.scope = "col";
      return cell;
    });
    return el("thead", "", el("tr", "", ...cells));
  }

  function holderText(records, row) {
    const { actors, places } = records;
    if (places.actor[row] >= 0) {
      return data(actors.name[places.actor[row]]);
    }
    return places.leaning[row] >= 0 ? el("span", "", "leans to ", data(actors.name[places.leaning[row]])) : "";
  }

  function placesTable(records, openPlace) {
    const { places, evidence } = records;
    const rows = [...evidence.keys()].sort((a, b) => (places.name[a] < places.name[b] ? -1 : 1));
    const caption = el("caption", "", "Places with evidence. A name opens the place on the map.");
    return el(
      "table", "",
      caption,
      header("Place", "Holder", "Status", "Since"),
      el(
        "tbody", "",
        ...rows.map((row) =>
          el(
            "tr", "",
            el("td", "", button("sm-link", data(places.name[row]), () => openPlace(row))),
            el("td", "", holderText(records, row)),
            el("td", "", words.status(places.status[row])),
            el("td", "", words.longDate(places.since[row])),
          ),
        ),
      ),
    );
  }

  function eventsTable(records, openEvent) {
    const { actors, events } = records;
    const rows = events.kind.map((_, row) => row);
    rows.sort((a, b) => (events.event_date[a] < events.event_date[b] ? 1 : events.event_date[a] > events.event_date[b] ? -1 : a - b));
    return el(
      "table", "",
      el("caption", "", "Strikes and advances of the last days. A name opens the event on the map."),
      header("Event", "Place", "By", "Day"),
      el(
        "tbody", "",
        ...rows.map((row) =>
          el(
            "tr", "",
            el("td", "", words.event(events.kind[row])),
            el("td", "", button("sm-link", data(events.name[row]), () => openEvent(row))),
            el("td", "", events.actor[row] >= 0 ? data(actors.name[events.actor[row]]) : ""),
            el("td", "", words.longDate(events.event_date[row])),
          ),
        ),
      ),
    );
  }

  function cutOff(page) {
    if (page.known_by) {
      return "Information cut-off: " + words.longDate(page.known_by);
    }
    return page.latest_report ? "Reports up to " + words.longDate(page.latest_report) : "No reports yet";
  }

  function about(records) {
    const { page } = records;
    const story = page.according_to
      ? [el("p", "", "This map tells the story of one side: ", data(page.according_to), ".")]
      : [];
    return el(
      "div", "sm-about",
      el("h2", "", data(page.title)),
      el("p", "", cutOff(page) + "."),
      ...story,
      el(
        "p", "",
        words.number(page.claims) + " claims from " + words.number(page.sources) + " sources by " +
          words.number(page.publishers) + " publishers count on this map.",
      ),
      el(
        "p", "",
        el("strong", "", "A claim is not control."),
        " A claim is what somebody said, on a day, about a place. Control is what is inferred from all of " +
          "them. Color says who, texture how sure, line style which boundary. What nobody reports stays " +
          "undetermined and is not painted.",
      ),
      el("h3", "", "Borders"),
      el("p", "", data(page.border)),
      ...page.disputes.map((text) => el("p", "", data(text))),
      page.schematic ? el("p", "", "Roads are schematic.") : null,
      el("h3", "", "Sources and licences"),
      el("ul", "", ...page.attribution.map((text) => el("li", "", data(text))), el("li", "", "Drawn with Leaflet 1.9.4 (BSD-2-Clause) and topojson-client 3.1.0 (ISC)")),
      el("p", "sm-meta", "This page is one file. It asks nothing of the network; a link to a source opens only when you follow it."),
    );
  }

  syriamap.tables = { about, cutOff, eventsTable, placesTable };
})((window.syriamap = window.syriamap || {}));
