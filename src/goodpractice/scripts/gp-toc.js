// <gp-toc>: marks the part of the page that is being read, in the contents and on the line that opens them.

class GpToc extends HTMLElement {
  connectedCallback() {
    this.lists = [...this.querySelectorAll("nav")].map((nav) => [...nav.querySelectorAll("a")]);
    this.now = this.querySelector(".gp-toc__now");
    this.parts = (this.lists[0] ?? [])
      .map((link, number) => ({ number, name: link.textContent.trim(), heading: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
      .filter((part) => part.heading);
    const box = this.querySelector("details");
    this.addEventListener("click", ({ target }) => target.closest("a") && (box.open = false));
    if (!this.parts.length) return;
    // A heading counts as read from when it has passed the upper third of the window.
    this.watch = new IntersectionObserver(() => this.mark(), { rootMargin: "0px 0px -66% 0px", threshold: [0, 1] });
    for (const { heading } of this.parts) this.watch.observe(heading);
    this.mark();
  }

  disconnectedCallback() {
    this.watch?.disconnect();
  }

  mark() {
    const line = innerHeight / 3;
    const passed = this.parts.filter(({ heading }) => heading.getBoundingClientRect().top <= line);
    const current = passed.at(-1);
    if (current === this.current) return;
    this.current = current;
    for (const links of this.lists) {
      links.forEach((link, number) => {
        if (number === current?.number) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
    }
    const place = { number: passed.length, of: this.parts.length };
    // No other script for this alone: it would be one more file on every long page.
    const words = _("{number} of {of}").replace(/\{([a-z]+)\}/g, (found, name) => place[name]);
    this.now.textContent = current ? `${words}: ${current.name}` : "";
  }
}

customElements.define("gp-toc", GpToc);
