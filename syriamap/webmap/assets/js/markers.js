// Sites (bases, crossings, bridges, dams, airfields) and events (strikes, advances) as icons.
(function (syriamap) {
  "use strict";
  const { el, symbols, words } = syriamap;
  const MAJOR = new Set(["naval_base", "airbase"]);
  const NOBODY = "#8a8a8a";

  function marker(lat, lon, content, size, anchor, title, onClick) {
    const icon = L.divIcon({ className: "sm-icon", html: content, iconSize: size, iconAnchor: anchor });
    const made = L.marker([lat, lon], { icon, pane: "settlements", keyboard: false, title });
    return made.on("click", onClick);
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
    places.kind.forEach((kind, row) => {
      if (!symbols.SITES.includes(kind)) {
        return;
      }
      const proven = evidence.has(row);
      const holder = places.actor[row];
      const color = holder >= 0 ? actors.color[holder] : NOBODY;
      const box = el("span", "sm-site" + (proven ? " sm-proven" : ""), symbols.icon(kind, "#1c1c1c", "none", 13));
      box.style.borderColor = color;
      const from = proven ? (MAJOR.has(kind) ? 6.5 : 7.25) : MAJOR.has(kind) ? 7.5 : 8;
      members.push({
        row,
        from,
        layer: marker(places.lat[row], places.lon[row], box, [19, 19], [9.5, 9.5], places.name[row], () => open(row)),
      });
    });
    const group = zoomed(map, members);
    group.members = members;
    return group;
  }

  // Events of one kind at one place share a mark, with their number.
  function eventLayer(map, records, kind, open) {
    const { events, actors } = records;
    const spots = new Map();
    events.kind.forEach((value, row) => {
      if (value === kind) {
        const key = events.lat[row] + " " + events.lon[row];
        spots.set(key, [...(spots.get(key) || []), row]);
      }
    });
    const group = L.layerGroup();
    for (const rows of spots.values()) {
      const [first] = rows;
      const byOne = rows.every((row) => events.actor[row] === events.actor[first]);
      const color = byOne && events.actor[first] >= 0 ? actors.color[events.actor[first]] : "#5b5b5b";
      const certain = rows.some((row) => events.certainty[row] === "asserted");
      const mark = el("span", "sm-event" + (certain ? "" : " sm-doubtful"), symbols.icon(kind, color, "#111111", 20));
      if (rows.length > 1) {
        mark.appendChild(el("span", "sm-count", String(rows.length)));
      }
      const title = words.event(kind) + ": " + events.name[first];
      // Beside the dot, which stays visible.
      const anchor = kind === "struck" ? [-1, 19] : [21, 19];
      group.addLayer(marker(events.lat[first], events.lon[first], mark, [20, 20], anchor, title, () => open(rows)));
    }
    return group;
  }

  syriamap.markers = { eventLayer, siteLayer };
})((window.syriamap = window.syriamap || {}));
