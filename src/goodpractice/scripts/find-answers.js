// What the finder answers, without a page: from what somebody has chosen to case studies, chapters and tips, each with the
// reason why. <gp-find> shows it; render/finder.py writes what it is worked out from.

import { decodePlaces } from "./search-index.js";
import { count, fill, join } from "./words.js";

/**
 * Values are numbers: their places among the answers to a question, in the order of the page.
 *
 * @typedef {Record<string, Set<number>>} Answers What was chosen, by question; a question without an answer is left out.
 * @typedef {Record<string, number[]>} Values What a page carries, by question.
 * @typedef {(number | number[])[]} Places As `encode_places` in facets.py writes them.
 * @typedef {{id: string, title: string, summary: string, minutes: string, values: Values, tips: [string, string][]}} Chapter
 * @typedef {[string, string, string, string, number[], number[], [string, string][]]} PackedChapter
 * @typedef {{cases: number, values: Record<string, Places[]>, chapters: PackedChapter[], ids: number[]}} FinderFile
 * @typedef {{chapter: Chapter, why: string}} Helpful
 * @typedef {{chapter: Chapter, title: string, text: string}} Tip
 */

/**
 * @typedef {Object} Found What fits.
 * @property {boolean} fits Whether any case study fits all of the answers.
 * @property {number[]} cases Places of the case studies that fit, or of the nearest; the best first.
 * @property {string} note Why these are shown, where none fits; else empty.
 * @property {Helpful[]} chapters
 * @property {Tip[]} tips
 * @property {string} said All of it in one sentence.
 */

const NEAREST = 3;
const CHAPTERS = 4;
const TIPS = 2;
/** Of the answers that fit, so many are named. */
const NAMED = 3;
/**
 * How a reason is said, by the question that it answers.
 *
 * @type {Record<string, string>}
 */
const REASONS = { theme: _("about {names}"), audience: _("with {names}"), moment: _("for the moment {names}"), setting: _("in the setting {names}") };

/** @param {string} name */
const quote = (name) => fill(_("‘{name}’"), { name });

/**
 * Those of the values that were chosen.
 *
 * @param {Values} values
 * @param {Answers} answers
 * @param {string} question
 */
const match = (values, answers, question) => values[question].filter((value) => answers[question]?.has(value));

export class Finder {
  /**
   * @param {FinderFile} file
   * @param {(question: string, value: number) => string} says What a reason calls an answer.
   */
  constructor({ cases, values, chapters, ids }, says) {
    this.says = says;
    /** Numbers of the case studies in the index, by their places. */
    this.ids = ids;
    /** @type {Values[]} */
    this.cases = Array.from({ length: cases }, () => ({ theme: [], audience: [], moment: [], setting: [] }));
    for (const [question, answers] of Object.entries(values)) {
      for (const [value, places] of answers.entries()) for (const at of decodePlaces(places)) this.cases[at][question].push(value);
    }
    /** @type {Chapter[]} */
    this.chapters = chapters.map(([id, title, summary, minutes, theme, moment, tips]) => ({ id, title, summary, minutes, values: { theme, moment }, tips }));
  }

  /**
   * How many case studies each value of a question would lead to, beside the answers to the others.
   *
   * @param {Answers} answers
   * @param {string} question
   * @param {number} size How many values there are.
   * @returns {number[]}
   */
  count(answers, question, size) {
    const numbers = new Array(size).fill(0);
    for (const values of this.cases) if (fits(values, answers, question)) for (const value of values[question]) numbers[value] += 1;
    return numbers;
  }

  /**
   * What fits, or comes nearest.
   *
   * @param {Answers} answers At least one.
   * @returns {Found}
   */
  find(answers) {
    const all = [...this.cases.keys()];
    /** @param {number} at */
    const hits = (at) => Object.keys(answers).reduce((sum, question) => sum + match(this.cases[at], answers, question).length, 0);
    /** @type {(a: number, b: number) => number} */
    const order = (a, b) => hits(b) - hits(a) || a - b;
    const fitting = all.filter((at) => fits(this.cases[at], answers)).sort(order);
    const isFound = fitting.length > 0;
    const { cases, near, note } = isFound ? { cases: fitting, near: fitting, note: "" } : this.findNearest(all, answers, order);
    const chapters = this.findChapters(answers, near, isFound);
    const tips = chapters.flatMap(({ chapter }) => chapter.tips.slice(0, 1).map(([title, text]) => ({ chapter, title, text }))).slice(0, TIPS);
    return { fits: isFound, cases, note, chapters, tips, said: say(fitting.length, chapters.length, tips.length) };
  }

  /**
   * The case studies that fit most of the answers; the newest, where none fits any.
   *
   * @param {number[]} all
   * @param {Answers} answers
   * @param {(a: number, b: number) => number} order
   */
  findNearest(all, answers, order) {
    const asked = Object.keys(answers);
    const matched = all.map((at) => asked.filter((question) => match(this.cases[at], answers, question).length).length);
    const best = Math.max(0, ...matched);
    const cases = all.filter((at) => matched[at] === best).sort(order).slice(0, NEAREST);
    if (!cases.length) return { cases, near: cases, note: _("No case study has been told yet.") };
    if (!best) return { cases, near: [], note: _("No case study has been told about this yet. These are the newest.") };
    const nearest = count(_n("This one comes nearest:", "These come nearest:"), cases.length);
    const answered = count(_n("{number} of {of} answers fits.", "{number} of {of} answers fit."), best, { of: asked.length });
    return { cases, near: cases, note: [_("No case study fits all of your answers."), nearest, answered].join(" ") };
  }

