"""From values to records: pydantic's findings in words that people understand."""

from __future__ import annotations

import difflib
import re
import types
import typing
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from goodpractice import issues
from goodpractice.issues import Issue
from goodpractice.load.yaml_values import Path, Position
from goodpractice.models import Record, Ref, SourceRef
from goodpractice.models.base import PlaceError
from goodpractice.models.case_study import YEAR, CaseStudy, PartnerNameError, ProvenanceError, YearError
from goodpractice.saying import said, said_any
from goodpractice.skeleton import PLACEHOLDER, holds_explanation

R = TypeVar("R", bound=Record)

#: Front-matter keys that steer MkDocs, Material, its plugins or other common plugins: refused in contributed files. A
#: test reads the sources of the installed theme and plugins, and fails when one of them looks at a key not named here.
STEERING_KEYS = frozenset(
    {
        # MkDocs, and the plugin for macros
        *("template", "render_macros", "ignore_macros", "include_yaml", "include_dir", "hooks", "inherit"),
        *("edit_url", "canonical_url", "redirect", "redirect_from", "redirect_to", "aliases", "exclude", "nav"),
        *(
            "extra_css",
            "extra_javascript",
            "css",
            "js",
            "script",
            "scripts",
            "style",
            "styles",
            "meta",
            "head",
            "robots",
        ),
        # Templates of Material
        *("hide", "icon", "status", "subtitle", "description", "author", "source", "location", "hero", "comments"),
        *("revision_date", "git_revision_date_localized", "git_creation_date_localized", "image", "generator"),
        # Plugins of Material
        *("search", "social", "tags", "__extends", "draft", "pin", "date", "slug", "readtime", "links", "categories"),
        *("authors", "math", "mermaid", "password", "level", "class", "id", "lang", "language", "alternate"),
    }
)


#: Everyday names of fields of a case study, and how the form calls them.
EVERYDAY_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("location", "where", "town", "city", "area", "venue"), "place"),
    **dict.fromkeys(("date", "when", "time", "years", "dates"), "year"),
    **dict.fromkeys(("name", "heading", "headline", "titel"), "title"),
    **dict.fromkeys(("description", "abstract", "about", "short_summary"), "summary"),
    **dict.fromkeys(("partner", "organisation", "organisations", "organization", "organizations"), "partners"),
    **dict.fromkeys(("theme", "topic", "topics", "tags", "tag", "keywords", "categories", "category"), "themes"),
    **dict.fromkeys(("source", "links", "link", "references"), "sources"),
    **dict.fromkeys(("approved_on", "partner_approved", "approved", "approval"), "partner_approved_on"),
    **dict.fromkeys(("author", "authors", "contributor"), "contributors"),
    **dict.fromkeys(("audience", "who"), "audiences"),
    **dict.fromkeys(("cost", "costs", "budget"), "money"),
    **dict.fromkeys(("image", "images", "photo", "pictures"), "photos"),
}
#: How alike a name is to another of which it has one letter too many or too few.
_A_SLIP = 0.8
#: Fields for which an empty text says something: that it was begun and not finished.
_NEVER_EMPTY = frozenset({"year", "partner_approved_on", "reviewed_on"})


def find_position(positions: Mapping[Path, Position], path: Path) -> Position:
    """The place of a value, or of the nearest value around it that has one."""
    while path and path not in positions:
        path = path[:-1]
    return positions.get(path, (1, 1))


