// What people mark on the dimensions of equity, without a page: reading files that may hold anything, merging those of
// several people, rounds, and where the gap is widest. Merging gives the same whatever the order of the files.

/**
 * @typedef {{now?: number, wanted?: number, why?: string}} Mark Steps from 1; 0 is "we cannot say".
 * @typedef {{date: string, changed: string, marks: Record<string, Mark>}} Round Days and times in ISO 8601.
 * @typedef {{id: string, name: string, side: string, changed: string, rounds: Round[]}} View What a person or team marks.
 * @typedef {{id: string, dimension: string, what: string, who: string, when: string, changed: string}} Action
 * @typedef {{views: View[], actions: Action[]}} Reflection
 * @typedef {{id: string, name: string, steps: string[]}} Dimension
 * @typedef {{view: View, round: Round, name: string}} Answer A name that no other has.
 * @typedef {{from: string, to: string, answers: Answer[]}} Gathered A round of all: the answers of each, by their days.
 * @typedef {{low: number, middle: number, high: number, number: number}} Spread
 */

/** What a saved file says of itself. */
export const FORMAT = "goodpractice-reflection";
export const VERSION = 1;
export const SIDES = ["partner", "ours", ""];
/** No reflection that people wrote by hand takes so many bytes. */
export const MOST_BYTES = 2e6;
/** Answers that were given within so many days belong to one round. */
const TOGETHER = 42;
const DAY = 864e5;
const MOST_STEPS = 7;
const MOST = { views: 60, rounds: 60, actions: 200, marks: 60, name: 120, text: 4000 };

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/;
// What would turn a name round, hide a part of it or end its line.
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/gu;

/**
 * Why a file is not read: `foreign` is none of ours, `newer` comes from a later version, `other` from another site, and
 * `full` would be more than a page can hold.
 */
export class UnreadableError extends Error {
  /** @param {"foreign" | "newer" | "broken" | "other" | "full"} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** @returns {Reflection} */
export const begin = () => ({ views: [], actions: [] });

/**
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
function asObject(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new UnreadableError("broken");
  return /** @type {Record<string, unknown>} */ (value);
}

/**
 * @param {unknown} value
 * @param {number} most
 * @returns {unknown[]}
 */
function asList(value, most) {
  if (!Array.isArray(value) || value.length > most) throw new UnreadableError("broken");
  return value;
}

/**
 * @param {unknown} value
 * @param {number} most
 */
function asText(value, most = MOST.text) {
  if (typeof value !== "string" || value.length > most) throw new UnreadableError("broken");
  return value.replace(UNSEEN, "");
}

/**
 * A text of a certain form; an empty one where it may be missing.
 *
 * @param {unknown} value
 * @param {RegExp} form
 */
function asFormed(value, form, isOptional = false) {
  if (isOptional && value === "") return "";
  if (typeof value !== "string" || value.length > 60 || !form.test(value)) throw new UnreadableError("broken");
  if (form === DATE && !isDay(value)) throw new UnreadableError("broken");
  return value;
}

/** @param {unknown} value */
function asStep(value) {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > MOST_STEPS) throw new UnreadableError("broken");
  return value;
}

/**
 * Whether a text is a day of the calendar.
 *
 * @param {string} text
 */
export function isDay(text) {
  return DATE.test(text) && !text.startsWith("0000") && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}

/**
 * Read what was saved.
 *
 * @param {string} text
 * @param {Dimension[]} [dimensions] Those of this site, for a file that may come from another one.
 * @returns {Reflection}
 * @throws {UnreadableError}
 */
export function readReflection(text, dimensions) {
  let found;
  try {
    found = asObject(JSON.parse(text));
  } catch {
    throw new UnreadableError("foreign");
  }
  if (found.format !== FORMAT) throw new UnreadableError("foreign");
  if (typeof found.version === "number" && found.version > VERSION) throw new UnreadableError("newer");
  if (found.version !== VERSION) throw new UnreadableError("broken");
  const read = {
    views: asList(found.views, MOST.views).map(readView),
    actions: asList(found.actions, MOST.actions).map(readAction),
  };
  for (const list of [read.views, read.actions]) {
    if (new Set(list.map(({ id }) => id)).size < list.length) throw new UnreadableError("broken");
  }
  const named = read.views.flatMap(({ rounds }) => rounds.flatMap(({ marks }) => Object.keys(marks)));
  if (dimensions && named.length && !named.some((id) => dimensions.some((dimension) => dimension.id === id))) throw new UnreadableError("other");
  return read;
}

