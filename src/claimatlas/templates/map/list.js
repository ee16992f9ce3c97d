// The list: what is shown on the map, row by row, for eyes, keyboards and screen readers. Only rows in view exist.

const ROW_HEIGHT = 100;
const ROWS_BEYOND = 6;

class List {
  constructor(collection, filters, { open, point }) {
    Object.assign(this, { collection, filters, open, point, rows: [], active: -1 });
    this.orders = {};
    this.positionOf = new WeakMap();
    this.element = el("div.ca-list", {
      role: "listbox",
      tabindex: 0,
      "aria-label": "Incidents",
      onscroll: oncePerFrame(() => this.#draw()),
      onkeydown: (event) => this.#press(event),
      onfocus: () => this.element.matches(":focus-visible") && this.#activate(this.active < 0 ? 0 : this.active, false),
      onblur: () => this.point(null),
      onclick: (event) => this.#at(event, (row) => this.open(row)),
      onpointermove: (event) => event.pointerType === "mouse" && this.#at(event, (row) => this.point(row)),
      onpointerleave: () => this.point(null),
    });
    this.space = el("div.ca-list-space", { role: "presentation" });
    this.empty = el("p.ca-empty", { hidden: true }, collection.n ? "No incident fits these filters." : "The reports tell of no incident.");
    this.element.append(this.space);
    new ResizeObserver(oncePerFrame(() => this.#draw())).observe(this.element);
  }

  #order(sort) {
    return (this.orders[sort] ??= this.#makeOrder(sort));
  }

  #makeOrder(sort) {
    const { start, killed, n } = this.collection;
    const rows = range(0, n);
    // Undated incidents come last, whichever end the list begins with.
    if (sort === "oldest") rows.sort((a, b) => (start[a] === UNDATED) - (start[b] === UNDATED) || start[a] - start[b] || a - b);
    else if (sort === "deaths") rows.sort((a, b) => killed[b] - killed[a] || a - b);
    else rows.sort((a, b) => (start[a] === UNDATED) - (start[b] === UNDATED) || start[b] - start[a] || a - b);
    return rows;
  }

  update() {
    const { shown, state } = this.filters;
    const spot = state.at === null ? undefined : this.collection.spotByKey.get(state.at);
    this.rows = this.#order(state.sort).filter((i) => shown[i] && (spot === undefined || this.collection.spotOf[i] === spot));
    const key = JSON.stringify([state.sort, state.at, this.rows.length, this.rows[0]]);
    if (key !== this.key) {
      this.active = -1;
      this.element.scrollTop = 0;
    }
    this.key = key;
    this.space.style.height = `${this.rows.length * ROW_HEIGHT}px`;
    this.drawn = new Map();
    this.empty.hidden = this.rows.length > 0;
    this.element.hidden = this.rows.length === 0;
    this.#draw();
  }

  #draw() {
    const { rows, element } = this;
    const first = Math.max(0, Math.floor(element.scrollTop / ROW_HEIGHT) - ROWS_BEYOND);
    const last = Math.min(rows.length, Math.ceil((element.scrollTop + element.clientHeight) / ROW_HEIGHT) + ROWS_BEYOND);
    // Rows that stay in view stay the same elements: a click begins and ends on one.
    const drawn = new Map(range(first, Math.max(first, last)).map((k) => [k, this.drawn?.get(k) || this.#row(k)]));
    for (const [k, row] of drawn) {
      row.classList.toggle("is-active", k === this.active);
      if (!row.isConnected) this.space.append(row);
    }
    for (const row of [...this.space.children]) if (drawn.get(this.positionOf.get(row)) !== row) row.remove();
    this.drawn = drawn;
  }

  #row(k) {
    const { collection, filters } = this;
    const i = this.rows[k];
    const { incidents } = collection;
    const killed = collection.toll(i, "killed");
    const row = el("div.ca-row", {
      role: "option",
      id: `ca-row-${i}`,
      "data-row": i,
      "aria-setsize": this.rows.length,
      "aria-posinset": k + 1,
      "aria-selected": filters.state.incident === incidents.get("incident_id", i) ? "true" : "false",
      style: { top: `${k * ROW_HEIGHT}px`, height: `${ROW_HEIGHT}px` },
    });
    append(row, [
      symbolElement(symbolOf(collection, i, filters.state.by)),
      el("div.ca-row-text", {}, el("div.ca-row-head", { dir: "auto" }, foreign(headlineOf(collection, i))), el("div.ca-row-meta", {}, this.#meta(i))),
      killed.some((bound) => bound !== null) ? el("div.ca-row-figure", { title: "Deaths claimed" }, el("b", {}, sayRangeShort(...killed)), el("span", {}, "killed")) : null,
    ]);
    this.positionOf.set(row, k);
    return row;
  }

  #meta(i) {
    const { collection } = this;
    const { incidents } = collection;
    const start = collection.start[i] === UNDATED ? null : collection.start[i];
    const place = incidents.get("place", i);
    const governorate = incidents.get("governorate", i);
    const precision = incidents.get("precision", i);
    const isSaid = place !== null && (governorate === place || precision === "governorate");
    const where = [place && foreign(place), governorate && !isSaid && foreign(governorate)].filter(Boolean);
    return [
      el("span", {}, sayDays(start, start === null ? null : collection.end[i], true)),
      where.length ? el("span", {}, where.flatMap((name, k) => (k ? [", ", name] : [name]))) : null,
      precision === null ? el("span.ca-tag", {}, "Place unknown") : null,
      collection.coarse[i] ? el("span.ca-tag", {}, `Only the ${collection.areaKind(i)} known`) : null,
    ];
  }

  #at(event, use) {
    const row = event.target.closest?.(".ca-row");
    if (row) use(+row.dataset.row);
  }

  #press(event) {
    const page = Math.max(1, Math.floor(this.element.clientHeight / ROW_HEIGHT) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key in steps) {
      event.preventDefault();
      this.#activate(Math.max(0, this.active) + (this.active < 0 ? 0 : steps[event.key]));
    } else if ((event.key === "Enter" || event.key === " ") && this.rows[this.active] !== undefined) {
      event.preventDefault();
      this.open(this.rows[this.active]);
    } else if (event.key === "Escape" && this.filters.state.at !== null) this.filters.set({ at: null });
  }

  #activate(k, scroll = true) {
    if (!this.rows.length) return;
    this.active = Math.min(this.rows.length - 1, Math.max(0, k));
    const top = this.active * ROW_HEIGHT;
    const { element } = this;
    if (scroll && top < element.scrollTop) element.scrollTop = top;
    if (scroll && top + ROW_HEIGHT > element.scrollTop + element.clientHeight) element.scrollTop = top + ROW_HEIGHT - element.clientHeight;
    this.#draw();
    element.setAttribute("aria-activedescendant", `ca-row-${this.rows[this.active]}`);
    this.point(this.rows[this.active]);
  }

  // Make a row the active one without moving the keyboard there.
  reveal(i) {
    const k = this.rows.indexOf(i);
    if (k < 0) return;
    this.active = k;
    this.element.scrollTop = Math.max(0, k * ROW_HEIGHT - this.element.clientHeight / 3);
    this.#draw();
  }

  neighbour(i, step) {
    const k = this.rows.indexOf(i);
    return k < 0 ? null : (this.rows[k + step] ?? null);
  }

  focus() {
    this.element.focus({ preventScroll: true });
  }
}

function headlineOf(collection, i) {
  const { incidents } = collection;
  const type = collection.labels.type.get(incidents.get("event_type", i))?.label || "Incident";
  return incidents.get("headline", i) || `${type}, ${incidents.get("place", i) || "place unknown"}`;
}
