"""`macros.py` is read for its names, and not run."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodpractice.checks import check_project
from goodpractice.render.declarations import read_declarations
from goodpractice.render.registration import collect_macros
from tests.helpers.projects import load_folder

OWN = """
import os
from goodpractice.render import bind_macros
open({owned!r}, "w")

def shout(text): return text.upper()

def define_env(env):
    open({owned!r}, "w")
    for name, macro in bind_macros(object()).items():
        env.macro(macro, name)
    env.macro(shout)
    env.macro(os.path.join, "join_paths")
    env.macro(lambda: "", name="nothing")
    env.filter(shout, "loud")
    env.variables["word"] = "hey"
    env.variables.place = "Uphill"
    env.variables.update({{"day": 1}}, hour=2)
    print(env.variables["word"])

    @env.macro
    def greet(name): return f"hello {{name}}"

    @env.filter
    def soft(text): return text.lower()
"""


@pytest.fixture
def own(project_copy: Path, tmp_path: Path) -> Path:
    (project_copy / "macros.py").write_text(OWN.format(owned=str(tmp_path / "owned")))
    return project_copy


def test_names_are_found_and_nothing_is_run(own: Path, tmp_path: Path) -> None:
    found = read_declarations(own)
    assert found.macros == {"shout", "join_paths", "nothing", "greet"}
    assert found.filters == {"loud", "soft"}
    assert found.variables == {"word", "place", "day", "hour"}
    assert found.is_complete
    assert not (tmp_path / "owned").exists()


def test_a_page_may_use_them_and_a_check_runs_nothing(own: Path, tmp_path: Path) -> None:
    page = own / "handbook/money.md"
    text = page.read_text()
    page.write_text(text + '\n{{ greet("x") }} {{ word }} {{ word.other[0] }} {{ "x" | loud }} {{ nothing().x }}\n')
    assert check_project(load_folder(own)) == []
    page.write_text(text + '\n{{ gret("x") }}\n')
    (diagnostic,) = check_project(load_folder(own))
    assert (diagnostic.code, diagnostic.hint) == ("GP305", "Did you mean `greet`?")
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize(
    "body",
    [
        "    for name in names(): env.macro(print, name)",
        "    register(env)",
        "    alias = env",
        "    env.variables.update(read())",
        "    env.variables[key] = 1",
        "    env.macro(make())",
    ],
)
def test_names_that_are_made_while_it_runs_may_be_any(project_copy: Path, body: str) -> None:
    (project_copy / "macros.py").write_text(f"def define_env(env):\n{body}\n")
    assert not read_declarations(project_copy).is_complete
    page = project_copy / "handbook/money.md"
    page.write_text(page.read_text() + '\n{{ perhaps("x").y }} {{ or_this }}\n\n{{ top_tip(title="x", wrong=1) }}\n')
    found = check_project(load_folder(project_copy))
    assert [diagnostic.code for diagnostic in found if diagnostic.path == "handbook/money.md"] == ["GP306"]


def test_a_macro_in_the_place_of_ours_is_held_to_its_own_arguments(project_copy: Path) -> None:
    (project_copy / "macros.py").write_text(
        "def define_env(env):\n    @env.macro\n    def top_tip(colour): return colour\n"
    )
    page = project_copy / "handbook/money.md"
    page.write_text(page.read_text() + '\n{{ top_tip(colour="red") }}\n')
    assert check_project(load_folder(project_copy)) == []
    assert check_project(load_folder(project_copy), collect_macros) == []


def test_the_file_of_every_project_adds_nothing(tmp_path: Path) -> None:
    assert not read_declarations(tmp_path)
    (tmp_path / "macros.py").write_text((Path(__file__).parents[3] / "macros.py").read_text())
    assert not read_declarations(tmp_path)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (b"def define_env(env:\n", SyntaxError),
        (b"x = 1\n", ImportError),
        (b"def define_env(): pass\n", ImportError),
        (b"\xff\xfe\x00", SyntaxError),
        (b"x = '\x00'", (SyntaxError, ImportError)),
        (b"x = " + b"(" * 99_999, (SyntaxError, ImportError)),
        (b"x = " + b"-" * 99_999 + b"1", (SyntaxError, ImportError)),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, text: bytes, error: type[Exception]) -> None:
    (tmp_path / "macros.py").write_bytes(text)
    with pytest.raises(error):
        read_declarations(tmp_path)
