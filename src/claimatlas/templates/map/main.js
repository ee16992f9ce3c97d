// Puts the page together around a Leaflet map.

const MAX_TIP_PARTS = 4;
const LEGEND_FITS = 620; // pixels

function show(map, dataElement) {
  const payload = JSON.parse(dataElement.textContent);
  return new Page(map, payload);
}

class Page {
  constructor(map, payload) {
    this.map = map;
    this.payload = payload;
    this.collection = new Collection(payload);
    this.filters = new Filters(this.collection);
    const { state, view } = readAddress(location.hash);
    Object.assign(this.filters.state, state);
    this.filters.apply();
    this.#build();
    this.#drawMap();
    this.#setView(view);
    this.#connect();
    this.update();
    if (state.incident !== null) this.open(this.collection.ids.get(state.incident) ?? null, { focus: false, move: view === null });
    // After the marks have reached the screen: a note for benchmarks, and work nobody has asked for yet.
    requestAnimationFrame(() =>
      setTimeout(() => {
        performance.mark("claimatlas-shown");
        this.filters.prepareSearch();
      }),
    );
  }

  #build() {
    const { collection, filters } = this;
    this.status = el("p.ca-status", { role: "status" });
    this.message = el("p.unseen", { role: "status" });
    this.search = el("input.ca-search", { type: "search", placeholder: "Search – ابحث", "aria-label": "Search in the text", dir: "auto", autocomplete: "off", spellcheck: "false" });
    this.filterButton = button("Filters", () => this.#toggleFilters(), { class: "ca-button", "aria-expanded": "false", "aria-controls": "ca-filters" });
    this.sort = el("select.ca-select", { "aria-label": "Order" }, SORTS.map(([sort, label]) => el("option", { value: sort }, label)));
    this.chips = el("div.ca-chips", { role: "group", "aria-label": "Filters in use" });
    this.here = el("div.ca-here", { hidden: true });
    this.panel = new FilterPanel(collection, filters);
    this.legend = new Legend(collection, filters);
    this.timeline = new Timeline(collection, filters);
    this.list = new List(collection, filters, { open: (i) => this.open(i), point: (i) => this.point(i) });
    this.record = new RecordView(collection, { close: () => this.close(), step: (step) => this.#step(step), say: (text) => (this.message.textContent = text) });
    const theme = el("button.ca-round", { type: "button", "aria-label": "Light or dark", title: "Light or dark", onclick: () => this.#switchTheme() }, icon(ICONS.theme));
    const saves = [["GeoJSON", "application/geo+json", toGeoJson], ["CSV", "text/csv", toCsv]].map(([name, type, make]) =>
      button(name, () => saveFile(`incidents.${name.toLowerCase()}`, type, make(collection, this.list.rows)), { class: "ca-quiet", "aria-label": `Save what is shown as ${name}` }));
    this.browse = el("div.ca-browse", {},
      el("div.ca-tools", {}, this.search, this.filterButton),
      this.panel.element, this.chips, this.here,
      el("div.ca-list-head", {}, this.sort, el("span.ca-spring"), el("span.ca-save", {}, "Save shown:"), saves),
      this.list.empty, this.list.element);
    this.tip = el("div.ca-tip", { hidden: true, "aria-hidden": "true" });
    const container = this.map.getContainer();
    this.stage = el("main.ca-stage", { "aria-label": "Map" });
    this.root = el("div.claimatlas", {},
      el("header.ca-top", {}, el("h1", {}, "claimatlas"), theme, this.status, this.message),
      el("aside.ca-side", { "aria-label": "Incidents" }, this.browse, this.record.element),
      this.stage, this.timeline.element);
    container.replaceWith(this.root);
    this.stage.append(container, this.legend.element, this.tip);
    container.setAttribute("aria-label", "Map of the incidents; the list holds the same");
    container.setAttribute("role", "region");
    // Where it would cover a good part of the country, the legend waits to be opened.
    if (this.stage.clientWidth < LEGEND_FITS) this.legend.element.open = false;
    this.theme = { colors: {} };
    this.#readColors();
    this.map.invalidateSize({ animate: false });
  }

  #drawMap() {
    const { map, collection, filters, theme } = this;
    const overTiles = Object.values(map._layers).some((layer) => layer instanceof L.TileLayer);
    this.layers = [];
    map.attributionControl?.setPrefix(false);
    if (collection.basemap) {
      const basemap = new Basemap(collection.basemap, theme, overTiles);
      this.layers.push(makeCanvasLayer((ctx, view) => basemap.paint(ctx, view), "ca-basemap"));
    }
    this.marks = new Marks(collection, filters, theme);
    map.attributionControl?.setPosition("bottomleft");
    this.focus = new Focus(collection, this.marks, theme);
    this.markLayer = makeCanvasLayer((ctx, view) => this.marks.paint(ctx, view), "ca-marks");
    this.focusLayer = makeCanvasLayer((ctx, view) => this.focus.paint(ctx, view), "ca-focus");
    this.layers.push(this.markLayer);
    if (collection.basemap) {
      const names = new Names(collection.basemap, this.marks, theme);
      this.nameLayer = makeCanvasLayer((ctx, view) => names.paint(ctx, view), "ca-names");
      this.layers.push(this.nameLayer);
    }
    this.layers.push(this.focusLayer);
  }

  #setView(view) {
    if (view) this.map.setView([view.latitude, view.longitude], view.zoom, { animate: false });
    else if (this.payload.fit) this.#fit();
    this.home = this.#view();
    for (const layer of this.layers) layer.addTo(this.map);
  }

  #fit() {
    const { basemap, spots } = this.collection;
    const land = basemap ? basemap.outline.flatMap(({ type, at }) => (type === "Polygon" ? [at] : at)).flat(2).map(([lon, lat]) => [lat, lon]) : [];
    // What lies abroad must be seen, too.
    const points = [...land, ...spots.map(({ lat, lon }) => [lat, lon])];
    // Where there is room for both, the legend stands beside the country.
    const beside = this.legend.element.open && this.stage.clientWidth > 800 ? this.legend.element.offsetWidth : 0;
    if (points.length) this.map.fitBounds(points, { animate: false, paddingTopLeft: [12, 12], paddingBottomRight: [12 + beside, 12] });
  }

  #view() {
    const { lat, lng } = this.map.getCenter();
    return `${+this.map.getZoom().toFixed(2)}/${lat.toFixed(4)}/${lng.toFixed(4)}`;
  }

