from __future__ import annotations

import jinja2
import pytest

from goodpractice.render.joined_lines import JoinedLines, join_lines

PARTS = {"part.html": "<b>part</b>", "base.html": "<i>\n{% block one %}\n{% endblock %}\n</i>"}


def fill(source: str, **values: object) -> str:
    loader = jinja2.DictLoader({**PARTS, "page.html": source})
    return jinja2.Environment(loader=loader, extensions=[JoinedLines]).get_template("page.html").render(values)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("\n\n<ul>\n    <li>\n\n      a  b\n</ul>", "<ul>\n<li>\na  b\n</ul>"),
        ("<p>\n  {% if yes %}\n    yes\n  {% else %}\n    no\n  {% endif %}\n</p>", "<p>\nyes\n</p>"),
        ("<p>\n  {% if no %}\n    yes\n  {% endif %}\n</p>", "<p>\n</p>"),
        ("<a>1</a>{% if no %} no{% endif %}\n<a>2</a>", "<a>1</a>\n<a>2</a>"),
        ("{# A word. #}\n<p>", "<p>"),
        ("<i>\n  {% include 'part.html' %}\n  <b>2</b></i>", "<i>\n<b>part</b>\n<b>2</b></i>"),
        ("<i>\n  {{ value }}\n</i>", "<i>\nx\n\n  y\n</i>"),
        ("{% extends 'base.html' %}{% block one %}<b>1</b>{% endblock %}", "<i>\n<b>1</b>\n</i>"),
        ("<pre>\n\n  {% if yes %}\n  a\n  {% endif %}\n</pre>\n\n<p>", "<pre>\n\n  \n  a\n  \n</pre>\n<p>"),
    ],
)
def test_lines_of_templates_are_joined_and_what_they_print_is_not(source: str, expected: str) -> None:
    assert fill(source, yes=True, value="x\n\n  y") == expected


@pytest.mark.parametrize("name", ["pre", "textarea", "script", "style"])
def test_white_space_stays_where_it_means_something(name: str) -> None:
    kept = f"<{name} x>\n\n  <p>\n\n</{name}>"
    assert join_lines(f"<div>\n\n  {kept}\n\n<p>") == (f"<div>\n{kept}\n<p>", "")
    assert join_lines(f"\n\n<{name}>\n\n") == (f"\n<{name}>\n\n", name)


def test_a_mistake_keeps_its_line() -> None:
    with pytest.raises(jinja2.TemplateSyntaxError) as caught:
        fill("<p>\n\n\n{% if %}")
    assert caught.value.lineno == 4
