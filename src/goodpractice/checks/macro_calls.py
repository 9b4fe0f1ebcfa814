"""Macro calls in editors' pages: names, arguments and ids, without running any."""

from __future__ import annotations

import inspect
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin

import jinja2
from jinja2 import nodes

from goodpractice.checks.broken_calls import find_anchor, find_broken, find_joined
from goodpractice.checks.dangling_ids import explain_reference, explain_source, find_absent
from goodpractice.checks.stories import list_markdown_lines
from goodpractice.content.document import Document
from goodpractice.content.fields import list_parts
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.text import suggest
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import join_lazy_or
from goodpractice.kinds import Ref, SourceRef
from goodpractice.kinds.template import sheet
from goodpractice.render.boxes import contact
from goodpractice.render.cards import term
from goodpractice.render.macros import EDITORS_MACROS, VIEWS, Macro, macro_signature
from goodpractice.render.page_values import CONFIG_PARTS, PAGE_PARTS
from goodpractice.render.sandbox import PageSandbox, list_undeclared

#: Names that mkdocs-macros-plugin gives to pages, and that differ with the computer, the day or the command.
UNAVAILABLE: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                *("context", "environment", "files", "filters", "filters_builtin", "fix_url", "macros", "macros_info"),
                *("navigation", "plugin"),
            ),
            _("A page can print `page`, `config` and what stands under `extra` in mkdocs.yml."),
        ),
        "git": _("Leave it out: a page would change with every commit, and be built anew."),
        "now": _("Write the day itself: a page is built when something in it changes, not every day."),
    }
)
#: The parts of two values that pages can print.
PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType({"page": PAGE_PARTS, "config": CONFIG_PARTS})
_SINGLE = re.compile(r"(?<![{%#])\{\s*((\w+)\(.*?\))\s*\}(?!\})")
_STATEMENT = re.compile(r"\{%.*?%\}")
_MARGIN = re.compile(r"(?:\{\{-?)?\s*")
#: So many calls of a page that cannot be read are told.
MOST_BROKEN = 20
#: Macros that stand inside a sentence.
INLINE = frozenset({term.__name__, contact.__name__})
#: Macros of which a page has room for one: what it holds to fill in has names and anchors.
ONCE = frozenset({sheet.__name__})


def check_macro_calls(
    kb: KnowledgeBase,
    document: Document,
    macros: Mapping[str, Macro],
    variables: Iterable[str],
    filters: Iterable[str] = (),
    *,
    is_complete: bool = True,
) -> Iterator[Diagnostic]:
    """Every macro call in a page.

    Args:
        kb: The knowledge base, for ids.
        document: A chapter or a page of `docs/`.
        macros: Every registered macro.
        variables: Names that a page may print besides macros.
        filters: Names of filters besides Jinja's own.
        is_complete: Whether these names are all; otherwise one that is missing may be right.
    """
    if "{" not in document.body:
        return
    environment = PageSandbox(jinja2.Undefined)  # parsed for checking, never rendered
    environment.filters.update(dict.fromkeys(filters, str))
    lines = document.body.split("\n")
    try:
        yield from _list_single_braces(document, macros)
        tree, found = _parse(environment, document)
        yield from found
        if tree is None:
            return
        rejected = list(_check_statements(document, tree))
        yield from rejected
        if rejected:
            return
        known = {*macros, *variables, *document.meta, "title", "description", *PARTS, "extra"}
        known.update(environment.globals)
        known.update(macro.name for macro in tree.find_all(nodes.Macro))
        called = {call.node.name for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name)}
        for call in tree.find_all(nodes.Call):
            name = call.node.name if isinstance(call.node, nodes.Name) else ""
            if name in macros or (name and is_complete and name not in known and name not in UNAVAILABLE):
                yield from _check_call(kb, document, lines, macros, call, name)
        yield from _list_repeated(document, lines, tree)
        if is_complete:
            undeclared = list_undeclared(tree) - known - (called - set(UNAVAILABLE))
            yield from _tell_undeclared(document, lines, tree, undeclared, known)
        yield from _check_parts(document, lines, tree)
        yield from _list_bare_macros(document, lines, tree, macros)
    except jinja2.TemplateAssertionError as error:
        message = _("the macro on this line does not work: {message}", message=error.message)
        hint = _("Compare it with the example in the reference of macros.")
        yield document.diagnose(error.lineno - 1, rules.BROKEN_MACRO, message, hint)
    except RecursionError:
        message = _("the macros of this page are nested too deeply")
        hint = _("Use fewer brackets and operators in one call.")
        yield document.diagnose(0, rules.BROKEN_MACRO, message, hint)


