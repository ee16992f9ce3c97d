// The map: the land below and the incidents on it, painted on canvases that follow Leaflet's view.

// Radius of a symbol in pixels: its area grows with the deaths claimed, within what the eye can tell apart.
const SMALLEST = 5;
const LARGEST = 24;
const CROWD_CELL = 20; // pixels
const CROWD_FITTING = 1.6; // marks in such a square that are read without effort
const CROWD_HOPELESS = 5; // so many that numbers would only hide each other
const PAPER_RATIO = 3; // pixels of a printed map for each of the screen's
const SMALLEST_COUNT = 7.5; // below this radius no number would be read

function symbolRadius(killed) {
  return Math.min(LARGEST, SMALLEST + 1.3 * Math.sqrt(Math.max(0, killed)));
}

// Made when a map is shown, because Leaflet may come after this program.
function makeCanvasLayer(paint, className) {
  const Layer = L.Layer.extend({
    onAdd(map) {
      this.canvas = L.DomUtil.create("canvas", `leaflet-zoom-animated ${className}`, map.getPane("overlayPane"));
      this.canvas.setAttribute("aria-hidden", "true");
      this.redraw();
    },
    onRemove() {
      this.canvas.remove();
    },
    getEvents() {
      return { move: this.redraw, viewreset: this.redraw, resize: this.redraw, zoomanim: this.follow };
    },
    follow(event) {
      const scale = this._map.getZoomScale(event.zoom, this.zoom);
      const corner = this._map._latLngBoundsToNewLayerBounds(this.bounds, event.zoom, event.center).min;
      L.DomUtil.setTransform(this.canvas, corner, scale);
    },
    redraw() {
      const map = this._map;
      if (!map) return;
      const size = map.getSize();
      const ratio = window.devicePixelRatio || 1;
      this.bounds = map.getBounds();
      this.zoom = map.getZoom();
      const { canvas } = this;
      const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
      L.DomUtil.setTransform(canvas, map.containerPointToLayerPoint([0, 0]), 1);
      const ctx = canvas.getContext("2d");
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      ctx.clearRect(0, 0, size.x, size.y);
      paint(ctx, makeView(map, size, ratio));
    },
    // A canvas of its own for paper, drawn once: what was cleared on a canvas is printed white, over all that lies below.
    toPaper() {
      this.toScreen();
      this.paper = L.DomUtil.create("canvas", this.canvas.className, this.canvas.parentNode);
      this.paper.style.cssText = this.canvas.style.cssText;
      this.canvas.hidden = true;
      const size = this._map.getSize();
      Object.assign(this.paper, { width: size.x * PAPER_RATIO, height: size.y * PAPER_RATIO });
      const ctx = this.paper.getContext("2d");
      ctx.scale(PAPER_RATIO, PAPER_RATIO);
      paint(ctx, { ...makeView(this._map, size, PAPER_RATIO), isPaper: true });
    },
    toScreen() {
      this.paper?.remove();
      this.canvas.hidden = false;
    },
  });
  return new Layer();
}

function makeView(map, size, ratio) {
  const zoom = map.getZoom();
  const scale = 2 ** zoom;
  const origin = map.getPixelOrigin().add(map.containerPointToLayerPoint([0, 0]));
  return {
    zoom,
    scale,
    ratio,
    width: size.x,
    height: size.y,
    x: (x) => x * scale - origin.x,
    y: (y) => y * scale - origin.y,
    pixels: (metres, latitude) => (metres * 256 * scale) / (40075016.7 * Math.cos((latitude * Math.PI) / 180)),
  };
}

class Basemap {
  constructor(basemap, theme, overTiles) {
    this.theme = theme;
    this.overTiles = overTiles;
    this.shapes = {};
    for (const name of ["outline", "governorates", "lakes", "rivers", "roads"]) this.shapes[name] = basemap[name].flatMap(featureLines);
  }

  paint(ctx, view) {
    const { colors } = this.theme;
    ctx.lineJoin = ctx.lineCap = "round";
    if (!this.overTiles) {
      this.#trace(ctx, view, "outline");
      ctx.fillStyle = colors.land;
      ctx.fill();
    }
    this.#line(ctx, view, "governorates", colors.inner, 1);
    this.#trace(ctx, view, "lakes");
    ctx.fillStyle = colors.water;
    ctx.fill();
    this.#line(ctx, view, "rivers", colors.water, view.zoom < 7 ? 1.2 : 2);
    if (view.zoom >= 8) this.#line(ctx, view, "roads", colors.road, 1.4);
    this.#line(ctx, view, "outline", colors.border, 1.5);
  }

