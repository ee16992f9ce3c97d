// The collection as it stands in the page: tables of columns, decoded when first asked for.

class Table {
  constructor({ n, columns }) {
    this.n = n;
    this.packed = columns;
    this.ready = {};
  }

  column(name) {
    return (this.ready[name] ??= decodeColumn(this.packed[name], this.n));
  }

  get(name, row) {
    return this.column(name)[row];
  }

  row(row) {
    return Object.fromEntries(Object.keys(this.packed).map((name) => [name, this.get(name, row)]));
  }
}

function decodeColumn(packed, n) {
  if (packed === undefined) return new Array(n).fill(null);
  if (Array.isArray(packed)) return packed;
  if ("all" in packed) return new Array(n).fill(packed.all);
  if ("at" in packed) return packed.at.map((index) => packed.of[index]);
  let value = 0;
  return packed.steps.map((step) => (value += step));
}

class Collection {
  constructor(payload) {
    this.words = payload.words;
    this.basemap = payload.basemap;
    this.reportsRead = payload.n_reports_read;
    this.details = payload.details;
    this.incidents = new Table(payload.incidents);
    for (const name of ["tellings", "claims", "reports", "sentences", "locations"]) this[name] = new Table(payload[name]);
    this.n = this.incidents.n;
    this.labels = {};
    this.looks = {};
    for (const [name, entries] of Object.entries(payload.words)) {
      if (entries.length && entries[0].id) this.labels[name] = new Map(entries.map((entry) => [entry.id, entry]));
    }
    this.start = Int32Array.from(this.incidents.column("date_start"), (iso) => parseDay(iso) ?? UNDATED);
    this.end = Int32Array.from(this.incidents.column("date_end"), (iso, i) => parseDay(iso) ?? this.start[i]);
    const killed = this.incidents.column("killed_min");
    this.killed = Int32Array.from(this.incidents.column("killed_max"), (most, i) => most ?? killed[i] ?? -1);
    this.actors = this.incidents.column("actors").map((ids) => (ids ? ids.split(";") : []));
    this.#indexClaims();
    this.#indexSpots();
    this.ids = new Map(this.incidents.column("incident_id").map((id, i) => [id, i]));
    for (const [row, former] of Object.entries(this.details.former_ids || {})) {
      for (const id of former) if (!this.ids.has(id)) this.ids.set(id, +row);
    }
  }

  detail(kind, i) {
    return this.details[kind]?.[i] ?? null;
  }

  #indexClaims() {
    this.firstTelling = new Int32Array(this.n + 1);
    this.firstClaim = new Int32Array(this.tellings.n + 1);
    const owners = this.tellings.column("incident");
    const sizes = this.tellings.column("claims");
    for (let t = 0; t < this.tellings.n; t++) {
      this.firstTelling[owners[t] + 1] = t + 1;
      this.firstClaim[t + 1] = this.firstClaim[t] + sizes[t];
    }
    for (let i = 0; i < this.n; i++) this.firstTelling[i + 1] = Math.max(this.firstTelling[i], this.firstTelling[i + 1]);
  }

  // Incidents at one coordinate are one spot; nothing is ever moved aside.
  #indexSpots() {
    const latitudes = this.incidents.column("lat");
    const longitudes = this.incidents.column("lon");
    const known = new Map();
    this.spotOf = new Int32Array(this.n).fill(-1);
    this.spots = [];
    for (let i = 0; i < this.n; i++) {
      if (latitudes[i] === null) continue;
      const key = `${latitudes[i]},${longitudes[i]}`;
      if (!known.has(key)) {
        known.set(key, this.spots.length);
        const [x, y] = worldPixel(latitudes[i], longitudes[i]);
        this.spots.push({ key, lat: latitudes[i], lon: longitudes[i], x, y, incidents: [] });
      }
      this.spotOf[i] = known.get(key);
      this.spots[this.spotOf[i]].incidents.push(i);
    }
    this.spotByKey = known;
    const coarse = new Set(this.words.coarse);
    this.coarse = Uint8Array.from(this.incidents.column("precision"), (precision) => (coarse.has(precision) ? 1 : 0));
  }

  // What kind of area it is of which no more is known. A region ("northern Syria") is as coarse as a governorate, and none.
  areaKind(i) {
    const precision = this.incidents.get("precision", i);
    return precision === "governorate" && this.incidents.get("governorate", i) === null ? "region" : precision;
  }

  // Rows of the claims of an incident that count an outcome; of all victims, or of some kinds of them.
  figuresOf(i, outcome, kinds = null) {
    const [outcomes, victims] = [this.claims.column("outcome"), this.claims.column("victims")];
    return this.claimsOf(i).filter((claim) => outcomes[claim] === outcome && (kinds === null || kinds.includes(victims[claim])));
  }

  // The bounds of a total. "At least 20, ten of them children" counts as 20, but nobody said that there were no more.
  toll(i, total, figures = this.figuresOf(i, total)) {
    const [min, max] = [this.claims.column("min"), this.claims.column("max")];
    const [least, most] = [this.incidents.get(`${total}_min`, i), this.incidents.get(`${total}_max`, i)];
    const said = figures.filter((claim) => min[claim]);
    const whole = said.filter((claim) => least === most && min[claim] === most);
    const bearing = whole.length ? whole : said;
    return [least, bearing.length && bearing.every((claim) => max[claim] === null) ? null : most];
  }

  tellingsOf(i) {
    return range(this.firstTelling[i], this.firstTelling[i + 1]);
  }

  claimsOf(i) {
    return range(this.firstClaim[this.firstTelling[i]], this.firstClaim[this.firstTelling[i + 1]]);
  }

  claimantsOf(i) {
    const claimants = this.claims.column("claimant");
    const own = [];
    const end = this.firstClaim[this.firstTelling[i + 1]];
    for (let claim = this.firstClaim[this.firstTelling[i]]; claim < end; claim++) {
      if (!own.includes(claimants[claim])) own.push(claimants[claim]);
    }
    return own;
  }

  reportsOf(i) {
    const reports = this.tellings.column("report");
    return [...new Set(this.tellingsOf(i).map((telling) => reports[telling]))];
  }

  // A sentence in three parts: before the quote, the quote, after it. Offsets count code points.
  quote(table, row) {
    const sentence = table.get("sentence", row);
    const letters = [...this.sentences.get("text", sentence)];
    const start = table.get("start", row);
    const end = start + table.get("length", row);
    return { sentence, start, end, letters };
  }

  // The incident with the columns of incidents.geojson, in their order.
  record(i) {
    const record = this.incidents.row(i);
    delete record.location;
    const { headline, color_actor, color_casualty, lat, lon, ...rest } = record;
    const reports = this.reportsOf(i).map((report) => this.reports.get("report_id", report)).join(";");
    return { ...rest, claimants: this.claimantsOf(i).join(";"), report_ids: reports, headline, color_actor, color_casualty, lat, lon };
  }
}

const UNDATED = -0x80000000;

function range(from, to) {
  return Array.from({ length: to - from }, (_, k) => from + k);
}

// Web Mercator at zoom 0: the world is 256 pixels wide.
function worldPixel(latitude, longitude) {
  const sine = Math.sin((Math.min(85, Math.max(-85, latitude)) * Math.PI) / 180);
  return [256 * (longitude / 360 + 0.5), 256 * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI))];
}
