// <gp-toc>: marks the part of the page that is being read, in the contents and on the line that opens them. A page has
// two of them, one for narrow screens and one for wide ones (partials/toc.html).

class GpToc extends HTMLElement {
  /** @type {?Element} */
  current = null;
  frame = 0;

  constructor() {
    super();
    this.mark = this.mark.bind(this);
    this.links = [...this.querySelectorAll("nav a")];
    this.now = this.querySelector(".gp-toc__now");
    this.parts = this.links.flatMap((link) => {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      return heading ? [{ link, name: link.textContent?.trim(), heading }] : [];
    });
    const box = this.querySelector("details");
    if (box) this.addEventListener("click", ({ target }) => target instanceof Element && target.closest("a") && (box.open = false));
  }

  connectedCallback() {
    if (!this.parts.length) return;
    for (const sign of ["scroll", "scrollend", "resize"]) addEventListener(sign, this, { passive: true });
    this.mark();
  }

  disconnectedCallback() {
    for (const sign of ["scroll", "scrollend", "resize"]) removeEventListener(sign, this);
  }

  /** However fast a reader scrolls, the parts are looked at once for each picture that is drawn. */
  handleEvent() {
    this.frame ||= requestAnimationFrame(this.mark);
  }

  mark() {
    this.frame = 0;
    // The one of the two that this screen does not show has nothing to mark.
    if (!this.getClientRects().length) return;
    // A heading counts as read from when it has passed the upper third of the window.
    const line = innerHeight / 3;
    const passed = this.parts.filter(({ heading }) => heading.getBoundingClientRect().top <= line);
    const current = passed.at(-1);
    if ((current?.link ?? null) === this.current) return;
    this.current = current?.link ?? null;
    for (const link of this.links) {
      if (link === this.current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (!this.now) return;
    // No other script for this alone: it would be one more file on every long page.
    const words = _("{number} of {of}").replace("{number}", String(passed.length)).replace("{of}", String(this.parts.length));
    this.now.textContent = current ? `${words}: ${current.name}` : "";
  }
}

customElements.define("gp-toc", GpToc);
