"""The page Make it yours, carried out in a copy of the project, as it is written."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.helpers.projects import REPOSITORY, copy_repository

_PAGE = REPOSITORY / "docs/look.md"
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 30"><circle cx="15" cy="15" r="13" fill="{}"/>'
    '<path d="M4 17c4-5 7 5 11 0s7 5 11 0" fill="none" stroke="#1d4e5f" stroke-width="3"/></svg>\n'
)


def read_example() -> str:
    """The lines of `mkdocs.yml` that the page begins with."""
    return _PAGE.read_text(encoding="utf-8").split("```yaml\n", 1)[1].split("```", 1)[0]


def make_other_look(root: Path) -> Path:
    """A copy of the project that has its own name, logo, colours, font, menu and footer."""
    copy_repository(root)
    assets = root / "docs/assets"
    (assets / "fonts").mkdir()
    for name, colour in (("our-logo.svg", "#f6bd4b"), ("our-favicon.svg", "#9fd3e0")):
        (assets / name).write_text(_SVG.format(colour), encoding="utf-8")
    shutil.copy(
        root / "src/goodpractice/templates/assets/fonts/bricolage-grotesque-latin.woff2",
        assets / "fonts/our-font.woff2",
    )
    config = root / "mkdocs.yml"
    config.write_text(replace_lines(config.read_text(encoding="utf-8"), read_example()), encoding="utf-8")
    return root


def replace_lines(config: str, lines: str) -> str:
    """`mkdocs.yml` with some settings in place of those with the same names; inside a group, each name by itself."""
    settings = _split(config, "")
    for name, text in _split(lines, "").items():
        group, added = (_split(part.partition("\n")[2], "  ") for part in (settings.get(name, ""), text))
        if name != "nav" and added:
            text = f"{name}:\n" + "".join((group | added).values())
        settings[name] = text
    return "".join(settings.values())


def _split(text: str, indent: str) -> dict[str, str]:
    """The lines of each setting, by its name."""
    parts = re.split(rf"^(?={indent}\w)", text, flags=re.MULTILINE)
    return {part.strip().partition(":")[0]: part for part in parts if part.strip()}
