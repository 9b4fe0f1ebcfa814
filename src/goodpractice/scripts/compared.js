// What is compared, without a page: the case studies that an address names, and the facts of their pages as rows.

import { count, fill } from "./words.js";

/**
 * @typedef {Map<string, {name: string, box: HTMLElement}>} Facts What each fact is called and what it says, by its role.
 * @typedef {{id: string, title: string}} Named
 * @typedef {{id: string, title: string, href: string, summary: string, facts: Record<string, Facts>, near: Named[]}} Case
 * @typedef {{name: string, values: (string | HTMLElement | null)[]}} Row What a fact is called, and what each case study says.
 * @typedef {{title: string, rows: Row[]}} Group
 */

export const MOST = 3;
/** Case studies that are offered beside those on the page. */
const OFFERED = 4;
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/**
 * Parts of the page of a case study by their roles, which it carries in `data-facts` and `data-part`.
 *
 * @type {Record<string, string>}
 */
export const GROUPS = { glance: _("At a glance"), power: _("Power and money"), practical: _("How it was done"), told: _("What they learned") };
/**
 * Rows that are shown even if no source says anything: the silence is part of the comparison.
 *
 * @type {Record<string, Record<string, string>>}
 */
export const ALWAYS = {
  power: { "who-decided": _("Who decided"), "who-held-the-money": _("Who held the money"), "who-was-paid": _("Who was paid"), money: _("Money") },
  told: { learned: _("What was learned"), stumbled: _("What did not work") },
};

/**
 * The case studies that an address names; what is no id is left out.
 *
 * @param {string} search
 */
export function readIds(search) {
  const given = (new URLSearchParams(search).get("c") ?? "").split(",").filter((id) => ID.test(id));
  return [...new Set(given)].slice(0, MOST);
}

/**
 * The same for an address. Commas stay as they are: people read it, too.
 *
 * @param {string[]} ids
 */
export const printIds = (ids) => `c=${ids.join(",")}`;

/**
 * The rows of the comparison, by group; a group without rows is left out.
 *
 * @param {Case[]} cases
 * @returns {Group[]}
 */
export function listGroups(cases) {
  const groups = Object.entries(GROUPS).map(([group, title]) => {
    const names = new Map(Object.entries(ALWAYS[group] ?? {}));
    for (const { facts } of cases) for (const [role, { name }] of facts[group]) if (!names.has(role)) names.set(role, name);
    return { title, rows: [...names].map(([role, name]) => ({ name, values: cases.map(({ facts }) => facts[group].get(role)?.box ?? null) })) };
  });
  const short = { title: "", rows: [{ name: _("In short"), values: cases.map(({ summary }) => summary) }] };
  return [short, ...groups.filter(({ rows }) => rows.length)];
}

/**
 * Case studies that the pages of those compared lead to, each once; none where no more can be compared.
 *
 * @param {Case[]} cases
 * @param {string[]} ids Those that were asked for, also where their page was not found.
 * @returns {Named[]}
 */
export function listNear(cases, ids) {
  const near = new Map(cases.flatMap((entry) => entry.near).filter(({ id }) => !ids.includes(id)).map(({ id, title }) => [id, title]));
  return ids.length < MOST ? [...near].slice(0, OFFERED).map(([id, title]) => ({ id, title })) : [];
}

/**
 * What is shown, and what is not.
 *
 * @param {number} shown
 * @param {string[]} lost Ids without a page.
 */
export function sayShown(shown, lost) {
  const said = [];
  if (shown) said.push(count(_n("One case study is shown. Add another to compare.", "{number} case studies side by side."), shown));
  if (lost.length) said.push(fill(_("Not found: {names}."), { names: lost.join(", ") }));
  return said.join(" ");
}
