"""Macro calls in editors' pages: names, arguments and ids, without running any."""

from __future__ import annotations

import inspect
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

import jinja2
from jinja2 import nodes

from goodpractice import issues
from goodpractice.checks.references import explain_reference, explain_source, find_absent
from goodpractice.issues import Issue
from goodpractice.knowledge_base import Document, KnowledgeBase
from goodpractice.load.fields import suggest
from goodpractice.models import Ref, SourceRef
from goodpractice.render.macros import EDITORS_MACROS, LAYOUT_MACROS, Macro, macro_signature
from goodpractice.render.sandbox import PageSandbox, list_undeclared
from goodpractice.saying import said, said_any

#: Names that mkdocs-macros-plugin itself gives to every page (its `define_env` and `on_config`).
PLUGIN_NAMES = frozenset(
    {
        *("config", "context", "environment", "extra", "files", "filters", "filters_builtin", "fix_url", "git"),
        *("macros", "macros_info", "navigation", "now", "page", "plugin"),
    }
)
_STATEMENT = re.compile(r"\{%.*?%\}")
_MARGIN = re.compile(r"(?:\{\{-?)?\s*")
#: So many calls of a page that cannot be read are told.
MOST_BROKEN = 20
#: Macros that stand inside a sentence.
INLINE = frozenset({"term"})


def check_macro_calls(
    kb: KnowledgeBase,
    document: Document,
    macros: Mapping[str, Macro],
    variables: Iterable[str],
    filters: Iterable[str] = (),
    *,
    is_complete: bool = True,
) -> Iterator[Issue]:
    """Every macro call in a page.

    Args:
        kb: The knowledge base, for ids.
        document: A chapter or a page of `docs/`.
        macros: Every registered macro.
        variables: Names that a page may print besides macros.
        filters: Names of filters besides Jinja's own.
        is_complete: Whether these names are all; otherwise one that is missing may be right.
    """
    if not any(mark in document.body for mark in ("{{", "{%", "{#")):
        return
    environment = PageSandbox(jinja2.Undefined)  # parsed for checking, never rendered
    environment.filters.update(dict.fromkeys(filters, str))
    lines = document.body.split("\n")
    try:
        tree, found = _parse(environment, document, lines)
        yield from found
        if tree is None:
            return
        refused = list(_check_statements(document, tree))
        yield from refused
        if refused:
            return
        known = {*macros, *variables, *PLUGIN_NAMES, *environment.globals}
        known.update(macro.name for macro in tree.find_all(nodes.Macro))
        called = {call.node.name for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name)}
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and (
                call.node.name in macros or (is_complete and call.node.name not in known)
            ):
                yield from _check_call(kb, document, lines, macros, call, call.node.name)
        if is_complete:
            undeclared = list_undeclared(tree) - known - called
            yield from _tell_undeclared(document, lines, undeclared, known)
    except jinja2.TemplateAssertionError as error:
        message = said("the macro on this line does not work: {message}", message=error.message)
        hint = said("Compare it with the example in the reference of macros.")
        yield Issue(document.path, document.body_line + error.lineno - 1, 1, issues.BROKEN_MACRO, message, hint)
    except RecursionError:
        message = said("the macros of this page are nested too deeply")
        hint = said("Use fewer brackets and operators in one call.")
        yield Issue(document.path, document.body_line, 1, issues.BROKEN_MACRO, message, hint)


def _check_statements(document: Document, tree: nodes.Template) -> Iterator[Issue]:
    """Statements that need other files, which pages do not have, or that would be run while a page is read."""
    for statement in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        message = said("a page cannot bring in another file")
        hint = said("Write the text here, or link to the other page.")
        yield Issue(document.path, document.body_line + statement.lineno - 1, 1, issues.FOREIGN_TEMPLATE, message, hint)
    for statement in tree.find_all(nodes.EvalContextModifier):
        message = said("a page cannot use {% autoescape %}")
        hint = said("Leave it out: macros escape what they are given.")
        yield Issue(document.path, document.body_line + statement.lineno - 1, 1, issues.BROKEN_MACRO, message, hint)


