// Areas by actor and status, and the lines between them. Color is who, texture is how sure.
(function (syriamap) {
  "use strict";
  const { geometry } = syriamap;

  function path(shape, pane, renderer, style) {
    return L.geoJSON(shape, { pane, renderer, interactive: false, style });
  }

  // Rows of areas that look the same are merged: one path, no seams.
  function groups(records) {
    const found = new Map();
    records.areas.status.forEach((status, row) => {
      const actor = records.areas.actor[row] >= 0 ? records.areas.actor[row] : records.areas.leaning[row];
      const key = status + " " + (status === "undetermined" ? -1 : actor);
      if (!found.has(key)) {
        found.set(key, { status, actor: status === "undetermined" ? -1 : actor, rows: [] });
      }
      found.get(key).rows.push(row);
    });
    return [...found.values()];
  }

  function territoryLayers(records, renderers) {
    const { actors, topology } = records;
    const shapes = topology.objects.areas.geometries;
    const draw = (shape, style) => path(shape, "territory", renderers.territory, style);
    const held = L.layerGroup();
    const contested = L.layerGroup();
    const undetermined = L.layerGroup();
    for (const { status, actor, rows } of groups(records)) {
      const merged = topojson.merge(topology, rows.map((row) => shapes[row]).filter((shape) => shape.type));
      if (status === "undetermined") {
        undetermined.addLayer(
          draw(merged, { fill: false, color: "#8a8378", weight: 0.8, dashArray: "1 4", lineCap: "round" }),
        );
      } else if (status === "contested") {
        contested.addLayer(draw(merged, { stroke: false, ...syriamap.patterns.contested(actor) }));
      } else {
        held.addLayer(draw(merged, { stroke: false, ...syriamap.patterns.held(actors, actor) }));
        if (status === "besieged") {
          held.addLayer(draw(merged, { fill: false, color: "#111111", weight: 3.4, dashArray: "1 6", lineCap: "round" }));
        }
      }
    }
    return { held, contested, undetermined };
  }

  function lineLayers(records, renderers) {
    const { lines, topology } = records;
    const shapes = topology.objects.lines.geometries;
    const collected = (kind) => ({
      type: "GeometryCollection",
      geometries: shapes.filter((shape, row) => lines.kind[row] === kind && shape.type),
    });
    const draw = (kind, style) =>
      path(topojson.mesh(topology, collected(kind)), "front", renderers.front, {
        fill: false, lineJoin: "round", ...style,
      });
    return {
      fronts: L.layerGroup([
        draw("front", { color: "#ffffff", weight: 4.6, opacity: 0.85, lineCap: "round" }),
        draw("front", { color: "#161616", weight: 2.1, lineCap: "round" }),
      ]),
      boundaries: L.layerGroup([
        draw("boundary", { color: "#ffffff", weight: 3, opacity: 0.7, lineCap: "butt" }),
        draw("boundary", { color: "#333333", weight: 1.2, dashArray: "5 4", lineCap: "butt" }),
      ]),
    };
  }

  // What lies under a click: the area that contains it, the line that passes it.
  function picker(map, records) {
    const { topology } = records;
    const features = (name) =>
      topology.objects[name].geometries.map((shape) => topojson.feature(topology, shape).geometry);
    // Made when they are first asked for: the map is drawn before anyone clicks.
    let made = null;
    function shapes() {
      made = made || { areas: features("areas"), lines: features("lines") };
      return made;
    }

    function areaAt(latlng) {
      return shapes().areas.findIndex((shape) => geometry.contains(shape, latlng.lng, latlng.lat));
    }

    function lineAt(latlng, pixels) {
      const here = map.latLngToLayerPoint(latlng);
      let best = -1;
      let least = pixels;
      shapes().lines.forEach((shape, row) => {
        for (const line of geometry.linesOf(shape)) {
          const points = line.map(([lon, lat]) => map.latLngToLayerPoint([lat, lon]));
          for (let i = 1; i < points.length; i++) {
            const distance = geometry.distanceToSegment(here, points[i - 1], points[i]);
            if (distance <= least) {
              least = distance;
              best = row;
            }
          }
        }
      });
      return best;
    }

    return { areaAt, areaShape: (row) => shapes().areas[row], lineAt };
  }

  syriamap.territory = { lineLayers, picker, territoryLayers };
})((window.syriamap = window.syriamap || {}));
