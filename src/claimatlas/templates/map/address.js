// The view as the address's fragment, so that it can be sent to somebody.

const FACET_KEYS = FACETS.map(([key]) => key);

function writeAddress(state, view) {
  const parts = new URLSearchParams();
  for (const key of FACET_KEYS) for (const id of state[key]) parts.append(key, id);
  if (state.q) parts.set("q", state.q);
  if (state.min !== null) parts.set("min", state.min);
  if (state.from !== null) parts.set("from", isoDay(state.from));
  if (state.to !== null) parts.set("to", isoDay(state.to));
  if (!state.undated) parts.set("undated", "no");
  if (state.by !== "actor") parts.set("by", state.by);
  if (state.sort !== "newest") parts.set("sort", state.sort);
  if (state.at !== null) parts.set("at", state.at);
  if (state.incident !== null) parts.set("incident", state.incident);
  if (view) parts.set("view", view);
  return parts.toString();
}

function readAddress(fragment) {
  const parts = new URLSearchParams(fragment.replace(/^#/, ""));
  const state = emptyState();
  for (const key of FACET_KEYS) state[key] = new Set(parts.getAll(key));
  state.q = parts.get("q") || "";
  state.min = /^\d{1,6}$/.test(parts.get("min") || "") ? +parts.get("min") : null;
  state.from = readDay(parts.get("from"));
  state.to = readDay(parts.get("to"));
  state.undated = parts.get("undated") !== "no";
  if (COLOURINGS.some(([by]) => by === parts.get("by"))) state.by = parts.get("by");
  if (SORTS.some(([sort]) => sort === parts.get("sort"))) state.sort = parts.get("sort");
  state.at = parts.get("at");
  state.incident = parts.get("incident");
  return { state, view: readView(parts.get("view")) };
}

function readDay(text) {
  if (!/^\d{4}-\d\d-\d\d$/.test(text || "")) return null;
  const day = parseDay(text);
  return isoDay(day) === text ? day : null;
}

function readView(text) {
  const numbers = (text || "").split("/").map(Number);
  const [zoom, latitude, longitude] = numbers;
  if (numbers.length !== 3 || !numbers.every(Number.isFinite)) return null;
  return Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180 && zoom >= 0 && zoom <= 20 ? { zoom, latitude, longitude } : null;
}

// Where a link to one incident leads: to its record and nothing else.
function permalink(id) {
  return `${location.href.split("#")[0]}#${new URLSearchParams({ incident: id })}`;
}

const COLOURINGS = [["actor", "Actor"], ["deaths", "Deaths"], ["grading", "Grading"]];
const SORTS = [["newest", "Newest first"], ["oldest", "Oldest first"], ["deaths", "Most deaths first"]];
