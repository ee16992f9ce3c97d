// What is shown: the state of the filters, and how many incidents each choice would leave.

const FACETS = [
  ["actor", "Attributed to"],
  ["attribution", "How attributed"],
  ["type", "What happened"],
  ["governorate", "Governorate"],
  ["deaths", "Deaths claimed"],
  ["grading", "How well attested"],
  ["precision", "How exactly placed"],
  ["claimant", "Who says so"],
];

function emptyState() {
  const choices = Object.fromEntries(FACETS.map(([key]) => [key, new Set()]));
  return { ...choices, q: "", min: null, from: null, to: null, undated: true, by: "actor", sort: "newest", at: null, incident: null };
}

class Filters {
  constructor(collection) {
    this.collection = collection;
    this.state = emptyState();
    this.shown = new Uint8Array(collection.n);
    this.inTimeless = new Uint8Array(collection.n);
    this.facets = FACETS.map(([key, label]) => makeFacet(collection, key, label));
    this.facetByKey = new Map(this.facets.map((facet) => [facet.key, facet]));
    this.listeners = [];
    this.haystacks = null;
  }

  // Change some of the state; everything that shows it is told.
  set(change) {
    Object.assign(this.state, change);
    this.apply();
    for (const listener of this.listeners) listener(change);
  }

  toggle(key, id) {
    const chosen = new Set(this.state[key]);
    if (!chosen.delete(id)) chosen.add(id);
    this.set({ [key]: chosen });
  }

  clear() {
    const { by, sort } = this.state;
    this.set({ ...emptyState(), by, sort });
  }

  get isActive() {
    const { q, min, from, to, undated } = this.state;
    return Boolean(q || min !== null || from !== null || to !== null || !undated || this.facets.some((f) => this.state[f.key].size));
  }

  apply() {
    const { collection, facets, shown, state } = this;
    const chosen = facets.map((facet) => facet.mask(state[facet.key]));
    const active = facets.map((_, f) => f).filter((f) => chosen[f]);
    const needles = fold(state.q).split(" ").filter(Boolean);
    const from = state.from ?? -Infinity;
    const to = state.to ?? Infinity;
    const timed = state.from !== null || state.to !== null;
    for (const facet of facets) facet.counts.fill(0);
    const totals = { shown: 0, unplaced: 0, undated: 0, killed: 0, claims: 0 };
    const nClaims = collection.incidents.column("n_claims");
    for (let i = 0; i < collection.n; i++) {
      shown[i] = this.inTimeless[i] = 0;
      if (state.min !== null && collection.killed[i] < state.min) continue;
      if (needles.length && !this.#contains(i, needles)) continue;
      const isUndated = collection.start[i] === UNDATED;
      const inTime = isUndated ? state.undated : !timed || (collection.end[i] >= from && collection.start[i] <= to);
      let failed = -1;
      let fails = 0;
      for (const f of active) {
        if (facets[f].matches(i, chosen[f])) continue;
        failed = f;
        if (++fails > 1) break;
      }
      if (fails === 0) {
        this.inTimeless[i] = 1;
        if (isUndated) totals.undated++;
      }
      if (!inTime || fails > 1) continue;
      // An incident that only one facet shuts out counts for the other choices of that facet.
      if (fails === 1) facets[failed].count(i);
      else {
        shown[i] = 1;
        totals.shown++;
        totals.claims += nClaims[i];
        if (collection.spotOf[i] < 0) totals.unplaced++;
        for (const facet of facets) facet.count(i);
      }
    }
    this.totals = totals;
  }

  #contains(i, needles) {
    this.haystacks ??= new Array(this.collection.n);
    const text = (this.haystacks[i] ??= makeHaystack(this.collection, i));
    return needles.every((needle) => text.includes(needle));
  }

  // Folding all words takes a while in large collections, so it is done in idle moments before anybody searches.
  prepareSearch() {
    this.haystacks ??= new Array(this.collection.n);
    let next = 0;
    const later = window.requestIdleCallback || ((work) => setTimeout(() => work({ timeRemaining: () => 8 }), 60));
    const work = (idle) => {
      while (next < this.collection.n && idle.timeRemaining() > 2) {
        this.haystacks[next] ??= makeHaystack(this.collection, next);
        next++;
      }
      if (next < this.collection.n) later(work);
    };
    later(work);
  }
}

function makeHaystack(collection, i) {
  const { incidents, sentences, claims, tellings } = collection;
  const words = ["headline", "place", "place_ar", "governorate", "district", "actor_label", "incident_id", "pcode", "event_type"];
  const parts = words.map((name) => incidents.get(name, i) || "");
  for (const [name] of collection.detail("places", i) || []) parts.push(name);
  const numbers = new Set();
  for (const claim of collection.claimsOf(i)) numbers.add(claims.get("sentence", claim));
  for (const telling of collection.tellingsOf(i)) numbers.add(tellings.get("sentence", telling));
  for (const sentence of numbers) parts.push(sentences.get("text", sentence));
  parts.push(...collection.claimantsOf(i));
  for (const report of collection.reportsOf(i)) parts.push(collection.reports.get("publisher", report) || "");
  return fold(parts.join(" "));
}

// One filter: its choices, and which of them each incident falls under (several actors and claimants are possible).
class Facet {
  constructor(key, label, entries, offsets, items) {
    Object.assign(this, { key, label, entries, offsets, items });
    this.numberOf = new Map(entries.map((entry, e) => [entry.id, e]));
    this.counts = new Int32Array(entries.length);
    // How many incidents each choice has in the whole collection; choices without any are not offered.
    this.present = new Map();
    for (const item of items) this.present.set(entries[item].id, (this.present.get(entries[item].id) || 0) + 1);
  }

  mask(ids) {
    if (!ids.size) return null;
    const mask = new Uint8Array(this.entries.length);
    for (const id of ids) if (this.numberOf.has(id)) mask[this.numberOf.get(id)] = 1;
    return mask;
  }

  matches(i, mask) {
    for (let k = this.offsets[i]; k < this.offsets[i + 1]; k++) if (mask[this.items[k]]) return true;
    return false;
  }

  count(i) {
    for (let k = this.offsets[i]; k < this.offsets[i + 1]; k++) this.counts[this.items[k]]++;
  }
}

function makeFacet(collection, key, label) {
  const entries = [...(collection.words[key] || [])];
  const numbers = new Map(entries.map((entry, e) => [entry.id, e]));
  const idsOf = idsReader(collection, key);
  const offsets = new Int32Array(collection.n + 1);
  const items = [];
  for (let i = 0; i < collection.n; i++) {
    for (const id of idsOf(i)) {
      if (!numbers.has(id)) {
        numbers.set(id, entries.length);
        entries.push({ id, label: id === "outlet" ? "The outlet itself" : id, foreign: id !== "outlet" });
      }
      items.push(numbers.get(id));
    }
    offsets[i + 1] = items.length;
  }
  return new Facet(key, label, entries, offsets, Int32Array.from(items));
}

function idsReader(collection, key) {
  if (key === "actor") return (i) => (collection.actors[i].length ? collection.actors[i] : ["none"]);
  if (key === "claimant") return (i) => collection.claimantsOf(i);
  const columns = { type: "event_type", deaths: "casualty_class" };
  const values = collection.incidents.column(columns[key] || key);
  return (i) => [values[i] ?? "none"];
}
