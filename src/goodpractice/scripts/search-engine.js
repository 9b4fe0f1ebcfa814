// The search itself, without a page: from words and filters to results. It runs in a worker (search-worker.js), so that
// a long list of results never holds up typing, or in the page where workers are not to be had.
//
// The index (search-index.js) knows which pages have a word and how well each fits. What a page has to have is decided
// here: first all words of the query, then, where that finds little, as many as possible. Filters are worked out from
// facets.json, which is all that is loaded where nobody has written a word.

import { SearchIndex, decodePlaces } from "./search-index.js";
import { fold } from "./search-words.js";

/** With fewer results than this, pages that have only some of the words are found as well. */
const FEW = 20;
const EXCERPT = 26;
const SECTIONS = 3;
/** So many results are looked at more closely: whether the title is what was asked for. */
const CLOSER = 10;
/** A question of more words than this is a sentence: nothing in it is put right unasked. */
const WORDS = 3;
/** The shortest word that stands for a longer one that no page has. */
const SHORTEST = 3;

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

function foldWord(word) {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (word.length > 3 && word.endsWith("s") && !/(?:ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}

export class SearchEngine {
  #language;
  #opening = null;
  #loading = null;
  #facets = null;
  #words = null;
  #notes = null;
  #last = { key: null, ranked: null };

  /** @param {string} language Code of the language of the page. */
  constructor(language = "") {
    this.#language = language;
  }

  /** Load what every search for words needs. Fails when the files of the search are missing. */
  load() {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load() {
    const index = await this.#open();
    const [terms] = await Promise.all([index.json("terms.json"), index.load()]);
    return { terms, index };
  }

  #open() {
    this.#opening ??= SearchIndex.open(this.#language);
    return this.#opening;
  }

  /**
   * Search, list by filters alone, or only count.
   *
   * @param {{query?: string, exact?: boolean, filters?: Object<string, string[]>, from?: number, count?: number, facets?: boolean}} asked
   *     `exact`: take every word as it is written.
   * @returns {Promise<{total: number, results: Object[], terms: Object[], meant: ?Object, offered: ?Object, missing: string[], situation: ?Object, facets: ?Object[]}>}
   *     `meant`: slips that were put right. `offered`: slips that may be. `situation`: the question of the finder that fits.
   */
  async search(asked) {
    const opening = this.#open();
    try {
      return await this.#search(asked);
    } catch {
      // The connection broke, or the site was published anew and the files of this index are gone: once more, from the start.
      if (this.#opening === opening) this.#forget();
      return this.#search(asked);
    }
  }

  /** What did not load would be missing for ever. */
  #forget() {
    this.#opening = this.#loading = this.#facets = this.#words = this.#notes = null;
    this.#last = { key: null, ranked: null };
  }

  async #search({ query = "", exact = false, filters = {}, from = 0, count = 8, facets = false }) {
    const chosen = Object.entries(filters).filter(([, values]) => values.length);
    const table = facets || chosen.length ? await this.#loadFacets() : null;
    const allowed = table && chosen.length ? selectPlaces(table, chosen) : null;
    const asked = fold(query);
    if (!asked.length) {
      const all = table ?? (await this.#loadFacets());
      const places = [];
      if (chosen.length) for (let place = 0; place < all.pages; place++) if (allowed[place]) places.push(place);
      const index = await this.#open();
      const results = await Promise.all(places.slice(from, from + count).map((place) => presentListed(index, all.order[place], all.kinds)));
      return { total: places.length, results, terms: [], meant: null, offered: null, missing: [], situation: null, facets: facets ? countFacets(all, null, chosen) : null };
    }
    const accept = allowed ? (id) => allowed[table.places.get(id)] === 1 : null;
    let ranked = await this.#rank(asked, accept);
    let meant = null;
    let offered = null;
    if (ranked.unknown.length && !exact) {
      const better = await this.#correct(asked, ranked.unknown);
      if (better && ranked.length <= WORDS) {
        meant = better;
        ranked = await this.#rank(fold(meant.query), accept);
      } else offered = better;
    }
    const missing = ranked.nothing ? [] : ranked.unknown;
    if (missing.length) ranked = await this.#rank(ranked.asked.filter((word) => !missing.includes(word)), accept);
    const { terms, index } = await this.load();
    const noted = chooseTerms(terms, ranked.phrases, ranked.asked);
    const found = ranked.nothing ? [] : ranked.hits;
    const shown = accept ? found.filter((hit) => accept(hit.id)) : found;
    const results = await Promise.all(shown.slice(from, from + count).map((hit) => present(index, hit, terms.kinds)));
    return {
      total: shown.length,
      results,
      terms: noted.length ? await this.#describeTerms(noted) : [],
      meant,
      offered,
      missing,
      situation: terms.situations ? chooseSituation(terms.situations, ranked.asked) : null,
      facets: facets ? countFacets(table, found, chosen) : null,
    };
  }

  async #rank(asked, accept) {
    const key = asked.join(" ");
    if (!accept && this.#last.key === key) return this.#last.ranked;
    const { terms, index } = await this.load();
    const phrases = findPhrases(terms, asked);
    const units = chooseWords(asked, index.english).map((unit) => {
      const other = respell(terms.spelling, unit.word);
      return { ...unit, search: other.both ? unit.word : other.word, also: other.both ? other.word : null };
    });
    const alternatives = listAlternatives(terms, phrases, units);
    const hits = new Map();
    const whole = units.map((unit) => unit.search);
    const plain = await searchAll(index, whole);
    addHits(hits, plain, 1);
    for (const other of alternatives.slice(0, 6)) {
      const replaced = [...whole.slice(0, other.first), ...other.words, ...whole.slice(other.last + 1)];
      addHits(hits, await searchAll(index, replaced), other.weight);
    }
    const enough = accept ? count(hits.keys(), accept) : hits.size;
    if (enough < FEW && units.length > 1) await this.#addPartial(index, hits, units, alternatives);
    const ordered = [...hits.values()].sort((a, b) => b.score - a.score);
    const noted = new Set(chooseTerms(terms, phrases, asked).filter((term) => term.use === "explained" || term.use === "preferred").map((term) => term.url));
    const first = (accept ? ordered.filter((hit) => accept(hit.id)) : ordered).slice(0, CLOSER);
    await Promise.all(first.map((hit) => lookCloser(index, hit, asked, units, noted)));
    ordered.sort((a, b) => (a.isLast ?? 0) - (b.isLast ?? 0) || b.score - a.score);
    const unknown = await listUnknown(index, units, alternatives);
    const ranked = { asked, phrases, unknown, length: units.length, nothing: unknown.length === units.length, hits: ordered };
    if (!accept) this.#last = { key, ranked };
    return ranked;
  }

  /** Pages that have some of the words; what counts is how rare the words are that they have. */
  async #addPartial(index, hits, units, alternatives) {
    const pages = new Map();
    const weights = [];
    for (const [place, unit] of units.entries()) {
      const results = await searchAll(index, [unit.search]);
      const others = alternatives.filter((other) => other.first === place && other.last === place);
      let most = results.length;
      addUnit(pages, results, place, 1);
      for (const other of others) {
        const found = await searchAll(index, other.words);
        most = Math.max(most, found.length);
        addUnit(pages, found, place, other.weight);
      }
      weights.push(most ? Math.log(1 + index.size / most) : 0);
    }
    const all = weights.reduce((sum, weight) => sum + weight, 0) || 1;
    const partial = [];
    for (const [id, page] of pages) {
      let score = 0;
      let covered = 0;
      for (const [place, part] of page.parts) {
        score += part;
        covered += weights[place];
      }
      partial.push({ ...page, id, score: score * (covered / all) ** 1.5, covered: covered / all });
    }
    partial.sort((a, b) => b.score - a.score);
    for (const [rank, page] of partial.entries()) {
      const known = hits.get(page.id);
      if (known) {
        known.score = Math.max(known.score, page.score);
        page.words.forEach((word) => known.words.add(word));
      } else if (page.covered >= 0.5 || (rank < FEW && page.covered >= 0.25)) {
        hits.set(page.id, page);
      }
    }
  }

  async #correct(asked, unknown) {
    this.#words ??= this.#open().then((index) => index.text("words.txt")).then((text) => text.split(" "));
    const words = await this.#words;
    const [{ index }, { correct }] = await Promise.all([this.load(), import("./search-corrections.js")]);
    const better = new Map();
    for (const word of unknown) {
      const found = await correct(word, index, words);
      if (found) better.set(word, found);
    }
    if (!better.size) return null;
    return {
      query: asked.map((word) => better.get(word) ?? word).join(" "),
      words: [...better].map(([from, to]) => ({ from, to })),
    };
  }

  /** The words of the notes, which few searches need, lie in a file of their own. */
  async #describeTerms(terms) {
    this.#notes ??= this.#open().then((index) => index.json("notes.json"));
    const notes = await this.#notes;
    return terms.map((term) => ({ ...term, ...notes[term.number] }));
  }

  async #loadFacets() {
    this.#facets ??= this.#open().then((index) => index.json("facets.json")).then(({ order, pages, filters }) => ({
      order,
      places: new Map(order.map((id, place) => [id, place])),
      pages,
      filters: filters.map((filter) => ({
        ...filter,
        values: filter.values.map((value) => ({ ...value, pages: decodePlaces(value.pages) })),
      })),
      kinds: Object.fromEntries(filters.find((filter) => filter.id === "kind")?.values.map(({ id, name }) => [id, name]) ?? []),
    }));
    return this.#facets;
  }
}

