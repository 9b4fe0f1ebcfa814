// What is shown of a result: the sections that answer, and of each the stretch of text with the most words of the question,
// which are found in the text itself.

/**
 * @typedef {[string, boolean]} Piece A text, and whether it is marked.
 * @typedef {import("./search-index.js").SearchText} SearchText
 * @typedef {{id: string, title: string, excerpt: Piece[], answers: boolean}} ShownSection
 * @typedef {{url: string, title: string, kind: string, excerpt: Piece[], sections: ShownSection[]}} Shown
 * @typedef {(word: string) => boolean} Marker Tells whether a word of a text was asked for.
 */

/** Words of an excerpt. */
const LENGTH = 26;
const SECTIONS = 3;
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’ʼ\u2010-][\p{L}\p{N}\p{M}]+)*/gu;

/**
 * A result as it is shown.
 *
 * @param {SearchText} record
 * @param {?string[]} texts Texts of its further sections, if they are shown.
 * @param {{stems: Set<string>, slots: number[], answers: boolean}} hit `slots`: sections that have words of the question, the
 *   best first. `answers`: whether the first of them says more than the beginning of the page.
 * @param {(text: string) => string[]} analyze Gives the words of a text as the index has them.
 * @returns {Shown}
 */
export function present(record, texts, { stems, slots, answers }, analyze) {
  const mark = makeMarker(stems, analyze);
  const sections = slots
    .filter((slot) => record.sections[slot - 1]?.anchor)
    .slice(0, SECTIONS)
    .map((slot) => {
      const { anchor, heading } = record.sections[slot - 1];
      return { id: anchor, title: heading, excerpt: texts ? cut(texts[slot - 2], mark) : [], answers: answers && slot === slots[0] };
    });
  const { description, beginning } = record;
  const excerpt = [cut(description, mark), cut(beginning, mark)].find((pieces) => pieces.some(([, marked]) => marked));
  return { ...describe(record), excerpt: excerpt ?? cut(description || beginning, mark), sections };
}

/**
 * A result that was found by filters alone.
 *
 * @param {SearchText} record
 * @returns {Shown}
 */
export function describe({ url, title, kind, description }) {
  return { url, title, kind, excerpt: description ? [[description, false]] : [], sections: [] };
}

/**
 * Most words can be told by their first letter: taking a word apart is slow.
 *
 * @param {Set<string>} stems
 * @param {(text: string) => string[]} analyze
 * @returns {Marker}
 */
function makeMarker(stems, analyze) {
  const first = new Set([...stems].map((stem) => stem[0]));
  /** @type {Map<string, boolean>} */
  const known = new Map();
  return (word) => {
    const letter = word[0].toLowerCase();
    if (letter < "\x80" && !first.has(letter) && !word.includes("-")) return false;
    const marked = known.get(word) ?? analyze(word).some((stem) => stems.has(stem));
    known.set(word, marked);
    return marked;
  };
}

/**
 * The stretch of a text with the most different marks in it.
 *
 * @param {string} text
 * @param {Marker} mark
 * @returns {Piece[]}
 */
function cut(text, mark) {
  const words = [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ start: index, end: index + word.length, marked: mark(word) && word.toLowerCase().slice(0, 5) }));
  if (!words.length) return [];
  /** @param {number} place */
  const isEnd = (place) => place < 0 || /[.!?:\n]/.test(text.slice(words[place].end, words[place + 1]?.start));
  let start = 0;
  let most = 0;
  for (const [place, { marked }] of words.entries()) {
    if (!marked) continue;
    const inside = words.slice(place, place + LENGTH - 6).filter((word) => word.marked);
    const score = new Set(inside.map((word) => word.marked)).size + inside.length / 50;
    if (score > most) {
      most = score;
      start = place;
    }
  }
  // A sentence that begins a little before is shown from its beginning.
  let begin = Math.max(0, start - 6);
  for (let place = start; place >= Math.max(0, start - 12); place--) {
    if (isEnd(place - 1)) {
      begin = place;
      break;
    }
  }
  const finish = Math.min(words.length, begin + LENGTH);
  /** @type {Piece[]} */
  const pieces = [];
  let at = begin ? words[begin].start : 0;
  /** @type {(end: number, marked: boolean) => void} */
  const add = (end, marked) => {
    if (end > at) pieces.push([text.slice(at, end).replace(/\s+/g, " "), marked]);
    at = Math.max(at, end);
  };
  for (const { start: first, end, marked } of words.slice(begin, finish)) {
    if (!marked) continue;
    // Words that were asked for and stand side by side are marked as one.
    const last = pieces.at(-1);
    if (last?.[1] && text.slice(at, first).trim() === "") last[0] += text.slice(at, end).replace(/\s+/g, " ");
    else {
      add(first, false);
      pieces.push([text.slice(first, end), true]);
    }
    at = end;
  }
  // The stop at the end of a sentence belongs to it.
  const end = words[finish - 1].end;
  add(finish < words.length ? end + text.slice(end, end + 3).search(/\s|$/) : text.length, false);
  if (begin && !isEnd(begin - 1)) pieces.unshift(["… ", false]);
  if (finish < words.length && !isEnd(finish - 1)) pieces.push([" …", false]);
  return pieces;
}
