"""Templates are compiled once for all processes, and again when anything that they are made from has changed."""

from __future__ import annotations

import sys
from pathlib import Path
from unittest.mock import patch

import jinja2
import pytest

import goodpractice
from goodpractice.render import compiled
from goodpractice.render.compiled import CompiledTemplates

NAME = "card/template.html"
OURS = Path(goodpractice.__file__).parent / "components"


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "kept"


def is_compiled(folder: Path = OURS, name: str = NAME, environment: str = "test") -> bool:
    """Load a template as a new process does, and say whether it had to be compiled."""
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(folder), bytecode_cache=CompiledTemplates(environment))
    with patch.object(env, "compile", wraps=env.compile) as compile_:
        env.get_template(name)
    return compile_.called


def find_kept(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def test_a_template_is_compiled_once(kept: Path) -> None:
    assert is_compiled()
    assert [file.suffix for file in find_kept(kept)] == [".pyc"]
    assert not is_compiled()
    assert is_compiled(environment="other")


def test_it_is_compiled_again_when_the_code_has_changed() -> None:
    assert is_compiled()
    with patch.object(compiled, "digest_code", lambda: "other"):
        assert is_compiled()


@pytest.mark.parametrize("damage", [b"", b"x", None])
def test_a_damaged_file_is_made_again(kept: Path, damage: bytes | None) -> None:
    assert is_compiled()
    (file,) = find_kept(kept)
    file.write_bytes(file.read_bytes()[:-9] if damage is None else damage)
    assert is_compiled()
    assert not is_compiled()


def test_nothing_is_kept_where_python_keeps_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert is_compiled()
    assert find_kept(kept) == []


def test_nothing_is_kept_of_a_project(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "main.html").write_text("{{ page.title }}", encoding="utf-8")
    for _ in range(2):
        assert is_compiled(tmp_path, "main.html")
    assert find_kept(kept) == []


def test_the_digest_follows_the_files_of_the_package() -> None:
    before = compiled.digest_code.__wrapped__()
    assert before == compiled.digest_code.__wrapped__()
    with patch.object(compiled, "_PACKAGE", str(OURS.parent / "render")):
        assert compiled.digest_code.__wrapped__() != before