/**
 * @param {unknown} value
 * @returns {View}
 */
function readView(value) {
  const { id, name, side, changed, rounds } = asObject(value);
  if (!SIDES.includes(/** @type {string} */ (side))) throw new UnreadableError("broken");
  const read = asList(rounds, MOST.rounds).map(readRound);
  if (new Set(read.map(({ date }) => date)).size < read.length) throw new UnreadableError("broken");
  return { id: asFormed(id, ID), name: asText(name, MOST.name), side: /** @type {string} */ (side), changed: asFormed(changed, TIME), rounds: read.sort(byDate) };
}

/**
 * @param {unknown} value
 * @returns {Round}
 */
function readRound(value) {
  const { date, changed, marks } = asObject(value);
  const entries = asList(Object.entries(asObject(marks)), MOST.marks).map((entry) => /** @type {[string, unknown]} */ (entry));
  const read = entries.map(([id, mark]) => [asFormed(id, ID), readMark(mark)]);
  return { date: asFormed(date, DATE), changed: asFormed(changed, TIME), marks: Object.fromEntries(read) };
}

/**
 * @param {unknown} value
 * @returns {Mark}
 */
function readMark(value) {
  const { now, wanted, why } = asObject(value);
  /** @type {Mark} */
  const mark = {};
  if (now !== undefined) mark.now = asStep(now);
  if (wanted !== undefined) mark.wanted = asStep(wanted) || undefined;
  if (why !== undefined) mark.why = asText(why);
  return JSON.parse(JSON.stringify(mark));
}

/**
 * @param {unknown} value
 * @returns {Action}
 */
function readAction(value) {
  const { id, dimension, what, who, when, changed } = asObject(value);
  return {
    id: asFormed(id, ID),
    dimension: asFormed(dimension, ID, true),
    what: asText(what),
    who: asText(who, MOST.name),
    when: asFormed(when, DATE, true),
    changed: asFormed(changed, TIME),
  };
}

/**
 * The text of a file: the same for the same marks.
 *
 * @param {Reflection} reflection
 */
