// What is shown, as the fragment of the address: a report can point at one moment and one place.
(function (syriamap) {
  "use strict";

  function read() {
    const found = {};
    for (const part of location.hash.slice(1).split("&")) {
      const at = part.indexOf("=");
      if (at > 0) {
        try {
          found[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1));
        } catch {
          continue; // a broken escape says nothing
        }
      }
    }
    return found;
  }

  function text(state) {
    return "#" + Object.entries(state)
      .filter(([, value]) => value !== "" && value !== null && value !== undefined)
      .map(([key, value]) => key + "=" + encodeURIComponent(value).replace(/%2C/g, ",").replace(/%3A/g, ":"))
      .join("&");
  }

  // A place is named by its id where it has one on this page, else by where it is.
  function placeCode(records, row) {
    const { id, lat, lon } = records.places;
    return id.get(row) || lat[row].toFixed(4) + "," + lon[row].toFixed(4);
  }

  function placeRow(records, code) {
    for (const [row, id] of records.places.id) {
      if (id === code) {
        return row;
      }
    }
    const at = /^(-?\d+\.\d+),(-?\d+\.\d+)$/.exec(code);
    const near = (value, text) => Math.abs(value - Number(text)) < 1e-5;
    return at ? records.places.lat.findIndex((lat, row) => near(lat, at[1]) && near(records.places.lon[row], at[2])) : -1;
  }

  function view(map) {
    const { lat, lng } = map.getCenter();
    return [lat.toFixed(3), lng.toFixed(3), map.getZoom().toFixed(2)].join(",");
  }

  function keep(now) {
    try {
      history.replaceState(history.state, "", now);
    } catch {
      return; // a frame without an address of its own
    }
  }

  // `parts` read and apply each part of the state; gives the link to what is shown.
  function state(map, records, parts) {
    let waits = null;
    const link = () => text(Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, part.get()])));
    function apply() {
      const wanted = read();
      for (const [key, part] of Object.entries(parts)) {
        if (wanted[key] !== undefined) {
          part.set(wanted[key]);
        }
      }
    }
    function changed() {
      clearTimeout(waits);
      waits = setTimeout(() => keep(link()), 250);
    }
    // What was asked for may only now be there.
    const arrived = () => Object.values(parts).forEach((part) => part.arrived && part.arrived());
    window.addEventListener("hashchange", apply);
    return { apply, arrived, changed, link };
  }

  Object.assign(syriamap, { placeCode, placeRow, state, viewCode: view });
})((window.syriamap = window.syriamap || {}));
