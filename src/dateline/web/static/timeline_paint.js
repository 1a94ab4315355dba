// The timeline on its canvas: bars of counts or single marks, the axis below, the way from an announcement to its outcome.

import {utcDay, utcFormat, utcMonth, utcYear} from "./vendor/d3.js";
import {DAY, STATUSES, plain} from "./marks.js";
import {FULL, LONG, RADIUS, unitFor} from "./timeline_layout.js";

/** Colours that the style sheet must give. */
export const COLOURS = ["chart-ink", "chart-muted", "chart-line", "chart-paper", "chart-accent", "chart-spread", ...STATUSES.map((status) => `status-${status.name}`)];

const AXIS = 38;
const TOP = 26;
/** Height of a lane in pixels. */
export const LANE = 17;
// Single marks are drawn while at most so many are in view and at most this share of them finds no lane.
const SINGLES = 500;
const LEFT_OVER = 0.3;
const LINKS = 60;
const WORDY = 70; // pixels in which words say something
const BAR = 6; // least width of a bar of counts

const ROUND = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000];

const FORMATS = [
  {below: 0.9, tick: utcFormat("%H:%M"), parent: utcDay, context: utcFormat("%-d %B %Y")},
  {below: 27, tick: utcFormat("%-d"), parent: utcMonth, context: utcFormat("%B %Y")},
  {below: 360, tick: utcFormat("%b"), parent: utcYear, context: utcFormat("%Y")},
  {below: Infinity, tick: utcFormat("%Y"), parent: null, context: null},
];

/** How many lanes a canvas of this height holds. */
export const lanesIn = (height) => Math.max(3, Math.floor((height - AXIS - TOP - 4) / LANE));

