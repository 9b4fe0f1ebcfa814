// What a reader filtered, as CSV. The records are cut out of the published files, so that columns and cells are the same
// there and here: see /data/. Loaded when somebody asks for it.

import { saveFile } from "./saving.js";
import { count, fill, join } from "./words.js";

/** Letters by their numbers. */
const LINE_END = 10;
const QUOTE = 34;
const FOLDER = new URL("../../data/", import.meta.url);

/**
 * A CSV file with its first line and some of its records, each as it stands in the file.
 *
 * @param {string} text
 * @param {Set<string>} ids
 */
export function chooseRecords(text, ids) {
  let chosen = "";
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charCodeAt(at);
    if (letter === QUOTE) quoted = !quoted;
    if (letter !== LINE_END || quoted) continue;
    // The id comes first, and needs no quotation marks.
    if (!start || ids.has(text.slice(start, text.indexOf(",", start)))) chosen += text.slice(start, at + 1);
    start = at + 1;
  }
  return chosen;
}

/**
 * The id of a record, by the address of its page or of its place on a list.
 *
 * @param {string} url
 */
export function findId(url) {
  const [path, anchor] = url.split("#");
  return anchor ?? path.split("/").at(-2) ?? "";
}

/**
 * Save the records at some addresses as a file.
 *
 * @param {string} name Name of the published file, without its ending.
 * @param {string[]} urls
 */
async function saveRecords(name, urls) {
  const answer = await fetch(new URL(`${name}.csv`, FOLDER));
  if (!answer.ok) throw new Error(`${answer.status}: ${answer.url}`);
  // Reading a text takes the mark off by which spreadsheets know its letters.
  const text = chooseRecords(await answer.text(), new Set(urls.map(findId)));
  saveFile(`${name}.csv`, ["\ufeff", text], "text/csv");
}

/**
 * Save results, a file for each kind, since each has its own columns.
 *
 * @param {{kind: string, url: string}[]} results
 * @param {string} files Which file holds which kind, as `partner=partners term=glossary`.
 * @returns {Promise<string>} What was saved, in a sentence.
 */
export async function saveResults(results, files) {
  const saved = [];
  let left = results.length;
  for (const [kind, name] of files.split(" ").map((file) => file.split("="))) {
    const urls = results.filter((result) => result.kind === kind).map((result) => result.url);
    if (!urls.length) continue;
    await saveRecords(name, urls);
    saved.push(fill(_("{name}.csv with {number}"), { name, number: urls.length }));
    left -= urls.length;
  }
  if (!saved.length) return _("None of these results is a record with a file of its own.");
  const told = fill(_("Saved: {files}."), { files: join(saved) });
  const others = count(_n("{number} result is a page of text and in no file.", "{number} results are pages of text and in no file."), left);
  return left ? `${told} ${others}` : told;
}
