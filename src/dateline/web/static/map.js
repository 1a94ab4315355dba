// The map above a chronicle: packaged outlines, no tiles. Exact places are points, imprecise ones areas.

import {feature, geoCircle, geoContains, geoEqualEarth, geoPath, mesh, select, zoom, zoomIdentity} from "./vendor/d3.js";
import {NUMERIC} from "./iso3166.js";
import {STATUSES, asking, el, glyph, load, onTheme, palette, plain, still} from "./marks.js";

const COLOURS = ["ink", "paper", "place", "water", "land", "border"].map((name) => `chart-${name}`);
const CLOSEST = 600; // times the whole world
const HELD = 0.9; // the first view holds this share of the lines
const LEAST = 7; // degrees that the first view shows at least
// How far from its middle a place known by one point may reach, in kilometres, where there is no outline of it.
const REACH = {province: 70, region: 200, country: 300};
const WORDS = {point: "point", city: "city or town", province: "province: an area", region: "region: an area", country: "country: an area"};
const KEYS = "Keys: plus and minus zoom, arrows move, Home shows the world, End the lines. The list below has every place.";
const many = (count, one, more) => `${count.toLocaleString("en")} ${count === 1 ? one : more}`;

/** The places of marks with their counts, the most told of first. */
function places(marks) {
  const found = new Map();
  for (const mark of marks) {
    if (!mark.place) continue;
    const key = JSON.stringify([mark.place, mark.lat, mark.lon]);
    let place = found.get(key);
    if (!place) {
      const {place: name, lat, lon, place_precision: precision, country} = mark;
      const located = typeof lat === "number" && typeof lon === "number";
      found.set(key, (place = {name, lat, lon, precision, country, located, count: 0, counts: STATUSES.map(() => 0)}));
    }
    place.count += 1;
    place.counts[mark.code] += 1;
  }
  return [...found.values()].sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}

let outlines;

/** Countries and states as GeoJSON, fetched once. */
function load_outlines() {
  const get = (name) => fetch(new URL(`./vendor/${name}`, import.meta.url)).then((answer) => answer.json());
  outlines ??= Promise.all([get("countries-50m.json"), get("states-10m.json")]).then(([world, us]) => {
    const countries = feature(world, world.objects.countries).features;
    return {
      land: feature(world, world.objects.land),
      borders: mesh(world, world.objects.countries, (a, b) => a !== b),
      countries,
      byNumber: new Map(countries.map((country) => [country.id, country])),
      states: new Map(feature(us, us.objects.states).features.map((state) => [state.properties.name, state])),
    };
  });
  return outlines;
}

/** A projection that leaves out points nearer than so many pixels to the one before: the world need not show every inlet. */
function thinned(projection, least) {
  return {
    stream(sink) {
      let [x, y] = [Infinity, Infinity];
      return projection.stream({
        point(nextX, nextY) {
          if (Math.abs(nextX - x) + Math.abs(nextY - y) < least) return;
          [x, y] = [nextX, nextY];
          sink.point(x, y);
        },
        lineStart() {
          [x, y] = [Infinity, Infinity];
          sink.lineStart();
        },
        lineEnd: () => sink.lineEnd(),
        polygonStart: () => sink.polygonStart(),
        polygonEnd: () => sink.polygonEnd(),
        sphere: () => sink.sphere(),
      });
    },
  };
}

/** The least box that holds most entries, in degrees: west, south, east, north. */
function core(located) {
  const within = (values) => {
    const sorted = values.sort((a, b) => a[0] - b[0]);
    const total = sorted.reduce((sum, [, count]) => sum + count, 0);
    const cut = ((1 - HELD) / 2) * total;
    const at = (limit) => {
      let sum = 0;
      for (const [value, count] of sorted) if ((sum += count) > limit) return value;
      return sorted[sorted.length - 1][0];
    };
    return [at(cut), at(total - cut - 1e-9)];
  };
  const [west, east] = within(located.map((place) => [place.lon, place.count]));
  const [south, north] = within(located.map((place) => [place.lat, place.count]));
  const grow = (low, high) => {
    const more = Math.max((LEAST - (high - low)) / 2, (high - low) * 0.12);
    return [low - more, high + more];
  };
  return [...grow(west, east), ...grow(south, north)];
}

