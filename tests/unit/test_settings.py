from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from goodpractice.settings import ALWAYS, SettingsError, load_settings

CONFIG = """\
site_url: !ENV [SITE_URL, "http://127.0.0.1/"]
extra:
  place: here
markdown_extensions:
  - toc:
      permalink: true
  - footnotes
  - pymdownx.emoji:
      emoji_index: !!python/name:os.system
"""


def test_extensions_are_those_of_mkdocs(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    settings = load_settings(tmp_path)
    assert settings.extensions == (*ALWAYS, "footnotes", "pymdownx.emoji")
    assert settings.configs["toc"] == {"permalink": True}
    assert settings.configs["pymdownx.emoji"] == {"emoji_index": None}
    assert settings.variables == {"place"}


def test_a_project_without_the_file_has_what_mkdocs_starts_with(tmp_path: Path) -> None:
    assert load_settings(tmp_path).extensions == ALWAYS


@pytest.mark.parametrize("text", ["", "site_name: x", "markdown_extensions:\nextra:\n"])
def test_a_sparse_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text)
    assert load_settings(tmp_path).extensions == ALWAYS


@pytest.mark.parametrize(
    ("text", "extensions"),
    [
        ("markdown_extensions: {toc: {permalink: true}, footnotes: }", (*ALWAYS, "footnotes")),
        ("plugins: {macros: {module_name: macros}}", ALWAYS),
    ],
)
def test_names_with_their_options_are_a_list_too(tmp_path: Path, text: str, extensions: tuple[str, ...]) -> None:
    (tmp_path / "mkdocs.yml").write_text(text)
    settings = load_settings(tmp_path)
    assert (settings.extensions, settings.unframed) == (extensions, ())
    assert settings.configs == ({"toc": {"permalink": True}} if "toc" in text else {})


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("- a", "The file mkdocs.yml"),
        ("extra: 5", "`extra`"),
        ("markdown_extensions: toc", "`markdown_extensions`"),
        ("markdown_extensions: [3]", "`markdown_extensions`"),
        ("plugins: [{a: 1, b: 2}]", "`plugins`"),
        ("hooks: 1", "`hooks`"),
    ],
)
def test_settings_of_another_kind_are_named(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text)
    with pytest.raises(SettingsError, match=named):
        load_settings(tmp_path)


def test_a_file_that_is_no_yaml_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("a: [")
    with pytest.raises(yaml.YAMLError):
        load_settings(tmp_path)
