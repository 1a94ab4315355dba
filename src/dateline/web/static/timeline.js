// The timeline above a chronicle: zoom from centuries to hours, hover, keyboard, and marking out a stretch of time.

import {scaleUtc, select, utcFormat, zoom, zoomIdentity} from "./vendor/d3.js";
import {DAY, STATUSES, asking, day, el, glyph, load, onTheme, palette, plain, still, when} from "./marks.js";
import {Layout} from "./timeline_layout.js";
import {COLOURS, Painter, lanesIn} from "./timeline_paint.js";

const NARROWEST = 0.25; // days in the closest view
const MAIN = 0.8; // the first view holds this share of the lines if they lie close together
const NEAR = 14; // pixels from a mark that still mean it
const WHOLE = 140; // a mark holds so many characters of its line
const KEYS =
  "Keys: plus and minus zoom, left and right move, up and down go from line to line, Enter opens one, " +
  "Home shows all, Escape lets go.";

const shortDay = utcFormat("%-d %b %Y");
const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const many = (count, one, more = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : more}`;

/** The shortest stretch of time that holds a share of the marks, by their middles. */
function stretch(marks, share) {
  const middles = marks.map((mark) => (mark.start + mark.end) / 2).sort((a, b) => a - b);
  const held = Math.max(1, Math.ceil(middles.length * share));
  let best = 0;
  for (let i = 0; i + held <= middles.length; i += 1) {
    if (middles[i + held - 1] - middles[i] < middles[best + held - 1] - middles[best]) best = i;
  }
  return [middles[best], middles[best + held - 1]];
}

function padded([from, to]) {
  const edge = Math.max((to - from) * 0.04, 1);
  return [from - edge, to + edge];
}

class Timeline {
  constructor(host, marks) {
    this.host = host;
    this.undated = marks.filter((mark) => mark.start === null).length;
    this.marks = marks
      .filter((mark) => mark.start !== null)
      .sort((a, b) => a.start - b.start || b.end - a.end || a.index - b.index);
    this.active = -1;
    const position = new Map(this.marks.map((mark, i) => [mark.id, i]));
    this.ways = this.marks.map(() => []);
    this.marks.forEach((mark, i) => {
      const outcome = mark.outcome_entry ? position.get(mark.outcome_entry) : undefined;
      if (outcome === undefined || outcome === i) return;
      this.ways[i].push([i, outcome]);
      this.ways[outcome].push([i, outcome]);
    });
    this.#build();
    if (!this.marks.length) return;
    const first = this.marks[0].start;
    const last = this.marks.reduce((most, mark) => Math.max(most, mark.end), -Infinity);
    this.whole = padded([first, last]);
    const main = padded(stretch(this.marks, MAIN));
    this.first = main[1] - main[0] < 0.5 * (this.whole[1] - this.whole[0]) ? main : this.whole;
    this.#listen();
    new ResizeObserver(() => this.#fit()).observe(this.view);
    onTheme(() => this.#fit(true));
    document.fonts?.ready.then(() => this.#fit(true));
  }

  // ── the page's part ─────────────────────────────────────────────────────────────────────────────────────────────

  #build() {
    this.canvas = el("canvas", {"aria-hidden": "true"});
    this.card = el("div", {class: "card", hidden: true});
    this.note = el("p", {class: "chart-note", id: "timeline-note"});
    this.said = el("p", {class: "unseen", role: "status", "aria-live": "polite"});
    const button = (label, words, act) => el("button", {type: "button", "aria-label": label, title: label, onclick: act}, words);
    this.earlier = button("Show the earlier lines too", "", () => this.#to([this.whole[0], this.range[1]]));
    this.later = button("Show the later lines too", "", () => this.#to([this.range[0], this.whole[1]]));
    this.earlier.className = "edge earlier";
    this.later.className = "edge later";
    this.view = el(
      "div",
      {
        class: "chart-view",
        role: "application",
        tabindex: 0,
        "aria-label": "Timeline of the lines",
        "aria-describedby": "timeline-note timeline-keys",
      },
      this.canvas,
    );
    const legend = el("ul", {class: "signs", "aria-label": "Signs"});
    for (const {name} of STATUSES) {
      const count = this.marks.filter((mark) => STATUSES[mark.code].name === name).length;
      if (count) legend.append(el("li", {}, glyph(name), `${name} `, el("span", {class: "count"}, count.toLocaleString("en"))));
    }
    this.host.replaceChildren(
      el(
        "div",
        {class: "chart-head"},
        this.note,
        el(
          "div",
          {class: "tools", role: "group", "aria-label": "Timeline"},
          button("Zoom in", "+", () => this.#by(2)),
          button("Zoom out", "−", () => this.#by(0.5)),
          button("Show all", "All", () => this.#to(this.whole)),
          button("Ask only for the days in view", "Only these days", () => this.#ask(this.range)),
        ),
      ),
      el("div", {class: "chart-frame"}, this.view, this.earlier, this.later, this.card),
      legend,
      el("p", {class: "unseen", id: "timeline-keys"}, KEYS),
      this.said,
    );
    this.host.classList.add("chart");
    this.host.hidden = false;
    if (!this.marks.length) {
      this.view.parentElement.remove();
      this.note.textContent = this.undated ? `${many(this.undated, "line")}, none dated.` : "No lines.";
      this.host.querySelector(".tools").remove();
    } else this.painter = new Painter(this.canvas);
  }

  #fit(force = false) {
    const {width, height} = this.view.getBoundingClientRect();
    if (!width || !height || (!force && this.width === width && this.height === height)) return;
    const range = this.range ?? this.first;
    Object.assign(this, {width, height});
    const style = getComputedStyle(this.view);
    this.painter.dress(width, height, palette(this.view, COLOURS), `${style.fontSize} ${style.fontFamily}`);
    this.layout = new Layout(this.marks, lanesIn(height), width);
    this.base = scaleUtc().domain(this.whole.map((day) => new Date(day * DAY))).range([0, width]);
    this.zoom
      .extent([[0, 0], [width, height]])
      .translateExtent([[0, 0], [width, height]])
      .scaleExtent([1, Math.max(1, (this.whole[1] - this.whole[0]) / NARROWEST)]);
    this.#to(range, false);
    this.#draw();
  }

  // ── moving ──────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The days in view, from and to. */
  get range() {
    return this.scale?.domain().map((date) => date / DAY);
  }

  #to([from, to], moving = true) {
    const [first, last] = this.whole;
    const [begin, end] = [Math.max(from, first), Math.min(to, last)];
    const days = Math.max(end - begin, NARROWEST);
    const k = (last - first) / days;
    const target = zoomIdentity.scale(k).translate(-((begin - first) / (last - first)) * this.width, 0);
    const view = select(this.view);
    (moving && !still() ? view.transition().duration(280) : view.interrupt()).call(this.zoom.transform, target);
  }

  #by(factor) {
    const [from, to] = this.range;
    const middle = this.active >= 0 ? this.#middle(this.active) : (from + to) / 2;
    const anchor = middle > from && middle < to ? middle : (from + to) / 2;
    this.#to([anchor - (anchor - from) / factor, anchor + (to - anchor) / factor]);
  }

  #pan(share) {
    const [from, to] = this.range;
    const [first, last] = this.whole;
    const step = Math.max(first - from, Math.min(last - to, (to - from) * share));
    this.#to([from + step, to + step]);
  }

  #middle(i) {
    return (this.marks[i].start + this.marks[i].end) / 2;
  }

  // ── drawing ─────────────────────────────────────────────────────────────────────────────────────────────────────

  #draw() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      this.drawn = this.painter.paint({
        layout: this.layout,
        scale: this.scale,
        active: this.active,
        brush: this.brush,
        ends: (i) => this.ways[i],
      });
      clearTimeout(this.telling);
      this.telling = setTimeout(() => this.#tell(), 150);
    });
  }

  #tell() {
    const [from, to] = this.range;
    const before = this.marks.filter((mark) => mark.end <= from).length;
    const after = this.marks.filter((mark) => mark.start >= to).length;
    const undated = this.undated ? `, ${this.undated.toLocaleString("en")} undated` : "";
    this.note.textContent =
      `${shortDay(new Date(from * DAY))} to ${shortDay(new Date(to * DAY))}: ` +
      `${this.drawn.shown.toLocaleString("en")} of ${many(this.marks.length, "dated line")}${undated}`;
    if (this.drawn.single && this.drawn.long.length) {
      this.note.textContent += `; ${this.drawn.long.length.toLocaleString("en")} of them dated only to a longer time`;
    }
    this.earlier.hidden = !before;
    this.later.hidden = !after;
    this.earlier.textContent = `‹ ${before.toLocaleString("en")} earlier`;
    this.later.textContent = `${after.toLocaleString("en")} later ›`;
  }

  // ── pointing ────────────────────────────────────────────────────────────────────────────────────────────────────

  #at(x, y) {
    let best = null;
    let least = NEAR;
    for (const item of this.drawn?.marks ?? []) {
      const across = x < item.from ? item.from - x : x > item.to ? x - item.to : 0;
      const far = Math.hypot(across, y - item.y) + Math.abs(x - item.x) * 0.001;
      if (far < least && Math.abs(y - item.y) < 10) [best, least] = [item, far];
    }
    if (best) return {mark: best.index, x: Math.max(Math.min(x, best.to), best.from), y: best.y};
    const within = (item) => x >= item.from - 1 && x <= item.to + 1;
    const chip = this.drawn?.chips.find((item) => within(item) && Math.abs(y - item.y) < 12);
    if (chip) return {chip, x, y: chip.y};
    const bar = y > 14 ? this.drawn?.bars.find(within) : null;
    return bar ? {bar, x, y} : null;
  }

  #choose(i, speak) {
    this.active = i;
    if (i < 0) {
      this.card.hidden = true;
      this.#draw();
      return;
    }
    const mark = this.marks[i];
    const [from, to] = this.range;
    const middle = this.#middle(i);
    if (middle < from || middle > to) {
      const half = (to - from) / 2;
      this.#to([middle - half, middle + half], false);
    }
    this.#draw();
    requestAnimationFrame(() => {
      const item = this.drawn?.marks.find((each) => each.index === i);
      this.#show(this.#entry(mark), item?.x ?? this.width / 2, item?.y ?? 30, true);
    });
    if (speak) this.said.textContent = [`${when(mark)}, ${STATUSES[mark.code].name}.`, this.#words(mark), this.#became(mark)].filter(Boolean).join(" ");
  }

  #words(mark) {
    return plain(mark.text) + (mark.text.length >= WHOLE ? "…" : "");
  }

  #became({outcome}) {
    return outcome ? `Announced; outcome: ${outcome === "no report" ? "no report of it in this archive" : outcome}.` : null;
  }

  #entry(mark) {
    const {name} = STATUSES[mark.code];
    const origins = mark.origins > 1 ? many(mark.origins, "origin") : null;
    const facts = [when(mark), name, mark.place ? plain(mark.place) : null, origins].filter(Boolean).join(" · ");
    const became = this.#became(mark);
    return [
      el("p", {class: "facts"}, glyph(name), facts),
      el("p", {class: "told", dir: "auto"}, this.#words(mark)),
      became ? el("p", {class: "facts"}, became) : null,
      el("a", {href: this.#address(mark)}, "Open the line"),
    ];
  }

  #stack({bar, start, end, soft, unit}) {
    const days = unit.days <= 1 ? day(start) : `${shortDay(new Date(start * DAY))} to ${shortDay(new Date((end - 1) * DAY))}`;
    const rows = bar ? STATUSES.map(({name}, code) => [name, bar.counts[code]]).filter(([, count]) => count) : [];
    return [
      el("p", {class: "facts"}, days),
      el("ul", {class: "signs"}, ...rows.map(([name, count]) => el("li", {}, glyph(name), `${name} ${count.toLocaleString("en")}`))),
      soft >= 0.5 ? el("p", {class: "facts"}, `and about ${Math.round(soft).toLocaleString("en")} of those dated only to a longer time`) : null,
    ];
  }

  #chip({indexes}) {
    const first = indexes.slice(0, 6).map((i) => el("li", {dir: "auto"}, plain(this.marks[i].text).slice(0, 90)));
    return [
      el("p", {class: "facts"}, `${many(indexes.length, "more line")} here: click to list them`),
      el("ul", {class: "told"}, ...first),
    ];
  }

  #show(children, x, y, pinned = false) {
    this.card.replaceChildren(...children.filter(Boolean));
    this.card.hidden = false;
    this.card.classList.toggle("pinned", pinned);
    const {width, height} = this.card.getBoundingClientRect();
    const left = Math.max(4, Math.min(x + 14, this.width - width - 4));
    const below = y + 18;
    const top = below + height > this.height + 60 && y - height - 14 > -60 ? y - height - 14 : below;
    this.card.style.left = `${left}px`;
    this.card.style.top = `${top}px`;
  }

  #address(mark) {
    return `/entry/${encodeURIComponent(mark.id)}${location.search}`;
  }

  #open(i) {
    const row = document.getElementById(this.marks[i].id);
    if (!row) {
      location.assign(this.#address(this.marks[i]));
      return;
    }
    history.replaceState(null, "", `#${row.id}`);
    row.scrollIntoView({block: "center", behavior: still() ? "auto" : "smooth"});
    const link = row.querySelector("a, [tabindex]");
    (link ?? row).focus({preventScroll: true});
  }

  #ask([from, to]) {
    location.assign(asking({since: isoDay(Math.floor(from + 0.001)), until: isoDay(Math.max(Math.ceil(to - 0.001) - 1, Math.floor(from)))}));
  }

  // ── listening ───────────────────────────────────────────────────────────────────────────────────────────────────

  #listen() {
    let elsewhere = -Infinity;
    addEventListener("wheel", (event) => this.view.contains(event.target) || (elsewhere = event.timeStamp), {passive: true});
    this.zoom = zoom()
      .clickDistance(4)
      // A page being scrolled is not caught by the timeline when that comes under the pointer.
      .filter((event) => {
        if (event.type !== "wheel") return !event.button && !event.shiftKey;
        return event.timeStamp - elsewhere > 400 && Math.abs(event.deltaY) >= Math.abs(event.deltaX);
      })
      .on("zoom", ({transform}) => {
        this.scale = transform.rescaleX(this.base);
        if (!this.card.classList.contains("pinned")) this.card.hidden = true;
        this.#draw();
      });
    select(this.view).call(this.zoom).on("dblclick.zoom", null);
    this.view.addEventListener(
      "wheel",
      (event) => {
        if (Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return;
        event.preventDefault();
        const [from, to] = this.range;
        const step = (event.deltaX / this.width) * (to - from);
        const [first, last] = this.whole;
        const held = Math.max(first - from, Math.min(last - to, step));
        this.#to([from + held, to + held], false);
      },
      {passive: false},
    );
    this.view.addEventListener("pointermove", (event) => this.#hover(event));
    this.view.addEventListener("pointerleave", () => {
      if (!this.card.classList.contains("pinned")) this.#choose(-1);
    });
    this.view.addEventListener("pointerdown", (event) => this.#press(event));
    this.view.addEventListener("click", (event) => this.#click(event));
    this.view.addEventListener("dblclick", (event) => {
      const [from, to] = this.range;
      const centre = +this.scale.invert(event.offsetX) / DAY;
      this.#to([centre - (centre - from) / 3, centre + (to - centre) / 3]);
    });
    this.view.addEventListener("keydown", (event) => this.#key(event));
  }

  #hover(event) {
    if (this.brush) {
      this.brush[1] = Math.max(0, Math.min(event.offsetX, this.width));
      this.#draw();
      return;
    }
    if (event.buttons || event.pointerType === "touch") return;
    const found = this.#at(event.offsetX, event.offsetY);
    this.view.classList.toggle("pointing", Boolean(found));
    const mark = found?.mark ?? -1;
    if (mark !== this.active) {
      this.active = mark;
      this.#draw();
    }
    if (!found) {
      this.card.hidden = true;
      this.card.classList.remove("pinned");
    } else if (mark >= 0) this.#show(this.#entry(this.marks[mark]), found.x, found.y);
    else if (found.chip) this.#show(this.#chip(found.chip), found.x, found.y);
    else this.#show(this.#stack(found.bar), found.x, found.y);
  }

  #press(event) {
    if (!event.shiftKey || event.button) return;
    this.view.setPointerCapture(event.pointerId);
    this.brush = [event.offsetX, event.offsetX];
    const done = (kept) => {
      this.view.removeEventListener("pointerup", up);
      this.view.removeEventListener("pointercancel", cancel);
      const [a, b] = this.brush.sort((one, two) => one - two);
      this.brush = null;
      this.#draw();
      if (kept && b - a > 4) this.#ask([a, b].map((x) => +this.scale.invert(x) / DAY));
    };
    const up = () => done(true);
    const cancel = () => done(false);
    this.view.addEventListener("pointerup", up);
    this.view.addEventListener("pointercancel", cancel);
  }

  #click(event) {
    if (event.shiftKey) return;
    const found = this.#at(event.offsetX, event.offsetY);
    if (!found) {
      this.#choose(-1);
      return;
    }
    if (found.bar) this.#to(padded([found.bar.start, found.bar.end]));
    else if (found.chip) this.#ask([found.chip.start, found.chip.end]);
    else if (event.pointerType === "touch") this.#choose(found.mark, true);
    else this.#open(found.mark);
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = (by) => {
      const seen = this.drawn.marks.map((item) => item.index);
      const start = by > 0 ? Math.min(...seen, this.marks.length - 1) : Math.max(...seen, 0);
      const next = this.active < 0 ? start : this.active + by;
      if (next >= 0 && next < this.marks.length) this.#choose(next, true);
    };
    const acts = {
      "+": () => this.#by(2),
      "=": () => this.#by(2),
      "-": () => this.#by(0.5),
      ArrowLeft: () => this.#pan(-0.2),
      ArrowRight: () => this.#pan(0.2),
      PageUp: () => this.#pan(-0.9),
      PageDown: () => this.#pan(0.9),
      Home: () => this.#to(this.whole),
      End: () => this.#to(this.first),
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Enter: () => this.active >= 0 && this.#open(this.active),
      Escape: () => this.#choose(-1),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }
}

/** Put a timeline into an element whose `data-src` is the address of a chronicle's marks. */
export async function timeline(host) {
  try {
    return new Timeline(host, await load(host.dataset.src));
  } catch (error) {
    host.replaceChildren(el("p", {class: "chart-note"}, "The timeline could not be drawn; the list below is complete."));
    console.warn(error);
    return null;
  }
}

const host = document.getElementById("timeline");
if (host) timeline(host);
