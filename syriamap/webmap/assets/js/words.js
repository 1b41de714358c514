// The page's own words, in the language that is chosen: `syriamap/look/languages/*.toml`. Numbers, dates and
// plural forms are those of the browser's own tables.
(function (syriamap) {
  "use strict";
  const LANGUAGES = __SYRIAMAP_WORDS__;
  const FORMATS = {
    date: (locale) => new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }),
    number: (locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }),
    tenth: (locale) => new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    percent: (locale) => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }),
    share: (locale) => new Intl.NumberFormat(locale, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    plural: (locale) => new Intl.PluralRules(locale),
  };
  const has = (table, key) => Object.prototype.hasOwnProperty.call(table, key);
  const listeners = [];
  // Words of the language that the page begins in are there at once; of others only their names.
  const isKnown = (language) => has(LANGUAGES, language) && has(LANGUAGES[language], "page");
  let code = "";
  let words = null;
  let awaited = "";
  let formats = null;

  function use(language) {
    code = language;
    words = LANGUAGES[code];
    formats = {};
  }

  // Made when it is first asked for: a browser takes some time over each.
  function format(name) {
    formats[name] = formats[name] || FORMATS[name](words.language.locale);
    return formats[name];
  }

  // Speak another language; whoever has written something is told.
  function speak(language) {
    awaited = has(LANGUAGES, language) && !isKnown(language) ? language : "";
    if (isKnown(language) && language !== code) {
      use(language);
      listeners.forEach((tell) => tell());
    }
  }

  // A phrase cut at its {names}: text and values in turn. A value may be an element.
  function pieces(template, values) {
    return template.split(/\{(\w+)\}/).map((part, index) => (index % 2 ? (has(values, part) ? values[part] : "") : part)).filter((part) => part !== "");
  }

  function fill(template, values) {
    return values ? pieces(template, values).join("") : template;
  }

  // A code that we have no word for is shown as it is.
  function word(table, key) {
    return has(words[table], key) ? words[table][key] : key;
  }

  function counted(table, key, number, values) {
    const forms = words[table][key];
    const form = number === 0 && forms.zero ? "zero" : format("plural").select(number);
    return fill(forms[form] || forms.other, { n: format("number").format(number), ...values });
  }

  function reason(key) {
    const denied = /^denied_(.+)$/.exec(key);
    return denied ? fill(words.reasons.denied, { what: word("reasons", denied[1]) }) : word("reasons", key).replaceAll("_", " ");
  }

  // "2024-12-06" → "6 December 2024", the same in every time zone.
  function longDate(iso) {
    return /^\d{4}-\d{2}-\d{2}$/.test(iso) ? format("date").format(new Date(iso + "T00:00:00Z")) : iso;
  }

  function confidence(percent) {
    const key = percent >= 90 ? "very_likely" : percent >= 75 ? "likely" : percent >= 60 ? "more_likely" : "uncertain";
    // What is inferred is never certain, so no number says so.
    const told = format("percent").format(Math.min(99, percent) / 100);
    return fill(words.page[key], { percent: percent > 99 ? fill(words.page["over"], { percent: told }) : told });
  }

  const number = (value) => format("number").format(Math.round(value));

  function km2(value) {
    return (value >= 10 ? number(value) : format("tenth").format(value)) + "\u00a0" + words.signs.km2;
  }

  // "HTS captured Hama from …", with elements for the names.
  function said(relation, values) {
    const known = has(words.relations, relation) && relation !== "other";
    const key = (known ? relation : "other") + (values.against ? "_against" : "");
    return pieces(words.relations[key], { relation, ...values });
  }

  // Words that waited; who asked for one of those languages is now spoken to in it.
  function learn(tables) {
    for (const [language, learned] of Object.entries(tables)) {
      LANGUAGES[language] = Object.assign(LANGUAGES[language] || {}, learned);
    }
    if (awaited) {
      speak(awaited);
    }
  }

  use(Object.keys(LANGUAGES).find(isKnown));
  syriamap.words = {
    certainty: (key) => word("certainties", key),
    confidence,
    count: (key, number, values) => counted("page", key, number, values),
    counted,
    doubt: (key) => word("doubts", key),
    direction: () => words.language.direction,
    kind: (key) => word("kinds", key),
    heading: (key, values) => fill(words.heading[key], values),
    kit: (key, values) => fill(words.kit[key], values),
    km2,
    language: () => code,
    learn,
    languages: () => Object.keys(LANGUAGES).map((key) => [key, LANGUAGES[key].language.name]),
    layer: (key) => word("layers", key),
    longDate,
    number,
    onSpeak: (tell) => listeners.push(tell),
    page: (key, values) => fill(words.page[key], values),
    phrase: (key, values) => pieces(words.page[key], values),
    reason,
    said,
    share: (value) => format("share").format(value),
    sign: (key) => word("signs", key),
    speak,
    wanted: () => awaited || code,
    status: (key) => word("statuses", key),
    tenth: (value) => format("tenth").format(value),
  };
})((window.syriamap = window.syriamap || {}));
