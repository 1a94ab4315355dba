// What the timeline and the map share: the marks of a chronicle, how a status looks, the page's colours.

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
  {name: "possible", shape: "M-0.8,-0.8H0.8V0.8H-0.8Z", fill: false, weave: "stripes"},
  {name: "cancelled", shape: "M-0.8,-0.8L0.8,0.8M-0.8,0.8L0.8,-0.8", fill: false, weave: "dots"},
  {name: "denied", shape: "M0.85,0A0.85,0.85,0,1,1,-0.85,0A0.85,0.85,0,1,1,0.85,0ZM-0.6,0.6L0.6,-0.6", fill: false, weave: "dots"},
];

const INDEX = new Map(STATUSES.map((status, index) => [status.name, index]));
// A date before or after these is the open end of an interval, not a day that anybody wrote about.
const FIRST = Date.UTC(1000, 0, 1) / DAY;
const LAST = Date.UTC(2200, 0, 1) / DAY;

/** One entry as it is drawn. `start` and `end` are days since 1970, half-open; null, both, for an undated one. */
function mark(row, index) {
  let {start, end} = row;
  const openStart = start !== null && start < FIRST;
  const openEnd = end !== null && end > LAST;
  if (openStart) start = openEnd ? null : end - 1;
  if (openEnd) end = start === null ? null : start + 1;
  return {...row, index, start, end, openStart, openEnd, code: INDEX.get(row.status) ?? 0};
}

/** The marks of a chronicle's JSON: an object of columns of equal length, one value for each entry. */
export function decode(columns) {
  const names = Object.keys(columns).filter((name) => Array.isArray(columns[name]));
  const length = names.length ? columns[names[0]].length : 0;
  return Array.from({length}, (_, i) => mark(Object.fromEntries(names.map((name) => [name, columns[name][i]])), i));
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

/** Words made safe to stand in a line: what cannot be seen or would turn the line round is shown as a mark. */
export function plain(text) {
  return String(text ?? "").replace(/[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, "\ufffd");
}

/** The address of this chronicle with some of its question changed; null takes a part away. */
export function asking(changes) {
  const address = new URL(location.href);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) address.searchParams.delete(key);
    else address.searchParams.set(key, value);
  }
  address.searchParams.delete("page");
  address.hash = "";
  return address.href;
}
