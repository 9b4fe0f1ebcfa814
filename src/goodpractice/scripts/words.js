// Puts values and numbers into words. The words of every script are set in when the site is built, in the language of the
// pages that load it: `_("…")` and `_n("…", "…")` never run (render/scripts.py).

/**
 * Which of the texts is said for a number; the rule of the language stands here when the site is built.
 *
 * @param {number} n
 */
const form = (n) => +(n !== 1);

/**
 * Words with values in the place of names in braces.
 *
 * @param {string} words
 * @param {Record<string, string | number>} values
 */
export function fill(words, values) {
  return fillIn(words, values).join("");
}

/**
 * The same with elements among the values: pieces to append.
 *
 * @template V
 * @param {string} words
 * @param {Record<string, V>} values
 * @returns {(string | V)[]}
 */
export function fillIn(words, values) {
  return words.split(/\{([a-z_]+)\}/).map((piece, at) => (at % 2 ? values[piece] : piece));
}

/**
 * Words that differ with a number; `{number}` is the number, unless the values say how to write it.
 *
 * @param {string[]} texts
 * @param {number} number
 * @param {Record<string, string | number>} values
 */
export function count(texts, number, values = {}) {
  return fill(texts[Math.min(form(number), texts.length - 1)], { number, ...values });
}

/**
 * A list in words: `a, b and c`.
 *
 * @param {string[]} words
 */
export function join(words, last = _("and")) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
