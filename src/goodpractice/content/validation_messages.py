"""What pydantic finds wrong, in words that people understand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from goodpractice.content.addresses import mend_address
from goodpractice.content.dates import guess_date, say_day
from goodpractice.content.fields import (
    Position,
    ValuePath,
    describe_form,
    find_meant,
    find_model,
    list_reference_fields,
)
from goodpractice.content.knowledge_base import Origin
from goodpractice.content.slips import quote, split_entries, write_list
from goodpractice.content.text import shorten
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import join_lazy_or
from goodpractice.kinds import ID_PATTERN, Record, Ref, SourceRef
from goodpractice.kinds.base import PlaceError, ReviewError
from goodpractice.kinds.case_study import YEAR, CaseStudy, PartnerNameError, ProvenanceError, YearError


@dataclass(frozen=True, slots=True)
class _Finding:
    """A value that a model refused.

    Attributes:
        model: The model of the whole record.
        kind: What pydantic calls the mistake.
        where: ValuePath of the value, without the number of a last entry of a list.
        name: The same for people.
        value: The value.
        context: What pydantic adds: a limit, a pattern, the error of a rule.
        place: File, line and column.
        given: Whether the name of the field stands in the file.
    """

    model: type[Record]
    kind: str
    where: ValuePath
    name: str
    value: Any
    context: Mapping[str, Any]
    place: tuple[str, int, int]
    given: bool

    @property
    def last(self) -> str:
        """Name of the field."""
        return str(self.where[-1]) if self.where else ""

    @property
    def owner(self) -> type[BaseModel] | None:
        """The model that has the field."""
        return find_model(self.model, self.where[:-1])

    @property
    def described(self) -> str:
        """What the field holds, as its model says it: `make messages` collects these words from the models."""
        info = self.owner.model_fields.get(self.last) if self.owner else None
        return _(info.description) if info and info.description else ""

    def diagnostic(self, code: str, message: str, hint: str = "") -> Diagnostic:
        """An issue at the place of the value."""
        return Diagnostic(*self.place, code, message, hint)


def explain_value(model: type[Record], detail: ErrorDetails, origin: Origin) -> Diagnostic:
    """What is wrong with a value that a model refused, and what to write.

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
    finding = _Finding(model, detail["type"], where, name, detail.get("input"), context, place, given)
    if finding.kind == "value_error":
        finding = replace(finding, place=(origin.path, *_place_rule(finding, origin)))
    elif finding.kind == "missing" and origin.end and len(where) == 1 and where not in origin.positions:
        finding = replace(finding, place=(origin.path, *origin.end))
    if finding.last == "year" and finding.kind in _KINDS_OF_YEAR:
        return _explain_year(finding)
    if finding.kind.startswith(("date_", "datetime_")):
        return _explain_date(finding)
    return _BY_KIND.get(finding.kind, _explain_misfit)(finding)


def _explain_missing(finding: _Finding) -> Diagnostic:
    if finding.given:
        return _explain_empty(finding)
    hint = _("Add a line `{field}: …`.", field=finding.last)
    if finding.described:
        hint = _("Add a line `{field}: …`. {about}", field=finding.last, about=finding.described)
    return finding.diagnostic(rules.MISSING_FIELD, _("`{name}` is missing", name=finding.name), hint)


def _explain_unknown(finding: _Finding) -> Diagnostic:
    owner, key = finding.owner, finding.last
    close = find_meant(owner, key) if owner else None
    hint = _("Delete it. The page Fields lists every name.")
    if finding.model is CaseStudy:
        hint = _("Delete the line, or tell it in the story. The page Fields lists every name.")
    if close:
        hint = _("Did you mean `{close}`?", close=close)
    return finding.diagnostic(rules.UNKNOWN_FIELD, _("`{name}` is not a known field", name=key), hint)


def _explain_date(finding: _Finding) -> Diagnostic:
    approval = finding.last == "partner_approved_on"
    if isinstance(finding.value, str) and not finding.value.strip():
        hint = _("Write the day, the year first, for example 2026-03-31.")
        if approval:
            hint = _("Write the day on which your partner said yes, or ask them first.")
        return finding.diagnostic(rules.WRONG_DATE, _("`{name}` is empty", name=finding.name), hint)
    hint = _("Write the year first, for example 2026-03-31.")
    guess = guess_date(str(finding.value))
    text = str(finding.value).strip()[:60]
    if re.fullmatch(r"(?:[^\W\d]+\.? )?(?:\d\d?[./-])?\d{4}(?:[./-]\d\d?)?", text):
        hint = _("Write the day, too, for example 2026-03-31.")
    elif guess is not None:
        date, unclear = guess
        line = f'{finding.last}: "{date.isoformat()}"'
        hint = _("Write `{line}`.", line=line)
        if unclear:
            hint = _("For {day} write `{line}`.", day=say_day(date), line=line)
    elif re.fullmatch(r"\d+\D\d+\D\d+", text):
        hint = _("The calendar has no such day.")
    elif approval and not re.search(r"\d", str(finding.value)):
        hint = _("Write the day on which your partner said yes, the year first: 2026-03-31.")
    message = _("`{name}` is not a date: {value}", name=finding.name, value=_shown(finding.value))
    return finding.diagnostic(rules.WRONG_DATE, message, hint)


