"""The templates of components and layouts: values escaped, white space collapsed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cache
from typing import Any

import jinja2
import jinja2.ext
from markupsafe import Markup

from goodpractice.pages.addresses import PAGE_TOKEN

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def page_href(url: str) -> str:
    """Token for a page of the site, for use in an attribute."""
    return PAGE_TOKEN + url


def format_date(date: datetime.date) -> str:
    """A date as readers of British English write it: 21 November 2026."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def join_words(words: Sequence[str], last: str = "and") -> str:
    """A list in words: `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def paragraphs(text: str) -> Markup:
    """Plain text as paragraphs: a blank line begins a new one."""
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in parts if part)


class _Collapse(jinja2.ext.Extension):
    """Joins the lines of a template when it is compiled, so that pages carry no indentation."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return "".join(line.strip() for line in source.splitlines())


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader(
            [jinja2.PackageLoader("goodpractice", "components"), jinja2.PackageLoader("goodpractice", "layouts")]
        ),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        extensions=[_Collapse],
    )
    environment.filters["page"] = page_href
    environment.filters["date"] = format_date
    environment.filters["words"] = join_words
    environment.filters["paragraphs"] = paragraphs
    return environment


def render_template(name: str, **values: Any) -> Markup:
    """Fill a template; values are escaped unless they are markup already.

    Args:
        name: `card/template.html` for a component, `partner_profile.html` for a layout.
        **values: What the template prints.
    """
    return Markup(_environment().get_template(name).render(values))  # noqa: S704 - the template escaped every value


def render_component(name: str, **values: Any) -> Markup:
    """Fill the template of a component, by the name of its folder."""
    return render_template(f"{name}/template.html", **values)