  #trace(ctx, view, name) {
    ctx.beginPath();
    for (const { points, closed } of this.shapes[name]) {
      points.forEach(([x, y], k) => (k ? ctx.lineTo(view.x(x), view.y(y)) : ctx.moveTo(view.x(x), view.y(y))));
      if (closed) ctx.closePath();
    }
  }

  #line(ctx, view, name, color, width) {
    this.#trace(ctx, view, name);
    ctx.strokeStyle = color;
    ctx.lineWidth = width;
    ctx.stroke();
  }
}

// Names of places, written over the marks where these leave room; those of larger places first.
class Names {
  constructor(basemap, marks, theme) {
    Object.assign(this, { marks, theme });
    this.labels = {
      neighbour: basemap.neighbours.map(({ name, at }) => ({ name, at: worldPixel(at[1], at[0]) })),
      capital: townsOf(basemap, 0),
      city: townsOf(basemap, 1),
      town: townsOf(basemap, 2),
      governorate: basemap.governorates.map((feature) => ({ name: feature.name, at: labelPoint(feature) })),
    };
  }

  paint(ctx, view) {
    const { colors } = this.theme;
    const taken = new Occupied(view);
    for (const { x, y, r } of this.marks.drawn) taken.add(x - r, y - r, x + r, y + r, BY_MARK);
    taken.add(view.width - ZOOM_BUTTONS[0], 0, view.width, ZOOM_BUTTONS[1], BY_NAME);
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.strokeStyle = colors.halo;
    ctx.lineWidth = 3;
    const written = [];
    for (const [rank, style] of Object.entries(NAME_STYLES)) {
      if (view.zoom < style.from) continue;
      ctx.font = style.font;
      for (const { name, at } of this.labels[rank]) this.#place(ctx, taken, written, name, view.x(at[0]), view.y(at[1]), style);
    }
    for (const { name, style, at } of written) {
      ctx.font = style.font;
      ctx.strokeText(name, ...at);
    }
    if (!view.isPaper) this.#freeMarks(ctx); // what is cleared would be printed white
    for (const { name, style, at, dot } of written) {
      ctx.font = style.font;
      ctx.fillStyle = colors[style.color];
      ctx.fillText(name, ...at);
      if (dot) ctx.fillRect(dot[0] - 1.5, dot[1] - 1.5, 3, 3);
    }
  }

  // A name's light rim must not bite into the shape of a mark, which says who is accused.
  #freeMarks(ctx) {
    ctx.globalCompositeOperation = "destination-out";
    ctx.beginPath();
    for (const { x, y, r } of this.marks.drawn) {
      ctx.moveTo(x + r, y);
      ctx.arc(x, y, r, 0, 2 * Math.PI);
    }
    ctx.fill();
    ctx.globalCompositeOperation = "source-over";
  }

  // Beside its dot, on the side with most room.
  #place(ctx, taken, written, name, x, y, style) {
    const { dotted, overlap } = style;
    if (!taken.isInside(x, y)) return;
    const width = ctx.measureText(name).width;
    const places = dotted ? [[x + 7, y], [x - width - 7, y], [x - width / 2, y - 13], [x - width / 2, y + 13]] : [[x - width / 2, y]];
    const boxes = places.map(([left, middle]) => [left - 2, middle - 7, left + width + 2, middle + 7]);
    const shares = boxes.map((box) => taken.share(...box));
    const best = shares.indexOf(Math.min(...shares));
    if (shares[best] > overlap) return;
    const hasDot = dotted && taken.share(x - 2, y - 2, x + 2, y + 2) === 0;
    taken.add(...boxes[best], BY_NAME);
    written.push({ name, style, at: places[best], dot: hasDot ? [x, y] : null });
  }
}

// Which parts of the picture are taken, in cells of a few pixels.
class Occupied {
  constructor({ width, height }) {
    Object.assign(this, { width, height });
    this.columns = Math.ceil(width / OCCUPIED_CELL);
    this.rows = Math.ceil(height / OCCUPIED_CELL);
    this.cells = new Uint8Array(this.columns * this.rows);
  }

  isInside(x, y) {
    return x >= 0 && y >= 0 && x < this.width && y < this.height;
  }

