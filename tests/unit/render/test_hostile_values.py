"""Every text field of every record holds something hostile, and every macro shows it as text."""

from __future__ import annotations

import html
import json
import re
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
from pydantic import ValidationError

from goodpractice.config.settings import load_settings
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.content.records import list_references
from goodpractice.kinds import Partner, Publication, Record
from goodpractice.kinds.registry import COLLECTIONS
from goodpractice.kinds.resource import Resource
from goodpractice.kinds.views.any_kind import ANY_KIND
from goodpractice.markdown.editors import EditorsMarkdown
from goodpractice.pages import LinkResolver, make_page_index, plan_pages
from goodpractice.query.tracking import Table
from goodpractice.render import EDITORS_MACROS, VIEWS, Inputs, bind_macros, macro_example, render_page
from tests.helpers.full_records import LEFT_EMPTY, fill_kinds, thaw
from tests.helpers.hostile import as_typed
from tests.helpers.projects import REPOSITORY, SMALL, load_folder

#: Each fits into the shortest text field. `qq` at both ends shows whether all of it came through.
PAYLOADS = {
    "element": "qq<x-evil onclick=alert(1)>a</x-evil>qq",
    "script": "qq</a></p></script><script>alert(1)</script>qq",
    "attribute": "qq\" onmouseover=\"alert(1)' onfocus='alert(1)qq",
    "markdown link": "qq[x](javascript:alert(1))qq",
    "markdown link by reference": "qq[x][y] [y]: javascript:alert(1)qq",
    "autolink": "qq<javascript:alert(1)> <https://evil.example/>qq",
    "picture": "qq![x](https://evil.example/p.png)qq",
    "emphasis": "qq**b** *i* __b__ _i_ ~~s~~ ^u^qq",
    "code": "qq`<x-evil>` ``x`qq",
    "attribute list": "qq x { onclick=alert(1) } {: onclick=alert(1) }qq",
    "table": "qq a | b | --- | c qq",
    "template": "qq{{ 7*7 }} {% raw %} {# c #} ${7*7}qq",
    "comment": "qq<!-- x --> --> <![CDATA[ x ]]> <?php ?>qq",
    "entities": "qq&lt;x-evil&gt; &amp; &#60;x-evil&#62; &quot;qq",
    "backslashes": "qq\\* \\[x\\](y) \\<x-evil> \\`qq",
    "footnote and snippet": 'qq[^1] --8<-- "/etc/passwd" [[x]] [TOC]qq',
    "lines": "qq\n\n# h\n\n- l\n\n    code\n\n<x-evil>\n\n\u2028<x-evil>qq",
    "placeholder": "qq\u0002wzxhzdk:0\u0003 klzzwxh:0000 \u0002qq",
    "icon": "qq:material-account: :smile: $x$ \\(x\\)qq",
    "token": 'qq ="gp:/evil" ="gp-file:/evil"qq',
}
#: One for each way into a page: as an element, out of an attribute, as Markdown, as a template, as a mark of ours.
_FIRST = ("script", "attribute", "markdown link", "template", "token")
THOROUGH = pytest.mark.thorough("every page is rendered for each text; the first five try each way into a page")
NAMES = [*_FIRST, *(pytest.param(name, marks=THOROUGH) for name in PAYLOADS if name not in _FIRST)]

#: Pages that cut long names.
SHORTENED = ("at-a-glance/",)
#: Pages that show lines of files, in which a text is written otherwise.
QUOTING = ("data/",)


