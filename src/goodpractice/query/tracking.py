"""The dependencies of a page: the records and fields it read, and the queries it ran.

While a trace is being recorded, tables of the knowledge base hand out records
that note which of their fields are read, and every query to the knowledge
base is noted with its result. A page whose fields have not changed and whose
queries have the same results is the same page: an incremental build need
not render it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from types import FunctionType
from typing import Any, Generic, TypeVar, cast

R = TypeVar("R")

Query = tuple[Any, ...]
Result = Any


@dataclass(slots=True, eq=False)
class Trace:
    """Everything that was read from the knowledge base.

    Attributes:
        fields: Names of the fields read, by kind and id of the record.
        queries: Results, by query: its name and arguments.
        parts: Traces of memoised fragments used by this page; unordered, duplicates possible.
        packed: What somebody made of it who meets it on many pages, and who that is: it goes with the trace.
    """

    fields: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    queries: dict[Query, Result] = field(default_factory=dict)
    parts: list[Trace] = field(default_factory=list)
    packed: tuple[Any, Any] | None = None


#: Each thread records for itself: `serve` renders in one while another makes the search.
_active: ContextVar[Trace | None] = ContextVar("active trace", default=None)


@contextmanager
def record_trace() -> Iterator[Trace]:
    """Record what this thread reads until the block ends. An inner block records for itself."""
    trace = Trace()
    token = _active.set(trace)
    try:
        yield trace
    finally:
        _active.reset(token)


class TrackedRecord:
    """Stands for a record while a trace is recorded, and notes which fields are read.

    A property or method is computed here, from the fields that it reads: these are noted, and not its own name.
    """

    __slots__ = ("_fields", "_record")

    def __init__(self, record: Any, fields: set[str]) -> None:
        self._record = record
        self._fields = fields

    def __getattr__(self, name: str) -> Any:
        computed = _find_computed(self._record.__class__, name)
        if computed is not None:
            return computed.__get__(self)
        self._fields.add(name)
        return getattr(self._record, name)


@cache
def _find_computed(model: Any, name: str) -> Any:
    found = getattr(model, name, None)
    return found if isinstance(found, property | FunctionType) else None


def track(kind: str, record_id: str, record: R) -> R:
    """The record itself, or a stand-in that notes what is read while a trace is recorded."""
    trace = _active.get()
    if trace is None:
        return record
    fields = trace.fields.setdefault((kind, record_id), set())
    return cast("R", TrackedRecord(record, fields))


def record_result(query: Query, compute: Callable[[], Result]) -> Result:
    """Run a query, and note its result while a trace is recorded.

    Args:
        query: Its name and arguments: texts, numbers, None and tuples of them.
        compute: Gives the result, of the same types.
    """
    result = compute()
    trace = _active.get()
    if trace is not None:
        trace.queries[query] = result
    return result


def freeze(value: Any) -> Any:
    """A result that went through JSON, with tuples again in the place of lists."""
    return tuple(freeze(part) for part in value) if isinstance(value, list) else value


def note(kind: str, record_id: str, field: str) -> None:
    """Note that a field of a record is read, from wherever its value comes."""
    trace = _active.get()
    if trace is not None:
        trace.fields.setdefault((kind, record_id), set()).add(field)


class Memo:
    """Fragments that many pages show, rendered once, each with its trace: cards, links.

    Belongs to one knowledge base, whose records never change.
    """

    def __init__(self, is_last_only: bool = False) -> None:
        """Begin with nothing.

        Args:
            is_last_only: Whether only the last fragment is kept, since each is large and needed again at once or never.
        """
        self._cached: dict[tuple[Any, ...], tuple[Any, Trace]] = {}
        self._is_last_only = is_last_only

    def take(self, key: tuple[Any, ...], make: Callable[[], R]) -> R:
        """The fragment of a key, made at the first call."""
        cached = self._cached.get(key)
        if cached is None:
            with record_trace() as own:
                made = make()
            if self._is_last_only:
                self._cached.clear()
            cached = self._cached[key] = (made, own)
        trace = _active.get()
        if trace is not None:
            trace.parts.append(cached[1])
        return cast("R", cached[0])


class Table(Mapping[str, R], Generic[R]):
    """Records of one kind by id, in the order of their files."""

    def __init__(self, kind: str, records: Mapping[str, R] | None = None) -> None:
        self.kind = kind
        self.raw: Mapping[str, R] = records if records is not None else {}

    def __getitem__(self, record_id: str) -> R:
        return track(self.kind, record_id, self.raw[record_id])

    def __contains__(self, record_id: object) -> bool:
        if _active.get() is None:
            return record_id in self.raw
        return bool(record_result(("has", self.kind, record_id), lambda: record_id in self.raw))

    def __iter__(self) -> Iterator[str]:
        if _active.get() is None:
            return iter(self.raw)
        return iter(record_result(("all", self.kind), lambda: tuple(self.raw)))

    def __len__(self) -> int:
        if _active.get() is None:
            return len(self.raw)
        return len(record_result(("all", self.kind), lambda: tuple(self.raw)))