  #connect() {
    const { map, filters, search, sort } = this;
    filters.listeners.push((change) => this.update(change));
    search.addEventListener("input", oncePerFrame(() => filters.set({ q: search.value.trim() })));
    sort.addEventListener("change", () => filters.set({ sort: sort.value }));
    map.on("moveend", () => this.#remember());
    map.on("mousemove", (event) => this.#hover(event.containerPoint));
    map.on("mouseout", () => this.#hover(null));
    map.on("click", (event) => this.#click(event.containerPoint));
    window.addEventListener("hashchange", () => this.#followAddress());
    new ResizeObserver(oncePerFrame(() => map.invalidateSize({ animate: false }))).observe(this.stage);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#recolor());
    window.addEventListener("beforeprint", () => this.#print(true));
    window.addEventListener("afterprint", () => this.#print(false));
  }

  update() {
    const { filters, collection } = this;
    const { state, totals } = filters;
    this.marks.update();
    this.markLayer.redraw();
    this.nameLayer?.redraw();
    this.focusLayer.redraw();
    this.legend.update();
    this.timeline.update();
    this.panel.update();
    this.list.update();
    if (document.activeElement !== this.search) this.search.value = state.q;
    this.sort.value = state.sort;
    const all = totals.shown === collection.n;
    const shownText = all ? number(collection.n) : `${number(totals.shown)} of ${number(collection.n)}`;
    const read = el("span.ca-wide", {}, ` · ${count(collection.reportsRead, "report")} read`);
    replaceContent(this.status, `${shownText} incident${collection.n === 1 ? "" : "s"} · ${count(totals.claims, "claim")}`, read);
    const unplaced = totals.unplaced ? [el("button.ca-chip", { type: "button", "aria-pressed": state.precision.has("none"), onclick: () => filters.toggle("precision", "none") }, `${number(totals.unplaced)} not on the map`)] : [];
    const chips = filterChips(filters);
    replaceContent(this.chips, chips, chips.length > 1 ? button("Clear all", () => filters.clear(), { class: "ca-quiet" }) : null, state.precision.has("none") ? null : unplaced);
    this.chips.hidden = !this.chips.childElementCount;
    const nChosen = FACET_KEYS.reduce((sum, key) => sum + state[key].size, 0) + (state.min === null ? 0 : 1);
    this.filterButton.textContent = nChosen ? `Filters (${nChosen})` : "Filters";
    this.#showHere();
    this.#remember();
  }

  // The list of one coordinate, opened from a mark with a count.
  #showHere() {
    const { state } = this.filters;
    const known = state.at !== null && this.collection.spotByKey.has(state.at);
    this.here.hidden = !known;
    if (!known) return;
    const spot = this.collection.spots[this.collection.spotByKey.get(state.at)];
    const text = [`${count(this.list.rows.length, "incident")} at `, el("b", {}, sayPlace(spot.lat, spot.lon))];
    replaceContent(this.here, el("span", {}, text), el("span.ca-spring"), button("Show all", () => this.filters.set({ at: null }), { class: "ca-quiet" }));
  }

  #remember() {
    clearTimeout(this.rememberTimer);
    this.rememberTimer = setTimeout(() => this.#writeAddress(), 150);
  }

  #writeAddress() {
    const view = this.#view();
    const fragment = writeAddress(this.filters.state, view === this.home ? null : view);
    if (fragment === location.hash.slice(1)) return;
    try {
      history.replaceState(null, "", fragment ? `#${fragment}` : location.href.split("#")[0]);
    } catch {
      // A page inside another page may not touch its address; the view is then not remembered.
    }
  }

  #followAddress() {
    const { state, view } = readAddress(location.hash);
    if (view) this.map.setView([view.latitude, view.longitude], view.zoom, { animate: false });
    this.filters.set(state);
    const i = state.incident === null ? null : (this.collection.ids.get(state.incident) ?? null);
    if (i === null) this.close({ focus: false });
    else this.open(i, { move: view === null });
  }

  open(i, { focus = true, move = true } = {}) {
    if (i === null) return;
    this.timeline.stop();
    this.filters.state.incident = this.collection.incidents.get("incident_id", i);
    this.selected = i;
    this.focus.selected = i;
    this.focus.hovered = null;
    this.tip.hidden = true;
    this.browse.hidden = true;
    this.root.classList.add("has-record");
    this.record.show(i, [this.list.neighbour(i, -1), this.list.neighbour(i, 1)]);
    if (focus) this.record.focus();
    if (move) this.#bringIntoView(i);
    this.focusLayer.redraw();
    this.#remember();
  }

  close({ focus = true } = {}) {
    const { selected } = this;
    if (selected === undefined || selected === null) return;
    this.filters.state.incident = null;
    this.selected = this.focus.selected = null;
    this.record.hide();
    this.browse.hidden = false;
    this.root.classList.remove("has-record");
    this.list.update();
    this.list.reveal(selected);
    if (focus) this.list.focus();
    this.focusLayer.redraw();
    this.#remember();
  }

  #step(step) {
    const next = this.list.neighbour(this.selected, step);
    if (next !== null) this.open(next);
  }

  #bringIntoView(i) {
    const row = this.collection.incidents.get("location", i);
    if (row === null) return;
    const { lat, lon, radius_m: radius } = this.collection.locations.row(row);
    const seen = this.map.getBounds().pad(-0.08).contains([lat, lon]);
    if (seen && this.#view() !== this.home) return;
    if (seen && this.filters.state.at === null && this.map.getZoom() >= 6) return;
    const zoom = Math.max(this.map.getZoom(), radius > 15000 ? 7 : 9);
    this.map.setView([lat, lon], zoom, { animate: false });
  }

  // Point at an incident, from the list or the map.
  point(i) {
    if (this.focus.hovered === i) return;
    this.focus.hovered = i;
    this.focusLayer.redraw();
  }

  #hover(point) {
    const mark = point === null ? null : this.marks.at(point);
    this.map.getContainer().classList.toggle("is-over-mark", mark !== null);
    this.point(mark === null ? null : mark.incidents[0]);
    this.tip.hidden = mark === null;
    if (mark === null) return;
    replaceContent(this.tip, this.#tipText(mark));
    const width = this.stage.clientWidth;
    const left = Math.max(8, Math.min(point.x + 14, width - this.tip.offsetWidth - 8));
    const above = point.y > this.stage.clientHeight - this.tip.offsetHeight - 30;
    this.tip.style.transform = `translate(${left}px, ${above ? point.y - this.tip.offsetHeight - 12 : point.y + 16}px)`;
  }

  #tipText(mark) {
    const { collection, filters } = this;
    const [i] = mark.incidents;
    if (mark.incidents.length === 1) {
      const dated = collection.start[i] !== UNDATED;
      return [el("b", { dir: "auto" }, foreign(headlineOf(collection, i))), el("span", {}, sayDays(dated ? collection.start[i] : null, dated ? collection.end[i] : null))];
    }
    const { by } = filters.state;
    const parts = [...mark.parts].sort((a, b) => b.share - a.share);
    const lines = parts.slice(0, MAX_TIP_PARTS).map(({ id, share }) => {
      const entry = collection.labels[by].get(id);
      return el("span.ca-tip-part", {}, symbolElement(entryLook(entry, by), 13), entry.label, el("span.ca-count", {}, percent(share)));
    });
    const place = collection.incidents.get("place", i);
    const rest = parts.length - MAX_TIP_PARTS;
    return [el("b", {}, `${count(mark.incidents.length, "incident")} at one coordinate`), place ? el("span", {}, foreign(place)) : null, lines, rest > 0 ? el("span", {}, `and ${rest} more`) : null];
  }

  #click(point) {
    const mark = this.marks.at(point);
    if (mark === null) return;
    if (mark.incidents.length === 1) return this.open(mark.incidents[0], { move: false });
    this.close({ focus: false });
    this.filters.set({ at: mark.spot.key });
    this.tip.hidden = true;
    this.list.focus();
  }

