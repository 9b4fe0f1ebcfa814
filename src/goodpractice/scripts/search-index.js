// Reads the index that Pagefind made and scores pages by it, as Pagefind's own program does (pagefind_web/src/search.rs,
// version 1.5, MIT licence): BM25 for words, more for words of titles. Pagefind's program is WebAssembly of 72 kB, more
// than all else together that a first search loads, and takes a time that grows with the square of the hits. A test holds
// both against each other on the same index.
//
// The index lies in parts, each of them an index of Pagefind for some of the pages, and each word is looked up in all.
//
// What is different: each word is looked up in its own piece of the index only, so the answer to a question does not
// depend on what was asked before; accents are no matter of rank, since the engine has folded them.

import { stem } from "./search-stem.js";

const ROOT = new URL("../search/", import.meta.url).href;
const RANKING = { pageLength: 0.3, termFrequency: 0.8, termSaturation: 1.6, termSimilarity: 4 };
const FIELDS = { title: 3, description: 1.5 };
const PLAIN_WEIGHT = 25;
const SIGNATURE = 12;
/** A beginning of a word may be found in so many pieces of the index. */
const PIECES = 2;
/** The shortest word that stands for a longer one that no page has. */
const SHORTEST = 3;

export class SearchIndex {
  #folder;
  #parts;
  #lengths;
  #average;
  #texts = new Map();

  /**
   * Load what every search needs. Fails when the files of the search are missing.
   *
   * @param {string} language Code of a language that has a search of its own; any other stands for that of the site.
   */
  static async open(language = "") {
    // Asked for anew each time: it names the folder of the newest index, whose files may then be kept for ever.
    const { folder, parts, languages } = await (await fetchFile(`${ROOT}current.json`, { cache: "no-cache" })).json();
    const other = Object.hasOwn(languages, language);
    return new SearchIndex(`${ROOT}${folder}/${other ? `${language}/` : ""}`, other ? languages[language] : parts, !other);
  }

