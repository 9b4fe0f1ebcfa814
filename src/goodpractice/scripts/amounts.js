// Amounts as people write them, as `read_amount` in kinds/parts.py reads them; in hundredths, so that sums are exact.

const AMOUNT = /^(\D*?)(\d{1,3}(?:[, \u00a0\u202f'\u2019]\d{3})+|\d+)(?:[.,](\d{1,2}))?\D*$/;
const MINUS = /^\W*[-\u2212]\W*$/;

/**
 * The number in a text in hundredths: 0 in one without digits, NaN where nobody can tell.
 *
 * @param {string} text
 */
export function readAmount(text) {
  if (!/\d/.test(text)) return 0;
  const found = AMOUNT.exec(text);
  if (!found) return NaN;
  const [, before, whole, part = ""] = found;
  const amount = Number(whole.replace(/\D/g, "") + part.padEnd(2, "0"));
  return MINUS.test(before) ? -amount : amount;
}

/**
 * Hundredths as an amount, with decimals where it is not whole.
 *
 * @param {number} hundredths
 * @param {string} language
 */
export function writeAmount(hundredths, language) {
  return (hundredths / 100).toLocaleString(language, { minimumFractionDigits: hundredths % 100 ? 2 : 0 });
}
