// A place by any of its spellings, in Latin or Arabic script.
(function (syriamap) {
  "use strict";
  const { button, data, el, words } = syriamap;
  const MOST = 8;
  const ARTICLE = "(?:al|ar|as|ash|at|ad|adh|an|az|el|er|es|esh|et|ed|en|ez|ul|ur|us|uz)";
  const FIRST = new RegExp("^" + ARTICLE + "[\\s-]+(?=\\S)");
  const INNER = new RegExp("[\\s-]" + ARTICLE + "[\\s-](?=\\S)", "g");
  const FORMS = { "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ء": "", "ـ": "" };

  // As `fold` in toponyms.py, which has folded the further spellings.
  function fold(name) {
    let text = name.normalize("NFKC").toLowerCase();
    if (/[\u0621-\u064a\u0671-\u06d3]/.test(text)) {
      text = text.replace(/\p{M}/gu, "").replace(/[أإآٱىیئؤةکءـ]/g, (letter) => FORMS[letter]);
      return text
        .split(/[^\p{L}\p{N}_]+/u).filter(Boolean)
        .map((word) => (word.startsWith("ال") && word.length > 3 ? word.slice(2) : word)).join(" ");
    }
    text = text.replace(/['`´‘’ʻʼʽʾʿˈ′‛“”"ʹ]/g, "").replace(/ı/g, "i").replace(/ş/g, "sh").replace(/ç/g, "ch").replace(/ğ/g, "gh");
    text = text.normalize("NFKD").replace(/\p{M}/gu, "").trim().replace(FIRST, "").replace(INNER, " ");
    return text.replace(/[\s\-‐-―_/,.;:()[\]]+/g, " ").replace(/[^\p{L}\p{N}_ ]+/gu, "").replace(/ +/g, " ").trim();
  }

  function index(records) {
    const { places } = records;
    return places.name.map((name, row) => {
      const arabic = places.name_ar.get(row);
      return [fold(name), arabic ? fold(arabic) : "", ...(places.also.get(row) || "").split("|")].filter(Boolean);
    });
  }

  // The whole name first, then its beginning, then the beginning of a word in it.
  function rank(names, wanted) {
    let best = 9;
    for (const name of names) {
      const grade = name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(" " + wanted) ? 2 : 9;
      best = Math.min(best, grade);
    }
    return best;
  }

  function search(records, element, open) {
    let known = null;
    const input = el("input", "");
    Object.assign(input, { type: "search", placeholder: "Find a place", autocomplete: "off", id: "sm-find" });
    const label = el("label", "sm-hidden", "Find a place by any spelling");
    label.htmlFor = "sm-find";
    const list = el("ul", "sm-found");
    const told = el("p", "sm-hidden");
    told.setAttribute("role", "status");

    function find(text) {
      known = known || index(records);
      const wanted = fold(text);
      if (wanted.length < 2) {
        return null;
      }
      const found = [];
      known.forEach((names, row) => {
        const grade = rank(names, wanted);
        if (grade < 9) {
          found.push([grade, row]);
        }
      });
      // Rows are in order of importance.
      return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, MOST).map(([, row]) => row);
    }

    function choose(row) {
      input.value = "";
      list.replaceChildren();
      told.textContent = "";
      open(row);
    }

    function update() {
      const found = find(input.value);
      told.textContent = found === null ? "" : found.length === 1 ? "1 place" : found.length + " places";
      list.replaceChildren(...(found || []).map((row) => {
        const arabic = records.places.name_ar.get(row);
        return el("li", "", button("sm-link", data(records.places.name[row]), () => choose(row)), arabic ? el("span", "sm-ar", " ", data(arabic)) : null, el("span", "sm-meta", " " + words.kind(records.places.kind[row])));
      }));
      if (found && !found.length) {
        list.append(el("li", "sm-meta", "No place of that name"));
      }
    }

    input.addEventListener("input", update);
    input.addEventListener("keydown", (pressed) => {
      const [first] = find(input.value) || [];
      if (pressed.key === "Enter" && first !== undefined) {
        choose(first);
      } else if (pressed.key === "ArrowDown" && list.querySelector("button")) {
        pressed.preventDefault();
        list.querySelector("button").focus();
      }
    });
    element.append(label, input, told, list);
    return { find };
  }

  syriamap.fold = fold;
  syriamap.search = search;
})((window.syriamap = window.syriamap || {}));
