// <gp-compare>: up to three case studies side by side, fetched from their own pages; the address says which.
// Nothing chosen, the page offers pairs and a list to choose from. Without the script it says how to do the same with
// open windows.

import { count, fill, fillIn } from "./words.js";

const MOST = 3;
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** Parts of the page of a case study by their roles, which it carries in `data-facts` and `data-part`. */
const GROUPS = { glance: _("At a glance"), power: _("Power and money"), practical: _("How it was done"), told: _("What they learned") };
/** Rows that are shown even if no source says anything: the silence is part of the comparison. */
const ALWAYS = {
  power: { "who-decided": _("Who decided"), "who-held-the-money": _("Who held the money"), "who-was-paid": _("Who was paid"), money: _("Money") },
  told: { learned: _("What was learned"), stumbled: _("What did not work") },
};

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

class GpCompare extends HTMLElement {
  connectedCallback() {
    if (this.table) return;
    this.status = this.querySelector(".gp-compare__status");
    this.table = this.querySelector(".gp-compare__table");
    this.more = this.querySelector(".gp-compare__more");
    this.without = this.querySelector(".gp-compare__without");
    this.pages = new Map();
    /** @type {HTMLFormElement} */
    this.form = this.querySelector(".gp-compare__form");
    this.hint = this.querySelector(".gp-compare__hint");
    this.form.addEventListener("change", () => this.count());
    this.form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const ids = this.ticked();
      if (ids.length < 2) {
        this.form.querySelector("input").focus();
        return;
      }
      await this.choose(ids);
      this.setAttribute("tabindex", "-1");
      this.focus();
    });
    window.addEventListener("popstate", () => this.read());
    this.read();
  }

  read() {
    const given = (new URLSearchParams(location.search).get("c") ?? "").split(",").filter((id) => ID.test(id));
    this.ids = [...new Set(given)].slice(0, MOST);
    this.show();
  }

  ticked() {
    return [...this.form.querySelectorAll("input:checked")].map((box) => box.value);
  }

  /** With as many ticked as fit, the others wait. */
  count() {
    const full = this.ticked().length >= MOST;
    for (const box of this.form.querySelectorAll("input:not(:checked)")) box.disabled = full;
    this.hint.textContent = full ? _("Three are chosen. Untick one to choose another.") : _("Tick two or three.");
  }

  choose(ids) {
    this.ids = ids.slice(0, MOST);
    const address = new URL(location.href);
    address.search = "";
    address.hash = "";
    history.pushState(null, "", address.href + (this.ids.length ? `?c=${this.ids.join(",")}` : ""));
    return this.show();
  }

  async load(id) {
    if (!this.pages.has(id)) {
      const address = new URL(`${this.dataset.cases}${id}/`, location.href);
      const response = await fetch(address);
      if (!response.ok) throw new Error(`${address} answers ${response.status}`);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (!page.querySelector("[data-facts]")) throw new Error(`${address} is not a case study`);
      this.pages.set(id, this.readPage(id, page, address));
    }
    return this.pages.get(id);
  }

  /** The facts of a case study, by group and role: what each is called, and its nodes, which can stand on this page. */
  readPage(id, page, address) {
    const facts = Object.fromEntries(Object.keys(GROUPS).map((group) => [group, new Map()]));
    const add = (group, role, name, nodes) => {
      const box = make("div", {});
      for (const node of nodes) box.append(document.importNode(node, true));
      for (const odd of box.querySelectorAll("script, style, .anchor, .headerlink")) odd.remove();
      for (const element of box.querySelectorAll("[id]")) element.removeAttribute("id");
      for (const link of box.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), address).href;
      for (const picture of box.querySelectorAll("picture, img, figure, sup")) picture.remove();
      if (box.textContent.trim()) facts[group]?.set(role, { name, box });
    };
    for (const row of page.querySelectorAll("[data-facts] > [data-fact]")) {
      add(row.parentElement.dataset.facts, row.dataset.fact, row.querySelector("dt").textContent.trim(), row.querySelector("dd").childNodes);
    }
    for (const heading of page.querySelectorAll("h2[data-part]")) {
      // What published sources report stands in the row of what tellers learned, and says so.
      const reported = heading.dataset.part === "reported";
      const nodes = reported ? [make("p", {}, _("As the sources report it:"))] : [];
      for (let next = heading.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling) nodes.push(next);
      const role = reported ? "learned" : heading.dataset.part;
      add("told", role, ALWAYS.told[role], nodes);
    }
    const account = page.getElementById("gp-account");
    if (account) add("told", "account", _("The partner's own account"), [...account.parentElement.children].filter((child) => child !== account));
    const near = [...page.querySelectorAll('[aria-labelledby="gp-related"] a')]
      .map((link) => ({ id: new URL(link.getAttribute("href"), address), title: link.textContent }))
      .filter(({ id: other }) => other.pathname.startsWith(new URL(this.dataset.cases, location.href).pathname))
      .map(({ id: other, title }) => ({ id: other.pathname.split("/").at(-2), title }));
    const title = page.querySelector("h1").textContent.trim();
    return { id, title, href: address.href, summary: page.querySelector("h1 + p")?.textContent ?? "", facts, near };
  }

  async show() {
    const ids = this.ids;
    this.without.hidden = Boolean(ids.length);
    for (const box of /** @type {Iterable<HTMLInputElement>} */ (this.form.elements)) if (box.type === "checkbox") box.checked = ids.includes(box.value);
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
    const cases = answers.filter((answer) => answer.status === "fulfilled").map((answer) => answer.value);
    const lost = ids.filter((_, at) => answers[at].status === "rejected");
    for (const answer of answers) if (answer.status === "rejected") console.warn(answer.reason);
    this.without.hidden = cases.length > 0;
    this.table.replaceChildren(...(cases.length ? [this.makeTable(cases)] : []));
    const said = [];
    if (cases.length) said.push(count(_n("One case study is shown. Add another to compare.", "{number} case studies side by side."), cases.length));
    if (lost.length) said.push(fill(_("Not found: {names}."), { names: lost.join(", ") }));
    this.status.textContent = said.join(" ");
    this.showMore(cases);
  }

  makeTable(cases) {
    // The roles say what the elements are also where a narrow screen shows rows as blocks.
    const heads = cases.map((entry) => {
      const away = make("button", { type: "button", class: "gp-compare__away", "aria-label": fill(_("Take away: {name}"), { name: entry.title }) }, _("Take away"));
      away.addEventListener("click", async () => {
        await this.choose(this.ids.filter((id) => id !== entry.id));
        this.setAttribute("tabindex", "-1");
        this.focus();
      });
      return make("th", { scope: "col", role: "columnheader", class: "gp-compare__case" }, make("a", { href: entry.href }, entry.title), away);
    });
    const corner = make("td", { role: "cell", class: "gp-compare__corner" });
    const bodies = [this.makeBody("", [[_("In short"), cases.map((entry) => entry.summary)]], cases)];
    for (const [group, title] of Object.entries(GROUPS)) {
      const names = new Map(Object.entries(ALWAYS[group] ?? {}));
      for (const entry of cases) for (const [role, { name }] of entry.facts[group]) if (!names.has(role)) names.set(role, name);
      const rows = [...names].map(([role, name]) => [name, cases.map((entry) => entry.facts[group].get(role)?.box)]);
      if (rows.length) bodies.push(this.makeBody(title, rows, cases));
    }
    return make(
      "table",
      { role: "table", class: `gp-compare__cases gp-compare__cases--${cases.length}` },
      make("caption", { class: "gp-visually-hidden" }, fill(_("Comparison of {names}"), { names: cases.map((entry) => entry.title).join("; ") })),
      make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, corner, ...heads)),
      ...bodies,
    );
  }

  makeBody(group, rows, cases) {
    const body = make("tbody", { role: "rowgroup" });
    if (group) {
      const head = make("th", { scope: "rowgroup", role: "rowheader", colspan: cases.length + 1, class: "gp-compare__group" }, group);
      body.append(make("tr", { role: "row" }, head));
    }
    for (const [name, values] of rows) {
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

  showMore(cases) {
    const chosen = new Set(this.ids);
    const find = `${this.dataset.find}?c=${this.ids.join(",")}`;
    const near = new Map(cases.flatMap((entry) => entry.near).filter(({ id }) => !chosen.has(id)).map(({ id, title }) => [id, title]));
    if (this.ids.length >= MOST) {
      this.more.replaceChildren();
      return;
    }
    const buttons = [...near].slice(0, 4).map(([id, title]) => {
      const button = make("button", { type: "button", class: "gp-compare__add" }, make("span", { class: "gp-visually-hidden" }, _("Add:"), " "), title);
      button.addEventListener("click", async () => {
        await this.choose([...this.ids, id]);
        this.setAttribute("tabindex", "-1");
        this.focus();
      });
      return make("li", {}, button);
    });
    const parts = [make("h2", { class: "gp-compare__heading" }, _("Add a case study"))];
    if (buttons.length) parts.push(make("p", {}, _("Close to what you see:")), make("ul", { class: "gp-compare__near", role: "list" }, ...buttons));
    parts.push(make("p", {}, ...fillIn(_("Or {link}."), { link: make("a", { href: find }, _("find another")) })));
    this.more.replaceChildren(...parts);
  }
}

customElements.define("gp-compare", GpCompare);
