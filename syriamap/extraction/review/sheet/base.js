// what all parts of the sheet share: the data, small words for the page, messages
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const make = (tag, text, cls) => {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (cls) element.className = cls;
  return element;
};
/** Text of a stranger: in its own direction, whatever stands around it. */
const told = (tag, text, cls) => {
  const element = make(tag, text, cls);
  element.dir = "auto";
  return element;
};
const tell = (text) => { byId("told").textContent = text; };
const signs = (text) => [...text].length;
