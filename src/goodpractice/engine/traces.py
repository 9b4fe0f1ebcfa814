"""What pages were made from, in a form that can be kept and compared.

Ten thousand pages read the same few thousand things: the name of a theme, the
answer to a question. Each such *reading* is kept once, under a number that its
text decides; the trace of a page is the numbers of its readings. To tell
whether pages are still right, each reading is looked at once.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b
from types import MappingProxyType
from typing import Any

from goodpractice.content.queries import OF_RECORD, QUERIES
from goodpractice.engine.state import Dependencies
from goodpractice.outputs.site import PAPER, Site
from goodpractice.query.tracking import Query, Result, Trace, freeze


class TracePacker:
    """Packs the traces of many pages, which share most of their parts.

    Attributes:
        dependencies: What the numbers stand for, as far as no trace before has said it; whoever keeps them may empty
            it.
    """

    def __init__(self) -> None:
        self.dependencies: Dependencies = {}
        self._said: set[int] = set()

    def pack(self, trace: Trace) -> bytes:
        """The numbers of everything that was read, 8 bytes each."""
        return array("q", self._number(trace)).tobytes()

    def _number(self, trace: Trace) -> set[int]:
        read = [_serialise_fields(*key, frozenset(names)) for key, names in trace.fields.items()]
        read += [_serialise_result(query, result) for query, result in trace.queries.items()]
        numbers = {number for number, _ in read}
        if not numbers <= self._said:
            self.dependencies.update(dependency for dependency in read if dependency[0] not in self._said)
            self._said |= numbers
        for part in trace.parts:
            if part.packed is None or part.packed[0] is not self:
                part.packed = (self, array("q", self._number(part)))
            numbers.update(part.packed[1])
        return numbers


#: How a reading of fields begins, and one of an answer.
_FIELDS, _ANSWER = '["fields", ', '["answer", '


# A hundred thousand readings are printed for ten thousand stories: making an encoder takes as long as using it.
_print = json.JSONEncoder(ensure_ascii=False).encode
_decode = json.JSONDecoder().raw_decode
#: How an answer about a paper begins, and how one ends that is nothing.
_PAPER, _NOTHING = f"{_ANSWER}{_print(PAPER)[:-1]}, ", ", null]"


@lru_cache(maxsize=5_000)
def _serialise_fields(kind: str, record_id: str, names: frozenset[str]) -> tuple[int, str]:
    # Records of a kind are mostly read in the same way, and only their ids differ.
    return _number(f"{_FIELDS}{_print(kind)}, {_print(record_id)}{_serialise_names(names)}]")


@lru_cache(maxsize=5_000)
def _serialise_names(names: frozenset[str]) -> str:
    return "".join(f", {_print(name)}" for name in sorted(names))


@lru_cache(maxsize=5_000)
def _serialise_result(query: tuple[Any, ...], result: Any) -> tuple[int, str]:
    return _number(_print(["answer", query, result]))


def _number(text: str) -> tuple[int, str]:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), signed=True), text


def list_numbers(trace: bytes) -> list[int]:
    """The numbers of the readings in a packed trace."""
    return array("q", trace).tolist()


def read_results(dependencies: Iterable[str]) -> dict[Query, Result]:
    """The questions among readings, with their answers."""
    results = {}
    for text in dependencies:
        what, *dependency = json.loads(text)
        if what == "answer":
            query, result = freeze(dependency)
            results[query] = result
    return results


class TraceCheck:
    """Tells whether a file that was made from a trace would come out the same now."""

    def __init__(
        self,
        site: Site,
        dependencies: Mapping[int, str],
        changed: Mapping[tuple[str, str], frozenset[str]],
        standing: Iterable[str] = (),
        doubtful: Mapping[str, Collection[str]] = MappingProxyType({}),
    ) -> None:
        """Prepare the comparison.

        Args:
            site: The project as it is now.
            dependencies: What the numbers in traces stand for.
            changed: Names of the changed fields of changed records; `*` when
                the record is new, gone, or changed beyond its fields.
            standing: Names of queries that have the answers of before, unless they are about a changed record.
            doubtful: By the names of other queries about a record, the ids of those of which the answer may be another.
        """
        self._site = site
        self._dependencies = dependencies
        self._changed = changed
        # Most readings are told apart by how they begin. All others are taken apart when somebody asks.
        right = (_FIELDS, *(f"{_ANSWER}[{_print(name)}" for name in standing))
        unsure = (
            *(_serialise_fields(*key, frozenset())[1].removesuffix("]") for key in changed),
            *(f"{_ANSWER}{_print([name, *key])[:-1]}" for key in changed for name in OF_RECORD),
        )
        #: Numbers of the readings that are what they were, as far as is known, and of those that are not.
        self._same = {
            number for number, text in dependencies.items() if text.startswith(right) and not text.startswith(unsure)
        }
        for name, ids in doubtful.items():
            self._same |= _find_others(dependencies, f"{_ANSWER}[{_print(name)}, ", ids)
        self._different: set[int] = set()
        self._results: dict[Query, str] = {}

    def is_same(self, trace: bytes) -> bool:
        """Whether nothing that a page was made from has changed."""
        unsure = set(array("q", trace)) - self._same
        if not unsure.isdisjoint(self._different):
            return False
        for number in unsure:
            if not self._is_same_dependency(self._dependencies.get(number)):
                self._different.add(number)
                return False
            self._same.add(number)
        return True

    def _is_same_dependency(self, text: str | None) -> bool:
        if text is None:
            return False
        if text.startswith(_PAPER) and text.endswith(_NOTHING):
            # Ten thousand pages ask for papers that no build has made yet.
            return self._site.answer(PAPER[1], _decode(text, len(_PAPER))[0]) is None
        if text.startswith(_ANSWER):
            # The answer of before is not taken apart, unless it is printed in another way now.
            query = freeze(_decode(text, len(_ANSWER))[0])
            now = self._answer(query)
            return now == text or bool(json.loads(now) == json.loads(text))
        __, kind, record_id, *names = json.loads(text)
        changed = self._changed.get((kind, record_id), frozenset())
        return "*" not in changed and changed.isdisjoint(names)

    def _answer(self, query: Query) -> str:
        """A reading of a query, as it is now."""
        if query not in self._results:
            name, *arguments = query
            try:
                result = self._site.answer(*arguments) if name == "site" else QUERIES[name](self._site.kb, *arguments)
            except KeyError:
                result = None
            self._results[query] = _print(["answer", query, result])
        return self._results[query]


def _find_others(dependencies: Mapping[int, str], beginning: str, ids: Collection[str]) -> set[int]:
    """The numbers of answers about records, which begin like this, but for those about some."""
    return {
        number
        for number, text in dependencies.items()
        if text.startswith(beginning) and _decode(text, len(beginning))[0] not in ids
    }
