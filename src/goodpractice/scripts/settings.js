// What a reader chose (gp-comfort.js) holds before the page is painted: this file stands in the head and is not deferred.
// Each choice becomes an attribute of <html>; the style sheet does the rest.
{
  const KEY = "gp-reading";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  // What only a script can serve is there from the first picture, and nothing jumps when the script comes.
  if ("noModule" in HTMLScriptElement.prototype) root.setAttribute("data-gp-scripts", "");
  // An address with a question in it: its answers will need room.
  root.toggleAttribute("data-gp-asked", location.search.length > 1);

  /** @type {Window["gpSettings"]["read"]} */
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY) ?? "{}") ?? {};
    } catch {
      return {};
    }
  };

  /** @param {Record<string, string>} choices */
  const apply = (choices) => {
    root.dataset.mdColorScheme = choices.scheme || (dark.matches ? "slate" : "default");
    for (const name of ["size", "spacing", "width"]) {
      if (choices[name]) root.setAttribute(`data-gp-${name}`, choices[name]);
      else root.removeAttribute(`data-gp-${name}`);
    }
  };

  /** @type {Window["gpSettings"]["choose"]} */
  const choose = (name, value) => {
    const choices = { ...read(), [name]: value };
    apply(choices);
    try {
      localStorage.setItem(KEY, JSON.stringify(choices));
    } catch {
      // A private window may refuse: the choice then holds for this page.
    }
  };

  apply(read());
  dark.addEventListener("change", () => apply(read()));
  // Another tab of the site, or this page coming back from the browser's memory.
  addEventListener("storage", () => apply(read()));
  addEventListener("pageshow", () => apply(read()));
  window.gpSettings = { read, choose };

  // Each sheet of paper says where it comes from and on which day it was printed: a page changes, and the sheet does not.
  // What is closed cannot be opened there: older browsers need help with that.
  /** @type {HTMLDetailsElement[]} */
  const opened = [];
  addEventListener("beforeprint", () => {
    const today = new Date().toLocaleDateString(root.lang === "en" ? "en-GB" : root.lang, { dateStyle: "long" });
    const day = document.querySelector(".gp-footer__day");
    if (day) day.textContent = today;
    root.style.setProperty("--gp-foot", JSON.stringify(`${location.href.replace(/#.*/, "")} · ${today}`));
    if (CSS.supports("selector(::details-content)")) return;
    /** @type {NodeListOf<HTMLDetailsElement>} */
    const closed = document.querySelectorAll(".md-typeset details:not([open])");
    for (const box of closed) {
      box.open = true;
      opened.push(box);
    }
  });
  addEventListener("afterprint", () => {
    for (const box of opened.splice(0)) box.open = false;
  });
}
