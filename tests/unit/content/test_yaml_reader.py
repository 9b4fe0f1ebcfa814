from __future__ import annotations

import datetime
import re
import sys
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from goodpractice.content.yaml_mistakes import UNREADABLE
from goodpractice.content.yaml_reader import MAX_DEPTH, YamlDocument, load_yaml
from tests.helpers.memory import measure_held

TEXT = """\
partners:
  - id: hill
    name: "Hill: Museum"
    programmes:
      - one
      - two
  - id: river
    tags: [a, {b: c}]
"""


def test_every_value_has_a_position_under_its_path() -> None:
    document = load_yaml(TEXT, "partners.yml")
    assert document.diagnostics == []
    assert document.positions == {
        (): (1, 1),
        ("partners",): (1, 1),
        ("partners", 0): (2, 5),
        ("partners", 0, "id"): (2, 5),
        ("partners", 0, "name"): (3, 5),
        ("partners", 0, "programmes"): (4, 5),
        ("partners", 0, "programmes", 0): (5, 9),
        ("partners", 0, "programmes", 1): (6, 9),
        ("partners", 1): (7, 5),
        ("partners", 1, "id"): (7, 5),
        ("partners", 1, "tags"): (8, 5),
        ("partners", 1, "tags", 0): (8, 12),
        ("partners", 1, "tags", 1): (8, 15),
        ("partners", 1, "tags", 1, "b"): (8, 16),
    }


def test_files_with_the_same_fields_hold_their_paths_and_places_once() -> None:
    text = "".join(f"field-{number}:\n  - b: c\n" for number in range(50))
    first = load_yaml(text, "x.yml").positions

    def read() -> list[Any]:
        return [load_yaml(text, "x.yml").positions for _ in range(50)]

    # A table is all that each file holds for itself.
    assert measure_held(read) < 50 * 1.1 * sys.getsizeof(first)


def test_lines_are_counted_from_the_first_line_of_the_block() -> None:
    document = load_yaml("a: 1\nb: x: y\n", "x.md", first_line=11)
    assert document.positions[("a",)] == (11, 1)
    assert [(diagnostic.line, diagnostic.column) for diagnostic in document.diagnostics] == [(12, 5)]


def test_columns_count_characters_not_bytes() -> None:
    document = load_yaml("{tŷ: 1, b: 2}", "x.yml")
    assert document.positions[("b",)] == (1, 9)


@pytest.mark.parametrize(
    ("text", "plain", "typed"),
    [
        ("12", "12", 12),
        ("-3", "-3", -3),
        ("007", "007", "007"),
        ("1.10", "1.10", 1.1),
        ("1:30", "1:30", "1:30"),
        ("1e3", "1e3", "1e3"),
        ("0x1F", "0x1F", "0x1F"),
        ("9" * 30, "9" * 30, "9" * 30),
        ("true", "true", True),
        ("false", "false", False),
        ("True", "True", "True"),
        ("yes", "yes", "yes"),
        ("NO", "NO", "NO"),
        ("on", "on", "on"),
        ("2024-02-29", "2024-02-29", datetime.date(2024, 2, 29)),
        ("2024-02-30", "2024-02-30", "2024-02-30"),
        ("~", None, None),
        ("null", None, None),
        ("", None, None),
        ("'~'", "~", "~"),
        ('"12"', "12", "12"),
        ("''", "", ""),
    ],
)
def test_plain_values(text: str, plain: str | None, typed: Any) -> None:
    assert load_yaml(f"a: {text}", "x.yml").value == {"a": plain}
    value = load_yaml(f"a: {text}", "x.yml", typed=True).value["a"]
    assert (type(value), value) == (type(typed), typed)


def test_nothing_is_nothing() -> None:
    assert load_yaml("", "x.yml").value is None
    assert load_yaml("# only a comment\n", "x.yml").diagnostics == []


def test_nesting_is_limited_and_the_values_after_it_are_read() -> None:
    deep = "[" * (MAX_DEPTH + 3) + "x" + "]" * (MAX_DEPTH + 3)
    document = load_yaml(f"a: {deep}\nb: {deep}\nc: 3\n", "x.yml")
    assert [diagnostic.code for diagnostic in document.diagnostics] == ["GP110"]
    assert document.value["c"] == "3"


@pytest.mark.parametrize("sign", ["[", "{", "[\n", "{a: "])
def test_brackets_without_end_are_refused_unread(sign: str) -> None:
    # libyaml would take hours: its time grows with the square.
    document = load_yaml("a: b\n" + sign * 1_000_000, "x.yml")
    assert [diagnostic.code for diagnostic in document.diagnostics] == ["GP110"]
    assert document.value is None