  /**
   * The handbook answers questions about situations and moments; for the rest, what the fitting case studies are about.
   *
   * @param {Answers} answers
   * @param {number[]} near Case studies that fit, or come nearest.
   * @param {boolean} isFound Whether they fit.
   * @returns {Helpful[]}
   */
  findChapters(answers, near, isFound) {
    const asked = answers.theme || answers.moment ? this.findAsked(answers) : [];
    if (asked.length) return asked;
    /** @type {Map<number, number>} */
    const numbers = new Map();
    for (const at of near) for (const theme of this.cases[at].theme) numbers.set(theme, (numbers.get(theme) ?? 0) + 1);
    const common = [...numbers].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    /** @type {Helpful[]} */
    const chosen = [];
    for (const [theme, number] of common) {
      const others = this.chapters.filter((chapter) => chapter.values.theme.includes(theme) && !chosen.some((entry) => entry.chapter === chapter));
      const [main] = others.sort((a, b) => a.values.theme.length - b.values.theme.length);
      if (main) chosen.push({ chapter: main, why: becauseOf(number, near.length, isFound, quote(this.says("theme", theme))) });
      if (chosen.length === NEAREST) break;
    }
    if (chosen.length) return chosen;
    return this.chapters.slice(0, NEAREST).map((chapter) => ({ chapter, why: _("Because it is where the handbook begins.") }));
  }

  /**
   * Chapters about a theme or for a moment that was chosen.
   *
   * @param {Answers} answers
   * @returns {Helpful[]}
   */
  findAsked(answers) {
    /** @param {number} value */
    const rarity = (value) => 1 + Math.log(this.chapters.length / this.chapters.filter(({ values }) => values.theme.includes(value)).length);
    const scored = this.chapters.map((chapter, at) => {
      const theme = match(chapter.values, answers, "theme");
      const moment = match(chapter.values, answers, "moment");
      // A chapter on one theme alone says more about it than one on three.
      const score = theme.reduce((sum, value) => sum + rarity(value), 0) * 10 + (theme.length ? 3 / chapter.values.theme.length : 0) + moment.length * 4;
      return { chapter, at, score, matched: { theme, moment }, isKept: (answers.theme ? theme : moment).length > 0 };
    });
    const kept = scored.filter((entry) => entry.isKept).sort((a, b) => b.score - a.score || a.at - b.at).slice(0, CHAPTERS);
    return kept.map(({ chapter, matched }) => ({ chapter, why: this.because(matched) }));
  }

  /**
   * Why a case study is shown, and what it does not say.
   *
   * @param {number} at
   * @param {Answers} answers
   */
  explain(at, answers) {
    /** @type {Values} */
    const matched = {};
    const missing = [];
    for (const [question, chosen] of Object.entries(answers)) {
      matched[question] = match(this.cases[at], answers, question);
      if (!matched[question].length) missing.push(fill(REASONS[question], { names: join([...chosen].map((value) => quote(this.says(question, value))), _("or")) }));
    }
    return this.because(matched, missing);
  }

  /**
   * @param {Values} matched
   * @param {string[]} missing
   */
  because(matched, missing = []) {
    const reasons = Object.entries(matched)
      .filter(([, values]) => values.length)
      .map(([question, values]) => fill(REASONS[question], { names: join(values.slice(0, NAMED).map((value) => quote(this.says(question, value)))) }));
    const said = [];
    if (reasons.length) said.push(fill(_("Because it is {reasons}."), { reasons: join(reasons) }));
    if (missing.length) said.push(fill(_("Not documented: {names}."), { names: missing.join(", ") }));
    return said.join(" ");
  }
}

/**
 * Whether something fits all of the answers, but for one question.
 *
 * @param {Values} values
 * @param {Answers} answers
 * @param {string} [except]
 */
function fits(values, answers, except) {
  return Object.keys(answers).every((question) => question === except || match(values, answers, question).length > 0);
}

/**
 * Why a chapter helps: so many of the case studies that are shown are about its theme.
 *
 * @param {number} number
 * @param {number} of
 * @param {boolean} isFound
 * @param {string} theme
 */
function becauseOf(number, of, isFound, theme) {
  if (of === 1) return fill(_("Because the case study shown is about {theme}."), { theme });
  const words = isFound
    ? _n("Because {number} of the {of} case studies that fit is about {theme}.", "Because {number} of the {of} case studies that fit are about {theme}.")
    : _n("Because {number} of the {of} case studies that come nearest is about {theme}.", "Because {number} of the {of} case studies that come nearest are about {theme}.");
  return count(words, number, { of, theme });
}

/**
 * @param {number} fitting
 * @param {number} chapters
 * @param {number} tips
 */
function say(fitting, chapters, tips) {
  const others = [];
  if (chapters) others.push(count(_n("{number} chapter", "{number} chapters"), chapters));
  if (tips) others.push(count(_n("{number} tip", "{number} tips"), tips));
  const found = fitting ? count(_n("{number} case study fits", "{number} case studies fit"), fitting) : _("No case study fits all of this; the nearest are shown");
  return others.length ? fill(_("{found}, with {others} from the handbook."), { found, others: join(others) }) : `${found}.`;
}
