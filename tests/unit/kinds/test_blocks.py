"""Blocks are data: no view of the real project puts HTML into one."""

from __future__ import annotations

import dataclasses
import functools
import re
import typing
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from goodpractice.content import Project
from goodpractice.kinds.blocks import Block, Head, Story
from goodpractice.kinds.texts import Joined, RecordLink, join
from goodpractice.pages import plan_pages
from goodpractice.render.macros import EDITORS_MACROS, macro_example, make_view

_TAG = re.compile(r"</?[a-z][a-z0-9-]*[ >]|<!--")


def walk(value: Any) -> Iterator[Any]:
    """Everything inside of a block."""
    if isinstance(value, Story):
        return  # a text as it is written, which may hold HTML
    yield value
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from walk(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from walk(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from walk(inner)


def holds_html(value: Any) -> bool:
    """Whether a value is markup, or a text with a tag in it."""
    return isinstance(value, Markup) or (isinstance(value, str) and _TAG.search(value) is not None)


def list_views(project: Project) -> Iterator[tuple[str, Any]]:
    """The blocks of every page that is made of blocks, by its address."""
    for page in plan_pages(project.kb):
        if page.macro:
            yield page.url, make_view(project.kb, page.macro, page.id, page.number)


def test_no_block_of_any_page_carries_html(repository: Project) -> None:
    found = [(url, value) for url, view in list_views(repository) for value in walk(view) if holds_html(value)]
    assert found == []


def test_no_block_of_a_macro_carries_html(repository: Project) -> None:
    kb = repository.kb
    calls = {name: macro_example(name, kb).strip("{} ") for name in EDITORS_MACROS}
    bound = {name: functools.partial(macro, kb) for name, macro in EDITORS_MACROS.items()}
    made = {name: eval(call, dict(bound)) for name, call in calls.items()}
    # The others return HTML into the text of an editor, and no block.
    views = {name: view for name, view in made.items() if not isinstance(view, str)}
    assert views
    assert [name for name, view in views.items() for value in walk(view) if holds_html(value)] == []


def test_html_in_a_block_is_found() -> None:
    assert any(map(holds_html, walk((Head("a", "b", Markup("c")),))))
    assert any(map(holds_html, walk((Head("a", join(["b", "<b>x</b>"]), "c"),))))


def test_texts_without_content_count_as_empty() -> None:
    assert not join(["", Joined(())])
    assert join([RecordLink("partner", "a"), ""]) == Joined((RecordLink("partner", "a"),))


def test_every_view_gives_blocks(repository: Project) -> None:
    kinds = typing.get_args(Block)
    assert all(isinstance(block, kinds) for _, view in list_views(repository) for block in view)
