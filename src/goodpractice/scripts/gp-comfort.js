// <gp-comfort>: colours, text size, spacing and line length, kept on the device (settings.js applies them).
// Not shown until this runs, because without a script nothing could be kept.

/**
 * What can be chosen, and what it is called; nothing is how the site looks by itself.
 *
 * @type {Record<string, [string, Record<string, string>]>}
 */
const CHOICES = {
  scheme: [_("Colours"), { "": _("As this device"), default: _("Light"), slate: _("Dark") }],
  size: [_("Text"), { "": _("Normal"), large: _("Large"), larger: _("Larger"), largest: _("Largest") }],
  spacing: [_("Space"), { "": _("Normal"), wide: _("More"), wider: _("Most") }],
  width: [_("Lines"), { short: _("Short"), "": _("Normal"), long: _("Long") }],
};

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {string} part
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
function make(tag, part, ...children) {
  const element = document.createElement(tag);
  if (part) element.className = `gp-comfort__${part}`;
  element.append(...children);
  return element;
}

class GpComfort extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("form")) return;
    const form = make("form", "panel", ...Object.keys(CHOICES).map((name) => this.group(name)), make("p", "note", _("Kept on this device only.")));
    form.classList.add("gp-drop__panel");
    form.autocomplete = "off";
    this.querySelector("details")?.append(form);
    this.show();
    form.addEventListener("change", ({ target }) => target instanceof HTMLInputElement && window.gpSettings.choose(target.name, target.value));
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("storage", () => this.show());
    addEventListener("pageshow", () => this.show());
  }

  /** @param {string} name */
  group(name) {
    const [legend, values] = CHOICES[name];
    const choices = Object.entries(values).map(([value, words]) => {
      const input = make("input", "");
      Object.assign(input, { type: "radio", name, value });
      return make("label", "choice", input, make("span", "", words));
    });
    return make("fieldset", "group", make("legend", "legend", legend), ...choices);
  }

  show() {
    const choices = window.gpSettings.read();
    for (const input of this.querySelectorAll("input")) input.checked = input.value === (choices[input.name] ?? "");
  }
}

customElements.define("gp-comfort", GpComfort);
