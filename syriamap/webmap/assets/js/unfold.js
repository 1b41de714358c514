// What stands compressed in the page → text, in any browser: five signs for four bytes, deflate (RFC 1951). The
// scripts of the page stand so; what waits is unfolded by the browser itself (`waiting.js`).
(function (syriamap) {
  "use strict";
  // As in packing.py.
  const DIGITS = "!#$%()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz}";
  const VALUE = new Int16Array(128).fill(-1);
  [...DIGITS].forEach((digit, value) => {
    VALUE[digit.charCodeAt(0)] = value;
  });

  function bytesOf({ bytes, deflate }) {
    const words = new DataView(new ArrayBuffer((deflate.length / 5) * 4));
    for (let i = 0, at = 0; i < deflate.length; i += 5, at += 4) {
      let word = 0;
      for (let k = i; k < i + 5; k++) {
        word = word * 85 + VALUE[deflate.charCodeAt(k)];
      }
      words.setUint32(at, word);
    }
    return new Uint8Array(words.buffer, 0, bytes);
  }

  // Where the lengths of each code begin, and how many bits more tell the rest.
  const LENGTHS = steps(3, 28, 4);
  const AWAY = steps(1, 30, 2);
  LENGTHS.push([258, 0]);

  function steps(first, count, each) {
    const found = [];
    for (let code = 0; code < count; code++) {
      const more = Math.max(0, Math.floor(code / each) - 1);
      found.push([first, more]);
      first += 1 << more;
    }
    return found;
  }

  // A code from how many bits each symbol has: for all that can come next, the symbol and its bits.
  function codeOf(bits) {
    const widest = Math.max(1, ...bits);
    const table = new Uint16Array(1 << widest);
    let code = 0;
    for (let count = 1; count <= widest; count++) {
      bits.forEach((one, symbol) => {
        if (one === count) {
          for (let at = turned(code, count); at < table.length; at += 1 << count) {
            table[at] = (symbol << 4) | count;
          }
          code++;
        }
      });
      code <<= 1;
    }
    return { table, widest };
  }

  function turned(code, count) {
    let found = 0;
    for (let left = count; left > 0; left--, code >>= 1) {
      found = (found << 1) | (code & 1);
    }
    return found;
  }

  function inflated(bytes) {
    let out = new Uint8Array(bytes.length * 4);
    let size = 0;
    let at = 2; // after the two bytes of zlib
    let held = 0;
    let count = 0;

    const damaged = () => new Error("syriamap: the page is damaged");

    // What comes next stands in the lowest bits.
    function hold(more) {
      while (count < more) {
        held |= bytes[at++] << count;
        count += 8;
      }
      if (at > bytes.length + 4) {
        throw damaged();
      }
    }

    function drop(more) {
      held >>>= more;
      count -= more;
    }

    function take(more) {
      hold(more);
      const value = held & ((1 << more) - 1);
      drop(more);
      return value;
    }

    function symbol({ table, widest }) {
      hold(widest);
      const found = table[held & ((1 << widest) - 1)];
      if (!found) {
        throw damaged();
      }
      drop(found & 15);
      return found >> 4;
    }

    function room(more) {
      if (size + more > out.length) {
        const larger = new Uint8Array(2 * out.length + more);
        larger.set(out);
        out = larger;
      }
    }

    function codes() {
      const sizes = [take(5) + 257, take(5) + 1];
      const lengths = new Array(19).fill(0);
      const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15].slice(0, take(4) + 4);
      order.forEach((one) => { lengths[one] = take(3); });
      const code = codeOf(lengths);
      const found = [];
      while (found.length < sizes[0] + sizes[1]) {
        const one = symbol(code);
        const last = one === 16 ? found[found.length - 1] : 0;
        const times = one < 16 ? 1 : one === 16 ? 3 + take(2) : one === 17 ? 3 + take(3) : 11 + take(7);
        for (let left = times; left > 0; left--) {
          found.push(one < 16 ? one : last);
        }
      }
      return [codeOf(found.slice(0, sizes[0])), codeOf(found.slice(sizes[0]))];
    }

    const fixed = () => [codeOf(Array.from({ length: 288 }, (_, one) => (one < 144 ? 8 : one < 256 ? 9 : one < 280 ? 7 : 8))), codeOf(new Array(30).fill(5))];

    function block([literals, distances]) {
      for (let one = symbol(literals); one !== 256; one = symbol(literals)) {
        if (one < 256) {
          room(1);
          out[size++] = one;
          continue;
        }
        const [least, more] = LENGTHS[one - 257];
        const length = least + take(more);
        const [nearest, further] = AWAY[symbol(distances)];
        const from = nearest + take(further);
        room(length);
        for (let end = size + length; size < end; size++) {
          out[size] = out[size - from];
        }
      }
    }

    function stored() {
      take(count & 7);
      const length = take(16);
      take(16);
      room(length);
      for (let left = length; left > 0; left--) {
        out[size++] = take(8);
      }
    }

    for (let isLast = 0; !isLast;) {
      isLast = take(1);
      const kind = take(2);
      kind === 0 ? stored() : block(kind === 1 ? fixed() : codes());
    }
    return out.subarray(0, size);
  }

  // Runs the scripts that a block holds; the policy of the page knows their text.
  function run(id) {
    const script = document.createElement("script");
    script.textContent = JSON.parse(new TextDecoder().decode(inflated(bytesOf(JSON.parse(document.getElementById(id).textContent)))));
    document.head.append(script);
    script.remove();
  }

  syriamap.unfold = { bytesOf, DIGITS, inflated, run, VALUE };
})((window.syriamap = window.syriamap || {}));
