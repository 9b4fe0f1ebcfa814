// From what somebody writes to the words that the index is asked for. What counts as a word of a question, and what may
// stand for it, is decided here: other spellings and forms, words that the glossary joins, the beginning of a word that is
// still being written.

import { fold, joinCompounds } from "./search-words.js";

/**
 * @typedef {import("./search-index.js").SearchIndex} SearchIndex
 * @typedef {import("./search-index.js").Pair} Pair
 * @typedef {import("./search-index.js").Postings} Postings
 * @typedef {{word: string, place: number}} Asked A word of a question, and its place among all.
 * @typedef {{df: number, pages: Postings["pages"]}} Found Pages that have a word, or what stands for it.
 * @typedef {Asked & {found: ?Found, stems: Set<string>}} Unit `stems`: the words of the index that were found.
 * @typedef {Found & {words: string[]}} Joined Several words of the index that are looked for as one.
 * @typedef {[Joined, number]} Form What may stand for a word, and how much it counts.
 * @typedef {{first: number, last: number, numbers: number[], key: string}} Phrase Words that the glossary speaks of, by their
 *   places, and the numbers of its terms.
 */

/**
 * @typedef {Object} Question
 * @property {string[]} asked All folded words.
 * @property {Asked[]} units Those that count.
 * @property {string[]} compounds Those with hyphens, joined.
 * @property {boolean} isOpen Whether the last word may still be written.
 */

/**
 * @typedef {Object} Term A term of the glossary as terms.json has it.
 * @property {string} use
 * @property {string} url
 * @property {string[]} own
 * @property {string[]} search
 */

/**
 * @typedef {Object} Terms The content of terms.json: see `make_synonyms` in search/synonyms.py.
 * @property {Record<string, number[]>} phrases
 * @property {Term[]} terms
 * @property {Record<string, string>} spelling
 * @property {string[][]} forms
 * @property {[string, string, string[]][]} situations
 * @property {Record<string, string>} kinds
 * @property {[string, string][]} questions
 */

/**
 * @typedef {{question: string, choice: string}} Situation A question of the finder, and the answer to choose there.
 * @typedef {Term & {number: number, said: string}} NotedTerm A term, its number, and the words that were written.
 */

const STOP = new Set(
  ("a about after all almost already also always am an and any are as at be because been before being but by can could did do does doing " +
    "for from get gets getting give had has have having he her here him his how i if im in into is it its just like " +
    "made make many may me more most much my nearly need needs of off on one only or other our out over own really " +
    "should so some something still than that the their them then there these they thing things this those through to too " +
    "up us use used using very want wants was way we were what when where which while who whom whose why will with " +
    "would you your").split(" "),
);
/** Words that turn a sentence round. A situation is told with them; in a few words they say little. */
const NEGATION = /^(?:no|not|nor|never|none|nobody|nothing|without|cannot|aint|shant|(?:are|ca|could|did|do|does|had|has|have|is|must|need|should|was|were|wo|would)nt)$/;
/** A question of more words than this is a sentence: it may be answered by some of them, and nothing in it is put right unasked. */
export const SENTENCE = 3;
/** How much what stands for a word counts beside it. */
const WEIGHT = { form: 0.85, glossary: 0.6, beginning: 0.7 };
/** Letters after which a word may be the beginning of another. */
const SHORTEST = 3;
/** Endings of English words: what is still being written may become a word that has lost all of them in the index. */
const ENDINGS = ["on", "ion", "n", "g", "ng", "ing", "s", "y", "ty", "ity", "t", "nt", "ent", "ment", "e", "ed", "er", "ers"];

/**
 * The words of a question that pages are looked for by.
 *
 * @param {string} query
 * @param {boolean} isEnglish
 * @returns {Question}
 */
export function readQuestion(query, isEnglish) {
  const asked = fold(query);
  const all = asked.map((word, place) => ({ word, place }));
  return { asked, units: isEnglish ? chooseWords(all) : all, compounds: joinCompounds(query), isOpen: /[\p{L}\p{N}]$/u.test(query) };
}

/** @param {Asked[]} all */
function chooseWords(all) {
  const kept = all.filter(({ word }) => !STOP.has(word));
  return kept.length ? kept : all;
}

/**
 * Whether a word says something by itself.
 *
 * @param {string} word
 */
export const isTelling = (word) => !STOP.has(word);

/**
 * Look up every word of a question together with what may stand for it.
 *
 * @param {SearchIndex} index
 * @param {Terms} terms
 * @param {Question} question
 * @returns {Promise<{units: Unit[], phrases: Phrase[]}>}
 */
export async function findUnits(index, terms, question) {
  const phrases = findPhrases(terms, question.asked);
  const last = question.isOpen ? question.asked.length - 1 : -1;
  const units = await Promise.all(
    question.units.map(async (unit) => {
      const forms = await listForms(index, terms, unit);
      if (unit.place === last) forms.push(...(await listBeginnings(index, unit.word, forms.length > 0)));
      return { ...unit, ...merge(forms) };
    }),
  );
  await Promise.all([addPhrases(index, terms, phrases, units), addCompounds(index, question, units)]);
  return { units, phrases };
}

