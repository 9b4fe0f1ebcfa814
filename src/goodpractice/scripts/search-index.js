// Reads the index of the search: docs/reference/search-index.md says what stands where. search/reader.py does the same, and
// tests hold both together. What a question has to have is decided in search-engine.js.

import { divideElisions, fold, joinCompounds } from "./search-words.js";

const ROOT = new URL("../search/", import.meta.url).href;
const FORMAT = 1;
/** A beginning of a word is looked for in so many shards. */
const SHARDS = 2;
/** Words near another one begin with so many of its letters. */
const SHORTEST = 3;

export class SearchIndex {
  #folder;
  #head;
  #starts;
  #stem = (word) => word;
  #shards = new Map();
  #texts = new Map();

  /**
   * Fails when the files of the search are missing, or of another format.
   *
   * @param {string} language Code of a language that has a search of its own; any other stands for that of the site.
   */
  static async open(language = "") {
    // Asked for anew each time: it names the shards, and its sign stands in the addresses of all other files, so that they
    // may be kept for ever.
    const open = async (folder) => (await fetchFile(`${ROOT}${folder}index.json`, { cache: "no-cache" })).json();
    let head = await open("");
    const folder = head.languages.includes(language) ? `${language}/` : "";
    if (folder) head = await open(folder);
    return new SearchIndex(`${ROOT}${folder}`, head);
  }

  constructor(folder, head) {
    if (head.format !== FORMAT) throw new Error(`${folder}: format ${head.format}`);
    this.#folder = folder;
    this.#head = head;
    this.#starts = head.shards.map(([start]) => start);
    /** Code of the language of its words. */
    this.language = head.language;
    this.english = head.language === "en";
  }

