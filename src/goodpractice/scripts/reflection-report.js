// What a reflection shows: the drawing of a round and its table, and what to talk about, with what may help.

import { make, part } from "./elements.js";
import { findApart, findWidest } from "./reflection-model.js";
import { drawPicture, makeTable, sayDays } from "./reflection-picture.js";
import { fill, join } from "./words.js";

/**
 * @typedef {import("./reflection-model.js").Dimension} Dimension
 * @typedef {import("./reflection-model.js").Gathered} Gathered
 */

/** Dimensions that are shown with what helps, when several have the widest gap. */
const NAMED = 3;

export class Report {
  /**
   * @param {HTMLElement} root
   * @param {Dimension[]} dimensions
   */
  constructor(root, dimensions) {
    this.root = root;
    this.dimensions = dimensions;
    this.shown = part(root, "#reflection-shown", HTMLSelectElement);
    this.days = part(root, ".gp-reflection__days", HTMLElement);
    this.chart = part(root, ".gp-reflection__chart", HTMLElement);
    this.table = part(root, ".gp-reflection__marks", HTMLElement);
    this.talk = part(root, ".gp-reflection__talk", HTMLElement);
  }

  /**
   * Show the round that is chosen, or the latest.
   *
   * @param {Gathered[]} rounds
   */
  show(rounds) {
    const { lang } = document.documentElement;
    const chosen = this.shown.value;
    const isLatest = chosen === "" || Number(chosen) >= this.shown.options.length - 1;
    this.shown.replaceChildren(...rounds.map((round, at) => make("option", { value: at }, sayDays(round, lang))));
    const at = isLatest ? rounds.length - 1 : Math.min(Number(chosen), rounds.length - 1);
    this.shown.value = String(at);
    if (rounds.length) this.showRound(rounds[at], rounds[at - 1], lang);
    else for (const element of [this.days, this.chart, this.table, this.talk]) element.replaceChildren();
  }

  /**
   * @param {Gathered} round
   * @param {Gathered | undefined} earlier
   * @param {string} language
   */
  showRound(round, earlier, language) {
    const people = join(round.answers.map(({ name }) => name));
    const said = fill(_("{people}: {days}."), { people, days: sayDays(round, language) });
    const compared = earlier ? fill(_("A cross is today in the round before, {days}."), { days: sayDays(earlier, language) }) : "";
    this.days.textContent = [said, compared].filter(Boolean).join(" ");
    this.chart.replaceChildren(...drawPicture(this.dimensions, round, earlier));
    this.table.replaceChildren(makeTable(this.dimensions, round, earlier));
    const widest = this.lead(findWidest(round, this.dimensions), _("Where you have furthest to go"));
    const apart = this.lead(findApart(round, this.dimensions), _("Where you see today most differently"));
    const nothing = make("p", {}, _("Mark what you want as well: then the page says where you have furthest to go, and what may help."));
    this.talk.replaceChildren(...(widest.length ? widest : [nothing]), ...apart);
  }

  /**
   * Names dimensions, with the chapters, case studies and sheets that help.
   *
   * @param {Dimension[]} dimensions
   * @param {string} title
   * @returns {Node[]}
   */
  lead(dimensions, title) {
    if (!dimensions.length) return [];
    const parts = dimensions.slice(0, NAMED).flatMap(({ id, name }) => {
      const helps = this.root.querySelector(`[data-dimension="${id}"] .gp-reflection__helps`);
      return [make("h4", { class: "gp-reflection__name" }, name), ...(helps ? [helps.cloneNode(true)] : [])];
    });
    const others = dimensions.slice(NAMED).map(({ name }) => name);
    const more = others.length ? [make("p", {}, fill(_("As much: {names}."), { names: join(others) }))] : [];
    return [make("h3", { class: "gp-reflection__heading" }, title), ...parts, ...more];
  }
}
