// Names of places, actors and sides, which are the theater's, in the language of the page where it
// has them.
(function (syriamap) {
  "use strict";
  const { words } = syriamap;
  const isArabic = () => words.language() === "ar";

  function actor({ actors }, row) {
    return row < 0 ? words.page("nobody_named") : (isArabic() && actors.name_ar[row]) || actors.name[row];
  }

  function short({ actors }, row) {
    return (isArabic() && actors.name_ar[row]) || actors.short[row] || actors.name[row];
  }

  function place({ places }, row) {
    return (isArabic() && places.name_ar.get(row)) || places.name[row];
  }

  // The name in the other script, empty where there is none.
  function other({ places }, row) {
    const arabic = places.name_ar.get(row) || "";
    return isArabic() && arabic ? places.name[row] : arabic;
  }

  function otherActor({ actors }, row) {
    const arabic = actors.name_ar[row] || "";
    return isArabic() && arabic ? actors.name[row] : arabic;
  }

  function event(records, row) {
    const at = records.events.place[row];
    return at >= 0 && isArabic() ? place(records, at) : records.events.name[row];
  }

  function side({ page }, id) {
    const names = (isArabic() && page.sides_ar) || page.sides || {};
    return (Object.prototype.hasOwnProperty.call(names, id) && names[id]) || id;
  }

  const theater = ({ page }) => (isArabic() && page.theater_ar) || page.theater;
  const border = ({ page }) => (isArabic() && page.border_ar) || page.border;
  const neighbor = ({ page }, row) => (isArabic() && page.neighbors_ar[row]) || page.neighbors[row];

  // A name that may turn the direction of writing, kept from turning what follows it (`statements.py`).
  function isolated(text) {
    return /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text) ? "\u2068" + text + "\u2069" : text;
  }

  function title(records) {
    const { page } = records;
    const name = isolated(theater(records));
    return page.since
      ? words.page("title_days", { theater: name, since: words.longDate(page.since), date: words.longDate(page.until) })
      : words.page("title_day", { theater: name, date: words.longDate(page.until) });
  }

  syriamap.names = { actor, border, event, neighbor, other, otherActor, place, short, side, theater, title };
})((window.syriamap = window.syriamap || {}));
