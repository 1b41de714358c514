// The map as a picture with what it says of itself: heading, legend, credits. Everything that is drawn is
// written as one SVG without any link, which the browser then paints; nothing is loaded, so that the painted
// canvas may be read.
(function (syriamap) {
  "use strict";
  const { el, svg } = syriamap;
  const SHARP = 2;
  const KEY = 236;
  const WIDE = 700;
  const GAP = 10;
  // What an element of SVG looks like, which it takes along when it leaves its style sheet.
  const LOOKS = [
    "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap",
    "stroke-linejoin", "paint-order", "opacity", "stop-color",
  ];
  const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
  const plain = (text) => text.replace(NOT_XML, "\ufffd");
  const isClear = (color) => color === "transparent" || /,\s*0\)$/.test(color);

  function withLooks(original, copy) {
    const style = getComputedStyle(original);
    if (style.display === "none") {
      return copy.remove();
    }
    for (const name of LOOKS) {
      if (!(original.getAttribute(name) || "").startsWith("url(")) {
        copy.setAttribute(name, style.getPropertyValue(name));
      }
    }
    ["class", "style", "id"].forEach((name) => copy.removeAttribute(name));
    const copies = [...copy.children];
    [...original.children].forEach((child, i) => withLooks(child, copies[i]));
  }

  // A drawing inside the page, at its place on the screen.
  function drawing(element) {
    const { left, top, width, height } = element.getBoundingClientRect();
    const [x, y, wide, high] = element.hasAttribute("viewBox") ? element.getAttribute("viewBox").split(" ").map(Number)
      : [0, 0, Number(element.getAttribute("width")), Number(element.getAttribute("height"))];
    const copy = element.cloneNode(true);
    withLooks(element, copy);
    const scale = [wide ? width / wide : 1, high ? height / high : 1];
    return svg("g", { transform: `translate(${left} ${top}) scale(${scale}) translate(${-x} ${-y})` }, ...copy.childNodes);
  }

  const pencil = document.createElement("canvas").getContext("2d");

  function isBroken(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getClientRects().length > 1;
  }

  // Text as it stands, line by line.
  function lettering(node, style, put) {
    const range = document.createRange();
    const lines = [];
    // A word may be broken too, at a hyphen or where it is too long.
    for (const { 0: word, index } of node.data.matchAll(isBroken(node) ? /\S/gu : /\S+/g)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const { top, width } = range.getBoundingClientRect();
      const last = lines[lines.length - 1];
      if (width && last && Math.abs(last.top - top) < 3) {
        last.end = index + word.length;
      } else if (width) {
        lines.push({ top, start: index, end: index + word.length });
      }
    }
    pencil.font = style.font;
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pencil.measureText("x");
    const halo = /rgba?\([^)]*\)/.exec(style.textShadow);
    for (const { start, end } of lines) {
      range.setStart(node, start);
      range.setEnd(node, end);
      const { left, right, top, height } = range.getBoundingClientRect();
      const text = plain(node.data.slice(start, end)).replace(/\s+/g, " ");
      put(svg("text", {
        x: style.direction === "rtl" ? right : left, y: top + (height * up) / (up + down), direction: style.direction, fill: style.color,
        "font-family": style.fontFamily, "font-size": style.fontSize, "font-weight": style.fontWeight, "font-style": style.fontStyle,
        "letter-spacing": style.letterSpacing === "normal" ? 0 : style.letterSpacing,
        ...(halo ? { stroke: halo[0], "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" } : {}),
      }, style.textTransform === "uppercase" ? text.toUpperCase() : text));
    }
  }

  // Ground and edges of an element.
  function boxes(element, style, put) {
    const { left, top, width, height } = element.getBoundingClientRect();
    const wide = (side) => (style[`border${side}Style`] === "none" ? 0 : parseFloat(style[`border${side}Width`]));
    const sides = ["Top", "Right", "Bottom", "Left"].map((side) => [wide(side), style[`border${side}Color`]]);
    const [edge, ink] = sides[0];
    const isFrame = edge > 0 && sides.every(([one, color]) => one === edge && color === ink);
    const round = Math.min(parseFloat(style.borderTopLeftRadius) || 0, width / 2);
    if (!isClear(style.backgroundColor) || isFrame) {
      put(svg("rect", {
        x: left + (isFrame ? edge / 2 : 0), y: top + (isFrame ? edge / 2 : 0), width: Math.max(0, width - (isFrame ? edge : 0)), height: Math.max(0, height - (isFrame ? edge : 0)), rx: round,
        fill: isClear(style.backgroundColor) ? "none" : style.backgroundColor, ...(isFrame ? { stroke: ink, "stroke-width": edge } : {}),
      }));
    }
    if (!isFrame) {
      const corners = [[left, top], [left + width, top], [left + width, top + height], [left, top + height]];
      sides.forEach(([one, color], i) => {
        if (one > 0 && !isClear(color)) {
          put(svg("path", { d: "M" + corners[i].join(" ") + "L" + corners[(i + 1) % 4].join(" "), stroke: color, "stroke-width": one }));
        }
      });
    }
  }

  // An element of the page and all in it; `dots` stands for the canvas of settlements.
  function drawn(element, dots) {
    const style = getComputedStyle(element);
    const group = svg("g", { opacity: style.opacity });
    const put = (one) => group.appendChild(one);
    // The tip at the mouse is the reader's own.
    if (style.display === "none" || style.visibility === "hidden" || element.classList.contains("sm-tip")) {
      return group;
    }
    if (element.tagName === "svg") {
      put(drawing(element));
    } else if (element.tagName === "CANVAS") {
      dots && put(dots());
    } else if (element.tagName === "IMG") {
      const { left, top, width, height } = element.getBoundingClientRect();
      // A picture from elsewhere could not be painted, nor may it be asked for.
      element.src.startsWith("data:") && put(svg("image", { href: element.src, x: left, y: top, width, height }));
    } else if (element.classList.contains("sm-leader")) {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const isFalling = Math.tan(parseFloat(element.style.rotate)) >= 0;
      put(svg("path", { d: `M${left} ${isFalling ? top : bottom}L${right} ${isFalling ? bottom : top}`, stroke: style.borderTopColor, "stroke-width": 1.2 }));
    } else {
      boxes(element, style, put);
      for (const child of element.childNodes) {
        child.nodeType === Node.TEXT_NODE ? lettering(child, style, put) : child.nodeType === Node.ELEMENT_NODE && put(drawn(child, dots));
      }
    }
    return group;
  }

  // One map as it is on the screen, without its controls; `clip` is the part of it that is seen.
  function mapPart(map, layers) {
    const container = map.getContainer();
    const pane = map.getPane("mapPane");
    const origin = pane.getBoundingClientRect();
    const dots = () => {
      const paper = syriamap.pen();
      map.hasLayer(layers.dots) && layers.dots.drawOn(paper);
      return svg("g", { transform: `translate(${origin.left} ${origin.top})` }, ...paper.drawn.childNodes);
    };
    const depth = (one) => Number(getComputedStyle(one).zIndex) || 0;
    const panes = [...pane.children].filter((one) => one !== map.getPane("tilePane")).sort((a, b) => depth(a) - depth(b));
    const { left, top, width, height } = container.getBoundingClientRect();
    return svg("g", {}, svg("rect", { x: left, y: top, width, height, fill: getComputedStyle(container).backgroundColor }), ...panes.map((one) => drawn(one, dots)));
  }

  function frameOf(id, { x, y, width, height }) {
    return svg("clipPath", { id }, svg("rect", { x, y, width, height }));
  }

  // The whole sheet as SVG: heading, the map as it is shown, legend and credits.
  function sheet(map, records, { layers, legend }, beside) {
    const container = map.getContainer();
    const at = container.getBoundingClientRect();
    const isWide = at.width >= WIDE;
    const width = at.width + (isWide ? KEY + 2 * GAP : 0);
    const parts = syriamap.sheet(records, legend);
    const note = beside && beside.note();
    if (note) {
      parts[0].append(el("p", "sm-strong", note));
    }
    const stage = el("div", "sm-picture", ...parts);
    const [title, key, foot] = parts;
    title.style.width = foot.style.width = width - 2 * GAP + "px";
    key.style.width = (isWide ? KEY : at.width - 2 * GAP) + "px";
    key.style.columns = isWide ? 1 : Math.max(1, Math.floor(at.width / 170));
    container.append(stage);
    const isTiled = container.classList.contains("sm-tiled");
    container.classList.remove("sm-tiled");
    try {
      const [high, low] = [title.offsetHeight, foot.offsetHeight];
      const top = high + GAP;
      const middle = isWide ? Math.max(at.height, key.offsetHeight) : at.height + key.offsetHeight + GAP;
      const height = top + middle + low + 2 * GAP;
      const defs = svg("defs", {}, ...[...document.querySelectorAll(".sm-defs > defs > *")].map((one) => one.cloneNode(true)), frameOf("sm-seen", { x: at.left, y: at.top, width: at.width, height: at.height }));
      const moved = (x, y, from, ...inner) => svg("g", { transform: `translate(${x - from.left} ${y - from.top})` }, ...inner);
      const place = (element, x, y) => moved(x, y, element.getBoundingClientRect(), drawn(element));
      const maps = [svg("g", { "clip-path": "url(#sm-seen)" }, mapPart(map, layers))];
      if (note) {
        const seen = beside.seen();
        defs.append(frameOf("sm-other", seen));
        maps.push(svg("g", { "clip-path": "url(#sm-other)" }, mapPart(beside.map(), beside.layers())));
        maps.push(svg("path", { d: `M${seen.x} ${at.top}V${at.bottom}`, stroke: "#111111", "stroke-width": 3 }));
        maps.push(...beside.tags().map((one) => drawn(one)));
      }
      const scale = container.querySelector(".leaflet-control-scale");
      const image = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width: width * SHARP, height: height * SHARP, viewBox: `0 0 ${width} ${height}` },
        defs, svg("rect", { width, height, fill: "#ffffff" }), place(title, GAP, GAP / 2), moved(0, top, at, ...maps),
        scale ? moved(8, top + at.height - scale.offsetHeight - 8, scale.getBoundingClientRect(), drawn(scale)) : null,
        place(key, isWide ? at.width + GAP : GAP, top + (isWide ? 0 : at.height + GAP / 2)), place(foot, GAP, top + middle + GAP));
      return { image, width: Math.round(width * SHARP), height: Math.round(height * SHARP) };
    } finally {
      stage.remove();
      container.classList.toggle("sm-tiled", isTiled);
    }
  }

  // The picture as a file of PNG.
  async function make(...shown) {
    const { height, image, width } = sheet(...shown);
    const painted = new Image();
    painted.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(image));
    await painted.decode();
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width, height });
    canvas.getContext("2d").drawImage(painted, 0, 0, width, height);
    return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png"));
  }

  async function save(map, records, ...around) {
    syriamap.hand(syriamap.fileName(records, "png"), await make(map, records, ...around));
  }

  const isPossible = () => Boolean(pencil && HTMLCanvasElement.prototype.toBlob && "fontBoundingBoxAscent" in pencil.measureText("x") && Image.prototype.decode);

  syriamap.picture = { isPossible, make, save };
})((window.syriamap = window.syriamap || {}));