  constructor(folder, parts, english) {
    this.#folder = folder;
    let first = 0;
    this.#parts = parts.map(([name, size]) => {
      const part = new Part(`${ROOT}${name}/`, first);
      first += size;
      return part;
    });
    /** Whether words lose their endings before they are looked up. */
    this.english = english;
  }

  /** Load what every question asked with words needs. */
  async load() {
    const { lengths, from, fields } = await this.json("index.json");
    this.#lengths = lengths;
    this.#average = lengths.reduce((sum, length) => sum + length, 0) / (lengths.length || 1);
    for (const [place, part] of this.#parts.entries()) Object.assign(part, { from: from[place], fields: fields[place] });
  }

  /** Number of things that can be found. */
  get size() {
    return this.#lengths.length;
  }

  async json(name) {
    return (await fetchFile(this.#folder + name)).json();
  }

  async text(name) {
    return (await fetchFile(this.#folder + name)).text();
  }

  /** What a result or a card shows: title, address and content, by number. */
  record(number) {
    return keep(this.#texts, number, async () => {
      const part = this.#parts.findLast(({ first }) => first <= number);
      const fragment = JSON.parse(new TextDecoder().decode(await part.text(number)));
      fragment.words = fragment.content.replaceAll("\u200B", "").split(/\s+/);
      return fragment;
    });
  }

  /**
   * Every page that has all words of a question, the best first. A word that no page has is passed over in silence.
   *
   * @param {string} question Folded words with spaces between.
   * @returns {Promise<{id: number, score: number, words: number[]}[]>} `words`: places of the words found, ascending.
   */
  async search(question) {
    const found = await Promise.all(question.split(" ").filter(Boolean).map((word) => this.#find(this.english ? stem(word) : word)));
    const terms = found.filter(({ pages }) => pages.size);
    if (!terms.length) return [];
    const [fewest, ...others] = [...terms].sort((a, b) => a.pages.size - b.pages.size);
    const results = [];
    for (const id of fewest.pages.keys()) {
      if (others.every(({ pages }) => pages.has(id))) results.push(this.#score(id, terms));
    }
    return results.sort((a, b) => b.score - a.score || a.id - b.id);
  }

  /** The stem of a word, as the index has it. */
  stem(word) {
    return this.english ? stem(word) : word;
  }

  /** Whether a page has a word, or one that differs in its ending only. A search is content with any word that begins alike. */
  async has(word) {
    const asked = stem(word);
    const shared = word.slice(0, Math.max(4, word.length - 3));
    return (await this.#find(asked)).words.some((found) => found === asked || found.startsWith(shared));
  }

  /** Stems that stand near a word in the index, among them those with a slip further on. */
  async near(word) {
    const asked = stem(word);
    const pieces = await this.#load((part) => [part.place(asked), part.place(asked.slice(0, SHORTEST))]);
    return [...new Set(pieces.flat().flatMap((piece) => [...piece.keys()]))];
  }

  /** What the index says of a stem and of the words that begin with it. */
  async #find(asked) {
    const own = (await this.#load((part) => [part.place(asked)])).flat();
    const known = own.some((piece) => piece.has(asked));
    // Longer words stand behind a shorter one. Those of further pieces matter while a word is still being written.
    const pieces = known ? own : (await this.#load((part) => part.listPlaces(asked))).flat();
    let words = pieces.flatMap((piece) => [...piece].filter(([word]) => word.startsWith(asked)));
    if (!words.length) {
      const rest = [];
      for (let length = asked.length - 1; length >= SHORTEST; length--) rest.push(asked.slice(0, length));
      const shorter = (await this.#load((part) => rest.map((word) => part.place(word)))).flat();
      const found = rest.find((word) => shorter.some((piece) => piece.has(word)));
      words = found ? shorter.filter((piece) => piece.has(found)).map((piece) => [found, piece.get(found)]) : [];
    }
    const pages = new Map();
    for (const [word, entries] of words) {
      const bonus = similarity(Math.abs(word.length - asked.length) + 1);
      for (const { page, locations, meta } of entries) keep(pages, page, () => []).push({ word, bonus, locations, meta });
    }
    const number = pages.size;
    const rarity = Math.log((this.size - number + 0.5) / (number + 0.5) + 1);
    return { pages, words: [...new Set(words.map(([word]) => word))], rarity };
  }

  /** Pieces of each part: those that stand at the places that it names. */
  #load(list) {
    return Promise.all(this.#parts.map((part) => part.load(list(part))));
  }

  #score(id, terms) {
    // Parts of a compound word stand in one place, and each part counts for all that were asked for.
    const places = new Map();
    const fields = new Map();
    const bonuses = new Map();
    let asked = 0;
    for (const [number, term] of terms.entries()) {
      asked += term.rarity;
      for (const { word, bonus, locations, meta } of term.pages.get(id)) {
        if (!bonuses.has(word)) bonuses.set(word, { bonus, rarity: term.rarity });
        for (let at = 0; at < locations.length; at += 2) {
          const here = keep(places, locations[at], () => new Map());
          if (!here.has(number)) here.set(number, { word, weight: locations[at + 1] });
        }
        for (const field of meta) keep(fields, field, () => new Map()).set(word, term.rarity);
      }
    }
    const sums = new Map();
    for (const here of places.values()) {
      let least = Infinity;
      for (const { weight } of here.values()) least = Math.min(least, weight);
      const weight = Math.min(255, here.size > 1 ? least * here.size : least);
      for (const { word } of here.values()) sums.set(word, (sums.get(word) ?? 0) + weight);
    }
    let score = 0;
    for (const [word, sum] of sums) score += this.#scoreWord(id, sum / 24, bonuses.get(word));
    for (const [field, words] of fields) {
      let matched = 0;
      for (const rarity of words.values()) matched += rarity;
      if (asked) score += (FIELDS[field] ?? 1) * matched * (matched / asked) ** 2;
    }
    return { id, score, words: [...places.keys()].sort((a, b) => a - b) };
  }

  #scoreWord(id, frequency, { bonus, rarity }) {
    const { pageLength, termFrequency, termSaturation } = RANKING;
    const weighted = frequency * bonus;
    const length = 1 - pageLength + (pageLength * this.#lengths[id]) / this.#average;
    const share = ((termSaturation + 1) * weighted) / (termSaturation * length + weighted);
    const plain = Math.min(termSaturation + 1, weighted / (this.#average / 5));
    return rarity * ((1 - termFrequency) * plain + termFrequency * share);
  }
}

/** A part of the index: some of the pages, in a folder of its own. */
class Part {
  #folder;
  #pieces = new Map();

  constructor(folder, first) {
    this.#folder = folder;
    this.first = first;
    /** The beginning of the first word of each piece. */
    this.from = [];
    /** Names of the fields that weigh more than the text. */
    this.fields = [];
  }

  /** What a page says, packed as Pagefind packs it. */
  text(number) {
    return this.#unpack(`fragment/${number - this.first}.pf_fragment`);
  }

  /** The piece in which a word stands, if it stands anywhere: each begins with the beginning of its first word. */
  place(word) {
    let low = 0;
    let high = this.from.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.from[middle] <= word) low = middle;
      else high = middle;
    }
    return low;
  }

  /** The pieces in which words stand that begin with a word, as many as are looked at. */
  listPlaces(word) {
    const places = [this.place(word)];
    while (places.length < PIECES && this.from[places.at(-1) + 1]?.startsWith(word)) places.push(places.at(-1) + 1);
    return places;
  }

  /** For each word of each piece its pages; a piece that is named twice is given once. */
  load(places) {
    return Promise.all([...new Set(places)].map((place) => keep(this.#pieces, place, () => this.#read(place))));
  }

  async #read(place) {
    const piece = readPiece(await this.#unpack(`index/${place}.pf_index`));
    for (const entries of piece.values()) {
      for (const entry of entries) {
        entry.page += this.first;
        entry.meta = entry.meta.map((field) => this.fields[field]);
      }
    }
    return piece;
  }

  async #unpack(name) {
    const answer = await fetchFile(this.#folder + name);
    const packed = new Response(answer.body.pipeThrough(new DecompressionStream("gzip")));
    return new Uint8Array(await packed.arrayBuffer()).subarray(SIGNATURE);
  }
}

/** How much a word counts that is longer or shorter than the one asked for. */
function similarity(difference) {
  return Math.exp(RANKING.termSimilarity * (Math.exp(-(difference ** 2) / 8) - 1));
}

/** Places from their short form, as `decode_places` in facets.py reads them. */
export function decodePlaces(steps) {
  const places = [];
  for (const step of steps) {
    if (Array.isArray(step)) for (let i = 0; i < step[0]; i++) places.push(places.at(-1) + 1);
    else places.push(places.length ? places.at(-1) + step : step);
  }
  return places;
}

function keep(map, key, make) {
  if (!map.has(key)) map.set(key, make());
  return map.get(key);
}

async function fetchFile(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

/** A piece of the index: for each word its pages, with places and weights in turn, and fields that have the word. */
function readPiece(bytes) {
  let at = 0;
  const decoder = new TextDecoder();
  // CBOR, of which Pagefind uses numbers, texts and lists of known length.
  const read = () => {
    const first = bytes[at++];
    let value = first & 31;
    if (value > 23) {
      const size = 1 << (value - 24);
      value = 0;
      for (let i = 0; i < size; i++) value = value * 256 + bytes[at++];
    }
    return first >> 5 === 1 ? -1 - value : value;
  };
  const readText = () => {
    const length = read();
    at += length;
    return decoder.decode(bytes.subarray(at - length, at));
  };
  const readPages = (entries) => {
    let page = 0;
    for (let number = read(); number > 0; number--) {
      const parts = read();
      page += read();
      const locations = [];
      let weight = PLAIN_WEIGHT;
      let location = 0;
      for (let count = read(); count > 0; count--) {
        const value = read();
        if (value < 0) {
          weight = Math.min(255, -value - 1);
          location = 0;
        } else {
          location += value;
          locations.push(location, weight);
        }
      }
      const meta = [];
      if (parts > 2) {
        let field = 0;
        for (let count = read(); count > 0; count--) {
          const value = read();
          if (value < 0) field = -value - 1;
          else if (!meta.includes(field)) meta.push(field);
        }
      }
      entries.push({ page, locations, meta });
    }
  };
  const words = new Map();
  read();
  for (let number = read(); number > 0; number--) {
    const parts = read();
    const word = readText();
    const entries = [];
    readPages(entries);
    // The same word with its accents.
    if (parts > 2) {
      for (let forms = read(); forms > 0; forms--) {
        read();
        readText();
        readPages(entries);
      }
    }
    words.set(word, entries);
  }
  return words;
}
