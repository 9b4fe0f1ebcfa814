// <gp-print>: lists of pages, of which a reader prints some together. Each gets a tick, and a button prints what is
// ticked, one after the other. Without the script each page is printed by itself.

import { make } from "./elements.js";

class GpPrint extends HTMLElement {
  connectedCallback() {
    if (this.querySelector(".gp-print")) return;
    for (const link of this.querySelectorAll(".gp-shelf__item > a")) {
      link.before(make("input", { type: "checkbox", class: "gp-shelf__tick", value: link.getAttribute("href") ?? "", "aria-label": link.textContent ?? "" }));
    }
    const button = make("button", { type: "button", class: "gp-button" }, _("Print what is ticked"));
    const said = make("p", { class: "gp-print__said", role: "status" });
    button.addEventListener("click", () => void this.print(said));
    this.prepend(make("div", { class: "gp-print" }, button, said));
  }

  /** @param {HTMLElement} said */
  async print(said) {
    /** @type {HTMLInputElement[]} */
    const ticked = [...this.querySelectorAll("input")].filter((tick) => tick.checked);
    if (!ticked.length) {
      said.textContent = _("Tick what you want to print first.");
      return;
    }
    said.textContent = _("Fetching the pages…");
    try {
      const pages = await Promise.all(ticked.map((tick) => fetchPage(new URL(tick.value, location.href))));
      said.textContent = "";
      document.querySelector(".gp-printed")?.remove();
      document.body.append(make("div", { class: "gp-printed" }, ...pages));
      const root = document.documentElement;
      root.classList.add("gp-printing");
      addEventListener("afterprint", () => root.classList.remove("gp-printing"), { once: true });
      window.print();
    } catch {
      said.textContent = _("A page could not be fetched. Print it by itself, or try again.");
    }
  }
}

/**
 * The main content of a page, ready to stand beside others: its addresses are whole, and its styles are loaded.
 *
 * @param {URL} url
 */
async function fetchPage(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(url.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const article = page.querySelector("article");
  if (!article) throw new Error(url.href);
  for (const [selector, name] of [["a", "href"], ["img", "src"]]) {
    for (const element of article.querySelectorAll(`${selector}[${name}]`)) {
      const lead = new URL(element.getAttribute(name) ?? "", url);
      // An address of this site stays without its beginning: paper writes out those that lead elsewhere.
      element.setAttribute(name, lead.origin === url.origin ? lead.pathname + lead.search + lead.hash : lead.href);
    }
  }
  for (const unneeded of article.querySelectorAll("script, .gp-papers, .gp-pager, .gp-share--foot")) unneeded.remove();
  await Promise.all([...page.querySelectorAll("link[rel=stylesheet]")].map((link) => loadStyle(new URL(link.getAttribute("href") ?? "", url).href)));
  return document.importNode(article, true);
}

/** @param {string} href */
function loadStyle(href) {
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return Promise.resolve();
  return new Promise((resolve) => {
    const link = make("link", { rel: "stylesheet", href });
    for (const end of ["load", "error"]) link.addEventListener(end, () => resolve(undefined));
    document.head.append(link);
  });
}

customElements.define("gp-print", GpPrint);
