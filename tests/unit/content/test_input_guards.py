"""Whatever a contribution holds, loading and checking answer with issues, soon."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goodpractice.checks import check_project
from goodpractice.config.limits import Limits
from goodpractice.content import Project, load_project
from goodpractice.content.deceptive import find_odd_characters
from goodpractice.content.input_guards import find_excess, read_file, reject_file
from goodpractice.diagnostics.rules import load_rules

SMALL = Path(__file__).parents[2] / "golden/project"
FACTS = (SMALL / "case_studies/supper.md").read_text(encoding="utf-8").split("---\n")[1]

PIECES = st.sampled_from(
    [
        *("---", "\n", "\n---\n", "title: ", "partners:\n", "  - partner: ", "year: ", "themes: [", "]", "photos:\n"),
        *(
            "render_macros: true\n",
            "&a ",
            "*a",
            "!!python/object:os.system ",
            "<<: ",
            "? ",
            "- ",
            "| ",
            ">\n",
            "%YAML 1.2\n",
        ),
        *(
            "{{ 7*7 }}",
            "{% raw %}",
            "<script>",
            "[x](javascript:a)",
            "![x](y)",
            "[^1]",
            "[^1]: x",
            "> ",
            "```",
            "|--|\n",
        ),
        *(
            "\t",
            "\u0000",
            "\u202e",
            "\ufeff",
            "\u2028",
            "\ue000",
            "é",
            "\U0001f3f4",
            "0x1F",
            "1e999",
            "2026-02-31",
            "'",
            '"',
        ),
        *("a@b.org", "07700 900123", "CF10 5AE", "born 3 May 2011", "\\", "`", "#", "##", "[[[[", "}}}}", "&amp;", "="),
    ]
)
TEXTS = st.text(max_size=60) | st.lists(PIECES, max_size=25).map("".join)


def answer(root: Path) -> None:
    kb, diagnostics = load_project(root)
    for diagnostic in check_project(Project(root, kb, tuple(diagnostics))):
        assert diagnostic.code in load_rules()
        assert diagnostic.line >= 1
        assert diagnostic.column >= 1
        assert diagnostic.message


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("any") / "project"))


@given(TEXTS.map(str.encode) | st.binary(max_size=80))
@example(b"---\n---\n")
@example(b"---\n- a\n---\n")
@example("---\ntitle: \ud800\n---\n".encode("utf-8", "surrogatepass"))
def test_no_bytes_of_a_case_study_make_anything_raise(project: Path, data: bytes) -> None:
    (project / "case_studies/any.md").write_bytes(data)
    answer(project)


@given(TEXTS, TEXTS)
def test_no_text_among_good_facts_makes_anything_raise(project: Path, facts: str, body: str) -> None:
    text = f"---\n{FACTS}{facts}\n---\n## What happened\n\n{body}\n\n## What we learned\n\n{body}\n"
    (project / "case_studies/any.md").write_text(text, encoding="utf-8", newline="")
    answer(project)


@given(TEXTS)
def test_no_text_of_the_directory_makes_anything_raise(project: Path, text: str) -> None:
    good = (SMALL / "partners.yml").read_text(encoding="utf-8")
    (project / "partners.yml").write_text(good.replace("Hill Museum", text or "x"), encoding="utf-8", newline="")
    answer(project)


@pytest.mark.parametrize(
    "body",
    [
        ">" * 50_000,
        "- " * 25_000,
        "[" * 50_000,
        "*a " * 15_000,
        "[^1]" * 12_000 + "\n\n[^1]: x",
        "`" * 50_000,
        "<a " * 15_000,
        "-" + " " * 55_000 + "x|",
    ],
    ids=["quotes", "lists", "brackets", "stars", "footnotes", "backticks", "tags", "ruler"],
)
@pytest.mark.parametrize("place", ["facts", "body"])
def test_nothing_is_expensive(project: Path, body: str, place: str) -> None:
    text = f"---\n{FACTS}about: {body}\n---\nText\n" if place == "facts" else f"---\n{FACTS}---\n{body}\n"
    (project / "case_studies/any.md").write_text(text, encoding="utf-8", newline="")
    started = time.process_time()
    answer(project)
    assert time.process_time() - started < 3


def test_every_part_of_a_path_is_looked_at(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.md").write_text("secret")
    root = tmp_path / "project"
    root.mkdir()
    (root / "case_studies").symlink_to(outside)
    refused = reject_file(root, "case_studies/a.md")
    assert refused is not None
    assert refused.code == "GP503"
    assert "the folder `case_studies`" in refused.message
    assert load_project(root)[0].documents == {}


@pytest.mark.parametrize("path", ["../secret.md", "/etc/passwd", "case_studies/../../secret.md"])
def test_paths_out_of_the_project_are_refused(tmp_path: Path, path: str) -> None:
    text, found = read_file(tmp_path, path)
    assert text is None
    assert [diagnostic.code for diagnostic in found] == ["GP503"]


def test_a_device_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    text, found = read_file(tmp_path, "a.md")
    assert text is None
    assert found[0].message == "this is not an ordinary file"


def test_a_file_that_is_too_big_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "a.md").open("wb") as sparse:
        sparse.truncate(10**12)
    text, found = read_file(tmp_path, "a.md", 1000)
    assert text is None
    assert found[0].code == "GP506"


@pytest.mark.parametrize(
    "body",
    [
        "* * *\n\n- - -\n\n***\n",
        "> A quotation\n> > inside another\n",
        "- One\n    - Two\n        - Three\n            - Four\n",
        "1. One\n   1. Two\n",
        ">>> print('a prompt of Python')\n",
        "| a | b |\n|---|---|\n| [x](y) | {z} |\n",
    ],
)
def test_what_people_write_is_not_too_much(body: str) -> None:
    assert find_excess(f"---\n{FACTS}---\n{body}", "case_studies/a.md", Limits()) == []


@pytest.mark.parametrize(
    "text",
    [
        "Caerdydd, Llŷn, Œuvre, Łódź, Ελλάδα, Москва, القاهرة, 東京, हिन्दी, עברית",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "soft\u00adhyphen, no\u00a0break, kΩ, µm, β-test",
    ],
)
def test_every_language_is_welcome(text: str) -> None:
    assert find_odd_characters(text, "a.md") == []


def test_many_hidden_characters_are_one_problem() -> None:
    assert len(find_odd_characters("\u200b" * 1000, "a.md")) == 5
