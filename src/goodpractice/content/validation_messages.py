"""The errors of pydantic as diagnostics, in words that people understand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from goodpractice.content.addresses import mend_address, say_how_to_address
from goodpractice.content.date_messages import KINDS_OF_YEAR, explain_date, explain_year
from goodpractice.content.document import Origin
from goodpractice.content.fields import Position, describe_form, find_meant, find_model
from goodpractice.content.rejected_value import RejectedValue
from goodpractice.content.text import suggest
from goodpractice.content.written_values import quote, split_entries, write_list
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import join_lazy_or
from goodpractice.kinds import ID_PATTERN, Ref, SourceRef
from goodpractice.kinds.base import FieldError, Record
from goodpractice.kinds.case_study.model import CaseStudy
from goodpractice.kinds.marks import list_reference_fields


def explain_value(model: type[BaseModel], detail: ErrorDetails, origin: Origin) -> Diagnostic:
    """Say what is wrong with a value that a model rejects, and what to write.

    Args:
        model: The model.
        detail: What pydantic says.
        origin: Where the record was read.
    """
    where = tuple(detail["loc"])
    name = ".".join(part for part in where if isinstance(part, str)) or _("this entry")
    while where and isinstance(where[-1], int):
        where = where[:-1]
    place = (origin.path, *origin.find(tuple(detail["loc"])))
    context = detail.get("ctx", {})
    given = (*origin.base, *where) in origin.positions
    rejected = RejectedValue(model, detail["type"], where, name, detail.get("input"), context, place, given)
    if rejected.kind == "value_error":
        rejected = replace(rejected, place=(origin.path, *_place_rule(rejected, origin)))
    elif rejected.kind == "missing" and origin.end and len(where) == 1 and where not in origin.positions:
        rejected = replace(rejected, place=(origin.path, *origin.end))
    if rejected.kind == "missing" and rejected.last == "written_on" and _is_unnamed_review(rejected.value):
        # Texts of earlier versions have one day, that of a review without a name.
        message = _("the day of a review is given, and neither who made it nor when the text was written")
        line, column = origin.find((*where[:-1], "reviewed_on"))
        return Diagnostic(origin.path, line, column, rules.MISSING_FIELD, message, _("Call the line `written_on:`."))
    if rejected.last == "year" and rejected.kind in KINDS_OF_YEAR:
        return explain_year(rejected)
    if rejected.value is None and rejected.kind in _KINDS and isinstance((None, *detail["loc"])[-1], int):
        message = _("an entry of `{name}` is empty", name=rejected.name)
        return rejected.diagnose(rules.WRONG_VALUE, message, _("Fill it in, or delete it."))
    if rejected.kind.startswith(("date_", "datetime_")):
        return explain_date(rejected)
    return _BY_KIND.get(rejected.kind, _explain_misfit)(rejected)


def _place_rule(rejected: RejectedValue, origin: Origin) -> Position:
    """Where a rule about several fields is told: at the first that is given, or where one can be added."""
    for field in getattr(rejected.context.get("error"), "fields", ()):
        if (*origin.base, *rejected.where, field) in origin.positions:
            return origin.find((*rejected.where, field))
    return origin.end if origin.end and not rejected.where else rejected.place[1:]


def _is_unnamed_review(record: Any) -> bool:
    """Whether the day of a review is given, and not who made it."""
    return isinstance(record, dict) and bool(record.get("reviewed_on")) and not record.get("reviewed_by")


def _explain_rule(rejected: RejectedValue) -> Diagnostic:
    error = rejected.context.get("error")
    if isinstance(error, FieldError):
        return rejected.diagnose(error.rule, error.message, error.hint)
    return rejected.diagnose(rules.WRONG_VALUE, str(error), _("The page Fields says what it holds."))


def _explain_missing(rejected: RejectedValue) -> Diagnostic:
    if rejected.given:
        return _explain_empty(rejected)
    hint = _("Add a line `{field}: …`.", field=rejected.last)
    if rejected.described:
        hint = _("Add a line `{field}: …`. {about}", field=rejected.last, about=rejected.described)
    return rejected.diagnose(rules.MISSING_FIELD, _("`{name}` is missing", name=rejected.name), hint)


def _explain_unknown(rejected: RejectedValue) -> Diagnostic:
    owner, key = rejected.owner, rejected.last
    close = find_meant(owner, key) if owner else None
    hint = _("Delete it. The page Fields lists every name.")
    if rejected.model is CaseStudy:
        hint = _("Delete the line, or tell it in the story. The page Fields lists every name.")
    if close:
        hint = _("Did you mean `{close}`?", close=close)
    if isinstance(owner, type) and issubclass(owner, Record):
        hint = owner.former_fields.get(key, hint)
    return rejected.diagnose(rules.UNKNOWN_FIELD, _("`{name}` is not a known field", name=key), hint)


#: For each pattern of `kinds`: a part that no other has, and the message for a text that does not fit it.
_FORMS = (
    (
        "@(",
        rules.WRONG_VALUE,
        N_("`{name}` is not an address for mail: {value}"),
        N_("Write one address and nothing around it: `hello@example.org`."),
    ),
    (
        "|about",
        rules.WRONG_ADDRESS,
        N_("`{name}` is not the address of a form: {value}"),
        N_("Begin it with https://. In curly brackets, only `page`, `title` and `about` are filled in."),
    ),
    (
        "://",
        rules.WRONG_ADDRESS,
        N_("`{name}` is not a whole web address: {value}"),
        "",
    ),
    (
        "shown|withheld",
        rules.WRONG_VALUE,
        N_("`{name}` is {value}"),
        N_("Write `withheld`, or leave the line out."),
    ),
    (
        "webp",
        rules.WRONG_VALUE,
        N_("`{name}` is not the name of a photo: {value}"),
        N_("Rename it in small letters, digits and hyphens, with the ending .jpg, .png or .webp: `tent.jpg`."),
    ),
    (
        "a-f]{64}",
        rules.WRONG_VALUE,
        N_("`{name}` is not the fingerprint of a file: {value}"),
        N_("`goodpractice photo digest FILE` says what it should be. So does `goodpractice check`, without the line."),
    ),
    (
        r"\S+-[0-9a-f]",
        rules.WRONG_VALUE,
        N_("`{name}` is not what the command writes: {value}"),
        N_("Delete the entry: its section then counts as yours, and the next draft leaves it alone."),
    ),
    (
        "a-f",
        rules.WRONG_VALUE,
        N_("`{name}` is not what the command writes: {value}"),
        N_("`goodpractice translation status` says what it should be."),
    ),
    (
        r"\d{4}",
        rules.WRONG_VALUE,
        N_("`{name}` is {value}"),
        N_("Write all four digits, for example year: 2019."),
    ),
    (
        "[^@]",
        rules.WRONG_VALUE,
        N_("`{name}` holds an e-mail address"),
        N_("Give the name or the role alone: everybody can read this page."),
    ),
    ("month", rules.WRONG_VALUE, N_("`{name}` is {value}"), N_("Write it as `12 months`.")),
    (
        "Tuesday",
        rules.WRONG_VALUE,
        N_("`{name}` is {value}"),
        N_("Write it as `second Tuesday` or `last Friday`."),
    ),
    # Every other pattern is that of an id.
    (
        "",
        rules.WRONG_ID,
        N_("`{name}` is not in the form of an id: {value}"),
        N_("Use small letters, digits and single hyphens, for example `science-oxford`."),
    ),
)


def _explain_form(rejected: RejectedValue) -> Diagnostic:
    pattern = str(rejected.context.get("pattern", ""))
    code, words, hint = next(rest for part, *rest in _FORMS if part in pattern)
    if not str(rejected.value).strip():
        message = _("an entry of `{name}` is empty", name=rejected.name)
        return rejected.diagnose(rules.WRONG_VALUE, message, _("Delete it, and the comma before it."))
    address = mend_address(str(rejected.value)) if code == rules.WRONG_ADDRESS else None
    if address:
        line = f"{rejected.last}: {quote(address)}"
        message = _(words, name=rejected.name, value=rejected.shown)
        return rejected.diagnose(code, message, _("Write `{line}`.", line=line))
    said = _(hint) if hint else say_how_to_address(str(rejected.value))
    return rejected.diagnose(code, _(words, name=rejected.name, value=rejected.shown), said)


def _explain_long_text(rejected: RejectedValue) -> Diagnostic:
    most, length = int(rejected.context["max_length"]), len(str(rejected.value))
    message = _("`{name}` has {length} characters; {most} fit", name=rejected.name, length=length, most=most)
    return rejected.diagnose(rules.TOO_LONG, message, _("Shorten it by {length}.", length=length - most))


def _explain_long_list(rejected: RejectedValue) -> Diagnostic:
    message = _(
        "`{name}` has {value} entries; {context} fit",
        name=rejected.name,
        value=len(rejected.value or ()),
        context=rejected.context.get("max_length"),
    )
    return rejected.diagnose(rules.WRONG_VALUE, message, _("Keep the most important ones."))


def _explain_empty(rejected: RejectedValue) -> Diagnostic:
    form = describe_form(rejected.model)
    line = f'{rejected.last}: ["…"]' if rejected.last in form.lists else f'{rejected.last}: "…"'
    if not rejected.last or rejected.last in {*form.entries, *form.groups}:
        return rejected.diagnose(rules.MISSING_FIELD, _("`{name}` is empty", name=rejected.name), rejected.described)
    hint = _("Write it behind the colon: `{line}`. {about}", line=line, about=rejected.described)
    return rejected.diagnose(rules.MISSING_FIELD, _("`{name}` is empty", name=rejected.name), hint)


#: Everyday words for the words of a choice.
_SAME_WORDS = {
    **dict.fromkeys(("cancelled", "canceled", "off"), "called off"),
    **dict.fromkeys(("postponed", "rescheduled", "delayed"), "moved"),
    **dict.fromkeys(("done", "past", "over", "took place", "finished"), "held"),
    **dict.fromkeys(("upcoming", "confirmed", "to come", "scheduled"), "planned"),
}


def _explain_choice(rejected: RejectedValue) -> Diagnostic:
    choices = re.findall(r"'[^']*'", str(rejected.context.get("expected", "")))
    message = _("`{name}` is {value}", name=rejected.name, value=rejected.shown)
    words = [word.strip("'") for word in choices]
    plain = str(rejected.value).strip(" .").casefold()
    close = _SAME_WORDS.get(plain) if _SAME_WORDS.get(plain) in words else suggest(plain, words)
    if isinstance(rejected.value, str) and close:
        return rejected.diagnose(rules.WRONG_VALUE, message, _("Did you mean `{close}`?", close=close))
    return rejected.diagnose(rules.WRONG_VALUE, message, _("Use one of {expected}.", expected=join_lazy_or(choices)))


def _explain_bound(rejected: RejectedValue) -> Diagnostic:
    side = _("at least") if "ge" in rejected.context else _("at most")
    bound = rejected.context.get("ge", rejected.context.get("le"))
    message = _("`{name}` is {value}", name=rejected.name, value=rejected.shown)
    return rejected.diagnose(rules.WRONG_VALUE, message, _("The number is {side} {bound}.", side=side, bound=bound))


def _explain_misfit(rejected: RejectedValue) -> Diagnostic:
    message = _("`{name}` has a value that does not fit: {value}", name=rejected.name, value=rejected.shown)
    return rejected.diagnose(rules.WRONG_VALUE, message, rejected.described)


_KINDS = {
    "tuple_type": _("a list: one entry a line, each beginning with a hyphen"),
    "list_type": _("a list: one entry a line, each beginning with a hyphen"),
    "model_type": _("a group of `name: value` lines, indented by two spaces"),
    "dict_type": _("a group of `name: value` lines, indented by two spaces"),
    "string_type": _("a text"),
    "int_type": _("a whole number"),
    "int_parsing": _("a whole number"),
    "int_from_float": _("a whole number"),
    "float_type": _("a number"),
    "float_parsing": _("a number"),
    "bool_type": _("true or false"),
    "bool_parsing": _("true or false"),
}


def _explain_type(rejected: RejectedValue) -> Diagnostic:
    kind, value, hint = rejected.kind, rejected.value, rejected.described
    a_list = kind in ("tuple_type", "list_type")
    if a_list and isinstance(value, str):
        return _explain_no_list(rejected, value)
    if a_list and isinstance(value, dict) and value:
        hint = _("Begin each entry with a hyphen, for example `- {next}: …`.", next=next(iter(value)))
    elif kind == "string_type" and isinstance(value, list) and value and all(isinstance(v, str) for v in value):
        hint = _say_one_text(rejected, value)
    elif kind == "string_type" and isinstance(value, dict) and value and not any(value.values()):
        line = f"{rejected.last}: {quote(', '.join(map(str, value)))}"
        hint = _("Write it without the braces: `{line}`.", line=line)
    elif kind == "float_parsing" and isinstance(value, str) and re.fullmatch(r"-?\d+,\d+", value):
        hint = _("Write it with a point: {number}.", number=value.replace(",", "."))
    elif kind == "model_type":
        hint = _outline(find_model(rejected.model, rejected.where)) or hint
    return _explain_kind(rejected, kind, hint)


def _say_one_text(rejected: RejectedValue, values: list[str]) -> str:
    """The hint where a list is given and one text is needed."""
    if rejected.last in describe_form(rejected.model).lists:
        return _("Write `{line}`.", line=write_list(rejected.last, values))
    lists = [part for part in rejected.where if isinstance(part, str)][:-1]
    if len(values) > 1 and rejected.last in describe_form(rejected.model).ids and lists:
        first, *others = (f"`  - {rejected.last}: {quote(value)}`" for value in values)
        return _("Begin an entry for each: {first}, and another: {others}.", first=first, others=", ".join(others))
    line = f"{rejected.last}: {quote(', '.join(values))}"
    return _("Write it without the square brackets: `{line}`.", line=line)


def _explain_kind(rejected: RejectedValue, kind: str, hint: str) -> Diagnostic:
    message = _("`{name}` needs {kinds}, not {value}", name=rejected.name, kinds=_KINDS[kind], value=rejected.shown)
    return rejected.diagnose(rules.WRONG_VALUE, message, hint)


def _explain_no_list(rejected: RejectedValue, value: str) -> Diagnostic:
    """One text where a list is needed: the list that was meant."""
    names = tuple(part for part in rejected.where if isinstance(part, str))
    entry = find_model(rejected.model, names)
    if entry is not None:
        return _explain_kind(rejected, "tuple_type", _outline(entry, "  - "))
    mark = dict(list_reference_fields(rejected.model)).get((*names, "*"))
    entries = split_entries(value, isinstance(mark, Ref))
    if isinstance(mark, SourceRef):
        entries = [mend_address(entry) or entry for entry in entries]
    if not entries:
        return _explain_empty(rejected)
    message = _(
        "`{name}` needs square brackets around its entries, not only {value}",
        name=rejected.name,
        value=rejected.shown,
    )
    hint = _("Write `{line}`.", line=write_list(rejected.last, entries))
    if isinstance(mark, SourceRef) and not any("://" in entry or ID_PATTERN.fullmatch(entry) for entry in entries):
        line = write_list(rejected.last, ["https://…"])
        hint = _("Write its whole web address: `{line}`. Leave the line out if there is none.", line=line)
    return rejected.diagnose(rules.WRONG_VALUE, message, hint)


def _outline(inner: type[BaseModel] | None, begin: str = "") -> str:
    """The lines that an entry needs: its first field, behind what an entry begins with, and those that are required."""
    if inner is None:
        return ""
    names = list(inner.model_fields)
    needed = [name for name, info in inner.model_fields.items() if info.is_required() and name != names[0]]
    lines = f"`{begin}{names[0]}: …`"
    for name in needed:
        below = f"`{' ' * len(begin)}{name}: …`"
        lines = _("{above}, and below it {below}", above=lines, below=below)
    return _("Write {lines}.", lines=lines)


_BY_KIND: Mapping[str, Callable[[RejectedValue], Diagnostic]] = {
    "missing": _explain_missing,
    "extra_forbidden": _explain_unknown,
    "string_pattern_mismatch": _explain_form,
    "string_too_long": _explain_long_text,
    "string_too_short": _explain_empty,
    "too_short": _explain_empty,
    "too_long": _explain_long_list,
    "literal_error": _explain_choice,
    "greater_than_equal": _explain_bound,
    "less_than_equal": _explain_bound,
    "value_error": _explain_rule,
    **dict.fromkeys(_KINDS, _explain_type),
}
