// Where the map is asked to go most: the largest cities, each with those of its size beside it.
(function (syriamap) {
  "use strict";
  const { names } = syriamap;
  const MOST = 6;
  const BESIDE_KM = 60;
  // A city that has this share of the people of the one it lies beside is named with it.
  const EQUAL = 1 / 3;
  const AROUND = 0.22;

  // Of each view the rows of its cities, the largest first, and its bounds.
  function views({ places }) {
    const found = [];
    for (let row = 0; row < places.name.length; row++) {
      if (places.kind[row] !== "city" || !places.population[row]) {
        continue;
      }
      const near = found.find(({ rows: [first] }) => syriamap.geometry.kilometers(places.lat[first], places.lon[first], places.lat[row], places.lon[row]) < BESIDE_KM);
      if (!near && found.length < MOST) {
        found.push({ rows: [row] });
      } else if (near && places.population[row] >= EQUAL * places.population[near.rows[0]]) {
        near.rows.push(row);
      }
    }
    return found.map(({ rows }) => {
      const of = (column) => rows.map((row) => places[column][row]);
      const corners = [[Math.min(...of("lat")) - AROUND, Math.min(...of("lon")) - AROUND], [Math.max(...of("lat")) + AROUND, Math.max(...of("lon")) + AROUND]];
      return { rows, corners };
    });
  }

  const nameOf = (records, { rows }) => rows.map((row) => names.place(records, row)).join(" – ");

  syriamap.views = { nameOf, views };
})((window.syriamap = window.syriamap || {}));