  add(left, top, right, bottom, by) {
    for (const cell of this.#cells(left, top, right, bottom)) this.cells[cell] = by;
  }

  // The share of a box that marks cover; more than all of it where a name is already, or where the picture ends.
  share(left, top, right, bottom) {
    if (left < 0 || top < 0 || right > this.width || bottom > this.height) return 2;
    const cells = this.#cells(left, top, right, bottom);
    if (cells.some((cell) => this.cells[cell] === BY_NAME)) return 2;
    return cells.filter((cell) => this.cells[cell] === BY_MARK).length / cells.length;
  }

  #cells(left, top, right, bottom) {
    const inside = (value, limit) => Math.max(0, Math.min(limit - 1, Math.floor(value / OCCUPIED_CELL)));
    const columns = range(inside(left, this.columns), inside(right, this.columns) + 1);
    return range(inside(top, this.rows), inside(bottom, this.rows) + 1).flatMap((y) => columns.map((x) => y * this.columns + x));
  }
}

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const OCCUPIED_CELL = 5;
const ZOOM_BUTTONS = [42, 74]; // pixels from the upper right corner, where no name could be read
const BY_MARK = 1;
const BY_NAME = 2;
// From which zoom a kind of name is written, and how much of it may lie over marks.
const NAME_STYLES = {
  neighbour: { font: `600 12px ${FONT}`, color: "faint", from: 0, dotted: false, overlap: 0.2 },
  capital: { font: `600 11.5px ${FONT}`, color: "name", from: 5.5, dotted: true, overlap: 0.45 },
  city: { font: `600 11.5px ${FONT}`, color: "name", from: 5.5, dotted: true, overlap: 0.25 },
  governorate: { font: `italic 11px ${FONT}`, color: "faint", from: 7.75, dotted: false, overlap: 0 },
  town: { font: `11px ${FONT}`, color: "name", from: 8.5, dotted: true, overlap: 0 },
};

function townsOf(basemap, wanted) {
  return basemap.towns.filter(([, , , rank]) => rank === wanted).map(([name, lat, lon]) => ({ name, at: worldPixel(lat, lon) }));
}

function featureLines({ type, at }) {
  const closed = type.endsWith("Polygon");
  const lines = { LineString: [at], MultiLineString: at, Polygon: at, MultiPolygon: at.flat() }[type] || [];
  return lines.map((line) => ({ closed, points: line.map(([lon, lat]) => worldPixel(lat, lon)) }));
}

function labelPoint(feature) {
  const points = featureLines(feature).reduce((a, b) => (a.points.length >= b.points.length ? a : b)).points;
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
}

// What is painted for each spot: one symbol for one incident, a ring with a count for several, and for places known
// only as an area the area's circle, hollow.
class Marks {
  constructor(collection, filters, theme) {
    Object.assign(this, { collection, filters, theme, marks: [], drawn: [], stamps: new Map() });
  }

  update() {
    const { collection, filters } = this;
    const { shown, state } = filters;
    this.marks = [];
    for (const spot of collection.spots) {
      const incidents = spot.incidents.filter((i) => shown[i]);
      if (incidents.length) this.marks.push(this.#makeMark(spot, incidents, state.by));
    }
    // Small ones are painted last, so that none disappears below a large one.
    this.marks.sort((a, b) => b.r - a.r || a.spot.y - b.spot.y || a.spot.x - b.spot.x);
  }

  #makeMark(spot, incidents, by) {
    const { collection } = this;
    const killed = incidents.reduce((sum, i) => sum + Math.max(0, collection.killed[i]), 0);
    const coarse = incidents.filter((i) => collection.coarse[i]);
    const radii = collection.incidents.column("radius_m");
    const area = coarse.reduce((most, i) => Math.max(most, radii[i]), 0);
    const mark = { spot, incidents, killed, area, hollow: coarse.length === incidents.length };
    if (incidents.length === 1) return { ...mark, r: symbolRadius(killed), look: symbolOf(collection, incidents[0], by) };
    return { ...mark, r: Math.max(10 + 3 * Math.min(4, String(incidents.length).length - 1), symbolRadius(killed)), parts: this.#countParts(incidents, by) };
  }

  // The ring's parts: each incident counts once, shared among those it names.
  #countParts(incidents, by) {
    const entries = this.collection.words[by];
    const shares = new Map();
    for (const i of incidents) {
      const { keys } = symbolOf(this.collection, i, by);
      for (const key of keys) shares.set(key, (shares.get(key) || 0) + 1 / keys.length);
    }
    return entries.filter(({ id }) => shares.has(id)).map(({ id, color }) => ({ id, color, share: shares.get(id) / incidents.length }));
  }

