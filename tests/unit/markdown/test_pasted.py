"""What people paste is shown as GitHub shows it, in both dialects; what was meant otherwise is told.

`pasted.yml` holds the texts with what GitHub makes of them: the answers of cmark-gfm 0.29, GitHub's own parser, by way
of cmarkgfm 2025.10.22, as outlines. It knows neither emoji nor callouts; theirs were taken from GitHub's pages by hand.
"""

from __future__ import annotations

import html as html_module
import re
from pathlib import Path
from typing import Any

import pytest

from goodpractice.checks.markdown_slips import check_slips
from goodpractice.config.settings import load_settings
from goodpractice.content.document import Document
from goodpractice.markdown.contributed import render_contributed
from goodpractice.markdown.editors import EditorsMarkdown
from tests.helpers.yaml_files import read_yaml

HERE = Path(__file__).parent
TEXTS: list[dict[str, Any]] = read_yaml((HERE / "pasted.yml").read_text(encoding="utf-8"))
#: Elements that no reader sees, or that differ in name only.
UNSEEN = re.compile(r"</?(?:p|label|span|div|section|thead|tbody)>|<!--.*?-->", re.DOTALL)
ANCHOR = re.compile(r'<a[^>]*class="(?:anchor|headerlink)"[^>]*>.*?</a>|<a[^>]*footnote-back[^>]*>.*?</a>', re.DOTALL)


def outline(html: str) -> str:
    """HTML without what no reader sees: elements, where links lead, where lists begin, and the text."""
    html = ANCHOR.sub("", html).replace("&#160;", " ")
    html = re.sub(r'(<div class="footnote">\s*)<hr\s*/?>', r"\1", html)
    html = re.sub(r"<input[^>]*>", lambda box: "[x]" if "checked" in box[0] else "[ ]", html)
    html = re.sub(r'<(a) [^>]*?href="([^"]*)"[^>]*>', lambda link: f"<a {_target(link[2])}>", html)
    html = re.sub(r'<ol start="(\d+)">', r"<ol \1>", html)
    html = re.sub(r"<(?!a |ol \d)(/?\w+)\b[^>]*>", r"<\1>", html)
    html = UNSEEN.sub("", html.replace("<hr/>", "<hr>").replace("<s>", "<del>").replace("</s>", "</del>"))
    html = re.sub(r"\s*(<[^>]*>)\s*", r"\1", html)
    return re.sub(r"\s+", " ", html_module.unescape(html)).strip()


def _target(address: str) -> str:
    # Both write the anchors of footnotes in their own way.
    return re.sub(r"^#fn(?:ref)?[:-]", "#note-", html_module.unescape(address))


@pytest.fixture(scope="module")
def editors(project_root: Path) -> EditorsMarkdown:
    settings = load_settings(project_root)
    return EditorsMarkdown(settings.extensions, settings.configs)


def test_there_are_eighty_texts() -> None:
    assert len(TEXTS) >= 80
    assert len({text["name"] for text in TEXTS}) == len(TEXTS)


def test_both_dialects_show_what_github_shows(editors: EditorsMarkdown) -> None:
    for text in TEXTS:
        shown = {
            "story": outline(render_contributed(text["markdown"], str).html),
            "chapter": outline(editors.render(text["markdown"], str).html),
        }
        assert shown == {name: text.get(name, text["github"]) for name in shown}, text["name"]


def test_what_was_meant_otherwise_is_told() -> None:
    for text in TEXTS:
        found = check_slips(Document("case_studies/a.md", text["markdown"]))
        assert sorted({diagnostic.code for diagnostic in found}) == text.get("told", []), text["name"]
