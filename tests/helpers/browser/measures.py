"""Questions asked of a page as it stands, each a function of JavaScript that lists what is wrong."""

from __future__ import annotations

#: The sides of everything visible that sticks out of a screen, except inside boxes that scroll by themselves.
STICKS_OUT = """() => {
  const width = document.documentElement.clientWidth, found = [];
  const whole = document.documentElement.scrollWidth;
  if (whole > width) found.push(`the page is ${whole} px wide`);
  const scrolls = e => e && e !== document.body && e !== document.documentElement &&
    (["auto", "scroll"].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  for (const e of document.querySelectorAll("main article *, .gp-footer *")) {
    const box = e.getBoundingClientRect();
    if (box.width > 1 && box.height > 1 && (box.right > width + 1 || box.left < -1) && !scrolls(e.parentElement))
      found.push(`${e.localName}.${e.className.baseVal ?? e.className} reaches from ${Math.round(box.left)} to ` +
        `${Math.round(box.right)} px`);
  }
  return found;
}"""

#: Lists whose numbers or dots hang in the margin of what they stand in, where a box around them may cut them.
HANGING_MARKERS = """() => [...document.querySelectorAll("main article li")].filter(e => {
  const {display, listStyleType, listStylePosition, fontSize} = getComputedStyle(e);
  const room = e.getBoundingClientRect().left - e.parentElement.parentElement.getBoundingClientRect().left;
  return display === "list-item" && listStyleType !== "none" && listStylePosition === "outside" &&
    e.checkVisibility() && room < parseFloat(fontSize);
}).map(e => `the marker of "${e.textContent.trim().slice(0, 40)}" hangs in the margin`)"""

#: Words that are cut off by a box around them, or that leave their own box because its height does not grow.
CUT_OFF = """() => {
  const found = [], styles = new Map();
  const style = e => styles.get(e) ?? styles.set(e, getComputedStyle(e)).get(e);
  const isFor = (e, text) => `"${text.trim().slice(0, 40)}" in ${e.tagName.toLowerCase()}.${e.className}`;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || !parent.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    // What the line of contents shortens is the heading of the part that is being read.
    if (parent.closest("svg, script, style, option, .gp-skip, .gp-toc__open")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter(box => box.width > 1 && box.height > 1);
    if (!boxes.length) continue;
    const top = Math.min(...boxes.map(b => b.top)), bottom = Math.max(...boxes.map(b => b.bottom));
    const left = Math.min(...boxes.map(b => b.left)), right = Math.max(...boxes.map(b => b.right));
    // Letters may reach a little above and below their line.
    const spare = parseFloat(style(parent).fontSize) * 0.3 + 1;
    const around = [];
    for (let e = parent; e !== document.body; e = e.parentElement) around.push(e);
    const isHidden = e => style(e).clipPath.startsWith("inset(50%");
    if (around.some(isHidden)) continue;
    const block = around.find(e => !["inline", "contents"].includes(style(e).display));
    const own = block?.getBoundingClientRect();
    if (own && (bottom > own.bottom + spare || top < own.top - spare))
      found.push(`${isFor(block, node.data)} leaves its box`);
    for (const e of around) {
      const {overflowX, overflowY} = style(e), box = e.getBoundingClientRect();
      const cuts = value => value === "hidden" || value === "clip";
      if ((cuts(overflowX) && (right > box.right + 2 || left < box.left - 2)) ||
          (cuts(overflowY) && (bottom > box.bottom + spare || top < box.top - spare)))
        found.push(`${isFor(e, node.data)} is cut off`);
    }
  }
  return [...new Set(found)];
}"""

#: The spacing that WCAG 2.2 (1.4.12) asks pages to bear. The site's policy allows no style element.
SPACE_TEXT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* {
    line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
  } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
SPACE_TEXT_NO_MORE = "() => { document.adoptedStyleSheets = []; }"

