// <gp-when start="2026-04-14T13:00Z" end="2026-04-14T14:30Z" zone="Europe/London" until="2026-04-14">: when an event takes
// place. Says the same at the reader's own time where that is another, and that a planned day has passed though nobody
// has built the site since. Without the script the time of the place stands there, with its distance from UTC.

import { fill } from "./words.js";

/** @type {Intl.DateTimeFormatOptions} */
const FORM = { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

class GpWhen extends HTMLElement {
  connectedCallback() {
    if (this.querySelector(".gp-when__own")) return;
    // Days are counted as the build counts them.
    const until = this.getAttribute("until");
    if (until && until < new Date().toISOString().slice(0, 10)) this.say(_("This day has passed."));
    else if (this.hasAttribute("start")) this.sayOwnTime();
  }

  sayOwnTime() {
    const [start, end] = ["start", "end"].map((name) => new Date(this.getAttribute(name) ?? NaN));
    // Pages in English are in British English, of which a browser knows nothing.
    const lang = document.documentElement.lang.replace(/^en$/, "en-GB");
    const own = new Intl.DateTimeFormat(lang, FORM);
    let there = "";
    try {
      there = new Intl.DateTimeFormat(lang, { ...FORM, timeZone: this.getAttribute("zone") ?? "" }).format(start);
    } catch {
      // A zone that this browser does not know yet: the reader's own time is said in any case.
    }
    if (there === own.format(start)) return;
    const time = Number.isNaN(end.getTime()) ? own.format(start) : own.formatRange(start, end);
    this.say(fill(_("At your own time ({zone}): {time}"), { zone: own.resolvedOptions().timeZone, time }));
  }

  /** @param {string} words */
  say(words) {
    const said = document.createElement("span");
    said.className = "gp-when__own";
    said.textContent = words;
    this.append(" ", said);
  }
}

customElements.define("gp-when", GpWhen);
