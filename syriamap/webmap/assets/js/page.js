// The start: reads the data, draws the layers, sorts out clicks.
(function (syriamap) {
  "use strict";
  const { append, data, el, names, words } = syriamap;
  const NARROW = 700;
  // Up to this width a low map has its search and language at the foot.
  const MIDDLING = 900;
  const PANEL = 370;
  // Up to this width, as in the style sheet, all but the title of the card is folded.
  const FOLDED = 420;
  const PREFIX = '<a href="https://leafletjs.com" target="_blank" rel="noopener noreferrer">Leaflet</a>';

  function calm() {
    return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  // How far right and down the country goes to come out from under the title; null where it would leave the view.
  const CLEAR = 4;
  // Width that the button of the layers takes on the other side.
  const BUTTON = 62;
  function wayOut(map, records, foot) {
    const frame = map.getContainer().getBoundingClientRect();
    const card = document.querySelector(".sm-title").getBoundingClientRect();
    const [, south, east] = records.page.bounds;
    const far = map.latLngToContainerPoint([south, east]);
    const size = map.getSize();
    const edge = new L.Point(card.right - frame.left + CLEAR, card.bottom - frame.top + CLEAR);
    const under = records.ground.area(records.ground.layer("country")).rings.flat()
      .map((at) => map.latLngToContainerPoint(at))
      .filter(({ x, y }) => x < edge.x && y < edge.y);
    let best = null;
    for (let x = 0; x <= Math.max(0, size.x - BUTTON - far.x); x += 4) {
      const y = Math.max(0, ...under.filter((one) => one.x + x < edge.x).map((one) => edge.y - one.y));
      if ((y === 0 || y <= size.y - foot - far.y) && (!best || x + y < best.x + best.y)) {
        best = new L.Point(x, y);
      }
    }
    return best;
  }

  // As near as it was, or a little farther off.
  function clearOfTitle(map, records, foot) {
    const [center, zoom] = [map.getCenter(), map.getZoom()];
    for (let step = 0; step < 3; step++) {
      map.setView(center, zoom - step * map.options.zoomSnap, { animate: false });
      const away = wayOut(map, records, foot);
      if (away) {
        map.panBy(away.multiplyBy(-1), { animate: false });
        return;
      }
    }
    map.setView(center, zoom, { animate: false });
  }

  // The country in view, clear of the title above it; where there is little room cards may lie over it.
  const LEAST = 0.35;
  function fit(map, records) {
    const [west, south, east, north] = records.page.bounds;
    const size = map.getSize();
    const narrow = size.x < NARROW;
    const bar = records.series && records.series.days.length > 1 ? (size.x < 480 ? 74 : 46) + syriamap.shares.room(size) : 0;
    const top = 100 + (records.series && records.series.sides.length ? 62 : 0);
    const [above, below] = narrow ? (size.y > size.x ? [top, 60 + bar] : [24, 34 + bar]) : [20, 44 + bar];
    const part = Math.min(1, (size.y * (1 - LEAST)) / (above + below));
    const beside = Math.min(narrow ? 4 : 20, size.x / 4);
    map.fitBounds([[south, west], [north, east]], {
      animate: false, paddingTopLeft: [beside, above * part], paddingBottomRight: [beside, below * part],
    });
    clearOfTitle(map, records, below * part);
  }

  // As long as nobody has moved the map it is fitted to whatever size it gets: a frame may be opened while it
  // is hidden, and a phone be turned.
  function keepFitted(map, records) {
    let first = null;
    function settle() {
      fit(map, records);
      first = { center: map.getCenter(), zoom: map.getZoom() };
    }
    settle();
    map.on("resize", () => {
      // Where the land ends the map is pushed back a little.
      const { x, y } = map.getSize();
      const apart = map.latLngToContainerPoint(first.center).distanceTo([x / 2, y / 2]);
      if (map.getZoom() === first.zoom && apart < Math.min(x, y) / 8) {
        settle();
      }
    });
  }

  // Layers that can be switched, by the names they have in the address.
  function overlaysOf(layers) {
    return {
      territory: layers.held, contested: layers.contested, undetermined: layers.undetermined,
      "front-lines": layers.fronts, boundaries: layers.boundaries, strikes: layers.strikes,
      advances: layers.advances, sites: layers.sites, settlements: layers.dots, names: layers.labels,
      "land-around": layers.neighbors, "rivers-and-lakes": layers.water, roads: layers.roads,
      governorates: layers.governorates, "unconfirmed-and-denied": layers.open, "age-of-evidence": layers.ages,
      ...(layers.tiles ? { tiles: layers.tiles } : {}), ...(layers.dispute ? { "in-dispute": layers.dispute } : {}), ...layers.ghosts,
    };
  }

  const Scale = L.Control.Scale.extend({
    _updateMetric(most) {
      const meters = this._getRoundNum(most);
      const label = meters < 1000 ? words.number(meters) + " " + words.sign("m") : words.number(meters / 1000) + " " + words.sign("km");
      this._updateScale(this._mScale, label, meters / most);
    },
  });

  // While the list is open everything that would lie over it gives way.
  const Switches = L.Control.Layers.extend({
    expand() {
      L.Control.Layers.prototype.expand.call(this);
      this._map.getContainer().classList.add("sm-listing");
      return this;
    },
    collapse() {
      L.Control.Layers.prototype.collapse.call(this);
      if (this._map) {
        this._map.getContainer().classList.remove("sm-listing");
      }
      return this;
    },
  });

  // The map's own buttons, in the words of the language.
  function controls(map, overlays) {
    const joined = [{}, {}];
    const scale = new Scale({ imperial: false, maxWidth: 120, position: "bottomleft" }).addTo(map);
    map.attributionControl.setPrefix(PREFIX);
    let switches = null;

    function relabel() {
      if (switches) {
        switches.remove();
      }
      const named = Object.fromEntries(Object.entries(overlays).map(([code, layer]) => [words.layer(code), layer]));
      switches = new Switches(joined[0], { ...named, ...joined[1] }, { collapsed: true, position: "topright" }).addTo(map);
      const toggle = switches.getContainer().querySelector(".leaflet-control-layers-toggle");
      toggle.title = words.page("map_layers");
      toggle.setAttribute("aria-label", words.page("map_layers"));
      scale._update();
      if (map.zoomControl) {
        for (const way of ["in", "out"]) {
          const sign = map.zoomControl.getContainer().querySelector(".leaflet-control-zoom-" + way);
          sign.title = words.page("zoom_" + way);
          sign.setAttribute("aria-label", sign.title);
        }
      }
    }

    relabel();
    // Layers that were added to the page, by their names: one of the first, any of the others.
    function join(...tables) {
      const plain = (table) => Object.fromEntries(Object.entries(table || {}).map(([name, layer]) => [name.replace(/[&<>]/g, (sign) => "&#" + sign.charCodeAt(0) + ";"), layer]));
      tables.forEach((table, kind) => Object.assign(joined[kind], plain(table)));
      relabel();
      return switches;
    }

    return { join, relabel, fold: () => {
      const isOpen = map.getContainer().classList.contains("sm-listing");
      switches.collapse();
      return isOpen && switches.getContainer().querySelector(".leaflet-control-layers-toggle");
    } };
  }

  // Which layers differ from what the page begins with: "+name" is shown, "-name" is hidden.
  function layerState(map, overlays) {
    const first = new Map(Object.entries(overlays).map(([name, layer]) => [name, map.hasLayer(layer)]));
    return {
      get: () => [...first].filter(([name, shown]) => map.hasLayer(overlays[name]) !== shown)
        .map(([name, shown]) => (shown ? "-" : "+") + name).join(","),
      set(text) {
        const wanted = new Set(text.split(","));
        for (const [name, shown] of first) {
          const isShown = wanted.has("+" + name) || (shown && !wanted.has("-" + name));
          if (isShown !== map.hasLayer(overlays[name])) {
            isShown ? overlays[name].addTo(map) : overlays[name].remove();
          }
        }
      },
    };
  }

  // What the address tells and the reader changes: the day, what is compared, layers, place, view.
  function stateParts(map, records, { overlays, panel, openPlace, time, changes, story, beside }) {
    const { series } = records;
    const dayOf = (text) => (series ? series.dayAt(text) : -1);
    let awaited = ""; // a place that has not come yet
    let comes = ""; // what is to be compared, when that can be done
    return {
      lang: { get: () => (words.wanted() === records.page.language ? "" : words.wanted()), set: words.speak },
      story: { get: () => records.story || "", set: (side) => story && story.tell(side) },
      date: {
        get: () => records.page.date,
        set(text) {
          if (time && dayOf(text) >= 0) {
            time.go(dayOf(text));
          }
        },
      },
      changes: {
        get: () => (changes && changes.isOn() ? changes.days().join(":") : ""),
        set(text) {
          const [from, to] = text.split(":").map(dayOf);
          if (changes && from >= 0 && to >= 0) {
            changes.show(from, to);
          }
        },
      },
      beside: {
        get: () => (beside() ? beside().code() : comes),
        arrived() {
          this.set(comes);
        },
        set(text) {
          comes = beside() ? "" : text;
          if (text && beside()) {
            beside().go(text);
          }
        },
      },
      layers: layerState(map, overlays),
      view: {
        get: () => syriamap.viewCode(map),
        set(text) {
          const [lat, lon, zoom] = text.split(",").map(Number);
          if ([lat, lon, zoom].every(Number.isFinite) && Math.abs(lat) <= 85 && Math.abs(lon) <= 360) {
            map.setView([lat, lon], zoom, { animate: false });
          }
        },
      },
      place: {
        get: () => (panel.opened() >= 0 ? syriamap.placeCode(records, panel.opened()) : awaited),
        arrived() {
          if (awaited) {
            this.set(awaited);
          }
        },
        set(text) {
          const row = syriamap.placeRow(records, text);
          awaited = row < 0 && !records.isWhole ? text : "";
          if (row >= 0) {
            openPlace(row, !location.hash.includes("view="));
          }
        },
      },
    };
  }

  // Whether a card lies over any place with evidence.
  function covers(map, records, card) {
    const { lat, lon } = records.places;
    const box = card.getBoundingClientRect();
    const frame = map.getContainer().getBoundingClientRect();
    return [...records.evidence.keys()].some((row) => {
      const { x, y } = map.latLngToContainerPoint([lat[row], lon[row]]);
      return (
        x + frame.left > box.left && x + frame.left < box.right &&
        y + frame.top > box.top && y + frame.top < box.bottom
      );
    });
  }

  // Folded where the screen is narrow, and later where it turns out to lie over the country.
  function placeLegend(map, records, layers) {
    const isNear = () => map.getZoom() >= syriamap.dots.NEAR;
    const legend = syriamap.legend(records, (name) => map.hasLayer(layers[name]), { isNear, looks: () => layers.dots.looks(), isComparing: () => Boolean(records.page.compared) });
    const control = L.control({ position: "bottomright" });
    control.onAdd = () => legend;
    control.addTo(map);
    legend.relabel = legend.draw;
    legend.open = map.getSize().x >= NARROW;
    L.DomEvent.disableClickPropagation(legend);
    L.DomEvent.disableScrollPropagation(legend);
    return legend;
  }

  // What the heading, the title of the document and the name of the map say of what is shown.
  function tellDay(map, records) {
    const { heading } = syriamap;
    const [side, age] = [heading.side(records), heading.age(records)];
    document.title = [heading.text(records), (records.page.beside || {}).note].filter(Boolean).join(" · ");
    map.getContainer().setAttribute("aria-label", document.title);
    document.querySelector(".sm-title h1").textContent = heading.title(records);
    append(syriamap.clear(document.getElementById("sm-date")), [
      side && el("span", "sm-side", data(side)), el("span", "", data(heading.cutOff(records))), age && el("span", "sm-old", data(age)),
      records.page.beside && el("span", "sm-strong", data(records.page.beside.note)),
    ]);
    clearTitle();
  }

  // The buttons begin below the title, however long it is.
  function clearTitle() {
    const { offsetHeight } = document.querySelector(".sm-title");
    document.querySelector(".sm-map").style.setProperty("--title", offsetHeight + "px");
  }

  // What happens on a part of the page does not happen to the map below it.
  function shield(part) {
    L.DomEvent.disableClickPropagation(part);
    L.DomEvent.disableScrollPropagation(part);
    // Leaflet looks for the panel above what was clicked, which by then may have left it.
    L.DomEvent.on(part, "click", L.DomEvent.stopPropagation);
    part.addEventListener("keydown", (pressed) => {
      if (pressed.key !== "Escape") {
        pressed.stopPropagation();
      }
    });
  }

  // Title, panel and drawers move into the map, so that they keep to its size.
  function furnish(map, records) {
    const frame = document.getElementById("syriamap");
    map.getContainer().appendChild(frame);
    [...frame.children].forEach(shield);
    map.getContainer().setAttribute("role", "region");
    return document.getElementById("sm-panel");
  }

  // The words of the page around the map.
  function label(map, records) {
    const byId = (id) => document.getElementById(id);
    const { page } = records;
    const { documentElement: root } = document;
    root.lang = words.language();
    root.dir = words.direction();
    const credits = page.attribution.map((text) => data(text)).flatMap((one, index) => (index ? [" · ", one] : [one]));
    const rights = el("span", "", ...credits);
    rights.dir = "auto";
    append(syriamap.clear(byId("sm-credit")), [el("span", "", data(names.border(records))), rights]);
    byId("sm-panel").setAttribute("aria-label", words.page("details"));
    byId("sm-more").setAttribute("aria-label", words.page("more"));
    for (const [id, key] of [["sm-places", "places_table"], ["sm-events", "events_table"], ["sm-about", "about"]]) {
      byId(id).querySelector("summary").textContent = words.page(key);
      byId(id).lastElementChild.setAttribute("aria-label", words.page(key));
    }
    tellDay(map, records);
  }

  // A button for each other language, in its own words.
  function languageButtons(element) {
    const draw = () => syriamap.clear(element).append(
      ...words.languages().filter(([code]) => code !== words.language()).map(([code, name]) => {
        const made = syriamap.button("sm-text", name, () => {
          words.speak(code);
          element.querySelector("button").focus({ preventScroll: true });
        });
        made.lang = code;
        return made;
      }),
    );
    words.onSpeak(draw);
    draw();
  }

  // A drawer is filled when it is first opened.
  function drawer(id, fill) {
    const details = document.getElementById(id);
    details.addEventListener("toggle", () => {
      const body = details.lastElementChild;
      if (details.open) {
        for (const other of details.parentElement.querySelectorAll("details[open]")) {
          other.open = other === details;
        }
        if (!body.hasChildNodes()) {
          body.append(...fill());
        }
      }
    });
    details.empty = () => {
      details.lastElementChild.replaceChildren(...(details.open ? fill() : []));
    };
    return details;
  }

  // What stands in a list as long as what it lists has not come.
  const whole = (records) => (records.isWhole ? null : syriamap.waitingNote(records));

  // The same where the words of the claims on the events of the day wait further.
  function untold(records) {
    const again = () => document.getElementById("sm-events").empty();
    return syriamap.pieces.told(records, records.events.claims.flat(), again) ? null : el("p", "sm-note", "…");
  }

  // Everything that a map shows of the records; `redraw` draws what they now say, but for names, which come last.
  function drawLayers(map, records, renderers, { openPlace, openEvent }) {
    const sites = new Set(syriamap.symbols.SITES);
    const territory = syriamap.territory.territory(records, renderers);
    const lines = syriamap.territory.lines(records, renderers);
    const layers = {
      ...syriamap.base.baseLayers(records, renderers),
      ...territory.layers,
      ...lines.layers,
      sites: syriamap.markers.siteLayer(map, records, (row) => openPlace(row, false)),
      strikes: syriamap.markers.eventLayer(map, records, "struck", (rows) => openEvent(rows, false)),
      advances: syriamap.markers.eventLayer(map, records, "advanced_toward", (rows) => openEvent(rows, false)),
      dots: new syriamap.dots.DotLayer(records, sites),
      open: syriamap.doubt.claimLayer(map, records, (row) => openPlace(row, false), renderers.front),
      ages: syriamap.doubt.ageLayer(records, renderers.front),
      ghosts: syriamap.doubt.ghostLayers(records, renderers.front),
    };
    if (records.series && records.series.sides.length) {
      layers.dispute = syriamap.stories.disputeLayer(records, renderers.front);
    }
    const tiles = syriamap.tileLayer(map, records.page);
    if (tiles) {
      layers.tiles = tiles.addTo(map);
    }
    const { advances, strikes } = layers;
    layers.labels = new syriamap.LabelLayer(records, sites, [layers.sites, advances, strikes], layers.roads, layers.neighbors);
    const order = [
      "neighbors", "country", "roads", "held", "contested", "undetermined", "water", "governorates",
      "boundaries", "fronts", "dots", "sites", "open", "advances", "strikes", "labels",
    ];
    layers.sites.refresh(); // before the names, which keep clear of them
    for (const name of order) {
      layers[name].addTo(map);
    }
    if (layers.dispute) {
      layers.dispute.addTo(map);
    }

    function redraw() {
      if (layers.dispute) {
        layers.dispute.draw();
      }
      territory.draw();
      lines.draw();
      for (const name of ["sites", "open", "ages", "strikes", "advances", "dots"]) {
        layers[name].draw();
      }
      Object.values(layers.ghosts).forEach((layer) => layer.draw());
    }

    return { layers, lines, overlays: overlaysOf(layers), redraw, territory };
  }

  // A ring around what a panel tells of.
  function highlighter(map) {
    let ring = null;
    return (latlng) => {
      if (ring) {
        ring.remove();
        ring = null;
      }
      if (latlng) {
        const icon = L.divIcon({ className: "sm-ring", html: el("span", ""), iconSize: [26, 26] });
        ring = L.marker(latlng, { icon, pane: "settlements", interactive: false, keyboard: false }).addTo(map);
      }
    };
  }

  // What a click on the map opens and the mouse tells of; `isOurs` knows whether it is meant for this map.
  function pointing(map, records, { layers, under, panel, openPlace, isOurs }) {
    // One place decides what lies under a point: of dots and lines within reach the nearest, else the area.
    function target({ layerPoint }, reach) {
      const latlng = map.layerPointToLatLng(layerPoint);
      const dot = map.hasLayer(layers.dots) ? layers.dots.pick(layerPoint, reach) : null;
      const line = under.lineAt(latlng, reach, (kind) => map.hasLayer(layers[kind === "front" ? "fronts" : "boundaries"]));
      if (dot && (!line || dot.away <= line.away)) {
        return { kind: "place", row: dot.row };
      }
      const area = line ? -1 : under.areaAt(latlng);
      return line ? { kind: "line", row: line.row } : { kind: area >= 0 ? "area" : "", row: area };
    }

    function click(event) {
      if (!isOurs(event, true)) {
        return;
      }
      const { kind, row } = target(event, 8);
      if (kind === "place") {
        openPlace(row, false);
      } else if (kind) {
        panel[kind](row, event.latlng);
      } else {
        panel.hide();
      }
    }
    map.on("click", click);
    hover(map, records, (event) => (isOurs(event, false) ? target(event, 4) : { kind: "" }));
  }

  function start(map) {
    const records = syriamap.read(document.getElementById("syriamap-data").textContent);
    words.speak(records.page.language);
    const container = map.getContainer();
    container.classList.add("sm-map");
    syriamap.patterns.definitions(records.actors);
    const element = furnish(map, records);
    label(map, records);
    // Where the title has little height, search and language stand at the foot.
    const { x: wide, y: high } = map.getSize();
    if (wide > FOLDED && high < (wide < MIDDLING ? 560 : 480)) {
      document.querySelector(".sm-drawers").append(...document.querySelectorAll(".sm-row > *"));
    }
    // The view is fitted to a title that is whole.
    const search = syriamap.search(records, document.getElementById("sm-search"), (row) => openPlace(row, true), showFound);
    languageButtons(document.getElementById("sm-language"));
    keepFitted(map, records);
    const renderers = syriamap.base.makePanes(map);
    container.style.backgroundColor = syriamap.base.background(records);
    syriamap.base.keepToLand(map, records);

    const highlight = highlighter(map);
    const under = syriamap.territory.picker(map, records);
    const panel = syriamap.panel(records, element, {
      areaShape: under.areaShape, highlight, openPlace,
    });

    // Into the middle of what the panel leaves free.
    function focus(lat, lon) {
      const zoom = Math.max(map.getZoom(), 9);
      const { x, y } = map.getSize();
      const shift = x < NARROW ? [0, 0.26 * y] : [0.5 * PANEL, 0];
      const center = map.unproject(map.project([lat, lon], zoom).add(shift), zoom);
      map.setView(center, zoom, { animate: !calm() });
    }

    function openPlace(row, move) {
      if (move) {
        focus(records.places.lat[row], records.places.lon[row]);
      }
      panel.place(row);
    }

    // What a search found that is no place: a point, or a road from end to end.
    function showFound({ at, road }) {
      if (at) {
        highlight(at);
        map.setView(at, Math.max(map.getZoom(), 10), { animate: !calm() });
      } else {
        const [west, south, east, north] = syriamap.ground.boxOf(records.ground.lines([records.ground.layer("roads")[road]]).lines);
        map.fitBounds([[south, west], [north, east]], { animate: !calm(), padding: [60, 60] });
      }
    }

    function openEvent(rows, move) {
      if (move) {
        focus(records.events.lat[rows[0]], records.events.lon[rows[0]]);
      }
      panel.event(rows);
    }

    // With the whole country in view the map moves aside for the panel as far as there is room, and back.
    let aside = null;
    function makeRoom() {
      const [west, , east] = records.page.bounds;
      const center = map.getCenter();
      if (element.hidden && aside) {
        if (aside.center.equals(center) && aside.zoom === map.getZoom()) {
          map.panBy([-aside.by, 0], { animate: false });
        }
        aside = null;
      } else if (!element.hidden && !aside && map.getSize().x >= NARROW) {
        const [left, right] = [west, east].map((lon) => map.latLngToContainerPoint([center.lat, lon]).x);
        const by = Math.round(Math.min(right - (map.getSize().x - PANEL - 20), left - 10));
        if (by > 0 && right < map.getSize().x + 40) {
          map.panBy([by, 0], { animate: false });
          aside = { by, center: map.getCenter(), zoom: map.getZoom() };
        }
      }
    }
    element.addEventListener("sm-panel", makeRoom);

    const drawn = drawLayers(map, records, renderers, { openPlace, openEvent });
    const { layers, lines, overlays, territory } = drawn;
    const buttons = controls(map, overlays);
    const legend = placeLegend(map, records, layers);

    const fold = () => drawers.forEach((details) => {
      details.open = false;
    });
    const drawers = [
      drawer("sm-places", () => [
        whole(records) || syriamap.tables.placesTable(records, (row) => { fold(); openPlace(row, true); }),
      ]),
      drawer("sm-events", () => [whole(records) || untold(records) || syriamap.tables.eventsTable(records, (row) => { fold(); openEvent([row], true); })]),
      drawer("sm-about", () => [whole(records) || syriamap.tables.about(records)]),
    ];

    function show(day) {
      records.series.show(day);
      if (records.page.compared && kit && kit.beside) {
        kit.beside.close();
      }
      if (story) {
        story.draw();
      }
      drawn.redraw();
      legend.draw();
      time && time.drawn();
      kit && kit.beside && kit.beside.isOn() ? kit.beside.tell() : tellDay(map, records);
      layers.labels.settle(); // clear of legend and title, which differ from day to day
      panel.draw();
      drawers.forEach((details) => details.empty());
      element.dispatchEvent(new Event("sm-panel"));
    }
    let time = null;
    let changes = null;
    let story = null;
    if (layers.dispute) {
      story = syriamap.stories.chooser(records, document.getElementById("sm-story"), () => {
        const compared = changes && changes.isOn() ? changes.days().map((day) => records.series.days.indexOf(day)) : null;
        show(records.series.day);
        if (compared) {
          changes.show(...compared);
        }
        state.changed();
      });
    }
    if (records.series && records.series.days.length > 1) {
      time = syriamap.timeline(records, (day) => {
        show(day);
        if (changes.isLeft()) {
          panel.hide();
        }
      }, () => changes.show(0, records.series.day || records.series.days.length - 1), panel);
      changes = syriamap.changes(map, records, panel, (row) => openPlace(row, true), time.go, () => { tellDay(map, records); legend.draw(); });
      element.before(time.element);
      container.classList.add("sm-timed");
      shield(time.element);
    }

    pointing(map, records, {
      layers, under, panel, openPlace,
      isOurs: (event, isClick) => !(isClick && kit && kit.takes(event)) && !(kit && kit.beside && kit.beside.holds(event)),
    });
    const mind = () => {
      container.classList.toggle("sm-far", map.getZoom() < syriamap.dots.NEAR);
      container.classList.toggle("sm-few", map.getZoom() < syriamap.dots.FEW);
    };
    map.on("zoomend", mind);
    mind();
    syriamap.embedded(map);
    const tools = syriamap.tools(map, { link: () => state.link(), reset: () => { panel.hide(); fit(map, records); } });
    // What a reader can do besides looking comes with what waits.
    let kit = null;
    function arrive() {
      kit = syriamap.kit(map, records, {
        draw: drawLayers, element, focus, highlighter, layers, legend, overlays, panel, pointing, changed: () => state.changed(),
        leaveChanges: () => changes && changes.isOn() && panel.hide(), tellDay: () => tellDay(map, records),
      });
      syriamap.opened.kit = kit;
      syriamap.forPrint(map, records, legend, { dots: layers.dots, fit: () => fit(map, records) });
      clearTitle();
    }
    if (changes && records.page.opening === "changes") {
      changes.show(0, records.series.days.length - 1);
    }
    const more = document.getElementById("sm-more");
    more.addEventListener("click", () => unfold(!document.querySelector(".sm-title").classList.contains("sm-unfolded")));
    function unfold(isOpen) {
      document.querySelector(".sm-title").classList.toggle("sm-unfolded", isOpen);
      more.setAttribute("aria-expanded", String(isOpen));
      clearTitle();
    }
    // Escape closes what was opened last of what lies on top, and the focus goes back to what opened it.
    document.addEventListener("keydown", (pressed) => {
      if (pressed.key !== "Escape" || pressed.defaultPrevented) {
        return;
      }
      const drawer = drawers.find((details) => details.open);
      const listed = buttons.fold();
      if (search.leave() || panel.hide()) {
        return;
      }
      if (drawer) {
        drawer.open = false;
        drawer.querySelector("summary").focus({ preventScroll: true });
      } else if (listed) {
        listed.focus({ preventScroll: true });
      } else if (more.getAttribute("aria-expanded") === "true") {
        unfold(false);
        more.focus({ preventScroll: true });
      }
    });
    // Everything that has been written is written again.
    words.onSpeak(() => {
      for (const part of [buttons, legend, search, tools, kit, layers.sites, panel, time, story].filter(Boolean)) {
        part.relabel();
      }
      for (const name of ["open", "strikes", "advances", "labels"]) {
        layers[name].draw();
      }
      drawers.forEach((details) => details.empty());
      label(map, records);
      clearTitle();
      state.changed();
    });
    // What asks how large things have become stands together: each time the page is laid out anew.
    clearTitle();
    legend.draw();
    legend.open = legend.open && !covers(map, records, legend);
    const state = syriamap.state(map, records, stateParts(map, records, { overlays, panel, openPlace, time, changes, story, beside: () => kit && kit.beside }));
    state.apply();
    panel.linked(state.link);
    map.on("moveend layeradd layerremove", state.changed);
    map.on("overlayadd overlayremove moveend", () => legend.draw());
    element.addEventListener("sm-panel", state.changed);

    syriamap.opened = { buttons, changes, map, records, layers, legend, lines, territory, panel, openPlace, openEvent, time, state, under };
    // What waited has come: whatever shows it is drawn again.
    function filled() {
      if (syriamap.kit) {
        arrive();
      }
      document.getElementById("sm-language").hidden = records.isLost;
      layers.dots.refill();
      for (const name of ["open", "ages"]) {
        layers[name].draw();
      }
      legend.draw();
      layers.labels.settle();
      search.relabel();
      drawers.forEach((details) => details.empty());
      panel.relabel();
      state.arrived();
      performance.mark("syriamap-whole");
      window.syriamapReady = true;
      // The same for whoever waits with a selector: the policy of this page forbids evaluating text.
      document.documentElement.dataset.syriamap = "ready";
    }
    requestAnimationFrame(() => {
      performance.mark("syriamap");
      document.documentElement.dataset.syriamap = "drawn";
      syriamap.waiting(records, document.getElementById("syriamap-waiting").textContent, filled);
    });
  }

  // Who holds what lies under the mouse: a dot, an area, the sides that a line parts.
  function hover(map, records, target) {
    const tip = L.tooltip({ direction: "top", offset: [0, -6], opacity: 0.95, className: "sm-tip" });
    let last = "";
    let wanted = null;

    function place(row) {
      const other = names.other(records, row);
      return el("span", "", data(names.place(records, row)), other ? " · " : null, other ? data(other) : null, el("br"), ...syriamap.holderText(records, records.places, row));
    }

    function content({ kind, row }) {
      const { areas, lines } = records;
      if (kind === "place") {
        return place(row);
      }
      if (kind === "area") {
        return el("span", "", ...syriamap.holderText(records, areas, row));
      }
      return el("span", "", words.page(lines.kind[row] === "front" ? "line_front" : "line_boundary"), el("br"), data(names.short(records, lines.actor_a[row])), " – ", data(names.short(records, lines.actor_b[row])));
    }

    function tell() {
      const event = wanted;
      wanted = null;
      const found = event ? target(event) : { kind: "" };
      const key = found.kind + found.row;
      map.getContainer().classList.toggle("sm-pointing", found.kind === "place" || found.kind === "line");
      if (!found.kind) {
        tip.remove();
      } else {
        if (key !== last) {
          tip.setContent(content(found));
        }
        tip.setLatLng(found.kind === "place" ? [records.places.lat[found.row], records.places.lon[found.row]] : map.layerPointToLatLng(event.layerPoint));
        if (!map.hasLayer(tip)) {
          tip.addTo(map);
        }
      }
      last = key;
    }

    map.on("mousemove", (event) => {
      if (!wanted) {
        requestAnimationFrame(tell);
      }
      wanted = event;
    });
    map.on("mouseout movestart", () => {
      wanted = null;
      last = "";
      tip.remove();
    });
  }

  syriamap.start = start;
})((window.syriamap = window.syriamap || {}));
