"""Settings of MkDocs that are of the wrong kind are told by the check, each at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodpractice.checks.configuration import check_configuration
from goodpractice.config.mkdocs_file import SettingsError
from goodpractice.config.settings import load_settings
from goodpractice.diagnostics.reports import format_diagnostic
from goodpractice.pages import make_page_index

MENU = "GP203 an entry of the menu names a page, or has a list of entries below it"


def check(root: Path, text: str) -> list[str]:
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    found = check_configuration(root, load_settings(root), make_page_index([]))
    return [format_diagnostic(diagnostic).splitlines()[0].removeprefix("mkdocs.yml:") for diagnostic in found]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("copyright: x\n", ["1:1: GP201 `site_name` is missing"]),
        ("site_name:\n", ["1:1: GP201 `site_name` is empty"]),
        ("site_name: 5\n", ["1:1: GP203 `site_name` needs a text, not `5`"]),
        ("site_name: x\nsite_url: a.example\n", ["2:1: GP208 `site_url` is not a whole web address: `a.example`"]),
        ("site_name: x\nsite_url: ''\nrepo_url:\n", []),
        ("site_name: x\ncopyright: 2026\n", ["2:1: GP203 `copyright` needs a text, not `2026`"]),
        ("site_name: x\ntheme: 5\n", ["2:1: GP203 `theme` needs a group of `name: value` lines"]),
        (
            "site_name: x\ntheme:\n  custom_dir: [a]\n  name:\n",
            ["3:3: GP203 `theme.custom_dir` needs a text, not a list"],
        ),
        ("site_name: x\ntheme: {name: material, own: [1]}\n", []),
        ("site_name: x\nextra_css: own.css\n", ["2:1: GP203 `extra_css` needs square brackets around its entries"]),
        (
            "site_name: x\nextra_javascript:\n  - {defer: yes}\n  - 7\n",
            ["3:5: GP201 `extra_javascript.path` is missing", "4:5: GP203 `extra_javascript` needs a group of"],
        ),
        ("site_name: x\ncopyrigth: x\n", ["2:1: GP202 `copyrigth` is not the name of a setting"]),
        ("site_name: x\nx-shared: &it {a: 1}\n", []),
        ("site_name: x\nsite_url: http://localhost:8000/a/\n", []),
        ("site_name: x\nsite_url: https://a.example:65535/\n", []),
        ("site_name: x\nsite_url: https://a.example:65536/\n", ["2:1: GP208 `site_url` is not a whole web address"]),
        ("site_name: x\nsite_url: 'https://[::1'\n", ["2:1: GP208 `site_url` is not a whole web address"]),
        ("site_name: x\nrepo_url: 'https://a.example/\"><b>'\n", ["2:1: GP208 `repo_url` is not a whole web address"]),
        ("site_name: x\nsite_url: https://a.example/a b/\n", ["2:1: GP208 `site_url` is not a whole web address"]),
        ("site_name: x\ntheme: {name: [a]}\n", ["2:9: GP203 `theme.name` needs a text, not a list"]),
        ("site_name: x\ntheme: !!python/name:os.system\n", ["2:1: GP203 `theme` needs a group of `name: value` lines"]),
        ("site_name: x\nstrict: maybe\n", ["2:1: GP203 `strict` needs true or false, not `maybe`"]),
        ("site_name: x\nvalidation: 5\n", ["2:1: GP203 `validation` needs a group of `name: value` lines"]),
        ("site_name: x\nwatch: 5\n", ["2:1: GP203 `watch` needs a list"]),
        ("site_name: x\nsite_name: y\n", ["2:1: GP108 `site_name` is given twice, first on line 1"]),
        ("site_name: x\nextra: {a: 1, a: 2}\n", ["2:15: GP108 `a` is given twice, first on line 2"]),
        ("site_name: x\nplugins:\n  - macros: {a: 1, a: 2}\n", ["3:20: GP108 `a` is given twice"]),
        ("site_name: x\nextra: {share_url: 'javascript:alert(1)'}\n", ["2:20: GP501 the link `javascript:alert(1)`"]),
        ("site_name: x\nextra: {homepage: 'data:text/html,a'}\n", ["2:19: GP501 the link `data:text/html,a`"]),
        ("site_name: x\nnav: [{A: 'vbscript:a'}]\n", ["2:11: GP501 the link `vbscript:a` is of a kind"]),
        ("site_name: x\nextra: {share_url: 'https://[a'}\n", ["2:20: GP501 the link `https://[a` is of a kind"]),
    ],
)
def test_settings_of_the_wrong_kind_are_told_at_their_line(tmp_path: Path, text: str, told: list[str]) -> None:
    found = check(tmp_path, text)
    assert [line[: len(start)] for line, start in zip(found, told, strict=True)] == told


@pytest.mark.parametrize(
    ("nav", "told"),
    [
        ("nav:\n", []),
        ("nav: []\n", []),
        ("nav: 5\n", [f"2:6: {MENU}"]),
        ("nav: {Home: index.md}\n", [f"2:6: {MENU}"]),
        ("nav:\n  - Home:\n", [f"3:10: {MENU}"]),
        ("nav:\n  - 5\n", [f"3:5: {MENU}"]),
        ("nav:\n  - A: https://a.example/\n    B: https://b.example/\n", [f"3:5: {MENU}"]),
        ("nav:\n  - A:\n      b: https://b.example/\n", [f"4:7: {MENU}"]),
        ("nav:\n  - A:\n      - B: [https://b.example/, {C: }]\n", [f"4:37: {MENU}"]),
        ("nav:\n  - A:\n      - https://b.example/\n", []),
    ],
)
def test_entries_that_lead_nowhere_are_told(tmp_path: Path, nav: str, told: list[str]) -> None:
    assert [line for line in check(tmp_path, f"site_name: x\n{nav}") if "GP313" not in line] == told


@pytest.mark.parametrize(
    "text",
    [
        "markdown_extensions: {toc: 5}\n",
        "markdown_extensions: [{toc: [permalink]}]\n",
        "INHERIT: 5\n",
        "INHERIT: [a.yml]\n",
    ],
)
def test_a_site_cannot_be_made_with_settings_that_mkdocs_would_stumble_over(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\n{text}", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"`(toc|INHERIT)`"):
        load_settings(tmp_path).require()