  paint(ctx, view) {
    this.drawn = [];
    const visible = this.marks.filter((mark) => this.#isVisible(mark, view));
    for (const mark of visible) if (mark.area) this.#paintArea(ctx, view, mark);
    const crowd = this.#crowd(visible, view);
    // From afar, and where they crowd, symbols shrink, so that the country and its pattern stay readable.
    const far = Math.min(1, Math.max(0.65, 0.65 + 0.175 * (view.zoom - 6)));
    const scale = far * Math.min(1, Math.max(0.45, Math.sqrt(CROWD_FITTING / crowd)));
    const smallestRing = crowd > CROWD_HOPELESS ? 4.5 : 8;
    for (const mark of visible) {
      const [x, y] = [view.x(mark.spot.x), view.y(mark.spot.y)];
      const r = mark.look ? Math.max(2.5, Math.round(2 * mark.r * scale) / 2) : Math.max(smallestRing, mark.r * scale);
      if (mark.look) this.#stamp(ctx, view, x, y, r, mark.look);
      else this.#paintRing(ctx, x, y, r, mark);
      this.drawn.push({ mark, x, y, r });
    }
  }

  // Marks in a square of the picture, averaged over the squares that hold any.
  #crowd(visible, view) {
    const cell = ({ spot }) => Math.floor(view.x(spot.x) / CROWD_CELL) * 4096 + Math.floor(view.y(spot.y) / CROWD_CELL);
    return visible.length / Math.max(1, new Set(visible.map(cell)).size);
  }

  // Thousands of symbols share a few hundred looks, so each is drawn once and then stamped.
  #stamp(ctx, { ratio }, x, y, r, look) {
    const key = `${look.key} ${r} ${ratio}`;
    if (!this.stamps.has(key)) this.stamps.set(key, this.#makeStamp(r, look, ratio));
    const stamp = this.stamps.get(key);
    const half = stamp.width / ratio / 2;
    const whole = (pixels) => Math.round(pixels * ratio) / ratio;
    ctx.drawImage(stamp, whole(x - half), whole(y - half), 2 * half, 2 * half);
  }