def _check_call(
    kb: KnowledgeBase, document: Document, lines: list[str], macros: Mapping[str, Macro], call: nodes.Call, name: str
) -> Iterator[Issue]:
    line, column = _place(document, lines, call.lineno, name)
    if name not in macros:
        close = suggest(name, {**EDITORS_MACROS, **dict(macros)})
        hint = (
            said("Did you mean `{close}`?", close=close) if close else said("The reference of macros lists every name.")
        )
        message = said("there is no macro `{name}`", name=name)
        yield Issue(document.path, line, column, issues.UNKNOWN_MACRO, message, hint)
        return
    if getattr(macros[name], "__wrapped__", None) not in (*EDITORS_MACROS.values(), *LAYOUT_MACROS.values()):
        return  # a community's own, perhaps in the place of one of ours
    for problem in _check_arguments(kb, name, call):
        yield problem if isinstance(problem, Issue) else Issue(document.path, line, column, *problem)
    if name in EDITORS_MACROS and name not in INLINE and not _is_link(call) and column > 4:
        before = _STATEMENT.sub("", lines[line - document.body_line][: column - 1])
        if not _MARGIN.fullmatch(before):
            yield Issue(
                document.path,
                line,
                column,
                issues.INDENTED_MACRO,
                said("the macro `{name}` is not on a line of its own", name=name),
                said('Start a new line at the left margin, or use style="link" inside a sentence.'),
            )


def _tell_undeclared(
    document: Document, lines: list[str], undeclared: Iterable[str], known: Collection[str]
) -> Iterator[Issue]:
    for name in sorted(undeclared):
        number = next((n for n, text in enumerate(lines) if name in text and "{" in text), 0)
        close = suggest(name, known)
        yield Issue(
            document.path,
            document.body_line + number,
            max(lines[number].find(name) + 1, 1),
            issues.UNKNOWN_VARIABLE,
            said("`{name}` is not known", name=name),
            said("Did you mean `{close}`?", close=close)
            if close
            else said("To show braces as text, put them between {% raw %} and {% endraw %}."),
        )


def _parse(
    environment: jinja2.Environment, document: Document, lines: list[str]
) -> tuple[nodes.Template | None, list[Issue]]:
    """The page without the lines that cannot be read, each of which is reported; nothing when others cannot either."""
    found: list[Issue] = []
    kept = list(lines)
    while len(found) < MOST_BROKEN:
        try:
            return environment.parse("\n".join(kept)), found
        except jinja2.TemplateSyntaxError as error:
            broken = _find_broken(environment, kept[: error.lineno])
            number, column = broken or (error.lineno - 1, 1)
        message = said("the macro call cannot be read")
        hint = said(
            "A quotation mark, comma or bracket is missing or too many: compare it with the example in the reference."
        )
        place = (document.body_line + number, column)
        found.append(Issue(document.path, *place, issues.BROKEN_MACRO, message, hint))
        if broken is None:
            return None, found
        kept[number] = ""
    return None, found


def _find_broken(environment: jinja2.Environment, lines: list[str]) -> tuple[int, int] | None:
    """Where a call begins that cannot be read: the parser notices a missing quotation mark only lines later."""
    for number, line in enumerate(lines):
        column = line.find("{{")
        if column < 0 or "}}" not in line:
            continue
        try:
            environment.parse(line)
        except jinja2.TemplateSyntaxError:
            return number, column + 1
    return None


def _place(document: Document, lines: list[str], number: int, name: str) -> tuple[int, int]:
    for offset in range(number - 1, min(number + 3, len(lines))):
        column = lines[offset].find(name)
        if column >= 0:
            return document.body_line + offset, column + 1
    return document.body_line + number - 1, 1


