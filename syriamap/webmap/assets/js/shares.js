// Who held how much: a chart below the slider, a column a step, and the same as a table in the panel.
(function (syriamap) {
  "use strict";
  const { button, data, el, names, svg, words } = syriamap;
  // As in `css/shares.css`.
  const HEIGHT = 46;
  const ROOM = 50;
  // On a map lower than this the chart would take too much of it; the table is there all the same.
  const LOWEST = 430;
  // Where the middle of the slider's thumb can stand, from either end of the slider.
  const THUMB = 8;
  // Less than this is not read out.
  const LEAST = 0.0005;
  const UNHELD = ["contested", "front_band", "undetermined"];

  const fits = ({ y }) => y >= LOWEST;

  // An actor, or why nobody holds it.
  function ownerOf(states, state) {
    const isBand = states.status[state] === "contested" && states.doubt[state] === "front_band";
    return states.actor[state] >= 0 ? states.actor[state] : isBand ? "front_band" : states.status[state];
  }

  // Share of every holder on every day, in the order of the actors, then what nobody holds.
  function bandsOf(records) {
    const { days, sizesThroughTime, states } = records.series;
    const sizes = sizesThroughTime();
    const found = new Map();
    sizes.forEach((km2, state) => {
      const owner = ownerOf(states, state);
      const sum = found.get(owner) || new Float64Array(days.length);
      km2.forEach((size, day) => { sum[day] += size; });
      found.set(owner, sum);
    });
    const whole = [...found.values()].reduce((sum, band) => sum + band[0], 0);
    const place = (owner) => (typeof owner === "number" ? owner : 1e6 + UNHELD.indexOf(owner));
    return [...found].sort(([a], [b]) => place(a) - place(b))
      .map(([owner, km2]) => ({ owner, share: km2.map((size) => size / whole) }));
  }

  const nameOf = (records, owner) => (typeof owner === "number" ? names.actor(records, owner) : words.sign(owner));

  // "Government 50.2%, Contested 3.1%": the largest first.
  function told(records, bands, day) {
    return bands.filter(({ share }) => share[day] >= LEAST).sort((a, b) => b.share[day] - a.share[day])
      .map(({ owner, share }) => nameOf(records, owner) + " " + words.share(share[day])).join(words.page("list_comma"));
  }

  function looks(actors, owner) {
    if (typeof owner === "number") {
      const { fillColor, fillOpacity } = syriamap.patterns.held(actors, owner);
      return [{ fill: fillColor, "fill-opacity": fillOpacity, stroke: "#00000073", "stroke-width": 0.5 }];
    }
    const inks = { contested: { fill: "url(#sm-contested-none)" }, front_band: { fill: "#5b5b5b", "fill-opacity": 0.28 } };
    return inks[owner] ? [{ fill: "#ffffff" }, inks[owner]] : [];
  }

  // `go(day)` moves the page to a day. Gives the elements, and what has to be told when something moves.
  function shares(records, range, panel, go) {
    const { days } = records.series;
    const last = days.length - 1;
    const caption = el("span", "sm-shares-name");
    const box = el("div", "sm-shares-box");
    const element = el("div", "sm-shares", caption, box);
    const table = button("sm-text", "", openTable);
    let bands = bandsOf(records);
    let told_of = records.story;
    let width = 0;
    let here = null;

    const isRtl = () => words.direction() === "rtl";
    const across = (day) => THUMB + (last ? (day / last) * (width - 2 * THUMB) : 0);
    const x = (along) => (isRtl() ? width - along : along).toFixed(1);

    // Columns meet halfway between two days of the slider.
    function edges() {
      const half = last ? (width - 2 * THUMB) / last / 2 : width;
      return days.flatMap((_, day) => {
        const middle = across(day);
        return [x(Math.max(0, middle - half)), x(Math.min(width, middle + half))];
      });
    }

    function stretches(share) {
      return days.map((_, day) => day).filter((day) => share[day] > 0).reduce((found, day) => {
        const open = found[found.length - 1];
        open && open[open.length - 1] === day - 1 ? open.push(day) : found.push([day]);
        return found;
      }, []);
    }

    function draw() {
      const at = edges();
      const foot = new Float64Array(days.length);
      const paths = bands.flatMap(({ owner, share }) => {
        const low = foot.map((sum) => HEIGHT * (1 - sum));
        share.forEach((size, day) => { foot[day] += size; });
        const line = (heights, day) => [at[2 * day] + " " + heights[day].toFixed(1), at[2 * day + 1] + " " + heights[day].toFixed(1)];
        const high = foot.map((sum) => HEIGHT * (1 - sum));
        // A stretch of days on which there is anything is a shape of its own.
        const shape = (some) => "M" + [...some.flatMap((day) => line(high, day)), ...some.flatMap((day) => line(low, day)).reverse()].join("L") + "Z";
        const d = stretches(share).map(shape).join("");
        return looks(records.actors, owner).map((look) => svg("path", { d, ...look }));
      });
      here = svg("line", { class: "sm-here", y1: -2, y2: HEIGHT + 2 });
      const ground = svg("rect", { class: "sm-country", width, height: HEIGHT });
      box.replaceChildren(svg("svg", { width, height: HEIGHT, role: "img" }, ground, ...paths, here));
      mark();
    }

    // Below the slider, as wide as it is.
    function layout() {
      const map = element.closest(".sm-map");
      if (!map) {
        return;
      }
      map.classList.toggle("sm-charted", fits({ y: map.clientHeight }));
      const own = element.getBoundingClientRect();
      const slider = range.getBoundingClientRect();
      if (!own.width || !slider.width) {
        return; // folded, or on paper, where the slider is not
      }
      const before = isRtl() ? own.right - slider.right : slider.left - own.left;
      width = slider.width;
      box.style.width = width + "px";
      box.style.marginInlineStart = before + "px";
      caption.style.width = before - 6 + "px";
      caption.hidden = before < 60;
      draw();
    }

    // The day shown, and what the chart says of it.
    function mark() {
      if (records.story !== told_of) {
        told_of = records.story;
        bands = bandsOf(records);
        draw();
        return;
      }
      if (here) {
        const day = Number(range.value);
        here.setAttribute("x1", x(across(day)));
        here.setAttribute("x2", x(across(day)));
        here.parentNode.setAttribute("aria-label", said(day));
      }
    }

    const said = (day) => words.page("shares_on", { date: words.longDate(days[day]), shares: told(records, bands, day) });

    function dayAt(event) {
      const along = event.clientX - box.getBoundingClientRect().left;
      const share = ((isRtl() ? width - along : along) - THUMB) / (width - 2 * THUMB);
      return Math.max(0, Math.min(last, Math.round(share * last)));
    }

    function move(event) {
      const day = dayAt(event);
      if (event.buttons && day !== Number(range.value)) {
        go(day);
      }
      box.title = said(day);
    }

    function openTable() {
      panel.custom("who_held", () => [
        el("p", "sm-note", words.page("shares_note")),
        el("table", "sm-shares-table", el("tbody", "", ...days.map((date, day) => {
          const head = el("th", "", button("sm-link", words.longDate(date), () => go(day)));
          head.scope = "row";
          return el("tr", "", head, el("td", "", data(told(records, bands, day))));
        }))),
      ], nothing);
    }

    function nothing() {}

    function relabel() {
      caption.textContent = words.page("share_of_area");
      table.textContent = words.page("shares");
      layout();
      requestAnimationFrame(layout); // when what stands beside the slider has its words, too
    }

    box.addEventListener("pointerdown", (event) => {
      box.setPointerCapture(event.pointerId);
      move(event);
    });
    box.addEventListener("pointermove", move);
    const sizes = new ResizeObserver(layout);
    sizes.observe(element);
    sizes.observe(range);
    return { element, mark, relabel, table };
  }

  syriamap.shares = shares;
  syriamap.shares.room = (size) => (fits(size) ? ROOM : 0);
})((window.syriamap = window.syriamap || {}));
