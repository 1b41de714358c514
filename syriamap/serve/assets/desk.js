"use strict";
(() => {
  const map = document.getElementById("map");
  const told = document.getElementById("told");
  if (!map) return;
  const building = "The map is being built …";
  const show = () => { told.textContent = told.textContent.replace(building, "").trim(); };
  told.textContent = `${told.textContent} ${building}`.trim();
  map.addEventListener("load", show);
  // the file may be changed by a spreadsheet or the review sheet: then the map is loaded anew
  setInterval(async () => {
    if (document.hidden) return;
    let state;
    try {
      state = await (await fetch("/state")).json();
    } catch {
      told.textContent = "The program behind this page does not answer.";
      return;
    }
    if (state.revision === map.dataset.revision) return;
    map.dataset.revision = state.revision;
    map.src = `/map/${map.dataset.day}?v=${state.revision}`;
    told.textContent = `The claims file changed. ${building}`;
  }, 3000);
})();
