from __future__ import annotations

import importlib
from pathlib import Path

import pytest
import yaml

from goodpractice.config.mkdocs_file import NAMED_FUNCTIONS, SettingsError, Unread
from goodpractice.config.model import check_settings
from goodpractice.config.settings import ALWAYS, load_settings
from goodpractice.i18n.languages import ENGLISH, Language

CONFIG = """\
site_url: !ENV [SITE_URL, "http://127.0.0.1/"]
extra:
  place: here
markdown_extensions:
  - toc:
      permalink: true
  - footnotes
  - pymdownx.emoji:
      emoji_index: !!python/name:materialx.emoji.twemoji
other: !!python/name:os.system
"""


def test_extensions_are_those_of_mkdocs(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    settings = load_settings(tmp_path)
    assert settings.extensions == (*ALWAYS, "footnotes", "pymdownx.emoji")
    assert settings.configs["toc"] == {"permalink": True}
    # As its recipe names it; what is not for an extension is left alone.
    assert settings.configs["pymdownx.emoji"]["emoji_index"].__module__ == "material.extensions.emoji"
    assert settings.file.values["other"] == Unread("!!python/name:os.system", 10)
    assert settings.variables == {"place"}


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/name:os.system",
        "!!python/name:pymdownx.superfences.os",
        "!!python/object/apply:os.system ['true']",
        "!!python/object/apply:pymdownx.slugs.slugify {kwds: {no: 1}}",
        "!!python/object:os.system {}",
        "!!python/module:os",
        "[!!python/name:os.system ]",
    ],
)
def test_a_function_that_no_recipe_names_is_not_called(tmp_path: Path, tag: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\nmarkdown_extensions:\n  - toc:\n      slugify: {tag}\n")
    with pytest.raises(SettingsError, match=r"mkdocs\.yml, line 4: `!!python/"):
        load_settings(tmp_path).require()


@pytest.mark.parametrize(
    "tag", ["object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}", "name:markdown.extensions.toc.slugify_unicode"]
)
def test_anchors_are_made_as_the_recipe_says(tmp_path: Path, tag: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"markdown_extensions:\n  - toc:\n      slugify: !!python/{tag}\n")
    assert load_settings(tmp_path).configs["toc"]["slugify"]("Straße ß", "-") == "straße-ß"


@pytest.mark.parametrize("name", sorted(NAMED_FUNCTIONS))
def test_functions_of_recipes_are_there(name: str) -> None:
    module, _, function = name.rpartition(".")
    assert callable(getattr(importlib.import_module(module), function))


def test_addresses_without_a_slash_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("use_directory_urls: false\n")
    with pytest.raises(SettingsError, match="`use_directory_urls: false` in mkdocs"):
        load_settings(tmp_path).require()


def test_values_of_the_environment_are_read_as_mkdocs_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GP_NONE", raising=False)
    monkeypatch.setenv("GP_ONE", "5")
    lines = [
        "a: !ENV GP_NONE",
        "b: !ENV GP_ONE",
        "c: !ENV [GP_NONE, GP_ONE, x]",
        "d: !ENV [GP_NONE, x]",
        "e: !ENV [GP_NONE]",
    ]
    text = "extra:\n" + "".join(f"  {line}\n" for line in lines)
    (tmp_path / "mkdocs.yml").write_text(text)
    assert load_settings(tmp_path).file.values["extra"] == {"a": None, "b": 5, "c": 5, "d": "x", "e": None}


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
    assert (settings.extensions, settings.fast_build_blockers) == (extensions, ())
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
        load_settings(tmp_path).require()


def test_a_file_that_is_no_yaml_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("a: [")
    with pytest.raises(yaml.YAMLError):
        load_settings(tmp_path).require()


def test_the_language_of_the_site_comes_first(tmp_path: Path) -> None:
    languages = "ar: {name: العربية, direction: rtl}, en: , cy: "
    text = f"theme: {{language: cy}}\nextra: {{goodpractice: {{languages: {{{languages}}}}}}}\n"
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    found = load_settings(tmp_path).languages
    assert list(found.values()) == [Language("cy", "Cymraeg"), Language("ar", "العربية", "rtl"), ENGLISH]


@pytest.mark.parametrize("text", ["", "theme: material", "extra:", "extra: {goodpractice: }"])
def test_a_site_speaks_english_unless_it_says_otherwise(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text)
    assert load_settings(tmp_path).languages == {"en": ENGLISH}


def test_what_fits_is_kept_and_the_rest_has_its_default() -> None:
    given = {
        "limits": {"links": "many", "html": 7, "headings": None, "nothing": 1, True: 1},
        "languages": {"Welsh": {"nam": ""}, "ar": {"name": "العربية", "direction": "left"}, 5: None, "fr": {}},
        "allowed_contacts": [1, "a@example.org", 2, "b@example.org"],
        "search": {"min_share": 1},
        "other": None,
    }
    settings, mistakes = check_settings(given)
    assert (settings.limits.html, settings.limits.links, settings.limits.headings) == (7, 1_000, 200)
    assert {code: facts.direction for code, facts in settings.languages.items()} == {"ar": "ltr", "fr": "ltr"}
    assert settings.allowed_contacts == ("a@example.org", "b@example.org")
    assert settings.search.min_share == 1
    assert len({mistake["loc"] for mistake in mistakes}) == len(mistakes) == 11
    assert given["allowed_contacts"] == [1, "a@example.org", 2, "b@example.org"]


@pytest.mark.parametrize("given", [5, "on", [], True])
def test_settings_that_are_no_group_have_their_defaults(given: object) -> None:
    settings, mistakes = check_settings(given)
    assert settings == check_settings(None).settings
    assert [mistake["loc"] for mistake in mistakes] == [()]


def test_where_the_site_lies_is_found_while_the_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_dir: 'out'  # here\nnav: [")
    assert load_settings(tmp_path).site_dir == "out"


def test_a_setting_that_stops_the_build_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("plugins: 5\nsite_dir: out\nextra: {goodpractice: {limits: {links: 5}}}\n")
    settings = load_settings(tmp_path)
    assert (settings.site_dir, settings.own.limits.links) == ("out", 5)
