from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from goodpractice.config.settings import load_settings
from goodpractice.render.template_values import collect_config, normalise_url, relative_url, script_filter, url_filter


@pytest.mark.parametrize(
    ("path", "start", "expected"),
    [
        ("a/b.css", "", "a/b.css"),
        ("a/b.css", "a/", "b.css"),
        ("a/b.css", "a/c/", "../b.css"),
        ("a/b.css", "x/y/z/", "../../../a/b.css"),
        ("", "", "."),
        ("", "a/b/", "../.."),
        (".", "a/b/", "../.."),
        ("a/", "a/", "./"),
        ("a/", "a/b/", "../"),
        ("./a/../b/", "", "b/"),
        ("../up/", "a/", "../../up/"),
        ("a\\b.css", "", "a/b.css"),
        ("/top/", "a/", "/top/"),
        ("#part", "a/", "#part"),
        ("//other.example/x", "a/", "//other.example/x"),
        ("https://other.example/x", "a/", "https://other.example/x"),
        ("mailto:x", "a/", "mailto:x"),
        ("a.css", "page.html", "a.css"),
        ("a.css", "d/page.html", "../a.css"),
    ],
)
def test_addresses_are_relative_to_the_page(path: str, start: str, expected: str) -> None:
    assert normalise_url(path, start, "ignored") == expected


def test_without_a_page_addresses_stand_below_the_base() -> None:
    assert normalise_url("a/b.css", None, "/base/") == "/base/a/b.css"
    assert normalise_url("https://example.org/", None, "/base/") == "https://example.org/"
    assert [relative_url(".", url) for url in ("", "a/", "a/b/", "404.html")] == [".", "..", "../..", "."]


def load(root: Path, text: str) -> dict[str, object]:
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    return collect_config(load_settings(root), {"name": "x"})


def test_settings_are_complete_and_in_one_form(tmp_path: Path) -> None:
    config = load(tmp_path, "site_url: https://a.example/b\nrepo_url: https://gitlab.com/x/y\n")
    assert config["site_url"] == "https://a.example/b/"
    assert config["repo_name"] == "GitLab"
    assert config["extra_css"] == ["assets/goodpractice.css"]
    assert config["copyright"] is None
    assert load(tmp_path, "repo_url: https://code.example.org/x")["repo_name"] == "Code"
    assert load(tmp_path, "site_name: x")["repo_name"] is None


def test_scripts_are_loaded_as_they_are_set(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        "extra_javascript: [a.js, b.mjs, {path: c.js, defer: true, async: true}, {path: 'd\"', type: t}]\n",
    )
    env = jinja2.Environment()
    env.filters.update({"script_tag": script_filter, "url": url_filter})
    template = env.from_string("{% for one in scripts %}{{ one | script_tag }}{{ one | url }}\n{% endfor %}")
    rendered = template.render(scripts=config["extra_javascript"], page=None, base_url="/")
    assert rendered.splitlines() == [
        '<script src="/a.js"></script>/a.js',
        '<script src="/b.mjs" type="module"></script>/b.mjs',
        '<script src="/c.js" defer async></script>/c.js',
        '<script src="/d&#34;" type="t"></script>/d"',
    ]