def _check_statements(document: Document, tree: nodes.Template) -> Iterator[Diagnostic]:
    """Statements that need other files, which pages do not have, or that would be run while a page is read."""
    for statement in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        message = _("a page cannot bring in another file")
        hint = _("Write the text here, or link to the other page.")
        yield document.diagnose(statement.lineno - 1, rules.FOREIGN_TEMPLATE, message, hint)
    for statement in tree.find_all(nodes.EvalContextModifier):
        message = _("a page cannot use {% autoescape %}")
        hint = _("Leave it out: macros escape what they are given.")
        yield document.diagnose(statement.lineno - 1, rules.BROKEN_MACRO, message, hint)


def _check_call(
    kb: KnowledgeBase, document: Document, lines: list[str], macros: Mapping[str, Macro], call: nodes.Call, name: str
) -> Iterator[Diagnostic]:
    line, column = _place(lines, call.lineno, name)
    if name not in macros:
        close = suggest(name, {**EDITORS_MACROS, **dict(macros)})
        hint = _("Did you mean `{close}`?", close=close) if close else _("The reference of macros lists every name.")
        message = _("there is no macro `{name}`", name=name)
        yield document.diagnose(line, rules.UNKNOWN_MACRO, message, hint, column)
        return
    if getattr(macros[name], "__wrapped__", None) not in (*EDITORS_MACROS.values(), *VIEWS.values()):
        return  # a community's own, perhaps in the place of one of ours
    for problem in _check_arguments(kb, name, call):
        yield problem if isinstance(problem, Diagnostic) else document.diagnose(line, *problem, column=column)
    if name in EDITORS_MACROS and name not in INLINE and not _is_link(call) and column > 4:
        before = _STATEMENT.sub("", lines[line][: column - 1])
        if not _MARGIN.fullmatch(before):
            message = _("the macro `{name}` is not on a line of its own", name=name)
            hint = _('Start a new line at the left margin, or use style="link" inside a sentence.')
            yield document.diagnose(line, rules.INDENTED_MACRO, message, hint, column)


def _tell_undeclared(
    document: Document, lines: list[str], tree: nodes.Template, undeclared: Collection[str], known: Collection[str]
) -> Iterator[Diagnostic]:
    """Names that a page cannot print, each where it stands first."""
    calls = {
        id(value): call.node.name
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name)
        for value in (*call.args, *(word.value for word in call.kwargs))
    }
    told = set()
    for used in tree.find_all(nodes.Name):
        name = used.name
        if name not in undeclared or name in told:
            continue
        told.add(name)
        line, column = _place(lines, used.lineno, name)
        close = suggest(name, known)
        if name in UNAVAILABLE:
            message = _("`{name}` is not known while a page is made", name=name)
            yield document.diagnose(line, rules.UNAVAILABLE_VARIABLE, message, UNAVAILABLE[name], column)
            continue
        if id(used) in calls and not close:
            hint = _('If it is an id or a text, write it between quotation marks: "{name}".', name=name)
        elif close:
            hint = _("Did you mean `{close}`?", close=close)
        else:
            hint = _("To show braces as text, put them between {% raw %} and {% endraw %}.")
        yield document.diagnose(line, rules.UNKNOWN_VARIABLE, _("`{name}` is not known", name=name), hint, column)


def _check_parts(document: Document, lines: list[str], tree: nodes.Template) -> Iterator[Diagnostic]:
    """Parts of `page` and `config` that cannot be printed: a page is made before the rest of the site is known."""
    for part in tree.find_all((nodes.Getattr, nodes.Getitem)):
        whole = getattr(part, "node", None)
        if not isinstance(whole, nodes.Name) or whole.name not in PARTS:
            continue
        name = part.attr if isinstance(part, nodes.Getattr) else getattr(getattr(part, "arg", None), "value", None)
        if not isinstance(name, str) or name in PARTS[whole.name]:
            continue
        line, column = _place(lines, part.lineno, whole.name)
        message = _("`{name}` is not known while a page is made", name=f"{whole.name}.{name}")
        hint = _("Of `{whole}` there are: {parts}.", whole=whole.name, parts=", ".join(PARTS[whole.name]))
        yield document.diagnose(line, rules.UNAVAILABLE_VARIABLE, message, hint, column)


def _list_bare_macros(
    document: Document, lines: list[str], tree: nodes.Template, macros: Mapping[str, Macro]
) -> Iterator[Diagnostic]:
    """Macros that are printed and not called."""
    for output in tree.find_all(nodes.Output):
        for value in output.nodes:
            if isinstance(value, nodes.Name) and value.name in macros:
                line, column = _place(lines, value.lineno, value.name)
                message = _("the macro `{name}` is named and not called", name=value.name)
                hint = _("Write it with brackets: {call}.", call=f"{{{{ {value.name}(…) }}}}")
                yield document.diagnose(line, rules.BROKEN_MACRO, message, hint, column)


