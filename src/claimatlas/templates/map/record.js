// The record of one incident: a plain sentence, who says what side by side, their words, and how the place was chosen.

const SINGULAR = { people: "person", civilians: "civilian", children: "child", women: "woman", combatants: "combatant" };
const FIGURE_ORDER = Object.keys(OUTCOMES).flatMap((outcome) => Object.keys(VICTIMS).map((victims) => `${outcome} ${victims}`));

class RecordView {
  constructor(collection, { close, step, say }) {
    Object.assign(this, { collection, close, step, say });
    this.element = el("article.ca-record", { hidden: true, "aria-label": "Incident", onkeydown: (event) => event.key === "Escape" && close() });
  }

  show(i, [previous, next]) {
    this.element.hidden = false;
    const { collection } = this;
    this.heading = el("h2", { tabindex: -1, dir: "auto" }, foreign(headlineOf(collection, i)));
    const move = (step, target, name, path) =>
      el("button.ca-round", { type: "button", "aria-label": name, title: name, disabled: target === null, onclick: () => this.step(step) }, icon(path));
    const bar = el("div.ca-record-bar", {},
      el("button.ca-quiet.ca-with-icon", { type: "button", onclick: this.close }, icon(ICONS.back), "All incidents"),
      el("span.ca-spring"),
      move(-1, previous, "Previous incident", ICONS.back), move(1, next, "Next incident", ICONS.next));
    replaceContent(this.element, bar, el("div.ca-record-body", {}, this.heading, this.#badges(i), this.#facts(i), this.#doubts(i), this.#comparison(i), this.#words(i), this.#place(i), this.#reasons(i), this.#foot(i)));
    this.element.scrollTop = 0;
  }

  hide() {
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  focus() {
    this.heading?.focus({ preventScroll: true });
  }

  #badges(i) {
    const { incidents, labels } = this.collection;
    const grading = labels.grading.get(incidents.get("grading", i));
    const killed = sayRange(...this.collection.toll(i, "killed"));
    const injured = sayRange(...this.collection.toll(i, "injured"));
    const unknown = this.collection.claimsOf(i).some((claim) => this.collection.claims.get("outcome", claim) === "killed");
    return el("div.ca-badges", {},
      el("div", {}, el("b", {}, killed ?? "—"), el("span", {}, killed ? "killed, by claims" : unknown ? "killed, no number given" : "no figure of dead")),
      injured ? el("div", {}, el("b", {}, injured), el("span", {}, "injured, by claims")) : null,
      el("div", {}, el("b", {}, grading.label), el("span", {}, incidents.get("grade_reason", i))));
  }

  #facts(i) {
    const { collection } = this;
    const { incidents, labels } = collection;
    const dated = collection.start[i] !== UNDATED;
    const when = [sayDays(dated ? collection.start[i] : null, dated ? collection.end[i] : null), ...this.#bounds(i)];
    const words = incidents.get("date_text", i);
    const actors = collection.actors[i].map((id) => labels.actor.get(id));
    const attribution = labels.attribution.get(incidents.get("attribution", i));
    const means = collection.detail("means", i);
    const more = [this.#civilians(i), ...["children", "women", "combatants"].map((victims) => this.#kindOfVictims(i, victims))].filter(Boolean);
    const rows = [
      ["When", [when.join("; "), words ? [" – read from ", quoted(words)] : null]],
      ["What", [labels.type.get(incidents.get("event_type", i))?.label, means ? [" – ", joined(means.map((word) => quoted(word)))] : null]],
      ["Attributed to", [
        actors.length ? actors.map((entry) => el("span.ca-actor", {}, symbolElement(entryLook(entry, "actor"), 14), entry.label)) : "Nobody is named",
        actors.length ? el("span.ca-note", {}, sayAttribution(attribution, incidents.get("denied", i))) : null]],
      ["Among them", more.length ? capitalize(more.join("; ")) : null],
    ];
    return el("dl.ca-facts", {}, rows.filter(([, value]) => value).map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
  }

  // Whom the codebook counts as a civilian although no source says so is told apart.
  #civilians(i) {
    const { collection } = this;
    const [civilians, parts, people] = [["civilians"], ["children", "women"], ["people"]].map((kinds) => collection.figuresOf(i, "killed", kinds));
    const most = (claim) => collection.claims.get("max", claim) ?? collection.claims.get("min", claim) ?? 0;
    const said = civilians.length ? Math.max(...civilians.map(most)) : parts.reduce((sum, claim) => sum + most(claim), 0);
    const isCounted = people.length > 0 && said < collection.incidents.get("civilians_killed_max", i);
    const [min, max] = collection.toll(i, "civilians_killed", isCounted ? people : civilians.length ? civilians : parts);
    if (min === null && max === null) return null;
    const one = (max ?? min) === 1;
    if (!isCounted) return `${sayRange(min, max)} ${one ? "civilian" : "civilians"} killed`;
    const why = said ? "no source says so of all" : `no source says who ${one ? "it was" : "they were"}`;
    return `${sayRange(min, max)} counted as ${one ? "a civilian" : "civilians"}: ${why}`;
  }

  // Where claims differ, the lowest figure is what all bear out.
  #kindOfVictims(i, victims) {
    const { collection } = this;
    const least = collection.incidents.get(`${victims}_killed_min`, i);
    if (least === null) return null;
    const figures = collection.figuresOf(i, "killed", [victims]).map((claim) => collection.claims.row(claim));
    const [first] = figures;
    const most = first && figures.every(({ min, max }) => min === least && max === first.max) ? first.max : null;
    return `${sayRange(least, most)} ${(most ?? least) === 1 ? SINGULAR[victims] : victims} killed`;
  }

  #bounds(i) {
    const bounds = [["not_before", "not before"], ["not_after", "not after"]];
    return bounds.map(([kind, text]) => [text, this.collection.detail(kind, i)]).filter(([, day]) => day).map(([text, day]) => `${text} ${sayDay(parseDay(day))}`);
  }

  #doubts(i) {
    const flags = this.collection.detail("flags", i);
    return flags ? el("ul.ca-flags", { "aria-label": "Doubts" }, flags.map((flag) => el("li", {}, foreign(flag)))) : null;
  }

