// The legend, the filters and what is chosen: buttons that carry live counts.

class Legend {
  constructor(collection, filters) {
    Object.assign(this, { collection, filters });
    this.tabs = COLOURINGS.map(([by, label]) => button(label, () => filters.set({ by }), { "data-by": by }));
    this.entries = el("div.ca-legend-entries", { role: "group", "aria-label": "Show only" });
    this.notes = el("ul.ca-legend-notes", {}, legendNotes());
    const body = el("div.ca-legend-body", {}, el("div.ca-tabs", { role: "group", "aria-label": "Colour by" }, this.tabs), this.entries, this.notes);
    this.element = el("details.ca-legend", { open: true }, el("summary", {}, "Legend"), body);
  }

  update() {
    const { filters } = this;
    const { by } = filters.state;
    for (const tab of this.tabs) tab.setAttribute("aria-pressed", tab.dataset.by === by);
    const facet = filters.facetByKey.get(by);
    const chosen = filters.state[by];
    const present = facet.entries.map((entry, e) => [entry, facet.counts[e]]).filter(([entry]) => facet.present.has(entry.id));
    replaceContent(this.entries, present.map(([entry, n]) => legendEntry(filters, by, entry, n, chosen)));
  }
}

function legendEntry(filters, by, entry, n, chosen) {
  const pressed = chosen.has(entry.id);
  const attributes = { type: "button", "aria-pressed": pressed, onclick: () => filters.toggle(by, entry.id), title: `Show only: ${entry.label}`, "data-id": entry.id };
  const node = el("button.ca-legend-entry", attributes, symbolElement(entryLook(entry, by), 15), el("span.ca-label", {}, entry.label), el("span.ca-count", {}, number(n)));
  if (chosen.size && !pressed) node.classList.add("is-off");
  if (!n) node.classList.add("is-zero");
  return node;
}

function legendNotes() {
  const plain = { shape: "circle", angle: 0, broken: false, hollow: false, unknown: false, colors: ["currentColor"] };
  const ring = svg("svg", { viewBox: "-8 -8 16 16", width: 15, height: 15, "aria-hidden": "true" },
    svg("circle", { r: 6, fill: "none", stroke: "currentColor", "stroke-width": 2.4 }),
    svg("text", { y: 2.6, "text-anchor": "middle", "font-size": 7.5, "font-weight": 700, fill: "currentColor" }, "3"));
  const area = svg("svg", { viewBox: "-8 -8 16 16", width: 15, height: 15, "aria-hidden": "true" },
    svg("circle", { r: 6.8, fill: "none", stroke: "currentColor", "stroke-width": 1.2, "stroke-dasharray": "1.2 2" }),
    svg("circle", { r: 2.6, fill: "none", stroke: "currentColor", "stroke-width": 1.4 }));
  const notes = [
    [symbolElement({ ...plain, broken: true }, 15), "Dashed ring: contested or denied"],
    [area, "Hollow in a dotted circle: only the area is known"],
    [ring, "Number: several incidents at one coordinate"],
    [symbolElement(plain, 15), "Size: deaths claimed"],
  ];
  return notes.map(([symbol, text]) => el("li", {}, symbol, text));
}

const CHOICES_SHOWN = 12;

class FilterPanel {
  constructor(collection, filters) {
    Object.assign(this, { collection, filters });
    this.expanded = new Set();
    this.min = el("input", { type: "number", min: 0, max: 999999, inputmode: "numeric", id: "ca-min", oninput: () => this.#setMin() });
    this.groups = filters.facets.map((facet) => [facet, el("fieldset.ca-facet")]);
    const least = el("fieldset.ca-facet", {}, el("legend", {}, "Deaths"), el("label.ca-min", { for: "ca-min" }, "At least", this.min, "killed"));
    this.element = el("div.ca-filters", { id: "ca-filters", hidden: true }, least, this.groups.map(([, group]) => group));
  }

  #setMin() {
    const value = this.min.value.trim();
    this.filters.set({ min: /^\d{1,6}$/.test(value) ? +value : null });
  }

  update() {
    const { state } = this.filters;
    if (this.element.hidden) return;
    if (document.activeElement !== this.min) this.min.value = state.min ?? "";
    for (const [facet, group] of this.groups) this.#updateGroup(facet, group);
  }

  #updateGroup(facet, group) {
    const chosen = this.filters.state[facet.key];
    const focused = group.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    let choices = facet.entries.map((entry, e) => ({ entry, n: facet.counts[e] })).filter(({ entry }) => facet.present.has(entry.id));
    const isLong = choices.length > CHOICES_SHOWN + 3;
    if (isLong) choices.sort((a, b) => facet.present.get(b.entry.id) - facet.present.get(a.entry.id));
    const rest = choices.length - CHOICES_SHOWN;
    const open = this.expanded.has(facet.key);
    if (isLong && !open) choices = choices.filter(({ entry }, k) => k < CHOICES_SHOWN || chosen.has(entry.id));
    const boxes = choices.map(({ entry, n }) => this.#choice(facet, entry, n, chosen));
    const more = isLong ? button(open ? "Fewer" : `${number(rest)} more`, () => this.#expand(facet, group), { class: "ca-quiet", "data-id": "\u0000more" }) : null;
    replaceContent(group, el("legend", {}, facet.label), boxes, more);
    if (focused !== null) for (const node of group.querySelectorAll("[data-id]")) if (node.dataset.id === focused) node.focus();
  }

  #choice(facet, entry, n, chosen) {
    const box = el("input", { type: "checkbox", checked: chosen.has(entry.id), "data-id": entry.id, onchange: () => this.filters.toggle(facet.key, entry.id) });
    const symbol = entry.color ? symbolElement(entryLook(entry, facet.key), 13) : null;
    const node = el("label.ca-choice", {}, box, symbol, el("span.ca-label", {}, entry.foreign ? foreign(entry.label) : entry.label), el("span.ca-count", {}, number(n)));
    if (!n) node.classList.add("is-zero");
    return node;
  }

  #expand(facet, group) {
    if (!this.expanded.delete(facet.key)) this.expanded.add(facet.key);
    this.#updateGroup(facet, group);
  }
}

// What is chosen, as chips that undo it.
function filterChips(filters) {
  const { state } = filters;
  const chips = [];
  const add = (text, undo, isForeign = false) => {
    chips.push(el("button.ca-chip", { type: "button", onclick: undo, title: "Remove this filter" }, isForeign ? foreign(text) : text, icon(ICONS.close)));
  };
  if (state.q) add(`“${state.q}”`, () => filters.set({ q: "" }), true);
  for (const facet of filters.facets) {
    for (const id of state[facet.key]) {
      const entry = facet.entries[facet.numberOf.get(id)];
      add(entry?.label ?? id, () => filters.toggle(facet.key, id), entry?.foreign ?? true);
    }
  }
  if (state.min !== null) add(`At least ${number(state.min)} killed`, () => filters.set({ min: null }));
  if (state.from !== null || state.to !== null) {
    const text = state.from === null ? `Until ${sayDay(state.to, true)}` : state.to === null ? `From ${sayDay(state.from, true)}` : sayDays(state.from, state.to, true);
    add(text, () => filters.set({ from: null, to: null }));
  }
  if (!state.undated) add("Without undated", () => filters.set({ undated: true }));
  return chips;
}