def _list_repeated(document: Document, lines: list[str], tree: nodes.Template) -> Iterator[Diagnostic]:
    """Macros that stand twice on a page that has room for one."""
    names = [name for name in tree.find_all(nodes.Name) if name.name in ONCE]
    for again in names[1:]:
        line, column = _place(lines, again.lineno, again.name)
        message = _("the macro `{name}` stands on this page a second time", name=again.name)
        hint = _("Link to the page of the sheet instead: what people type into the one would be shown in the other.")
        yield document.diagnose(line, rules.DUPLICATE_ID, message, hint, column)


def _parse(environment: jinja2.Environment, document: Document) -> tuple[nodes.Template | None, list[Diagnostic]]:
    """The page without the calls that cannot be read, each reported; nothing when the rest cannot be read either."""
    found: list[Diagnostic] = []
    text = document.body
    while len(found) < MOST_BROKEN:
        try:
            tree = environment.parse(text)
            broken = find_joined(environment, text) or find_anchor(text)
            if broken is None:
                return tree, found
        except jinja2.TemplateSyntaxError as error:
            broken = find_broken(environment, text)
            if broken is None:
                found.append(_explain_blocks(document, error))
                return None, found
        line = text.count("\n", 0, broken.start)
        column = broken.start - text.rfind("\n", 0, broken.start)
        found.append(document.diagnose(line, rules.BROKEN_MACRO, broken.message, broken.hint, column))
        blank = re.sub(r"[^\n]", " ", text[broken.start : broken.end])
        text = text[: broken.start] + blank + text[broken.end :]
    return None, found


def _explain_blocks(document: Document, error: jinja2.TemplateSyntaxError) -> Diagnostic:
    """Calls can be read one by one, but statements do not fit together."""
    message = _("a statement between {% and %} does not fit: {what}", what=error.message)
    hint = _("Each {% if %} ends with {% endif %}, and each {% for %} with {% endfor %}.")
    return document.diagnose(error.lineno - 1, rules.BROKEN_MACRO, message, hint)


def _list_single_braces(document: Document, macros: Collection[str]) -> Iterator[Diagnostic]:
    """Calls with one brace, which would be shown as text."""
    for number, line in list_markdown_lines(document.body):
        for found in _SINGLE.finditer(line):
            if found[2] in macros and line[: found.start()].count("`") % 2 == 0:
                message = _("a macro call has two braces on each side")
                hint = _("Write `{call}`.", call=f"{{{{ {found[1]} }}}}")
                yield document.diagnose(number, rules.BROKEN_MACRO, message, hint, found.start() + 1)


def _place(lines: list[str], number: int, name: str) -> tuple[int, int]:
    for offset in range(number - 1, min(number + 3, len(lines))):
        column = lines[offset].find(name)
        if column >= 0:
            return offset, column + 1
    return number - 1, 1


def _is_link(call: nodes.Call) -> bool:
    return any(
        isinstance(word.value, nodes.Const) and word.key == "style" and word.value.value == "link"
        for word in call.kwargs
    )


def _check_arguments(kb: KnowledgeBase, name: str, call: nodes.Call) -> Iterator[Diagnostic | tuple[str, str, str]]:
    if call.dyn_args is not None or call.dyn_kwargs is not None:
        return
    signature = macro_signature(name)
    usage = f"{name}({', '.join(_usage(parameter) for parameter in signature.parameters.values())})"
    words = {word.key: word.value for word in call.kwargs}
    for word in sorted({word.key for word in call.kwargs if [w.key for w in call.kwargs].count(word.key) > 1}):
        message = _("the macro `{name}` has the argument `{word}` twice", name=name, word=word)
        yield rules.WRONG_MACRO_ARGUMENT, message, _("Delete one of them.")
    unknown = [word for word in words if word not in signature.parameters]
    for word in unknown:
        close = suggest(word, signature.parameters)
        hint = _("Did you mean `{close}`?", close=close) if close else _("Write {usage}.", usage=usage)
        yield rules.WRONG_MACRO_ARGUMENT, _("the macro `{name}` has no argument `{word}`", name=name, word=word), hint
    if unknown:
        return
    try:
        bound = signature.bind(*call.args, **words)
    except TypeError as error:
        yield (
            rules.WRONG_MACRO_ARGUMENT,
            _("the macro `{name}` is called wrongly: {problem}", name=name, problem=_explain_call(error)),
            _("Write {usage}.", usage=usage),
        )
        return
    for argument, value in bound.arguments.items():
        parameter = signature.parameters[argument]
        gathered = value if parameter.kind is inspect.Parameter.VAR_POSITIONAL else (value,)
        for given in gathered:
            wrong = [*_check_form(name, parameter, given)]
            yield from wrong
            if wrong:
                continue
            for entry in given.items if isinstance(given, nodes.List) else (given,):
                if isinstance(entry, nodes.Const):
                    yield from _check_value(kb, name, argument, parameter.annotation, entry.value)


