"""What is noted while a page is rendered, also when a part of it is not made anew."""

from __future__ import annotations

from threading import Thread

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.lookup import memoise
from goodpractice.query.tracking import Memo, Table, note, record_result, record_trace


class Shelf:
    title = "Trust"
    first, last = 2024, 2026

    @property
    def years(self) -> str:
        return f"{self.first} to {self.last}"

    def say(self, word: str) -> str:
        return f"{word} {self.title}, {self.years}"


def read_twice(kb: KnowledgeBase, table: Table[Shelf]) -> list[str]:
    made: list[str] = []

    @memoise
    def show(kb: KnowledgeBase, record_id: str) -> str:
        made.append(record_id)
        return f"{table[record_id].title} {record_result(('many',), lambda: 3)}"

    traces = []
    for _ in range(2):
        with record_trace() as trace:
            assert show(kb, "trust") == "Trust 3"
        traces.append(trace)
    assert traces[0].parts == traces[1].parts
    (part,) = traces[1].parts
    assert part.fields == {("theme", "trust"): {"title"}}
    assert part.queries == {("many",): 3}
    return made


def test_what_is_remembered_is_made_once_and_noted_each_time() -> None:
    table = Table("theme", {"trust": Shelf()})
    assert read_twice(KnowledgeBase(), table) == ["trust"]


def test_knowledge_bases_remember_nothing_of_each_other() -> None:
    numbers = iter([1, 2])
    show = memoise(lambda kb: next(numbers))
    assert [show(KnowledgeBase()), show(KnowledgeBase())] == [1, 2]


def test_a_trace_around_another_holds_what_both_read() -> None:
    memo = Memo()
    with record_trace() as outer:
        note("theme", "money", "title")
        memo.take(("a",), lambda: note("theme", "trust", "title"))
    assert set(outer.fields) == {("theme", "money")}
    assert [set(part.fields) for part in outer.parts] == [{("theme", "trust")}]


def test_what_is_computed_from_fields_depends_on_them_alone() -> None:
    table = Table("theme", {"trust": Shelf()})
    with record_trace() as trace:
        assert table["trust"].years == "2024 to 2026"
    assert trace.fields == {("theme", "trust"): {"first", "last"}}
    with record_trace() as trace:
        assert table["trust"].say("About") == "About Trust, 2024 to 2026"
    assert trace.fields == {("theme", "trust"): {"title", "first", "last"}}


def test_nothing_is_noted_outside_of_a_trace() -> None:
    note("theme", "money", "title")
    with record_trace() as trace:
        pass
    assert not trace.fields


def test_another_thread_adds_nothing_to_a_trace() -> None:
    table = Table("theme", {"trust": Shelf()})
    with record_trace() as trace:
        other = Thread(target=lambda: table["trust"].title)
        other.start()
        other.join()
    assert trace.fields == {}