def test_many_brackets_that_are_closed_are_fine() -> None:
    document = load_yaml("a: [" + "[x], " * 500 + "]", "x.yml")
    assert document.diagnostics == []
    assert len(document.value["a"]) == 500


def test_tags_are_never_obeyed() -> None:
    document = load_yaml("a: !!python/object/apply:os.system ['true']", "x.yml")
    assert [diagnostic.code for diagnostic in document.diagnostics] == ["GP109"]
    assert document.value == {"a": ["true"]}


def test_merge_keys_and_aliases_are_no_shortcut() -> None:
    document = load_yaml("a: &x {b: 1}\nc: *x\n", "x.yml")
    assert [diagnostic.code for diagnostic in document.diagnostics] == ["GP109", "GP109"]
    assert document.value["c"] == "*x"


def test_several_mistakes_are_found_in_one_run() -> None:
    text = "a: x: y\nb:2\nc: @home\nd: [1, 2\ne: 'open\nf: fine\n"
    document = load_yaml(text, "x.yml")
    assert [diagnostic.line for diagnostic in document.diagnostics] == [1, 2, 3, 4, 5]
    assert document.value == {"a": "x: y", "b": "2", "c": "@home", "d": ["1", "2"], "e": "open", "f": "fine"}


def test_repairs_come_to_an_end() -> None:
    text = "".join(f"k{number}: a: b\n" for number in range(50))
    document = load_yaml(text, "x.yml")
    assert len(document.diagnostics) == 12
    assert document.value is None


def _without_nothing(value: Any) -> Any:
    """BaseLoader reads nothing as an empty text."""
    if isinstance(value, dict):
        return {key: _without_nothing(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_without_nothing(below) for below in value]
    return "" if value is None else value


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Co", "Cn", "Zl", "Zp"]), max_size=12
)
DATA = st.recursive(
    WORDS,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(WORDS, below, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(WORDS, DATA, max_size=5), st.booleans())
def test_values_have_the_structure_that_pyyaml_reads(data: dict[str, Any], flow: bool) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow)
    document = load_yaml(text, "x.yml")
    assert document.diagnostics == []
    # null and ~ in quotation marks are texts, without them they are nothing: safe_dump writes no nothing.
    assert document.value == yaml.load(text, Loader=yaml.BaseLoader)
    assert document.value == data


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path]
    if isinstance(value, dict):
        found += [p for key, below in value.items() for p in _paths(below, (*path, key))]
    elif isinstance(value, list):
        found += [p for number, below in enumerate(value) for p in _paths(below, (*path, number))]
    return found


@given(st.dictionaries(WORDS, DATA, min_size=1, max_size=5))
def test_every_generated_value_has_a_position_inside_the_text(data: dict[str, Any]) -> None:
    text = yaml.safe_dump(data, allow_unicode=True)
    document = load_yaml(text, "x.yml")
    assert set(document.positions) == set(_paths(data))
    lines = text.splitlines()
    for line, column in document.positions.values():
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1


SIGNS = st.text(st.sampled_from(list("ab:- \n\t'\"[]{}#&*!|>%@`,?~“”é\x00\x85\u2028\ufeff=.1")), max_size=60)


@given(st.text(max_size=80) | SIGNS, st.booleans())
@example("\x00", False)
@example("a: \x07", False)
@example("é: é\x07", False)
@example("? a", False)
@example("? [a]\n: b", False)
@example("{[a]: b}", False)
@example("a: |\n\t\tb", False)
@example("%YAML 9.9\n---\n", False)
@example("--- a\n--- b\n", False)
@example("'", False)
@example('"\\', False)
@example("a:\n\x85\n b: [", False)
@example("[" * 5000, False)
def test_no_text_makes_the_loader_raise(text: str, typed: bool) -> None:
    document = load_yaml(text, "x.yml", typed=typed)
    assert isinstance(document, YamlDocument)
    assert document.value is not None or document.diagnostics or not _says_something(text)
    for diagnostic in document.diagnostics:
        assert diagnostic.line >= 1
        assert diagnostic.column >= 1
        assert diagnostic.message
        assert diagnostic.hint


def _says_something(text: str) -> bool:
    try:
        return yaml.load(text, Loader=yaml.SafeLoader) is not None
    except (yaml.YAMLError, ValueError, TypeError):
        return False


def test_what_yaml_cannot_hold_is_every_other_character() -> None:
    held = re.compile("[\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
    every = "".join(map(chr, range(0x110000)))
    assert "".join(UNREADABLE.findall(every)) == held.sub("", every)
