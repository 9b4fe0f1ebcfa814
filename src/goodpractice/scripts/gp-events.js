// <gp-events>: the list of events. What has passed since the page was made moves from those that are coming to those
// that have passed. Without the script the page says as of which day it divides them.

class GpEvents extends HTMLElement {
  connectedCallback() {
    const [coming, passed] = ["coming", "passed"].map((name) => this.querySelector(`.gp-events__list--${name}`));
    const none = this.querySelector(".gp-events__none");
    if (!coming || !passed || !none) return;
    // Days are counted as the build counts them.
    const today = new Date().toISOString().slice(0, 10);
    for (const entry of coming.querySelectorAll("[data-until]")) {
      if (entry.dataset.until && entry.dataset.until < today) passed.prepend(entry);
    }
    none.hidden = coming.childElementCount > 0;
    this.querySelector(".gp-events__as-of")?.remove();
  }
}

customElements.define("gp-events", GpEvents);
