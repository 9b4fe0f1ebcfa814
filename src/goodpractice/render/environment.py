"""The templates of components: values escaped, white space collapsed.

Macros return HTML that stands in Markdown, and Markdown reads what stands
between tags: a partner called `[x](javascript:…)` would become a link. So
values are escaped twice, for HTML and for Markdown, by character references
that both leave alone.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import Any

import jinja2
import jinja2.ext
import jinja2.visitor
from jinja2 import nodes
from markupsafe import Markup
from markupsafe import escape as escape_html

from goodpractice.i18n.dates import format_date
from goodpractice.i18n.languages import ENGLISH, Language
from goodpractice.i18n.messages import NAMED
from goodpractice.pages.link_resolver import PAGE_URI
from goodpractice.render.compiled import CompiledTemplates

#: What Python-Markdown and its extensions look for inside a line, and everything that begins a new one.
_MARKDOWN_CHARACTERS = "\\\\`*_{}\\[\\]|~^\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_MARKDOWN = re.compile(f"[{_MARKDOWN_CHARACTERS}]")
_find_special = re.compile(f"[&<>\"'{_MARKDOWN_CHARACTERS}]").search


def page_href(url: str) -> str:
    """Token for a page of the site, for use in an attribute."""
    return PAGE_URI + url


def escape_text(value: object) -> Markup:
    """Escape a value for HTML and for Markdown, in text and in attributes; markup stays as it is.

    Underscores of web addresses stay too: Markdown takes no emphasis from inside of a tag.
    """
    if isinstance(value, Markup):
        return value
    text = str(escape_html(value))
    if _MARKDOWN.search(text) is None:
        return Markup(text)  # noqa: S704 - escaped in the line above
    keep = "_" if text.startswith(("http://", "https://", PAGE_URI)) else ""
    return Markup(_MARKDOWN.sub(lambda found: _refer(found[0], keep), text))  # noqa: S704 - escaped above


def escaped(value: object) -> str:
    """As `escape_text`, for what goes into other markup at once: no markup is made of every name."""
    if value.__class__ is str and not _find_special(value):
        return value
    return escape_text(value)


def _refer(character: str, keep: str) -> str:
    if character == keep:
        return character
    return " " if character.isspace() or character in "\x1c\x1d\x1e" else f"&#{ord(character)};"


class Html(Markup):
    """Markup whose `format`, `join` and `+` escape values for Markdown too."""

    @classmethod
    def escape(cls, s: object) -> Html:
        """Escape a value as `escape_text` does."""
        return cls(escape_text(s))


def fill(words: str, **values: object) -> Html:
    """Words of the generator with values in the place of names in braces, everything escaped.

    Raises:
        KeyError: A name has no value.
    """
    pieces = NAMED.split(words)
    return Html("".join([escaped(values[piece] if at % 2 else piece) for at, piece in enumerate(pieces)]))


def paragraphs(text: str) -> Markup:
    """Plain text as paragraphs: a blank line begins a new one."""
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return Html("".join([f"<p>{escaped(part)}</p>" for part in parts if part]))


class _Collapse(jinja2.ext.Extension):
    """Joins the lines of a template when it is compiled, so that pages carry no indentation."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return "".join(line.strip() for line in source.splitlines())


class _Words(jinja2.visitor.NodeTransformer):
    """Puts the words of one language into a template when it is compiled, so that filling it costs no look-up."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the name that the visitor looks for
        self.generic_visit(node)
        if isinstance(node.node, nodes.Name) and node.node.name == "_" and isinstance(node.args[0], nodes.Const):
            said = nodes.Const(self.language.gettext(node.args[0].value), lineno=node.lineno)
            if not node.kwargs:
                return said
            filled = nodes.Name("fill", "load", lineno=node.lineno)
            return nodes.Call(filled, [said], node.kwargs, None, None, lineno=node.lineno)
        return node

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802 - as above
        if node.name == "english" and node.ctx == "load":
            attribute = Markup(self.language.english)  # noqa: S704 - an attribute of our own
            return nodes.MarkSafe(nodes.Const(str(attribute)), lineno=node.lineno)
        return node


class _Environment(jinja2.Environment):
    """An environment whose templates speak one language: `_("…")`, and `english` where that is English."""

    language = ENGLISH

    def compile(self, source: str | nodes.Template, *arguments: Any, **options: Any) -> Any:
        tree = self.parse(source, *arguments[:2]) if isinstance(source, str) else source
        return super().compile(_Words(self.language).visit(tree), *arguments, **options)


@cache
def _environment(language: Language) -> jinja2.Environment:
    environment = _Environment(
        loader=jinja2.PackageLoader("goodpractice", "components"),
        # Every value goes through `escaped`. Jinja would escape it once more, and so copy every text of a page at
        # each level of templates.
        autoescape=False,
        finalize=escaped,
        undefined=jinja2.StrictUndefined,
        extensions=[_Collapse],
        # Looking whether a template file changed costs more than filling it; `serve` starts anew instead.
        auto_reload=False,
        # The words of another language are part of what is compiled, and an editor may change them.
        bytecode_cache=CompiledTemplates("components") if language == ENGLISH else None,
    )
    environment.language = language
    environment.filters["page"] = page_href
    environment.filters["date"] = partial(format_date, language=language)
    environment.globals = {"fill": fill}
    environment.filters["paragraphs"] = paragraphs
    return environment


@cache
def _template(name: str, language: Language) -> jinja2.Template:
    return _environment(language).get_template(name)


def render_template(name: str, /, *, language: Language = ENGLISH, **values: Any) -> Markup:
    """Fill a template; values are escaped unless they are markup already.

    Args:
        name: `card/template.html` for a component, `partner_profile.html` for a layout.
        language: In which the template speaks.
        **values: What the template prints.
    """
    template = _template(name, language)
    # As `template.render` does, which takes longer over what is the same for every template.
    context = template.new_context({**template.environment.globals, **values}, shared=True)
    return Markup("".join(template.root_render_func(context)))  # noqa: S704 - the template escaped every value


def render_component(name: str, /, *, language: Language = ENGLISH, **values: Any) -> Markup:
    """Fill the template of a component, by the name of its folder, in a language."""
    return render_template(f"{name}/template.html", language=language, **values)
