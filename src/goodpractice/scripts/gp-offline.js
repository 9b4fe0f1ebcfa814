// <gp-offline>: what is kept of the site on this device; buttons to keep all of it, and to delete it.

import { make, part } from "./elements.js";
import { ChangedError, begin, forget, isRefused, keepAll, listCopies, look, weigh } from "./offline-copies.js";
import { count, fill } from "./words.js";

/** @typedef {import("./offline-copies.js").NamedCopy} NamedCopy */

const LOCALE = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;

/** @param {number} bytes */
const sayBytes = (bytes) => fill(_("{number} MB"), { number: (bytes / 1e6).toLocaleString(LOCALE, { minimumFractionDigits: 1, maximumFractionDigits: 1 }) });
/** @param {number} day */
const sayDay = (day) => new Date(day).toLocaleDateString(LOCALE, { dateStyle: "long" });

class GpOffline extends HTMLElement {
  constructor() {
    super();
    /** @type {NamedCopy[]} */
    this.copies = [];
    this.stopping = new AbortController();
    this.said = part(this, ".gp-offline__said", HTMLElement);
    this.kept = part(this, ".gp-offline__kept", HTMLElement);
    this.bar = part(this, "progress", HTMLProgressElement);
    this.keep = part(this, ".gp-offline__keep", HTMLButtonElement);
    this.stop = part(this, ".gp-offline__stop", HTMLButtonElement);
    this.again = part(this, ".gp-offline__again", HTMLButtonElement);
    this.clear = part(this, ".gp-offline__delete", HTMLButtonElement);
    this.keep.addEventListener("click", () => void this.keepAll());
    this.stop.addEventListener("click", () => this.stopping.abort());
    this.clear.addEventListener("click", () => void this.forget());
    this.again.addEventListener("click", () => void this.startAgain());
    void this.show();
  }

  /** @param {string} [news] */
  async show(news) {
    try {
      if (!navigator.serviceWorker) throw new Error("no worker");
      this.copies = await listCopies();
    } catch {
      this.said.textContent = _("This browser lets the site keep nothing: a private window, or a setting, forbids it. Take the files below instead.");
      return;
    }
    const head = await look().catch(() => null);
    const whole = this.copies.find((copy) => copy.whole);
    const isNew = head && whole?.edition === head.edition;
    this.querySelector(".gp-offline__parts")?.removeAttribute("hidden");
    this.keep.hidden = !head || Boolean(isNew);
    if (head) this.keep.textContent = fill(whole ? _("Renew the copy (up to {size})") : _("Keep everything on this device ({size})"), { size: sayBytes(weigh(head)) });
    this.again.hidden = !isRefused();
    this.clear.hidden = !this.copies.length && isRefused();
    this.said.textContent = [news ?? "", this.describe(whole, Boolean(head), Boolean(isNew))].filter(Boolean).join(" ");
    this.showPages();
  }

  /**
   * @param {NamedCopy | undefined} whole
   * @param {boolean} online
   * @param {boolean} isNew
   */
  describe(whole, online, isNew) {
    if (!whole) return online ? _("Not everything is kept yet.") : _("Not everything is kept, and the site cannot be reached now.");
    const values = { size: sayBytes(whole.bytes), date: sayDay(whole.seen) };
    if (isNew) return fill(_("Everything is kept: {size}, up to date today."), values);
    if (online) return fill(_("Everything is kept: {size}, from {date}. The site has been published anew since."), values);
    return fill(_("Everything is kept: {size}, from {date}."), values);
  }

  showPages() {
    /** @type {Map<string, [string, string]>} */
    const pages = new Map();
    for (const { pages: own, seen } of [...this.copies].reverse()) {
      for (const [address, title] of Object.entries(own)) {
        pages.delete(address);
        pages.set(address, [title, sayDay(seen)]);
      }
    }
    const links = [...pages].reverse().map(([address, [title, day]]) => make("li", {}, make("a", { href: address }, title), ` (${day})`));
    const bytes = this.copies.reduce((sum, copy) => sum + (copy.whole ? 0 : copy.bytes), 0);
    const said = count(_n("{number} page that you have read is kept ({size})", "{number} pages that you have read are kept ({size})"), links.length, { size: sayBytes(bytes) });
    this.kept.replaceChildren(...(links.length ? [make("details", {}, make("summary", {}, said), make("ul", {}, ...links))] : []));
  }

  async keepAll() {
    const stopping = (this.stopping = new AbortController());
    this.setBusy(true);
    this.said.textContent = _("Fetching everything. Stay on this page.");
    let news = _("Done.");
    try {
      await begin();
      // Some browsers ask the reader, who may never answer. What is kept need not wait for that.
      navigator.storage?.persist?.().catch(() => {});
      await keepAll((done, total) => {
        this.bar.value = done / total;
        this.bar.textContent = fill(_("{done} of {total}"), { done: sayBytes(done), total: sayBytes(total) });
      }, stopping.signal);
    } catch (error) {
      stopping.abort();
      news = explain(error);
    }
    this.setBusy(false);
    await this.show(news);
    (this.keep.hidden ? this.clear : this.keep).focus();
  }

  /** @param {boolean} busy */
  setBusy(busy) {
    this.bar.hidden = this.stop.hidden = !busy;
    this.bar.value = 0;
    this.keep.hidden = this.clear.hidden = this.again.hidden = busy;
    if (busy) this.stop.focus();
  }

  async forget() {
    await forget();
    await this.show(_("The copies are deleted, and what you read is not kept any more."));
    this.again.focus();
  }

  async startAgain() {
    await begin();
    await this.show(_("From now on, the pages that you read are kept."));
    this.clear.focus();
  }
}

/**
 * Why not everything is kept.
 *
 * @param {unknown} error
 */
function explain(error) {
  if (error instanceof ChangedError) return _("The site is being published at this moment. Try again in a few minutes.");
  if (error instanceof DOMException && error.name === "QuotaExceededError") return _("There is not enough room on this device. Nothing of the copy was left behind. Make room, or take the files below.");
  if (error instanceof DOMException && error.name === "AbortError") return _("Stopped. The next time goes on from here.");
  return _("The connection broke off. Try again: what has arrived is not fetched twice.");
}

customElements.define("gp-offline", GpOffline);
