// What pages do beyond links and forms: theme, keys, explanations of marks. All pages work without it.

const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
}

function setUpTheme() {
  const button = document.getElementById("theme");
  if (!button) return;
  const tell = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", isDark() ? "Change to light colours" : "Change to dark colours");
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("dateline-theme", root.dataset.theme); } catch (_) { /* for this page alone, then */ }
    tell();
    document.dispatchEvent(new CustomEvent("dateline:theme"));
  });
  dark.addEventListener("change", () => { tell(); document.dispatchEvent(new CustomEvent("dateline:theme")); });
  tell();
}

// ── keys ────────────────────────────────────────────────────────────────────────────────────────────────────────

const typing = (node) => node instanceof HTMLElement && (node.isContentEditable || /^(input|textarea|select)$/i.test(node.tagName));

let row = -1;

function move(step) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (!rows.length) return false;
  const here = rows.findIndex((each) => each.contains(document.activeElement));
  row = Math.max(0, Math.min(rows.length - 1, (here >= 0 ? here : row) + step));
  const target = rows[row].querySelector("a.words, a, button, summary");
  if (!target) return false;
  target.focus({ preventScroll: true });
  rows[row].scrollIntoView({ block: "nearest", behavior: "auto" });
  document.querySelectorAll("[data-row].at").forEach((each) => each.classList.remove("at"));
  rows[row].classList.add("at");
  return true;
}

function follow(rel) {
  const link = document.querySelector(`a[rel="${rel}"]`);
  if (link) link.click();
  return Boolean(link);
}

const KEYS = {
  "/": () => { document.getElementById("find")?.focus(); return true; },
  "?": () => { document.getElementById("keys")?.showModal(); return true; },
  j: () => move(1),
  k: () => move(-1),
  n: () => follow("next"),
  p: () => follow("prev"),
};

function setUpKeys() {
  const open = document.getElementById("keys-open");
  if (open) {
    open.hidden = false;
    open.addEventListener("click", () => document.getElementById("keys")?.showModal());
  }
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.target instanceof Element && event.target.closest("[data-own-keys]")) return;
    if (document.body.dataset.ownKeys?.split(" ").includes(event.key)) return;
    if (KEYS[event.key]?.()) event.preventDefault();
  });
}

// ── explanations of marks ───────────────────────────────────────────────────────────────────────────────────────

function setUpTips() {
  const tip = document.getElementById("tip");
  const words = document.getElementById("words");
  if (!tip || !words) return;
  let shownFor = null;

  const hide = () => {
    tip.hidden = true;
    shownFor?.removeAttribute("aria-describedby");
    shownFor = null;
  };
  const show = (mark) => {
    if (shownFor === mark) return;
    hide();
    tip.replaceChildren(...mark.dataset.n.split(" ").map(explanation).filter(Boolean));
    if (!tip.childElementCount) return;
    tip.hidden = false;
    mark.setAttribute("aria-describedby", "tip");
    shownFor = mark;
    const box = mark.getClientRects()[0] ?? mark.getBoundingClientRect();
    const wide = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(box.left, wide - tip.offsetWidth - 8));
    const below = box.bottom + 6 + tip.offsetHeight < innerHeight || box.top < tip.offsetHeight + 12;
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${(below ? box.bottom + 6 : box.top - tip.offsetHeight - 6) + scrollY}px`;
  };
  const markAt = (event) => (event.target instanceof Element ? event.target.closest("a.m") : null);

  words.addEventListener("pointerover", (event) => { const mark = markAt(event); if (mark) show(mark); });
  words.addEventListener("pointerout", (event) => {
    if (markAt(event) && !words.contains(document.activeElement)) hide();
  });
  words.addEventListener("focusin", (event) => { const mark = markAt(event); if (mark) show(mark); });
  words.addEventListener("focusout", hide);
  words.addEventListener("click", (event) => {
    const mark = markAt(event);
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(mark);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
}

// What the list at the foot of the page says of a reading, as a piece of the tip.
function explanation(number) {
  const note = document.getElementById(`n${number}`);
  if (!note) return null;
  const piece = document.createElement("div");
  const kind = note.closest("details")?.id.replace("list-", "") ?? "";
  piece.className = `piece k-${kind}`;
  const name = document.createElement("strong");
  name.textContent = kind;
  const told = document.createElement("span");
  told.textContent = [...note.querySelectorAll("ul > li")].map((item) => item.textContent).join(" · ");
  piece.append(name, " ", told);
  return piece;
}

// ── a pin, a note or a line that the address names ──────────────────────────────────────────────────────────────

function openNamed() {
  const named = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  if (!named) return;
  for (let each = named.closest("details"); each; each = each.parentElement?.closest("details")) each.open = true;
  if (named.id === "pin") named.scrollIntoView({ block: "center" });
  else named.scrollIntoView({ block: "nearest" });
}

// After htmx has changed a part of the page: what the address now asks goes to timeline, map and downloads.
document.addEventListener("htmx:after:swap", () => {
  row = -1;
  document.dispatchEvent(new CustomEvent("dateline:page"));
});

setUpTheme();
setUpKeys();
setUpTips();
openNamed();
addEventListener("hashchange", openNamed);
