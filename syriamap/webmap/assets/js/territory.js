// Areas by actor and status, and the lines between them. Color is who, texture is how sure.
(function (syriamap) {
  "use strict";
  const { geometry } = syriamap;
  const { path } = syriamap.ground;
  const OWN_LOOK = new Set(["joint_control", "front_band", "unconfirmed_pocket"]);

  // As `shade` in `look/symbols.py`: a status, or a doubt that has a look of its own.
  function shade({ areas }, row) {
    const doubt = areas.doubt ? areas.doubt[row] : "";
    return areas.status[row] === "contested" && OWN_LOOK.has(doubt) ? doubt : areas.status[row];
  }

  // Rows of areas that look the same are merged: one path, no seams.
  function groups(records) {
    const found = new Map();
    records.areas.status.forEach((status, row) => {
      const actor = records.areas.actor[row] >= 0 ? records.areas.actor[row] : records.areas.leaning[row];
      const look = shade(records, row);
      const key = look + " " + (status === "undetermined" ? -1 : actor);
      if (!found.has(key)) {
        found.set(key, { look, actor: status === "undetermined" ? -1 : actor, rows: [] });
      }
      found.get(key).rows.push(row);
    });
    return [...found.values()];
  }

  function seal(records, { rows }) {
    return rows.map((row) => (records.areaSeals ? records.areaSeals[row] : row)).join("|");
  }

  // Layers that show what the records say whenever `draw` is called; what has not changed stays.
  function territory(records, renderers) {
    const { actors } = records;
    const paint = (shape, style) => path(shape, "territory", renderers.territory, style);
    const layers = { held: L.layerGroup(), contested: L.layerGroup(), undetermined: L.layerGroup() };
    let drawn = new Map();

    function paths({ look, actor, rows }) {
      const merged = records.areaShape(rows);
      // What only one report gives to somebody, against all around it: outlined and not filled.
      if (look === "unconfirmed_pocket") {
        const color = actor >= 0 ? actors.color[actor] : "#5b5b5b";
        const back = { fill: false, color: "#ffffff", weight: 3.6, opacity: 0.85 };
        return [layers.contested, [paint(merged, back), paint(merged, { fill: false, color, weight: 2.2, dashArray: "5 3" })]];
      }
      if (look === "undetermined") {
        const dots = { fill: false, color: "#8a8378", weight: 0.8, dashArray: "1 4", lineCap: "round" };
        return [layers.undetermined, [paint(merged, dots)]];
      }
      if (look === "front_band") {
        return [layers.contested, [paint(merged, { stroke: false, ...syriamap.patterns.band(actors, actor) })]];
      }
      if (look === "joint_control") {
        const edge = { color: "#333333", weight: 1.2, opacity: 0.9 };
        return [layers.contested, [paint(merged, { ...edge, ...syriamap.patterns.band(actors, actor) })]];
      }
      if (look === "contested") {
        return [layers.contested, [paint(merged, { stroke: false, ...syriamap.patterns.contested(actor) })]];
      }
      const fill = paint(merged, { stroke: false, ...syriamap.patterns.held(actors, actor) });
      const siege = { fill: false, color: "#111111", weight: 3.4, dashArray: "1 6", lineCap: "round" };
      return [layers.held, look === "besieged" ? [fill, paint(merged, siege)] : [fill]];
    }

    function draw() {
      const next = new Map();
      for (const group of groups(records)) {
        const key = group.look + " " + group.actor;
        const sealed = seal(records, group);
        const old = drawn.get(key);
        if (old && old.sealed === sealed) {
          next.set(key, old);
          continue;
        }
        const [layer, made] = paths(group);
        next.set(key, { sealed, layer, made });
      }
      for (const [key, { layer, made }] of drawn) {
        if (next.get(key) === undefined || next.get(key).made !== made) {
          made.forEach((one) => layer.removeLayer(one));
        }
      }
      for (const [key, { layer, made }] of next) {
        if (!drawn.has(key) || drawn.get(key).made !== made) {
          // Below the rivers, which share the pane; what is added first lies on top of what follows.
          [...made].reverse().forEach((one) => {
            layer.addLayer(one);
            one._map && one.bringToBack();
          });
        }
      }
      drawn = next;
    }

    draw();
    return { layers, draw };
  }

  const LINES = {
    front: [
      { color: "#ffffff", weight: 4.6, opacity: 0.85, lineCap: "round" },
      { color: "#161616", weight: 2.1, lineCap: "round" },
    ],
    boundary: [
      { color: "#ffffff", weight: 3, opacity: 0.7, lineCap: "butt" },
      { color: "#333333", weight: 1.2, dashArray: "5 4", lineCap: "butt" },
    ],
  };

  // Lines of one kind as one geometry.
  function meshOf(records, kind, lines, shapes) {
    return records.ground.lines(shapes.filter((_, row) => lines.kind[row] === kind));
  }

  function lines(records, renderers) {
    const layers = { fronts: L.layerGroup(), boundaries: L.layerGroup() };
    const drawn = new Map();
    function draw() {
      for (const [layer, kind] of [[layers.boundaries, "boundary"], [layers.fronts, "front"]]) {
        const sealed = JSON.stringify(records.lineShapes.filter((_, row) => records.lines.kind[row] === kind));
        if (drawn.get(layer) === sealed) {
          continue;
        }
        drawn.set(layer, sealed);
        layer.clearLayers();
        const mesh = meshOf(records, kind, records.lines, records.lineShapes);
        for (const style of LINES[kind]) {
          layer.addLayer(path(mesh, "front", renderers.front, { fill: false, lineJoin: "round", ...style }));
        }
      }
    }
    draw();
    return { layers, draw };
  }

  // What lies under a click: the area that contains it, the line that passes it.
  function picker(map, records) {
    // Made when they are first asked for: the map is drawn before anyone clicks.
    let made = null;
    let of = null;
    function shapes() {
      if (of !== records.areas) {
        of = records.areas;
        made = {
          areas: records.areas.status.map((_, row) => records.areaShape([row])),
          lines: records.lineShapes.map((shape) => records.ground.lines([shape])),
        };
      }
      return made;
    }

    function areaAt(latlng) {
      return shapes().areas.findIndex((shape) => geometry.contains(shape, latlng.lng, latlng.lat));
    }

    // The line nearest to a point within reach, in pixels, and how far it is away.
    function lineAt(latlng, pixels, isWanted) {
      const here = L.CRS.EPSG3857.latLngToPoint(latlng, 0);
      const scale = Math.pow(2, map.getZoom());
      let best = null;
      let least = pixels / scale;
      shapes().lines.forEach((shape, row) => {
        for (const line of isWanted(records.lines.kind[row]) ? shape.lines : []) {
          for (let i = 1; i < line.length; i++) {
            const distance = geometry.distanceToSegment(here, line[i - 1].world, line[i].world);
            if (distance <= least) {
              least = distance;
              best = { row, away: distance * scale };
            }
          }
        }
      });
      return best;
    }

    return { areaAt, areaShape: (row) => shapes().areas[row], lineAt };
  }

  syriamap.territory = { lines, meshOf, picker, shade, territory };
})((window.syriamap = window.syriamap || {}));
