// Sites (bases, crossings, bridges, dams, airfields) and events (strikes, advances) as icons.
(function (syriamap) {
  "use strict";
  const { el, names, symbols, words } = syriamap;
  const MAJOR = new Set(["naval_base", "airbase"]);
  const NOBODY = "#8a8a8a";

  function marker(lat, lon, content, size, anchor, title, onClick) {
    const icon = L.divIcon({ className: "sm-icon", html: content, iconSize: size, iconAnchor: anchor });
    const made = L.marker([lat, lon], { icon, pane: "settlements", keyboard: false, title });
    return made.on("click", () => onClick(made.told));
  }

  // A group whose members come with the zoom.
  function zoomed(map, members) {
    const group = L.layerGroup();
    function refresh() {
      const zoom = map.getZoom();
      for (const { layer, from } of members) {
        if (zoom >= from !== group.hasLayer(layer)) {
          zoom >= from ? group.addLayer(layer) : group.removeLayer(layer);
        }
      }
    }
    map.on("zoomend", refresh);
    group.refresh = refresh;
    return group;
  }

  function siteLayer(map, records, open) {
    const { places, actors, evidence } = records;
    const members = [];
    const boxes = [];
    places.kind.forEach((kind, row) => {
      if (!symbols.SITES.includes(kind)) {
        return;
      }
      const proven = evidence.has(row);
      const box = el("span", "sm-site", symbols.icon(kind, "#1c1c1c", "none", 13));
      boxes.push([row, box]);
      const from = proven ? (MAJOR.has(kind) ? syriamap.dots.NEAR : 8.25) : MAJOR.has(kind) ? 8.5 : 9;
      members.push({
        row,
        from,
        layer: marker(places.lat[row], places.lon[row], box, [19, 19], [9.5, 9.5], names.place(records, row), () => open(row)),
      });
    });
    const group = zoomed(map, members);
    group.members = members;
    group.draw = () => {
      for (const [row, box] of boxes) {
        const holder = places.actor[row];
        box.classList.toggle("sm-proven", records.evidence.has(row));
        box.style.borderColor = holder >= 0 ? actors.color[holder] : NOBODY;
      }
    };
    // The tooltip is the browser's own: the title of the mark.
    group.relabel = () => {
      for (const { row, layer } of members) {
        layer.options.title = names.place(records, row);
        if (layer.getElement()) {
          layer.getElement().title = layer.options.title;
        }
      }
    };
    group.draw();
    return group;
  }

  // A group that holds what is wanted, [key, draw, what a click tells]; a mark that is there stays.
  function keptLayer() {
    const group = L.layerGroup();
    let marks = new Map();
    group.hold = (wanted) => {
      const next = new Map();
      for (const [key, draw, told] of wanted) {
        next.set(key, marks.get(key) || draw());
        next.get(key).told = told;
      }
      for (const [key, mark] of marks) {
        if (next.get(key) !== mark) {
          group.removeLayer(mark);
        }
      }
      for (const [key, mark] of next) {
        if (marks.get(key) !== mark) {
          group.addLayer(mark);
        }
      }
      marks = next;
    };
    return group;
  }

  // With the whole country in view only the last days are shown, and what is near together shares a mark.
  const LAST_DAYS = 3;
  const TOGETHER = 36;
  const isFar = (map) => map.getZoom() < syriamap.dots.NEAR;

  function spotOf(map, { events }, row) {
    if (!isFar(map)) {
      return events.lat[row] + " " + events.lon[row];
    }
    const { x, y } = map.project([events.lat[row], events.lon[row]], map.getZoom());
    return Math.floor(x / TOGETHER) + " " + Math.floor(y / TOGETHER);
  }

  const isLate = ({ events, page }, row) => Date.parse(page.date) - Date.parse(events.event_date[row]) < LAST_DAYS * 864e5;

  // Events of one kind at one place share a mark, with their number.
  function eventLayer(map, records, kind, open) {
    const group = keptLayer();
    group.draw = () => {
      const spots = new Map();
      records.events.kind.forEach((value, row) => {
        if (value === kind && (!isFar(map) || isLate(records, row))) {
          const key = spotOf(map, records, row) + (hasOrigin(records, row) ? " " + records.events.actor[row] : "");
          spots.set(key, [...(spots.get(key) || []), row]);
        }
      });
      group.hold([...spots].map(([spot, rows]) => [
        [spot, words.language(), hasOrigin(records, rows[0]) || isFar(map) ? map.getZoom() : "near", ...rows.map((row) => records.events.row[row])].join(),
        () => (hasOrigin(records, rows[0]) ? arrowMark(map, records, rows, open) : eventMark(records, kind, rows, open)),
        rows,
      ]));
    };
    group.draw();
    map.on("zoomend", group.draw);
    return group;
  }

  const hasOrigin = ({ events }, row) => events.origin[row].length > 0;
  const SHORTEST = 30;
  const LONGEST = 90;

  // From the nearest ground of those who advance; short ones begin within it, to be seen at all.
  function arrowMark(map, records, rows, open) {
    const { events, actors } = records;
    const [first] = rows;
    const [lat, lon] = events.origin[first];
    const target = map.project([events.lat[first], events.lon[first]], map.getZoom());
    const way = target.subtract(map.project([lat, lon], map.getZoom()));
    const length = isFar(map) ? SHORTEST : Math.max(SHORTEST, Math.min(LONGEST, Math.hypot(way.x, way.y)));
    const doubtful = !rows.some((row) => events.certainty[row] === "asserted");
    const mark = el("span", "sm-advance", symbols.arrow(length, Math.atan2(way.y, way.x), actors.color[events.actor[first]], doubtful));
    if (rows.length > 1) {
      mark.appendChild(el("span", "sm-count", words.number(rows.length)));
    }
    const title = words.page("advance_to", { place: names.event(records, first) });
    return Object.assign(marker(events.lat[first], events.lon[first], mark, [14, 14], [7, 7], title, open), { isArrow: true });
  }

  function eventMark(records, kind, rows, open) {
    const { events, actors } = records;
    const [first] = rows;
    const byOne = rows.every((row) => events.actor[row] === events.actor[first]);
    const color = byOne && events.actor[first] >= 0 ? actors.color[events.actor[first]] : "#5b5b5b";
    const certain = rows.some((row) => events.certainty[row] === "asserted");
    const mark = el("span", "sm-event" + (certain ? "" : " sm-doubtful"), symbols.icon(kind, color, "#111111", 20));
    if (rows.length > 1) {
      mark.appendChild(el("span", "sm-count", words.number(rows.length)));
    }
    const title = words.page(kind === "struck" ? "strike_at" : "advance_to", { place: names.event(records, first) });
    // Beside the dot, which stays visible.
    const anchor = kind === "struck" ? [-1, 19] : [21, 19];
    return marker(events.lat[first], events.lon[first], mark, [20, 20], anchor, title, open);
  }

  syriamap.markers = { eventLayer, keptLayer, siteLayer };
})((window.syriamap = window.syriamap || {}));
