"""What is new: the list, the page and the feeds say the same, and the feeds are Atom whatever the records hold."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goodpractice.config.mkdocs_file import ConfigFile
from goodpractice.config.settings import Settings
from goodpractice.content import Project
from goodpractice.content.changes import EVERYTHING, MOST_CHANGES
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds import CaseStudy, Chapter, Translation
from goodpractice.kinds.event import Event
from goodpractice.kinds.theme import Theme
from goodpractice.outputs.feeds import render_feed
from goodpractice.pages import Page
from goodpractice.query.tracking import Table
from goodpractice.render.feeds import has_feeds, link_feed, list_feeds
from goodpractice.render.macros import bind_macros

SITE = "https://example.org/gp/"
ATOM = "{http://www.w3.org/2005/Atom}"
#: RFC 4287, 4.1.1 and 4.1.2: how often an element may stand in a feed or an entry, as fewest and most.
ONCE, AT_MOST_ONCE, ANY = (1, 1), (0, 1), (0, 99)
IN_FEED = {"id": ONCE, "title": ONCE, "updated": ONCE, "author": (1, 99), "subtitle": AT_MOST_ONCE}
IN_FEED |= {"rights": AT_MOST_ONCE, "link": (1, 99), "entry": ANY}
IN_ENTRY = {"id": ONCE, "title": ONCE, "updated": ONCE, "published": AT_MOST_ONCE, "summary": ONCE}
IN_ENTRY |= {"link": (1, 99), "category": ANY, "rights": AT_MOST_ONCE}


def day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def make_case(**given: Any) -> CaseStudy:
    facts = {"title": "A story", "summary": "What happened.", "place": "Here", "year": 2020, "themes": ["trust"]}
    partners = [{"name": "X", "role": "y"}]
    return CaseStudy.model_validate({**facts, "partners": partners, "sources": ["https://example.org/"], **given})


def make_kb(cases: dict[str, CaseStudy], *tables: Table[Any], site_url: str = SITE) -> KnowledgeBase:
    themes = {
        name: Theme(id=name, name=f"On {name}", question="Q?", summary="S.", sources=("https://example.org/",))
        for name in ("trust", "money")
    }
    config = ConfigFile({"site_name": "Small & kind", "site_url": site_url, "copyright": "CC BY 4.0"})
    kb = KnowledgeBase(settings=replace(Settings(), file=config))
    return kb.with_tables(Table("case_study", cases), Table("theme", themes), *tables)


def check_counts(element: ElementTree.Element, allowed: dict[str, tuple[int, int]]) -> None:
    names = [child.tag.removeprefix(ATOM) for child in element]
    assert set(names) <= set(allowed), names
    for name, (fewest, most) in allowed.items():
        assert fewest <= names.count(name) <= most, name


def validate(text: str) -> ElementTree.Element:
    """The root of a feed, when it keeps the rules of RFC 4287."""
    feed = ElementTree.fromstring(text.encode())
    entries = feed.findall(f"{ATOM}entry")
    check_counts(feed, IN_FEED)
    assert feed.tag == f"{ATOM}feed"
    for element, rels in [(feed, ["self", "alternate"]), *((entry, ["alternate"]) for entry in entries)]:
        assert [link.get("rel") for link in element.iter(f"{ATOM}link") if element is not feed or link in feed] == rels
    for entry in entries:
        check_counts(entry, IN_ENTRY)
    for person in feed.iter(f"{ATOM}author"):
        assert person.findtext(f"{ATOM}name")
    for name in ("id", "link"):
        for element in feed.iter(f"{ATOM}{name}"):
            assert re.fullmatch(r"https://[^\s<>\"]+", element.get("href") or element.text or "")
    for name in ("updated", "published"):
        for element in feed.iter(f"{ATOM}{name}"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.text or "")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))
    moments = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert not moments or feed.findtext(f"{ATOM}updated") == moments[0]
    return feed


def read_ids(text: str) -> list[str]:
    return [(entry.findtext(f"{ATOM}id") or "").removeprefix(SITE) for entry in validate(text).iter(f"{ATOM}entry")]


def test_every_feed_of_this_repository_is_valid(repository: Project) -> None:
    feeds = list_feeds(repository.kb)
    assert feeds == [
        EVERYTHING,
        ("post", ""),
        ("newsletter", ""),
        *(("theme", theme) for theme in repository.kb.themes),
    ]
    for subject in feeds:
        text = render_feed(repository.kb, SITE, subject)
        validate(text)
        parsed = feedparser.parse(text)
        assert not parsed.bozo, parsed.get("bozo_exception")
        assert parsed.version == "atom10"
        assert [entry.title for entry in parsed.entries]


def test_a_feed_reader_is_told_what_a_page_says() -> None:
    case = make_case(title='"Yes" & <no>', licence="CC BY-NC 4.0", published_on="2026-01-31", updated_on="2026-03-01")
    parsed = feedparser.parse(render_feed(make_kb({"a": case}), SITE))
    assert (parsed.feed.title, parsed.feed.author, parsed.feed.rights) == (
        "Small & kind: what is new",
        "Small & kind",
        "CC BY 4.0",
    )
    assert parsed.feed.id == f"{SITE}feed.xml"
    assert parsed.feed.link == f"{SITE}new/"
    (entry,) = parsed.entries
    assert (entry.id, entry.link) == (f"{SITE}case-studies/a/", f"{SITE}case-studies/a/")
    assert (entry.title, entry.summary) == ("“Yes” & <no>", "What happened.")
    assert (entry.published, entry.updated) == ("2026-01-31T00:00:00Z", "2026-03-01T00:00:00Z")
    assert [(tag.term, tag.label) for tag in entry.tags] == [("trust", "On trust")]
    assert entry.rights == "CC BY-NC 4.0"


def test_the_newest_comes_first_and_then_the_address() -> None:
    days = {"b": "2026-01-02", "c": "2026-01-03", "a": "2026-01-02"}
    kb = make_kb({name: make_case(written_on=written) for name, written in days.items()})
    assert read_ids(render_feed(kb, SITE)) == ["case-studies/c/", "case-studies/a/", "case-studies/b/"]


def test_a_feed_holds_so_many_and_no_more() -> None:
    start = datetime.date(2026, 1, 1)
    cases = {f"c{n}": make_case(written_on=start + datetime.timedelta(n)) for n in range(MOST_CHANGES + 5)}
    ids = read_ids(render_feed(make_kb(cases), SITE))
    assert len(ids) == MOST_CHANGES
    assert ids[0] == f"case-studies/c{MOST_CHANGES + 4}/"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"published_on": "2026-03-01", "written_on": "2026-01-01"}, ("2026-03-01", "2026-03-01")),
        ({"written_on": "2026-01-01", "partner_approved_on": "2026-02-01"}, ("2026-01-01", "2026-01-01")),
        ({"partner_approved_on": "2026-02-01"}, ("2026-02-01", "2026-02-01")),
        ({"written_on": "2026-01-01", "updated_on": "2026-04-01"}, ("2026-01-01", "2026-04-01")),
        ({"updated_on": "2026-04-01"}, ("", "2026-04-01")),
        # A review that changed nothing is no news.
        ({"written_on": "2026-01-01", "reviewed_on": "2026-04-01", "reviewed_by": "A"}, ("2026-01-01", "2026-01-01")),
    ],
)
def test_days_are_those_that_the_record_names(given: dict[str, str], expected: tuple[str, str]) -> None:
    kb = make_kb({"a": make_case(**given)})
    assert [(change.published, change.updated) for change in kb.list_changes()] == [expected]
    validate(render_feed(kb, SITE))


def test_what_names_no_day_is_not_listed() -> None:
    assert make_kb({"a": make_case()}).list_changes() == ()


def test_chapters_and_events_are_listed_and_translations_are_not() -> None:
    written = datetime.date(2026, 1, 1)
    sources = ("https://example.org/",)
    chapter = Chapter(
        title="C", order=1, summary="S.", themes=("money",), owner="o", written_on=written, sources=sources
    )
    event = Event(id="e", name="E", status="held", period="May", published_on=written, sources=sources)
    translation = Translation(title="T", source_digest="0" * 16, translated_by="machine", translated_on=written)
    kb = make_kb(
        {},
        Table("chapter", {"c": chapter}),
        Table("event", {"e": event}),
        Table("translation", {"handbook/c.cy": translation}),
    )
    assert read_ids(render_feed(kb, SITE)) == ["events/e/", "handbook/c/"]
    assert read_ids(render_feed(kb, SITE, ("theme", "money"))) == ["handbook/c/"]
    assert [change.summary for change in kb.list_changes()] == ["May", "S."]


def test_a_theme_without_entries_has_an_empty_feed() -> None:
    kb = make_kb({"a": make_case(written_on="2026-01-01")})
    feed = validate(render_feed(kb, SITE, ("theme", "money")))
    assert feed.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
    assert feed.findtext(f"{ATOM}title") == "Small & kind: what is new on ‘On money’"
    assert read_ids(render_feed(kb, SITE, ("theme", "money"))) == []
    assert read_ids(render_feed(kb, SITE, ("theme", "trust"))) == ["case-studies/a/"]


def test_a_site_without_an_address_has_no_feeds() -> None:
    kb = make_kb({"a": make_case(written_on="2026-01-01")}, site_url="")
    assert not has_feeds(kb)
    assert list_feeds(kb) == []
    assert "feed.xml" not in str(bind_macros(kb)["new_page"]())


def test_a_page_leads_to_its_feed_from_wherever_it_lies() -> None:
    kb = make_kb({})
    page = Page("theme", "trust", "themes/trust/page/2/", "On trust", "", "data/themes.yml", number=2, of=2)
    assert link_feed(kb, page) == (
        '<link rel="alternate" type="application/atom+xml" title="Small &amp; kind: what is new on ‘On trust’" '
        'href="../../../../themes/trust/feed.xml">'
    )


def list_texts(feed: ElementTree.Element) -> Iterator[str]:
    for element in feed.iter():
        yield from (element.text or "", *element.attrib.values())


@given(st.text(st.characters(), min_size=1))
@example("]]></title><script>alert(1)</script> \x00\x0b\x1f\x7f \ufffe\uffff \ud800 \u2028 &amp; '\" \U0001f52d")
def test_whatever_a_record_says_the_feed_can_be_read(said: str) -> None:
    case = make_case(written_on="2026-01-01").model_copy(update={"title": said, "summary": said, "licence": said})
    theme = Theme(id="trust", name="T", question="Q?", summary="S.", sources=("s",))
    hostile = theme.model_copy(update={"name": said, "summary": said})
    config = ConfigFile({"site_name": said, "site_url": SITE, "site_description": said, "copyright": said})
    kb = KnowledgeBase(settings=replace(Settings(), file=config))
    kb = kb.with_tables(Table("case_study", {"a": case}), Table("theme", {"trust": hostile}))
    letters = "".join(filter(str.isalnum, said))
    for subject in (EVERYTHING, ("theme", "trust")):
        feed = ElementTree.fromstring(render_feed(kb, SITE, subject).encode())
        assert {element.tag.removeprefix(ATOM) for element in feed.iter()} <= {*IN_FEED, *IN_ENTRY, "feed", "name"}
        texts = ["".join(filter(str.isalnum, text)) for text in list_texts(feed)]
        assert texts.count(letters) >= 4


def test_the_page_lists_the_same_as_the_feed(repository: Project) -> None:
    kb = repository.kb
    html = str(bind_macros(kb)["new_page"]())
    listed = re.findall(r'class="gp-index__link" href="gp:/([^"]*)"', html)
    assert listed == read_ids(render_feed(kb, SITE))
    assert re.findall(r'href="gp:/([^"]*feed\.xml)"', html) == [
        "feed.xml",
        "blog/feed.xml",
        "newsletter/feed.xml",
        *(f"themes/{theme}/feed.xml" for theme in kb.themes),
    ]


def test_the_page_tells_what_changed_from_what_is_new_by_day() -> None:
    changed = make_case(title="Old", written_on="2026-01-01", updated_on="2026-02-03")
    html = str(bind_macros(make_kb({"a": changed, "b": make_case(title="New", written_on="2026-01-01")}))["new_page"]())
    assert re.findall(r'<h2[^>]* id="(day-[^"]*)">([^<]*)</h2>', html) == [
        ("day-2026-02-03", "3 February 2026"),
        ("day-2026-01-01", "1 January 2026"),
    ]
    assert re.findall(r'gp-index__note">([^<]*)<', html) == ["Case study, changed", "Case study"]


def test_an_empty_page_says_so() -> None:
    assert "Nothing is listed here yet" in str(bind_macros(make_kb({}))["new_page"]())
