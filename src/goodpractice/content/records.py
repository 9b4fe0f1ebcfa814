"""From values to records, and what records and values refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from goodpractice.content.document import Origin
from goodpractice.content.fields import (
    ValuePath,
    collect_fields,
    describe_form,
    find_meant,
)
from goodpractice.content.misplaced import Known, put_right, shape
from goodpractice.content.validation_messages import explain_value
from goodpractice.content.written_values import split_entries, write_list
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.budget import keep_first
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds import Record, Ref, SourceRef
from goodpractice.kinds.base import FieldError
from goodpractice.kinds.case_study.skeleton import PLACEHOLDER, holds_explanation, list_explanations
from goodpractice.kinds.marks import list_reference_fields, list_values

_NOTHING_KNOWN: Known = {}

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


def build_record(
    model: type[R], values: Mapping[str, Any], origin: Origin, known: Known = _NOTHING_KNOWN
) -> tuple[R | None, list[Diagnostic]]:
    """Make one record, or say everything that keeps it from being made.

    Args:
        model: The class of the record.
        values: Its fields. Fields without a value count as absent.
        origin: Where it was read.
        known: Records that were read before, for what to write instead of a name.
    """
    found: list[Diagnostic] = []
    given: dict[str, Any] = {}
    fields = collect_fields(model)
    for key, value in values.items():
        if key in STEERING_KEYS and key not in fields:
            meant = model.everyday_names.get(key) if model.everyday_names else find_meant(model, key)
            meant = meant if meant is not None and values.get(meant) is None else None
            if meant is None or not origin.base:
                found.append(_reject_steering(model, origin, key, value, meant))
                if meant is not None and fields[meant].inner is None:
                    given[meant] = shape(describe_form(model), model, meant, value)[0]
                continue
        if value is not None or key not in fields:
            given[key] = value
    given = _leave_out_empty(model, given)
    unfilled: set[ValuePath] = set()
    for where, text in sorted(_list_placeholders(given), key=str):
        unfilled.add(where)
        name = ".".join(part for part in where if isinstance(part, str))
        if holds_explanation(text):
            message = _("`{name}` still holds the explanation of the form", name=name)
            hint = _("Replace everything between the quotation marks, brackets included.")
            if isinstance(_value_at(given, where), list):
                last = next(part for part in reversed(where) if isinstance(part, str))
                form = describe_form(model)
                hint = _("Write `{line}`.", line=f'{last}: ["…"]' if last in form.lists else f'{last}: "…"')
        else:
            message = _("`{name}` stands in square brackets", name=name)
            hint = _('Write it without the brackets: "{text}".', text=text.strip("[]"))
            form = describe_form(model)
            if name in form.lists:
                line = write_list(name, split_entries(text, name in form.ids))
                hint = _("Write `{line}`.", line=line)
        found.append(origin.diagnose(where, rules.SKELETON_TEXT, message, hint))
    try:
        record = share_names(model.model_validate(given))
        return (None if found else record), found
    except ValidationError as error:
        found.extend(keep_first(_explain_all(model, given, origin, error, unfilled, known)))
        return None, _without_echoes(found)


@cache
def _share(names: frozenset[str]) -> set[str]:
    return set(names)


def share_names(record: R) -> R:
    """The record itself, which keeps the names of the fields that are given in one set with all that have the same."""
    object.__setattr__(record, "__pydantic_fields_set__", _share(frozenset(record.model_fields_set)))
    return record


def _explain_all(
    model: type[Record],
    given: dict[str, Any],
    origin: Origin,
    error: ValidationError,
    unfilled: set[ValuePath],
    known: Known,
) -> Iterator[Diagnostic]:
    """Everything that keeps values from being a record: first what stands in the wrong place, then what is wrong there.

    Values are looked at in the places where they were meant to be, so that no mistake is told twice.
    """
    placed = put_right(model, given, origin, known)
    yield from placed.diagnostics
    if placed.diagnostics:
        try:
            model.model_validate(placed.values)
        except ValidationError as another:
            error = another
        else:
            return
    for detail in error.errors(include_url=False):
        if (
            not any(tuple(detail["loc"][:end]) in unfilled for end in range(1, len(detail["loc"]) + 1))
            and not _waits_for(detail, unfilled)
            and not _is_reference(model, detail)
            # pydantic counts only the valid entries; the others are reported one by one.
            and not (detail["type"] == "too_short" and detail["input"])
        ):
            yield explain_value(model, detail, placed.origin)


def _reject_steering(model: type[Record], origin: Origin, key: str, value: Any, meant: str | None) -> Diagnostic:
    message = _("`{key}` would steer the site generator and is not allowed here", key=key)
    hint = _("Delete the line.")
    if meant is not None:
        shaped, lines = shape(describe_form(model), model, meant, value)
        hint = _("Write `{meant}:` instead.", meant=meant)
        if shaped != value and lines:
            hint = _("Write {lines} instead.", lines=lines)
    return origin.diagnose((key,), rules.STEERING_KEY, message, hint)


def _leave_out_empty(model: type[BaseModel], values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record without those that may be left out and are empty, as in the form: `staff_time: ""`."""
    kept: dict[str, Any] = {}
    fields = collect_fields(model)
    for name, value in values.items():
        field = fields.get(name)
        if field is not None:
            if isinstance(value, dict) and field.inner is not None:
                value = _leave_out_empty(field.inner, value)
            if field.may_be_empty and (value is None or value == {} or (isinstance(value, str) and not value.strip())):
                continue
        kept[name] = value
    return kept


