// The theme that the reader chose, set before the page is drawn; without one the system's counts.
(function () {
  try {
    const chosen = localStorage.getItem("dateline-theme");
    if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
  } catch (_) { /* no storage: the system's theme it is */ }
})();
