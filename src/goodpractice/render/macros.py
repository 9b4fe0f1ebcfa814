"""The register of macros: every name that editors and layouts can use."""

from __future__ import annotations

import ast
import functools
import inspect
import re
import typing
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Any

from markupsafe import Markup

from goodpractice.content.fields import list_parts
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.base import Ref, SourceRef
from goodpractice.kinds.blocks import View
from goodpractice.kinds.event.view import calendar_page
from goodpractice.kinds.registry import COLLECTIONS, KINDS
from goodpractice.kinds.views.any_kind import ANY_KIND, record_index, record_page
from goodpractice.render import boxes, cards, design, examples, finder, glance
from goodpractice.render.blocks import render_view
from goodpractice.render.views import facets
from goodpractice.render.views.data import data_page
from goodpractice.render.views.new import new_page
from goodpractice.render.views.offline import offline_page
from goodpractice.render.views.overviews import map_page, search_page
from goodpractice.render.views.papers import paper_page

Macro = Callable[..., Markup]

_EDITORS: tuple[Callable[..., Markup | View], ...] = (
    boxes.top_tip,
    boxes.reflect,
    boxes.wider_sector,
    boxes.superpowers,
    boxes.voice,
    boxes.partner_accounts,
    boxes.quote,
    *cards.CARD_MACROS.values(),
    *(macro for kind in KINDS.values() for macro in kind.macros),
    cards.term,
    boxes.share_button,
    boxes.write_to_us,
    boxes.contact,
    design.tokens,
    examples.part,
)
#: Macros for handbook chapters and pages in `docs/`. Some return HTML, and those of kinds blocks.
EDITORS_MACROS: Mapping[str, Callable[..., Markup | View]] = MappingProxyType(
    {macro.__name__: macro for macro in _EDITORS}
)

#: The views of kinds, with the kind whose records they show.
_OF_KINDS: Mapping[Any, str] = {
    view: kind
    for kind, collection in COLLECTIONS.items()
    for view in (collection.view, collection.record_view)
    if view is not None and view.__name__ not in ANY_KIND
}
#: Views of records whose text is the Markdown below their facts.
TEXT_VIEWS = frozenset(collection.record_macro for kind, collection in COLLECTIONS.items() if KINDS[kind].has_text)
_OVERVIEWS = (
    *(facets.audience_index, facets.audience_page, facets.setting_index, facets.setting_page),
    *(facets.region_index, facets.region_page),
    *(finder.find_page, finder.compare_page, glance.glance_page, map_page, search_page, new_page, data_page),
    *(calendar_page, paper_page, offline_page),
)
_YEARS = (
    *(collection.year_view for collection in COLLECTIONS.values() if collection.year_view),
    *(collection.record_years.view for collection in COLLECTIONS.values() if collection.record_years),
)
#: What whole pages show: the blocks of each, from the knowledge base and the id of a record.
VIEWS: Mapping[str, Callable[..., View]] = MappingProxyType(
    {view.__name__: view for view in (*_OF_KINDS, record_index, record_page, *_YEARS, *_OVERVIEWS)}
)

_EXAMPLE = re.compile(r"^\s*Example:\n\s+(\{\{.*\}\})\s*$", re.MULTILINE)


def bind_macros(kb: KnowledgeBase) -> dict[str, Macro]:
    """Every macro, with the knowledge base filled in."""
    return {
        **{name: _bind(macro, kb) for name, macro in EDITORS_MACROS.items()},
        **{name: _bind_view(view, kb) for name, view in VIEWS.items()},
    }


def _bind(macro: Callable[..., Markup | View], kb: KnowledgeBase) -> Macro:
    @functools.wraps(macro)
    def bound(*args: Any, **kwargs: Any) -> Markup:
        made = macro(kb, *args, **kwargs)
        return render_view(kb, made) if isinstance(made, tuple) else made

    return bound


def _bind_view(view: Callable[..., View], kb: KnowledgeBase) -> Macro:
    """A view as HTML: pages of records that have a text of their own take it as finished HTML after their id."""
    if view.__name__ in TEXT_VIEWS:

        @functools.wraps(view)
        def filled(id: str, body: str) -> Markup:
            return render_view(kb, view(kb, id), body)

        return filled

    @functools.wraps(view)
    def bound(id: str = "", number: int = 1, kind: str = "") -> Markup:
        return render_view(kb, make_view(kb, view.__name__, id, number, kind))

    return bound


def is_ours(name: str, macro: Macro) -> bool:
    """Whether a macro is the view of this name, and none that `macros.py` has put in its place."""
    return getattr(macro, "__wrapped__", None) is VIEWS.get(name)


def make_view(kb: KnowledgeBase, name: str, id: str = "", number: int = 1, kind: str = "") -> View:
    """The blocks of a page.

    Args:
        kb: The knowledge base.
        name: Name of the view. Of what follows it is given what it takes.
        id: Id of the record or overview.
        number: Page of a list.
        kind: Kind of the record.

    Raises:
        KeyError: There is no such view, or no such record.
    """
    view = VIEWS[name]
    given = {"id": id, "number": number, "kind": kind}
    return view(kb, **{taken: given[taken] for taken in _parameters(view)})


@functools.cache
def _parameters(view: Callable[..., View]) -> tuple[str, ...]:
    return tuple(inspect.signature(view).parameters)[1:]


def macro_signature(name: str) -> inspect.Signature:
    """How editors call a macro: its parameters without the knowledge base, types resolved.

    Raises:
        KeyError: There is no such macro.
    """
    macro = {**EDITORS_MACROS, **VIEWS}[name]
    hints = typing.get_type_hints(macro, include_extras=True)
    if macro in _OF_KINDS:
        hints["id"] = Annotated[str, Ref(_OF_KINDS[macro])]
    parameters = [
        parameter.replace(annotation=hints.get(parameter.name, Any))
        for parameter in list(inspect.signature(macro).parameters.values())[1:]
    ]
    return inspect.Signature(parameters)


def macro_example(name: str, kb: KnowledgeBase | None = None) -> str:
    """The example in the documentation of an editors' macro, as it stands in Markdown.

    Args:
        name: The macro.
        kb: The knowledge base of another community: its records stand for those that it does not have.

    Raises:
        KeyError: There is no such macro, or it has no example.
    """
    found = _EXAMPLE.search(EDITORS_MACROS[name].__doc__ or "")
    if found is None:
        raise KeyError(f"the macro {name} has no example")
    return found[1] if kb is None else _name_known(kb, name, found[1])


def _name_known(kb: KnowledgeBase, name: str, example: str) -> str:
    """An example with the first record of a kind in the place of one that is not there."""
    (call,) = (node for node in ast.walk(ast.parse(example.strip("{} "))) if isinstance(node, ast.Call))
    bound = macro_signature(name).bind(*call.args, **{str(word.arg): word.value for word in call.keywords})
    for argument, value in bound.arguments.items():
        annotation = macro_signature(name).parameters[argument].annotation
        marks = [mark for mark in list_parts(annotation) if isinstance(mark, Ref | SourceRef)]
        for node in value if isinstance(value, tuple) else (value,):
            if not (marks and isinstance(node, ast.Constant) and isinstance(node.value, str)):
                continue
            known = kb.table(marks[0].kind) if isinstance(marks[0], Ref) else kb.publications
            if known and node.value not in known and "://" not in node.value:
                example = example.replace(f'"{node.value}"', f'"{next(iter(known))}"')
    return example
