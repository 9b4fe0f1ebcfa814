// <gp-comfort>: colours, text size, spacing and line length, kept on the device (settings.js applies them).
// Not shown until this runs, because without a script nothing could be kept.

class GpComfort extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    if (!form || this.dataset.ready !== undefined) return;
    this.dataset.ready = "";
    this.show(form);
    form.addEventListener("change", ({ target }) => window.gpSettings.choose(target.name, target.value));
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("storage", () => this.show(form));
    addEventListener("pageshow", () => this.show(form));
  }

  show(form) {
    const choices = window.gpSettings.read();
    for (const input of form.elements) if (input.type === "radio") input.checked = input.value === (choices[input.name] ?? "");
  }
}

customElements.define("gp-comfort", GpComfort);
