// Rows that people add to the tables of a sheet. What stands in them is kept under the number of its row, as in those
// that are there from the beginning.

import { part } from "./elements.js";
import { fill } from "./words.js";

/** No table that somebody fills in by hand has so many rows; a file that was made up may name any number. */
const MOST = 100;
const ADDED = "data-added";

/**
 * The tables of a sheet that take more rows.
 *
 * @param {Element} sheet
 * @returns {HTMLTableElement[]}
 */
export function findTables(sheet) {
  return [...sheet.querySelectorAll("table")].filter((table) => table.parentElement?.querySelector('[data-does="add"]'));
}

/**
 * Give a table as many rows as are wanted: at least those of the beginning, and those in which something stands.
 *
 * @param {HTMLTableElement} table
 * @param {number} wanted
 * @param {string[]} [names] Names of places in which something stands; without any, no row is taken away.
 */
export function addRows(table, wanted, names) {
  const body = table.tBodies[0];
  const [about] = part(body.rows[body.rows.length - 1], "[name]", HTMLElement).getAttribute("name")?.split("/") ?? [];
  if (names) {
    for (const row of body.querySelectorAll(`[${ADDED}]`)) row.remove();
    for (const name of names) {
      const [where, number] = name.split("/");
      if (where === about && /^\d+$/.test(number)) wanted = Math.max(wanted, Number(number));
    }
  }
  while (body.rows.length < Math.min(wanted, MOST)) body.append(copyRow(body.rows[body.rows.length - 1], body.rows.length + 1));
}

/**
 * An empty row like another, under its own number.
 *
 * @param {HTMLTableRowElement} like
 * @param {number} number
 */
function copyRow(like, number) {
  const row = /** @type {HTMLTableRowElement} */ (like.cloneNode(true));
  row.setAttribute(ADDED, "");
  for (const example of row.querySelectorAll(".gp-sheet__example")) example.remove();
  for (const entry of /** @type {NodeListOf<HTMLInputElement>} */ (row.querySelectorAll("[name]"))) {
    entry.name = entry.name.replace(/^([^/]*)\/\d+\//, `$1/${number}/`);
    if (entry.type === "checkbox") entry.checked = false;
    else entry.value = "";
    entry.removeAttribute("aria-invalid");
    const label = row.querySelector(`[for="${entry.id}"]`);
    entry.id = entry.id.replace(/--\d+--(\d+)$/, `--${number}--$1`);
    label?.setAttribute("for", entry.id);
    const hidden = label?.querySelector("span");
    if (hidden) hidden.textContent = `: ${fill(_("row {number}"), { number })}`;
  }
  return row;
}
