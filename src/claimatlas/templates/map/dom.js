// Making elements. Text goes in as text nodes only; nothing in the page is ever read as HTML.

const SVG = "http://www.w3.org/2000/svg";

// el("button.quiet", { type: "button", onclick: close }, "Close")
function el(kind, attributes = {}, ...children) {
  const [tag, ...classes] = kind.split(".");
  return fill(document.createElement(tag), classes, attributes, children);
}

function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), [], attributes, children);
}

function fill(node, classes, attributes, children) {
  if (classes.length) node.classList.add(...classes);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) continue;
    if (name.startsWith("aria-")) node.setAttribute(name, String(value));
    else if (value === false) continue;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.classList.add(...value.split(" "));
    else if (name === "style") for (const [key, setting] of Object.entries(value)) node.style.setProperty(key, setting);
    else node.setAttribute(name, value === true ? "" : value);
  }
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false && child !== "") node.append(child);
  }
}

function replaceContent(node, ...children) {
  node.replaceChildren();
  append(node, children);
}

// Words of a report or gazetteer: kept apart from the words around them, in their own direction.
function foreign(text, lang = null, tag = "bdi") {
  return el(tag, { lang: lang || (/[\u0600-\u06ff]/.test(text) ? "ar" : null), dir: "auto" }, text);
}

// Only web addresses become links, whatever a report's metadata says.
function link(address, text) {
  if (!/^https?:\/\//i.test(address || "")) return foreign(text, null, "span");
  return el("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, foreign(text), el("span.unseen", {}, " (opens the report)"));
}

function button(text, onclick, attributes = {}) {
  return el("button", { type: "button", onclick, ...attributes }, text);
}

function icon(path) {
  return svg("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", class: "ca-icon" }, svg("path", { d: path }));
}

const ICONS = {
  play: "M4.5 2.8v10.4l8.2-5.2z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  back: "M9.8 2.6 4.4 8l5.4 5.4 1.2-1.2L6.8 8 11 3.8z",
  next: "M6.2 2.6 5 3.8 9.2 8 5 12.2l1.2 1.2L11.6 8z",
  close: "M12.6 4.5 11.5 3.4 8 6.9 4.5 3.4 3.4 4.5 6.9 8l-3.5 3.5 1.1 1.1L8 9.1l3.5 3.5 1.1-1.1L9.1 8z",
  theme: "M8 1.5a6.5 6.5 0 1 0 0 13zM8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0z",
};

// Run at most once a frame, however often it is asked for.
function oncePerFrame(work) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      work();
    });
  };
}
