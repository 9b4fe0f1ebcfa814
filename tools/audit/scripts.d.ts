// What the type checker cannot see in the scripts: words that the build puts in, and what our own pages hold.

/** A text in the language of the page. */
declare function _(text: string): string;
/** What is said for each form of a number, as `count` in words.js takes it. */
declare function _n(one: string, many: string): string[];

interface Window {
  /** Set by settings.js. */
  gpSettings: { read(): Record<string, string>; choose(name: string, value: string): void };
  /** Set by archive/files.js: a script of the site, and another file of it. */
  gpScript(run: (load: (path: string) => Promise<any>, address: string, fetch: (address: string | URL) => Promise<Response>) => Promise<any>): void;
  gpFile(text: string): void;
}

/** What our templates name by a class or an attribute is HTML. */
interface ParentNode {
  querySelector(selectors: `input${string}`): HTMLInputElement | null;
  querySelectorAll(selectors: `input${string}`): NodeListOf<HTMLInputElement>;
  querySelectorAll(selectors: `${string} a`): NodeListOf<HTMLAnchorElement>;
  querySelector<E extends HTMLElement = HTMLElement>(selectors: `${"." | "["}${string}`): E | null;
  querySelectorAll<E extends HTMLElement = HTMLElement>(selectors: `${"." | "["}${string}`): NodeListOf<E>;
}
