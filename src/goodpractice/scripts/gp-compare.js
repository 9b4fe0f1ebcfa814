// <gp-compare>: up to three case studies side by side, fetched from their own pages; the address says which.
// Nothing chosen, the page offers pairs and a list to choose from. Without the script it says how to do the same with
// open windows.

import { ALWAYS, GROUPS, MOST, listGroups, listNear, printIds, readIds, sayShown } from "./compared.js";
import { make, part } from "./elements.js";
import { fill, fillIn } from "./words.js";

/**
 * @typedef {import("./compared.js").Case} Case
 * @typedef {import("./compared.js").Facts} Facts
 * @typedef {import("./compared.js").Group} Group
 */

class GpCompare extends HTMLElement {
  constructor() {
    super();
    this.status = part(this, ".gp-compare__status", HTMLElement);
    this.table = part(this, ".gp-compare__table", HTMLElement);
    this.more = part(this, ".gp-compare__more", HTMLElement);
    this.without = part(this, ".gp-compare__without", HTMLElement);
    this.form = part(this, ".gp-compare__form", HTMLFormElement);
    this.hint = part(this, ".gp-compare__hint", HTMLElement);
    this.boxes = [...this.form.querySelectorAll("input")];
    /** @type {string[]} */
    this.ids = [];
    /** @type {Map<string, Case>} */
    this.pages = new Map();
    this.form.addEventListener("change", () => this.count());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const ids = this.ticked();
      if (ids.length < 2) this.boxes[0]?.focus();
      else this.choose(ids);
    });
    window.addEventListener("popstate", () => this.read());
    this.read();
  }

  read() {
    this.ids = readIds(location.search);
    this.show();
  }

  ticked() {
    return this.boxes.filter((box) => box.checked).map((box) => box.value);
  }

  /** With as many ticked as fit, the others wait. */
  count() {
    const full = this.ticked().length >= MOST;
    for (const box of this.boxes) box.disabled = full && !box.checked;
    this.hint.textContent = full ? _("Three are chosen. Untick one to choose another.") : _("Tick two or three.");
  }

  /**
   * Compare these: a step to go back from. What was chosen with is gone, so the focus goes to the whole.
   *
   * @param {string[]} ids
   */
  async choose(ids) {
    this.ids = ids.slice(0, MOST);
    const address = new URL(location.href);
    address.search = "";
    address.hash = "";
    history.pushState(null, "", address.href + (this.ids.length ? `?${printIds(this.ids)}` : ""));
    await this.show();
    this.setAttribute("tabindex", "-1");
    this.focus();
  }

  /**
   * @param {string} id
   * @returns {Promise<Case>}
   */
  async load(id) {
    const known = this.pages.get(id);
    if (known) return known;
    const address = new URL(`${this.dataset.cases}${id}/`, location.href);
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address} answers ${response.status}`);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!page.querySelector("[data-facts]")) throw new Error(`${address} is not a case study`);
    const read = this.readPage(id, page, address);
    this.pages.set(id, read);
    return read;
  }

  /**
   * The facts of a case study, by group and role: what each is called, and its nodes, which can stand on this page.
   *
   * @param {string} id
   * @param {Document} page
   * @param {URL} address
   * @returns {Case}
   */
  readPage(id, page, address) {
    /** @type {Record<string, Facts>} */
    const facts = Object.fromEntries(Object.keys(GROUPS).map((group) => [group, new Map()]));
    /** @type {(group: string, role: string, name: string, nodes: Iterable<Node>) => void} */
    const add = (group, role, name, nodes) => {
      const box = make("div");
      for (const node of nodes) box.append(document.importNode(node, true));
      for (const odd of box.querySelectorAll("script, style, .anchor, .headerlink")) odd.remove();
      for (const element of box.querySelectorAll("[id]")) element.removeAttribute("id");
      for (const link of box.querySelectorAll("a")) if (link.hasAttribute("href")) link.href = resolve(link, address).href;
      for (const picture of box.querySelectorAll("picture, img, figure, sup")) picture.remove();
      if (read(box)) facts[group]?.set(role, { name, box });
    };
    for (const list of page.querySelectorAll("[data-facts]")) {
      for (const row of list.querySelectorAll(":scope > [data-fact]")) {
        add(say(list, "facts"), say(row, "fact"), read(row.querySelector("dt")), row.querySelector("dd")?.childNodes ?? []);
      }
    }
    for (const heading of page.querySelectorAll("h2[data-part]")) {
      // What published sources report stands in the row of what tellers learned, and says so.
      const reported = say(heading, "part") === "reported";
      /** @type {Element[]} */
      const nodes = reported ? [make("p", {}, _("As the sources report it:"))] : [];
      for (let next = heading.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling) nodes.push(next);
      const role = reported ? "learned" : say(heading, "part");
      add("told", role, ALWAYS.told[role], nodes);
    }
    const account = page.getElementById("gp-account");
    if (account) add("told", "account", _("The partner's own account"), [...(account.parentElement?.children ?? [])].filter((child) => child !== account));
    const ours = new URL(this.dataset.cases ?? "", location.href).pathname;
    const near = [...page.querySelectorAll('[aria-labelledby="gp-related"] a')]
      .map((link) => ({ path: resolve(link, address).pathname, title: link.textContent ?? "" }))
      .filter(({ path }) => path.startsWith(ours))
      .map(({ path, title }) => ({ id: path.split("/").at(-2) ?? "", title }));
    return { id, title: read(page.querySelector("h1")), href: address.href, summary: read(page.querySelector("h1 + p")), facts, near };
  }

  async show() {
    const ids = this.ids;
    this.without.hidden = Boolean(ids.length);
    for (const box of this.boxes) box.checked = ids.includes(box.value);
    this.count();
    if (!ids.length) {
      this.table.replaceChildren();
      this.more.replaceChildren();
      this.status.textContent = "";
      return;
    }
    this.status.textContent = _("Loading…");
    const answers = await Promise.allSettled(ids.map((id) => this.load(id)));
    if (ids !== this.ids) return;
    const cases = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
    for (const answer of answers) if (answer.status === "rejected") console.warn(answer.reason);
    this.without.hidden = cases.length > 0;
    this.table.replaceChildren(...(cases.length ? [this.makeTable(cases)] : []));
    this.status.textContent = sayShown(cases.length, ids.filter((_id, at) => answers[at].status === "rejected"));
    this.showMore(cases);
  }

  /** @param {Case[]} cases */
  makeTable(cases) {
    // The roles say what the elements are also where a narrow screen shows rows as blocks.
    const heads = cases.map((entry) => {
      const away = make("button", { type: "button", class: "gp-compare__away", "aria-label": fill(_("Remove: {name}"), { name: entry.title }) }, _("Remove"));
      away.addEventListener("click", () => this.choose(this.ids.filter((id) => id !== entry.id)));
      return make("th", { scope: "col", role: "columnheader", class: "gp-compare__case" }, make("a", { href: entry.href }, entry.title), away);
    });
    const corner = make("td", { role: "cell", class: "gp-compare__corner" });
    return make(
      "table",
      { role: "table", class: `gp-compare__cases gp-compare__cases--${cases.length}` },
      make("caption", { class: "gp-visually-hidden" }, fill(_("Comparison of {names}"), { names: cases.map((entry) => entry.title).join("; ") })),
      make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, corner, ...heads)),
      ...listGroups(cases).map((group) => this.makeBody(group, cases)),
    );
  }

  /**
   * @param {Group} group
   * @param {Case[]} cases
   */
  makeBody({ title, rows }, cases) {
    const body = make("tbody", { role: "rowgroup" });
    if (title) {
      const head = make("th", { scope: "rowgroup", role: "rowheader", colspan: cases.length + 1, class: "gp-compare__group" }, title);
      body.append(make("tr", { role: "row" }, head));
    }
    for (const { name, values } of rows) {
      const cells = values.map((value, at) => {
        const cell = make("td", { role: "cell", class: "gp-compare__cell" }, make("span", { class: "gp-compare__of", "aria-hidden": "true" }, cases[at].title));
        if (!value) cell.append(make("span", { class: "gp-compare__none" }, _("Not documented")));
        else cell.append(typeof value === "string" ? value : value.cloneNode(true));
        return cell;
      });
      body.append(make("tr", { role: "row" }, make("th", { scope: "row", role: "rowheader", class: "gp-compare__name" }, name), ...cells));
    }
    return body;
  }

  /** @param {Case[]} cases */
  showMore(cases) {
    if (this.ids.length >= MOST) {
      this.more.replaceChildren();
      return;
    }
    const buttons = listNear(cases, this.ids).map(({ id, title }) => {
      const button = make("button", { type: "button", class: "gp-compare__add" }, make("span", { class: "gp-visually-hidden" }, _("Add:"), " "), title);
      button.addEventListener("click", () => this.choose([...this.ids, id]));
      return make("li", {}, button);
    });
    /** @type {HTMLElement[]} */
    const parts = [make("h2", { class: "gp-compare__heading" }, _("Add a case study"))];
    if (buttons.length) parts.push(make("p", {}, _("Close to what you see:")), make("ul", { class: "gp-compare__near", role: "list" }, ...buttons));
    const find = make("a", { href: `${this.dataset.find}?${printIds(this.ids)}` }, _("find another"));
    parts.push(make("p", {}, ...fillIn(_("Or {link}."), { link: find })));
    this.more.replaceChildren(...parts);
  }
}

/**
 * The text of an element.
 *
 * @param {?Element} element
 */
const read = (element) => element?.textContent?.trim() ?? "";

/**
 * What a page says of an element in `data-…`.
 *
 * @param {Element} element
 * @param {string} name
 */
const say = (element, name) => element.getAttribute(`data-${name}`) ?? "";

/**
 * Where a link of a page leads, from wherever it stands now.
 *
 * @param {Element} link
 * @param {URL} page
 */
const resolve = (link, page) => new URL(link.getAttribute("href") ?? "", page);

customElements.define("gp-compare", GpCompare);
