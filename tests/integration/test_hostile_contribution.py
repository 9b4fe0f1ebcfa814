"""What anybody may send in stays text: it runs neither in the build nor in a browser."""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree

import pytest

from tests.helpers import hostile
from tests.helpers.built_pages import HELD_FILE, BuiltPage
from tests.helpers.hostile import Attack
from tests.helpers.projects import name_records

#: Pages that a hostile case study and partner may stand on, besides those that link to them.
LISTS = re.compile(
    r"(?:themes|partners|case-studies|programmes|handbook)/(?:page/\d+/)?|find/.*|compare/|map/|at-a-glance/|new/|search/"
)

NAMED = name_records()


@pytest.fixture
def case(attack: Attack) -> BuiltPage:
    return attack.after.pages[hostile.CASE_URL]


@pytest.fixture
def partner(attack: Attack) -> BuiltPage:
    return attack.after.pages[hostile.PARTNER_URL]


def test_template_syntax_in_the_story_stays_text(case: BuiltPage) -> None:
    assert "The sum is {{ 7*7 }} and the end is {% raw %} and {% endraw %} and {# a comment #}." in case.text
    assert f'{{{{ partner("{NAMED["partner"]}") }}}}' in hostile.as_typed(case.text)
    assert "{{ macros_info() }}" in case.text


def test_template_syntax_in_the_facts_stays_text(case: BuiltPage, partner: BuiltPage) -> None:
    assert hostile.as_typed(case.title).startswith(html.unescape(hostile.TITLE[:100]))
    assert (1, hostile.TITLE[:120].strip()) in [(level, hostile.as_typed(name)) for level, name in case.headings]
    assert hostile.SUMMARY in hostile.as_typed(case.text)
    for page in (case, partner):
        assert hostile.NAME in hostile.as_typed(page.text)
        assert "{{ 7*7 }}" in page.html
        assert "{% raw %}" in page.html


def test_nothing_was_worked_out(attack: Attack) -> None:
    for url, page in attack.after.pages.items():
        before = attack.before.pages.get(url)
        worked_out = page.text.count("49") - (before.text.count("49") if before else 0)
        assert worked_out <= 0, f"49 is new on {url}"


def test_no_page_has_a_script_that_it_had_not_before(attack: Attack) -> None:
    ordinary = {
        hostile.CASE_URL: attack.before.pages[f"case-studies/{NAMED['case_study']}/"],
        hostile.PARTNER_URL: attack.before.pages[f"partners/{NAMED['partner']}/"],
    }
    for url, page in attack.after.pages.items():
        before = attack.before.pages.get(url) or ordinary[url]
        assert page.scripts == before.scripts, url
        assert page.handlers == before.handlers, url
        assert "<iframe" not in page.html, url
        assert "<style" not in page.html or "<style" in before.html, url


def test_no_address_runs_code(attack: Attack) -> None:
    bad = [
        f"{page.url}: {link.url}"
        for page in attack.after.pages.values()
        for link in page.links
        if re.match(r"\s*(?:javascript|vbscript|data)\s*:", link.url, re.IGNORECASE) and not HELD_FILE.match(link.url)
    ]
    assert bad == []


def test_the_raw_title_is_escaped(case: BuiltPage) -> None:
    assert case.html.count("</title>") == case.html.count("<title>") == 1
    assert "<script>alert" not in case.html
    assert f"<script>window.{hostile.MARK}" not in case.html


def test_attributes_hold_what_was_written(partner: BuiltPage) -> None:
    assert f'https://example.org/"onmouseover="window.{hostile.MARK}=1' in [link.url for link in partner.links]
    assert 'https://example.org/{{7*7}}"><script>' in [link.url for link in partner.links]


def test_headings_cannot_take_the_ids_of_the_page(case: BuiltPage, attack: Attack) -> None:
    ordinary = attack.before.pages[f"case-studies/{NAMED['case_study']}/"]
    for name in ("__search", "__drawer", "gp-title", "gp-content"):
        assert case.ids.count(name) == ordinary.ids.count(name)
    assert len(case.ids) == len(set(case.ids))


def test_the_description_is_the_summary(case: BuiltPage) -> None:
    # With the marks of print, as every description.
    assert case.description == hostile.SUMMARY.replace('"', "\u201d")


def without_neighbours(html: str) -> str:
    """A page without its list of related pages."""
    before, found, after = html.partition('<section class="gp-related"')
    return before + after.partition("</section>")[2] if found else html


def test_only_lists_and_pages_that_show_it_changed(attack: Attack) -> None:
    new = {attack.after.base + hostile.CASE_URL, attack.after.base + hostile.PARTNER_URL}
    unexpected = []
    for url, page in attack.after.pages.items():
        before = attack.before.pages.get(url)
        if before is not None and before.html == page.html:
            continue
        shows = any(attack.after.resolve(page, link.url) in new for link in page.links)
        if before is not None and without_neighbours(before.html) == without_neighbours(page.html):
            # Neighbours are weighed by how rare a shared facet is: one more case study makes some less rare.
            continue
        if not shows and attack.after.base + url not in new and not LISTS.fullmatch(url):
            unexpected.append(url)
    assert unexpected == []
    assert set(attack.before.pages) < set(attack.after.pages)


def test_files_that_are_no_pages_stay_as_they_were(attack: Attack) -> None:
    changed = []
    for file in attack.after.folder.rglob("*"):
        name = file.relative_to(attack.after.folder).as_posix()
        before = attack.before.folder / name
        if (
            file.is_file()
            and file.suffix != ".html"
            and (not before.is_file() or before.read_bytes() != file.read_bytes())
        ):
            changed.append(name)
    # Data, and pages as Markdown, hold every record: tests of their own say how.
    allowed = re.compile(
        r"sitemap\.xml(?:\.gz)?|(?:themes/.*/)?feed\.xml|(?:assets/)?search/.*|assets/offline/.*|.*\.json|data/.*"
        r"|llms\.txt|.*/index\.md"
    )
    assert [name for name in changed if not allowed.fullmatch(name)] == []


def test_a_feed_holds_it_as_text(attack: Attack) -> None:
    feed = ElementTree.parse(attack.after.folder / f"themes/{NAMED['theme']}/feed.xml")
    titles = [hostile.as_typed(title.text or "") for title in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert hostile.TITLE[:120].strip() in titles
