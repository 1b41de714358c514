// The slider: one step is one of the page's days, and nothing is shown between two of them.
(function (syriamap) {
  "use strict";
  const { button, el, svg, words } = syriamap;
  const TEMPO = 900;

  function marks(series) {
    const most = Math.max(1, ...series.claimsOn);
    const last = Math.max(1, series.days.length - 1);
    const bars = series.claimsOn
      .map((count, day) => [count, day])
      .filter(([count]) => count > 0)
      .map(([count, day]) => {
        const height = 3 + 9 * Math.sqrt(count / most);
        return svg("rect", { x: (1000 * day) / last - 2, y: 12 - height, width: 4, height });
      });
    return svg(
      "svg",
      { class: "sm-ticks", viewBox: "-2 0 1004 12", preserveAspectRatio: "none", "aria-hidden": "true" },
      ...bars,
    );
  }

  // `show(day)` draws a day, `onCompare` the changes. Gives the element, `go` to move to a day, and
  // `drawn`, to be told when the page shows something else of the same day.
  function timeline(records, show, onCompare, panel) {
    const { claimsOn, days, isDaily } = records.series;
    const last = days.length - 1;
    const range = el("input", "sm-range");
    Object.assign(range, { type: "range", min: 0, max: last, step: 1, value: records.series.day, id: "sm-day" });
    const label = el("label", "sm-hidden");
    label.htmlFor = "sm-day";
    const output = el("output", "sm-day");
    output.htmlFor = "sm-day";
    output.setAttribute("aria-live", "polite");
    let timer = null;

    function tell() {
      const day = Number(range.value);
      const count = claimsOn[day];
      const text = words.longDate(days[day]);
      output.textContent = text;
      const key = isDaily || day === 0 ? "day_with_claims" : "date_with_claims";
      const since = words.longDate(days[Math.max(0, day - 1)]);
      range.setAttribute("aria-valuetext", words.page(key, { date: text, claims: words.count("claims", count), since }));
      chart.mark();
      back.disabled = day === 0;
      on.disabled = day === last;
    }

    function go(day) {
      range.value = Math.max(0, Math.min(last, day));
      tell();
      show(Number(range.value));
    }

    function stop() {
      clearInterval(timer);
      timer = null;
      play.textContent = "▶";
      play.setAttribute("aria-label", words.page("play"));
    }

    function toggle() {
      if (timer !== null) {
        stop();
        return;
      }
      if (Number(range.value) === last) {
        go(0);
      }
      play.textContent = "❚❚";
      play.setAttribute("aria-label", words.page("pause"));
      timer = setInterval(() => {
        go(Number(range.value) + 1);
        if (Number(range.value) === last) {
          stop();
        }
      }, TEMPO);
    }

    const back = button("sm-step", "‹", () => { stop(); go(Number(range.value) - 1); });
    const on = button("sm-step", "›", () => { stop(); go(Number(range.value) + 1); });
    const play = button("sm-step sm-play", "▶", toggle);
    range.addEventListener("input", () => { stop(); go(Number(range.value)); });
    const track = el("div", "sm-track", marks(records.series), range);
    const element = el("section", "sm-card sm-time", play, back, on, label, track, output);
    const compare = button("sm-text", "", () => { stop(); onCompare(); });
    const chart = syriamap.shares(records, range, panel, (day) => { stop(); go(day); });
    element.append(compare, chart.table, chart.element);

    function relabel() {
      label.textContent = words.page("day_shown");
      back.setAttribute("aria-label", words.page(isDaily ? "day_before" : "date_before"));
      on.setAttribute("aria-label", words.page(isDaily ? "next_day" : "next_date"));
      play.setAttribute("aria-label", words.page(timer === null ? "play" : "pause"));
      element.setAttribute("aria-label", words.page("time"));
      compare.textContent = words.page("changes");
      chart.relabel();
      tell();
    }

    relabel();
    return { drawn: chart.mark, element, go, relabel, stop };
  }

  syriamap.timeline = timeline;
})((window.syriamap = window.syriamap || {}));