  #makeStamp(r, look, ratio) {
    const half = Math.ceil(1.3 * r + 5);
    const canvas = new OffscreenCanvas(2 * half * ratio, 2 * half * ratio);
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    drawSymbol(ctx, half, half, r, look, this.theme.colors);
    return canvas.transferToImageBitmap();
  }

  #isVisible(mark, view) {
    const margin = LARGEST + (mark.area ? view.pixels(mark.area, mark.spot.lat) : 0);
    const [x, y] = [view.x(mark.spot.x), view.y(mark.spot.y)];
    return x > -margin && y > -margin && x < view.width + margin && y < view.height + margin;
  }

  #paintArea(ctx, view, mark) {
    const color = mark.look ? mark.look.colors[0] : mark.parts.reduce((a, b) => (b.share > a.share ? b : a)).color;
    const r = view.pixels(mark.area, mark.spot.lat);
    if (r < mark.r + 3) return;
    ctx.beginPath();
    ctx.arc(view.x(mark.spot.x), view.y(mark.spot.y), r, 0, 2 * Math.PI);
    ctx.globalAlpha = 0.05;
    ctx.fillStyle = color;
    ctx.fill();
    // Some actors' colours hardly show on a dark map: below them runs a line that does.
    ctx.globalAlpha = 0.4;
    ctx.strokeStyle = this.theme.colors.edge;
    ctx.lineWidth = 1;
    ctx.stroke();
    ctx.globalAlpha = 0.75;
    ctx.setLineDash([1.5, 4]);
    ctx.strokeStyle = color;
    ctx.lineWidth = 1.5;
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  }

  #paintRing(ctx, x, y, r, mark) {
    const { colors } = this.theme;
    const width = Math.max(2, Math.min(5.5, r * 0.28));
    const disc = (radius) => {
      ctx.beginPath();
      ctx.arc(x, y, radius, 0, 2 * Math.PI);
    };
    disc(r);
    ctx.fillStyle = colors.surface;
    ctx.fill();
    ctx.strokeStyle = colors.edge;
    ctx.lineWidth = 1.2;
    ctx.stroke();
    ctx.lineWidth = width;
    if (mark.hollow) ctx.setLineDash([3, 2.2]);
    let turn = -Math.PI / 2;
    const gap = mark.parts.length > 1 ? 0.9 / r : 0;
    for (const { color, share } of mark.parts) {
      const until = turn + share * 2 * Math.PI;
      ctx.beginPath();
      ctx.arc(x, y, r - width / 2 - 0.6, turn + gap, Math.max(until - gap, turn + gap + 0.02));
      ctx.strokeStyle = color;
      ctx.stroke();
      turn = until;
    }
    ctx.setLineDash([]);
    if (r < SMALLEST_COUNT) return;
    const text = mark.incidents.length > 9999 ? "9k+" : String(mark.incidents.length);
    ctx.fillStyle = colors.ink;
    ctx.font = `600 ${Math.max(8, Math.min(13, (r - width) * (text.length > 2 ? 0.82 : 1.05)))}px ${FONT}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(text, x, y + 0.5);
    ctx.textAlign = "start";
  }

  // The topmost mark at a point of the container, or null.
  at(point) {
    const finger = matchMedia("(pointer: coarse)").matches ? 16 : 8;
    for (let k = this.drawn.length - 1; k >= 0; k--) {
      const { mark, x, y, r } = this.drawn[k];
      const reach = Math.max(r + 2, finger);
      if ((point.x - x) ** 2 + (point.y - y) ** 2 <= reach * reach) return mark;
    }
    return null;
  }
}

// What the reader points at or has opened: a halo, the circle of uncertainty, and the places it might be instead.
class Focus {
  constructor(collection, marks, theme) {
    Object.assign(this, { collection, marks, theme, hovered: null, selected: null });
  }

  paint(ctx, view) {
    if (this.selected !== null) this.#paintSelected(ctx, view, this.selected);
    for (const i of [this.selected, this.hovered]) if (i !== null) this.#paintHalo(ctx, view, i);
  }

  #paintHalo(ctx, view, i) {
    const spot = this.collection.spots[this.collection.spotOf[i]];
    if (!spot) return;
    const drawn = this.marks.drawn.find(({ mark }) => mark.spot === spot);
    const { colors } = this.theme;
    const [x, y, r] = [view.x(spot.x), view.y(spot.y), (drawn?.r ?? SMALLEST) + 4];
    for (const [color, width] of [[colors.surface, 5], [colors.accent, 2.5]]) {
      ctx.beginPath();
      ctx.arc(x, y, r, 0, 2 * Math.PI);
      ctx.strokeStyle = color;
      ctx.lineWidth = width;
      ctx.stroke();
    }
  }

  #paintSelected(ctx, view, i) {
    const { collection, theme } = this;
    const { colors } = theme;
    const row = collection.incidents.get("location", i);
    const circleOf = (place) => {
      const { lat, lon, radius_m: radius } = collection.locations.row(place);
      const [x, y] = worldPixel(lat, lon);
      return { x: view.x(x), y: view.y(y), r: Math.max(3, view.pixels(radius, lat)) };
    };
    const own = row === null ? null : circleOf(row);
    const others = (collection.detail("places", i) || []).map((place) => place[3]).filter((place) => place !== null && place !== row).map(circleOf);
    // An area named with the place and lying around all of it is no other place.
    const apart = others.filter(({ x, y, r }) => own === null || Math.hypot(x - own.x, y - own.y) + own.r > r);
    ctx.setLineDash([5, 4]);
    ctx.lineWidth = 1.5;
    ctx.strokeStyle = colors.accent;
    for (const { x, y, r } of own === null ? apart : [own, ...apart]) {
      ctx.beginPath();
      ctx.arc(x, y, r, 0, 2 * Math.PI);
      ctx.stroke();
    }
    ctx.setLineDash([]);
    if (row === null) return;
    ctx.font = `600 11px ${FONT}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    collection.locations.get("rejected", row).forEach(([, , , , lat, lon], k) => {
      const [x, y] = worldPixel(lat, lon);
      ctx.beginPath();
      ctx.arc(view.x(x), view.y(y), 8, 0, 2 * Math.PI);
      ctx.fillStyle = colors.surface;
      ctx.fill();
      ctx.strokeStyle = colors.accent;
      ctx.lineWidth = 1.2;
      ctx.stroke();
      ctx.fillStyle = colors.accent;
      ctx.fillText(String.fromCharCode(97 + k), view.x(x), view.y(y));
    });
    ctx.textAlign = "start";
  }
}