class Outline(HTMLParser):
    """Elements, attributes and text of a page."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.pieces: list[str] = []
        self.data: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            self.data.append(data)
        else:
            self.pieces.append(data)

    @property
    def text(self) -> str:
        return squeeze("".join(self.pieces))


def squeeze(text: str) -> str:
    """Without white space: where a value has blank lines, some places make paragraphs and others one line."""
    return "".join(re.sub(r"[\u2028\u2029\u0002\u0003]", " ", text).split())


def poison(record: Record, payload: str) -> Record:
    """The record with the payload in every text field that takes it."""
    references = {where for where, _, _ in list_references(record)}
    values = thaw(record.model_dump())

    def set_at(path: tuple[Any, ...], value: str) -> str:
        holder: Any = values
        for part in path[:-1]:
            holder = holder[part]
        before = holder[path[-1]]
        holder[path[-1]] = value
        return before

    for path in list(walk(values, ())):
        if path in references or path[-1] == "id":
            continue
        before = set_at(path, payload)
        try:
            type(record).model_validate(values)
        except ValidationError:
            set_at(path, before)
    return type(record).model_validate(values)


def walk(value: Any, path: tuple[Any, ...]) -> Any:
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from walk(below, (*path, key))
    elif isinstance(value, (list, tuple)):
        for number, below in enumerate(value):
            yield from walk(below, (*path, number))


@cache
def harmless() -> KnowledgeBase:
    return fill_kinds(load_folder(SMALL).kb)


@cache
def poisoned(payload: str) -> KnowledgeBase:
    kb = harmless()
    tables = (table for table in kb.tables.values() if table.kind != "translation")
    return kb.with_tables(
        *(Table(table.kind, {record_id: poison(table[record_id], payload) for record_id in table}) for table in tables)
    )


@cache
def clean_elements() -> frozenset[str]:
    """Elements that pages with harmless values have, of every kind of page."""
    found: set[str] = set()
    for source in pages(harmless()).values():
        found |= Outline(source).elements
    return frozenset(found)


@cache
def editors() -> EditorsMarkdown:
    settings = load_settings(REPOSITORY)
    return EditorsMarkdown(settings.extensions, settings.configs)


def inputs(kb: KnowledgeBase) -> Inputs:
    addresses = LinkResolver(make_page_index(plan_pages(kb)), lambda path: (SMALL / path).exists())
    return Inputs(kb, addresses, bind_macros(kb), editors(), "https://github.com/OWNER/REPOSITORY")


def pages(kb: KnowledgeBase) -> dict[str, str]:
    """Every page that is made from data."""
    made = inputs(kb)
    return {page.url: render_page(page, made).html for page in plan_pages(kb) if page.kind not in ("doc", "chapter")}


def calls(kb: KnowledgeBase) -> dict[str, str]:
    """HTML of every editors' macro, from its own example, as a card and as a link."""
    bound = bind_macros(kb)
    found = {}
    for name in EDITORS_MACROS:
        arguments = re.fullmatch(r"\{\{ \w+\((.*)\) \}\}", macro_example(name, kb), re.DOTALL)
        assert arguments
        for style in ("", 'style="link"'):
            given = ", ".join(part for part in (arguments[1], style) if part)
            try:
                found[f"{name} {style}".strip()] = str(eval(f"macro({given})", {"macro": bound[name]}))
            except TypeError:
                assert style, name
    return found


def assert_harmless(source: str, where: str, *, more_elements: frozenset[str] = frozenset()) -> Outline:
    outline = Outline(source)
    for data in outline.data:
        assert "<" not in data, where
        json.loads(data)
    assert outline.elements <= clean_elements() | more_elements, where
    for tag, name, value in outline.attributes:
        assert not name.startswith("on"), (where, tag, name, value)
        assert re.fullmatch(r"[a-z][a-z0-9-]*", name), (where, tag, name)
        if name in ("href", "src", "action", "formaction", "srcset"):
            assert not re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE), (where, value)
            assert "evil.example" not in value, (where, value)
    return outline


_DATA = re.compile(r'<script type="application/json"[^>]*>(.*?)</script>', re.DOTALL)


@pytest.mark.parametrize("name", NAMES)
def test_pages_made_from_data_show_it_as_text(name: str) -> None:
    payload = PAYLOADS[name]
    kb = poisoned(payload)
    shown = as_typed(squeeze(payload))
    count = 0
    for url, source in pages(kb).items():
        outline = assert_harmless(source, url)
        # Data for scripts are JSON, which escapes in its own way: nothing in it may end its element or be a tag.
        data = _DATA.findall(source)
        assert not [block for block in data if not json.loads(block) or "<" in block], url
        text = as_typed(outline.text)
        rest = text.replace(shown, "").replace("Qq" + shown[2:], "")
        if url not in (*SHORTENED, *QUOTING):
            assert "qq" not in rest.casefold(), (url, rest)
        count += text.count(shown)
    assert count > 250


