"""axe in a page: its script goes into a document once, however often it is run there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: Every rule that axe has for WCAG 2.2, levels A and AA. None is switched off.
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
_TAGS = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
#: And what axe advises beyond WCAG.
_PRACTICE = {"runOnly": {"type": "tag", "values": [*WCAG, "best-practice"]}, "resultTypes": ["violations"]}
#: 7 to 1 instead of 4.5 to 1: what a reader who asks the device for more contrast should get.
_MORE_CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}, "resultTypes": ["violations"]}


def list_violations(page: Page, *, more_contrast: bool = False, best_practice: bool = False) -> list[str]:
    """What axe objects to: rule, element, reason.

    Args:
        page: The page as it stands.
        more_contrast: Ask only whether text has the contrast of level AAA.
        best_practice: Ask for what axe advises, too.
    """
    if not page.evaluate("!!window.axe?.run"):
        page.evaluate(AXE_SCRIPT)
    options = _MORE_CONTRAST if more_contrast else _PRACTICE if best_practice else _TAGS
    # Only what is asked comes back from the page: the whole of the results is large.
    results: dict[str, Any] = page.evaluate(
        "options => axe.run(document, options).then(({testEngine, violations}) => ({testEngine, violations}))", options
    )
    assert results["testEngine"]["name"] == "axe-core"
    return [
        f"{violation['id']} at {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]


def axe_version() -> str:
    """Version of the axe that runs."""
    return AXE_SCRIPT.split(None, 3)[2].removeprefix("v")
