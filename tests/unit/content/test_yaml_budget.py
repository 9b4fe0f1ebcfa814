"""What YAML may cost, counted in steps that every computer takes alike."""

from __future__ import annotations

import sys

import pytest

from goodpractice.config.report_limits import PROBLEMS_IN_FILE
from goodpractice.content.yaml_reader import load_yaml

#: For a size, a text that took the square of it, or grew, or was told once for each character.
SHAPES = {
    "blank lines with a tab": lambda n: "a:\n" + "\t\n" * n,
    "fields after a tab": lambda n: "a:\n" + "\tb: c\n" * n,
    "entries after a tab": lambda n: "a:\n" + "\t- b\n" * n,
    "spaces inside a text": lambda n: "a: x" + " " * n + "y: z",
    "tabs inside a text": lambda n: "a: x" + "\t" * n + "y: z",
    "characters that cannot be read": lambda n: "\x01" * n,
    "lines that cannot be read": lambda n: "a: \x01\n" * n,
    "backslashes that are repaired": lambda n: 'a: "' + "\\" * n + "\n: :",
    "the same field": lambda n: "a: 1\n" * n,
    "anchors": lambda n: "".join(f"a{number}: &x b\n" for number in range(n)),
    "texts that are switched off": lambda n: "".join(f"a{number}: #b\n" for number in range(n)),
    "quotation marks": lambda n: "a: " + '"' * n,
    "mistakes at the end": lambda n: "".join(f"a{number}: b\n" for number in range(n)) + "c: d: e\n" * 12,
    "quotation marks of a telephone": lambda n: "a: \u2018" + "\u2019b" * n,
    "names without a value": lambda n: "abc\n" * n,
}


def count_steps(text: str) -> int:
    """Lines of Python that reading a text runs; what regular expressions cost is measured by `fuzz`."""
    steps = 0

    def trace(frame: object, event: str, argument: object) -> object:
        nonlocal steps
        steps += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        load_yaml(text, "x.yml")
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_takes_steps_in_proportion_to_the_length(shape: str) -> None:
    once, eight_times = count_steps(SHAPES[shape](100)), count_steps(SHAPES[shape](800))
    assert eight_times < 12 * once + 5000


@pytest.mark.thorough("each text is as long as a file may be")
@pytest.mark.parametrize("shape", SHAPES)
def test_a_long_text_has_few_problems_and_ends(shape: str) -> None:
    document = load_yaml(SHAPES[shape](90_000), "x.yml")
    assert len(document.diagnostics) < 3 * PROBLEMS_IN_FILE
    assert sum(len(diagnostic.message) + len(diagnostic.hint) for diagnostic in document.diagnostics) < 100_000


def test_a_repair_never_makes_a_text_twice_as_long() -> None:
    document = load_yaml("a: '" + "\\" * 50_000 + "\n: :", "x.yml")
    assert document.diagnostics
    assert len(str(document.value)) < 60_000


def test_nothing_of_too_many_values_is_kept() -> None:
    document = load_yaml("a: [" + "b, " * 30_000 + "]", "x.yml")
    assert document.value is None
    assert not document.positions
    assert [diagnostic.code for diagnostic in document.diagnostics] == ["GP112"]