#: Where editors put a macro.
PLACES = (
    "Before {} after.",
    "- One {} two\n- Three {}",
    "| a | b |\n|---|---|\n| {} | c |",
    "## Heading {}\n\nText.",
    "> Quoted {} here",
    '!!! note "Title"\n    Inside {} it.',
    "*Before {} after* and **again {}**",
    "Word\n:   Meaning {}",
    '<div class="gp-tip" markdown="1">\n<p>In {} it</p>\n</div>',
    "{}",
)
#: What macros write beside what whole pages hold: a word with its meaning, names of tokens, a table of them.
MORE = frozenset(
    [
        *("em", "strong", "figure", "figcaption", "blockquote", "b", "button", "span", "a", "code"),
        *("table", "caption", "thead", "tbody", "tr", "td", "th"),
    ]
)


@pytest.mark.parametrize("name", NAMES)
def test_macros_in_editors_markdown_show_it_as_text(name: str) -> None:
    shown = squeeze(PAYLOADS[name])
    first_small = shown[:1].lower() + shown[1:]
    for call, made in calls(poisoned(PAYLOADS[name])).items():
        inline = "link" in call or call == "term"
        for page in PLACES if inline else ("{}", "Before {} after."):
            source = editors().render(page.replace("{}", made), str).html
            text = assert_harmless(source, f"{call} in {page!r}", more_elements=MORE).text
            assert not inline or shown in text or first_small in text, (call, page, source)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "\u0001javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "//evil.example/",
        "https:evil.example",
        "http://",
        "https://\njavascript:alert(1)",
        "https://a b",
        "file:///etc/passwd",
        "gp:/partners/",
        "gp-file:/LICENSE",
    ],
)
def test_addresses_of_other_kinds_are_refused(address: str) -> None:
    with_address = [record for record, _ in first_records() if getattr(record, "url", None)]
    assert {type(record) for record in with_address} >= {Partner, Resource, Publication}
    for record in with_address:
        with pytest.raises(ValidationError):
            type(record).model_validate({**record.model_dump(), "url": address})


@pytest.mark.parametrize("name", NAMES)
def test_views_for_any_kind_show_it_as_text(name: str) -> None:
    kb = poisoned(PAYLOADS[name])
    shown = as_typed(squeeze(PAYLOADS[name]))
    views = bind_macros(kb)
    for kind in COLLECTIONS:
        made = {f"{kind}: list": views["record_index"](id=kind)}
        made |= {f"{kind}: {record_id}": views["record_page"](kind=kind, id=record_id) for record_id in kb.table(kind)}
        texts = [as_typed(assert_harmless(source, where).text) for where, source in made.items()]
        assert any(shown in text for text in texts), kind


def first_records() -> list[tuple[Record, str]]:
    return [(next(iter(table.values())), table.kind) for table in harmless().tables.values() if table]


def test_every_field_is_tried() -> None:
    empty = {
        f"{kind}.{name}"
        for record, kind in first_records()
        for name in type(record).model_fields.keys() - LEFT_EMPTY
        if getattr(record, name) in (None, (), "")
    }
    assert {name for name in empty if not name.endswith(".moments")} == set()


def test_every_macro_is_tried() -> None:
    assert set(EDITORS_MACROS) == {call.split()[0] for call in calls(harmless())}
    used = {page.macro for page in plan_pages(harmless())} - {""}
    assert used | set(ANY_KIND) == set(VIEWS)


def test_payloads_are_what_they_seem() -> None:
    for payload in PAYLOADS.values():
        assert payload.startswith("qq")
        assert payload.endswith("qq")
        assert len(payload) <= 110
        assert html.unescape(html.escape(payload)) == payload
