// Slips of the pen: which word may have been meant by one that no page has. Loaded when a question has such a word.
//
// A word of the language is no slip, whether or not a page has it: nobody who asks about a "nice" room means nine. The
// lists of English words (words/licence.txt) hold stems, a file for each first letter.

/** @typedef {Pick<import("./search-index.js").SearchIndex, "language" | "stem" | "near">} SearchIndex */

const LISTS = new URL("../words/", import.meta.url).href;
/** Shorter words are left alone: almost any slip turns them into another word. */
const SHORTEST = 4;
/** With these, what the index has of an English word is most often a word again. */
const ENDINGS = ["e", "ate", "ation", "ion", "ity", "ality", "al", "ment", "ness"];
/** @type {Map<string, Promise<Set<string>>>} */
const lists = new Map();

/**
 * The word that was most likely meant by one that no page has, or null.
 *
 * @param {string} word The folded word.
 * @param {SearchIndex} index
 * @param {string[]} names Folded words of titles and names, the most used first.
 */
export async function correct(word, index, names) {
  if (word.length < SHORTEST || /\d/.test(word)) return null;
  if (index.language.startsWith("en") && (await isEnglish(index.stem(word)))) return null;
  const named = findClosest(word, names);
  if (named) return named;
  return findInPages(word, index);
}

/**
 * A word of the pages is known by its stem only: it is written with the ending that the slip has.
 *
 * @param {string} word
 * @param {SearchIndex} index
 */
async function findInPages(word, index) {
  let best = null;
  let least = slipsIn(word) + 1;
  for (const stem of await index.near(word)) {
    if (stem.length < SHORTEST || stem.endsWith("=")) continue;
    for (const end of [stem.length - 1, stem.length, stem.length + 1]) {
      if (end > word.length || end < SHORTEST - 1) continue;
      const limit = Math.min(least, slipsIn(stem) + 1);
      const elsewhere = stem[0] === word[0] ? 0 : 0.5;
      if (editDistance(word.slice(0, end), stem, limit) + elsewhere >= limit) continue;
      for (const whole of [stem + word.slice(end), stem.replace(/i$/, "y"), ...ENDINGS.map((ending) => stem + ending)]) {
        // Of an ending that falls away, each letter is a slip like others.
        const slips = index.stem(whole) === stem ? editDistance(word, whole, limit) + elsewhere : limit;
        if (slips >= Math.min(least, limit)) continue;
        least = slips;
        best = whole;
      }
    }
  }
  return best;
}

/**
 * So many slips are looked for in a word.
 *
 * @param {string} word
 */
function slipsIn(word) {
  return word.length < 6 ? 1 : 2;
}

/** @param {string} stem */
async function isEnglish(stem) {
  const letter = stem[0];
  if (!/[a-z]/.test(letter)) return false;
  const list = lists.get(letter) ?? readList(letter);
  lists.set(letter, list);
  try {
    return (await list).has(stem);
  } catch {
    lists.delete(letter);
    // Where nobody can say whether a word is one, it is left as it was written.
    return true;
  }
}

/** @param {string} letter */
async function readList(letter) {
  const answer = await fetch(`${LISTS}${letter}.txt`);
  if (!answer.ok) throw new Error(answer.url);
  const words = new Set();
  let word = "";
  for (const line of (await answer.text()).split("\n")) {
    if (line) words.add((word = word.slice(0, parseInt(line[0], 16)) + line.slice(1)));
  }
  return words;
}

/**
 * @param {string} word
 * @param {string[]} words
 */
function findClosest(word, words) {
  const most = slipsIn(word);
  let best = null;
  let least = most + 1;
  for (const candidate of words) {
    if (Math.abs(candidate.length - word.length) > most) continue;
    const distance = editDistance(word, candidate, least) + (candidate[0] === word[0] ? 0 : 0.5);
    // The list begins with the most used words, so the first of equals wins.
    if (distance <= most && distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/**
 * Letters to add, leave out, replace or swap with a neighbour; `limit` when it is not less.
 *
 * @param {string} a
 * @param {string} b
 * @param {number} limit
 */
function editDistance(a, b, limit) {
  /** @type {number[]} */
  let beforeLast = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
    }
    if (Math.min(...row) >= limit) return limit;
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}
