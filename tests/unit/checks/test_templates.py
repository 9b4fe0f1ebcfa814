"""Templates of a project that name what is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodpractice.checks.templates import check_templates
from goodpractice.config.settings import load_settings

CONFIG = "site_name: Small\nextra: {share_url: share/}\ntheme: {name: THEME, custom_dir: overrides}\n"


def check(root: Path, theme: str = "goodpractice", **templates: str) -> list[str]:
    """What is told, as `file:line message; hint`; `__` in the name of a template is a slash."""
    (root / "mkdocs.yml").write_text(CONFIG.replace("THEME", theme), encoding="utf-8")
    for name, text in templates.items():
        file = root / f"overrides/{name.replace('__', '/')}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    found = check_templates(root, load_settings(root))
    return [f"{one.path}:{one.line} {one.message}; {one.hint}" for one in found]


@pytest.mark.parametrize("theme", ["goodpractice", "material"])
def test_names_of_mkdocs_and_blocks_of_material_are_known(tmp_path: Path, theme: str) -> None:
    main = (
        '{% extends "base.html" %}\n'
        "{% block htmltitle %}{{ super() }}{{ page.title }}{{ page.meta.x.y }}{% endblock %}\n"
        "{% block extrahead %}{{ super() }}{{ page.file.src_path }}{{ page.is_homepage }}{% endblock %}\n"
        "{% block footer %}{{ nav.homepage.url | url }}{{ config.extra.share_url }}{{ config.theme.logo }}\n"
        "{% block mine %}{{ config.plugins.get('search') }}{% endblock %}{% endblock %}\n"
        '{% block content %}{% include "partials/absent.html" ignore missing %}{{ super() }}{% endblock %}\n'
    )
    assert check(tmp_path, theme, main=main, partials__logo="{{ config.site_name }}") == []


DELETE = "Delete it: it has no effect."
EXTENDS = '{% extends "base.html" %}\n'


@pytest.mark.parametrize(
    ("template", "line", "message", "hint"),
    [
        ("\n{{ page.markdown }}", 2, "`page.markdown` is not known in templates here", DELETE),
        ("{{ page.cannonical_url }}", 1, "`page.cannonical_url` is not known in templates here", "page.canonical_url"),
        ("{{ nav.page }}", 1, "`nav.page` is not known in templates here", "nav.pages"),
        ("{{ config.sitename }}", 1, "`config.sitename` is not known in templates here", "config.site_name"),
        (
            f"{EXTENDS}\n{{% block analytics %}}{{% endblock %}}",
            3,
            "the template that this one extends has no block `analytics`",
            DELETE,
        ),
        (
            f"{EXTENDS}{{% block scirpts %}}{{% endblock %}}",
            2,
            "the template that this one extends has no block `scirpts`",
            "scripts",
        ),
        ('{% extends "bases.html" %}', 1, "there is no template `bases.html`", "base.html"),
        (
            "\n{{ include_cached('partials/headers.html') }}",
            2,
            "there is no template `partials/headers.html`",
            "partials/header.html",
        ),
        ("\n\n{% if %}", 3, "a template does not work: Expected an expression, got 'end of statement block'", ""),
    ],
)
def test_what_is_not_there_is_told_at_its_line(
    tmp_path: Path, template: str, line: int, message: str, hint: str
) -> None:
    hint = f"Did you mean `{hint}`?" if hint not in ("", DELETE) else hint
    assert check(tmp_path, main=template) == [f"overrides/main.html:{line} {message}; {hint}"]


def test_a_name_that_a_template_uses_otherwise_is_its_own(tmp_path: Path) -> None:
    assert check(tmp_path, main="{% for page in config.extra.pages %}{{ page.anything }}{% endfor %}") == []


def test_a_part_that_nothing_includes_is_told(tmp_path: Path) -> None:
    told = "overrides/partials/copyright.html:1 no template includes this one; "
    hint = "Delete it, or write the name of a template that it should replace."
    assert check(tmp_path, "material", partials__copyright="Ours") == [told + hint]
    assert check(tmp_path, main="{% include 'partials/copyright.html' ignore missing %}{{ page.content }}") == []
    assert check(tmp_path, main="{% include 'partials/' ~ page.meta.part %}{{ page.content }}") == []


def test_a_project_without_templates_is_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("theme: {name: absent}\n", encoding="utf-8")
    assert list(check_templates(tmp_path, load_settings(tmp_path))) == []
