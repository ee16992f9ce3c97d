// Days, figures and names as a person reads them.

const DAY_MS = 86400000;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const number = new Intl.NumberFormat("en-GB").format;

const OUTCOMES = { killed: "killed", injured: "injured", missing: "missing", captured: "captured" };
const VICTIMS = { people: "people", civilians: "civilians", children: "children", women: "women", combatants: "combatants" };

function count(n, one, many = `${one}s`) {
  return `${number(n)} ${n === 1 ? one : many}`;
}

// Days are whole numbers, counted from 1 January 1970.
function parseDay(iso) {
  return iso === null ? null : Math.round(Date.UTC(+iso.slice(0, 4), +iso.slice(5, 7) - 1, +iso.slice(8, 10)) / DAY_MS);
}

function isoDay(day) {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function dayParts(day) {
  const date = new Date(day * DAY_MS);
  return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
}

function sayDay(day, short = false) {
  const [year, month, date] = dayParts(day);
  return `${date} ${short ? MONTHS[month].slice(0, 3) : MONTHS[month]} ${year}`;
}

function sayDays(start, end, short = false) {
  if (start === null) return "Date unknown";
  if (end === null || end === start) return sayDay(start, short);
  const [year, month, date] = dayParts(start);
  const [endYear, endMonth, endDate] = dayParts(end);
  const lastOfMonth = new Date(Date.UTC(endYear, endMonth + 1, 0)).getUTCDate();
  const name = (m) => (short ? MONTHS[m].slice(0, 3) : MONTHS[m]);
  if (date === 1 && endDate === lastOfMonth && year === endYear) {
    if (month === endMonth) return `${name(month)} ${year}`;
    if (month === 0 && endMonth === 11) return String(year);
  }
  if (year === endYear && month === endMonth) return `${date}–${endDate} ${name(month)} ${year}`;
  if (year === endYear) return `${date} ${name(month)} – ${endDate} ${name(endMonth)} ${year}`;
  return `${sayDay(start, short)} – ${sayDay(end, short)}`;
}

// The bounds as claimed: an open end stays open.
function sayRange(min, max) {
  if (min === null && max === null) return null;
  if (max === null) return `at least ${number(min)}`;
  if (min === null) return `up to ${number(max)}`;
  return min === max ? number(min) : `${number(min)}–${number(max)}`;
}

function sayRangeShort(min, max) {
  if (min === null && max === null) return "?";
  if (max === null) return `≥ ${number(min)}`;
  if (min === null) return `≤ ${number(max)}`;
  return min === max ? number(min) : `${number(min)}–${number(max)}`;
}

function sayRadius(metres) {
  return metres >= 1000 ? `${number(Math.round(metres / 100) / 10)} km` : `${number(metres)} m`;
}

function sayPlace(latitude, longitude) {
  return `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
}

function capitalize(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// Spellings that a searcher does not tell apart: case, accents, apostrophes, hyphens, Arabic alefs, ta marbuta, marks.
function fold(text) {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640'’‘ʿʾ`]/g, "")
    .replace(/[\u0622\u0623\u0625\u0671]/g, "\u0627")
    .replace(/\u0629/g, "\u0647")
    .replace(/[\u0649\u06cc]/g, "\u064a")
    .replace(/\u06a9/g, "\u0643")
    .replace(/[-–—_\s]+/g, " ");
}
