from __future__ import annotations

from unittest.mock import patch

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodpractice.content.document import Document
from goodpractice.pages import Page
from goodpractice.query.tracking import record_result, record_trace
from goodpractice.render.page_values import collect_page_values
from goodpractice.render.registration import MAY_CALL, MacroCollector
from goodpractice.render.sandbox import PageSandbox


@pytest.fixture
def called() -> list[int]:
    return []


@pytest.fixture
def collector(called: list[int]) -> MacroCollector:
    collector = MacroCollector()

    def count() -> str:
        called.append(1)
        return str(record_result(("count",), lambda: 7))

    collector.macro(count)
    return collector


def test_a_page_is_expanded_once_and_its_readings_come_each_time(collector: MacroCollector, called: list[int]) -> None:
    for _ in range(2):
        with record_trace() as trace:
            assert collector.expand("{{ count() }}") == "7"
        (part,) = trace.parts
        assert part.queries == {("count",): 7}
    assert len(called) == 1


def test_two_pages_with_one_text_say_their_own_names(collector: MacroCollector) -> None:
    text = "{{ page.title }} {{ config.site_name }} {{ day }} {{ extra.day }}"
    config = {"site_name": "A site", "extra": {"day": "Tuesday"}}
    for name in ("a", "b"):
        page = Page("doc", name, f"{name}/", f"<{name}>", "", f"docs/{name}.md")
        values = collect_page_values(page, Document(page.source, text), config)
        assert collector.expand(text, values) == f"&lt;{name}&gt; A site Tuesday Tuesday"


def test_a_name_that_is_not_known_is_an_error(collector: MacroCollector) -> None:
    with pytest.raises(jinja2.UndefinedError):
        collector.expand("{{ git.short_commit }}")


def test_own_variables_go_before_those_of_the_site(collector: MacroCollector) -> None:
    collector.variables["day"] = "Monday"
    assert collector.expand("{{ day }}", {"day": "Tuesday"}) == "Monday"


@given(st.text("{}% #a\n", max_size=12))
def test_a_page_without_calls_is_what_jinja_makes_of_it(text: str) -> None:
    plain = not MAY_CALL.search(text)
    with patch.object(MacroCollector, "_expand", lambda *_: "expanded"):
        quick = MacroCollector().expand(text)
    if plain:
        assert quick == PageSandbox(jinja2.StrictUndefined).from_string(text).render()
    else:
        assert quick == "expanded"