function count(values, accept) {
  let sum = 0;
  for (const value of values) if (accept(value)) sum += 1;
  return sum;
}

// Words

/** The words of a question that pages are looked for by, with their places. */
function chooseWords(asked, english) {
  const all = asked.map((word, place) => ({ word, place }));
  if (!english) return all;
  const kept = all.filter(({ word }) => !STOP.has(word));
  const plain = kept.filter(({ word }) => !NEGATION.test(word));
  if (plain.length && plain.length <= WORDS) return plain;
  return kept.length ? kept : all;
}

/** The word as the site spells it, and whether the site spells it both ways. */
function respell(spelling, word) {
  for (let length = word.length; length > 2; length--) {
    const beginning = word.slice(0, length);
    // A word such as "constructor" is no entry, though every object answers to it.
    const other = Object.hasOwn(spelling, beginning) ? spelling[beginning] : null;
    if (other && !word.startsWith(other)) return { word: other + word.slice(length), both: spelling[other] === beginning };
  }
  return { word, both: false };
}

function findPhrases(terms, asked) {
  const words = asked.map(foldWord);
  const found = [];
  for (let first = 0; first < words.length; first++) {
    for (let last = Math.min(words.length, first + 7) - 1; last >= first; last--) {
      const numbers = terms.phrases[words.slice(first, last + 1).join(" ")];
      if (numbers && Array.isArray(numbers)) {
        found.push({ first, last, numbers, key: words.slice(first, last + 1).join(" ") });
        first = last;
        break;
      }
    }
  }
  return found;
}

