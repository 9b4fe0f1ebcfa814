// <gp-drop>: a details element that hangs from the header. Escape closes it and returns to what opened it;
// so does a click elsewhere, or leaving it with the keyboard. Without the script it opens and closes like any other.

class GpDrop extends HTMLElement {
  connectedCallback() {
    const box = this.querySelector("details");
    if (!box) return;
    /** @param {?EventTarget} target */
    const isInside = (target) => target instanceof Node && this.contains(target);
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !box.open) return;
      event.stopPropagation();
      box.open = false;
      box.querySelector("summary")?.focus();
    });
    this.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !isInside(relatedTarget)) box.open = false;
    });
    document.addEventListener("click", ({ target }) => {
      if (box.open && !isInside(target)) box.open = false;
    });
  }
}

customElements.define("gp-drop", GpDrop);
