// Where the marks of a timeline stand: counts in calendar units when there are too many, lanes of single marks when not.

import {utcDay, utcHour, utcMonday, utcMonth, utcYear} from "./vendor/d3.js";
import {DAY, STATUSES} from "./marks.js";

/** The calendar units of the bars, from fine to coarse, each with its usual length in days. */
export const UNITS = [
  {name: "hour", interval: utcHour, days: 1 / 24},
  {name: "six hours", interval: utcHour.every(6), days: 0.25},
  {name: "day", interval: utcDay, days: 1},
  {name: "week", interval: utcMonday, days: 7},
  {name: "month", interval: utcMonth, days: 30.4},
  {name: "quarter", interval: utcMonth.every(3), days: 91.3},
  {name: "year", interval: utcYear, days: 365.25},
  {name: "decade", interval: utcYear.every(10), days: 3652.5},
  {name: "century", interval: utcYear.every(100), days: 36525},
];

/** Radius of a mark in pixels, the least gap between two, and the room that is kept for the words beside one if it can be. */
export const RADIUS = 5;
const GAP = 3;
const WORDS = 150;
// A date longer than this many screens is no place on this screen: it is counted above the lanes instead.
const SCREENS = 1.5;

/** Lanes of a mark that has none: the lanes were full; its date is far longer than the screen. */
export const FULL = -1;
export const LONG = -2;

/** The finest unit of which one is at least so many pixels wide. */
export function unitFor(pixelsPerDay, pixels) {
  return UNITS.find((unit) => unit.days * pixelsPerDay >= pixels) ?? UNITS[UNITS.length - 1];
}

/** Places for marks that do not move, found once for each zoom level and kept. */
export class Layout {
  /** `marks` are dated ones in the order of their start, `rows` the number of lanes, `width` that of the screen in pixels. */
  constructor(marks, rows, width) {
    this.marks = marks;
    this.rows = rows;
    this.width = width;
    this.counted = new Map();
    this.placed = new Map();
  }

  /**
   * Counts in a calendar unit: `at(time)` gives the bar that begins at that time, `{counts, total, soft}`, or undefined;
   * `soft(time)` how many there lie at that time of those dated to more than one unit, each spread evenly over its date.
   */
  count(unit) {
    let found = this.counted.get(unit.name);
    if (!found) this.counted.set(unit.name, (found = this.#count(unit)));
    return found;
  }

  #count(unit) {
    const bars = new Map();
    const steps = [];
    for (const mark of this.marks) {
      const length = mark.end - mark.start;
      if (length > unit.days * 1.05) {
        steps.push([mark.start, 1 / length], [mark.end, -1 / length]);
        continue;
      }
      const key = +unit.interval.floor(new Date(((mark.start + mark.end) / 2) * DAY));
      let bar = bars.get(key);
      if (!bar) bars.set(key, (bar = {counts: new Uint32Array(STATUSES.length), total: 0}));
      bar.counts[mark.code] += 1;
      bar.total += 1;
    }
    steps.sort((a, b) => a[0] - b[0]);
    const times = new Float64Array(steps.length);
    const levels = new Float64Array(steps.length);
    let level = 0;
    steps.forEach(([time, change], i) => {
      times[i] = time;
      levels[i] = level += change;
    });
    const soft = (time) => {
      let low = 0;
      let high = times.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (times[middle] <= time) low = middle + 1;
        else high = middle;
      }
      return low ? Math.max(levels[low - 1], 0) * unit.days : 0;
    };
    let highest = 1;
    for (const [key, bar] of bars) highest = Math.max(highest, bar.total + soft(key / DAY + unit.days / 2));
    levels.forEach((value) => (highest = Math.max(highest, value * unit.days)));
    return {bars, soft, highest};
  }

  /**
   * Lanes at a scale: for each mark its lane and its position (days since 1970; where its sign stands).
   *
   * Marks of one day share the day's column, side by side and above each other; where in the day they stand means nothing.
   * A longer date takes a stretch of a lane. Lanes are those of the next coarser step of scale, so they hold while one zooms
   * a little and do not depend on what is in view.
   */
  lanes(pixelsPerDay) {
    const step = Math.floor(Math.log2(pixelsPerDay) * 2);
    let found = this.placed.get(step);
    if (!found) this.placed.set(step, (found = this.#lanes(2 ** (step / 2))));
    return found;
  }

  #lanes(scale) {
    const lane = new Int16Array(this.marks.length).fill(FULL);
    const at = new Float64Array(this.marks.length);
    const taken = new Float64Array(this.rows).fill(-Infinity);
    this.marks.forEach((mark, i) => {
      const length = mark.end - mark.start;
      const bar = length > 1.01 && length * scale > 3 * RADIUS;
      const first = bar || length * scale > 2 * RADIUS ? mark.start * scale + RADIUS + 1 : ((mark.start + mark.end) / 2) * scale;
      at[i] = first / scale;
      if (bar && length * scale > SCREENS * this.width) {
        lane[i] = LONG;
        return;
      }
      const last = bar ? first : Math.max(first, mark.end * scale - RADIUS);
      let best = FULL;
      let where = Infinity;
      for (let row = 0; row < this.rows; row += 1) {
        if (taken[row] + WORDS <= first) {
          best = row;
          where = first;
          break;
        }
        const free = Math.max(first, taken[row] + GAP + RADIUS);
        if (free <= last && free < where) {
          best = row;
          where = free;
        }
      }
      if (best === FULL) return;
      lane[i] = best;
      at[i] = where / scale;
      taken[best] = bar ? Math.max(mark.end * scale, where + RADIUS) : where + RADIUS;
    });
    return {lane, at};
  }
}
