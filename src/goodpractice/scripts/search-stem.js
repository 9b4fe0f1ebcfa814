// English words without their endings, as Pagefind writes them into the index: Snowball 3.0's English stemmer (Porter 2).
// The rules are those of english.sbl of the Snowball project (BSD licence). A test holds every word of the site against
// the index that Pagefind makes of it.

const VOWEL = "[aeiouy]";
const PLAIN = "[^aeiouy]";
/** Words that no rule fits. */
const WHOLE = { skis: "ski", skies: "sky", idly: "idl", gently: "gentl", ugly: "ugli", early: "earli", only: "onli", singly: "singl" };
const KEPT = new Set(["andes", "atlas", "bias", "cosmos", "howe", "news", "sky"]);
const BEGINNING = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)/;
const REGION = new RegExp(`${VOWEL}${PLAIN}`);
/** A short syllable at the end. */
const SHORT = new RegExp(`(?:${PLAIN}${VOWEL}[^aeiouywxY]|^${VOWEL}${PLAIN}|past)$`);
const UNDOUBLED = /(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/;

const SECOND = [
  ["ational", "ate"],
  ["fulness", "ful"],
  ["iveness", "ive"],
  ["ization", "ize"],
  ["ousness", "ous"],
  ["biliti", "ble"],
  ["lessli", "less"],
  ["tional", "tion"],
  ["alism", "al"],
  ["aliti", "al"],
  ["ation", "ate"],
  ["entli", "ent"],
  ["fulli", "ful"],
  ["iviti", "ive"],
  ["ogist", "og"],
  ["ousli", "ous"],
  ["abli", "able"],
  ["alli", "al"],
  ["anci", "ance"],
  ["ator", "ate"],
  ["enci", "ence"],
  ["izer", "ize"],
  ["bli", "ble"],
  ["ogi", "og", /l$/],
  ["li", "", /[cdeghkmnrt]$/],
];
const THIRD = [
  ["ational", "ate"],
  ["tional", "tion"],
  ["alize", "al"],
  ["ative", "", null, 2],
  ["icate", "ic"],
  ["iciti", "ic"],
  ["ical", "ic"],
  ["ness", ""],
  ["ful", ""],
];
const FOURTH = "ement able ance ence ible ment ant ate ent ion ism iti ive ize ous al er ic"
  .split(" ")
  .map((ending) => [ending, "", ending === "ion" ? /[st]$/ : null, 2]);

/** Where the part begins that endings may be taken from: after the first consonant that follows a vowel. */
function findRegion(word, from) {
  const found = REGION.exec(word.slice(from));
  return found ? from + found.index + 2 : word.length;
}

/** The longest ending that fits decides, whether or not it may be replaced. */
function replace(word, rules, regions) {
  for (const [ending, by, after, region = 1] of rules) {
    if (!word.endsWith(ending)) continue;
    const rest = word.slice(0, -ending.length);
    return rest.length >= regions[region] && (!after || after.test(rest)) ? rest + by : word;
  }
  return word;
}

function dropPlural(word) {
  if (word.endsWith("sses")) return word.slice(0, -2);
  if (/ie[ds]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
  if (/(?:us|ss)$/.test(word)) return word;
  return new RegExp(`${VOWEL}.+s$`).test(word) ? word.slice(0, -1) : word;
}

function dropPast(word, regions) {
  const eed = /eed(?:ly)?$/.exec(word);
  if (eed) {
    if (eed.index < regions[1] || /^(?:succ|proc|exc)$/.test(word.slice(0, eed.index))) return word;
    return `${word.slice(0, eed.index)}ee`;
  }
  const found = /(?:ingly|edly|ing|ed)$/.exec(word);
  if (!found) return word;
  const rest = word.slice(0, found.index);
  if (found[0] === "ing") {
    if (new RegExp(`^${PLAIN}y$`).test(rest)) return `${rest.slice(0, -1)}ie`;
    if (/^(?:even|cann|inn|earr|herr|out)$/.test(rest)) return word;
  }
  if (!new RegExp(VOWEL).test(rest)) return word;
  if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`;
  if (UNDOUBLED.test(rest)) return /^[aeo]..$/.test(rest) ? rest : rest.slice(0, -1);
  return rest.length === regions[1] && SHORT.test(rest) ? `${rest}e` : rest;
}

/** The stem of a word in lower case without accents and apostrophes. */
export function stem(word) {
  if (Object.hasOwn(WHOLE, word)) return WHOLE[word];
  if (word.length < 3 || KEPT.has(word)) return word;
  // A y at the beginning or after a vowel is a consonant, written Y.
  let text = word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
  const first = BEGINNING.exec(text)?.[0].length ?? findRegion(text, 0);
  const regions = [0, first, findRegion(text, first)];
  text = dropPast(dropPlural(text), regions);
  text = text.replace(new RegExp(`(.${PLAIN})[yY]$`), "$1i");
  for (const rules of [SECOND, THIRD, FOURTH]) text = replace(text, rules, regions);
  const rest = text.slice(0, -1);
  if (text.endsWith("e") && (rest.length >= regions[2] || (rest.length >= regions[1] && !SHORT.test(rest)))) text = rest;
  else if (text.endsWith("ll") && rest.length >= regions[2]) text = rest;
  return text.replaceAll("Y", "y");
}
