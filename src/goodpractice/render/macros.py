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
from goodpractice.render import (
    boxes,
    cards,
    design,
    examples,
    facet_lists,
    finder,
    glance,
    maps,
    section_lists,
)
from goodpractice.render.blocks import render_view
from goodpractice.render.views.case_study import case_study_page
from goodpractice.render.views.chapter import chapter_page
from goodpractice.render.views.network import network_page
from goodpractice.render.views.partner import partner_profile
from goodpractice.render.views.programme import programme_page
from goodpractice.render.views.theme import theme_page

Macro = Callable[..., Markup]

#: Macros for handbook chapters and pages in `docs/`.
EDITORS_MACROS: Mapping[str, Macro] = MappingProxyType(
    {
        macro.__name__: macro
        for macro in (
            boxes.top_tip,
            boxes.reflect,
            boxes.wider_sector,
            boxes.superpowers,
            boxes.voice,
            boxes.quote,
            cards.case_study,
            cards.case_studies,
            cards.partner,
            cards.partners,
            cards.chapter,
            cards.programme,
            cards.network,
            cards.networks,
            cards.theme,
            cards.themes,
            cards.term,
            cards.resource,
            cards.resources,
            boxes.plan,
            boxes.plan_strand,
            boxes.share_button,
            design.tokens,
            examples.part,
        )
    }
)

#: What whole pages show: the blocks of each, from the knowledge base and the id of a record.
VIEWS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        macro.__name__: macro
        for macro in (
            case_study_page,
            chapter_page,
            partner_profile,
            theme_page,
            programme_page,
            network_page,
            section_lists.handbook_index,
            section_lists.case_study_index,
            section_lists.partner_index,
            section_lists.theme_index,
            section_lists.programme_index,
            section_lists.network_index,
            section_lists.event_index,
            section_lists.glossary_page,
            section_lists.resource_index,
            section_lists.search_page,
            facet_lists.audience_index,
            facet_lists.audience_page,
            facet_lists.setting_index,
            facet_lists.setting_page,
            facet_lists.region_index,
            facet_lists.region_page,
            finder.find_page,
            finder.compare_page,
            maps.map_page,
            glance.glance_page,
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


def _bind_view(view: Callable[..., Any], kb: KnowledgeBase) -> Macro:
    """A view as HTML: pages of records that have a text of their own take it as finished HTML after their id."""
    if view in (case_study_page, chapter_page):

        @functools.wraps(view)
        def filled(id: str, body: str) -> Markup:
            return render_view(kb, view(kb, id), body)

        return filled

    @functools.wraps(view)
    def bound(*args: Any, **kwargs: Any) -> Markup:
        shown = view(kb, *args, **kwargs)
        return render_view(kb, shown) if isinstance(shown, tuple) else shown

    return bound


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
