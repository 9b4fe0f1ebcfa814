// <gp-sheet>: a sheet that is filled in. What is typed is kept on the device, under the address of the page; it can be
// cleared, printed, saved as a file and opened again from one. Nothing is sent. Without the script the page is a form on
// paper.

import { fill, join } from "./words.js";

/** What a saved file says of itself. */
const FORMAT = "goodpractice-sheet";
/** No sheet that somebody filled in by hand is longer, in characters. */
const MOST = 1e6;
/** As `read_amount` in kinds/parts.py. */
const AMOUNT = /^(?<before>\D*?)(?<whole>\d{1,3}(?:[, \u00a0\u202f'\u2019]\d{3})+|\d+)(?:[.,](?<part>\d{1,2}))?\D*$/;

/** The number in a text in hundredths, nothing in one without digits, NaN where nobody can tell. */
function readAmount(text) {
  if (!/\d/.test(text)) return 0;
  const found = AMOUNT.exec(text);
  if (!found) return NaN;
  const { before, whole, part = "" } = found.groups;
  const amount = Number(whole.replace(/\D/g, "") + part.padEnd(2, "0"));
  return /^\W*[-\u2212]\W*$/.test(before) ? -amount : amount;
}

function writeAmount(hundredths) {
  const minimumFractionDigits = hundredths % 100 ? 2 : 0;
  return (hundredths / 100).toLocaleString(document.documentElement.lang, { minimumFractionDigits });
}

class GpSheet extends HTMLElement {
  connectedCallback() {
    if (this.status) return;
    this.status = this.querySelector(".gp-sheet__status");
    this.key = `gp-sheet:${location.pathname}`;
    /** @type {NodeListOf<HTMLInputElement>} */
    this.entries = this.querySelectorAll("[name]");
    this.addEventListener("input", ({ target }) => /** @type {Element} */ (target).matches("[name]") && this.keep());
    this.addEventListener("click", ({ target }) => this.do(/** @type {Element} */ (target).closest("button")?.dataset.does));
    this.querySelector("input[type=file]").addEventListener("change", ({ target }) => this.open(target));
    addEventListener("storage", ({ key }) => key === this.key && this.show(this.load()));
    addEventListener("afterprint", () => document.documentElement.removeAttribute("data-gp-print"));
    this.show(this.load());
  }

  do(what) {
    if (what === "print") {
      document.documentElement.dataset.gpPrint = "sheet";
      print();
    } else if (what === "save") this.save();
    else if (what === "clear") this.replace({}, _("The sheet is empty again."));
    else if (what === "undo") this.replace(this.former, _("What was there is back."));
  }

  /** What stands in the sheet, by the names of its places: a text, or the list of what is ticked. */
  read() {
    const values = {};
    for (const entry of this.entries) {
      if (!["checkbox", "radio"].includes(entry.type)) {
        if (entry.value) values[entry.name] = entry.value;
      } else if (entry.checked) (values[entry.name] ??= []).push(entry.value);
    }
    return values;
  }

  show(values) {
    for (const entry of this.entries) {
      const value = Object.hasOwn(values, entry.name) ? values[entry.name] : "";
      if (["checkbox", "radio"].includes(entry.type)) entry.checked = Array.isArray(value) && value.includes(entry.value);
      else entry.value = typeof value === "string" ? value : "";
    }
    this.follow();
  }

  /** Fields as high as their texts, and the sums of the columns. */
  follow() {
    for (const entry of this.entries) if (entry.type === "textarea") entry.parentElement.dataset.value = entry.value;
    for (const table of this.querySelectorAll("table")) this.sum(table);
  }

  sum(table) {
    const unread = [];
    let together = 0;
    for (const output of table.tFoot?.querySelectorAll("output") ?? []) {
      const { cellIndex } = output.closest("td");
      /** @type {HTMLInputElement[]} */
      const column = [...table.tBodies[0].rows].map((row) => row.cells[cellIndex].querySelector("[name]"));
      let sum = 0;
      for (const entry of column) {
        const amount = readAmount(entry.value);
        if (Number.isNaN(amount)) unread.push(entry.value);
        else sum += amount;
        if (Number.isNaN(amount)) entry.setAttribute("aria-invalid", "true");
        else entry.removeAttribute("aria-invalid");
      }
      output.value = column.some((entry) => entry.value) ? writeAmount(sum) : "";
      together += sum;
    }
    const whole = table.parentElement.querySelector(".gp-sheet__together output");
    if (whole) whole.value = together ? writeAmount(together) : "";
    const said = table.parentElement.querySelector(".gp-sheet__unread");
    if (said) said.textContent = unread.length ? fill(_("Not a number, and left out of the sum: {values}."), { values: join(unread) }) : "";
  }

  load() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? {};
    } catch {
      return {};
    }
  }

  keep() {
    this.follow();
    const values = this.read();
    try {
      if (Object.keys(values).length) localStorage.setItem(this.key, JSON.stringify(values));
      else localStorage.removeItem(this.key);
    } catch {
      this.say(_("This browser keeps nothing: save the sheet as a file before you leave the page."));
    }
  }

  /** Put other values in the place of all that is there, which can be taken back once. */
  replace(values, said) {
    this.former = this.read();
    this.show(values);
    this.say(said);
    this.keep();
    if (!Object.keys(this.former).length) return;
    const undo = document.createElement("button");
    Object.assign(undo, { type: "button", className: "gp-sheet__button", textContent: _("Undo") });
    undo.dataset.does = "undo";
    this.status.append(" ", undo);
  }

  say(text) {
    // The button that was pressed may go: the reader stays at the tools.
    if (this.status.contains(document.activeElement)) this.querySelector(".gp-sheet__button").focus();
    this.status.textContent = text;
  }

  save() {
    const { sheet } = this.dataset;
    const text = `${JSON.stringify({ format: FORMAT, sheet, values: this.read() }, null, 2)}\n`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = `${sheet}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    this.say(fill(_("Saved as {file}. Whoever has the file can open it on this page."), { file: link.download }));
  }

  async open(input) {
    const [file] = input.files;
    if (!file) return;
    let found;
    try {
      found = file.size < MOST ? JSON.parse(await file.text()) : null;
    } catch {
      found = null;
    }
    input.value = "";
    if (found?.format !== FORMAT || typeof found.values !== "object" || !found.values) {
      this.say(fill(_("{file} is no saved sheet. Nothing was changed."), { file: file.name }));
    } else if (found.sheet !== this.dataset.sheet) {
      this.say(fill(_("{file} belongs to another sheet. Nothing was changed."), { file: file.name }));
    } else this.replace(found.values, fill(_("{file} is open."), { file: file.name }));
  }
}

customElements.define("gp-sheet", GpSheet);