def _list_placeholders(values: Mapping[str, Any]) -> list[tuple[ValuePath, str]]:
    found: list[tuple[ValuePath, str]] = []

    def look(value: object, where: ValuePath) -> None:
        if isinstance(value, str):
            if "[" in value and (PLACEHOLDER.fullmatch(value) or holds_explanation(value)):
                found.append((where, value))
        elif isinstance(value, dict):
            for key, below in value.items():
                look(below, (*where, key))
        elif isinstance(value, list) and (explanation := _find_explanation(value)):
            found.append((where, explanation))
        elif isinstance(value, list):
            for number, below in enumerate(value):
                look(below, (*where, number))

    look(values, ())
    return found


def _value_at(values: Any, where: ValuePath) -> Any:
    for part in where:
        values = values[part]
    return values


def _find_explanation(value: list[Any]) -> str | None:
    """The explanation of the form of which only the quotation marks were deleted: its brackets then make a list."""
    first = next(_list_pieces(value), None)
    if first is None or first not in _join_explanations():
        return None
    pieces = list(_list_pieces(value))
    longest = sum(map(len, pieces)) + 8 + 2 * len(pieces)
    for explanation in list_explanations() if longest > _measure_explanations() else ():
        if len(explanation) < longest and all(piece in explanation for piece in pieces):
            return explanation
    return None


@cache
def _join_explanations() -> str:
    """All explanations of the form in one text: most lists hold nothing of any."""
    return "\n".join(list_explanations())


@cache
def _measure_explanations() -> int:
    """The length of the shortest."""
    return min(map(len, list_explanations()))


def _list_pieces(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for part in [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _list_pieces(part)


def _waits_for(detail: ErrorDetails, unfilled: set[ValuePath]) -> bool:
    """Whether a rule fails only because a field is not filled in yet."""
    error = detail.get("ctx", {}).get("error")
    return isinstance(error, FieldError) and any((*detail["loc"], field) in unfilled for field in error.fields)


def _is_reference(model: type[Record], detail: ErrorDetails) -> bool:
    """Whether a text that is no id stands for another record: the check of references knows what it should be."""
    if detail["type"] not in ("string_pattern_mismatch", "string_too_long"):
        return False
    if not str(detail["input"]).strip():
        return False
    where = tuple("*" if isinstance(part, int) else part for part in detail["loc"])
    return any(where == path and isinstance(mark, Ref) for path, mark in list_reference_fields(model))


def _without_echoes(found: list[Diagnostic]) -> list[Diagnostic]:
    unique: dict[tuple[int, int, str, str], Diagnostic] = {}
    for diagnostic in found:
        unique.setdefault((diagnostic.line, diagnostic.column, diagnostic.code, diagnostic.message), diagnostic)
    return list(unique.values())


def list_raw_references(
    model: type[Record], values: Mapping[str, Any]
) -> Iterator[tuple[ValuePath, str, Ref | SourceRef]]:
    """As `list_references`, for values that did not become a record; explanations of the form are left out."""
    for path, mark in list_reference_fields(model):
        for where, value in _raw_values_at(values, path, (), isinstance(mark, Ref)):
            if not (PLACEHOLDER.fullmatch(value) or holds_explanation(value)):
                yield where, value, mark


def _raw_values_at(value: Any, path: tuple[str, ...], where: ValuePath, ids: bool) -> Iterator[tuple[ValuePath, str]]:
    if not path:
        if isinstance(value, str) and value.strip():
            yield where, value.strip()
    elif path[0] == "*":
        # One text where a list is needed is reported as such, and each id in it is looked at all the same.
        entries = split_entries(value, of_ids=True) if ids and path == ("*",) and isinstance(value, str) else value
        for number, item in enumerate(entries if isinstance(entries, list) else ()):
            yield from _raw_values_at(item, path[1:], (*where, number), ids)
    elif isinstance(value, dict) and path[0] in value:
        yield from _raw_values_at(value[path[0]], path[1:], (*where, path[0]), ids)


def list_references(record: Record) -> Iterator[tuple[ValuePath, str, Ref | SourceRef]]:
    """Every id and source that a record names: its path in the file, the value, and what it refers to."""
    for path, mark in list_reference_fields(type(record)):
        if getattr(record, path[0]):
            yield from ((where, value, mark) for where, value in list_values(record, path))