class PlaceMap {
  constructor(host, marks) {
    this.host = host;
    this.places = places(marks);
    this.located = this.places.filter((place) => place.located);
    this.placed = this.places.reduce((sum, place) => sum + place.count, 0);
    this.placeless = marks.length - this.placed;
    this.active = null;
    this.#build();
    if (!this.located.length) return;
    this.#listen();
    this.watch = new ResizeObserver(() => this.#fit());
    this.watch.observe(this.view);
    onTheme(() => this.#fit(true));
  }

  #build() {
    const button = (label, words, act) => el("button", {type: "button", "aria-label": label, title: label, onclick: act}, words);
    this.canvas = el("canvas", {"aria-hidden": "true"});
    this.card = el("div", {class: "card", hidden: true});
    this.view = el(
      "div",
      {class: "chart-view map-view", role: "application", tabindex: 0, "aria-label": "Map of the places", "aria-describedby": "map-note map-keys"},
      this.canvas,
    );
    const shown = this.located.reduce((sum, place) => sum + place.count, 0);
    const all = this.placed + this.placeless;
    const note = `${shown.toLocaleString("en")} of ${many(all, "line", "lines")} at ${many(this.located.length, "place", "places")}`;
    const rest = [
      this.placed > shown ? `${many(this.placed - shown, "line", "lines")} at places of unknown position (?)` : null,
      this.placeless ? `${many(this.placeless, "line", "lines")} without a place` : null,
    ].filter(Boolean);
    const list = el("ul", {class: "place-list"});
    for (const place of this.places) {
      const link = el("a", {href: asking({place: place.name})}, el("bdi", {}, plain(place.name)));
      for (const kind of ["mouseenter", "focus"]) link.addEventListener(kind, () => this.#point(place, kind === "focus"));
      for (const kind of ["mouseleave", "blur"]) link.addEventListener(kind, () => this.#point(null));
      list.append(el("li", {}, link, " ", el("span", {class: "count"}, place.count.toLocaleString("en")), place.located ? null : " ?"));
    }
    this.host.classList.add("chart");
    this.host.replaceChildren(
      el(
        "div",
        {class: "chart-head"},
        el("p", {class: "chart-note", id: "map-note"}, this.places.length ? note : "No line names its place."),
        el(
          "div",
          {class: "tools", role: "group", "aria-label": "Map"},
          button("Zoom the map in", "+", () => this.#by(2)),
          button("Zoom the map out", "−", () => this.#by(0.5)),
          button("Show the world", "World", () => this.#to(zoomIdentity)),
          button("Show where the lines are", "Lines", () => this.#home()),
        ),
      ),
      el("div", {class: "chart-frame"}, this.view, this.card),
      el("p", {class: "unseen", id: "map-keys"}, KEYS),
      el("details", {}, el("summary", {}, `List of the places (${this.places.length.toLocaleString("en")})`), list, el("p", {class: "facts"}, rest.join(", "))),
    );
    this.host.hidden = false;
    if (this.located.length) return;
    this.host.querySelector(".chart-frame").remove();
    this.host.querySelector(".tools").remove();
    if (!this.places.length) this.host.querySelector("details").remove();
  }

  async #fit(force = false) {
    const {width, height} = this.view.getBoundingClientRect();
    if (!width || !height || (!force && this.width === width && this.height === height)) return;
    const resized = this.width !== width || this.height !== height;
    Object.assign(this, {width, height, colours: palette(this.view, COLOURS), density: Math.min(devicePixelRatio || 1, 2)});
    const style = getComputedStyle(this.view);
    this.font = `${style.fontSize} ${style.fontFamily}`;
    this.canvas.width = Math.round(width * this.density);
    this.canvas.height = Math.round(height * this.density);
    const shapes = await load_outlines();
    if (this.width !== width || this.height !== height) return;
    if (resized) {
      this.#project(shapes);
      this.#home(false);
    }
    this.#draw();
  }

  #project(shapes) {
    const {width, height} = this;
    const box = core(this.located);
    const middle = box[1] - box[0] < 100 ? (box[0] + box[1]) / 2 : 0;
    const projection = geoEqualEarth().rotate([-middle, 0]).precision(0.05).fitExtent([[4, 4], [width - 4, height - 4]], {type: "Sphere"});
    const trace = (shape, through = projection) => {
      const path = new Path2D();
      geoPath(through, path)(shape);
      return path;
    };
    const coarse = thinned(projection, 0.7);
    this.paths = {
      sphere: trace({type: "Sphere"}),
      fine: {land: trace(shapes.land), borders: trace(shapes.borders)},
      coarse: {land: trace(shapes.land, coarse), borders: trace(shapes.borders, coarse)},
    };
    for (const place of this.located) {
      [place.x, place.y] = projection([place.lon, place.lat]);
      const shape = this.#outline(place, shapes);
      const reach = REACH[place.precision];
      place.area = shape ? trace(shape) : reach ? trace(geoCircle().center([place.lon, place.lat]).radius(reach / 111.2)()) : null;
      place.sharp = Boolean(shape);
      if (place.area && !shape) place.reach = Math.abs(projection([place.lon, Math.min(place.lat + reach / 111.2, 89)])[1] - place.y);
    }
    // Corners do not tell how far a curved box bulges: follow its edges.
    const edges = [];
    for (let i = 0; i <= 8; i += 1) {
      const lon = box[0] + ((box[1] - box[0]) * i) / 8;
      const lat = Math.max(-80, Math.min(84, box[2] + ((box[3] - box[2]) * i) / 8));
      edges.push([lon, Math.max(box[2], -80)], [lon, Math.min(box[3], 84)], [box[0], lat], [box[1], lat]);
    }
    const points = edges.map(projection);
    const range = (axis) => [Math.min(...points.map((point) => point[axis])), Math.max(...points.map((point) => point[axis]))];
    this.box = [range(0), range(1)];
    this.zoom.extent([[0, 0], [width, height]]).translateExtent([[-width / 4, -height / 4], [width * 1.25, height * 1.25]]);
  }

  #outline(place, {byNumber, countries, states}) {
    if (place.precision === "province" && place.country === "US") return states.get(place.name) ?? null;
    if (place.precision !== "country") return null;
    return byNumber.get(NUMERIC.get(place.country)) ?? countries.find((country) => geoContains(country, [place.lon, place.lat])) ?? null;
  }

  // ── moving ──────────────────────────────────────────────────────────────────────────────────────────────────────

  #to(transform, moving = true) {
    const view = select(this.view);
    (moving && !still() ? view.transition().duration(350) : view.interrupt()).call(this.zoom.transform, transform);
  }

  #home(moving = true) {
    const [[left, right], [top, bottom]] = this.box;
    const k = Math.max(1, Math.min(CLOSEST, this.width / (right - left), this.height / (bottom - top)));
    this.#to(zoomIdentity.translate(this.width / 2, this.height / 2).scale(k).translate(-(left + right) / 2, -(top + bottom) / 2), moving);
  }

  #by(factor) {
    const view = select(this.view);
    (still() ? view.interrupt() : view.transition().duration(200)).call(this.zoom.scaleBy, factor);
  }

  #pan(x, y) {
    const {k} = this.transform;
    select(this.view).interrupt().call(this.zoom.translateBy, (-x * this.width) / k / 5, (-y * this.height) / k / 5);
  }