def _check_form(name: str, parameter: inspect.Parameter, value: nodes.Expr) -> Iterator[tuple[str, str, str]]:
    """Whether a list stands where a list belongs, a text where a text belongs, and a number that can be one."""
    argument, parts = parameter.name, [*list_parts(parameter.annotation)]
    wants_list = any(get_origin(part) is list for part in parts)
    wants_text = str in parts
    gathers = parameter.kind is inspect.Parameter.VAR_POSITIONAL
    message = hint = ""
    if isinstance(value, nodes.Neg) or (
        int in parts and isinstance(value, nodes.Const) and type(value.value) is int and value.value < 0
    ):
        message = _("the argument `{argument}` of the macro `{name}` is below zero", argument=argument, name=name)
        hint = _("Write {argument}=3, without a sign.", argument=argument)
    elif wants_list and isinstance(value, nodes.Const) and isinstance(value.value, str):
        message = _("the argument `{argument}` of the macro `{name}` needs a list", argument=argument, name=name)
        hint = _("Write {argument}={value}.", argument=argument, value=f"[{_quote(value.value)}]")
    elif isinstance(value, nodes.List) and not wants_list:
        entries = [entry.value for entry in value.items if isinstance(entry, nodes.Const)]
        texts = ", ".join(_quote(str(entry)) for entry in entries)
        if gathers:
            message = _("the macro `{name}` takes its texts one after the other, not as a list", name=name)
            hint = _("Write {call}.", call=f"{name}({texts})")
        else:
            message = _("the argument `{argument}` of the macro `{name}` is no list", argument=argument, name=name)
            hint = _("Write {argument}={value}.", argument=argument, value=_quote(", ".join(map(str, entries))))
    elif wants_text and int not in parts and isinstance(value, nodes.Const) and isinstance(value.value, int | float):
        message = _("the argument `{argument}` of the macro `{name}` needs a text", argument=argument, name=name)
        hint = _("Write {argument}={value}.", argument=argument, value=_quote(str(value.value)))
    if message:
        yield rules.WRONG_MACRO_ARGUMENT, message, hint


def _quote(text: str) -> str:
    return f"'{text}'" if '"' in text else f'"{text}"'


def _explain_call(error: TypeError) -> str:
    """Python's error about arguments that do not fit a signature, in words for editors."""
    named = re.search("'(.+)'", str(error))
    if named and "missing" in str(error):
        return _("the argument `{argument}` is missing", argument=named[1])
    if named and "multiple values" in str(error):
        return _("the argument `{argument}` is given twice", argument=named[1])
    return _("there are too many arguments")


def _usage(parameter: inspect.Parameter) -> str:
    if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
        return f"{parameter.name}, …"
    return parameter.name if parameter.default is inspect.Parameter.empty else f"{parameter.name}=…"


def _check_value(
    kb: KnowledgeBase, name: str, argument: str, annotation: Any, value: object
) -> Iterator[Diagnostic | tuple[str, str, str]]:
    if value is None:
        return
    for part in list_parts(annotation):
        if isinstance(part, Ref | SourceRef):
            if absent := find_absent(kb, part, str(value)):
                yield absent
                continue
            text = str(value)
            found = explain_reference(kb, part, text) if isinstance(part, Ref) else explain_source(kb, text)
            if found is not None:
                message = _("in the macro `{name}`: {found}", name=name, found=found[1])
                yield rules.UNKNOWN_MACRO_ID, message, found[2]
        if get_origin(part) is Literal and value not in get_args(part):
            ways = join_lazy_or([f'"{word}"' for word in get_args(part)])
            message = _(
                "the argument `{argument}` of the macro `{name}` is `{value}`",
                argument=argument,
                name=name,
                value=value,
            )
            yield rules.WRONG_MACRO_ARGUMENT, message, _("Write {ways}.", ways=ways)
        if part is int and not isinstance(value, int):
            message = _(
                "the argument `{argument}` of the macro `{name}` needs a whole number, not `{value}`",
                argument=argument,
                name=name,
                value=value,
            )
            yield (
                rules.WRONG_MACRO_ARGUMENT,
                message,
                _("Write {argument}=3, without quotation marks.", argument=argument),
            )
