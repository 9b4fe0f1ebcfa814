// What people marked, in words, as a drawing and as a table. In the drawing each side has a line for each dimension: a
// full sign for today, an empty one for what is wanted, and an arrow between them. Shapes tell the sides apart as well
// as colours do.

import { make, part } from "./elements.js";
import { SIDES, spread, stepOf } from "./reflection-model.js";
import { fill } from "./words.js";

/**
 * @typedef {import("./reflection-model.js").Dimension} Dimension
 * @typedef {import("./reflection-model.js").Gathered} Gathered
 * @typedef {import("./reflection-model.js").Spread} Spread
 * @typedef {{side: string, name: string, now?: Spread, wanted?: Spread, before?: Spread}} Lane
 * @typedef {{who: string, now: string, wanted: string, change: string, why: string}} Row
 */

const NAMES = { partner: _("Community partner"), ours: _("Museum or science centre"), "": _("Others") };
const HEIGHT = 22;
const MIDDLE = HEIGHT / 2;

/**
 * A step in words; the middle of two people may lie between two steps.
 *
 * @param {number} step
 * @param {Dimension} dimension
 */
export function sayStep(step, { steps }) {
  if (Number.isInteger(step)) return fill(_("{step} of {steps}"), { step, steps: steps.length });
  return fill(_("between {step} and {next} of {steps}"), { step: Math.floor(step), next: Math.ceil(step), steps: steps.length });
}

/**
 * @param {Spread} found
 * @param {Dimension} dimension
 */
function saySpread(found, dimension) {
  const middle = sayStep(found.middle, dimension);
  return found.high - found.low <= 2 * (found.middle % 1) ? middle : fill(_("{middle}, from {low} to {high}"), { middle, low: found.low, high: found.high });
}

/**
 * What each side says of a dimension: the lines of the drawing.
 *
 * @param {Dimension} dimension
 * @param {Gathered} gathered
 * @param {Gathered | undefined} earlier
 * @returns {Lane[]}
 */
export function listLanes(dimension, gathered, earlier) {
  const sides = SIDES.filter((side) => gathered.answers.some(({ view }) => view.side === side));
  return sides.map((side) => {
    const of = (/** @type {Gathered | undefined} */ round, /** @type {"now" | "wanted"} */ which) =>
      spread((round?.answers ?? []).filter(({ view }) => view.side === side).map((answer) => stepOf(answer.round, dimension, which)));
    const answers = gathered.answers.filter(({ view }) => view.side === side);
    const all = sides.length > 1 ? NAMES[/** @type {keyof typeof NAMES} */ (side)] : _("All together");
    const name = answers.length > 1 ? all : answers[0].name;
    return { side, name, now: of(gathered, "now"), wanted: of(gathered, "wanted"), before: of(earlier, "now") };
  });
}

/**
 * A line of the drawing in words.
 *
 * @param {Lane} lane
 * @param {Dimension} dimension
 */
export function sayLane({ name, now, wanted, before }, dimension) {
  const said = [];
  if (now) said.push(fill(_("today {step}"), { step: saySpread(now, dimension) }));
  if (wanted) said.push(fill(_("wanted {step}"), { step: saySpread(wanted, dimension) }));
  if (before) said.push(fill(_("in the round before {step}"), { step: saySpread(before, dimension) }));
  return `${name}: ${said.length ? said.join("; ") : _("nothing marked")}.`;
}

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {(Node | string)[]} children
 */
