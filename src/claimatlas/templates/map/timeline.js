// Time: a histogram of days, weeks, months or years that one can brush, move by keys, and play.

const PLAY_MS = 350;
const PLAY_STEPS = 60;
const HISTOGRAM_HEIGHT = 44;
const TICK_ROOM = 64; // pixels between names below the histogram
const WIDEST_BAR = 28; // pixels; a bar as wide as the page would look like a band
const LETTER = 7; // pixels that a letter of them needs at most

class Timeline {
  constructor(collection, filters) {
    Object.assign(this, { collection, filters, timer: null, drag: null });
    const days = Array.from(collection.start).filter((day) => day !== UNDATED);
    const ends = Array.from(collection.end).filter((day) => day !== UNDATED);
    this.isEmpty = days.length === 0;
    this.hasUndated = days.length < collection.n;
    this.bins = this.isEmpty ? [] : makeBins(days.reduce((a, b) => Math.min(a, b)), ends.reduce((a, b) => Math.max(a, b)));
    this.element = this.#build();
    this.#assignBins();
    new ResizeObserver(oncePerFrame(() => this.#draw())).observe(this.plot);
  }

  get first() {
    return this.bins[0].from;
  }

  get last() {
    return this.bins[this.bins.length - 1].to;
  }

  #build() {
    this.play = el("button.ca-round", { type: "button", onclick: () => this.#togglePlay(), "aria-label": "Play through time" }, icon(ICONS.play));
    this.label = el("span.ca-time-label");
    this.clear = button("All time", () => this.filters.set({ from: null, to: null }), { class: "ca-quiet" });
    this.undated = button("", () => this.filters.set({ undated: !this.filters.state.undated }), { class: "ca-chip" });
    this.svg = svg("svg", { "aria-hidden": "true", class: "ca-histogram" });
    this.handles = ["from", "to"].map((end) => this.#buildHandle(end));
    this.plot = el("div.ca-plot", { onpointerdown: (event) => this.#startBrush(event), title: "Drag to choose a time" }, this.svg, this.bins.length > 1 ? this.handles : null);
    const head = el("div.ca-time-head", {}, this.bins.length > 1 ? this.play : null, this.label, this.clear, el("span.ca-spring"), this.undated);
    return el("section.ca-timeline", { "aria-label": "Time" }, head, this.isEmpty ? null : this.plot);
  }

  #buildHandle(end) {
    return el("div.ca-handle", {
      role: "slider",
      tabindex: 0,
      "aria-label": end === "from" ? "First day shown" : "Last day shown",
      onkeydown: (event) => this.#moveHandle(event, end),
      onpointerdown: (event) => this.#startHandle(event, end),
    });
  }

  // An incident told as a range is spread evenly over the range: it may have been on any of its days.
  #assignBins() {
    const { collection, bins } = this;
    this.firstBin = new Int32Array(collection.n).fill(-1);
    this.lastBin = new Int32Array(collection.n).fill(-1);
    const starts = bins.map((bin) => bin.from);
    const find = (day) => {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (starts[middle] <= day) low = middle;
        else high = middle - 1;
      }
      return low;
    };
    for (let i = 0; i < collection.n; i++) {
      if (collection.start[i] === UNDATED) continue;
      this.firstBin[i] = find(collection.start[i]);
      this.lastBin[i] = find(collection.end[i]);
    }
  }

  update() {
    const { filters, bins } = this;
    const { state, totals } = filters;
    this.counts = new Float64Array(bins.length);
    for (let i = 0; i < this.collection.n; i++) {
      if (!filters.inTimeless[i] || this.firstBin[i] < 0) continue;
      const share = 1 / (this.lastBin[i] - this.firstBin[i] + 1);
      for (let bin = this.firstBin[i]; bin <= this.lastBin[i]; bin++) this.counts[bin] += share;
    }
    const limited = state.from !== null || state.to !== null;
    this.clear.hidden = !limited;
    this.label.textContent = this.isEmpty ? "No dated incidents" : sayDays(this.from, this.to, true);
    this.undated.hidden = !this.hasUndated && state.undated;
    replaceContent(this.undated, `${number(totals.undated)} undated`, el("span.unseen", {}, state.undated ? " shown" : " hidden"));
    this.undated.setAttribute("aria-pressed", state.undated);
    this.undated.title = state.undated ? "Hide incidents whose day nobody gives" : "Show incidents whose day nobody gives";
    this.#draw();
  }

  get from() {
    return Math.max(this.first, this.filters.state.from ?? this.first);
  }

  get to() {
    return Math.min(this.last, this.filters.state.to ?? this.last);
  }

  #draw() {
    const width = this.plot.clientWidth;
    if (this.isEmpty || !this.counts || width < 20) return;
    const top = Math.max(1, ...this.counts);
    const height = HISTOGRAM_HEIGHT;
    const bars = this.bins.map((bin, k) => {
      const [left, right] = [this.#x(bin.from, width), this.#x(bin.to + 1, width)];
      // The root keeps single incidents visible beside months with hundreds.
      const tall = this.counts[k] ? Math.max(1.5, height * Math.sqrt(this.counts[k] / top)) : 0;
      const inside = bin.to >= this.from && bin.from <= this.to;
      const gap = right - left > 4 ? 1 : 0.4;
      const wide = Math.min(WIDEST_BAR, Math.max(0.6, right - left - gap));
      return svg("rect", { x: (left + right - gap - wide) / 2, width: wide, y: height - tall, height: tall, class: inside ? "in" : "out" });
    });
    const [x0, x1] = [this.#x(this.from, width), this.#x(this.to + 1, width)];
    const limited = this.filters.state.from !== null || this.filters.state.to !== null;
    const brush = limited ? svg("rect", { x: x0, y: 0, width: Math.max(1, x1 - x0), height, class: "brush" }) : null;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height + 16}`);
    replaceContent(this.svg, brush, bars, svg("line", { x1: 0, x2: width, y1: height + 0.5, y2: height + 0.5 }), this.#ticks(width, height));
    this.handles.forEach((handle, k) => {
      const day = k ? this.to : this.from;
      handle.style.left = `${k ? x1 : x0}px`;
      const limits = { "aria-valuemin": this.first, "aria-valuemax": this.last, "aria-valuenow": day, "aria-valuetext": sayDay(day) };
      for (const [name, value] of Object.entries(limits)) handle.setAttribute(name, value);
    });
  }

  #x(day, width) {
    return ((day - this.first) / (this.last + 1 - this.first)) * width;
  }

  #ticks(width, height) {
    const ticks = makeTicks(this.first, this.last, Math.floor(width / TICK_ROOM));
    let free = -Infinity;
    return ticks.map(({ day, text }) => {
      const x = this.#x(day + (this.bins[0].from === this.bins[0].to ? 0.5 : 0), width); // a day's name stands below its bar
      const room = LETTER * (text.length + 1);
      const anchor = x < room / 2 ? "start" : x > width - room / 2 ? "end" : "middle";
      const left = x - { start: 0, middle: room / 2, end: room }[anchor];
      if (left < free) return null;
      free = left + room;
      return svg("text", { x, y: height + 13, "text-anchor": anchor }, text);
    });
  }

  #dayAt(clientX) {
    const box = this.plot.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (clientX - box.left) / box.width));
    return Math.min(this.last, Math.floor(this.first + share * (this.last + 1 - this.first)));
  }

  #binAt(day) {
    return this.bins.find((bin) => day <= bin.to) || this.bins[this.bins.length - 1];
  }

  // Dragging inside the chosen time moves it; elsewhere it chooses anew. A click chooses one bar.
  #startBrush(event) {
    if (event.button || event.target.classList.contains("ca-handle")) return;
    event.preventDefault();
    this.stop();
    const day = this.#dayAt(event.clientX);
    const { from, to } = this.filters.state;
    const moving = (from !== null || to !== null) && day >= this.from && day <= this.to;
    const [oldFrom, oldTo] = [this.from, this.to];
    let moved = false;
    const choose = (here) => {
      if (moving) this.#shift(oldFrom, oldTo, here - day);
      else this.#choose(this.#binAt(Math.min(day, here)).from, this.#binAt(Math.max(day, here)).to);
    };
    const start = event.clientX;
    this.#follow(event, (move) => {
      if (!moved && Math.abs(move.clientX - start) < 3) return;
      moved = true;
      choose(this.#dayAt(move.clientX));
    }, () => {
      if (moved) return;
      const bin = this.#binAt(day);
      if (moving && oldFrom === bin.from && oldTo === bin.to) this.filters.set({ from: null, to: null });
      else this.#choose(bin.from, bin.to);
    });
  }

  #startHandle(event, end) {
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.focus();
    this.stop();
    this.#follow(event, (move) => this.#pull(end, this.#binAt(this.#dayAt(move.clientX))[end]));
  }

  #follow(event, onMove, onEnd = () => {}) {
    let last = event;
    const step = oncePerFrame(() => onMove(last));
    const move = (next) => {
      last = next;
      step();
    };
    const end = () => {
      window.removeEventListener("pointermove", move);
      onEnd();
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end, { once: true });
    window.addEventListener("pointercancel", end, { once: true });
  }

  #moveHandle(event, end) {
    const bin = this.bins.indexOf(this.#binAt(end === "from" ? this.from : this.to));
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -12, PageUp: 12, Home: -Infinity, End: Infinity };
    if (!(event.key in steps)) return;
    event.preventDefault();
    this.stop();
    const next = Math.min(this.bins.length - 1, Math.max(0, bin + steps[event.key]));
    this.#pull(end, this.bins[next][end]);
  }

  #pull(end, day) {
    if (end === "from") this.#choose(Math.min(day, this.to), this.to);
    else this.#choose(this.from, Math.max(day, this.from));
  }

  #shift(from, to, days) {
    const step = Math.max(this.first - from, Math.min(this.last - to, days));
    this.#choose(from + step, to + step);
  }

  #choose(from, to) {
    const whole = from <= this.first && to >= this.last;
    this.filters.set({ from: whole ? null : from, to: whole ? null : to });
  }

  #togglePlay() {
    if (this.timer) return this.stop();
    const span = this.to - this.from;
    const whole = span >= this.last - this.first;
    const window = whole ? Math.max(this.bins[0].to - this.first, Math.round((this.last - this.first) / 24)) : span;
    if (whole || this.to >= this.last) this.#choose(this.first, this.first + window);
    const step = Math.max(1, Math.round((this.last - this.first - window) / PLAY_STEPS));
    this.#showPlaying(true);
    this.timer = setInterval(() => {
      if (this.to >= this.last) return this.stop();
      this.#shift(this.from, this.to, step);
    }, PLAY_MS);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.#showPlaying(false);
  }

  #showPlaying(playing) {
    replaceContent(this.play, icon(playing ? ICONS.pause : ICONS.play));
    this.play.setAttribute("aria-label", playing ? "Stop playing" : "Play through time");
  }
}

function makeBins(first, last) {
  const span = last - first + 1;
  if (span <= 62) return range(first, last + 1).map((day) => ({ from: day, to: day }));
  if (span <= 500) {
    const monday = first - ((((first + 3) % 7) + 7) % 7);
    return range(0, Math.ceil((last - monday + 1) / 7)).map((k) => ({ from: monday + 7 * k, to: monday + 7 * k + 6 }));
  }
  const months = span <= 9000 ? 1 : 12;
  const [year, month] = dayParts(first);
  const bins = [];
  for (let k = months === 12 ? 0 : month; ; k += months) {
    const from = Date.UTC(year, k, 1) / DAY_MS;
    if (from > last) return bins;
    bins.push({ from, to: Date.UTC(year, k + months, 1) / DAY_MS - 1 });
  }
}

// Names of years where years are shown, else of months, else of days; no more than fit.
function makeTicks(first, last, room) {
  const [firstYear, firstMonth] = dayParts(first);
  const [lastYear, lastMonth] = dayParts(last);
  const nMonths = (lastYear - firstYear) * 12 + lastMonth - firstMonth + 1;
  if (nMonths > 30) {
    const step = Math.ceil((lastYear - firstYear + 1) / Math.max(1, room));
    return range(firstYear, lastYear + 1)
      .filter((year) => (year - firstYear) % step === 0)
      .map((year) => ({ day: Math.max(first, Date.UTC(year, 0, 1) / DAY_MS), text: String(year) }));
  }
  if (nMonths > 2) {
    const step = Math.ceil(nMonths / Math.max(1, room));
    return range(0, nMonths)
      .filter((k) => k % step === 0)
      .map((k) => {
        const day = Date.UTC(firstYear, firstMonth + k, 1) / DAY_MS;
        const [year, month] = dayParts(day);
        return { day: Math.max(first, day), text: `${MONTHS[month].slice(0, 3)} ${year}` };
      });
  }
  const step = Math.ceil((last - first + 1) / Math.max(1, room));
  return range(first, last + 1).filter((day) => (day - first) % step === 0).map((day) => ({ day, text: sayDay(day, true).replace(/ \d+$/, "") }));
}