#: What tells one pattern of `models` from the others, and what to say of a text that does not fit it.
_FORMS = (
    (
        "https?",
        rules.WRONG_ADDRESS,
        N_("`{name}` is not a whole web address: {value}"),
        N_("Begin it with https://."),
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
    ("month", rules.WRONG_VALUE, N_("`{name}` is {value}"), N_("Write it as `12 months`.")),
    # Every other pattern is that of an id.
    (
        "",
        rules.WRONG_ID,
        N_("`{name}` is not in the form of an id: {value}"),
        N_("Use small letters, digits and single hyphens, for example `science-oxford`."),
    ),
)


def _explain_form(finding: _Finding) -> Diagnostic:
    pattern = str(finding.context.get("pattern", ""))
    code, words, hint = next(rest for part, *rest in _FORMS if part in pattern)
    if not str(finding.value).strip():
        message = _("an entry of `{name}` is empty", name=finding.name)
        return finding.diagnostic(rules.WRONG_VALUE, message, _("Delete it, and the comma before it."))
    address = mend_address(str(finding.value)) if code == rules.WRONG_ADDRESS else None
    if address:
        line = f"{finding.last}: {quote(address)}"
        message = _(words, name=finding.name, value=_shown(finding.value))
        return finding.diagnostic(code, message, _("Write `{line}`.", line=line))
    return finding.diagnostic(code, _(words, name=finding.name, value=_shown(finding.value)), _(hint))


def _explain_long_text(finding: _Finding) -> Diagnostic:
    most, length = int(finding.context["max_length"]), len(str(finding.value))
    message = _("`{name}` has {length} characters; {most} fit", name=finding.name, length=length, most=most)
    return finding.diagnostic(rules.TOO_LONG, message, _("Shorten it by {length}.", length=length - most))


def _explain_long_list(finding: _Finding) -> Diagnostic:
    message = _(
        "`{name}` has {value} entries; {context} fit",
        name=finding.name,
        value=len(finding.value or ()),
        context=finding.context.get("max_length"),
    )
    return finding.diagnostic(rules.WRONG_VALUE, message, _("Keep the most important ones."))


def _explain_empty(finding: _Finding) -> Diagnostic:
    form = describe_form(finding.model)
    line = f'{finding.last}: ["…"]' if finding.last in form.lists else f'{finding.last}: "…"'
    if not finding.last or finding.last in {*form.entries, *form.groups}:
        return finding.diagnostic(rules.MISSING_FIELD, _("`{name}` is empty", name=finding.name), finding.described)
    hint = _("Write it behind the colon: `{line}`. {about}", line=line, about=finding.described)
    return finding.diagnostic(rules.MISSING_FIELD, _("`{name}` is empty", name=finding.name), hint)


def _explain_choice(finding: _Finding) -> Diagnostic:
    expected = join_lazy_or(re.findall(r"'[^']*'", str(finding.context.get("expected", ""))))
    message = _("`{name}` is {value}", name=finding.name, value=_shown(finding.value))
    return finding.diagnostic(rules.WRONG_VALUE, message, _("Use one of {expected}.", expected=expected))


def _explain_bound(finding: _Finding) -> Diagnostic:
    side = _("at least") if "ge" in finding.context else _("at most")
    bound = finding.context.get("ge", finding.context.get("le"))
    message = _("`{name}` is {value}", name=finding.name, value=_shown(finding.value))
    return finding.diagnostic(rules.WRONG_VALUE, message, _("The number is {side} {bound}.", side=side, bound=bound))


def _explain_misfit(finding: _Finding) -> Diagnostic:
    message = _("`{name}` has a value that does not fit: {value}", name=finding.name, value=_shown(finding.value))
    return finding.diagnostic(rules.WRONG_VALUE, message, finding.described)


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


def _explain_type(finding: _Finding) -> Diagnostic:
    kind, value, hint = finding.kind, finding.value, finding.described
    a_list = kind in ("tuple_type", "list_type")
    if a_list and isinstance(value, str):
        return _explain_no_list(finding, value)
    if a_list and isinstance(value, dict) and value:
        hint = _("Begin each entry with a hyphen, for example `- {next}: …`.", next=next(iter(value)))
    elif kind == "string_type" and isinstance(value, list) and value and all(isinstance(v, str) for v in value):
        hint = _say_one_text(finding, value)
    elif kind == "string_type" and isinstance(value, dict) and value and not any(value.values()):
        line = f"{finding.last}: {quote(', '.join(map(str, value)))}"
        hint = _("Write it without the braces: `{line}`.", line=line)
    elif kind == "float_parsing" and isinstance(value, str) and re.fullmatch(r"-?\d+,\d+", value):
        hint = _("Write it with a point: {number}.", number=value.replace(",", "."))
    elif kind == "model_type":
        hint = _outline(find_model(finding.model, finding.where)) or hint
    return _explain_kind(finding, kind, hint)


def _say_one_text(finding: _Finding, values: list[str]) -> str:
    """What to write where a list was given and one text is needed."""
    if finding.last in describe_form(finding.model).lists:
        return _("Write `{line}`.", line=write_list(finding.last, values))
    lists = [part for part in finding.where if isinstance(part, str)][:-1]
    if len(values) > 1 and finding.last in describe_form(finding.model).ids and lists:
        first, *others = (f"`  - {finding.last}: {quote(value)}`" for value in values)
        return _("Begin an entry for each: {first}, and another: {others}.", first=first, others=", ".join(others))
    line = f"{finding.last}: {quote(', '.join(values))}"
    return _("Write it without the square brackets: `{line}`.", line=line)


def _explain_kind(finding: _Finding, kind: str, hint: str) -> Diagnostic:
    message = _(
        "`{name}` needs {kinds}, not {value}", name=finding.name, kinds=_KINDS[kind], value=_shown(finding.value)
    )
    return finding.diagnostic(rules.WRONG_VALUE, message, hint)


def _explain_no_list(finding: _Finding, value: str) -> Diagnostic:
    """One text where a list is needed: the list that was meant."""
    names = tuple(part for part in finding.where if isinstance(part, str))
    entry = find_model(finding.model, names)
    if entry is not None:
        return _explain_kind(finding, "tuple_type", _outline(entry, "  - "))
    mark = dict(list_reference_fields(finding.model)).get((*names, "*"))
    entries = split_entries(value, isinstance(mark, Ref))
    if isinstance(mark, SourceRef):
        entries = [mend_address(entry) or entry for entry in entries]
    if not entries:
        return _explain_empty(finding)
    message = _(
        "`{name}` needs square brackets around its entries, not only {value}", name=finding.name, value=_shown(value)
    )
    hint = _("Write `{line}`.", line=write_list(finding.last, entries))
    if isinstance(mark, SourceRef) and not any("://" in entry or ID_PATTERN.fullmatch(entry) for entry in entries):
        line = write_list(finding.last, ["https://…"])
        hint = _("Write its whole web address: `{line}`. Leave the line out if there is none.", line=line)
    return finding.diagnostic(rules.WRONG_VALUE, message, hint)


#: How pydantic may refuse a year.
_KINDS_OF_YEAR = frozenset(
    {"int_type", "int_parsing", "int_parsing_size", "int_from_float", "greater_than_equal", "less_than_equal"}
)
_SPAN = re.compile(r"((?:19|20)\d\d)\s*(?:-|\u2013|\u2014|/|to|and|until|till|,|&)\s*((?:19|20)?\d\d)")


def _explain_year(finding: _Finding) -> Diagnostic:
    """A year that is not one year in four digits."""
    text = str(finding.value).strip()
    if not text:
        return finding.diagnostic(
            rules.MISSING_FIELD,
            _("`year` is empty"),
            _("Write the four digits, for example year: 2019."),
        )
    if re.fullmatch(r"[-+]?\d+", text):
        hint = _("Write all four digits, for example year: 2019.")
        if len(text) >= 4:
            hint = _("Write a year from 1900 to 2100, for example year: 2019.")
        return finding.diagnostic(rules.WRONG_VALUE, _("`year` is {text}", text=_shown(text)), hint)
    message = _("`year` holds one year, in four digits, not {text}", text=_shown(text))
    digits = "".join(text.split()).translate(str.maketrans("OoIl", "0011")) if len(text) < 8 else ""
    if re.fullmatch(r"(?:19|20)\d\d", digits):
        return finding.diagnostic(rules.WRONG_VALUE, message, _("Write `{line}`.", line=f'year: "{digits}"'))
    alone = re.fullmatch(r"[^\w]*((?:19|20)\d\d)(?:[^\w]|\s?(?:AD|CE|A\.D\.))*", text)
    if alone:
        return finding.diagnostic(rules.WRONG_VALUE, message, _("Write `{line}`.", line=f'year: "{alone[1]}"'))
    span = _SPAN.search(text)
    if span:
        last = span[2] if len(span[2]) == 4 else span[1][:2] + span[2]
        hint = _('For several years write period: "{span} to {last}" instead of this line.', span=span[1], last=last)
    elif YEAR.search(text) and len(text) <= 60:
        plain = text.replace('"', "'")
        hint = _(
            'Write year: {year}, or period: "{plain}" instead of this line.', year=YEAR.findall(text)[0], plain=plain
        )
    else:
        hint = _(
            'Write for example year: 2019. If you do not know it: period: "about 2019", or period: not documented, '
            "instead of this line."
        )
    return finding.diagnostic(rules.WRONG_VALUE, message, hint)


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


#: Fields that a rule is about: the issue stands at the first that is given.
_RULED: Mapping[type, tuple[str, ...]] = {
    YearError: ("period", "year"),
    PlaceError: ("lat", "lon"),
    ProvenanceError: ("partner_approved_on", "sources"),
    ReviewError: ("reviewed_on", "reviewed_by"),
}


def _place_rule(finding: _Finding, origin: Origin) -> Position:
    """Where a rule about several fields is told: at the first that is given, or where one can be added."""
    for field in _RULED.get(type(finding.context.get("error")), ()):
        if (*origin.base, *finding.where, field) in origin.positions:
            return origin.find((*finding.where, field))
    return origin.end if origin.end and not finding.where else finding.place[1:]


def _explain_rule(finding: _Finding) -> Diagnostic:
    error = finding.context.get("error")
    values = finding.value if isinstance(finding.value, dict) else {}
    if isinstance(error, YearError) and values.get("period") is not None:
        return finding.diagnostic(
            rules.NO_YEAR,
            _("`period` does not hold a year with four digits: {values}", values=_shown(values["period"])),
            _(
                'Write for example `period: "2019 to 2021"`, or `year: 2024` instead. '
                "If nobody knows the year: `period: not documented`."
            ),
        )
    if isinstance(error, YearError):
        return finding.diagnostic(
            rules.NO_YEAR,
            _("the year is missing"),
            _(
                'Add `year: 2024`, or `period: "2019 to 2021"` with quotation marks. '
                "If nobody knows the year: `period: not documented`."
            ),
        )
    if isinstance(error, ProvenanceError):
        return finding.diagnostic(
            rules.NO_PROVENANCE,
            _("it is not said where the story comes from"),
            _(
                "Add `partner_approved_on:` with the day on which your community partner "
                "approved this text, or `sources:` with web addresses."
            ),
        )
    if isinstance(error, PartnerNameError) and values.get("name"):
        hint = _("Keep one of the two lines: `partner:` for an organisation with a page here, `name:` for another.")
        return finding.diagnostic(rules.WRONG_VALUE, _("this partner has an id and a name"), hint)
    if isinstance(error, PartnerNameError):
        hint = _("Give `partner:` with an id from partners.yml (or `not named`), or `name:` with the name.")
        return finding.diagnostic(rules.MISSING_FIELD, _("this partner has neither an id nor a name"), hint)
    if isinstance(error, ReviewError):
        return _explain_review(finding, unnamed=values.get("reviewed_by") is None)
    if isinstance(error, PlaceError):
        withheld = values.get("map") == "withheld"
        hint = _("Delete `lat` and `lon`.") if withheld else _("Give both numbers, or neither.")
        message = (
            _("the place is withheld from maps, so lat and lon must be left out")
            if withheld
            else _("only one of lat and lon is given")
        )
        return finding.diagnostic(rules.PLACE_INCOMPLETE, message, hint)
    return finding.diagnostic(rules.WRONG_VALUE, str(error), _("The page Fields says what it holds."))


def _explain_review(finding: _Finding, unnamed: bool) -> Diagnostic:
    if unnamed:
        message = _("the day of a review is given, and not who made it")
        hint = _(
            "Add `reviewed_by:` with the name of the person who checked the facts. "
            "For the day on which the text was written, call the line `written_on:`."
        )
    else:
        message = _("the name of a reviewer is given, and not the day")
        hint = _("Add `reviewed_on:` with the day, year first: 2026-03-31.")
    return finding.diagnostic(rules.REVIEW_WITHOUT_NAME, message, hint)


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return _("a group of fields")
    if isinstance(value, (list, tuple)):
        return _("a list")
    if value is True or value is False:
        return f"`{str(value).lower()}`"
    return f"`{shorten(str(value), 40)}`"


_BY_KIND: Mapping[str, Callable[[_Finding], Diagnostic]] = {
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
