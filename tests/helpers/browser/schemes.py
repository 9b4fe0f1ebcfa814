"""Colours that a device can ask for."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

#: As Playwright emulates them.
SCHEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "contrast": "no-preference", "forced_colors": "none"},
    "forced colours": {"color_scheme": "dark", "contrast": "no-preference", "forced_colors": "active"},
    "light, more contrast": {"color_scheme": "light", "contrast": "more", "forced_colors": "none"},
    "dark, more contrast": {"color_scheme": "dark", "contrast": "more", "forced_colors": "none"},
}


def choose(page: Page, scheme: str) -> None:
    """Ask for colours as a device does, and wait until the page has followed."""
    page.emulate_media(**SCHEMES[scheme])
    wanted = {"dark": "slate", "light": "default"}[SCHEMES[scheme]["color_scheme"]]
    page.evaluate(
        """wanted => new Promise(done => {
          const {dataset} = document.documentElement;
          const look = () => dataset.mdColorScheme === wanted ? done() : requestAnimationFrame(look);
          look();
        })""",
        wanted,
    )
