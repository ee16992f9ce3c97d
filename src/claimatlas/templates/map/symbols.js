// Shapes and colours of one incident, the same on the map, in the legend and in the list.

const UNKNOWN = "none";
const TINY = 4;

function regular(corners, turn = 0, inner = 1) {
  const points = [];
  for (let k = 0; k < corners; k++) {
    const angle = ((turn - 90) * Math.PI) / 180 + (2 * Math.PI * k) / corners;
    const r = k % 2 ? inner : 1;
    points.push([r * Math.cos(angle), r * Math.sin(angle)]);
  }
  return points;
}

// The upper part of a disc, moved down to the middle.
function arc(degrees, down) {
  const steps = 16;
  return Array.from({ length: steps + 1 }, (_, k) => {
    const angle = ((degrees / steps) * k * Math.PI) / 180;
    return [Math.cos(angle), down - Math.sin(angle)];
  });
}

const ARM = 0.36;
const CROSS = [[-ARM, -1], [ARM, -1], [ARM, -ARM], [1, -ARM], [1, ARM], [ARM, ARM], [ARM, 1], [-ARM, 1], [-ARM, ARM], [-1, ARM], [-1, -ARM], [-ARM, -ARM]];

// The names are QGIS's, so that both say the same; sizes are evened out by eye.
const OUTLINES = {
  square: [regular(4, 45), 1.12],
  equilateral_triangle: [regular(3), 1.22],
  diamond: [regular(4), 1.18],
  pentagon: [regular(5), 1.08],
  hexagon: [regular(6), 1.05],
  octagon: [regular(8, 22.5), 1.04],
  semi_circle: [arc(180, 0.45), 1.22],
  star: [regular(10, 0, 0.45), 1.3],
  asterisk_fill: [regular(12, 0, 0.5), 1.22],
  cross_fill: [CROSS, 1.02],
  right_half_triangle: [[[-0.9, 0.9], [0.9, 0.9], [0.9, -0.9]], 1.1],
  left_half_triangle: [[[-0.9, 0.9], [0.9, 0.9], [-0.9, -0.9]], 1.1],
  square_with_corners: [[[-0.5, -1], [0.5, -1], [1, -0.5], [1, 0.5], [0.5, 1], [-0.5, 1], [-1, 0.5], [-1, -0.5]], 0.95],
};
const CIRCLE_PATH = "M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0Z";
const pathCache = new Map();

// The outline as an SVG path in a unit box around 0, 0.
function shapePath(shape, angle = 0) {
  const key = `${shape} ${angle}`;
  if (!pathCache.has(key)) pathCache.set(key, makePath(shape, angle));
  return pathCache.get(key);
}

function makePath(shape, angle) {
  if (!OUTLINES[shape]) return { d: CIRCLE_PATH, path: new Path2D(CIRCLE_PATH) };
  const [points, size] = OUTLINES[shape];
  const turn = (angle * Math.PI) / 180;
  const place = ([x, y]) => [size * (x * Math.cos(turn) - y * Math.sin(turn)), size * (x * Math.sin(turn) + y * Math.cos(turn))];
  const d = `M${points.map((point) => place(point).map((value) => value.toFixed(3)).join(" ")).join("L")}Z`;
  return { d, path: new Path2D(d) };
}

// How an incident looks. `colors` are those of everybody named (null: a blank part, for an open question);
// `broken` draws a
// dashed ring around it: the sources disagree, or the accused denies.
function symbolOf(collection, i, by) {
  const known = (collection.looks[by] ??= new Array(collection.n));
  if (!known[i]) {
    const look = makeLook(collection, i, by);
    const { shape, angle, broken, hollow, unknown, colors } = look;
    known[i] = { ...look, key: [shape, angle, broken, hollow, unknown, ...colors].join(" ") };
  }
  return known[i];
}

function makeLook(collection, i, by) {
  const contested = collection.incidents.get("attribution", i) === "contested" || collection.incidents.get("denied", i) === true;
  const look = { shape: "circle", angle: 0, broken: contested, hollow: collection.coarse[i] === 1, unknown: false };
  if (by === "actor") return { ...look, ...actorLook(collection, i, contested) };
  const column = by === "deaths" ? "casualty_class" : "grading";
  const id = collection.incidents.get(column, i);
  const entry = collection.labels[by].get(id);
  return { ...look, shape: entry.shape, angle: entry.angle, colors: [entry.color], keys: [id], unknown: id === "unknown" };
}

