// What the type checker cannot see in the service worker: what the build puts in.

/** The language of the site. */
declare const LANGUAGE: string;
/** A text in the language of the site. */
declare function _(text: string): string;
