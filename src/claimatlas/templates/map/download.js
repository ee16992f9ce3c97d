// What is shown, as files: the same columns and the same care as incidents.geojson and incidents.csv.

const FORMULA_START = /(^|;)(\s*)([=+\-@＝＋－＠])/g;
const LINE_ENDS = /[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g;

function toGeoJson(collection, rows) {
  const features = rows.map((i) => {
    const { lat, lon, ...properties } = collection.record(i);
    const geometry = lat === null ? null : { type: "Point", coordinates: [round6(lon), round6(lat)] };
    return { type: "Feature", geometry, properties };
  });
  return `${JSON.stringify({ type: "FeatureCollection", name: "incidents" }).slice(0, -1)},"features":[\n${features.map((feature) => JSON.stringify(feature)).join(",\n")}\n]}\n`;
}

function toCsv(collection, rows) {
  if (!rows.length) return "\ufeff";
  const records = rows.map((i) => collection.record(i));
  const names = Object.keys(records[0]);
  const lines = [names, ...records.map((record) => names.map((name) => csvCell(record[name])))];
  // Without the mark in front Excel shows Arabic as rubbish.
  return `\ufeff${lines.map((cells) => cells.map(csvQuote).join(",")).join("\n")}\n`;
}

function csvCell(value) {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  return value.replace(LINE_ENDS, " ").replace(FORMULA_START, "$1$2'$3");
}

function csvQuote(cell) {
  return /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function round6(degrees) {
  return Math.round(degrees * 1e6) / 1e6;
}

function saveFile(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const anchor = el("a", { href: address, download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
