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
from goodpractice.content.fields import describe_form, find_meant, find_model, list_reference_fields
from goodpractice.content.knowledge_base import Origin
from goodpractice.content.slips import quote, split_entries, write_list
from goodpractice.content.yaml_values import Path, Position
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Issue
from goodpractice.i18n.languages import mark
from goodpractice.i18n.messages import said, said_any
from goodpractice.kinds import ID_PATTERN, Record, Ref, SourceRef
from goodpractice.kinds.base import PlaceError, ReviewError
from goodpractice.kinds.case_study import YEAR, CaseStudy, PartnerNameError, ProvenanceError, YearError


@dataclass(frozen=True, slots=True)
class _Finding:
    """A value that a model refused.

    Attributes:
        model: The model of the whole record.
        kind: What pydantic calls the mistake.
        where: Path of the value, without the number of a last entry of a list.
        name: The same for people.
        value: The value.
        context: What pydantic adds: a limit, a pattern, the error of a rule.
        place: File, line and column.
        given: Whether the name of the field stands in the file.
    """

    model: type[Record]
    kind: str
    where: Path
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
        return said(info.description) if info and info.description else ""

    def issue(self, code: str, message: str, hint: str = "") -> Issue:
        """An issue at the place of the value."""
        return Issue(*self.place, code, message, hint)


def explain_value(model: type[Record], detail: ErrorDetails, origin: Origin) -> Issue:
    """What is wrong with a value that a model refused, and what to write.

    Args:
        model: The model.
        detail: What pydantic says.
        origin: Where the record was read.
    """
    where = tuple(detail["loc"])
    name = ".".join(part for part in where if isinstance(part, str)) or said("this entry")
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


def _explain_missing(finding: _Finding) -> Issue:
    if finding.given:
        return _explain_empty(finding)
    hint = said("Add a line `{field}: …`.", field=finding.last)
    if finding.described:
        hint = said("Add a line `{field}: …`. {about}", field=finding.last, about=finding.described)
    return finding.issue(rules.MISSING_FIELD, said("`{name}` is missing", name=finding.name), hint)


def _explain_unknown(finding: _Finding) -> Issue:
    owner, key = finding.owner, finding.last
    close = find_meant(owner, key) if owner else None
    hint = said("Delete it. The page Fields lists every name.")
    if finding.model is CaseStudy:
        hint = said("Delete the line, or tell it in the story. The page Fields lists every name.")
    if close:
        hint = said("Did you mean `{close}`?", close=close)
    return finding.issue(rules.UNKNOWN_FIELD, said("`{name}` is not a known field", name=key), hint)


def _explain_date(finding: _Finding) -> Issue:
    approval = finding.last == "partner_approved_on"
    if isinstance(finding.value, str) and not finding.value.strip():
        hint = said("Write the day, the year first, for example 2026-03-31.")
        if approval:
            hint = said("Write the day on which your partner said yes, or ask them first.")
        return finding.issue(rules.WRONG_DATE, said("`{name}` is empty", name=finding.name), hint)
    hint = said("Write the year first, for example 2026-03-31.")
    guess = guess_date(str(finding.value))
    text = str(finding.value).strip()[:60]
    if re.fullmatch(r"(?:[^\W\d]+\.? )?(?:\d\d?[./-])?\d{4}(?:[./-]\d\d?)?", text):
        hint = said("Write the day, too, for example 2026-03-31.")
    elif guess is not None:
        date, unclear = guess
        line = f'{finding.last}: "{date.isoformat()}"'
        hint = said("Write `{line}`.", line=line)
        if unclear:
            hint = said("For {day} write `{line}`.", day=say_day(date), line=line)
    elif re.fullmatch(r"\d+\D\d+\D\d+", text):
        hint = said("The calendar has no such day.")
    elif approval and not re.search(r"\d", str(finding.value)):
        hint = said("Write the day on which your partner said yes, the year first: 2026-03-31.")
    message = said("`{name}` is not a date: {value}", name=finding.name, value=_shown(finding.value))
    return finding.issue(rules.WRONG_DATE, message, hint)


