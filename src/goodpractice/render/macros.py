"""The register of macros: every name that editors and layouts can use."""

from __future__ import annotations

import functools
import inspect
import re
import typing
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds.blocks import View
from goodpractice.render import (
    boxes,
    cards,
    design,
    examples,
    finder,
    glance,
)
from goodpractice.render.blocks import render_view
from goodpractice.render.views import facets
from goodpractice.render.views.case_study import case_study_index, case_study_page
from goodpractice.render.views.chapter import chapter_page, handbook_index
from goodpractice.render.views.event import event_index
from goodpractice.render.views.map import map_page
from goodpractice.render.views.network import network_index, network_page
from goodpractice.render.views.new import new_page
from goodpractice.render.views.partner import partner_index, partner_profile
from goodpractice.render.views.programme import programme_index, programme_page
from goodpractice.render.views.record import record_index, record_page
from goodpractice.render.views.resource import resource_index
from goodpractice.render.views.search import search_page
from goodpractice.render.views.term import glossary_page
from goodpractice.render.views.theme import theme_index, theme_page

Macro = Callable[..., Markup]

_EDITORS: tuple[Macro, ...] = (
    boxes.top_tip,
    boxes.reflect,
    boxes.wider_sector,
    boxes.superpowers,
    boxes.voice,
    boxes.quote,
    *cards.CARD_MACROS.values(),
    cards.case_studies,
    cards.partners,
    cards.networks,
    cards.themes,
    cards.term,
    cards.resources,
    boxes.plan,
    boxes.plan_strand,
    boxes.share_button,
    design.tokens,
    examples.part,
)
#: Macros for handbook chapters and pages in `docs/`.
EDITORS_MACROS: Mapping[str, Macro] = MappingProxyType({macro.__name__: macro for macro in _EDITORS})

#: What whole pages show: the blocks of each, from the knowledge base and the id of a record.
VIEWS: Mapping[str, Callable[..., View]] = MappingProxyType(
    {
        macro.__name__: macro
        for macro in (
            case_study_page,
            chapter_page,
            partner_profile,
            theme_page,
            programme_page,
            network_page,
            record_page,
            record_index,
            handbook_index,
            case_study_index,
            partner_index,
            theme_index,
            programme_index,
            network_index,
            event_index,
            glossary_page,
            resource_index,
            search_page,
            facets.audience_index,
            facets.audience_page,
            facets.setting_index,
            facets.setting_page,
            facets.region_index,
            facets.region_page,
            finder.find_page,
            finder.compare_page,
            map_page,
            glance.glance_page,
            new_page,
        )
    }
)

_EXAMPLE = re.compile(r"^\s*Example:\n\s+(\{\{.*\}\})\s*$", re.MULTILINE)


def bind_macros(kb: KnowledgeBase) -> dict[str, Macro]:
    """Every macro, with the knowledge base filled in."""
    return {
        **{name: _bind(macro, kb) for name, macro in EDITORS_MACROS.items()},
        **{name: _bind_view(view, kb) for name, view in VIEWS.items()},
    }


def _bind(macro: Macro, kb: KnowledgeBase) -> Macro:
    @functools.wraps(macro)
    def bound(*args: Any, **kwargs: Any) -> Markup:
        return macro(kb, *args, **kwargs)

    return bound


def _bind_view(view: Callable[..., View], kb: KnowledgeBase) -> Macro:
    """A view as HTML: pages of records that have a text of their own take it as finished HTML after their id."""
    if view in (case_study_page, chapter_page):

        @functools.wraps(view)
        def filled(id: str, body: str) -> Markup:
            return render_view(kb, view(kb, id), body)

        return filled

    @functools.wraps(view)
    def bound(id: str = "", number: int = 1, kind: str = "") -> Markup:
        return render_view(kb, make_view(kb, view.__name__, id, number, kind))

    return bound


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
    parameters = [
        parameter.replace(annotation=hints.get(parameter.name, Any))
        for parameter in list(inspect.signature(macro).parameters.values())[1:]
    ]
    return inspect.Signature(parameters)


def macro_example(name: str) -> str:
    """The example in the documentation of an editors' macro, as it stands in Markdown.

    Raises:
        KeyError: There is no such macro, or it has no example.
    """
    found = _EXAMPLE.search(EDITORS_MACROS[name].__doc__ or "")
    if found is None:
        raise KeyError(f"the macro {name} has no example")
    return found[1]
