// <gp-photo until="2028-03-31">: a photo with the last day on which it may be shown. After it, the photo goes from the
// page, though nobody has built the site since; its place stays as it was. Without the script the photo stays, too.

class GpPhoto extends HTMLElement {
  connectedCallback() {
    // Days are counted as the build counts them.
    if ((this.getAttribute("until") ?? "") >= new Date().toISOString().slice(0, 10)) return;
    const photo = this.querySelector("img");
    if (!photo) return;
    const [width, height] = ["width", "height"].map((name) => Number(photo.getAttribute(name)));
    const caption = this.querySelector("figcaption");
    if (caption) caption.style.minHeight = `${caption.offsetHeight}px`;
    caption?.replaceChildren();
    const place = document.createElement("span");
    place.className = "gp-photo__image gp-photo__image--gone";
    place.style.width = `${width}px`;
    place.style.aspectRatio = `${width} / ${height}`;
    place.textContent = _("This photo is not shown any more.");
    photo.replaceWith(place);
  }
}

customElements.define("gp-photo", GpPhoto);
