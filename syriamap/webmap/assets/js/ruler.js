// How far it is from here to there, along the shortest line, and where the pointer is. The ruler works with
// the mouse, a finger, and the keys: arrows move the map below a cross in its middle, Enter sets a point.
(function (syriamap) {
  "use strict";
  const { button, el, words } = syriamap;
  const MILE = 1609.344;
  const { coordinates } = syriamap;

  // The same number in both units, as precise as it is large.
  function length(meters) {
    const km = meters / 1000;
    const miles = meters / MILE;
    const told = (value) => (value < 100 ? words.tenth(value) : words.number(value));
    return words.kit("length", { km: meters < 1000 ? words.number(meters) + "\u00a0" + words.sign("m") : told(km) + "\u00a0" + words.sign("km"), miles: told(miles) });
  }

  function ruler(map) {
    const points = [];
    const drawn = L.layerGroup();
    const pane = map.createPane("ruler");
    pane.style.zIndex = 620;
    pane.style.pointerEvents = "none";
    const told = el("p", "sm-length");
    told.setAttribute("aria-live", "polite");
    const hint = el("p", "sm-meta");
    const back = button("sm-text", "", () => { points.pop(); draw(); });
    const none = button("sm-text", "", () => { points.length = 0; draw(); });
    const away = button("sm-away", "×", close);
    const face = syriamap.card("sm-bar sm-ruler", away, told, hint, el("p", "sm-fields", back, none));
    face.hidden = true;
    const container = map.getContainer();
    const cross = el("div", "sm-cross");
    cross.setAttribute("aria-hidden", "true");
    cross.hidden = true;
    document.getElementById("syriamap").append(cross);
    let closed = null;

    function draw() {
      drawn.clearLayers();
      let all = 0;
      const legs = points.slice(1).map((point, i) => {
        const meters = coordinates.meters(points[i], point);
        all += meters;
        return { way: coordinates.between(points[i], point, 24), meters };
      });
      const line = (style) => legs.forEach(({ way }) => L.polyline(way, { pane: "ruler", interactive: false, ...style }).addTo(drawn));
      line({ color: "#ffffff", weight: 5, opacity: 0.9 });
      line({ color: "#7a1fa2", weight: 2.4, dashArray: "7 4" });
      points.forEach((point) => L.circleMarker(point, { pane: "ruler", interactive: false, radius: 4, color: "#7a1fa2", weight: 2, fillColor: "#ffffff", fillOpacity: 1 }).addTo(drawn));
      if (legs.length > 1) {
        legs.forEach(({ way, meters }) => L.tooltip({ pane: "ruler", permanent: true, direction: "center", className: "sm-leg", interactive: false }).setLatLng(way[12]).setContent(el("span", "", length(meters))).addTo(drawn));
      }
      told.textContent = legs.length ? length(all) : points.length ? words.kit("point_set", { at: coordinates.decimal(...points[0]) }) : words.kit("no_point");
      back.disabled = none.disabled = !points.length;
    }

    function add({ lat, lng }) {
      points.push([lat, lng]);
      draw();
    }

    function pressed(event) {
      if (event.target !== container) {
        return;
      }
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        add(map.getCenter());
      } else if (event.key === "Backspace" && points.length) {
        event.preventDefault();
        back.click();
      }
      cross.hidden = false;
    }

    function open() {
      if (!face.hidden) {
        return;
      }
      face.hidden = false;
      closed = syriamap.onEscape(close);
      drawn.addTo(map);
      container.classList.add("sm-measuring");
      container.addEventListener("keydown", pressed);
      map.doubleClickZoom.disable();
      draw();
      container.focus({ preventScroll: true });
    }

    function close() {
      face.hidden = cross.hidden = true;
      points.length = 0;
      drawn.remove();
      container.classList.remove("sm-measuring");
      container.removeEventListener("keydown", pressed);
      map.doubleClickZoom.enable();
      closed && closed();
      closed = null;
    }

    // Whether a click on the map was meant for the ruler.
    function takes({ latlng, originalEvent }) {
      if (face.hidden) {
        return false;
      }
      cross.hidden = true;
      // The second click of a double one would set the same point again.
      if (!originalEvent || originalEvent.detail < 2) {
        add(latlng);
      }
      return true;
    }

    function relabel() {
      face.setAttribute("aria-label", words.kit("ruler"));
      hint.textContent = words.kit("ruler_hint");
      back.textContent = words.kit("last_away");
      none.textContent = words.kit("all_away");
      away.setAttribute("aria-label", words.kit("close"));
      draw();
    }

    relabel();
    return { close, isOn: () => !face.hidden, open, points, relabel, takes };
  }

  // Where the pointer is, or was tapped, or the middle of the map: a click writes it in the next of three ways.
  function readout(map) {
    const ways = ["decimal", "dms", "mgrs"];
    let way = 0;
    let at = null;
    const face = button("sm-readout", "", () => { way = (way + 1) % ways.length; tell(); });
    face.dir = "ltr";
    const control = L.control({ position: "bottomleft" });
    control.onAdd = () => face;
    control.addTo(map);
    L.DomEvent.disableClickPropagation(face);
    let waits = false;

    function tell() {
      const { lat, lng } = (at || map.getCenter()).wrap();
      face.textContent = coordinates[ways[way]](lat, lng) || coordinates.decimal(lat, lng);
      face.title = words.kit("readout");
      face.setAttribute("aria-label", words.kit("readout_is", { at: face.textContent }));
    }

    function later(latlng) {
      at = latlng;
      if (!waits) {
        waits = true;
        requestAnimationFrame(() => { waits = false; tell(); });
      }
    }

    map.on("mousemove click", ({ latlng }) => later(latlng));
    map.on("moveend mouseout", () => later(null));
    tell();
    return { relabel: tell };
  }

  Object.assign(syriamap, { readout, ruler });
})((window.syriamap = window.syriamap || {}));
