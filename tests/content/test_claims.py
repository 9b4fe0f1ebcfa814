"""What pages say of themselves and of others is what we know: no claim without its ground."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodpractice.content import open_project
from goodpractice.content.knowledge_base import KnowledgeBase
from tests.helpers.facts import fact, rule

REPOSITORY = Path(__file__).parents[2]
CHAPTERS = sorted(file for file in (REPOSITORY / "handbook").glob("*.md") if "." not in file.stem)

#: What a macro cites, and how a page leads to a case study.
MACRO_SOURCE = re.compile(r"\bsource=(?:\"([^\"]+)\"|'([^']+)')")
CASE = re.compile(r"\bcase_study\([\"']([\w-]+)[\"']|\bcase_studies/([\w-]+)\.md\b")

#: Stories about people who seek safety, and what would help somebody to find where they met.
SEEK_SAFETY = set(fact("safety", "stories"))
NEARER_THAN_THE_TOWN = re.compile(
    r"\b(?:hubs?|halls?|colleges?|schools?|church(?:es)?|mosques?|temples?|community cent(?:re|er)s?|hostels?)\b"
    rf"|\b(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est|[Cc]entral)(?:ern)? (?:{'|'.join(fact('safety', 'places')) or '(?!)'})\b"
    # A named partner has an address: its own rooms are a place that can be looked up.
    r"|\bpartners?['’]s? own\b"
)

#: Payment in a passage that speaks of volunteers.
PAYMENT = re.compile(
    r"\b(?:un)?pa(?:y|ys|ying|id)\b|\bpayments?\b|\bfees?\b|\bwages?\b|\bhonorari(?:um|a)\b", re.IGNORECASE
)
VOLUNTEERS = re.compile(r"\bvolunteers?\b", re.IGNORECASE)
RISK = re.compile(r"\bbenefits\b(?=.*\badvice\b)|\badvice\b(?=.*\bbenefits\b)", re.IGNORECASE | re.DOTALL)

#: That others wrote what stands here.
JOINT_AUTHORS = re.compile(
    r"\bwritten\s+(?:together\s+)?by\s+(?:the\s+)?"
    r"(?:people who|practitioners|partners|communit|museums|science centres|members)|\bwrites together\b",
    re.IGNORECASE,
)
#: What speaks for the whole: the first words that a visitor, a search engine or a packager reads.
SPEAKS_FOR_THE_WHOLE = ("README.md", "docs/index.md", "mkdocs.yml", "CITATION.cff", "pyproject.toml")


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return open_project(REPOSITORY).kb


def find(pattern: re.Pattern[str], text: str) -> set[str]:
    return {next(group for group in match.groups() if group) for match in pattern.finditer(text)}


@pytest.mark.parametrize("file", CHAPTERS, ids=lambda file: file.stem)
def test_a_chapter_lists_what_its_boxes_cite(file: Path, kb: KnowledgeBase) -> None:
    cited = find(MACRO_SOURCE, file.read_text(encoding="utf-8"))
    assert cited - set(kb.chapters[file.stem].sources) == set()


@rule("chapters cite what tells of their cases")
@pytest.mark.parametrize("file", CHAPTERS, ids=lambda file: file.stem)
def test_a_chapter_that_tells_of_a_case_has_a_source_of_it(file: Path, kb: KnowledgeBase) -> None:
    told = find(CASE, file.read_text(encoding="utf-8"))
    sources = set(kb.chapters[file.stem].sources)
    assert [case for case in sorted(told) if not sources & set(kb.case_studies[case].sources)] == []


def strip_situations(text: str) -> str:
    """A page without what readers may type: that claims nothing."""
    return re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)


def list_sections(text: str) -> list[str]:
    return re.split(r"(?m)^## ", strip_situations(text))


@pytest.mark.parametrize("file", CHAPTERS, ids=lambda file: file.stem)
def test_no_chapter_says_where_people_who_seek_safety_meet(file: Path) -> None:
    sections = [s for s in list_sections(file.read_text(encoding="utf-8")) if find(CASE, s) & SEEK_SAFETY]
    assert [found.group() for section in sections for found in NEARER_THAN_THE_TOWN.finditer(section)] == []


@pytest.mark.parametrize("case_id", sorted(SEEK_SAFETY))
def test_no_case_study_sends_readers_to_the_rooms_of_its_partners(case_id: str) -> None:
    text = (REPOSITORY / "case_studies" / f"{case_id}.md").read_text(encoding="utf-8")
    assert [found.group() for found in NEARER_THAN_THE_TOWN.finditer(text)] == []


@pytest.mark.parametrize(
    "text", ["in the partners' own rooms", "its partners’ own among them", "at the partner's own site", "in a church"]
)
def test_a_place_nearer_than_the_town_is_recognised(text: str) -> None:
    assert NEARER_THAN_THE_TOWN.search(text)


def list_passages(text: str) -> Iterator[str]:
    """Paragraphs, points of a list and rows of a table of a page, with the boxes that macros make of them."""
    body = re.sub(r"\A---\n.*?\n---\n", "", strip_situations(text), flags=re.DOTALL)
    for block in re.split(r"\n\s*\n", body):
        pointed = re.search(r"(?m)^\s*(?:[-*]|\d+\.|\|)\s*\S", block)
        yield from block.splitlines() if pointed else [block]


def says_nothing_of_the_risk(passage: str) -> bool:
    words = re.sub(r"\]\([^)]*\)|https?://\S+", "]", passage)
    return bool(VOLUNTEERS.search(words) and PAYMENT.search(words) and not RISK.search(words))


def test_payment_of_volunteers_comes_with_its_risk() -> None:
    # In the UK it can make them workers, bring tax and cost them benefits.
    folders = ("handbook", "case_studies", "docs")
    files = [file for folder in folders for file in sorted((REPOSITORY / folder).glob("*.md"))]
    risky = [
        f"{file.name}: {passage.strip()[:120]}"
        for file in files
        for passage in list_passages(file.read_text(encoding="utf-8"))
        if says_nothing_of_the_risk(passage)
    ]
    assert risky == []


@pytest.mark.parametrize(
    ("passage", "risky"),
    [
        ("- **Ask for paid time.** Yours, your colleagues' and your volunteers'.", True),
        ("| Volunteers | What would they see as fair: a fee, expenses, training? |", True),
        ("Staff time is to be paid for every partner, volunteers included.", True),
        ("Staff time has its value in the budget, volunteers included.", False),
        ("Before a volunteer takes a fee, take advice: it can touch tax and benefits.", False),
        ("Volunteers help on [the day](https://example.org/pay).", False),
    ],
)
def test_the_risk_of_a_passage(passage: str, risky: bool) -> None:
    assert [says_nothing_of_the_risk(found) for found in list_passages(passage)] == [risky]


def test_nobody_is_said_to_have_written_what_they_did_not(kb: KnowledgeBase) -> None:
    if any(case.partner_approved_on for case in kb.case_studies.values()):
        pytest.skip("members have told a story: the claim may be made, in words that are true of it")
    claims = {
        name: found.group()
        for name in SPEAKS_FOR_THE_WHOLE
        if (found := JOINT_AUTHORS.search((REPOSITORY / name).read_text(encoding="utf-8")))
    }
    assert claims == {}


@pytest.mark.parametrize(
    "claim",
    ["written by the people who do it", "written together by museums", "that a community of practice writes together"],
)
def test_a_claim_of_joint_authors_is_recognised(claim: str) -> None:
    assert JOINT_AUTHORS.search(claim)


def test_words_of_an_example_are_nobodys() -> None:
    # Words that nobody said must not stand beside a document that exists.
    pages = [REPOSITORY / "docs/design/parts.md", REPOSITORY / "docs/reference/macros.md"]
    shown = [call for page in pages for call in re.findall(r"\{\{ quote\(.*?\) \}\}", page.read_text(encoding="utf-8"))]
    assert shown
    assert [call for call in shown if "https://example.net/" not in call] == []