function listAlternatives(terms, phrases, units) {
  const found = [];
  for (const [place, unit] of units.entries()) {
    if (/..nt$/.test(unit.word) && NEGATION.test(unit.word)) found.push({ first: place, last: place, words: ["not"], weight: 0.85 });
    if (unit.also) found.push({ first: place, last: place, words: [unit.also], weight: 1 });
    const group = terms.forms.find((forms) => forms.includes(unit.word));
    for (const form of group ?? []) {
      if (!form.startsWith(unit.word) && !unit.word.startsWith(form)) {
        found.push({ first: place, last: place, words: [form], weight: 0.85 });
      }
    }
  }
  for (const phrase of phrases) {
    const inside = units.map((unit, place) => ({ ...unit, at: place })).filter((unit) => unit.place >= phrase.first && unit.place <= phrase.last);
    if (!inside.length) continue;
    for (const number of phrase.numbers) {
      for (const text of terms.terms[number].search) {
        const words = text.split(" ");
        if (words.length > 3 || words.map(foldWord).join(" ") === phrase.key) continue;
        found.push({ first: inside[0].at, last: inside.at(-1).at, words, weight: 0.6 });
      }
    }
  }
  return found;
}

/** The situation of which one phrase is said whole and makes up most of the question. */
function chooseSituation(situations, asked) {
  const said = new Set(asked.filter((word) => !STOP.has(word)).map(foldWord));
  let best = null;
  let most = 0.6;
  for (const [question, choice, phrases] of situations) {
    for (const phrase of phrases) {
      const words = new Set(phrase.split(" ").filter((word) => !STOP.has(word)));
      const share = words.size / said.size;
      if (share <= most || ![...words].every((word) => said.has(word))) continue;
      best = { question, choice };
      most = share;
    }
  }
  return best;
}

