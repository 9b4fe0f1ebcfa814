"""Networks on a map and page by page, and what a programme does to keep its people together."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from pydantic import ValidationError

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.charts import Spot, World
from goodpractice.kinds.event.model import Event
from goodpractice.kinds.network import Network
from goodpractice.kinds.partner import Partner
from goodpractice.kinds.programme import Programme
from goodpractice.kinds.series import Series
from goodpractice.kinds.timeline import TimelineEntry
from goodpractice.query.tracking import Table
from goodpractice.render.charts import draw_chart
from goodpractice.render.macros import bind_macros
from goodpractice.render.places import load_views

SOURCE = "https://example.org/source"
MIDDLE = {"lat": 50, "lon": 10}
NO_PAGE = "We have found no public page that says how to join."


def make_network(id: str, **values: Any) -> Network:
    facts = {"name": f"Net {id}", "short_name": id.upper(), "region": f"Region {id}", "sources": [SOURCE]}
    return Network.model_validate({"id": id, **facts, **values})


def make_kb(*networks: Network, **tables: dict[str, Any]) -> KnowledgeBase:
    made = [Table("network", {network.id: network for network in networks})]
    return KnowledgeBase().with_tables(*made, *(Table(kind, records) for kind, records in tables.items()))


def show(kb: KnowledgeBase, macro: str, *arguments: str) -> str:
    return unescape(str(bind_macros(kb)[macro](*arguments)))


def section(html: str, id: str) -> str:
    """The section under a heading; nothing where there is none."""
    _, found, rest = html.partition(f'<section class="gp-part" aria-labelledby="{id}">')
    return rest.split("</section>")[0] if found else ""


def words(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def test_the_map_and_its_table_say_the_same() -> None:
    joint = make_network("joint", networks=["north", "south"])
    kb = make_kb(
        make_network("south", middle={"lat": -30, "lon": 20}),
        make_network("north", middle=MIDDLE, founded=1990),
        make_network("nowhere"),
        joint,
    )
    html = show(kb, "network_index")
    drawn = [re.findall(r"<text[^>]*>([^<]*)</text>", picture) for picture in re.findall("<svg.*?</svg>", html)]
    rows = re.findall(r'<tr[^>]*><th scope="row"[^>]*>([^<]*)</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td></tr>', html)
    table = [(region, words(link), year) for region, link, year in rows]
    assert table == [("Region north", "NORTH", "1990"), ("Region south", "SOUTH", "not documented")]
    # One picture for wide screens and one for telephones.
    assert drawn == [["NORTH", "SOUTH"], ["NORTH", "SOUTH"]]
    assert "<details open" in html.replace(' class="gp-figure__data"', "")
    assert re.findall(r"Net \w+", words(section(html, "gp-networks"))) == ["Net south", "Net north", "Net nowhere"]
    assert "JOINT" in section(html, "gp-together")


def test_what_networks_hold_together_is_on_the_list() -> None:
    def make_event(id: str, *named: str) -> Event:
        facts = {"id": id, "name": f"Event {id}", "status": "held", "start": "2019", "sources": [SOURCE]}
        return Event.model_validate({**facts, "networks": named})

    kb = make_kb(
        make_network("north"),
        make_network("south"),
        make_network("joint", networks=["north", "south"]),
        event={
            event.id: event
            for event in (
                make_event("alone", "north"),
                make_event("both", "north", "south"),
                make_event("summit", "joint"),
            )
        },
    )
    html = show(kb, "network_index")
    assert re.findall(r"Event \w+", section(html, "gp-joint-events")) == ["Event both", "Event summit"]


def test_without_a_map_there_is_no_figure() -> None:
    assert "<svg" not in show(make_kb(make_network("north")), "network_index")


@pytest.mark.parametrize(
    ("joining", "says", "says_not"),
    [
        (None, NO_PAGE, "Who may"),
        ({"who": "Museums", "sources": [SOURCE]}, NO_PAGE, "What it costs"),
        (
            {"how": "Fill in a form", "fee": {"amount": "10 euros", "year": "2021"}, "sources": [SOURCE]},
            "10 euros (2021)",
            NO_PAGE,
        ),
    ],
)
def test_a_page_says_how_one_joins_or_that_nobody_says_so(joining: Any, says: str, says_not: str) -> None:
    html = show(make_kb(make_network("north", joining=joining)), "network_page", "north")
    found = words(section(html, "gp-joining"))
    assert says in found
    assert says_not not in found


def test_who_is_to_be_asked_is_named() -> None:
    html = show(make_kb(make_network("north", url="https://example.org")), "network_page", "north")
    assert "Ask at NORTH." in words(section(html, "gp-joining")).replace(" .", ".")


def test_a_price_has_its_year() -> None:
    with pytest.raises(ValidationError, match="year"):
        make_network("north", joining={"fee": {"amount": "10 euros"}, "sources": [SOURCE]})


def test_a_gain_has_its_source() -> None:
    with pytest.raises(ValidationError, match="source"):
        make_network("north", gains=[{"what": "A vote"}])
    kb = make_kb(make_network("north", gains=[{"what": "A vote", "source": "https://example.com/vote"}]))
    html = show(kb, "network_page", "north")
    assert html.count("https://example.com/vote") == 2, "beside the gain, and among the sources"


def test_networks_and_the_body_that_they_form_lead_to_each_other() -> None:
    kb = make_kb(make_network("north"), make_network("joint", networks=["north"]))
    joint = show(kb, "network_page", "joint")
    assert "networks/north/" in joint
    assert "gp-joining" not in joint, "nobody joins a body of networks"
    assert "networks/joint/" in show(kb, "network_page", "north")


def test_a_member_is_named_once() -> None:
    def make_partner(id: str) -> Partner:
        return Partner.model_validate({"id": id, "name": f"Museum {id}", "networks": ["north"], "sources": [SOURCE]})

    founders = {"group": "Founders", "partners": ["a", "unknown"], "names": ["House of C"]}
    kb = make_kb(make_network("north", named_members=[founders]), partner={id: make_partner(id) for id in "ab"})
    found = words(section(show(kb, "network_page", "north"), "gp-members"))
    assert found == "Members named here Founders Museum a , House of C In this knowledge base Museum b"


def test_marks_stay_on_the_map_and_names_are_text() -> None:
    spots = tuple(Spot("<b>&", lat, lon) for lat, lon in ((-56, -70), (0, 0), (70, 179), (90, 180)))
    view = load_views()["world"]
    for picture in draw_chart(World("All <of> them", spots)):
        assert "<b>" not in picture
        assert "<of>" not in picture
        marks = re.findall(r'<circle class="gp-chart__dot" cx="(\d+)" cy="(\d+)"', picture)
        assert len(marks) == len(spots)
        assert all(0 <= int(x) <= view.width and 0 <= int(y) <= view.height for x, y in marks)


def make_programme(**values: Any) -> Programme:
    facts = {"id": "circle", "name": "Circle", "summary": "A programme.", "sources": [SOURCE]}
    return Programme.model_validate({**facts, **values})


def test_a_programme_shows_what_it_does_and_what_nobody_tells() -> None:
    visits = {
        "id": "visits",
        "name": "Visits",
        "what": "They went to see each other.",
        "gave": "Trust.",
        "templates": ["no-such-sheet"],
        "sources": ["https://example.com/visits"],
    }
    programme = make_programme(activities=[visits], gaps=["What it cost."], copy_with="no-such-chapter")
    entry = {"name": "It begins.", "programmes": ["circle"], "sources": [SOURCE]}
    years = {"later": "2023-11", "first": "2021"}
    entries = {id: TimelineEntry.model_validate({"id": id, "date": date, **entry}) for id, date in years.items()}
    series = Series(id="told", title="Told", about="What happened.", programmes=("circle",))
    kb = make_kb(programme={"circle": programme}, timeline_entry=entries, series={"told": series})
    html = show(kb, "programme_page", "circle")
    assert 'id="gp-activity-visits"' in html
    assert "Trust." in html
    assert "no-such" not in html
    assert html.count("https://example.com/visits") == 2, "beside the activity, and among the sources"
    assert "What it cost." in section(html, "gp-gaps")
    assert re.findall(r"timeline/#(\w+)", section(html, "gp-timeline")) == ["first", "later"]
    assert "programmes/circle/" in show(kb, "series_page", "told")


def test_a_programme_without_more_has_no_empty_parts() -> None:
    html = show(make_kb(programme={"circle": make_programme()}), "programme_page", "circle")
    assert not re.findall(r'id="gp-(?:activities|gaps|timeline|posts)"', html)
