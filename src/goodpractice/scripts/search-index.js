// Reads the index of the search: docs/reference/search-index.md says what stands where. The tests have a reader of their
// own and hold both together. What a question has to have is decided in search-engine.js.

import { divideElisions, fold, joinCompounds } from "./search-words.js";

const ROOT = new URL("../search/", import.meta.url).href;
const FORMAT = 2;
/** A beginning of a word is looked for in so many shards. */
const SHARDS = 2;
/** Words near another one begin with so many of its letters. */
const SHORTEST = 3;

/**
 * @typedef {[number, number]} Pair A slot, and how much a word says there.
 * @typedef {{word: string, df: number, pages: Map<number, Pair[]>}} Postings A word, how many pages have it, and its slots in
 *   each, by the number of the page.
 * @typedef {{id: number, score: number, slot: number}} Hit
 * @typedef {[string, string][]} Shards What each begins with, and its name.
 * @typedef {{format: number, pages: number, bits: number, scale: number, language: string, stemmer: string,
 *   languages: string[], sign: string, lists: [string, string | Shards][]}} Head
 */

/**
 * @typedef {Object} SearchText What a result shows of a page; slot 1 of its words is the first section, and so on.
 * @property {string} url
 * @property {string} kind
 * @property {string} title
 * @property {string} description
 * @property {string} facts
 * @property {string} beginning The text of the first section.
 * @property {{anchor: string, heading: string}[]} sections
 */

export class SearchIndex {
  #folder;
  #head;
  /** @type {(word: string) => string} */
  #stem = (word) => word;
  /** @type {Map<string, Promise<Shards>>} */
  #lists = new Map();
  /** @type {Map<string, Promise<Map<string, Uint8Array<ArrayBuffer>>>>} */
  #shards = new Map();
  /** @type {Map<number, Promise<SearchText>>} */
  #records = new Map();
  /** @type {Map<number, Promise<string[]>>} */
  #texts = new Map();

  /**
   * Fails when the files of the search are missing, or of another format.
   *
   * @param {string} language Code of a language that has a search of its own; any other stands for that of the site.
   * @param {Promise<Response>} [asked] Its first file, where somebody has asked for it already.
   */
  static async open(language = "", asked = fetchHead("")) {
    let head = await readHead(asked);
    const folder = head.languages.includes(language) ? `${language}/` : "";
    if (folder) head = await readHead(fetchHead(folder));
    return new SearchIndex(`${ROOT}${folder}`, head);
  }

  /**
   * @param {string} folder
   * @param {Head} head
   */
  constructor(folder, head) {
    if (head.format !== FORMAT) throw new Error(`${folder}: format ${head.format}`);
    this.#folder = folder;
    this.#head = head;
    /** Code of the language of its words. */
    this.language = head.language;
  }