/** Draws a view of a layout and tells what it drew where. */
export class Painter {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
  }

  /** Fit the canvas to its size on the page and take the page's colours and letters. */
  dress(width, height, colours, font) {
    const density = Math.min(window.devicePixelRatio || 1, 2);
    Object.assign(this, {width, height, colours, font, density, base: height - AXIS});
    this.canvas.width = Math.round(width * density);
    this.canvas.height = Math.round(height * density);
    this.signs = STATUSES.map((status) => this.#sign(status));
    this.weaves = STATUSES.map((status) => this.#weave(status));
  }

  colour(code) {
    return this.colours[`status-${STATUSES[code].name}`];
  }

  // A sign is drawn once and copied, which is many times faster than drawing its path again.
  #sign(status) {
    const side = 2 * (RADIUS + 3);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = Math.ceil(side * this.density);
    const context = canvas.getContext("2d");
    context.scale(this.density, this.density);
    context.translate(side / 2, side / 2);
    context.scale(RADIUS, RADIUS);
    const path = new Path2D(status.shape);
    context.lineJoin = context.lineCap = "round";
    // A rim in the colour of the paper keeps signs apart that touch.
    context.strokeStyle = this.colours["chart-paper"];
    context.lineWidth = (status.fill ? 2 : 4) / RADIUS;
    context.stroke(path);
    context.fillStyle = status.fill ? this.colours[`status-${status.name}`] : this.colours["chart-paper"];
    if (status.name !== "cancelled") context.fill(path);
    if (!status.fill) {
      context.strokeStyle = this.colours[`status-${status.name}`];
      context.lineWidth = 2 / RADIUS;
      context.stroke(path);
    }
    return {canvas, side};
  }

  // In a bar the colour alone does not tell what happened from what was only announced or was denied: the weave does.
  #weave(status) {
    const colour = this.colours[`status-${status.name}`];
    if (status.weave === "solid") return colour;
    const side = 5;
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = side * this.density;
    const context = canvas.getContext("2d");
    context.scale(this.density, this.density);
    context.fillStyle = this.colours["chart-paper"];
    context.fillRect(0, 0, side, side);
    context.globalAlpha = 0.3;
    context.fillStyle = context.strokeStyle = colour;
    context.fillRect(0, 0, side, side);
    context.globalAlpha = 1;
    context.beginPath();
    if (status.weave === "stripes") {
      context.lineWidth = 1;
      for (const x of [-side, 0, side]) {
        context.moveTo(x - 1, side + 1);
        context.lineTo(x + side + 1, -1);
      }
      context.stroke();
    } else {
      context.arc(side / 2, side / 2, 1, 0, 2 * Math.PI);
      context.fill();
    }
    const pattern = context.createPattern(canvas, "repeat");
    pattern.setTransform(new DOMMatrix().scale(1 / this.density));
    return pattern;
  }

  /**
   * Draw what lies between two times. `scale` maps a Date to a pixel, `active` is the index of the mark in hand, `brush` a
   * stretch of pixels being marked out.
   *
   * Returns what can be pointed at: `{single, marks: [{index, x, y, from, to}], bars: [{from, to, start, end, bar, soft}],
   * chips: [{x, y, count, indexes}], long: [index], shown}`.
   */
  paint({layout, scale, active, brush, ends}) {
    const {context, width, height, density} = this;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    const [from, to] = scale.domain().map((date) => date / DAY);
    const perDay = width / (to - from);
    const x = (day) => (day - from) * perDay;
    const view = {from, to, perDay, x};
    this.#axis(scale, view);
    const drawn = this.#choose(layout, view);
    if (drawn.single) this.#singles(layout, view, drawn, active, ends);
    else this.#bars(layout, view, drawn, active, ends);
    if (brush) this.#brush(brush);
    return drawn;
  }

  #choose(layout, {from, to, perDay}) {
    const {lane} = layout.lanes(perDay);
    let shown = 0;
    let full = 0;
    const seen = [];
    const long = [];
    layout.marks.forEach((mark, i) => {
      if (mark.end <= from || mark.start >= to) return;
      shown += 1;
      if (lane[i] === LONG) long.push(i);
      else seen.push(i);
      if (lane[i] === FULL) full += 1;
    });
    // On a single day nothing more can be gained by zooming in: show what there is room for, and how many more there are.
    const single = seen.length <= SINGLES && (full <= LEFT_OVER * seen.length || to - from < 3);
    return {single, shown, seen, long, marks: [], bars: [], chips: []};
  }

  #axis(scale, {from, to, perDay, x}) {
    const {context, width, base, colours} = this;
    const ticks = scale.ticks(Math.max(2, width / 90));
    const gap = ticks.length > 1 ? (ticks[1] - ticks[0]) / DAY : to - from;
    const {tick: format, parent, context: words} = FORMATS.find((each) => gap < each.below);
    context.font = this.font;
    context.textBaseline = "top";
    context.lineWidth = 1;
    context.strokeStyle = colours["chart-line"];
    context.beginPath();
    for (const tick of ticks) {
      const at = Math.round(x(tick / DAY)) + 0.5;
      context.moveTo(at, TOP);
      context.lineTo(at, base + 4);
    }
    context.stroke();
    context.strokeStyle = colours["chart-muted"];
    context.beginPath();
    context.moveTo(0, base + 0.5);
    context.lineTo(width, base + 0.5);
    context.stroke();
    context.fillStyle = colours["chart-muted"];
    context.textAlign = "center";
    for (const tick of ticks) context.fillText(format(tick), x(tick / DAY), base + 7);
    if (!parent) return;
    context.textAlign = "left";
    context.fillStyle = colours["chart-ink"];
    const starts = parent.range(parent.floor(new Date(from * DAY)), new Date(to * DAY));
    starts.forEach((start, i) => {
      const left = Math.max(x(start / DAY), 0) + 4;
      const next = i + 1 < starts.length ? x(starts[i + 1] / DAY) : width;
      const text = words(start);
      if (left + context.measureText(text).width + 4 < next) context.fillText(text, left, base + 22);
    });
  }

  #bars(layout, {from, to, perDay, x}, drawn, active, ends) {
    const {context, base, colours} = this;
    const unit = unitFor(perDay, BAR);
    const {bars, soft, highest} = layout.count(unit);
    const room = base - TOP - 14;
    // A square root lets a month with three entries be seen beside one with three hundred.
    const height = (count) => room * Math.sqrt(count / highest);
    const words = this.#rule(highest, height, unit);
    const begin = unit.interval.floor(new Date(from * DAY));
    for (let start = begin; start / DAY < to; ) {
      const end = unit.interval.offset(start, 1);
      const [day, next] = [start / DAY, end / DAY];
      const bar = bars.get(+start);
      const spread = soft((day + next) / 2);
      if (bar || spread > 0.005) {
        const left = x(day) + 0.5;
        const wide = Math.max(x(next) - x(day) - 1, 1);
        const total = bar?.total ?? 0;
        const full = height(total + spread);
        if (spread > 0.005) {
          context.fillStyle = colours["chart-spread"];
          context.fillRect(left, base - full, wide, full);
        }
        if (bar) {
          const solid = full * (total / (total + spread));
          let y = base;
          bar.counts.forEach((count, code) => {
            if (!count) return;
            const part = (solid * count) / total;
            y -= part;
            context.fillStyle = this.weaves[code];
            context.fillRect(left, y, wide, Math.max(part - 0.5, 0.5));
          });
        }
        drawn.bars.push({from: left, to: left + wide, start: day, end: next, bar, soft: spread, unit});
      }
      start = end;
    }
    words();
    if (active >= 0) {
      const mark = layout.marks[active];
      const at = Math.min(Math.max(x((mark.start + mark.end) / 2), RADIUS), this.width - RADIUS);
      context.strokeStyle = colours["chart-accent"];
      context.lineWidth = 1.5;
      context.beginPath();
      context.moveTo(at, TOP);
      context.lineTo(at, base);
      context.stroke();
      this.#stamp(mark.code, at, TOP + RADIUS + 2, true);
      drawn.marks.push({index: active, x: at, y: TOP + RADIUS + 2, from: at, to: at});
      for (const [start, end] of ends(active)) {
        const marks = [layout.marks[start], layout.marks[end]];
        const points = marks.map((each) => [x((each.start + each.end) / 2), base - room / 2]);
        this.#link(points[0], points[1], marks[1].code, true);
      }
    }
  }

  /** Lines at two round counts, by which the heights can be read; gives what writes their words, over the bars. */
  #rule(highest, height, unit) {
    const {context, width, base, colours} = this;
    const most = ROUND.findLast((count) => count <= highest);
    const counts = [...new Set([most, ROUND.findLast((count) => count <= most / 4)])].filter(Boolean);
    const lines = counts.map((count) => [count, Math.round(base - height(count)) + 0.5]);
    context.lineWidth = 1;
    context.strokeStyle = colours["chart-line"];
    context.beginPath();
    for (const [, y] of lines) {
      context.moveTo(0, y);
      context.lineTo(width, y);
    }
    context.stroke();
    return () => {
      context.textAlign = "left";
      context.textBaseline = "bottom";
      context.lineJoin = "round";
      for (const [count, y] of lines) {
        const words = count === most ? `${count.toLocaleString("en")} in one ${unit.name}` : count.toLocaleString("en");
        context.strokeStyle = colours["chart-paper"];
        context.lineWidth = 3;
        context.strokeText(words, 4, y - 2);
        context.fillStyle = colours["chart-muted"];
        context.fillText(words, 4, y - 2);
      }
    };
  }

  #singles(layout, {from, to, perDay, x}, drawn, active, ends) {
    const {context, width, base, colours} = this;
    const {lane, at} = layout.lanes(perDay);
    const place = (i) => [x(at[i]), base - 4 - LANE / 2 - Math.max(lane[i], 0) * LANE];
    if (perDay > 60) this.#days(from, to, x);
    // Words fill what the lane leaves free to the next mark.
    const rows = Array.from({length: layout.rows}, () => []);
    for (const i of drawn.seen) if (lane[i] >= 0) rows[lane[i]].push(i);
    context.font = this.font;
    context.textBaseline = "middle";
    context.textAlign = "left";
    for (const row of rows) {
      row.sort((a, b) => at[a] - at[b]);
      let taken = 0;
      row.forEach((i, n) => {
        const mark = layout.marks[i];
        const [px, y] = place(i);
        const [left, right] = [x(mark.start), x(mark.end)];
        const bar = mark.end - mark.start > 1.01 && right - left > 3 * RADIUS;
        const item = {index: i, x: px, y, from: px - RADIUS, to: px + RADIUS};
        if (bar) {
          // A date known only to a month or a year is a soft bar over all of it; its sign stays in view.
          item.x = Math.min(Math.max(px, RADIUS + 2), Math.max(right - RADIUS, RADIUS + 2));
          Object.assign(item, {from: left, to: right});
          this.#band(mark, left, right, y, i === active);
        } else if (mark.openEnd || mark.openStart) this.#open(mark, px, y);
        const next = n + 1 < row.length ? place(row[n + 1])[0] - RADIUS - 6 : width;
        const room = Math.min(next, width) - item.x - RADIUS - 6;
        const before = item.x - RADIUS - 6 - Math.max(taken + 6, 0);
        // At the right edge the words stand before the sign, if there is room.
        const ahead = room <= WORDY && before > WORDY && !bar;
        if ((room > WORDY && item.x > -RADIUS) || (ahead && item.x < width)) {
          const words = this.#fit(mark, Math.min(ahead ? before : room, 280));
          const wide = context.measureText(words).width;
          const start = ahead ? item.x - RADIUS - 5 - wide : item.x + RADIUS + 5;
          context.fillStyle = i === active ? colours["chart-ink"] : colours["chart-muted"];
          context.fillText(words, start, y + 0.5);
          item.from = Math.min(item.from, start);
          item.to = Math.max(item.to, start + wide);
        }
        taken = item.to;
        drawn.marks.push(item);
      });
    }
    const positions = new Map(drawn.marks.map((item) => [item.index, item]));
    const point = (i) => {
      const item = positions.get(i);
      return item ? [item.x, item.y] : place(i);
    };
    const links = drawn.marks.flatMap((item) => ends(item.index));
    for (const [start, end] of links) {
      const bright = start === active || end === active;
      if (bright || links.length <= LINKS) this.#link(point(start), point(end), layout.marks[end].code, bright);
    }
    for (const item of drawn.marks) if (item.index !== active) this.#stamp(layout.marks[item.index].code, item.x, item.y, false);
    const chosen = positions.get(active);
    if (chosen) this.#stamp(layout.marks[active].code, chosen.x, chosen.y, true);
    this.#more(layout, lane, perDay, x, drawn);
  }

  #days(from, to, x) {
    const {context, base, colours} = this;
    context.strokeStyle = colours["chart-line"];
    context.lineWidth = 1;
    context.setLineDash([2, 3]);
    context.beginPath();
    for (let day = Math.floor(from); day <= to; day += 1) {
      const at = Math.round(x(day)) + 0.5;
      context.moveTo(at, TOP);
      context.lineTo(at, base);
    }
    context.stroke();
    context.setLineDash([]);
  }

  #band(mark, left, right, y, active) {
    const {context} = this;
    const [a, b] = [Math.max(left, -20), Math.min(right, this.width + 20)];
    const colour = this.colour(mark.code);
    const soft = context.createLinearGradient(left, 0, right, 0);
    const clear = colour.replace(/^rgb\(([^)]*)\)$/, "rgba($1, 0)");
    // Ends fade where the date says "about".
    const edge = mark.approximate ? Math.min(0.3, 24 / (right - left)) : 0;
    soft.addColorStop(0, edge ? clear : colour);
    soft.addColorStop(edge, colour);
    soft.addColorStop(1 - edge, colour);
    soft.addColorStop(1, edge ? clear : colour);
    context.globalAlpha = active ? 0.45 : 0.22;
    context.fillStyle = soft;
    context.beginPath();
    context.roundRect(a, y - 5, Math.max(b - a, 2), 10, 5);
    context.fill();
    context.globalAlpha = 1;
  }

  #open(mark, x, y) {
    const {context} = this;
    const length = mark.openEnd ? 46 : -46;
    const fade = context.createLinearGradient(x, 0, x + length, 0);
    const colour = this.colour(mark.code);
    fade.addColorStop(0, colour);
    fade.addColorStop(1, colour.replace(/^rgb\(([^)]*)\)$/, "rgba($1, 0)"));
    context.globalAlpha = 0.6;
    context.strokeStyle = fade;
    context.lineWidth = 4;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + length, y);
    context.stroke();
    context.globalAlpha = 1;
  }

  #stamp(code, x, y, active) {
    const {canvas, side} = this.signs[code];
    const {context, colours} = this;
    if (active) {
      context.strokeStyle = colours["chart-accent"];
      context.lineWidth = 2;
      context.beginPath();
      context.arc(x, y, RADIUS + 4, 0, 2 * Math.PI);
      context.stroke();
    }
    context.drawImage(canvas, x - side / 2, y - side / 2, side, side);
  }

  /** From an announcement to what became of it. */
  #link([x1, y1], [x2, y2], code, bright) {
    const {context, colours} = this;
    const far = Math.abs(x2 - x1);
    // Both on one day: the way bows out to the side, where it does not hide behind the signs.
    const bow = far < 24 ? [Math.max(x1, x2) + 26, (y1 + y2) / 2] : [(x1 + x2) / 2, Math.min(y1, y2) - Math.min(46, far / 3)];
    context.globalAlpha = bright ? 1 : 0.4;
    context.strokeStyle = context.fillStyle = bright ? colours["chart-accent"] : this.colour(code);
    context.lineWidth = bright ? 2 : 1.25;
    context.beginPath();
    context.moveTo(x1, y1);
    context.quadraticCurveTo(bow[0], bow[1], x2, y2);
    context.stroke();
    const angle = Math.atan2(y2 - bow[1], x2 - bow[0]);
    const tip = [x2 - Math.cos(angle) * (RADIUS + 1), y2 - Math.sin(angle) * (RADIUS + 1)];
    context.beginPath();
    context.moveTo(tip[0], tip[1]);
    for (const turn of [0.45, -0.45]) context.lineTo(tip[0] - 7 * Math.cos(angle + turn), tip[1] - 7 * Math.sin(angle + turn));
    context.fill();
    context.globalAlpha = 1;
  }

  #more(layout, lane, perDay, x, drawn) {
    const {context, colours} = this;
    const full = drawn.seen.filter((i) => lane[i] === FULL);
    if (!full.length) return;
    const days = Math.max(64 / perDay, 1);
    const groups = new Map();
    for (const i of full) {
      const key = Math.floor(layout.marks[i].start / days);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(i);
    }
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const [key, indexes] of groups) {
      const wide = 44;
      const at = Math.min(Math.max(x((key + 0.5) * days), wide / 2 + 2), this.width - wide / 2 - 2);
      const y = TOP - 11;
      context.fillStyle = colours["chart-paper"];
      context.strokeStyle = colours["chart-muted"];
      context.lineWidth = 1;
      context.beginPath();
      context.roundRect(at - wide / 2, y - 8, wide, 16, 8);
      context.fill();
      context.stroke();
      context.fillStyle = colours["chart-ink"];
      context.fillText(`+${indexes.length}`, at, y + 0.5);
      drawn.chips.push({from: at - wide / 2, to: at + wide / 2, y, start: key * days, end: (key + 1) * days, indexes});
    }
    context.textAlign = "left";
  }

  // The beginning of a mark's words that has room, cut between words where that leaves enough.
  #fit(mark, room) {
    const words = (mark.words ??= plain(mark.text));
    const letter = (this.letter ??= this.context.measureText("the ferry sank off Port Selm").width / 28);
    for (let letters = Math.ceil(room / letter); letters > 3; letters -= 2) {
      if (words.length <= letters && this.context.measureText(words).width <= room) return words;
      const space = words.lastIndexOf(" ", letters - 1);
      const cut = `${words.slice(0, space > letters / 2 ? space : letters - 1)}…`;
      if (this.context.measureText(cut).width <= room) return cut;
    }
    return "";
  }

  #brush([a, b]) {
    const {context, colours, base} = this;
    const [left, right] = a < b ? [a, b] : [b, a];
    context.globalAlpha = 0.16;
    context.fillStyle = colours["chart-accent"];
    context.fillRect(left, TOP, right - left, base - TOP);
    context.globalAlpha = 1;
    context.strokeStyle = colours["chart-accent"];
    context.lineWidth = 1.5;
    context.strokeRect(left, TOP, right - left, base - TOP);
  }
}
