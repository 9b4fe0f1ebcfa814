"""What our sources document has a place here, or is named with the reason why not."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from goodpractice.content import open_project
from goodpractice.kinds.registry import COLLECTIONS
from tests.helpers.built_pages import BuiltSite
from tests.helpers.projects import REPOSITORY
from tests.helpers.yaml_files import read_yaml

FILE = REPOSITORY / "tests/content/coverage.yml"
#: Another community has other sources, and may go without the file.
DOCUMENTED = (
    read_yaml(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {"records": {}, "texts": {}, "absent": []}
)


@pytest.mark.parametrize("kind", DOCUMENTED["records"])
def test_every_record_of_the_sources_has_a_page_or_an_entry(
    kind: str, project_root: Path, built_site: BuiltSite
) -> None:
    known = open_project(project_root).kb.table(kind)
    lost = []
    for record_id in DOCUMENTED["records"][kind]:
        path, _, anchor = COLLECTIONS[kind].record_url(record_id).partition("#")
        file = built_site.find(built_site.base + path)
        if record_id not in known or file is None or (anchor and anchor not in built_site.anchors(file)):
            lost.append(record_id)
    assert lost == []


@pytest.mark.parametrize("url", DOCUMENTED["texts"])
def test_what_has_no_record_stands_on_its_page(url: str, built_site: BuiltSite) -> None:
    text = html.unescape(built_site.pages[url].text).replace("’", "'")
    assert [words for words in DOCUMENTED["texts"][url] if words not in text] == []


def test_what_is_left_out_is_named_with_the_reason(built_site: BuiltSite) -> None:
    text = built_site.pages["about/sources/"].text
    assert [words for words in DOCUMENTED["absent"] if words not in text] == []