  /** Load what every question asked with words needs. */
  async load() {
    if (this.#head.stemmer) this.#stem = (await import(`./stemmer-${this.#head.stemmer}.js`)).stem;
  }

  /** Number of things that can be found. */
  get size() {
    return this.#head.pages;
  }

  async json(name) {
    return (await this.#fetch(name)).json();
  }

  async text(name) {
    return (await this.#fetch(name)).text();
  }

  /** The stem of a folded word, as the index has it. */
  stem(word) {
    return this.#stem(word);
  }

  /** The words of a text as the index has them; a compound whole and in parts. */
  analyze(text) {
    const plain = divideElisions(text, this.language);
    return [...fold(plain), ...joinCompounds(plain)].map((word) => this.#stem(word));
  }

  /**
   * Exactly this word, as the index has it.
   *
   * @returns {Promise<?{word: string, df: number, pages: Map<number, [number, number][]>}>} By number of the page, slots
   *   with the impact of the word there.
   */
  async lookup(word) {
    if (!this.#starts.length) return null;
    const postings = (await this.#load(this.#place(word))).get(word);
    return postings ? readPostings(word, postings) : null;
  }

  /** Words that begin so, each as `lookup` gives it. */
  async beginning(prefix) {
    if (!this.#starts.length) return [];
    const first = this.#place(prefix);
    const places = [first];
    for (let at = first + 1; at < first + SHARDS && this.#starts[at]?.startsWith(prefix); at++) places.push(at);
    const shards = await Promise.all(places.map((at) => this.#load(at)));
    return shards.flatMap((shard) => [...shard].filter(([word]) => word.startsWith(prefix)).map(([word, postings]) => readPostings(word, postings)));
  }

  /** Words that stand near a word in the index, among them those with a slip further on. */
  async near(word) {
    if (!this.#starts.length) return [];
    const places = new Set([this.#place(word), this.#place(word.slice(0, SHORTEST))]);
    const shards = await Promise.all([...places].map((at) => this.#load(at)));
    return shards.flatMap((shard) => [...shard.keys()]);
  }

  /**
   * Pages that have any of these words, the best first. A page is as good as its best section.
   *
   * @param {[{df: number, pages: Map}, number][]} asked Words as `lookup` gives them, each with its weight.
   * @returns {{id: number, score: number, slot: number}[]}
   */
  score(asked) {
    const pages = new Map();
    for (const [found, weight] of asked) {
      const rarity = weight * Math.log(1 + (this.size - found.df + 0.5) / (found.df + 0.5));
      for (const [id, pairs] of found.pages) keep(pages, id, () => []).push([rarity, new Map(pairs)]);
    }
    const hits = [];
    for (const [id, words] of pages) {
      const best = { id, score: -1, slot: 0 };
      const slots = [...new Set(words.flatMap(([, pairs]) => [...pairs.keys()]))].sort((a, b) => a - b);
      for (const slot of slots) {
        let score = 0;
        for (const [rarity, pairs] of words) score += rarity * (pairs.get(slot) ?? pairs.get(0) ?? 0);
        if (score > best.score) Object.assign(best, { score, slot });
      }
      hits.push({ ...best, score: best.score / this.#head.scale });
    }
    return hits.sort((a, b) => b.score - a.score || a.id - b.id);
  }

  /**
   * What a result shows of a page; slot 1 of its words is the first section, and so on.
   *
   * @returns {Promise<{url: string, kind: string, title: string, description: string, facts: string, beginning: string,
   *   sections: {anchor: string, heading: string}[]}>} `beginning`: the text of the first section.
   */
  record(id) {
    return keep(this.#texts, id, async () => {
      const record = await this.#read(`${id}.bin`, id);
      return { ...record, sections: record.sections.map(([anchor, heading]) => ({ anchor, heading })) };
    });
  }

  /** The texts of the sections of a page that has more than one, the first left out. */
  texts(id) {
    return keep(this.#texts, `${id}s`, () => this.#read(`${id}s.bin`, id));
  }

  async #read(name, id) {
    const answer = await this.#fetch(`texts/${this.#head.bits}/${name}`);
    const numbers = new Numbers(new Uint8Array(await answer.arrayBuffer()));
    const found = numbers.read();
    if (found !== id) throw new Error(`${this.#folder}: ${found} in the place of ${id}`);
    return JSON.parse(new TextDecoder().decode(await inflate(numbers.bytes.subarray(numbers.at))));
  }

  /** The shard in which a word stands, if it stands anywhere: the last one that does not begin behind it. */
  #place(word) {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (compare(this.#starts[middle], word) <= 0) low = middle;
      else high = middle;
    }
    return low;
  }

  /** The words of a shard, with their postings as they are stored. */
  #load(at) {
    return keep(this.#shards, at, async () => {
      const answer = await fetchFile(`${this.#folder}shards/${this.#head.shards[at][1]}.bin`);
      return readShard(await inflate(await answer.arrayBuffer()));
    });
  }

  #fetch(name) {
    return fetchFile(`${this.#folder}${name}?${this.#head.sign}`);
  }
}

async function inflate(data) {
  const unpacked = new Response(new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw")));
  return new Uint8Array(await unpacked.arrayBuffer());
}

/** Texts in the order of the numbers of their letters, which is that of the index. */
function compare(a, b) {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return (a.codePointAt(at) ?? -1) - (b.codePointAt(at) ?? -1);
}

/** Reads numbers of seven bits a byte, the lowest first. */
class Numbers {
  at = 0;

  constructor(bytes) {
    this.bytes = bytes;
  }

  read() {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      if (this.at >= this.bytes.length) throw new Error("The search index is cut off.");
      const byte = this.bytes[this.at++];
      value += (byte & 127) * unit;
      if (byte < 128) return value;
    }
  }

  take(length) {
    this.at += length;
    if (this.at > this.bytes.length) throw new Error("The search index is cut off.");
    return this.bytes.subarray(this.at - length, this.at);
  }
}

function readShard(bytes) {
  const decoder = new TextDecoder();
  const numbers = new Numbers(bytes);
  const words = new Map();
  while (numbers.at < bytes.length) {
    const word = decoder.decode(numbers.take(numbers.read()));
    words.set(word, numbers.take(numbers.read()));
  }
  return words;
}

/** The pages of a word: their number, steps from one to the next, then their slots, then the impacts. */
function readPostings(word, bytes) {
  const numbers = new Numbers(bytes);
  const df = numbers.read();
  const pages = new Map();
  let id = 0;
  for (let left = df; left; left--) pages.set((id += numbers.read()), []);
  for (const pairs of pages.values()) {
    let slot;
    do {
      slot = numbers.read();
      pairs.push([slot >> 1, 0]);
    } while (slot & 1);
  }
  for (const pairs of pages.values()) for (const pair of pairs) pair[1] = numbers.take(1)[0];
  return { word, df, pages };
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

/** What did not load is asked for again. */
function keep(map, key, make) {
  if (!map.has(key)) {
    const made = make();
    map.set(key, made);
    made.catch?.(() => map.delete(key));
  }
  return map.get(key);
}

async function fetchFile(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}
