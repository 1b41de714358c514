// The base map: sea, neighbors, the country, governorates, roads, rivers and lakes, borders.
(function (syriamap) {
  "use strict";
  const { path, point } = syriamap.ground;
  // Colors stand in the style sheet, for a light and a dark page; these are what Leaflet writes.
  const { land: LAND, country: COUNTRY, sea: SEA, water: WATER } = syriamap.colors.base;
  // By these names and in this order, below what a notebook user adds with folium.
  const PANES = ["base", "territory", "front", "settlements", "labels"];

  function makePanes(map) {
    const renderers = {};
    PANES.forEach((name, index) => {
      map.createPane(name).style.zIndex = 210 + 20 * index;
      if (name === "base" || name === "territory" || name === "front") {
        renderers[name] = L.svg({ pane: name, padding: 0.4 });
      }
    });
    // Clicks are sorted out in one place (`page.js`), so that a pane never hides the one below.
    map.getPane("settlements").style.pointerEvents = "none";
    map.getPane("labels").style.pointerEvents = "none";
    return renderers;
  }

  function rectangle([west, south, east, north]) {
    return { rings: [[[south, west], [south, east], [north, east], [north, west]].map(([lat, lon]) => point(lat, lon))] };
  }

  function baseLayers(records, renderers) {
    const { area, borders, layer, lines: along } = records.ground;
    const feature = (name) => area(layer(name));
    const mesh = (name) => along(layer(name));
    const inBase = (geometry, style) => path(geometry, "base", renderers.base, style);
    const inFront = (geometry, style) => path(geometry, "front", renderers.front, style);
    const onFill = (geometry, style) => path(geometry, "territory", renderers.territory, style);
    const lines = { fill: false, lineCap: "round", lineJoin: "round" };

    const known = sheet(records);
    const border = mesh("country");
    const disputed = mesh("disputed");
    const roads = mesh("roads");
    const country = L.layerGroup([
      inBase(feature("country"), { className: "sm-country", stroke: false, fillColor: COUNTRY, fillOpacity: 1 }),
      inFront(border, { ...lines, color: "#ffffff", weight: 4, opacity: 0.7 }),
      inFront(border, { ...lines, color: "#3f3a36", weight: 1.8, opacity: 1 }),
      inFront(disputed, { ...lines, color: "#ffffff", weight: 3.2, opacity: 1 }),
      inFront(disputed, { ...lines, color: "#8a3d12", weight: 1.8, dashArray: "9 3 2 3", lineCap: "butt" }),
    ]);
    const layers = {
      country,
      neighbors: L.layerGroup([
        ...(known ? [inBase(rectangle(known), { className: "sm-sea", stroke: false, fillColor: SEA, fillOpacity: 1 })] : []),
        inBase(feature("neighbors"), { className: "sm-land", stroke: false, fillColor: LAND, fillOpacity: 1 }),
        inBase(mesh("neighbors"), { className: "sm-abroad", ...lines, color: "#b8ada0", weight: 0.9 }),
      ]),
      governorates: inFront(borders(layer("admin1")), {
        ...lines, color: "#4d463f", weight: 0.8, opacity: 0.55, dashArray: "2 4", lineCap: "butt",
      }),
      roads: L.layerGroup([
        inBase(roads, { className: "sm-casing", ...lines, color: "#ffffff", weight: 3, opacity: 0.9 }),
        inBase(roads, { ...lines, color: "#7d6f5d", weight: 1.7 }),
      ]),
      water: L.layerGroup([
        onFill(mesh("rivers"), { className: "sm-river", ...lines, color: "#6d9dbb", weight: 1.1, opacity: 0.9 }),
        onFill(feature("lakes"), { className: "sm-lake", color: WATER, weight: 0.6, fillColor: SEA, fillOpacity: 1 }),
      ]),
    };
    return layers;
  }

  // How far, in degrees, the land around must reach beyond the country to stand for the whole view.
  const ENOUGH = 1.5;

  // The part of the world that the land around tells of: what is not land there is sea.
  function sheet(records) {
    const boxes = records.ground.areas("neighbors").map(syriamap.geometry.boxOf);
    const side = (pick, index) => pick(...boxes.map((box) => box[index]));
    return boxes.length
      ? [side(Math.min, 0), side(Math.min, 1), side(Math.max, 2), side(Math.max, 3)]
      : null;
  }

  // The view ends where the land that is known ends, so that what lies beyond is not taken for sea.
  function keepToLand(map, records) {
    const known = sheet(records);
    if (known) {
      const [west, south, east, north] = known;
      const bounds = L.latLngBounds([[south, west], [north, east]]);
      map.setMaxBounds(bounds);
      map.options.maxBoundsViscosity = 1;
      map.setMinZoom(Math.min(map.getZoom(), Math.ceil(4 * map.getBoundsZoom(bounds, true)) / 4));
    }
  }

  // Outside the sheet nothing is known, so it is paper, and not sea.
  function background(records) {
    const [west, south, east, north] = records.page.bounds;
    const known = sheet(records);
    if (!known) {
      return "var(--land)";
    }
    const isWide =
      known[0] <= west - ENOUGH && known[1] <= south - ENOUGH &&
      known[2] >= east + ENOUGH && known[3] >= north + ENOUGH;
    return isWide ? "var(--sea)" : "var(--around)";
  }

  syriamap.base = { background, baseLayers, keepToLand, makePanes };
})((window.syriamap = window.syriamap || {}));