#: Targets below 24 by 24 pixels that stand too near another one (WCAG 2.2, 2.5.8). A link within a sentence may be
#: as high as its line; a box to tick includes its label.
SMALL_TARGETS = """within => {
  const targets = [];
  const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  for (const e of document.querySelector(within ?? "body").querySelectorAll(kinds)) {
    if (!e.checkVisibility({visibilityProperty: true, opacityProperty: e.localName !== "input"})) continue;
    let parts = [e, ...(e.labels ?? [])].map(part => part.getBoundingClientRect());
    // The whole card is the target of its link.
    if (getComputedStyle(e, "::after").position === "absolute" && getComputedStyle(e, "::after").inset === "0px")
      parts.push(e.offsetParent?.getBoundingClientRect() ?? parts[0]);
    parts = parts.filter(box => box.width > 0 && box.height > 0);
    if (!parts.length) continue;
    const box = {
      left: Math.min(...parts.map(b => b.left)), right: Math.max(...parts.map(b => b.right)),
      top: Math.min(...parts.map(b => b.top)), bottom: Math.max(...parts.map(b => b.bottom)),
    };
    if (box.right <= 0 || box.bottom + scrollY <= 0) continue;
    const words = e.parentElement.textContent.replace(e.textContent, "").trim();
    const inline = getComputedStyle(e).display === "inline" && words.length > 0;
    targets.push({e, box, inline});
  }
  const small = ({box}) => box.right - box.left < 23.9 || box.bottom - box.top < 23.9;
  const distance = (x, y, box) =>
    Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  const found = [];
  for (const target of targets) {
    if (target.inline || !small(target)) continue;
    const x = (target.box.left + target.box.right) / 2, y = (target.box.top + target.box.bottom) / 2;
    const near = targets.find(other => other !== target && !other.e.contains(target.e) && !target.e.contains(other.e)
      && distance(x, y, other.box) < 12);
    const width = Math.round(target.box.right - target.box.left);
    const height = Math.round(target.box.bottom - target.box.top);
    const name = target.e.outerHTML.slice(0, 90);
    if (near) found.push(`${name}: ${width} × ${height} px beside ${near.e.outerHTML.slice(0, 60)}`);
  }
  return found;
}"""

#: Stops of the keyboard without a ring that can be seen, or that lie outside the window or under something else.
#: To be asked after a key was pressed: browsers draw no ring for the mouse.
POOR_FOCUS = """() => {
  const found = [], canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const channels = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const ground = e => {
    for (; e; e = e.parentElement) {
      const colour = channels(getComputedStyle(e).backgroundColor);
      if (colour[3] > 250) return colour;
    }
    return [255, 255, 255, 255];
  };
  const stops = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
    .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true}));
  for (const stop of stops) {
    stop.focus();
    if (document.activeElement !== stop) continue;
    const name = stop.outerHTML.slice(0, 110);
    // A switch that is drawn by what follows it, and a mark of the map that is drawn by its circle.
    const drawn = [stop, stop.nextElementSibling, stop.querySelector(".gp-map__target")].filter(Boolean);
    const rings = drawn.map(e => [e, getComputedStyle(e)]).filter(([e, style]) =>
      (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) ||
      (e.matches(".gp-map__target") && style.stroke !== "none"));
    if (!rings.length) {
      found.push(`no ring: ${name}`);
      continue;
    }
    const [shown, style] = rings[0];
    const colour = channels(shown.matches(".gp-map__target") ? style.stroke : style.outlineColor);
    if (contrast(colour, ground(shown.parentElement)) < 3) found.push(`a pale ring: ${name}`);
    const boxes = [...shown.getClientRects()].filter(box => box.width > 1 && box.height > 1);
    const inside = boxes.filter(b => b.bottom > 0 && b.top < innerHeight && b.right > 0 && b.left < innerWidth);
    if (!inside.length) {
      found.push(`out of sight: ${name}`);
      continue;
    }
    const seen = inside.some(box => [0.1, 0.5, 0.9].some(x => [0.15, 0.5, 0.85].some(y => {
      const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
      return hit && (shown.contains(hit) || stop.contains(hit) || hit.closest("label")?.control === stop);
    })));
    if (!seen) found.push(`covered: ${name}`);
  }
  document.activeElement.blur();
  return stops.length ? found : ["no stop at all"];
}"""

#: What moves by itself, or glides.
MOVES = """() => {
  const found = document.getAnimations()
    .filter(animation => animation.timeline instanceof DocumentTimeline && animation.playState === "running")
    .map(animation => `animation of ${animation.effect.target?.className}`);
  for (const e of document.querySelectorAll("*")) {
    const style = getComputedStyle(e);
    if (style.scrollBehavior !== "auto") found.push(`${e.localName}.${e.className} glides`);
    if (style.transitionDuration.split(",").some(time => parseFloat(time) > 0.01))
      found.push(`${e.localName}.${e.className} takes ${style.transitionDuration}`);
  }
  return found;
}"""
