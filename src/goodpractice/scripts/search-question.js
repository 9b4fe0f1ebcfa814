// From what somebody writes to the words that the index is asked for. What counts as a word of a question, and what may
// stand for it, is decided here: other spellings and forms, words that the glossary joins, the beginning of a word that is
// still being written.

import { fold, joinCompounds } from "./search-words.js";

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
 * @returns {{asked: string[], units: {word: string, place: number}[], compounds: string[], isOpen: boolean}} `asked`: all
 *   folded words. `units`: those that count, with their places among all. `isOpen`: whether the last may still be written.
 */
export function readQuestion(query, isEnglish) {
  const asked = fold(query);
  const all = asked.map((word, place) => ({ word, place }));
  return { asked, units: isEnglish ? chooseWords(all) : all, compounds: joinCompounds(query), isOpen: /[\p{L}\p{N}]$/u.test(query) };
}

function chooseWords(all) {
  const kept = all.filter(({ word }) => !STOP.has(word));
  return kept.length ? kept : all;
}

/** Whether a word says something by itself. */
export const isTelling = (word) => !STOP.has(word);

/**
 * Look up every word of a question together with what may stand for it.
 *
 * @returns {Promise<{units: {word: string, place: number, found: any, stems: Set<string>}[], phrases: Object[]}>} `found`:
 *   pages as the index gives them for one word, or null. `stems`: the words of the index that were found.
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

async function listForms(index, terms, { word }) {
  const words = new Map([[word, 1]]);
  const other = respell(terms.spelling, word);
  if (other) words.set(other, 1);
  if (/..nt$/.test(word) && NEGATION.test(word)) words.set("not", WEIGHT.form);
  for (const form of terms.forms.find((forms) => forms.includes(word)) ?? []) if (!words.has(form)) words.set(form, WEIGHT.form);
  const stems = new Map();
  for (const [form, weight] of words) stems.set(index.stem(form), Math.max(weight, stems.get(index.stem(form)) ?? 0));
  const found = await Promise.all([...stems].map(async ([stem, weight]) => [await index.lookup(stem), weight]));
  return found.filter(([postings]) => postings);
}

/** Words that begin as the last one does, which somebody may still be writing. */
async function listBeginnings(index, word, isKnown) {
  if (word.length < SHORTEST) return [];
  const begun = (await index.beginning(word)).filter((postings) => !postings.word.endsWith("="));
  const found = begun.map((postings) => [postings, (WEIGHT.beginning * word.length) / Math.max(word.length, postings.word.length)]);
  if (found.length || isKnown) return found;
  const stems = new Set(ENDINGS.map((ending) => index.stem(word + ending)).filter((stem) => word.startsWith(stem)));
  const whole = await Promise.all([...stems].map((stem) => index.lookup(stem)));
  return whole.filter(Boolean).map((postings) => [postings, WEIGHT.beginning]);
}

/** How rare a word is that so many pages have. */
export const measureRarity = (size, df) => Math.log(1 + (size - df + 0.5) / (df + 0.5));

/** Several words of the index as one: on each page the best of them counts, and all of them together are as rare as they are. */
function merge(forms) {
  if (!forms.length) return { found: null, stems: new Set() };
  const stems = new Set(forms.flatMap(([{ word }]) => word));
  if (forms.length === 1 && forms[0][1] === 1) return { found: forms[0][0], stems };
  const pages = new Map();
  for (const [postings, weight] of forms) for (const [id, pairs] of postings.pages) add(pages, id, pairs.map(([slot, impact]) => [slot, impact * weight]));
  return { found: { df: pages.size, pages }, stems };
}

/** In every section that has one of two words, the greater impact; names (slot 0) stand for all sections. */
function add(pages, id, pairs) {
  const known = pages.get(id);
  if (!known) {
    pages.set(id, pairs);
    return;
  }
  const [one, other] = [new Map(known), new Map(pairs)];
  const value = (words, slot) => words.get(slot) ?? words.get(0) ?? 0;
  pages.set(id, [...new Set([...one.keys(), ...other.keys()])].map((slot) => [slot, Math.max(value(one, slot), value(other, slot))]));
}

/** What the glossary says instead of a phrase counts for each word of the phrase. */
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

/** A compound that was written with hyphens may stand in the pages as one word. */
async function addCompounds(index, { compounds, asked }, units) {
  for (const compound of compounds) {
    const found = await lookupAll(index, [compound]);
    const place = asked.findIndex((_word, at) => asked.slice(at).join("").startsWith(compound));
    if (found) for (const unit of units) if (unit.place >= place && compound.includes(unit.word)) join(index, unit, found, 1);
  }
}

/** Let other words stand for one as well, which stays as rare as it is. */
function join(index, unit, found, weight) {
  if (!unit.found) {
    Object.assign(unit, merge([[found, weight]]));
    return;
  }
  const share = measureRarity(index.size, found.df) / measureRarity(index.size, unit.found.df);
  const { df } = unit.found;
  const both = merge([[{ ...unit.found, word: [...unit.stems] }, 1], [found, weight * Math.min(1, share)]]);
  Object.assign(unit, { found: { ...both.found, df }, stems: both.stems });
}

/** Pages that have all of these words; in each section the least of them counts. */
async function lookupAll(index, words) {
  const found = await Promise.all(words.map((word) => index.lookup(index.stem(word))));
  if (!found.length || found.includes(null)) return null;
  const [first, ...others] = found;
  const pages = new Map();
  for (const [id, pairs] of first.pages) {
    if (!others.every((other) => other.pages.has(id))) continue;
    const rest = others.map((other) => new Map(other.pages.get(id)));
    pages.set(id, pairs.map(([slot, impact]) => [slot, Math.min(impact, ...rest.map((words) => words.get(slot) ?? words.get(0) ?? 0))]).filter(([, impact]) => impact));
    if (!pages.get(id).length) pages.delete(id);
  }
  return pages.size ? { word: found.map(({ word }) => word), df: pages.size, pages } : null;
}

/** The word as the site spells it, if it spells it otherwise. */
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

/** A word without its plural ending, as `fold_word` in synonyms.py has it. */
function foldWord(word) {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (word.length > 3 && word.endsWith("s") && !/(?:ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}

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

/** The situation of which one phrase is said whole and makes up most of the question. */
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

/** The terms that a note is worth: words to avoid wherever they stand, others when they are the whole query. */
export function chooseTerms(terms, phrases, asked) {
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
