// What the timeline and the map share: the marks of a chronicle, how a status looks, the page's colours.

import {utcFormat} from "./vendor/d3.js";

/** Milliseconds of a day: marks count in days since 1970, UTC. */
export const DAY = 864e5;

/**
 * The statuses in the order of the legend. `shape` is an SVG path within a circle of radius 1 about the origin; `fill` says
 * whether it is filled or drawn as an outline. Shape and fill tell the status without colour; `weave` does so in a bar.
 */
export const STATUSES = [
  {name: "happened", shape: "M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0Z", fill: true, weave: "solid"},
  {name: "ongoing", shape: "M-0.8,-0.95L1.05,0L-0.8,0.95Z", fill: true, weave: "solid"},
  {name: "planned", shape: "M0.85,0A0.85,0.85,0,1,1,-0.85,0A0.85,0.85,0,1,1,0.85,0Z", fill: false, weave: "stripes"},
  {name: "conditional", shape: "M0,-1.05L1.05,0L0,1.05L-1.05,0Z", fill: false, weave: "stripes"},
  {name: "possible", shape: "M0,-1L1,0.8H-1Z", fill: false, weave: "stripes"},
  {name: "cancelled", shape: "M-0.8,-0.8L0.8,0.8M-0.8,0.8L0.8,-0.8", fill: false, weave: "dots"},
  {name: "denied", shape: "M0.85,0A0.85,0.85,0,1,1,-0.85,0A0.85,0.85,0,1,1,0.85,0ZM-0.6,0.6L0.6,-0.6", fill: false, weave: "dots"},
];

const INDEX = new Map(STATUSES.map((status, index) => [status.name, index]));
// A date before or after these is the open end of an interval, not a day that anybody wrote about.
const FIRST = Date.UTC(1000, 0, 1) / DAY;
const LAST = Date.UTC(2200, 0, 1) / DAY;

/** One line as it is drawn. `start` and `end` are days since 1970, half-open; null, both, for an undated one. */
function mark(row, index) {
  const {start, end} = row;
  row.index = index;
  row.openStart = start !== null && start < FIRST;
  row.openEnd = end !== null && end > LAST;
  if (row.openStart) row.start = row.openEnd ? null : end - 1;
  if (row.openEnd) row.end = row.start === null ? null : start + 1;
  row.approximate = Boolean(row.precision?.endsWith("~"));
  row.code = INDEX.get(row.status) ?? 0;
  return row;
}

/** The marks of a chronicle's JSON: `{"fields": [name, …], "marks": [[value, …], …]}`. */
export function decode({fields, marks}) {
  return marks.map((values, index) => {
    const row = {};
    for (let i = 0; i < fields.length; i += 1) row[fields[i]] = values[i];
    return mark(row, index);
  });
}

const PARTS = {
  hour: utcFormat("%-d %B %Y, %H:%M"),
  day: utcFormat("%-d %B %Y"),
  month: utcFormat("%B %Y"),
  year: utcFormat("%Y"),
  decade: (date) => `${String(date.getUTCFullYear()).slice(0, 3)}0s`,
};

/** A day since 1970 as a person writes it. */
export const day = (number) => PARTS.day(new Date(number * DAY));

/** When a mark's event was, in words that promise no more than is known. */
export function when({start, end, precision, openStart, openEnd, approximate}) {
  if (start === null) return "undated";
  const part = PARTS[precision?.replace("~", "")];
  // Times of day are rounded parts of a day: to the nearest minute they are exact again.
  const first = new Date(Math.round((start * DAY) / 6e4) * 6e4);
  const words = openEnd
    ? `since ${day(start)}`
    : openStart
      ? `until ${day(end - 1)}`
      : part
        ? part(first)
        : end - start <= 1
          ? day(start)
          : `${day(start)} to ${day(end - 1)}`;
  return approximate ? `about ${words}` : words;
}

const loading = new Map();

/** The marks at an address, fetched once for all who ask. */
export function load(address) {
  if (!loading.has(address)) {
    loading.set(
      address,
      fetch(address, {credentials: "same-origin"}).then((answer) => {
        if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
        return answer.json().then(decode);
      }),
    );
  }
  return loading.get(address);
}

/** The colours that the style sheet gives under these names now, as the canvas takes them. */
export function palette(element, names) {
  const probe = element.appendChild(document.createElement("span"));
  probe.hidden = true;
  const colours = {};
  for (const name of names) {
    probe.style.color = `var(--${name})`;
    colours[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return colours;
}

/** Call back when the page's colours may have changed: dark mode, forced colours, the page's own switch. */
export function onTheme(callback) {
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", callback);
  }
  new MutationObserver(callback).observe(document.documentElement, {attributes: true, attributeFilter: ["data-theme", "class"]});
}

/** Whether the reader asked for little motion. */
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** An element with attributes and children; a string becomes text, never markup. */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== null && value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** The shape of a status as a small picture for legends and cards. */
export function glyph(status) {
  const {shape, fill} = STATUSES[INDEX.get(status) ?? 0];
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "-1.4 -1.4 2.8 2.8");
  svg.setAttribute("class", `glyph status-${status}${fill ? " filled" : ""}`);
  svg.setAttribute("aria-hidden", "true");
  const path = svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "path"));
  path.setAttribute("d", shape);
  return svg;
}

// What the pages' own rule (visible.py) shows by its code: characters that show nothing or turn the words around them.
const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]/gu;

/** Words as they can be drawn: a hidden character stands by its code. */
export function plain(text) {
  return String(text ?? "")
    .replace(/\s+/g, " ")
    .replace(HIDDEN, (hidden) => `⟨U+${hidden.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

/** The address of this chronicle with some of its question changed; null takes a part away. */
export function asking(changes) {
  const address = new URL(location.href);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) address.searchParams.delete(key);
    else address.searchParams.set(key, value);
  }
  address.searchParams.delete("page");
  return address.pathname + address.search;
}