  #toggleFilters() {
    const { element } = this.panel;
    element.hidden = !element.hidden;
    this.filterButton.setAttribute("aria-expanded", String(!element.hidden));
    this.browse.classList.toggle("has-filters", !element.hidden);
    this.panel.update();
    this.list.update();
  }

  #switchTheme() {
    const dark = getComputedStyle(this.root).getPropertyValue("--is-dark").trim() === "1";
    this.root.dataset.theme = dark ? "light" : "dark";
    this.#recolor();
  }

  #recolor() {
    this.#readColors();
    this.marks.stamps.clear();
    for (const layer of this.layers) layer.redraw();
  }

  #readColors() {
    const style = getComputedStyle(this.root);
    for (const name of ["land", "water", "inner", "border", "road", "name", "faint", "halo", "surface", "ink", "edge", "accent"]) {
      this.theme.colors[name] = style.getPropertyValue(`--${name}`).trim();
    }
  }

  // Paper has its own width: the map is laid out anew for it, and put back afterwards.
  #print(printing) {
    const bounds = this.map.getBounds();
    if (printing) {
      this.beforePrint = { bounds, theme: this.root.dataset.theme, legend: this.legend.element.open };
      this.root.dataset.theme = "light";
      this.legend.element.open = true;
    } else {
      this.legend.element.open = this.beforePrint.legend;
      if (this.beforePrint.theme) this.root.dataset.theme = this.beforePrint.theme;
      else delete this.root.dataset.theme;
    }
    this.root.classList.toggle("is-printing", printing);
    this.map.invalidateSize({ animate: false, pan: false });
    this.map.fitBounds(this.beforePrint.bounds, { animate: false });
    this.timeline.update();
    this.#recolor();
    for (const layer of this.layers) {
      if (printing) layer.toPaper();
      else layer.toScreen();
    }
  }
}