export function writeReflection({ views, actions }) {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, views, actions }, null, 2)}\n`;
}

/**
 * @param {{date: string}} a
 * @param {{date: string}} b
 */
const byDate = (a, b) => (a.date < b.date ? -1 : +(a.date > b.date));

/**
 * Of two records with one name the one that was changed last. Two that were changed in the same moment are put in the
 * order of what they say, so that it does not matter whose file is opened first.
 *
 * @template {{changed: string}} T
 * @param {T} one
 * @param {T} other
 * @returns {T}
 */
function later(one, other) {
  if (one.changed !== other.changed) return one.changed > other.changed ? one : other;
  return order(one) > order(other) ? one : other;
}

/**
 * A text that is the same for the same values, in whatever order their names stand.
 *
 * @param {unknown} value
 * @returns {string}
 */
function order(value) {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, order(inner)]));
}

/**
 * @template {{changed: string}} T
 * @param {T[]} ours
 * @param {T[]} theirs
 * @param {(entry: T) => string} name
 * @param {(one: T, other: T) => T} join
 * @returns {T[]}
 */
function unite(ours, theirs, name, join) {
  /** @type {Map<string, T>} */
  const found = new Map();
  for (const entry of [...ours, ...theirs]) {
    const known = found.get(name(entry));
    found.set(name(entry), known ? join(known, entry) : entry);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

/**
 * Everything of both. Each view keeps its name; of one that is in both, each round counts as it was changed last.
 *
 * @param {Reflection} ours
 * @param {Reflection} theirs
 * @returns {Reflection}
 */
export function merge(ours, theirs) {
  return {
    views: unite(ours.views, theirs.views, ({ id }) => id, (one, other) => {
      const { name, side, changed } = later({ ...one, rounds: [] }, { ...other, rounds: [] });
      return { id: one.id, name, side, changed, rounds: unite(one.rounds, other.rounds, ({ date }) => date, later) };
    }),
    actions: unite(ours.actions, theirs.actions, ({ id }) => id, later),
  };
}

/**
 * Whether a file may hold so much.
 *
 * @param {Reflection} reflection
 */
export function fits({ views, actions }) {
  return views.length <= MOST.views && actions.length <= MOST.actions && views.every(({ rounds }) => rounds.length <= MOST.rounds);
}

/**
 * People as they are listed: the partner's side first, then by name.
 *
 * @param {View[]} views
 * @returns {View[]}
 */
export function orderViews(views) {
  const key = (/** @type {View} */ { side, name, id }) => [SIDES.indexOf(side), name.trim().toLowerCase(), id].join("\n");
  return [...views].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/**
 * How people are called, by their ids: a number tells apart those who chose one name.
 *
 * @param {View[]} views
 * @returns {Map<string, string>}
 */
export function nameViews(views) {
  /** @type {Map<string, string>} */
  const names = new Map();
  for (const { id, name } of orderViews(views)) {
    const plain = name.trim() || _("Without a name");
    let shown = plain;
    for (let number = 2; [...names.values()].includes(shown); number += 1) shown = `${plain} (${number})`;
    names.set(id, shown);
  }
  return names;
}

/**
 * The rounds of all, the earliest first. Answers within six weeks are one round, with one answer of each.
 *
 * @param {View[]} views
 * @returns {Gathered[]}
 */
export function gatherRounds(views) {
  const ordered = orderViews(views);
  const names = nameViews(views);
  const all = ordered.flatMap((view) => view.rounds.filter(isMarked).map((round) => ({ view, round, name: names.get(view.id) ?? "" })));
  all.sort((a, b) => byDate(a.round, b.round));
  /** @type {Gathered[]} */
  const gathered = [];
  for (const answer of all) {
    const last = gathered.at(-1);
    const isSame = last && Date.parse(answer.round.date) - Date.parse(last.from) <= TOGETHER * DAY && !last.answers.some(({ view }) => view === answer.view);
    if (last && isSame) {
      last.answers.push(answer);
      last.to = answer.round.date;
    } else gathered.push({ from: answer.round.date, to: answer.round.date, answers: [answer] });
  }
  for (const { answers } of gathered) answers.sort((a, b) => ordered.indexOf(a.view) - ordered.indexOf(b.view));
  return gathered;
}

/** @param {Round} round */
export function isMarked({ marks }) {
  return Object.values(marks).some((mark) => mark.now !== undefined || mark.wanted !== undefined || mark.why);
}

/**
 * The step that somebody marked: nothing where they cannot say, have not marked any, or marked one that is gone.
 *
 * @param {Round} round
 * @param {Dimension} dimension
 * @param {"now" | "wanted"} which
 */
export function stepOf({ marks }, { id, steps }, which) {
  const step = Object.hasOwn(marks, id) ? marks[id][which] : undefined;
  return step && step <= steps.length ? step : undefined;
}

/**
 * Lowest, middle and highest of some steps. The middle of an even number lies between two.
 *
 * @param {(number | undefined)[]} steps
 * @returns {Spread | undefined}
 */
export function spread(steps) {
  const sorted = steps.filter((step) => step !== undefined).sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const middle = sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  return sorted.length ? { low: sorted[0], middle, high: sorted[sorted.length - 1], number: sorted.length } : undefined;
}

/**
 * The dimensions with most still to go, by the middle of what everybody who marked both says; as a share of all steps,
 * since dimensions may differ in their number. None where nobody wants to move.
 *
 * @param {Gathered} gathered
 * @param {Dimension[]} dimensions
 * @returns {Dimension[]}
 */
export function findWidest({ answers }, dimensions) {
  return findMost(dimensions, (dimension) => {
    const gaps = answers.map(({ round }) => {
      const [now, wanted] = [stepOf(round, dimension, "now"), stepOf(round, dimension, "wanted")];
      return now && wanted ? (wanted - now) / (dimension.steps.length - 1) : undefined;
    });
    return spread(gaps)?.middle ?? 0;
  });
}

/**
 * The dimensions on which people see today most differently. None where all who marked agree.
 *
 * @param {Gathered} gathered
 * @param {Dimension[]} dimensions
 * @returns {Dimension[]}
 */
export function findApart({ answers }, dimensions) {
  return findMost(dimensions, (dimension) => {
    const seen = spread(answers.map(({ round }) => stepOf(round, dimension, "now")));
    return seen ? (seen.high - seen.low) / (dimension.steps.length - 1) : 0;
  });
}

/**
 * @param {Dimension[]} dimensions
 * @param {(dimension: Dimension) => number} measure
 */
function findMost(dimensions, measure) {
  const measured = dimensions.map(measure);
  const most = Math.max(0, ...measured);
  return most > 0 ? dimensions.filter((_dimension, at) => measured[at] === most) : [];
}
