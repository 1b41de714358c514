// Elements from text. Nothing on this page is made by parsing HTML: data only ever becomes the text
// of a node or the value of an attribute that cannot run.
(function (syriamap) {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  // As `web_link` in encode.py, which has already emptied every other link.
  const LINK = /^https?:\/\/[^\s"'<>`\\]+$/i;

  function append(parent, children) {
    for (const child of children) {
      if (child !== null && child !== undefined && child !== "") {
        parent.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
      }
    }
    return parent;
  }

  // el("p", "sm-note", "text", otherElement, …)
  function el(tag, className, ...children) {
    const element = document.createElement(tag);
    if (className) {
      element.className = className;
    }
    return append(element, children);
  }

  function svg(tag, attributes, ...children) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) {
      element.setAttribute(name, value);
    }
    return append(element, children);
  }

  // Text from data, kept from turning the direction of the text around it.
  function data(text, className) {
    return el("bdi", className, String(text));
  }

  function button(className, label, onClick) {
    const element = el("button", className, label);
    element.type = "button";
    element.addEventListener("click", onClick);
    return element;
  }

  function link(url, label) {
    if (!LINK.test(url)) {
      return data(label);
    }
    const element = el("a", "", data(label));
    element.href = url;
    element.target = "_blank";
    element.rel = "noopener noreferrer nofollow";
    return element;
  }

  function clear(element) {
    element.replaceChildren();
    return element;
  }

  // New children; those that are as before stay, so that the browser lays out only what has changed.
  function renew(parent, children) {
    children.forEach((child, index) => {
      const old = parent.childNodes[index];
      if (!old) {
        parent.append(child);
      } else if (old.tagName === "UL" && child.tagName === "UL" && old.className === child.className) {
        renew(old, [...child.childNodes]);
      } else if (!old.isEqualNode(child)) {
        old.replaceWith(child);
      }
    });
    while (parent.childNodes.length > children.length) {
      parent.lastChild.remove();
    }
  }

  // What a browser saved of a page that had been drawn is taken away before it is drawn again.
  function afresh(name) {
    const map = document.getElementById(name);
    if (map && map.hasChildNodes()) {
      map.replaceChildren();
      for (const attribute of ["role", "tabindex", "aria-label"]) {
        map.removeAttribute(attribute);
      }
      map.className = "folium-map";
      map.removeAttribute("style");
    }
    document.querySelectorAll("style.sm-later, #syriamap, .sm-defs, .sm-sheet-title, .sm-sheet-key, .sm-sheet-foot").forEach((one) => one.remove());
    document.body.classList.remove("sm-printing");
    delete document.documentElement.dataset.syriamap;
    const template = document.getElementById("sm-frame");
    template.after(template.content.cloneNode(true));
  }

  Object.assign(syriamap, { afresh, append, button, clear, data, el, link, renew, svg });
})((window.syriamap = window.syriamap || {}));
