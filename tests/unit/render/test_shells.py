from __future__ import annotations

import pytest

from goodpractice.markdown.passages import Passage
from goodpractice.markdown.rendered import Heading
from goodpractice.pages import Page
from goodpractice.render import RenderedPage
from goodpractice.render.shells import (
    CONTENT,
    Shell,
    collapse,
    fill_placeholders,
    placeholder,
    serialise_facts,
    shell_key_of,
    split_shell,
)


def make_page(**values: str) -> Page:
    given = {"kind": "case_study", "id": "one", "url": "case-studies/one/", "title": "One", "source": "x.md"}
    return Page(**{"description": "", **given, **values})  # type: ignore[arg-type]


def test_a_frame_gives_the_text_around_its_slots_back() -> None:
    shell = split_shell(f"<title>{placeholder('title')}</title>\n  <main>{CONTENT}</main>{placeholder('title')}")
    assert shell == Shell(("<title>", "</title>\n<main>", "</main>", ""), ("title", "content", "title"))
    values = {"title": "A & B"}
    assert shell.fill_around("content", values) == ("<title>A & B</title>\n<main>", "</main>A & B")
    with pytest.raises(KeyError):
        shell.fill_around("content", {})
    with pytest.raises(ValueError, match="not in tuple"):
        shell.fill_around("nothing", values)


def test_white_space_stays_where_it_means_something() -> None:
    cached = "<pre>a\n\n  b</pre>"
    assert collapse(f"<div>\n\n   <b>\n{cached}\n\n</b>  </div>") == f"<div>\n<b>\n{cached}\n</b>  </div>"
    for name in ("script", "style", "textarea"):
        assert collapse(f"<{name} x>\n\n  y\n</{name}>") == f"<{name} x>\n\n  y\n</{name}>"


def test_shapes_differ_by_what_a_frame_shows() -> None:
    page, two, three = make_page(), Heading(2, "a", "A"), Heading(3, "b", "B")
    shapes = [
        shell_key_of(page, [], False),
        shell_key_of(page, [], True),
        shell_key_of(page, [], False, '{"hide": ["toc"]}'),
        shell_key_of(page, [two], False),
        shell_key_of(page, [two, three], False),
        shell_key_of(make_page(description="x"), [], False),
        shell_key_of(make_page(previous="case-studies/zero/"), [], False),
        shell_key_of(make_page(next="case-studies/two/"), [], False),
        shell_key_of(make_page(section="case-studies/"), [], False),
        shell_key_of(make_page(url="case-studies/page/2/"), [], False),
        shell_key_of(make_page(kind="doc", url="notes/"), [], False),
    ]
    assert len(set(shapes)) == len(shapes)
    assert shell_key_of(make_page(id="two", url="case-studies/two/", title="Two"), [], False) == shapes[0]
    assert shell_key_of(page, [Heading(1, "title", "One")], False) == shapes[0]


def test_values_are_escaped_for_the_theme() -> None:
    page = make_page(title="<b> & co", description='"quoted" <i>', previous="case-studies/zero/")
    rendered = RenderedPage("", [Passage(1, "t", ("T",)), Passage(2, "a", ("A",))], "<link>")
    values = fill_placeholders(page, rendered, {"case-studies/zero/": "<Zero>"}, "https://example.org/", "https://edit")
    assert values["title"] == "&lt;b&gt; &amp; co"
    assert values["description"] == "&#34;quoted&#34; &lt;i&gt;"
    assert (values["before"], values["beforetitle"]) == ("zero", "&lt;Zero&gt;")
    assert values["canonical"] == "https://example.org/case-studies/one/"
    assert values["styles"] == "<link>"
    assert (values["name"], values["h0id"], values["h0name"]) == ("one", "a", "A")


def test_facts_for_the_theme() -> None:
    assert serialise_facts({"title": "x", "description": "y"}) == ""
    assert serialise_facts({"title": "x", "hide": ["toc"]}) == '{"hide": ["toc"]}'


def test_pages_that_the_theme_links_to_are_known() -> None:
    shell = Shell(('<a href="../one/">', '<a href="../two/page/2/"> <a href="../../three/"> <a href="four/">'), ("x",))
    assert shell.list_siblings() == {"one", "two"}