#: What tells one pattern of `models` from the others, and what to say of a text that does not fit it.
_FORMS = (
    (
        "https?",
        rules.WRONG_ADDRESS,
        mark("`{name}` is not a whole web address: {value}"),
        mark("Begin it with https://."),
    ),
    (
        "shown|withheld",
        rules.WRONG_VALUE,
        mark("`{name}` is {value}"),
        mark("Write `withheld`, or leave the line out."),
    ),
    (
        "webp",
        rules.WRONG_VALUE,
        mark("`{name}` is not the name of a photo: {value}"),
        mark("Rename it in small letters, digits and hyphens, with the ending .jpg, .png or .webp: `tent.jpg`."),
    ),
    (
        "a-f]{64}",
        rules.WRONG_VALUE,
        mark("`{name}` is not the fingerprint of a file: {value}"),
        mark(
            "`goodpractice photo digest FILE` says what it should be. So does `goodpractice check`, without the line."
        ),
    ),
    (
        "a-f",
        rules.WRONG_VALUE,
        mark("`{name}` is not what the command writes: {value}"),
        mark("`goodpractice translation status` says what it should be."),
    ),
    (
        r"\d{4}",
        rules.WRONG_VALUE,
        mark("`{name}` is {value}"),
        mark("Write all four digits, for example year: 2019."),
    ),
    ("month", rules.WRONG_VALUE, mark("`{name}` is {value}"), mark("Write it as `12 months`.")),
    # Every other pattern is that of an id.
    (
        "",
        rules.WRONG_ID,
        mark("`{name}` is not in the form of an id: {value}"),
        mark("Use small letters, digits and single hyphens, for example `science-oxford`."),
    ),
)


def _explain_form(finding: _Finding) -> Issue:
    pattern = str(finding.context.get("pattern", ""))
    code, words, hint = next(rest for part, *rest in _FORMS if part in pattern)
    if not str(finding.value).strip():
        message = said("an entry of `{name}` is empty", name=finding.name)
        return finding.issue(rules.WRONG_VALUE, message, said("Delete it, and the comma before it."))
    address = mend_address(str(finding.value)) if code == rules.WRONG_ADDRESS else None
    if address:
        line = f"{finding.last}: {quote(address)}"
        message = said(words, name=finding.name, value=_shown(finding.value))
        return finding.issue(code, message, said("Write `{line}`.", line=line))
    return finding.issue(code, said(words, name=finding.name, value=_shown(finding.value)), said(hint))


def _explain_long_text(finding: _Finding) -> Issue:
    most, length = int(finding.context["max_length"]), len(str(finding.value))
    message = said("`{name}` has {length} characters; {most} fit", name=finding.name, length=length, most=most)
    return finding.issue(rules.TOO_LONG, message, said("Shorten it by {length}.", length=length - most))


def _explain_long_list(finding: _Finding) -> Issue:
    message = said(
        "`{name}` has {value} entries; {context} fit",
        name=finding.name,
        value=len(finding.value or ()),
        context=finding.context.get("max_length"),
    )
    return finding.issue(rules.WRONG_VALUE, message, said("Keep the most important ones."))


def _explain_empty(finding: _Finding) -> Issue:
    form = describe_form(finding.model)
    line = f'{finding.last}: ["…"]' if finding.last in form.lists else f'{finding.last}: "…"'
    if not finding.last or finding.last in {*form.entries, *form.groups}:
        return finding.issue(rules.MISSING_FIELD, said("`{name}` is empty", name=finding.name), finding.described)
    hint = said("Write it behind the colon: `{line}`. {about}", line=line, about=finding.described)
    return finding.issue(rules.MISSING_FIELD, said("`{name}` is empty", name=finding.name), hint)


def _explain_choice(finding: _Finding) -> Issue:
    expected = said_any(re.findall(r"'[^']*'", str(finding.context.get("expected", ""))))
    message = said("`{name}` is {value}", name=finding.name, value=_shown(finding.value))
    return finding.issue(rules.WRONG_VALUE, message, said("Use one of {expected}.", expected=expected))


def _explain_bound(finding: _Finding) -> Issue:
    side = said("at least") if "ge" in finding.context else said("at most")
    bound = finding.context.get("ge", finding.context.get("le"))
    message = said("`{name}` is {value}", name=finding.name, value=_shown(finding.value))
    return finding.issue(rules.WRONG_VALUE, message, said("The number is {side} {bound}.", side=side, bound=bound))


def _explain_misfit(finding: _Finding) -> Issue:
    message = said("`{name}` has a value that does not fit: {value}", name=finding.name, value=_shown(finding.value))
    return finding.issue(rules.WRONG_VALUE, message, finding.described)


_KINDS = {
    "tuple_type": said("a list: one entry a line, each beginning with a hyphen"),
    "list_type": said("a list: one entry a line, each beginning with a hyphen"),
    "model_type": said("a group of `name: value` lines, indented by two spaces"),
    "dict_type": said("a group of `name: value` lines, indented by two spaces"),
    "string_type": said("a text"),
    "int_type": said("a whole number"),
    "int_parsing": said("a whole number"),
    "int_from_float": said("a whole number"),
    "float_type": said("a number"),
    "float_parsing": said("a number"),
    "bool_type": said("true or false"),
    "bool_parsing": said("true or false"),
}


