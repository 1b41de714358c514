// What every copy of the map says of itself, as `syriamap/look/headings.py` writes it: country and day,
// whose story, which cut-off, how old the newest evidence is. It follows the day and the story shown.
(function (syriamap) {
  "use strict";
  const { names, words } = syriamap;
  const OLD_DAYS = __SYRIAMAP_OLD_DAYS__;

  // A name that may turn the direction of writing, kept from turning what follows it.
  function isolated(text) {
    return /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text) ? "\u2068" + text + "\u2069" : text;
  }

  // What is compared: the first of two days, while changes are shown.
  function title(records) {
    const { page } = records;
    return words.heading(page.compared ? "changes" : "day", {
      theater: isolated(names.theater(records)), date: words.longDate(page.date), since: words.longDate(page.compared || ""),
    });
  }

  function side(records) {
    const id = records.story || records.page.according_to;
    return id ? words.heading("told_by", { side: isolated(names.side(records, id)) }) : "";
  }

  function cutOff({ page }) {
    if (page.known_by) {
      return words.heading("cut_off", { date: words.longDate(page.known_by) });
    }
    return page.latest_report ? words.heading("reports_until", { date: words.longDate(page.latest_report) }) : "";
  }

  // Empty where the newest evidence is fresh.
  function age({ page }) {
    if (!page.newest) {
      return words.heading("no_reports");
    }
    const days = Math.round((Date.parse(page.date) - Date.parse(page.newest)) / 864e5);
    return days > OLD_DAYS ? words.counted("heading", "old", days) : "";
  }

  const notes = (records) => [side(records), cutOff(records), age(records)].filter(Boolean);
  const text = (records) => [title(records), ...notes(records)].join(" · ");

  syriamap.heading = { age, cutOff, notes, side, text, title };
})((window.syriamap = window.syriamap || {}));