  // One row a claimant with its stance, one column a kind of figure. Columns in which figures differ say so and show by how much.
  #comparison(i) {
    const { collection } = this;
    const claims = collection.claimsOf(i).map((claim) => collection.claims.row(claim));
    if (!claims.length) return section("Who says what", el("p.ca-note", {}, "The report tells it in its own voice and gives no figures."));
    const kinds = FIGURE_ORDER.filter((kind) => claims.some((claim) => figureKind(claim) === kind));
    const rows = new Map(claims.map((claim) => [this.#speaker(claim), []]));
    for (const claim of claims) rows.get(this.#speaker(claim)).push(claim);
    const columns = kinds.map((kind) => makeFigureColumn(kind, claims));
    const head = el("tr", {}, el("th", { scope: "col" }, "Claimant, and whom it names"), columns.map((column) => columnHead(column)));
    const body = [...rows].map(([speaker, own]) => {
      const cells = columns.map((column) => figureCell(column, own.filter((claim) => figureKind(claim) === column.kind)));
      const voice = own.every(({ claimant }) => claimant === "outlet") ? el("div.ca-stance", {}, "the outlet itself") : null;
      return el("tr", {}, el("th", { scope: "row" }, foreign(speaker), voice, this.#stances(own)), cells);
    });
    const table = el("div.ca-scroll", { tabindex: 0, role: "region", "aria-label": "Who says what" }, el("table.ca-comparison", {}, el("thead", {}, head), el("tbody", {}, body)));
    return section("Who says what", table);
  }

  // Who stands behind a claim: of outlets that speak for themselves, each is somebody else.
  #speaker({ claimant, sentence }) {
    const { reports, sentences } = this.collection;
    return claimant === "outlet" ? reports.get("outlet", sentences.get("report", sentence)) : claimant;
  }

  #stances(claims) {
    const said = new Map();
    for (const claim of claims) {
      if (!claim.actors.length && claim.stance === "asserts") continue;
      said.set(`${claim.stance} ${claim.actors}`, claim);
    }
    if (!said.size) return el("div.ca-stance", {}, "names nobody");
    const named = new Set([...said.values()].filter(({ actors }) => actors.length).map(({ stance }) => stance));
    const told = [...said.values()].filter(({ stance, actors }) => actors.length || !named.has(stance));
    // Beside a denial it must be plain who is not denied but named.
    const asserting = told.some(({ stance }) => stance !== "asserts") ? "Names: " : "";
    return told.map((claim) => el("div.ca-stance", { class: `is-${claim.stance}` }, this.#sayDeed(claim, asserting)));
  }

  // What a statement without a figure says; who speaks of its own deed is not named twice.
  #sayDeed({ claimant, stance, actors }, asserting = "") {
    const entries = actors.map((id) => this.collection.labels.actor.get(id));
    const names = entries.map((entry) => el("span.ca-actor", {}, symbolElement(entryLook(entry, "actor"), 13), entry.label));
    const verbs = { asserts: asserting, denies: "Says it was not: ", owns: "Says it was its own: ", doubts: "Doubts that it was: " };
    const bare = { asserts: "Says it happened", denies: "Denies it", owns: "Says it was its own", doubts: "Doubts it" };
    const itself = stance !== "asserts" && entries.length === 1 && entries[0].label === claimant;
    return names.length && !itself ? [verbs[stance], names] : [bare[stance]];
  }

  // The reports one after the other, each quote inside its sentence.
  #words(i) {
    const { collection } = this;
    const tellings = collection.tellingsOf(i);
    const reports = collection.reportsOf(i).length;
    const times = tellings.length > reports ? ` ${number(tellings.length)} times` : "";
    return section("In their words", el("p.ca-note", {}, `Told${times} in ${count(reports, "report")}; the words each claim rests on are marked.`), tellings.map((telling) => this.#telling(telling)));
  }

  #telling(row) {
    const { collection } = this;
    const telling = collection.tellings.row(row);
    const report = collection.reports.row(telling.report);
    const bySentence = new Map();
    const add = (quote, claim) => {
      if (!bySentence.has(quote.sentence)) bySentence.set(quote.sentence, { letters: quote.letters, marks: [], claims: [] });
      const sentence = bySentence.get(quote.sentence);
      sentence.marks.push([quote.start, quote.end]);
      if (claim) sentence.claims.push(claim);
    };
    const claims = range(collection.firstClaim[row], collection.firstClaim[row + 1]);
    for (const claim of claims) add(collection.quote(collection.claims, claim), collection.claims.row(claim));
    const own = collection.quote(collection.tellings, row);
    if (!bySentence.has(own.sentence)) add(own, null);
    const sentences = [...bySentence].sort(([a], [b]) => a - b);
    const name = report.publisher || report.report_id;
    const head = el("header", {},
      el("b", {}, report.url ? link(report.url, name) : foreign(name)),
      el("span", {}, report.published ? sayDay(parseDay(report.published)) : "date of publication unknown"),
      telling.main ? null : el("span.ca-tag", {}, "told in passing"));
    return el("section.ca-telling", {}, head, sentences.map(([number, sentence]) => this.#sentence(number, sentence, report.lang)));
  }

  #sentence(number, { letters, marks, claims }, lang) {
    const parts = [];
    let at = 0;
    for (const [start, end] of marks.sort(([a], [b]) => a - b)) {
      if (end <= at) continue;
      parts.push(letters.slice(at, Math.max(at, start)).join(""), el("mark", {}, letters.slice(Math.max(at, start), end).join("")));
      at = end;
    }
    parts.push(letters.slice(at).join(""));
    const title = this.collection.sentences.get("title", number) ? el("span.ca-tag", {}, "Headline") : null;
    return [
      el("blockquote", { lang, dir: "auto" }, parts),
      title,
      claims.length ? el("ul.ca-claims", {}, claims.map((claim) => el("li", {}, sayClaimant(claim.claimant), ": ", this.#sayClaim(claim)))) : null,
    ];
  }

  #sayClaim(claim) {
    if (claim.outcome === null) return this.#sayDeed(claim, "names ");
    const stance = claim.stance === "asserts" ? "" : { denies: ", while denying it", owns: ", owning it", doubts: ", doubting it" }[claim.stance];
    return [sayFigure(claim), stance];
  }

  #place(i) {
    const { collection } = this;
    const row = collection.incidents.get("location", i);
    const name = collection.incidents.get("place", i);
    const relation = collection.detail("relation", i);
    const named = name ? el("p", {}, relation ? `The report says: ${relation} ` : "The report says ", quoted(name), ".") : el("p", {}, "The report names no place.");
    const others = (collection.detail("places", i) || []).map((place) => this.#otherPlace(place));
    const also = others.length ? el("ul.ca-plain", { "aria-label": "Places named with it" }, others) : null;
    if (row === null) return section("Where", named, also, el("p", {}, "Nobody can say where that is, so it is not on the map."));
    const location = collection.locations.row(row);
    const title = location.name ? [foreign(location.name), location.name_ar ? [" ", foreign(location.name_ar)] : null] : sayPlace(location.lat, location.lon);
    const area = collection.coarse[i] ? `Only the ${collection.areaKind(i)} is known: it may have been anywhere within ${sayRadius(location.radius_m)} of the point shown.` : `Shown as a point; the true place lies within about ${sayRadius(location.radius_m)} of it.`;
    return section("Where",
      el("p.ca-place", {}, el("b", {}, title), location.area ? el("span", {}, foreign(location.area)) : null),
      el("p.ca-note", {}, `${sayPlace(location.lat, location.lon)}. ${area}`),
      named, also,
      el("p", {}, el("b", {}, "How it was chosen: "), foreign(sentenceEnd(location.reason || "No reason was recorded.")), ` Probability that it is right: ${sayProbability(location.score)}.`),
      location.flags.length ? el("ul.ca-flags", {}, location.flags.map((flag) => el("li", {}, foreign(flag)))) : null,
      candidateList(location.rejected));
  }

  #otherPlace([name, relation, governorate, row]) {
    const where = row === null ? "not placed" : sayPlace(this.collection.locations.get("lat", row), this.collection.locations.get("lon", row));
    return el("li", {}, relation ? `also ${relation} ` : "also ", quoted(name), governorate ? [", ", foreign(governorate)] : null, el("span.ca-note", {}, ` ${where}`));
  }

  #reasons(i) {
    const links = this.collection.detail("links", i) || [];
    const notes = this.collection.detail("notes", i) || [];
    if (!links.length && !notes.length) return null;
    const items = links.map(([report, other, score, reasons]) => el("li", {}, foreign(report), " with ", foreign(other), `, ${sayProbability(score)}: `, joined(reasons.map((reason) => foreign(reason)))));
    return section("Why these reports were put together", el("ul.ca-plain", {}, items, notes.map((note) => el("li", {}, "Noted: ", foreign(note)))));
  }

  #foot(i) {
    const id = this.collection.incidents.get("incident_id", i);
    const address = permalink(id);
    const copy = button("Copy the link", () => copyText(address).then((done) => this.say(done ? "Link copied." : "Copying was refused; use the link itself.")), { class: "ca-quiet" });
    return el("footer.ca-record-foot", {}, el("a", { href: address, class: "ca-permalink" }, "Permanent link to this incident"), copy, el("code", {}, id));
  }
}

function section(title, ...children) {
  return el("section.ca-section", {}, el("h3", {}, title), children);
}

function quoted(text) {
  return ["“", foreign(text), "”"];
}

function joined(parts) {
  return parts.flatMap((part, k) => (k ? [", ", part] : [part]));
}

function percent(share) {
  return `${Math.round(share * 100)} %`;
}

function sayAttribution({ id, label }, denied) {
  if (!denied) return label;
  return id === "contested" ? "Contested: an accused actor denies it" : `${label}; an accused actor denies it`;
}

// No place and no link is ever certain, so rounding must not make it so.
function sayProbability(share) {
  if (share > 0.99) return "over 99 %";
  return share < 0.01 ? "under 1 %" : percent(share);
}

function sentenceEnd(text) {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function sayClaimant(claimant) {
  return claimant === "outlet" ? "The outlet itself" : foreign(claimant);
}

function figureKind({ outcome, victims }) {
  return `${outcome} ${victims}`;
}

function sayFigure({ outcome, victims, min, max }) {
  const one = min === 1 && max === 1;
  const who = one ? SINGULAR[victims] : VICTIMS[victims];
  const figure = sayRange(min, max);
  return figure === null ? `${capitalize(who)} ${OUTCOMES[outcome]}, no number given` : `${capitalize(figure)} ${who} ${OUTCOMES[outcome]}`;
}

function makeFigureColumn(kind, claims) {
  const own = claims.filter((claim) => figureKind(claim) === kind);
  const [outcome, victims] = kind.split(" ");
  const figures = new Set(own.map(({ min, max }) => `${min} ${max}`));
  // An open end needs room to fade in.
  const room = own.some(({ min, max }) => min !== null && max === null) ? 1.35 : 1;
  const top = room * Math.max(1, ...own.flatMap(({ min, max }) => [min ?? 0, max ?? 0]));
  return { kind, title: victims === "people" ? capitalize(outcome) : `${capitalize(victims)} ${outcome}`, differs: figures.size > 1, top };
}

function columnHead({ title, differs }) {
  return el("th", { scope: "col", class: differs ? "is-differing" : null }, title, differs ? el("span.ca-differs", {}, "differ") : null);
}

function figureCell({ top, differs }, claims) {
  if (!claims.length) return el("td.is-empty", {}, el("span", { "aria-hidden": "true" }, "–"), el("span.unseen", {}, "says nothing"));
  const figures = [...new Map(claims.map((claim) => [`${claim.min} ${claim.max}`, claim])).values()];
  return el("td", { class: differs ? "is-differing" : null }, figures.map(({ min, max }) => [el("div.ca-figure", {}, sayRangeShort(min, max)), differs ? rangeBar(min, max, top) : null]));
}

// From the least to the most claimed, on the scale of the column; an open end fades.
function rangeBar(min, max, top) {
  if (min === null && max === null) return null;
  const from = (100 * (min ?? 0)) / top;
  const to = (100 * (max ?? top)) / top;
  const bar = el("span", { style: { left: `${Math.min(from, 94)}%`, width: `${Math.max(6, to - from)}%` } });
  if (max === null) bar.classList.add("is-open-above");
  if (min === null) bar.classList.add("is-open-below");
  return el("div.ca-bar", { "aria-hidden": "true" }, bar);
}

function candidateList(candidates) {
  if (!candidates.length) return el("p.ca-note", {}, "No other place came into question.");
  const rows = candidates.map(([name, nameArabic, kind, area, lat, lon, score, reasons]) =>
    el("li", {}, el("b", {}, foreign(name), nameArabic ? [" ", foreign(nameArabic)] : null), ` ${kind.replaceAll("_", " ")}`, area ? [", ", foreign(area)] : null,
      el("span.ca-note", {}, ` ${sayProbability(score)} · ${sayPlace(lat, lon)}`, reasons.length ? [" · ", joined(reasons.map((reason) => foreign(reason)))] : null)));
  return el("div.ca-candidates", {}, el("b", {}, "What else it might be"), el("ol", { type: "a" }, rows));
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
