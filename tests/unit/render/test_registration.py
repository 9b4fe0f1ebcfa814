from __future__ import annotations

import jinja2
import pytest

from goodpractice.render.registration import MacroCollector
from goodpractice.tracking import answer, record_trace


@pytest.fixture
def called() -> list[int]:
    return []


@pytest.fixture
def collector(called: list[int]) -> MacroCollector:
    collector = MacroCollector()

    def count() -> str:
        called.append(1)
        return str(answer(("count",), lambda: 7))

    collector.macro(count)
    return collector


def test_a_page_is_expanded_once_and_its_readings_come_each_time(collector: MacroCollector, called: list[int]) -> None:
    for lenient in (True, False):
        with record_trace() as trace:
            assert collector.expand("{{ count() }}", lenient=lenient) == "7"
        (part,) = trace.parts
        assert part.questions == {("count",): 7}
    assert len(called) == 1


def test_names_of_the_generator_print_nothing_only_where_that_is_wanted(collector: MacroCollector) -> None:
    page = "{{ config.site_name }}{{ count() }}"
    assert collector.expand(page, lenient=True) == "7"
    with pytest.raises(jinja2.UndefinedError):
        collector.expand(page)
