// <gp-search>: the search in the header. The link opens a window with a field and its results; `/` opens it too.
// Without the script the link leads to the search page. The window, its style and what answers it are loaded when it opens.

const KEY_OFF = "gp-search-key-off";

/** The search page is in one language and may be asked to search in another. */
export const LANGUAGE = new URLSearchParams(location.search).get("language") ?? document.documentElement.lang;

/** @type {?Worker} */
let worker = null;

/**
 * The worker of this page, which loads what every search needs while its window is still loading. search-client.js asks it.
 *
 * Fails in a browser without workers.
 */
export function startWorker() {
  if (!worker) {
    worker = new Worker(new URL(`./search-worker.js?language=${encodeURIComponent(LANGUAGE)}`, import.meta.url), { type: "module" });
    // The line may have been down: another one is tried.
    worker.addEventListener("error", () => (worker = null));
  }
  return worker;
}

/** @param {?EventTarget} target */
function isTyping(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]:not([contenteditable=false])");
}

class GpSearch extends HTMLElement {
  /** @type {?import("./search-window.js").SearchWindow} */
  window = null;
  /** @type {?Promise<typeof import("./search-window.js").SearchWindow>} */
  loading = null;
  opening = false;

  constructor() {
    super();
    this.link = /** @type {HTMLAnchorElement} */ (this.querySelector("a"));
    this.link.setAttribute("role", "button");
    this.link.setAttribute("aria-haspopup", "dialog");
    this.link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.open();
    });
    this.link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      this.open();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.defaultPrevented || isTyping(event.target) || document.querySelector("dialog[open]") || !this.opensByKey) return;
      event.preventDefault();
      this.open();
    });
    // Whoever is about to open it waits for less: what it needs is fetched beforehand.
    for (const event of ["pointerover", "focus", "touchstart"]) this.link.addEventListener(event, () => this.load(), { once: true, passive: true });
    this.showKey();
    const before = history.state?.gpSearch;
    if (before) {
      history.replaceState({ ...history.state, gpSearch: undefined }, "");
      this.open(before);
    }
  }

  get opensByKey() {
    try {
      return localStorage.getItem(KEY_OFF) === null;
    } catch {
      return true;
    }
  }

  set opensByKey(opens) {
    try {
      if (opens) localStorage.removeItem(KEY_OFF);
      else localStorage.setItem(KEY_OFF, "");
    } catch {
      // Private windows may refuse: the key then stays as it was.
    }
    this.showKey();
  }

  showKey() {
    this.classList.toggle("gp-search--ready", this.opensByKey);
    if (this.opensByKey) this.link.setAttribute("aria-keyshortcuts", "/");
    else this.link.removeAttribute("aria-keyshortcuts");
  }

  /** @param {string} [query] */
  async open(query) {
    if (this.opening) return;
    this.opening = true;
    try {
      this.window ??= new (await this.load())(this);
    } catch {
      location.href = this.link.href;
      return;
    } finally {
      this.opening = false;
    }
    this.window.open(query);
  }

  /**
   * Load the window, and what its first search needs, all at once: on a phone the way there and back takes longer than the
   * bytes do. Opening it after a failure tries again.
   */
  load() {
    try {
      startWorker();
    } catch {
      // The client does without.
    }
    this.loading ??= Promise.all([import("./search-window.js"), import("./search-client.js"), this.fetchStyle()]).then(([{ SearchWindow }, { prepare }]) => {
      prepare().catch(() => {});
      return SearchWindow;
    });
    this.loading.catch(() => {
      this.loading = null;
    });
    return this.loading;
  }

  fetchStyle() {
    const address = new URL("../styles/search.css", import.meta.url);
    // In a copy, styles say of which edition they are (service-worker.js).
    address.search = new URL(document.styleSheets[0]?.href ?? address).search;
    const { href } = address;
    // The search page has it.
    if ([...document.styleSheets].some((sheet) => sheet.href === href)) return null;
    return new Promise((resolve, reject) => {
      const link = document.createElement("link");
      Object.assign(link, { rel: "stylesheet", href, onload: resolve });
      link.onerror = () => {
        link.remove();
        reject(new Error(href));
      };
      document.head.append(link);
    });
  }
}

customElements.define("gp-search", GpSearch);
