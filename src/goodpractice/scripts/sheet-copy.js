// A sheet as it is filled in, on the clipboard: with headings and tables for Word and LibreOffice, and as plain lines.

import { make } from "./elements.js";

/** What only a screen or a person who has not begun needs. */
const LEFT_OUT = ".gp-sheet__help, .gp-sheet__example, .gp-sheet__of, .gp-sheet__unread, .gp-visually-hidden, button, .gp-sheet__cell--none";

/**
 * @param {Element} sheet
 * @returns {Promise<void>} Refused where a browser lets no page write to the clipboard.
 */
export async function copySheet(sheet) {
  const title = document.querySelector("h1")?.textContent?.trim() ?? "";
  const copied = make("div", {}, make("h1", {}, title));
  for (const one of sheet.querySelectorAll(".gp-sheet__part")) copied.append(writePart(one));
  const plain = [...copied.querySelectorAll("h1, h2, h3, tr, p, li")].filter((block) => !block.parentElement?.closest("tr, li"));
  await navigator.clipboard.write([
    new ClipboardItem({
      "text/html": new Blob([copied.outerHTML], { type: "text/html" }),
      "text/plain": new Blob([`${plain.map(writeLine).join("\n")}\n`], { type: "text/plain" }),
    }),
  ]);
}

/** @param {Element} block */
function writeLine(block) {
  const cells = block instanceof HTMLTableRowElement ? [...block.cells] : [block];
  return cells.map((cell) => cell.textContent?.trim().replace(/\s+/g, " ")).join("\t");
}

/**
 * A part without its form: what was typed is text.
 *
 * @param {Element} original
 */
function writePart(original) {
  const copy = /** @type {Element} */ (original.cloneNode(true));
  for (const entry of /** @type {NodeListOf<HTMLInputElement>} */ (copy.querySelectorAll("[name]"))) {
    const isTick = ["checkbox", "radio"].includes(entry.type);
    // An answer begins a line of its own, and may hold several.
    const lines = entry.value.split("\n").flatMap((line) => [make("br"), "\n", line]);
    entry.replaceWith(isTick ? (entry.checked ? "\u2612" : "\u2610") : make("span", {}, ...lines.slice(2)));
  }
  for (const one of copy.querySelectorAll(LEFT_OUT)) one.remove();
  for (const asked of copy.querySelectorAll("legend, label.gp-sheet__ask, label.gp-sheet__who")) asked.replaceWith(make("p", {}, make("b", {}, asked.textContent)));
  for (const answer of copy.querySelectorAll(":is(.gp-sheet__grow, .gp-sheet__choice)")) if (!answer.closest("tr")) answer.replaceWith(make("p", {}, ...answer.childNodes));
  for (const one of copy.querySelectorAll("*")) for (const name of ["class", "id", "role", "for", "aria-describedby", "aria-labelledby"]) one.removeAttribute(name);
  for (const table of copy.querySelectorAll("table")) table.setAttribute("border", "1");
  return copy;
}