def _explain_type(finding: _Finding) -> Issue:
    kind, value, hint = finding.kind, finding.value, finding.described
    a_list = kind in ("tuple_type", "list_type")
    if a_list and isinstance(value, str):
        return _explain_no_list(finding, value)
    if a_list and isinstance(value, dict) and value:
        hint = said("Begin each entry with a hyphen, for example `- {next}: …`.", next=next(iter(value)))
    elif kind == "string_type" and isinstance(value, list) and value and all(isinstance(v, str) for v in value):
        hint = _say_one_text(finding, value)
    elif kind == "string_type" and isinstance(value, dict) and value and not any(value.values()):
        line = f"{finding.last}: {quote(', '.join(map(str, value)))}"
        hint = said("Write it without the braces: `{line}`.", line=line)
    elif kind == "float_parsing" and isinstance(value, str) and re.fullmatch(r"-?\d+,\d+", value):
        hint = said("Write it with a point: {number}.", number=value.replace(",", "."))
    elif kind == "model_type":
        hint = _outline(find_model(finding.model, finding.where)) or hint
    return _explain_kind(finding, kind, hint)


def _say_one_text(finding: _Finding, values: list[str]) -> str:
    """What to write where a list was given and one text is needed."""
    if finding.last in describe_form(finding.model).lists:
        return said("Write `{line}`.", line=write_list(finding.last, values))
    lists = [part for part in finding.where if isinstance(part, str)][:-1]
    if len(values) > 1 and finding.last in describe_form(finding.model).ids and lists:
        first, *others = (f"`  - {finding.last}: {quote(value)}`" for value in values)
        return said("Begin an entry for each: {first}, and another: {others}.", first=first, others=", ".join(others))
    line = f"{finding.last}: {quote(', '.join(values))}"
    return said("Write it without the square brackets: `{line}`.", line=line)


def _explain_kind(finding: _Finding, kind: str, hint: str) -> Issue:
    message = said(
        "`{name}` needs {kinds}, not {value}", name=finding.name, kinds=_KINDS[kind], value=_shown(finding.value)
    )
    return finding.issue(rules.WRONG_VALUE, message, hint)


def _explain_no_list(finding: _Finding, value: str) -> Issue:
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
    message = said(
        "`{name}` needs square brackets around its entries, not only {value}", name=finding.name, value=_shown(value)
    )
    hint = said("Write `{line}`.", line=write_list(finding.last, entries))
    if isinstance(mark, SourceRef) and not any("://" in entry or ID_PATTERN.fullmatch(entry) for entry in entries):
        line = write_list(finding.last, ["https://…"])
        hint = said("Write its whole web address: `{line}`. Leave the line out if there is none.", line=line)
    return finding.issue(rules.WRONG_VALUE, message, hint)


#: How pydantic may refuse a year.
_KINDS_OF_YEAR = frozenset(
    {"int_type", "int_parsing", "int_parsing_size", "int_from_float", "greater_than_equal", "less_than_equal"}
)
_SPAN = re.compile(r"((?:19|20)\d\d)\s*(?:-|\u2013|\u2014|/|to|and|until|till|,|&)\s*((?:19|20)?\d\d)")


def _explain_year(finding: _Finding) -> Issue:
    """A year that is not one year in four digits."""
    text = str(finding.value).strip()
    if not text:
        return finding.issue(
            rules.MISSING_FIELD, said("`year` is empty"), said("Write the four digits, for example year: 2019.")
        )
    if re.fullmatch(r"[-+]?\d+", text):
        hint = said("Write all four digits, for example year: 2019.")
        if len(text) >= 4:
            hint = said("Write a year from 1900 to 2100, for example year: 2019.")
        return finding.issue(rules.WRONG_VALUE, said("`year` is {text}", text=_shown(text)), hint)
    message = said("`year` holds one year, in four digits, not {text}", text=_shown(text))
    digits = "".join(text.split()).translate(str.maketrans("OoIl", "0011")) if len(text) < 8 else ""
    if re.fullmatch(r"(?:19|20)\d\d", digits):
        return finding.issue(rules.WRONG_VALUE, message, said("Write `{line}`.", line=f'year: "{digits}"'))
    alone = re.fullmatch(r"[^\w]*((?:19|20)\d\d)(?:[^\w]|\s?(?:AD|CE|A\.D\.))*", text)
    if alone:
        return finding.issue(rules.WRONG_VALUE, message, said("Write `{line}`.", line=f'year: "{alone[1]}"'))
    span = _SPAN.search(text)
    if span:
        last = span[2] if len(span[2]) == 4 else span[1][:2] + span[2]
        hint = said('For several years write period: "{span} to {last}" instead of this line.', span=span[1], last=last)
    elif YEAR.search(text) and len(text) <= 60:
        plain = text.replace('"', "'")
        hint = said(
            'Write year: {year}, or period: "{plain}" instead of this line.', year=YEAR.findall(text)[0], plain=plain
        )
    else:
        hint = said(
            'Write for example year: 2019. If you do not know it: period: "about 2019", or period: not documented, '
            "instead of this line."
        )
    return finding.issue(rules.WRONG_VALUE, message, hint)


