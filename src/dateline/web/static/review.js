// The keys of review. Every key is a button or a link of the page, marked with data-key: the page works without this.

const typing = (node) => node instanceof HTMLElement && (node.isContentEditable || /^(input|textarea|select)$/i.test(node.tagName));

document.body.dataset.ownKeys = "";  // app.js leaves the keys of this page to this file

for (const button of document.querySelectorAll("[data-opens]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const form = document.getElementById(button.dataset.opens);
    form.open = true;
    form.querySelector("input:not([type=hidden])")?.focus();
  });
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (document.querySelector("dialog[open]")) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "/" || event.key === "?") {
    event.preventDefault();
    if (event.key === "/") document.getElementById("about")?.focus();
    else document.getElementById("keys")?.showModal();
    return;
  }
  // The space bar presses what has the focus, as everywhere; on nothing in particular it skips.
  const own = event.target instanceof Element && event.target.closest("button, a, summary");
  if (event.key === " " && own) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  target.click();
});