/**
 * @param {SearchIndex} index
 * @param {Terms} terms
 * @param {Asked} unit
 * @returns {Promise<Form[]>}
 */
async function listForms(index, terms, { word }) {
  const words = new Map([[word, 1]]);
  const other = respell(terms.spelling, word);
  if (other) words.set(other, 1);
  if (/..nt$/.test(word) && NEGATION.test(word)) words.set("not", WEIGHT.form);
  for (const form of terms.forms.find((forms) => forms.includes(word)) ?? []) if (!words.has(form)) words.set(form, WEIGHT.form);
  /** @type {Map<string, number>} */
  const stems = new Map();
  for (const [form, weight] of words) stems.set(index.stem(form), Math.max(weight, stems.get(index.stem(form)) ?? 0));
  const found = await Promise.all([...stems.keys()].map((stem) => index.lookup(stem)));
  return [...stems.values()].flatMap((weight, at) => makeForms(found[at], weight));
}

/**
 * A word as what may stand for another; nothing where no page has it.
 *
 * @param {?Postings} postings
 * @param {number} weight
 * @returns {Form[]}
 */
const makeForms = (postings, weight) => (postings ? [[{ ...postings, words: [postings.word] }, weight]] : []);

/**
 * Words that begin as the last one does, which somebody may still be writing.
 *
 * @param {SearchIndex} index
 * @param {string} word
 * @param {boolean} isKnown
 * @returns {Promise<Form[]>}
 */
async function listBeginnings(index, word, isKnown) {
  if (word.length < SHORTEST) return [];
  const begun = (await index.beginning(word)).filter((postings) => !postings.word.endsWith("="));
  const found = begun.flatMap((postings) => makeForms(postings, (WEIGHT.beginning * word.length) / Math.max(word.length, postings.word.length)));
  if (found.length || isKnown) return found;
  const stems = new Set(ENDINGS.map((ending) => index.stem(word + ending)).filter((stem) => word.startsWith(stem)));
  const whole = await Promise.all([...stems].map((stem) => index.lookup(stem)));
  return whole.flatMap((postings) => makeForms(postings, WEIGHT.beginning));
}

/**
 * How rare a word is that so many pages have.
 *
 * @param {number} size
 * @param {number} df
 */
export const measureRarity = (size, df) => Math.log(1 + (size - df + 0.5) / (df + 0.5));

/**
 * Several words of the index as one: on each page the best of them counts, and all of them together are as rare as they are.
 *
 * @param {Form[]} forms
 * @returns {{found: ?Found, stems: Set<string>}}
 */
function merge(forms) {
  if (!forms.length) return { found: null, stems: new Set() };
  const stems = new Set(forms.flatMap(([{ words }]) => words));
  if (forms.length === 1 && forms[0][1] === 1) return { found: forms[0][0], stems };
  /** @type {Found["pages"]} */
  const pages = new Map();
  for (const [joined, weight] of forms) {
    for (const [id, pairs] of joined.pages) add(pages, id, pairs.map(([slot, impact]) => [slot, impact * weight]));
  }
  return { found: { df: pages.size, pages }, stems };
}

/**
 * In every section that has one of two words, the greater impact; names (slot 0) stand for all sections.
 *
 * @param {Found["pages"]} pages
 * @param {number} id
 * @param {Pair[]} pairs
 */
function add(pages, id, pairs) {
  const known = pages.get(id);
  if (!known) {
    pages.set(id, pairs);
    return;
  }
  const [one, other] = [new Map(known), new Map(pairs)];
  /** @type {(words: Map<number, number>, slot: number) => number} */
  const value = (words, slot) => words.get(slot) ?? words.get(0) ?? 0;
  pages.set(id, [...new Set([...one.keys(), ...other.keys()])].map((slot) => [slot, Math.max(value(one, slot), value(other, slot))]));
}

/**
 * What the glossary says instead of a phrase counts for each word of the phrase.
 *
 * @param {SearchIndex} index
 * @param {Terms} terms
 * @param {Phrase[]} phrases
 * @param {Unit[]} units
 */
async function addPhrases(index, terms, phrases, units) {
  for (const { first, last, numbers, key } of phrases) {
    const inside = units.filter(({ place }) => place >= first && place <= last);
    const texts = new Set(numbers.flatMap((number) => terms.terms[number].search));
    for (const text of texts) {
      const words = text.split(" ");
      if (!inside.length || words.length > 3 || words.map(foldWord).join(" ") === key) continue;
      const found = await lookupAll(index, words.filter(isTelling));
      if (found) for (const unit of inside) join(index, unit, found, WEIGHT.glossary);
    }
  }
}

/**
 * A compound that was written with hyphens may stand in the pages as one word.
 *
 * @param {SearchIndex} index
 * @param {Question} question
 * @param {Unit[]} units
 */
async function addCompounds(index, { compounds, asked }, units) {
  for (const compound of compounds) {
    const found = await lookupAll(index, [compound]);
    const place = asked.findIndex((_word, at) => asked.slice(at).join("").startsWith(compound));
    if (found) for (const unit of units) if (unit.place >= place && compound.includes(unit.word)) join(index, unit, found, 1);
  }
}