def _outline(inner: type[BaseModel] | None, begin: str = "") -> str:
    """The lines that an entry needs: its first field, behind what an entry begins with, and those that are required."""
    if inner is None:
        return ""
    names = list(inner.model_fields)
    needed = [name for name, info in inner.model_fields.items() if info.is_required() and name != names[0]]
    lines = f"`{begin}{names[0]}: …`"
    for name in needed:
        below = f"`{' ' * len(begin)}{name}: …`"
        lines = said("{above}, and below it {below}", above=lines, below=below)
    return said("Write {lines}.", lines=lines)


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


def _explain_rule(finding: _Finding) -> Issue:
    error = finding.context.get("error")
    values = finding.value if isinstance(finding.value, dict) else {}
    if isinstance(error, YearError) and values.get("period") is not None:
        return finding.issue(
            rules.NO_YEAR,
            said("`period` does not hold a year with four digits: {values}", values=_shown(values["period"])),
            said(
                'Write for example `period: "2019 to 2021"`, or `year: 2024` instead. '
                "If nobody knows the year: `period: not documented`."
            ),
        )
    if isinstance(error, YearError):
        return finding.issue(
            rules.NO_YEAR,
            said("the year is missing"),
            said(
                'Add `year: 2024`, or `period: "2019 to 2021"` with quotation marks. '
                "If nobody knows the year: `period: not documented`."
            ),
        )
    if isinstance(error, ProvenanceError):
        return finding.issue(
            rules.NO_PROVENANCE,
            said("it is not said where the story comes from"),
            said(
                "Add `partner_approved_on:` with the day on which your community partner "
                "approved this text, or `sources:` with web addresses."
            ),
        )
    if isinstance(error, PartnerNameError) and values.get("name"):
        hint = said("Keep one of the two lines: `partner:` for an organisation with a page here, `name:` for another.")
        return finding.issue(rules.WRONG_VALUE, said("this partner has an id and a name"), hint)
    if isinstance(error, PartnerNameError):
        hint = said("Give `partner:` with an id from partners.yml (or `not named`), or `name:` with the name.")
        return finding.issue(rules.MISSING_FIELD, said("this partner has neither an id nor a name"), hint)
    if isinstance(error, ReviewError):
        return _explain_review(finding, unnamed=values.get("reviewed_by") is None)
    if isinstance(error, PlaceError):
        withheld = values.get("map") == "withheld"
        hint = said("Delete `lat` and `lon`.") if withheld else said("Give both numbers, or neither.")
        message = (
            said("the place is withheld from maps, so lat and lon must be left out")
            if withheld
            else said("only one of lat and lon is given")
        )
        return finding.issue(rules.PLACE_INCOMPLETE, message, hint)
    return finding.issue(rules.WRONG_VALUE, str(error), said("The page Fields says what it holds."))


def _explain_review(finding: _Finding, unnamed: bool) -> Issue:
    if unnamed:
        message = said("the day of a review is given, and not who made it")
        hint = said(
            "Add `reviewed_by:` with the name of the person who checked the facts. "
            "For the day on which the text was written, call the line `written_on:`."
        )
    else:
        message = said("the name of a reviewer is given, and not the day")
        hint = said("Add `reviewed_on:` with the day, year first: 2026-03-31.")
    return finding.issue(rules.REVIEW_WITHOUT_NAME, message, hint)


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return said("a group of fields")
    if isinstance(value, (list, tuple)):
        return said("a list")
    if value is True or value is False:
        return f"`{str(value).lower()}`"
    text = str(value)
    return f"`{text[:40]}…`" if len(text) > 40 else f"`{text}`"


_BY_KIND: Mapping[str, Callable[[_Finding], Issue]] = {
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