function actorLook(collection, i, contested) {
  const actors = collection.actors[i];
  const entries = (actors.length ? actors : [UNKNOWN]).map((id) => collection.labels.actor.get(id));
  const colors = entries.map((entry) => entry.color);
  if (contested && entries.length === 1) colors.push(null);
  const [{ shape, angle }] = entries;
  return { shape: entries.length === 1 ? shape : "circle", angle, colors, keys: actors.length ? actors : [UNKNOWN], unknown: !actors.length };
}

function drawSymbol(ctx, x, y, r, look, theme) {
  const { path } = shapePath(look.shape, look.angle);
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(r, r);
  const blank = look.unknown || look.hollow;
  ctx.fillStyle = blank || look.colors[0] === null ? theme.surface : look.colors[0];
  ctx.fill(path);
  if (!blank && look.colors.length > 1) fillParts(ctx, path, look.colors, theme);
  const [line] = look.colors;
  const open = blank || look.colors.includes(null);
  // Tiny symbols have no room for a ring; the contested then have a dark edge.
  const tiny = r < TINY;
  if (look.hollow && !look.unknown) {
    // Dark colours do not stand out from a dark land by themselves.
    ctx.lineWidth = (tiny ? 2.4 : 3.8) / r;
    ctx.strokeStyle = theme.edge;
    ctx.stroke(path);
  }
  ctx.lineWidth = (tiny ? 1 : blank ? 2.2 : 1.4) / r;
  ctx.strokeStyle = tiny && look.broken ? theme.ink : open ? line : theme.edge;
  ctx.stroke(path);
  if (look.unknown) {
    ctx.fillStyle = line;
    ctx.beginPath();
    ctx.arc(0, 0, 0.28, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.restore();
  if (look.broken && !tiny) drawBrokenRing(ctx, x, y, r, theme);
}

function drawBrokenRing(ctx, x, y, r, theme) {
  ctx.beginPath();
  ctx.arc(x, y, r + 3, 0, 2 * Math.PI);
  ctx.strokeStyle = theme.ink;
  ctx.lineWidth = 1.5;
  ctx.setLineDash([3, 2.4]);
  ctx.stroke();
  ctx.setLineDash([]);
}

// Everybody named has a part of the shape, side by side.
function fillParts(ctx, path, colors, theme) {
  ctx.save();
  ctx.clip(path);
  const width = 2.6 / colors.length;
  colors.forEach((color, k) => {
    ctx.fillStyle = color ?? theme.surface;
    ctx.fillRect(-1.3 + k * width, -1.4, width + 0.01, 2.8);
  });
  ctx.restore();
}

// The same symbol as an element, for legend, list and record.
let clipNumber = 0;
function symbolElement(look, size = 16) {
  const { d } = shapePath(look.shape, look.angle);
  const blank = look.unknown || look.hollow;
  const box = svg("svg", { viewBox: "-1.5 -1.5 3 3", width: size, height: size, "aria-hidden": "true", class: "ca-symbol" });
  if (blank || look.colors.length === 1) {
    box.append(svg("path", { d, fill: blank ? "none" : look.colors[0], stroke: blank ? look.colors[0] : "none", "stroke-width": 0.36 }));
  } else {
    const id = `ca-clip-${clipNumber++}`;
    const width = 2.6 / look.colors.length;
    const parts = look.colors.map((color, k) => svg("rect", { x: -1.3 + k * width, y: -1.4, width, height: 2.8, fill: color ?? "none" }));
    box.append(svg("clipPath", { id }, svg("path", { d })), svg("g", { "clip-path": `url(#${id})` }, parts));
  }
  if (look.colors.includes(null)) box.append(svg("path", { d, fill: "none", stroke: look.colors[0], "stroke-width": 0.2 }));
  if (look.broken) {
    // The ring needs room: the symbol itself is drawn a little smaller.
    box.setAttribute("viewBox", "-1.75 -1.75 3.5 3.5");
    box.append(svg("circle", { r: 1.55, fill: "none", stroke: "currentColor", "stroke-width": 0.26, "stroke-dasharray": "0.62 0.355" }));
  }
  if (look.unknown) box.append(svg("circle", { r: 0.28, fill: look.colors[0] }));
  return box;
}

// A choice of the legend. Among deaths "none" is a figure: nobody was killed.
function entryLook(entry, by) {
  const unknown = entry.id === (by === "deaths" ? "unknown" : UNKNOWN);
  return { shape: entry.shape, angle: entry.angle, colors: [entry.color], broken: false, hollow: false, unknown };
}