  /** Load what every question asked with words needs. */
  async load() {
    if (this.#head.stemmer) this.#stem = (await import(`./stemmer-${this.#head.stemmer}.js`)).stem;
  }

  /** Number of things that can be found. */
  get size() {
    return this.#head.pages;
  }

  /**
   * A file besides the index; what it holds stands where it is written.
   *
   * @param {string} name
   * @returns {Promise<any>}
   */
  async json(name) {
    return (await this.#fetch(name)).json();
  }

  /** @param {string} name */
  async text(name) {
    return (await this.#fetch(name)).text();
  }

  /**
   * The stem of a folded word, as the index has it.
   *
   * @param {string} word
   */
  stem(word) {
    return this.#stem(word);
  }

  /**
   * The words of a text as the index has them; a compound whole and in parts.
   *
   * @param {string} text
   */
  analyze(text) {
    const plain = divideElisions(text, this.language);
    return [...fold(plain), ...joinCompounds(plain)].map((word) => this.#stem(word));
  }

  /**
   * Exactly this word, as the index has it.
   *
   * @param {string} word
   * @returns {Promise<?Postings>}
   */
  async lookup(word) {
    const [shard] = await this.#load(word, 1);
    const postings = shard?.get(word);
    return postings ? readPostings(word, postings) : null;
  }

  /**
   * Words that begin so, each as `lookup` gives it.
   *
   * @param {string} prefix
   */
  async beginning(prefix) {
    const shards = await this.#load(prefix, SHARDS);
    return shards.flatMap((shard) => [...shard].filter(([word]) => word.startsWith(prefix)).map(([word, postings]) => readPostings(word, postings)));
  }

  /**
   * Words that stand near a word in the index, among them those with a slip further on.
   *
   * @param {string} word
   */
  async near(word) {
    const shards = await Promise.all([word, word.slice(0, SHORTEST)].map((beginning) => this.#load(beginning, 1)));
    return [...new Set(shards.flat())].flatMap((shard) => [...shard.keys()]);
  }

  /**
   * Pages that have any of these words, the best first. A page is as good as its best section.
   *
   * @param {[Pick<Postings, "df" | "pages">, number][]} asked Words as `lookup` gives them, each with its weight.
   * @returns {Hit[]}
   */
  score(asked) {
    /** @type {Map<number, [number, Map<number, number>][]>} */
    const pages = new Map();
    for (const [found, weight] of asked) {
      const rarity = weight * Math.log(1 + (this.size - found.df + 0.5) / (found.df + 0.5));
      for (const [id, pairs] of found.pages) {
        const words = pages.get(id) ?? [];
        words.push([rarity, new Map(pairs)]);
        pages.set(id, words);
      }
    }
    /** @type {Hit[]} */
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
   * What a result shows of a page.
   *
   * @param {number} id
   */
  record(id) {
    return keep(this.#records, id, async () => {
      const record = await this.#read(`${id}.bin`, id);
      /** @type {[string, string][]} */
      const sections = record.sections;
      return { ...record, sections: sections.map(([anchor, heading]) => ({ anchor, heading })) };
    });
  }

  /**
   * The texts of the sections of a page that has more than one, the first left out.
   *
   * @param {number} id
   */
  texts(id) {
    return keep(this.#texts, id, () => this.#read(`${id}s.bin`, id));
  }

  /**
   * @param {string} name
   * @param {number} id
   */
  async #read(name, id) {
    const answer = await this.#fetch(`texts/${this.#head.bits}/${name}`);
    const numbers = new Numbers(new Uint8Array(await answer.arrayBuffer()));
    const found = numbers.read();
    if (found !== id) throw new Error(`${this.#folder}: ${found} in the place of ${id}`);
    return JSON.parse(new TextDecoder().decode(await inflate(numbers.bytes.subarray(numbers.at))));
  }

  /**
   * The shard in which a word stands, if it stands anywhere, and those behind it whose words all begin so: words with their
   * postings as they are stored.
   *
   * @param {string} prefix
   * @param {number} most So many shards.
   */
  async #load(prefix, most) {
    const names = await this.#find(prefix, most);
    return Promise.all(names.map((name) => keep(this.#shards, name, async () => {
      const answer = await fetchFile(`${this.#folder}shards/${name}.bin`);
      return readShard(await inflate(await answer.arrayBuffer()));
    })));
  }

  /**
   * @param {string} prefix
   * @param {number} most
   */
  async #find(prefix, most) {
    /** @type {string[]} */
    const names = [];
    const { lists } = this.#head;
    const first = place(lists, prefix);
    for (let at = first; at < lists.length && (at === first || lists[at][0].startsWith(prefix)); at++) {
      const shards = await this.#list(lists[at][1]);
      for (const [start, name] of at === first ? shards.slice(place(shards, prefix)) : shards) {
        if (names.length === most || (names.length && !start.startsWith(prefix))) return names;
        names.push(name);
      }
    }
    return names;
  }

  /**
   * A list of shards, which stands in `index.json` where there is but one.
   *
   * @param {string | Shards} listed
   */
  async #list(listed) {
    if (typeof listed !== "string") return listed;
    return keep(this.#lists, listed, async () => (await fetchFile(`${this.#folder}lists/${listed}.json`)).json());
  }

  /** @param {string} name */
  #fetch(name) {
    return fetchFile(`${this.#folder}${name}?${this.#head.sign}`);
  }
}

/**
 * The part in which a word stands, if it stands anywhere: the last one that does not begin behind it.
 *
 * @param {[string, unknown][]} parts In their order, each after its start.
 * @param {string} word
 */
function place(parts, word) {
  let low = 0;
  let high = parts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (compare(parts[middle][0], word) <= 0) low = middle;
    else high = middle;
  }
  return low;
}

/** @param {BlobPart} data */
async function inflate(data) {
  const unpacked = new Response(new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw")));
  return new Uint8Array(await unpacked.arrayBuffer());
}

/**
 * Texts in the order of the numbers of their letters, which is that of the index.
 *
 * @param {string} a
 * @param {string} b
 */
function compare(a, b) {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return (a.codePointAt(at) ?? -1) - (b.codePointAt(at) ?? -1);
}

/** Reads numbers of seven bits a byte, the lowest first. */
class Numbers {
  at = 0;

  /** @param {Uint8Array<ArrayBuffer>} bytes */
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

  /** @param {number} length */
  take(length) {
    this.at += length;
    if (this.at > this.bytes.length) throw new Error("The search index is cut off.");
    return this.bytes.subarray(this.at - length, this.at);
  }
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function readShard(bytes) {
  const decoder = new TextDecoder();
  const numbers = new Numbers(bytes);
  /** @type {Map<string, Uint8Array<ArrayBuffer>>} */
  const words = new Map();
  while (numbers.at < bytes.length) {
    const word = decoder.decode(numbers.take(numbers.read()));
    words.set(word, numbers.take(numbers.read()));
  }
  return words;
}

/**
 * The pages of a word: their number, steps from one to the next, then their slots, then the impacts.
 *
 * @param {string} word
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Postings}
 */
function readPostings(word, bytes) {
  const numbers = new Numbers(bytes);
  const df = numbers.read();
  /** @type {Postings["pages"]} */
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

/**
 * Places from their short form, as `encode_places` in facets.py writes them.
 *
 * @param {(number | number[])[]} steps
 */
export function decodePlaces(steps) {
  /** @type {number[]} */
  const places = [];
  let last = 0;
  for (const step of steps) {
    if (Array.isArray(step)) for (let i = 0; i < step[0]; i++) places.push((last += 1));
    else places.push((last += step));
  }
  return places;
}

/**
 * What was loaded; what did not load is asked for again.
 *
 * @template K, V
 * @param {Map<K, Promise<V>>} map
 * @param {K} key
 * @param {() => Promise<V>} make
 */
function keep(map, key, make) {
  const known = map.get(key);
  if (known) return known;
  const made = make();
  map.set(key, made);
  made.catch(() => map.delete(key));
  return made;
}

/**
 * The first file is asked for anew each time: it names the shards, and its sign stands in the addresses of all other files,
 * so that they may be kept for ever. `search-worker.js` asks in the same way.
 *
 * @param {string} folder
 */
const fetchHead = (folder) => fetch(`${ROOT}${folder}index.json`, { cache: "no-cache" });

/**
 * @param {Promise<Response>} asked
 * @returns {Promise<Head>}
 */
const readHead = async (asked) => (await check(asked)).json();

/** @param {string} address */
const fetchFile = (address) => check(fetch(address));

/** @param {Promise<Response>} asked */
async function check(asked) {
  const answer = await asked;
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return answer;
}
