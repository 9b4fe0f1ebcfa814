// Finds sections that say the same as a question in other words, by static word vectors: numbers for English words,
// made once from a language model and shipped with the package (goodpractice/search/meaning says how). No model runs
// here, and no server. `table.py` and `sections.py` write what is read here.

const DIMENSIONS = 128;
const SHARDS = 1024;
/** A question says something by its words together: one word alone is a matter of the index. */
const FEWEST = 2;

/**
 * The vector of a question.
 *
 * @param {string[]} words Folded words.
 * @param {(shard: number) => Promise<Uint8Array>} load Gives a file of the word table.
 * @returns {Promise<?Float64Array>} `null` when fewer than two different words are known that say something.
 */
export async function measureQuestion(words, load) {
  const asked = words.filter((word) => /^[a-z]+$/.test(word));
  const shards = await Promise.all(asked.map((word) => load(findShard(word))));
  const sum = new Float64Array(DIMENSIONS);
  const telling = new Set();
  for (const [place, word] of asked.entries()) {
    const entry = findWord(shards[place], word);
    if (!entry) continue;
    if (entry.weight > TELLING) telling.add(word);
    for (let number = 0; number < DIMENSIONS; number++) sum[number] += entry.weight * entry.vector[number];
  }
  return telling.size < FEWEST ? null : sum;
}

/** Words of a lesser weight, such as "the" and "with", say nothing on their own. */
const TELLING = 25;

/** FNV-1a of 32 bits, of which the lowest ten count. */
export function findShard(word) {
  let value = 0x811c9dc5;
  for (const letter of word) value = Math.imul(value ^ letter.charCodeAt(0), 0x01000193);
  return (value >>> 0) % SHARDS;
}

function findWord(shard, word) {
  for (let at = 0; at < shard.length; ) {
    const first = at + 1;
    const end = first + shard[at];
    if (shard[at] === word.length && String.fromCharCode(...shard.subarray(first, end)) === word) {
      return { weight: shard[end], vector: new Int8Array(shard.buffer, shard.byteOffset + end + 1, DIMENSIONS) };
    }
    at = end + 1 + DIMENSIONS;
  }
  return null;
}

/**
 * Order sections by how close they are in meaning.
 *
 * @param {Float64Array} question
 * @param {{page: number, slot: number, vector: Uint8Array}[]} sections As `unpackSections` gives them.
 * @returns {{page: number, slot: number, closeness: number}[]} The closest section of each page, the closest page first.
 */
export function rankSections(question, sections) {
  const length = Math.hypot(...question) || 1;
  const best = new Map();
  for (const { page, slot, vector } of sections) {
    let product = 0;
    let square = 0;
    for (let place = 0; place < vector.length; place++) {
      const low = (vector[place] & 15) - 8;
      const high = (vector[place] >> 4) - 8;
      product += low * question[2 * place] + high * question[2 * place + 1];
      square += low * low + high * high;
    }
    const closeness = product / (Math.sqrt(square) || 1) / length;
    if (!(closeness <= best.get(page)?.closeness)) best.set(page, { page, slot, closeness });
  }
  return [...best.values()].sort((a, b) => b.closeness - a.closeness || a.page - b.page);
}
