// A place by any of its spellings, in Latin or Arabic script.
(function (syriamap) {
  "use strict";
  const { button, data, el, names, words } = syriamap;
  const MOST = 8;
  const ARTICLES =
    "al|ar|as|ash|at|ath|ad|adh|an|az|el|er|es|esh|et|ed|en|ez|ul|ur|us|ush|ut|ud|un|uz|il|asch|esch|ach|ech";
  const ARTICLE = new RegExp("(^| )(?:(?:" + ARTICLES + ") +)+(?=[\\p{L}\\p{N}])", "gu");
  const ARABIC_ARTICLE = /(^| )(?:ال)+(?=[\p{L}\p{N}]{2})/gu;
  const FORMS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ؤ": "و",
    "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ک": "ك", "ء": "",
  };
  const LATIN = { "ı": "i", "ş": "sh", "ș": "sh", "ç": "ch", "ğ": "gh", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ə": "a" };

  // Letters and digits, one space between words.
  function bare(text) {
    return text
      .replace(/[\s\-‐-―_/,.;:()[\]]+/gu, " ").replace(/[^\p{L}\p{N} ]+/gu, "").replace(/\p{Lm}/gu, "")
      .replace(/ +/g, " ").trim();
  }

  // As `fold` in toponyms.py: case, marks, seats of the hamza and articles go.
  function fold(name) {
    let text = name.normalize("NFKC").toLowerCase();
    if (/[\u0621-\u064a\u0660-\u0669\u0671-\u06d3]/.test(text)) {
      text = bare(text.replace(/\p{M}/gu, ""));
      return text.replace(/./gu, (letter) => FORMS[letter] ?? letter).replace(ARABIC_ARTICLE, "$1");
    }
    // The cedilla of the romanization is an s, that of Turkish and Kurdish a sh.
    if (!/[êîûçğıöüeocvxp]/.test(text)) {
      text = text.replace(/ş/g, "s");
    }
    text = text.normalize("NFC").replace(/./gu, (letter) => LATIN[letter] ?? letter).normalize("NFKD").replace(/\p{M}/gu, "");
    return bare(text).replace(ARTICLE, "$1").replace(/([\p{L}\p{N}])[ae]h(?=$| )/gu, "$1a");
  }

  function index(records) {
    const { places } = records;
    return places.name.map((name, row) => {
      const arabic = places.name_ar.get(row);
      return [fold(name), arabic ? fold(arabic) : "", ...(places.also.get(row) || "").split("|").map(fold)].filter(Boolean);
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

  // Roads by name: "m5" shows the whole of it.
  function roads({ page }, wanted) {
    return (page.roads || []).map((name, row) => ({ name, row })).filter(({ name }) => name && fold(name).startsWith(wanted));
  }

  // `open` is told of a place, `show` of what else was found: a point or a road.
  function search(records, element, open, show) {
    let known = null;
    const input = el("input", "");
    Object.assign(input, { type: "search", autocomplete: "off", id: "sm-find" });
    const label = el("label", "sm-hidden");
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
      if (row >= 0) {
        open(row);
      }
    }

    // Empties the field; tells whether there was anything to leave.
    function leave() {
      const had = input.value !== "" || list.hasChildNodes();
      if (had) {
        choose(-1);
        input.focus({ preventScroll: true });
      }
      return had;
    }

    function chooseOther(what) {
      choose(-1);
      show(what);
    }

    // What is no place: [text, what to show].
    function others(text) {
      const at = syriamap.coordinates ? syriamap.coordinates.read(text) : null;
      const wanted = fold(text);
      return [
        ...(at ? [[at.map((one) => one.toFixed(4)).join(", "), { at }]] : []),
        ...(wanted.length > 1 ? roads(records, wanted).map(({ name, row }) => [name, { road: row }]) : []),
      ];
    }

    function update() {
      const found = find(input.value);
      const more = others(input.value);
      told.textContent = found === null && !more.length ? "" : words.count("found", (found || []).length + more.length);
      list.replaceChildren(...more.map(([text, what]) => el("li", "", button("sm-link", data(text), () => chooseOther(what)), el("span", "sm-meta", " " + words.page(what.at ? "point" : "road")))), ...(found || []).map((row) => {
        const other = names.other(records, row);
        return el("li", "", button("sm-link", data(names.place(records, row)), () => choose(row)), other ? el("span", "sm-ar", " ", data(other)) : null, el("span", "sm-meta", " " + words.kind(records.places.kind[row])));
      }));
      if (found && !records.isWhole) {
        list.append(el("li", "", syriamap.waitingNote(records)));
      } else if (found && !found.length && !more.length) {
        list.append(el("li", "sm-meta", words.page("not_found")));
      }
    }

    input.addEventListener("input", update);
    input.addEventListener("keydown", (pressed) => {
      const [first] = find(input.value) || [];
      const [other] = others(input.value);
      if (pressed.key === "Enter" && other) {
        chooseOther(other[1]);
      } else if (pressed.key === "Enter" && first !== undefined) {
        choose(first);
      } else if (pressed.key === "ArrowDown" && list.querySelector("button")) {
        pressed.preventDefault();
        list.querySelector("button").focus();
      }
    });
    function relabel() {
      known = null; // more places may have come
      label.textContent = words.page("find_spelling");
      input.placeholder = words.page("find");
      if (input.value) {
        update();
      }
    }

    element.append(label, input, told, list);
    relabel();
    return { find, leave, relabel };
  }

  syriamap.fold = fold;
  syriamap.search = search;
})((window.syriamap = window.syriamap || {}));