def _is_link(call: nodes.Call) -> bool:
    return any(
        isinstance(word.value, nodes.Const) and word.key == "style" and word.value.value == "link"
        for word in call.kwargs
    )


def _check_arguments(kb: KnowledgeBase, name: str, call: nodes.Call) -> Iterator[Issue | tuple[str, str, str]]:
    if call.dyn_args is not None or call.dyn_kwargs is not None:
        return
    signature = macro_signature(name)
    usage = f"{name}({', '.join(_usage(parameter) for parameter in signature.parameters.values())})"
    words = {word.key: word.value for word in call.kwargs}
    unknown = [word for word in words if word not in signature.parameters]
    for word in unknown:
        close = suggest(word, signature.parameters)
        hint = said("Did you mean `{close}`?", close=close) if close else said("Write {usage}.", usage=usage)
        yield (
            issues.WRONG_MACRO_ARGUMENT,
            said("the macro `{name}` has no argument `{word}`", name=name, word=word),
            hint,
        )
    if unknown:
        return
    try:
        bound = signature.bind(*call.args, **words)
    except TypeError as error:
        yield (
            issues.WRONG_MACRO_ARGUMENT,
            said("the macro `{name}` is called wrongly: {problem}", name=name, problem=_explain_call(error)),
            said("Write {usage}.", usage=usage),
        )
        return
    for argument, value in bound.arguments.items():
        for entry in value.items if isinstance(value, nodes.List) else (value,):
            if isinstance(entry, nodes.Const):
                yield from _check_value(kb, name, argument, signature.parameters[argument].annotation, entry.value)


def _explain_call(error: TypeError) -> str:
    """What Python says of arguments that do not fit a signature, in words of ours."""
    named = re.search("'(.+)'", str(error))
    if named and "missing" in str(error):
        return said("the argument `{argument}` is missing", argument=named[1])
    if named and "multiple values" in str(error):
        return said("the argument `{argument}` is given twice", argument=named[1])
    return said("there are too many arguments")


def _usage(parameter: inspect.Parameter) -> str:
    if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
        return f"{parameter.name}, …"
    return parameter.name if parameter.default is inspect.Parameter.empty else f"{parameter.name}=…"


def _check_value(
    kb: KnowledgeBase, name: str, argument: str, annotation: Any, value: object
) -> Iterator[Issue | tuple[str, str, str]]:
    if value is None:
        return
    for part in _unfold(annotation):
        metadata = getattr(part, "__metadata__", ())
        for mark in metadata:
            found = None
            if isinstance(mark, Ref | SourceRef) and (absent := find_absent(kb, mark, str(value))):
                yield absent
            elif isinstance(mark, Ref):
                found = explain_reference(kb, mark, str(value))
            elif isinstance(mark, SourceRef):
                found = explain_source(kb, str(value))
            if found is not None:
                yield (
                    issues.UNKNOWN_MACRO_ID,
                    said("in the macro `{name}`: {found}", name=name, found=found[1]),
                    found[2],
                )
        if get_origin(part) is Literal and value not in get_args(part):
            ways = said_any([f'"{word}"' for word in get_args(part)])
            message = said(
                "the argument `{argument}` of the macro `{name}` is `{value}`",
                argument=argument,
                name=name,
                value=value,
            )
            yield issues.WRONG_MACRO_ARGUMENT, message, said("Write {ways}.", ways=ways)
        if part is int and not isinstance(value, int):
            message = said(
                "the argument `{argument}` of the macro `{name}` needs a whole number, not `{value}`",
                argument=argument,
                name=name,
                value=value,
            )
            yield (
                issues.WRONG_MACRO_ARGUMENT,
                message,
                said("Write {argument}=3, without quotation marks.", argument=argument),
            )


def _unfold(annotation: Any) -> Iterator[Any]:
    if hasattr(annotation, "__metadata__") or get_origin(annotation) is Literal or isinstance(annotation, type):
        yield annotation
        return
    for argument in get_args(annotation):
        yield from _unfold(argument)
