// Text analysis: from a text to the words of the index, as search/analysis.py does it. Tests hold both together.

const UNWRITTEN = /['’‘‛ʼʻʹ′\x60´＇׳\xad\u200b-\u200d\u2060\ufeff]/g;
/**
 * Letters that keep their stroke or ligature when accents are taken away, and what people type instead.
 *
 * @type {Record<string, string>}
 */
export const LETTERS = {
  æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ı: "i", ß: "ss", þ: "th",
  ŋ: "n", ŧ: "t", ĸ: "k", ɓ: "b", ɗ: "d", ƙ: "k", ƴ: "y", ς: "σ",
};
const OTHER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
/** Accents, and the points of Hebrew and Arabic. In other scripts marks are vowels, and stay. */
const ACCENTS =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+/g;
const LETTER = "(?:[\\p{L}\\p{N}]|(?=[\\u0700-\\u1cff\\ua800-\\uabff])\\p{M})";
const WORDS = new RegExp(`${LETTER}+`, "gu");
const COMPOUNDS = new RegExp(`${LETTER}+(?:[-\\u2010]${LETTER}+)+`, "gu");
/** Scripts written without spaces: Thai, Lao, Myanmar, Khmer, kana and Han. */
const SPACELESS =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]+/gu;
const ELIDING = ["ca", "fr", "ga", "it"];
const ELISION = /(?<=[\p{L}\p{N}_])['’ʼ](?=[\p{L}\p{N}_])/gu;

/** @param {string} text */
function foldLetters(text) {
  const plain = text.replace(UNWRITTEN, "").normalize("NFKD").replace(ACCENTS, "").toLowerCase();
  return plain.replace(OTHER, (letter) => LETTERS[letter]).replace(ACCENTS, "").normalize("NFC");
}

/**
 * A word as it is searched: of scripts that leave no space between words, every two letters that stand together.
 *
 * @param {string} word
 */
function divide(word) {
  const parts = [];
  let end = 0;
  for (const run of word.matchAll(SPACELESS)) {
    parts.push(word.slice(end, run.index));
    end = run.index + run[0].length;
    const letters = [...run[0]];
    for (let at = 0; at < Math.max(1, letters.length - 1); at++) parts.push(letters.slice(at, at + 2).join(""));
  }
  parts.push(word.slice(end));
  return parts.filter(Boolean);
}

/**
 * The folded words of a text, in order: without case, accents, apostrophes and punctuation; of a compound, its parts.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function fold(text) {
  /** @type {string[]} */
  const found = foldLetters(text).match(WORDS) ?? [];
  return found.flatMap(divide);
}

/**
 * The compounds of a text, each as one folded word: `co-design` is `codesign`, too.
 *
 * @param {string} text
 */
export function joinCompounds(text) {
  /** @type {string[]} */
  const found = foldLetters(text).match(COMPOUNDS) ?? [];
  const joined = found.map((compound) => compound.replace(/[-\u2010]/g, ""));
  return joined.filter((word) => !/^\p{Nd}+$/u.test(word) && word.search(SPACELESS) < 0);
}

/**
 * The text with its elided articles apart, in a language that joins them to words: `l'eau` is found by `eau`, too.
 *
 * @param {string} text
 * @param {string} language
 */
export function divideElisions(text, language) {
  return ELIDING.includes(language.split("-")[0]) ? text.replace(ELISION, "-") : text;
}
