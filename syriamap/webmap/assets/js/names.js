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

  const cityAround = ({ page }, row) => (isArabic() && page.cities_around[row][1]) || page.cities_around[row][0];

  syriamap.names = { actor, border, cityAround, event, neighbor, other, otherActor, place, short, side, theater };
})((window.syriamap = window.syriamap || {}));