function draw(tag, attributes, ...children) {
  const element = document.createElementNS(part(document, ".gp-reflection__key", SVGElement).namespaceURI, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/**
 * Where a step lies, so that the drawing is as wide as there is room and no sign is stretched.
 *
 * @param {number} step
 * @param {Dimension} dimension
 */
const place = (step, { steps }) => `${(((step - 1) / (steps.length - 1)) * 100).toFixed(2)}%`;

/**
 * The sign of a side at a place: signs are drawn around the middle of a small drawing of their own.
 *
 * @param {string} side
 * @param {string} x
 * @param {string} kind
 */
function drawSign(side, x, kind) {
  const shape = {
    partner: () => draw("circle", { r: 7 }),
    ours: () => draw("rect", { x: -6.5, y: -6.5, width: 13, height: 13 }),
    "": () => draw("path", { d: "M0-8.5 8.5 0 0 8.5-8.5 0Z" }),
  }[side];
  return draw("svg", { x, y: MIDDLE, overflow: "visible", class: `gp-reflection__sign gp-reflection__sign--${kind}` }, shape ? shape() : "");
}

/**
 * @param {Lane} lane
 * @param {Dimension} dimension
 */
function drawLane(lane, dimension) {
  const { side, now, wanted, before } = lane;
  const drawing = draw("svg", { width: "100%", height: HEIGHT, overflow: "visible", role: "img", "aria-label": sayLane(lane, dimension) });
  drawing.append(draw("line", { x1: 0, x2: "100%", y1: MIDDLE, y2: MIDDLE, class: "gp-reflection__scale" }));
  for (let step = 1; step <= dimension.steps.length; step += 1) {
    drawing.append(draw("line", { x1: place(step, dimension), x2: place(step, dimension), y1: 5, y2: HEIGHT - 5, class: "gp-reflection__scale" }));
  }
  if (now && now.low < now.high) drawing.append(draw("line", { x1: place(now.low, dimension), x2: place(now.high, dimension), y1: MIDDLE, y2: MIDDLE, class: "gp-reflection__range" }));
  if (now && wanted) drawing.append(draw("line", { x1: place(now.middle, dimension), x2: place(wanted.middle, dimension), y1: MIDDLE, y2: MIDDLE, class: "gp-reflection__way" }));
  if (before) {
    const cross = draw("path", { d: "M-5-5 5 5M-5 5 5-5" });
    drawing.append(draw("svg", { x: place(before.middle, dimension), y: MIDDLE, overflow: "visible", class: "gp-reflection__sign gp-reflection__sign--before" }, cross));
  }
  if (wanted) drawing.append(drawSign(side, place(wanted.middle, dimension), "wanted"));
  if (now) drawing.append(drawSign(side, place(now.middle, dimension), "now"));
  return make("div", { class: `gp-reflection__lane gp-reflection__lane--${side || "others"}` }, make("span", { class: "gp-reflection__of", "aria-hidden": "true" }, lane.name), make("span", { class: "gp-reflection__line" }, drawing));
}

/**
 * The drawing: an entry for each dimension.
 *
 * @param {Dimension[]} dimensions
 * @param {Gathered} gathered
 * @param {Gathered | undefined} earlier
 */
export function drawPicture(dimensions, gathered, earlier) {
  return dimensions.map((dimension) => {
    const lanes = listLanes(dimension, gathered, earlier).map((lane) => drawLane(lane, dimension));
    const ends = [`1 ${dimension.steps[0]}`, `${dimension.steps.length} ${dimension.steps[dimension.steps.length - 1]}`];
    const scale = make("p", { class: "gp-reflection__ends", "aria-hidden": "true" }, ...ends.map((end) => make("span", {}, end)));
    return make("li", { class: "gp-reflection__drawn" }, make("p", { class: "gp-reflection__name" }, dimension.name), ...lanes, scale);
  });
}

/**
 * What everybody says of a dimension, as rows of the table; last, where there are several, all of them together.
 *
 * @param {Dimension} dimension
 * @param {Gathered} gathered
 * @param {Gathered | undefined} earlier
 * @returns {Row[]}
 */
export function listRows(dimension, gathered, earlier) {
  const say = (/** @type {number | undefined} */ step) => (step ? `${sayStep(step, dimension)}: ${dimension.steps[step - 1]}` : "");
  const rows = gathered.answers.map(({ view, round, name }) => {
    const mark = Object.hasOwn(round.marks, dimension.id) ? round.marks[dimension.id] : {};
    const now = stepOf(round, dimension, "now");
    const last = earlier?.answers.find((answer) => answer.view === view);
    const before = last && stepOf(last.round, dimension, "now");
    return {
      who: name,
      now: mark.now === 0 ? _("We cannot say") : say(now),
      wanted: say(stepOf(round, dimension, "wanted")),
      change: now && before ? sayChange(now - before) : "",
      why: mark.why ?? "",
    };
  });
  if (rows.length > 1) {
    const [now, wanted] = /** @type {const} */ (["now", "wanted"]).map((which) => spread(gathered.answers.map(({ round }) => stepOf(round, dimension, which))));
    const words = (/** @type {Spread | undefined} */ found) => (found ? saySpread(found, dimension) : "");
    if (now || wanted) rows.push({ who: _("All together"), now: words(now), wanted: words(wanted), change: "", why: "" });
  }
  return rows;
}

/** @param {number} steps */
function sayChange(steps) {
  if (!steps) return _("no change");
  return steps > 0 ? fill(_("up by {steps}"), { steps }) : fill(_("down by {steps}"), { steps: -steps });
}

/**
 * The same as a table.
 *
 * @param {Dimension[]} dimensions
 * @param {Gathered} gathered
 * @param {Gathered | undefined} earlier
 */
export function makeTable(dimensions, gathered, earlier) {
  const columns = [_("Who"), _("Today"), _("Wanted"), ...(earlier ? [_("Change")] : []), _("Why")];
  const head = columns.map((name) => make("th", { scope: "col", role: "columnheader" }, name));
  const bodies = dimensions.map((dimension) => {
    const group = make("tr", { role: "row" }, make("th", { scope: "rowgroup", role: "rowheader", colspan: columns.length, class: "gp-reflection__group" }, dimension.name));
    const rows = listRows(dimension, gathered, earlier).map(({ who, now, wanted, change, why }) => {
      const texts = [now, wanted, ...(earlier ? [change] : []), why];
      const cells = texts.map((text, at) =>
        make("td", { role: "cell", class: text ? null : "gp-reflection__nothing" }, make("span", { class: "gp-reflection__column", "aria-hidden": "true" }, columns[at + 1]), text || make("span", { class: "gp-visually-hidden" }, _("nothing marked"))),
      );
      return make("tr", { role: "row" }, make("th", { scope: "row", role: "rowheader" }, who), ...cells);
    });
    return make("tbody", { role: "rowgroup" }, group, ...rows);
  });
  const caption = make("caption", { class: "gp-visually-hidden" }, _("What everybody marked"));
  return make("table", { role: "table", class: "gp-reflection__table" }, caption, make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...head)), ...bodies);
}

/**
 * The days of a round, in the language of the page.
 *
 * @param {Gathered} gathered
 * @param {string} language
 */
export function sayDays({ from, to }, language) {
  return dates(language).formatRange(new Date(from), new Date(to));
}

/**
 * @param {string} day
 * @param {string} language
 */
export function sayDay(day, language) {
  return dates(language).format(new Date(day));
}

/** @param {string} language */
const dates = (language) => new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long", timeZone: "UTC" });