/**
 * Let other words stand for one as well, which stays as rare as it is.
 *
 * @param {SearchIndex} index
 * @param {Unit} unit
 * @param {Joined} found
 * @param {number} weight
 */
function join(index, unit, found, weight) {
  if (!unit.found) {
    Object.assign(unit, merge([[found, weight]]));
    return;
  }
  const share = measureRarity(index.size, found.df) / measureRarity(index.size, unit.found.df);
  const { df } = unit.found;
  const both = merge([[{ ...unit.found, words: [...unit.stems] }, 1], [found, weight * Math.min(1, share)]]);
  Object.assign(unit, both.found ? { found: { ...both.found, df }, stems: both.stems } : both);
}

/**
 * Pages that have all of these words; in each section the least of them counts.
 *
 * @param {SearchIndex} index
 * @param {string[]} words
 * @returns {Promise<?Joined>}
 */
async function lookupAll(index, words) {
  const looked = await Promise.all(words.map((word) => index.lookup(index.stem(word))));
  const found = looked.filter((postings) => postings !== null);
  if (!found.length || found.length < looked.length) return null;
  const [first, ...others] = found;
  /** @type {Found["pages"]} */
  const pages = new Map();
  for (const [id, pairs] of first.pages) {
    if (!others.every((other) => other.pages.has(id))) continue;
    const rest = others.map((other) => new Map(other.pages.get(id)));
    /** @type {Pair[]} */
    const least = pairs.map(([slot, impact]) => [slot, Math.min(impact, ...rest.map((words) => words.get(slot) ?? words.get(0) ?? 0))]);
    const kept = least.filter(([, impact]) => impact);
    if (kept.length) pages.set(id, kept);
  }
  return pages.size ? { words: found.map(({ word }) => word), df: pages.size, pages } : null;
}

/**
 * The word as the site spells it, if it spells it otherwise.
 *
 * @param {Terms["spelling"]} spelling
 * @param {string} word
 */
export function respell(spelling, word) {
  for (let length = word.length; length > 2; length--) {
    const beginning = word.slice(0, length);
    // A word such as "constructor" is no entry, though every object answers to it.
    const other = Object.hasOwn(spelling, beginning) ? spelling[beginning] : null;
    if (other && !word.startsWith(other)) return other + word.slice(length);
  }
  const ending = /^(.{4,}i)([sz])((?:e|ed|es|er|ers|ing|ation|ations))$/.exec(word);
  return ending && ending[1] + (ending[2] === "s" ? "z" : "s") + ending[3];
}

/**
 * A word without its plural ending, as `fold_word` in synonyms.py has it.
 *
 * @param {string} word
 */
function foldWord(word) {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (word.length > 3 && word.endsWith("s") && !/(?:ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}

/**
 * @param {Terms} terms
 * @param {string[]} asked
 * @returns {Phrase[]}
 */
function findPhrases(terms, asked) {
  const words = asked.map(foldWord);
  const found = [];
  for (let first = 0; first < words.length; first++) {
    for (let last = Math.min(words.length, first + 7) - 1; last >= first; last--) {
      const key = words.slice(first, last + 1).join(" ");
      const numbers = terms.phrases[key];
      if (numbers && Array.isArray(numbers)) {
        found.push({ first, last, numbers, key });
        first = last;
        break;
      }
    }
  }
  return found;
}

/**
 * The situation of which one phrase is said whole and makes up most of the question.
 *
 * @param {Terms["situations"]} situations
 * @param {string[]} asked
 * @returns {?Situation}
 */
export function chooseSituation(situations, asked) {
  const said = new Set(asked.filter(isTelling).map(foldWord));
  let best = null;
  let most = 0.6;
  for (const [question, choice, phrases] of situations) {
    for (const phrase of phrases) {
      const words = new Set(phrase.split(" ").filter(isTelling));
      const share = words.size / said.size;
      if (share <= most || ![...words].every((word) => said.has(word))) continue;
      best = { question, choice };
      most = share;
    }
  }
  return best;
}

/**
 * The terms that a note is worth: words to avoid wherever they stand, others when they are the whole query.
 *
 * @param {Terms} terms
 * @param {Phrase[]} phrases
 * @param {string[]} asked
 * @returns {NotedTerm[]}
 */
export function chooseTerms(terms, phrases, asked) {
  /** @type {NotedTerm[]} */
  const chosen = [];
  for (const phrase of phrases) {
    const whole = asked.every((word, place) => (place >= phrase.first && place <= phrase.last) || !isTelling(word));
    for (const number of phrase.numbers) {
      const term = terms.terms[number];
      const own = term.own.includes(phrase.key);
      const warned = term.use === "avoid" || term.use === "discuss";
      if (warned || (whole && !own)) chosen.push({ ...term, number, said: asked.slice(phrase.first, phrase.last + 1).join(" ") });
    }
  }
  const order = ["avoid", "discuss", "preferred", "explained"];
  return chosen.sort((a, b) => order.indexOf(a.use) - order.indexOf(b.use)).slice(0, 2);
}
