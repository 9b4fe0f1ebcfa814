"""Whatever a title holds, a citation stays one entry, and every value comes back."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodpractice.content import Project
from goodpractice.formats.citations import (
    CITATION_FORMATS,
    Citation,
    cite_record,
    cite_site,
    describe_csl,
    may_be_cited,
    write_bibtex,
    write_meta,
    write_ris,
    write_sentence,
)
from goodpractice.formats.datasets import Dataset, describe_site
from goodpractice.formats.registry import write_files
from goodpractice.kinds.kind import Kind
from goodpractice.kinds.registry import KINDS
from goodpractice.query.tracking import Table
from tests.helpers.projects import read_repository

PLAIN = Citation(
    "chapter-a",
    "Dŵr & 50% {of} it",
    ("Siân, from Tŷ Pawb",),
    "Good Practice",
    "https://example.org/a/",
    "2026-03-31",
    "en",
    "",
    "",
)
#: Commands of TeX that stand for one character.
COMMANDS = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
}
HOSTILE = st.text(st.one_of(st.sampled_from("{}\\%&$#_~^@,\"\n\r<>'=éŵ"), st.characters()), max_size=60)


def read_bibtex(entry: str) -> dict[str, str]:
    """The fields of an entry, by counting braces as BibTeX does; a brace behind a backslash counts, too."""
    assert entry.startswith("@misc{")
    assert entry.count("{") == entry.count("}")
    fields, at = {}, entry.index(",")
    while found := re.compile(r",\n  (\w+) = \{").match(entry, at):
        depth, end = 1, found.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(entry[end], 0)
            end += 1
        fields[found[1]] = entry[found.end() : end - 1]
        at = end
        while plain := re.compile(r",\n  \w+ = \w+").match(entry, at):
            at = plain.end()
    assert entry[at:] == "\n}\n", entry
    return fields


def read_tex(text: str) -> str:
    text = re.sub(r"\\(text\w+)\{\}", lambda found: COMMANDS[found[1]], text)
    return re.sub(r"\\([#$%&_])", r"\1", text)


def one_line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+", " ", text).strip()


@given(HOSTILE)
def test_bibtex_keeps_its_braces_and_every_letter(title: str) -> None:
    fields = read_bibtex(write_bibtex(PLAIN._replace(title=f"T{title}", authors=(f"A{title}",), licence=f"L{title}")))
    assert set(fields) == {"author", "title", "howpublished", "year", "url", "langid", "note"}
    # What TeX reads as a command is undone in one pass from the left.
    pieces = re.findall(r"\\text\w+\{\}|\\.|.", fields["title"][1:-1], re.DOTALL)
    assert "".join(map(read_tex, pieces)) == one_line(f"T{title}")


@given(HOSTILE)
def test_ris_is_a_tag_and_a_value_on_each_line(title: str) -> None:
    lines = write_ris(PLAIN._replace(title=f"T{title}", summary=f"S{title}")).split("\r\n")
    assert [line[:6] for line in lines[:-1]] == [
        f"{tag}  - " for tag in ("TY", "ID", "AU", "TI", "T2", "PY", "DA", "LA", "AB", "UR", "ER")
    ]
    assert lines[3][6:] == one_line(f"T{title}")
    assert lines[-1] == ""


@given(HOSTILE)
def test_the_head_of_a_page_takes_no_element_from_a_title(title: str) -> None:
    written = write_meta(PLAIN._replace(title=f"T{title}"))
    found = re.fullmatch(r'<meta name="citation_title" content="([^"<>]*)">.*', written)
    assert found is not None
    assert html.unescape(found[1]) == one_line(f"T{title}")
    assert written.count("<meta") == 6


def test_an_entry_reads_as_people_expect() -> None:
    assert write_bibtex(PLAIN) == (
        "@misc{chapter-a,\n"
        "  author = {{Siân, from Tŷ Pawb}},\n"
        "  title = {{Dŵr \\& 50\\% \\textbraceleft{}of\\textbraceright{} it}},\n"
        "  howpublished = {Good Practice},\n"
        "  year = {2026},\n"
        "  month = mar,\n"
        "  url = {https://example.org/a/},\n"
        "  langid = {en}\n"
        "}\n"
    )
    assert write_sentence(PLAIN) == (
        "Siân, from Tŷ Pawb (31 March 2026). Dŵr & 50% {of} it. Good Practice. https://example.org/a/"
    )
    assert write_sentence(PLAIN._replace(authors=("Good Practice",), day="")) == (
        "Good Practice. Dŵr & 50% {of} it. https://example.org/a/"
    )
    assert " (31 March 2026). May we begin? Good Practice. " in write_sentence(PLAIN._replace(title="May we begin?"))


def test_whoever_wrote_a_record_is_named_whichever_field_says_so(small: Project) -> None:
    post = small.kb.table("post")["hello"].model_copy(update={"organisations": ("river-group", "gone")})
    kb = small.kb.with_tables(Table("post", {"hello": post}))
    assert cite_record(kb, "post", "hello").authors == ("The editors", "River Community Group")
    written = dict(write_files(Dataset(kb, KINDS["post"], describe_site(kb)), ["ris", "jsonld"]))
    assert "AU  - The editors\r\nAU  - River Community Group\r\n" in written["ris"].text
    assert json.loads(written["jsonld"].text)["@graph"][0]["author"] == [
        {"name": "The editors"},
        {"@type": "Organization", "name": "River Community Group"},
    ]


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if may_be_cited(kind)], ids=lambda kind: kind.id)
def test_everything_with_a_text_is_cited_alone_and_among_the_others(kind: Kind[Any]) -> None:
    kb = read_repository().kb
    written = dict(write_files(Dataset(kb, kind, describe_site(kb)), CITATION_FORMATS))
    citations = [cite_record(kb, kind.id, record_id) for record_id in sorted(kb.table(kind.id))]
    assert len({citation.key for citation in citations}) == len(citations) > 0
    assert written["bib"].text == "\n".join(map(write_bibtex, citations))
    assert written["ris"].text == "".join(map(write_ris, citations))
    assert json.loads(written["csl.json"].text) == list(map(describe_csl, citations))


def test_the_whole_is_cited_by_its_edition() -> None:
    kb = read_repository().kb
    citation = cite_site(kb)
    assert (citation.day, citation.title, citation.site) == (kb.edition, "Good Practice", "")
    assert json.loads(CITATION_FORMATS["csl.json"](citation))[0]["author"] == [{"literal": "Good Practice"}]