/** The terms that a note is worth: words to avoid wherever they stand, others when they are the whole query. */
function chooseTerms(terms, phrases, asked) {
  const chosen = [];
  for (const phrase of phrases) {
    const whole = asked.every((word, place) => (place >= phrase.first && place <= phrase.last) || STOP.has(word));
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

// Hits

/** What the index has of a word: the word, or all that begin so, or a shorter one. */
async function findWord(index, word) {
  const asked = index.stem(word);
  const found = await index.lookup(asked);
  if (found) return [found];
  const longer = await index.beginning(word);
  if (longer.length) return longer;
  for (let length = asked.length - 1; length >= SHORTEST; length--) {
    const shorter = await index.lookup(asked.slice(0, length));
    if (shorter) return [shorter];
  }
  return [];
}

/** Whether a page has a word, or one that differs in its ending only. */
async function hasWord(index, word) {
  const shared = word.slice(0, Math.max(4, word.length - 3));
  return (await findWord(index, word)).some((found) => found.word === index.stem(word) || found.word.startsWith(shared));
}

/**
 * Every page that has at least half of what these words say, by their rarity, the best first. A word that no page has is
 * passed over in silence.
 */
async function searchAll(index, words) {
  const found = (await Promise.all(words.map((word) => findWord(index, word)))).filter((forms) => forms.length).map(joinForms);
  const rarity = found.map(({ df }) => Math.log(1 + index.size / df));
  const all = rarity.reduce((sum, value) => sum + value, 0);
  const asked = found.flatMap((form) => form.words);
  const hits = index.score(found.map((form) => [form, 1])).map((hit) => {
    const share = found.reduce((sum, { pages }, at) => sum + (pages.has(hit.id) ? rarity[at] : 0), 0) / all;
    return { ...hit, share, score: hit.score * Math.sqrt(share), words: asked };
  });
  return hits.filter(({ share }) => share >= 0.5).sort((a, b) => b.score - a.score || a.id - b.id);
}

/** Words that stand for one: a page has the best of each slot. */
function joinForms(forms) {
  if (forms.length === 1) return { ...forms[0], words: [forms[0].word] };
  const pages = new Map();
  for (const form of forms) {
    for (const [id, pairs] of form.pages) {
      const own = new Map(pages.get(id));
      for (const [slot, impact] of pairs) own.set(slot, Math.max(own.get(slot) ?? 0, impact));
      pages.set(id, [...own]);
    }
  }
  return { df: pages.size, pages, words: forms.map(({ word }) => word) };
}

function addHits(hits, results, weight) {
  for (const result of results) {
    const score = result.score * weight;
    const known = hits.get(result.id);
    if (known) {
      known.score = Math.max(known.score, score);
      result.words.forEach((word) => known.words.add(word));
    } else {
      hits.set(result.id, { id: result.id, score, words: new Set(result.words) });
    }
  }
}

function addUnit(pages, results, place, weight) {
  for (const result of results) {
    let page = pages.get(result.id);
    if (!page) pages.set(result.id, (page = { parts: new Map(), words: new Set() }));
    page.parts.set(place, Math.max(page.parts.get(place) ?? 0, result.score * weight));
    result.words.forEach((word) => page.words.add(word));
  }
}

/** Load the text of a hit, and let its title and kind count. */
async function lookCloser(index, hit, asked, units, noted) {
  const record = await index.record(hit.id);
  const title = fold(record.title);
  const named = Math.max(nameCloseness(asked, units, title), nameCloseness(asked, units, fold(record.url).slice(1)));
  // The note above the results leads there already.
  if (noted.has(record.url)) hit.score *= 0.5;
  // Pages for those who build the site never come before one for its readers.
  hit.isLast = record.kind === "editors" ? 1 : 0;
  // The nearer the title is to the query, the surer that this is the page that was meant.
  if (named) hit.score *= (1.2 + 1.3 * named ** 2) * (named === 1 && asked.every((word) => title.includes(word)) ? 2 : 1);
}

/** 1 when a name is just what was asked for, less the more it says besides, 0 when it lacks a word of the query. */
function nameCloseness(asked, units, name) {
  const has = (unit, word) => isForm(unit.search, word) || (unit.also && isForm(unit.also, word));
  if (!name.length || !units.every((unit) => name.some((word) => has(unit, word)))) return 0;
  // Little words are part of a name too: "words" is not yet More Than Words.
  return name.filter((word) => asked.includes(word) || units.some((unit) => has(unit, word))).length / name.length;
}

/** Whether two words look like forms of one word: they begin alike. */
function isForm(asked, found) {
  const needed = Math.max(Math.min(3, asked.length), asked.length - 3);
  return found.slice(0, needed) === asked.slice(0, needed) && Math.abs(found.length - asked.length) < 7;
}

/** Words of the query that nothing has: what was found was found by other words, or by those that only begin alike. */
async function listUnknown(index, units, alternatives) {
  const unknown = [];
  for (const [place, unit] of units.entries()) {
    const others = alternatives.filter((other) => other.first <= place && other.last >= place).flatMap((other) => other.words);
    const known = await Promise.all([unit.search, unit.word, ...others].map((word) => hasWord(index, word)));
    if (!known.includes(true)) unknown.push(unit.word);
  }
  return unknown;
}

// Filters

function selectPlaces(table, chosen, except = null) {
  const allowed = new Uint8Array(table.pages).fill(1);
  for (const [id, values] of chosen) {
    if (id === except) continue;
    const any = new Uint8Array(table.pages);
    const filter = table.filters.find((entry) => entry.id === id);
    for (const value of filter?.values ?? []) if (values.includes(value.id)) for (const place of value.pages) any[place] = 1;
    for (let place = 0; place < allowed.length; place++) allowed[place] &= any[place];
  }
  return allowed;
}

/** For each value how many results choosing it as well would give. */
function countFacets(table, hits, chosen) {
  let found = null;
  if (hits) {
    found = new Uint8Array(table.pages);
    for (const hit of hits) found[table.places.get(hit.id)] = 1;
  }
  return table.filters.map((filter) => {
    const allowed = selectPlaces(table, chosen, filter.id);
    const values = filter.values.map((value) => {
      let number = 0;
      for (const place of value.pages) if (allowed[place] && (!found || found[place])) number += 1;
      return { id: value.id, name: value.name, count: number };
    });
    return { id: filter.id, name: filter.name, values };
  });
}

// What is shown of a result

async function presentListed(index, id, kinds) {
  const record = await index.record(id);
  return describe(record, kinds, [[record.description, false]], []);
}

function describe({ url, title, kind }, kinds, excerpt, sections) {
  return { url, title, kind, kindName: kinds[kind] ?? "", excerpt, sections };
}

async function present(index, hit, kinds) {
  const record = await index.record(hit.id);
  const parts = record.sections.map(({ anchor, heading, text }) => {
    const words = text.split(/\s+/).filter(Boolean);
    const found = words.map((word) => index.analyze(word).find((stem) => hit.words.has(stem)));
    const marks = [...found.keys()].filter((place) => found[place]);
    const named = new Set(index.analyze(heading).filter((stem) => hit.words.has(stem)));
    const score = new Set([...found.filter(Boolean), ...named]).size + named.size + (marks.length + named.size) / 100;
    return { anchor, heading, words, marks, score };
  });
  const sections = parts
    .filter((part) => part.anchor && part.score)
    .sort((a, b) => b.score - a.score)
    .slice(0, SECTIONS)
    .map((part) => ({
      id: part.anchor,
      title: part.heading,
      excerpt: cut(part.words, part.marks),
      answers: part.score > parts[0].score + 0.5,
    }));
  const best = [...parts].sort((a, b) => b.score - a.score)[0];
  const excerpt = best?.marks.length || !record.description ? cut(best?.words ?? [], best?.marks ?? []) : [[record.description, false]];
  return describe(record, kinds, excerpt, sections);
}

function stemOf(word) {
  return (fold(word)[0] ?? "").slice(0, 5);
}

/** The stretch of text with the most different marks in it, as [text, marked] pairs. */
function cut(words, places) {
  const first = 0;
  const last = words.length;
  let start = first;
  let most = 0;
  for (const place of places) {
    const inside = places.filter((other) => other >= place && other < place + EXCERPT - 6);
    const score = new Set(inside.map((other) => stemOf(words[other]))).size + inside.length / 50;
    if (score > most) {
      most = score;
      start = place;
    }
  }
  // A sentence that begins a little before is shown from its beginning.
  let begin = Math.max(first, start - 6);
  for (let place = start; place > Math.max(first, start - 12); place--) {
    if (/[.!?:]$/.test(words[place - 1])) {
      begin = place;
      break;
    }
  }
  const finish = Math.min(last, begin + EXCERPT);
  const marked = new Set(places);
  const pieces = [];
  const add = (text, mark) => {
    const before = pieces.at(-1);
    if (before && before[1] === mark) before[0] += ` ${text}`;
    else pieces.push([text, mark]);
  };
  for (let place = begin; place < finish; place++) add(words[place], marked.has(place));
  if (pieces.length && begin > first && !/[.!?:]$/.test(words[begin - 1])) pieces[0][0] = `… ${pieces[0][0]}`;
  if (pieces.length && finish < last) pieces.at(-1)[0] += " …";
  return pieces;
}