def suggest(word: str, known: typing.Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known word that is closest to a mistyped one, if any is close: from 0, which any word is, to 1."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=cutoff)
    return close[0] if close else None


def build_record(
    model: type[R],
    values: Mapping[str, Any],
    positions: Mapping[Path, Position],
    path: str,
    base: Path = (),
    end: Position | None = None,
) -> tuple[R | None, list[Issue]]:
    """Make one record, or say everything that keeps it from being made.

    Args:
        model: The class of the record.
        values: Its fields. Fields without a value count as absent.
        positions: Places of the values in the file.
        path: File name for issues.
        base: Path of the record within the file, for example `("partners", 3)`.
        end: Place of the line that ends the record, where a field that is missing can be added.
    """
    found: list[Issue] = []
    given: dict[str, Any] = {}
    renamed: set[str] = set()
    fields = _list_fields(model)
    for key, value in values.items():
        if key not in fields:
            meant = _find_meant(model, key)
            if meant is not None and values.get(meant) is None:
                renamed.add(meant)
            if key in STEERING_KEYS and not (base and meant in renamed):
                line, column = find_position(positions, (*base, key))
                message = said("`{key}` would steer the site generator and is not allowed here", key=key)
                hint = said("Write `{meant}:` instead.", meant=meant) if meant in renamed else said("Delete the line.")
                found.append(Issue(path, line, column, issues.STEERING_KEY, message, hint))
                continue
        if value is not None or key not in fields:
            given[key] = value
    given = _leave_out_empty(model, given)
    unfilled: set[Path] = set()
    for where, text in sorted(_list_placeholders(given), key=str):
        unfilled.add(where)
        line, column = find_position(positions, (*base, *where))
        name = ".".join(part for part in where if isinstance(part, str))
        if holds_explanation(text):
            message = said("`{name}` still holds the explanation of the form", name=name)
            hint = said("Replace everything between the quotation marks, brackets included.")
        else:
            message = said("`{name}` stands in square brackets", name=name)
            hint = said('Write it without the brackets: "{text}".', text=text.strip("[]"))
        found.append(Issue(path, line, column, issues.SKELETON_TEXT, message, hint))
    try:
        record = model.model_validate(given)
        return (None if found else record), found
    except ValidationError as error:
        found.extend(
            explain_value(model, detail, positions, path, base, end)
            for detail in error.errors(include_url=False)
            if tuple(detail["loc"]) not in unfilled
            and not _waits_for(detail, unfilled, renamed)
            and not _is_reference(model, detail)
            # pydantic counts only the valid entries; the others are reported one by one.
            and not (detail["type"] == "too_short" and detail["input"])
        )
        return None, _without_echoes(found)


def _find_meant(model: type[BaseModel], key: str) -> str | None:
    """The field that somebody meant by another name, if any is close."""
    plain = key.lower().strip().replace(" ", "_").replace("-", "_")
    meant = EVERYDAY_NAMES.get(plain) if model is CaseStudy and plain not in model.model_fields else None
    return meant or suggest(plain, model.model_fields)


def _find_group(model: type[BaseModel], key: str) -> str | None:
    """The field whose entries have a field of this name, for a line that is not indented.

    Nothing when the line is rather a slip in the name of a field beside it, or an everyday name for one.
    """
    if suggest(key, model.model_fields, _A_SLIP) or (model is CaseStudy and key in EVERYDAY_NAMES):
        return None
    groups = ((name, field.inner) for name, field in _list_fields(model).items())
    return next((name for name, inner in groups if inner is not None and key in inner.model_fields), None)


def _leave_out_empty(model: type[BaseModel], values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record without those that may be left out and are empty, as in the form: `staff_time: ""`."""
    kept: dict[str, Any] = {}
    fields = _list_fields(model)
    for name, value in values.items():
        field = fields.get(name)
        if field is not None:
            if isinstance(value, dict) and field.inner is not None:
                value = _leave_out_empty(field.inner, value)
            if field.may_be_empty and (value is None or value == {} or (isinstance(value, str) and not value.strip())):
                continue
        kept[name] = value
    return kept


class _Field(typing.NamedTuple):
    """What reading needs to know of a field: the model of its values, and whether an empty one counts as absent."""

    inner: type[BaseModel] | None
    may_be_empty: bool


@cache
def _list_fields(model: type[BaseModel]) -> Mapping[str, _Field]:
    return {
        name: _Field(_inner_model(info.annotation), not info.is_required() and name not in _NEVER_EMPTY)
        for name, info in model.model_fields.items()
    }


def _list_placeholders(values: Mapping[str, Any]) -> list[tuple[Path, str]]:
    found: list[tuple[Path, str]] = []

    def look(value: object, where: Path) -> None:
        if isinstance(value, str):
            if "[" in value and (PLACEHOLDER.fullmatch(value) or holds_explanation(value)):
                found.append((where, value))
        elif isinstance(value, dict):
            for key, below in value.items():
                look(below, (*where, key))
        elif isinstance(value, list):
            for number, below in enumerate(value):
                look(below, (*where, number))

    look(values, ())
    return found


def _waits_for(detail: ErrorDetails, unfilled: set[Path], renamed: set[str]) -> bool:
    """Whether a rule fails only because a field is not filled in yet, or stands there under another name."""
    if detail["type"] == "missing" and detail["loc"][0] in renamed and len(detail["loc"]) == 1:
        return True
    error = detail.get("ctx", {}).get("error")
    fields: tuple[str, ...] = ()
    if isinstance(error, YearError):
        fields = ("year", "period")
    elif isinstance(error, ProvenanceError):
        fields = ("sources", "partner_approved_on")
    return any((*detail["loc"], field) in unfilled or field in renamed for field in fields)


def _is_reference(model: type[Record], detail: ErrorDetails) -> bool:
    """Whether a text that is no id stands for another record: the check of references knows what it should be."""
    if detail["type"] not in ("string_pattern_mismatch", "string_too_long"):
        return False
    where = tuple("*" if isinstance(part, int) else part for part in detail["loc"])
    return any(where == path and isinstance(mark, Ref) for path, mark in list_reference_fields(model).fields)


def _without_echoes(found: list[Issue]) -> list[Issue]:
    unique: dict[tuple[int, int, str, str], Issue] = {}
    for issue in found:
        unique.setdefault((issue.line, issue.column, issue.code, issue.message), issue)
    return list(unique.values())


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


def explain_value(
    model: type[Record],
    detail: ErrorDetails,
    positions: Mapping[Path, Position],
    path: str,
    base: Path = (),
    end: Position | None = None,
) -> Issue:
    """What is wrong with a value that a model refused, and what to write.

    Args:
        model: The model.
        detail: What pydantic says.
        positions: Where each value stands.
        path: File name for the issue.
        base: Where the record stands among the values.
        end: Where the record ends, if fields can be added there.
    """
    where = tuple(detail["loc"])
    kind = detail["type"]
    name = ".".join(str(part) for part in where if isinstance(part, str)) or said("this entry")
    while where and isinstance(where[-1], int):
        where = where[:-1]
    last = str(where[-1]) if where else ""
    line, column = find_position(positions, (*base, *detail["loc"]))
    context = detail.get("ctx", {})
    value = detail.get("input")
    owner = _model_at(model, where[:-1])
    described = _describe(owner, last)

    def issue(code: str, message: str, hint: str = "") -> Issue:
        return Issue(path, line, column, code, message, hint)

    if end is not None and kind == "missing" and len(where) == 1 and where not in positions:
        line, column = end
    if kind == "missing":
        return issue(
            issues.MISSING_FIELD,
            said("`{name}` is missing", name=name),
            said("Add a line `{field}: …`. {about}", field=last, about=described)
            if described
            else said("Add a line `{field}: …`.", field=last),
        )
    if kind == "extra_forbidden":
        close = _find_meant(owner, last) if owner else None
        group = _find_group(owner, last) if owner else None
        hint = said("Delete it. The page Fields lists every name.")
        if group:
            hint = said("It belongs to `{group}`: put spaces before it, as before its neighbours there.", group=group)
        elif close:
            hint = said("Did you mean `{close}`?", close=close)
        return issue(issues.UNKNOWN_FIELD, said("`{name}` is not a known field", name=last), hint)
    if last == "year" and (kind.startswith("int_") or kind in ("greater_than_equal", "less_than_equal")):
        return _explain_year(value, issue)
    if kind.startswith(("date_", "datetime_")) and isinstance(value, str) and not value.strip():
        hint = said("Write the day, the year first, for example 2026-03-31.")
        if last == "partner_approved_on":
            hint = said("Write the day on which your partner said yes, or ask them first.")
        return issue(issues.WRONG_DATE, said("`{name}` is empty", name=name), hint)
    if kind.startswith(("date_", "datetime_")):
        hint = said("Write the year first, for example 2026-03-31.")
        if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
            hint = said("The calendar has no such day.")
        elif not re.search(r"\d", str(value)) and last == "partner_approved_on":
            hint = said("Write the day on which your partner said yes, the year first: 2026-03-31.")
        return issue(issues.WRONG_DATE, said("`{name}` is not a date: {value}", name=name, value=_shown(value)), hint)
    if kind == "string_pattern_mismatch":
        pattern = str(context.get("pattern", ""))
        if "https?" in pattern:
            return issue(
                issues.WRONG_ADDRESS,
                said("`{name}` is not a whole web address: {value}", name=name, value=_shown(value)),
                said("Begin it with https://."),
            )
        if "shown|withheld" in pattern:
            return issue(
                issues.WRONG_VALUE,
                said("`{name}` is {value}", name=name, value=_shown(value)),
                said("Write `withheld`, or leave the line out."),
            )
        if "webp" in pattern:
            hint = said(
                "Rename it in small letters, digits and hyphens, with the ending .jpg, .png or .webp: `tent.jpg`."
            )
            return issue(
                issues.WRONG_VALUE,
                said("`{name}` is not the name of a photo: {value}", name=name, value=_shown(value)),
                hint,
            )
        if "a-f" in pattern:
            hint = said("`goodpractice translation status` says what it should be.")
            return issue(
                issues.WRONG_VALUE,
                said("`{name}` is not what the command writes: {value}", name=name, value=_shown(value)),
                hint,
            )
        if "month" in pattern:
            return issue(
                issues.WRONG_VALUE,
                said("`{name}` is {value}", name=name, value=_shown(value)),
                said("Write it as `12 months`."),
            )
        return issue(
            issues.WRONG_ID,
            said("`{name}` is not in the form of an id: {value}", name=name, value=_shown(value)),
            said("Use small letters, digits and single hyphens, for example `science-oxford`."),
        )
    if kind == "string_too_long":
        most = context.get("max_length")
        length = len(str(value))
        return issue(
            issues.TOO_LONG,
            said("`{name}` has {length} characters; {most} fit", name=name, length=length, most=most),
            said("Shorten it by {length}.", length=length - int(most or 0)),
        )
    if kind in ("too_short", "string_too_short"):
        return issue(issues.MISSING_FIELD, said("`{name}` is empty", name=name), described)
    if kind == "too_long":
        message = said(
            "`{name}` has {value} entries; {context} fit",
            name=name,
            value=len(value or ()),
            context=context.get("max_length"),
        )
        return issue(issues.WRONG_VALUE, message, said("Keep the most important ones."))
    if kind == "literal_error":
        expected = said_any(re.findall(r"'[^']*'", str(context.get("expected", ""))))
        return issue(
            issues.WRONG_VALUE,
            said("`{name}` is {value}", name=name, value=_shown(value)),
            said("Use one of {expected}.", expected=expected),
        )
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = context.get("ge", context.get("le"))
        side = said("at least") if "ge" in context else said("at most")
        return issue(
            issues.WRONG_VALUE,
            said("`{name}` is {value}", name=name, value=_shown(value)),
            said("The number is {side} {bound}.", side=side, bound=bound),
        )
    if kind == "value_error":
        error = context.get("error")
        for field in _RULED.get(type(error), ()):
            if (*base, *where, field) in positions:
                line, column = positions[*base, *where, field]
                break
        else:
            if end is not None and not where:
                line, column = end
        return _explain_rule(error, issue, value if isinstance(value, dict) else {})
    if kind in _KINDS:
        hint = described
        if kind == "float_parsing" and isinstance(value, str) and re.fullmatch(r"-?\d+,\d+", value):
            hint = said("Write it with a point: {number}.", number=value.replace(",", "."))
        if kind in ("tuple_type", "list_type") and isinstance(value, str):
            return _explain_no_list(model, where, name, value, issue)
        if kind == "string_type" and isinstance(value, list) and value and all(isinstance(v, str) for v in value):
            hint = said('Write it without the square brackets: "{value}".', value=", ".join(value))
        if kind in ("tuple_type", "list_type") and isinstance(value, dict) and value:
            hint = said("Begin each entry with a hyphen, for example `- {next}: …`.", next=next(iter(value)))
        elif kind == "model_type":
            hint = _outline(_model_at(model, where)) or hint
        return issue(
            issues.WRONG_VALUE,
            said("`{name}` needs {kinds}, not {value}", name=name, kinds=_KINDS[kind], value=_shown(value)),
            hint,
        )
    return issue(
        issues.WRONG_VALUE,
        said("`{name}` has a value that does not fit: {value}", name=name, value=_shown(value)),
        described,
    )


#: What stands between several ids that were given as one text.
_BETWEEN_IDS = re.compile(r"\s*[,;&+]\s*|\s+and\s+")


def _explain_no_list(
    model: type[Record], where: Path, name: str, value: str, issue: typing.Callable[..., Issue]
) -> Issue:
    """One text where a list is needed: the list that was meant."""
    marks = dict(list_reference_fields(model).fields)
    separators = re.compile(r"\s*[,;]\s*")
    if isinstance(marks.get((*(str(part) for part in where if isinstance(part, str)), "*")), Ref):
        separators = _BETWEEN_IDS
    elif _inner_model_at(model, where) is not None:
        message = said(
            "`{name}` needs {kinds}, not {value}", name=name, kinds=_KINDS["tuple_type"], value=_shown(value)
        )
        hint = _outline(_inner_model_at(model, where), "- ")
        return issue(issues.WRONG_VALUE, message, hint)
    parts = [part.strip("\"'` ") for part in separators.split(value)]
    shown = ", ".join(f'"{part}"' for part in parts if part)
    message = said(
        "`{name}` needs square brackets around its entries, not only {value}", name=name, value=_shown(value)
    )
    if not shown:
        return issue(
            issues.MISSING_FIELD,
            said("`{name}` is empty", name=name),
            _describe(_model_at(model, where[:-1]), str(where[-1])),
        )
    return issue(issues.WRONG_VALUE, message, said("Write `{where}: [{shown}]`.", where=where[-1], shown=shown))


def _inner_model_at(model: type[Record], where: Path) -> type[BaseModel] | None:
    return _model_at(model, tuple(part for part in where if isinstance(part, str)))


def _describe(owner: type[BaseModel] | None, name: str) -> str:
    """What a field holds, as its model says it: `make messages` collects these words from the models."""
    info = owner.model_fields.get(name) if owner else None
    return said(info.description) if info and info.description else ""


_SPAN = re.compile(r"((?:19|20)\d\d)\s*(?:-|\u2013|\u2014|/|to|and|until|till|,|&)\s*((?:19|20)?\d\d)")


def _explain_year(value: object, issue: typing.Callable[..., Issue]) -> Issue:
    """A year that is not one year in four digits."""
    text = str(value).strip()
    if not text:
        return issue(
            issues.MISSING_FIELD, said("`year` is empty"), said("Write the four digits, for example year: 2019.")
        )
    if re.fullmatch(r"[-+]?\d+", text):
        hint = said("Write all four digits, for example year: 2019.")
        if len(text) >= 4:
            hint = said("Write a year from 1900 to 2100, for example year: 2019.")
        return issue(issues.WRONG_VALUE, said("`year` is {text}", text=_shown(text)), hint)
    message = said("`year` holds one year, in four digits, not {text}", text=_shown(text))
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
        hint = said('Write for example year: 2019. If you do not know it: period: "about 2019" instead of this line.')
    return issue(issues.WRONG_VALUE, message, hint)


def _outline(inner: type[BaseModel] | None, begin: str = "") -> str:
    """The lines that an entry needs: its first field, behind what an entry begins with, and those that are required."""
    if inner is None:
        return ""
    names = list(inner.model_fields)
    needed = [name for name, info in inner.model_fields.items() if info.is_required() and name != names[0]]
    lines = f"`{begin}{names[0]}: …`"
    for name in needed:
        lines = said("{above}, and below it {below}", above=lines, below=f"`{name}: …`")
    return said("Write {lines}.", lines=lines)


#: Fields that a rule is about: the issue stands at the first that is given.
_RULED: Mapping[type, tuple[str, ...]] = {
    YearError: ("period", "year"),
    PlaceError: ("lat", "lon"),
    ProvenanceError: ("partner_approved_on", "sources"),
}


def _explain_rule(error: object, issue: typing.Callable[..., Issue], values: Mapping[str, Any]) -> Issue:
    if isinstance(error, YearError) and values.get("period") is not None:
        return issue(
            issues.NO_YEAR,
            said("`period` does not hold a year with four digits: {values}", values=_shown(values["period"])),
            said('Write for example `period: "2019 to 2021"`, or `year: 2024` instead.'),
        )
    if isinstance(error, YearError):
        return issue(
            issues.NO_YEAR,
            said("the year is missing"),
            said('Add `year: 2024`, or `period: "2019 to 2021"` with quotation marks.'),
        )
    if isinstance(error, ProvenanceError):
        return issue(
            issues.NO_PROVENANCE,
            said("it is not said where the story comes from"),
            said(
                "Add `partner_approved_on:` with the day on which your community partner "
                "approved this text, or `sources:` with web addresses."
            ),
        )
    if isinstance(error, PartnerNameError) and values.get("name"):
        hint = said("Keep one of the two lines: `partner:` for an organisation with a page here, `name:` for another.")
        return issue(issues.WRONG_VALUE, said("this partner has an id and a name"), hint)
    if isinstance(error, PartnerNameError):
        hint = said("Give `partner:` with an id from partners.yml (or `not named`), or `name:` with the name.")
        return issue(issues.MISSING_FIELD, said("this partner has neither an id nor a name"), hint)
    if isinstance(error, PlaceError):
        withheld = values.get("map") == "withheld"
        hint = said("Delete `lat` and `lon`.") if withheld else said("Give both numbers, or neither.")
        message = (
            said("the place is withheld from maps, so lat and lon must be left out")
            if withheld
            else said("only one of lat and lon is given")
        )
        return issue(issues.PLACE_INCOMPLETE, message, hint)
    return issue(issues.WRONG_VALUE, str(error), said("The page Fields says what it holds."))


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return said("a group of fields")
    if isinstance(value, (list, tuple)):
        return said("a list")
    if value is True or value is False:
        return f"`{str(value).lower()}`"
    text = str(value)
    return f"`{text[:40]}…`" if len(text) > 40 else f"`{text}`"


def _model_at(model: type[Record], where: tuple[int | str, ...]) -> type[BaseModel] | None:
    current: Any = model
    for part in where:
        if isinstance(part, int):
            continue
        if not (isinstance(current, type) and issubclass(current, BaseModel)) or part not in current.model_fields:
            return None
        current = _inner_model(current.model_fields[part].annotation)
    return current if isinstance(current, type) and issubclass(current, BaseModel) else None


def _inner_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        inner = _inner_model(argument)
        if inner is not None:
            return inner
    return None


class References(typing.NamedTuple):
    """Where the fields of a model refer to other records.

    Attributes:
        fields: Paths of field names; `*` stands for every entry of a list.
    """

    fields: tuple[tuple[tuple[str, ...], Ref | SourceRef], ...]


_references: dict[type[Record], References] = {}


def list_reference_fields(model: type[Record]) -> References:
    """The fields of a model that hold ids of other records or sources; computed once for each model."""
    if model not in _references:
        _references[model] = References(tuple(_walk_fields(model, ())))
    return _references[model]


def _walk_fields(model: type[BaseModel], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Ref | SourceRef]]:
    for name, info in model.model_fields.items():
        for mark in info.metadata:
            if isinstance(mark, (Ref, SourceRef)):
                yield (*path, name), mark
        yield from _walk_annotation(info.annotation, (*path, name))


def _walk_annotation(annotation: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Ref | SourceRef]]:
    origin = get_origin(annotation)
    if origin is tuple:
        yield from _walk_annotation(get_args(annotation)[0], (*path, "*"))
    elif origin is typing.Annotated:
        for mark in get_args(annotation)[1:]:
            if isinstance(mark, (Ref, SourceRef)):
                yield path, mark
        yield from _walk_annotation(get_args(annotation)[0], path)
    elif origin in (typing.Union, types.UnionType):
        for argument in get_args(annotation):
            yield from _walk_annotation(argument, path)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _walk_fields(annotation, path)


def list_raw_references(model: type[Record], values: Mapping[str, Any]) -> Iterator[tuple[Path, str, Ref | SourceRef]]:
    """As `list_references`, for values that did not become a record; explanations of the form are left out."""
    for path, mark in list_reference_fields(model).fields:
        for where, value in _raw_values_at(values, path, (), isinstance(mark, Ref)):
            if not (PLACEHOLDER.fullmatch(value) or holds_explanation(value)):
                yield where, value, mark


def _raw_values_at(value: Any, path: tuple[str, ...], where: Path, ids: bool) -> Iterator[tuple[Path, str]]:
    if not path:
        if isinstance(value, str) and value.strip():
            yield where, value.strip()
    elif path[0] == "*":
        # One text where a list is needed is reported as such, and each id in it is looked at all the same.
        entries = _BETWEEN_IDS.split(value.strip()) if ids and path == ("*",) and isinstance(value, str) else value
        for number, item in enumerate(entries if isinstance(entries, list) else ()):
            yield from _raw_values_at(item, path[1:], (*where, number), ids)
    elif isinstance(value, dict) and path[0] in value:
        yield from _raw_values_at(value[path[0]], path[1:], (*where, path[0]), ids)


def list_references(record: Record) -> Iterator[tuple[Path, str, Ref | SourceRef]]:
    """Every id and source that a record names: its path in the file, the value, and what it refers to."""
    for path, mark in list_reference_fields(type(record)).fields:
        if getattr(record, path[0]):
            yield from ((where, value, mark) for where, value in _values_at(record, path, ()))


def _values_at(value: Any, path: tuple[str, ...], where: Path) -> Iterator[tuple[Path, str]]:
    if value is None:
        return
    if not path:
        yield where, value
    elif path[0] == "*":
        for number, item in enumerate(value):
            yield from _values_at(item, path[1:], (*where, number))
    else:
        yield from _values_at(getattr(value, path[0]), path[1:], (*where, path[0]))
