// <gp-map>: filters the map and its list, keeps the choice in the address, and says what is shown.
// Without it the page is complete: the choices are links, and every mark leads to its entry.

import { count, fill } from "./words.js";

/** @type {Record<string, string>} */
const CHOICES = { "everything": "", "only-partners": "partners", "only-case-studies": "cases" };

/**
 * An element that the template holds.
 *
 * @param {Element} root
 * @param {string} selector
 */
const part = (root, selector) => /** @type {HTMLElement} */ (root.querySelector(selector));

/**
 * @param {number} partners
 * @param {number} cases
 */
function describe(partners, cases) {
  const parts = [];
  if (partners) parts.push(count(_n("{number} partner", "{number} partners"), partners));
  if (cases) parts.push(count(_n("{number} case study", "{number} case studies"), cases));
  return parts.join(", ");
}

class GpMap extends HTMLElement {
  constructor() {
    super();
    // The style sheet filters by itself where no script does.
    this.dataset.ready = "";
    this.status = part(this, ".gp-map__status");
    this.layers = [...this.querySelectorAll(".gp-map__layer")].map((layer) => this.readLayer(layer));
    this.places = [...this.querySelectorAll(".gp-map__places > div")].map((place) => ({
      element: place,
      marks: (place.dataset.m ?? "").split(" "),
      partners: [...place.querySelectorAll(".gp-map__partners > li, dd")],
      cases: [...place.querySelectorAll(".gp-map__cases > li")],
      kind: place.querySelector(".gp-map__kind"),
    }));
    const address = new URLSearchParams(location.search);
    // An address is anybody's: only what is a choice counts as one.
    const named = location.hash.slice(1);
    const asked = address.get("show") ?? "";
    this.show = Object.hasOwn(CHOICES, named) ? CHOICES[named] : Object.values(CHOICES).includes(asked) ? asked : "";
    this.programme = address.get("programme") ?? "";
    if (!this.findProgramme()) this.programme = "";
    if (this.programme) part(this, ".gp-map__programmes").setAttribute("open", "");
    this.addEventListener("click", (event) => this.choose(event));
    this.addEventListener("pointerover", (event) => this.name(event));
    this.addEventListener("focusin", (event) => this.name(event));
    this.apply(Boolean(this.show || this.programme));
  }

  /** @param {Element} layer */
  readLayer(layer) {
    // Names beside the marks are printed where there is room; this line names the one that is pointed at.
    const line = document.createElement("p");
    line.className = "gp-map__name";
    line.setAttribute("aria-hidden", "true");
    part(layer, ".gp-map__picture").after(line);
    return [...layer.querySelectorAll(".gp-map__mark")].map((mark) => {
      const title = part(mark, "title");
      const said = title.textContent ?? "";
      const number = mark.querySelector(".gp-map__number");
      return { mark, title, number, name: number ? said.slice(0, said.lastIndexOf(": ")) : "" };
    });
  }

  /** The link of the programme that was chosen. */
  findProgramme() {
    return this.querySelector(`[data-programme="${CSS.escape(this.programme)}"]`);
  }

  /** @param {Event} event */
  name({ target }) {
    const mark = target instanceof Element ? target.closest(".gp-map__mark") : null;
    const line = mark?.closest(".gp-map__layer")?.querySelector(".gp-map__name");
    if (mark && line) line.textContent = part(mark, "title").textContent;
  }

  /** @param {MouseEvent} event */
  choose(event) {
    /** @type {?HTMLElement} */
    const link = event.target instanceof Element ? event.target.closest(".gp-map__choice") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const programme = link.dataset.programme;
    if (programme !== undefined) this.programme = this.programme === programme ? "" : programme;
    else this.show = CHOICES[link.id];
    const address = new URL(location.href);
    address.hash = "";
    for (const [name, value] of [["show", this.show], ["programme", this.programme]]) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(history.state, "", address.href.replace(/#$/, ""));
    this.apply(true);
  }

  /** @param {HTMLElement} entry */
  wanted(entry) {
    return !this.programme || (entry.dataset.p ?? "").split(" ").includes(this.number ?? "");
  }

  /** @param {boolean} tell Whether to say what is shown. */
  apply(tell) {
    this.number = this.findProgramme()?.dataset.n;
    const totals = this.layers.map((marks) => marks.map(() => [0, 0]));
    let allPartners = 0;
    let allCases = 0;
    for (const place of this.places) {
      let partners = 0;
      let cases = 0;
      for (const entry of place.partners) {
        const wanted = this.wanted(entry);
        // A long list counts case studies beside their lead partner. Which programme each belongs to is not known here.
        const counted = this.show === "partners" || this.programme ? 0 : Number(entry.dataset.c ?? 0);
        entry.hidden = !wanted || (this.show === "cases" && !counted);
        if (wanted) cases += counted;
        if (wanted && this.show !== "cases") partners += 1;
      }
      for (const entry of place.cases) {
        entry.hidden = this.show === "partners" || !this.wanted(entry);
        if (!entry.hidden) cases += 1;
      }
      if (place.kind) place.kind.hidden = place.cases.every((entry) => entry.hidden);
      const other = !place.partners.length && !place.cases.length;
      place.element.hidden = other ? this.show === "partners" || Boolean(this.programme) : !(partners + cases);
      if (place.element.dataset.m === undefined) continue;
      allPartners += partners;
      allCases += cases;
      place.marks.forEach((mark, layer) => {
        if (mark === "-") return;
        totals[layer][Number(mark)][0] += partners;
        totals[layer][Number(mark)][1] += cases;
      });
    }
    this.layers.forEach((marks, layer) => marks.forEach(({ mark, title, number, name }, at) => {
      const [partners, cases] = totals[layer][at];
      mark.toggleAttribute("hidden", !(partners + cases));
      if (!number) return;
      number.textContent = String(partners + cases);
      title.textContent = `${name}: ${describe(partners, cases)}`;
    }));
    for (const group of this.querySelectorAll(".gp-map__group")) {
      group.hidden = ![...group.querySelectorAll(".gp-map__places > div")].some((place) => !place.hidden);
      part(group, ".gp-map__count").hidden = Boolean(this.show || this.programme);
    }
    for (const key of this.querySelectorAll(".gp-map__key li")) {
      const mark = part(this, `.gp-map__mark[href="#${key.id}"]`);
      key.hidden = mark.hasAttribute("hidden");
      key.firstChild?.replaceWith(`${part(mark, "title").textContent}. `);
    }
    for (const line of this.querySelectorAll(".gp-map__name")) line.textContent = "";
    let programmeName = "";
    for (const link of this.querySelectorAll(".gp-map__choice")) {
      const programme = link.dataset.programme;
      const current = programme === undefined ? CHOICES[link.id] === this.show : programme === this.programme;
      if (current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      if (current && programme !== undefined) programmeName = link.textContent ?? "";
    }
    const shown = describe(allPartners, allCases) || _("nothing");
    const words = programmeName ? _("On the map: {shown} in {programme}.") : _("On the map: {shown}.");
    this.status.textContent = tell ? fill(words, { shown, programme: programmeName }) : "";
  }
}

customElements.define("gp-map", GpMap);