  // ── drawing ─────────────────────────────────────────────────────────────────────────────────────────────────────

  #draw() {
    if (this.waiting || !this.paths) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      this.#paint();
    });
  }

  #screen(place) {
    const {k, x, y} = this.transform;
    return [place.x * k + x, place.y * k + y];
  }

  #radius(place) {
    return 4 + Math.min(12, 1.5 * Math.sqrt(this.located[0].count)) * Math.sqrt(place.count / this.located[0].count);
  }

  #paint() {
    const context = this.canvas.getContext("2d");
    const {density, colours, paths, transform} = this;
    const {k} = transform;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.fillStyle = colours["chart-paper"];
    context.fillRect(0, 0, this.width, this.height);
    context.setTransform(density * k, 0, 0, density * k, density * transform.x, density * transform.y);
    context.lineJoin = "round";
    context.fillStyle = colours["chart-water"];
    context.fill(paths.sphere);
    context.fillStyle = colours["chart-land"];
    context.strokeStyle = colours["chart-border"];
    context.lineWidth = 0.8 / k;
    const {land, borders} = k < 3 ? paths.coarse : paths.fine;
    context.fill(land);
    context.stroke(land);
    context.lineWidth = 0.6 / k;
    context.stroke(borders);
    const most = this.located[0].count;
    // Large areas first, so that what lies in them stays on top.
    for (const place of this.located) if (place.area) this.#area(context, place, most);
    context.setTransform(density, 0, 0, density, 0, 0);
    for (const place of this.located) if (!place.area) this.#dot(context, place);
    this.#names(context);
  }

  #area(context, place, most) {
    const {colours, transform} = this;
    const active = place === this.active;
    const weight = 0.1 + 0.22 * Math.sqrt(place.count / most) + (active ? 0.2 : 0);
    if (place.sharp) {
      context.globalAlpha = weight;
      context.fillStyle = colours["chart-place"];
      context.fill(place.area);
      context.globalAlpha = active ? 1 : 0.55;
      context.strokeStyle = colours["chart-place"];
      context.lineWidth = (active ? 2 : 1) / transform.k;
      context.stroke(place.area);
    } else {
      // Nobody knows where such an area ends: its colour runs out.
      const fade = context.createRadialGradient(place.x, place.y, 0, place.x, place.y, place.reach);
      const clear = colours["chart-place"].replace(/^rgb\(([^)]*)\)$/, "rgba($1, 0)");
      fade.addColorStop(0, colours["chart-place"]);
      fade.addColorStop(0.55, colours["chart-place"]);
      fade.addColorStop(1, clear);
      context.globalAlpha = weight;
      context.fillStyle = fade;
      context.fill(place.area);
    }
    context.globalAlpha = 1;
  }

  #dot(context, place) {
    const {colours} = this;
    const [x, y] = this.#screen(place);
    context.beginPath();
    context.arc(x, y, this.#radius(place), 0, 2 * Math.PI);
    context.globalAlpha = place === this.active ? 1 : 0.72;
    context.fillStyle = colours["chart-place"];
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = place === this.active ? colours["chart-ink"] : colours["chart-paper"];
    context.lineWidth = place === this.active ? 2 : 1;
    context.stroke();
  }

  // The names of the places most told of, as far as they do not lie over each other.
  #names(context) {
    const {colours} = this;
    const taken = [];
    context.font = this.font;
    context.textBaseline = "middle";
    context.lineJoin = "round";
    const order = this.active ? [this.active, ...this.located] : this.located;
    for (const place of order) {
      const [x, y] = this.#screen(place);
      if (x < 0 || y < 0 || x > this.width || y > this.height) continue;
      const words = `${(place.words ??= plain(place.name).slice(0, 40))} ${place.count.toLocaleString("en")}`;
      const wide = (place.wide ??= context.measureText(words).width);
      const gap = place.area ? -wide / 2 : this.#radius(place) + 4;
      const left = place.area || x + gap + wide < this.width - 4 ? x + gap : x - gap - wide;
      const box = [left - 3, y - 8, left + wide + 3, y + 8];
      if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      taken.push(box);
      context.textAlign = "left";
      context.strokeStyle = colours["chart-paper"];
      context.lineWidth = 3;
      context.strokeText(words, left, y);
      context.fillStyle = place.area ? colours["chart-place"] : colours["chart-ink"];
      context.fillText(words, left, y);
    }
  }

  // ── pointing ────────────────────────────────────────────────────────────────────────────────────────────────────

  #at(x, y) {
    let best = null;
    let least = Infinity;
    for (const place of this.located) {
      if (place.area) continue;
      const [px, py] = this.#screen(place);
      const far = Math.hypot(x - px, y - py) - this.#radius(place);
      if (far < 5 && far < least) [best, least] = [place, far];
    }
    if (best) return best;
    const context = this.canvas.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    const {k, x: dx, y: dy} = this.transform;
    const inside = this.located.filter((place) => place.area && context.isPointInPath(place.area, (x - dx) / k, (y - dy) / k));
    return inside.find((place) => !place.sharp) ?? inside.find((place) => place.precision !== "country") ?? inside[0] ?? null;
  }

  /** Mark a place from the list; from the keyboard it comes into view as well. */
  #point(place, moving = false) {
    if (!this.paths) return;
    this.active = place?.located ? place : null;
    if (this.active && moving) {
      const [x, y] = this.#screen(place);
      if (x < 0 || y < 0 || x > this.width || y > this.height) select(this.view).interrupt().call(this.zoom.translateTo, place.x, place.y);
    }
    this.#draw();
  }

  #hover(event) {
    if (event.buttons || event.pointerType === "touch" || !this.paths) return;
    this.#hold(this.#at(event.offsetX, event.offsetY), event.offsetX, event.offsetY, false);
  }

  #hold(place, x, y, pinned) {
    this.view.classList.toggle("pointing", Boolean(place));
    if (place !== this.active) {
      this.active = place;
      this.#draw();
    }
    this.card.hidden = !place;
    if (!place) return;
    const rows = STATUSES.map(({name}, code) => [name, place.counts[code]]).filter(([, count]) => count);
    this.card.replaceChildren(
      el("p", {class: "told", dir: "auto"}, plain(place.name)),
      el("p", {class: "facts"}, [WORDS[place.precision], many(place.count, "line", "lines")].filter(Boolean).join(" · ")),
      el("ul", {class: "signs"}, ...rows.map(([name, count]) => el("li", {}, glyph(name), `${name} ${count.toLocaleString("en")}`))),
      el("a", {href: asking({place: place.name})}, "Only this place"),
    );
    this.card.classList.toggle("pinned", pinned);
    const {width, height} = this.card.getBoundingClientRect();
    this.card.style.left = `${Math.max(4, Math.min(x + 14, this.width - width - 4))}px`;
    this.card.style.top = `${y + height + 24 > this.height ? Math.max(4, y - height - 12) : y + 14}px`;
  }

  #listen() {
    let elsewhere = -Infinity;
    addEventListener("wheel", (event) => this.view.contains(event.target) || (elsewhere = event.timeStamp), {passive: true});
    this.transform = zoomIdentity;
    this.zoom = zoom()
      .clickDistance(4)
      .scaleExtent([1, CLOSEST])
      .filter((event) => (event.type === "wheel" ? event.timeStamp - elsewhere > 400 : !event.button))
      .on("zoom", ({transform}) => {
        this.transform = transform;
        this.card.hidden = true;
        this.#draw();
      });
    select(this.view).call(this.zoom);
    this.view.addEventListener("pointermove", (event) => this.#hover(event));
    this.view.addEventListener("pointerleave", () => this.card.classList.contains("pinned") || this.#hold(null));
    this.view.addEventListener("click", (event) => {
      if (!this.paths) return;
      const place = this.#at(event.offsetX, event.offsetY);
      if (event.pointerType === "touch" || !place) this.#hold(place, event.offsetX, event.offsetY, true);
      else location.assign(asking({place: place.name}));
    });
    this.view.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !this.paths) return;
      const acts = {
        "+": () => this.#by(2),
        "=": () => this.#by(2),
        "-": () => this.#by(0.5),
        ArrowLeft: () => this.#pan(-1, 0),
        ArrowRight: () => this.#pan(1, 0),
        ArrowUp: () => this.#pan(0, -1),
        ArrowDown: () => this.#pan(0, 1),
        Home: () => this.#to(zoomIdentity),
        End: () => this.#home(),
        Escape: () => this.#hold(null),
      };
      const act = acts[event.key];
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    });
  }
}

/** Put a map into an element whose `data-src` is the address of a chronicle's marks. */
export async function map(host) {
  try {
    return new PlaceMap(host, await load(host.dataset.src));
  } catch (error) {
    host.replaceChildren(el("p", {class: "chart-note"}, "The map could not be drawn; the list below is complete."));
    console.warn(error);
    return null;
  }
}

const host = document.getElementById("map");
if (host) map(host);
