// Texts as numbers of phrases, as `shared_phrases.py` writes them. The table is all that is needed to read any list.
(function (syriamap) {
  "use strict";
  const { bytesOf } = syriamap.unfold;

  // Number 0 is the end of a text, then come words, then pairs of what comes before them.
  function of({ words, left, right, bits }) {
    const says = ["", ...words];
    const isLast = [true, ...words.map(() => false)];
    left.forEach((one, pair) => {
      says.push(says[one] + says[right[pair]]);
      isLast.push(isLast[right[pair]]);
    });
    // Numbers by the length of their code: the codes of a length follow each other.
    const ofLength = [];
    bits.forEach((length, number) => (ofLength[length] = ofLength[length] || []).push(number));
    ofLength[0] = [];

    function texts(block, count) {
      const bytes = bytesOf(block);
      let at = 0;

      function next() {
        let code = 0;
        let first = 0;
        for (let length = 1; length < ofLength.length; length++) {
          if (at >> 3 >= bytes.length) {
            break;
          }
          code = 2 * code + ((bytes[at >> 3] >> (7 - (at & 7))) & 1);
          at++;
          const numbers = ofLength[length] || [];
          if (code - first < numbers.length) {
            return numbers[code - first];
          }
          first = 2 * (first + numbers.length);
        }
        throw new Error("syriamap: the page is damaged");
      }

      const found = [];
      for (let text = ""; found.length < count;) {
        const number = next();
        text += says[number];
        if (isLast[number]) {
          found.push(text);
          text = "";
        }
      }
      return found;
    }

    // The columns of a table whose values are a count get them, one column after the other.
    function fill({ phrases, ...columns }) {
      const told = Object.values(columns).filter(({ values }) => Number.isInteger(values));
      const every = texts(phrases, told.reduce((sum, { values }) => sum + values, 0));
      let at = 0;
      for (const column of told) {
        column.values = every.slice(at, (at += column.values));
      }
      return columns;
    }

    return { fill, texts };
  }

  syriamap.phrases = { of };
})((window.syriamap = window.syriamap || {}));
