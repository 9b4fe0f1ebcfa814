// The theme's own script for the chosen colours (9.8.1, partials/javascripts/palette.html), as a file.
// It stands right after the switch, so that a page never shows the other colours first.
{
  const palette = __md_get("__palette")
  if (palette && palette.color) {
    if (palette.color.media === "(prefers-color-scheme)") {
      const light = matchMedia("(prefers-color-scheme: light)")
      const input = document.querySelector(
        light.matches
          ? "[data-md-color-media='(prefers-color-scheme: light)']"
          : "[data-md-color-media='(prefers-color-scheme: dark)']"
      )
      for (const name of ["media", "scheme", "primary", "accent"])
        palette.color[name] = input.getAttribute("data-md-color-" + name)
    }
    for (const [name, value] of Object.entries(palette.color))
      document.body.setAttribute("data-md-color-" + name, value)
  }
}
