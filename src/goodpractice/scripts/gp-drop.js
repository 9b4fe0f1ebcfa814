// <gp-drop>: a details element that hangs from the header. Escape closes it and returns to what opened it;
// so does a click elsewhere, or leaving it with the keyboard. Without the script it opens and closes like any other.

class GpDrop extends HTMLElement {
  connectedCallback() {
    this.box = this.querySelector("details");
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.box.open) return;
      event.stopPropagation();
      this.box.open = false;
      this.box.querySelector("summary").focus();
    });
    this.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !this.contains(/** @type {Node} */ (relatedTarget))) this.box.open = false;
    });
    document.addEventListener("click", ({ target }) => {
      if (this.box.open && !this.contains(/** @type {Node} */ (target))) this.box.open = false;
    });
  }
}

customElements.define("gp-drop", GpDrop);
