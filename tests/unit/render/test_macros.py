from __future__ import annotations

import dataclasses
import html
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import pytest
from rcssmin import cssmin

import goodpractice
from goodpractice.config.settings import load_settings
from goodpractice.content import Project
from goodpractice.i18n.languages import ENGLISH
from goodpractice.kinds import Ref
from goodpractice.kinds.views.any_kind import ANY_KIND
from goodpractice.markdown.editors import EditorsMarkdown
from goodpractice.pages import plan_pages
from goodpractice.render import (
    EDITORS_MACROS,
    VIEWS,
    bind_macros,
    build_stylesheets,
    environment,
    macro_example,
    macro_signature,
)
from goodpractice.render.stylesheet import SHEETS, STYLESHEET, choose_sheets, find_components, sheet_path
from tests.helpers.projects import REPOSITORY, load_folder
from tests.helpers.rendering import check_balance

PACKAGE = Path(goodpractice.__file__).parent
COMPONENTS = {folder.name for folder in (PACKAGE / "components").iterdir() if not folder.name.startswith("_")}

#: Components that are a style only, and what writes their markup.
STYLE_ONLY = {
    "callout": "both Markdown dialects write it",
    "doors": "the home page and the 404 page write it",
    "kept": "a script writes it below a page from a copy",
    "gaps": "one line of the layout of case studies",
    "hero": "the home page writes it",
    "pager": "the theme writes it",
    "story": "the body of a case study",
}
#: Say nothing while no address is set: see test_contact.
NEED_AN_ADDRESS = {"contact", "write_to_us"}
SHOWS_COMPONENT = [name for name in EDITORS_MACROS if name not in NEED_AN_ADDRESS]


def expand(project: Project, text: str) -> str:
    template = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False).from_string(text)
    return template.render(bind_macros(project.kb))


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Templates that are filled, the outermost last."""
    found: list[str] = []
    render = environment.render_template

    def note(name: str, **values: Any) -> Any:
        html = render(name, **values)
        found.append(name)
        return html

    monkeypatch.setattr(environment, "render_template", note)
    return found


@pytest.mark.parametrize("name", SHOWS_COMPONENT)
def test_a_macro_is_one_template_with_one_style_block(name: str, full: Project, used: list[str]) -> None:
    # What other tests have shown of the same knowledge base is remembered there, and not filled again.
    expand(dataclasses.replace(full, kb=dataclasses.replace(full.kb)), macro_example(name, full.kb))
    component, template = used[-1].split("/")
    assert template == "template.html"
    style = (PACKAGE / "components" / component / "style.css").read_text(encoding="utf-8")
    assert f".gp-{component}" in style
    assert cssmin(style).strip() in "".join(build_stylesheets().values())


@pytest.mark.parametrize("name", SHOWS_COMPONENT)
def test_the_example_of_a_macro_renders(name: str, full: Project) -> None:
    html = expand(full, macro_example(name, full.kb))
    assert 'class="gp-' in html
    check_balance(html)
    settings = load_settings(REPOSITORY)
    page = EditorsMarkdown(settings.extensions, settings.configs).render(f"Before.\n\n{html}\n\nAfter.", str).html
    check_balance(page)
    assert 'markdown="' not in page, "Markdown inside the box was not read"
    assert "<p>Before.</p>" in page
    assert page.rstrip().endswith("<p>After.</p>")


@pytest.mark.parametrize("name", EDITORS_MACROS)
def test_a_macro_is_a_pure_function(name: str, full: Project) -> None:
    example = macro_example(name, full.kb)
    first = expand(full, example)
    assert expand(full, example) == first
    assert expand(full, f"{example}\n{example}") == f"{first}\n{first}"


@pytest.mark.parametrize("name", EDITORS_MACROS)
def test_a_macro_is_documented(name: str) -> None:
    macro = EDITORS_MACROS[name]
    text = inspect.getdoc(macro) or ""
    assert text.split("\n")[0].endswith(".")
    parameters = macro_signature(name).parameters
    assert "kb" not in parameters
    for parameter in parameters.values():
        assert re.search(rf"(?m)^    \*?{parameter.name}: .", text), f"{name} does not say what {parameter.name} is"
        assert parameter.annotation is not inspect.Parameter.empty
    assert macro_example(name).startswith(f"{{{{ {name}(")


@pytest.mark.parametrize("name", EDITORS_MACROS)
def test_an_argument_called_id_says_what_it_refers_to(name: str) -> None:
    for parameter in macro_signature(name).parameters.values():
        if parameter.name == "id":
            marks = getattr(parameter.annotation, "__metadata__", ())
            assert any(isinstance(mark, Ref) for mark in marks)


def test_no_name_is_an_editors_macro_and_a_layout() -> None:
    assert not set(EDITORS_MACROS) & set(VIEWS)


@pytest.mark.parametrize("component", sorted(COMPONENTS))
def test_a_component_has_a_template_or_a_reason_and_one_block(component: str) -> None:
    folder = PACKAGE / "components" / component
    style = folder / "style.css"
    assert (folder / "template.html").is_file() != (component in STYLE_ONLY)
    if not style.is_file():
        pytest.fail(f"{component} has no style block")
    blocks = set(re.findall(r"\.gp-([a-z]+(?:-[a-z]+)*)", style.read_text(encoding="utf-8")))
    # Callouts carry the classes that the two dialects write.
    assert component in blocks or component == "callout"


def templates() -> Iterator[Path]:
    yield from (PACKAGE / "components").rglob("*.html")


@pytest.mark.parametrize("file", sorted(templates()), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_templates_compile_and_escape(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert "| safe" not in source
    assert "|safe" not in source
    assert "autoescape" not in source
    # What a macro returns would be escaped.
    assert "{% macro" not in source
    assert "<script" not in source.replace('<script type="application/json"', "")
    assert " style=" not in source
    assert not re.search(r"\son\w+=", source)
    name = file.relative_to(PACKAGE / "components").as_posix()
    assert environment._environment(ENGLISH).get_template(name)


def test_a_template_that_lacks_a_value_fails() -> None:
    with pytest.raises(jinja2.UndefinedError):
        environment.render_component("card", title="x")


@pytest.mark.parametrize(
    ("name", "call", "part"),
    [
        (
            "partner",
            '{{ partner("hill-museum", style="link") }}',
            '<a href="gp:/partners/hill-museum/">Hill Museum</a>',
        ),
        ("term", '{{ term("partner", "partners") }}', ">partners</button>"),
        ("term", '{{ term("partner") }}', ">partner</button>"),
        ("case_studies", '{{ case_studies(theme="money") }}', "Supper and science"),
        ("case_studies", '{{ case_studies(programme="open-doors", audience="families") }}', "Supper and science"),
        ("partners", '{{ partners(kind="community-group") }}', "River Community Group"),
        ("partners", '{{ partners(network="museum-net") }}', "Hill Museum"),
        ("resources", '{{ resources(theme="trust") }}', "No resource is listed here yet."),
        ("networks", "{{ networks() }}", "Network of Small Museums"),
        ("plan_strand", '{{ plan_strand("town-plan", 1) }}', "Give out keys"),
    ],
)
def test_what_macros_show(small: Project, name: str, call: str, part: str) -> None:
    html = expand(small, call)
    assert part in html
    check_balance(html)


def test_accounts_are_plain_text_and_those_approved_come_first(project_copy: Path) -> None:
    for name, before, added in (
        ("park", "place: Uphill", "partner_account: Bring **a** <b>kettle</b>. [x](y.md)"),
        ("supper", "year: 2019", "year: 2001\npartner_account: Ask us first."),
    ):
        file = project_copy / "case_studies" / f"{name}.md"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(before, f"{before}\n{added}" if name == "park" else added), encoding="utf-8")
    settings = load_settings(project_copy)
    rendered = EditorsMarkdown(settings.extensions, settings.configs).render(
        expand(load_folder(project_copy), "{{ partner_accounts() }}"), str
    )
    check_balance(rendered.html)
    assert "<p>Bring **a** <b>kettle</b>. [x](y.md)</p>" in html.unescape(rendered.html)
    assert "<b>" not in rendered.html
    assert "y.md" not in rendered.links
    assert rendered.html.index("Ask us first.") < rendered.html.index("Bring")
    for said, case in (("approved by the community partner", "supper"), ("told from published sources", "park")):
        assert re.search(rf'case-studies/{case}/"[^>]*>[^<]*</a></span>, {said}', rendered.html)


@pytest.mark.parametrize(
    "call",
    [
        "{{ top_tip('Go **now**. See [x](y.md).') }}",
        "{{ wider_sector('Go **now**. See [x](y.md).') }}",
        "{{ voice('Go **now**. See [x](y.md).', who='A', source='annual-report') }}",
        "{{ reflect('Go **now**? See [x](y.md).', 'Then?') }}",
    ],
)
def test_texts_in_boxes_are_markdown_of_the_page(small: Project, call: str) -> None:
    settings = load_settings(small.root)
    rendered = EditorsMarkdown(settings.extensions, settings.configs).render(expand(small, call), str)
    assert "<strong>now</strong>" in rendered.html
    assert rendered.links == ["y.md"]


def test_lists_are_limited_and_filtered(small: Project) -> None:
    everything = expand(small, "{{ case_studies() }}")
    assert everything.count("gp-cards__item") == 2
    assert expand(small, "{{ case_studies(limit=1) }}").count("gp-cards__item") == 1
    assert "museum in the park" not in expand(small, '{{ case_studies(partner="river-group") }}')


@pytest.mark.parametrize(
    "call",
    [
        '{{ partner("nobody") }}',
        '{{ case_study("nothing", style="link") }}',
        '{{ plan_strand("town-plan", 9) }}',
        '{{ term("nothing") }}',
    ],
)
def test_an_id_that_does_not_exist_is_an_error(small: Project, call: str) -> None:
    with pytest.raises(KeyError):
        expand(small, call)


HOSTILE = '<script>alert(1)</script>" onmouseover="x'


@pytest.mark.parametrize(
    "call",
    [
        "{{ top_tip('Text', title=hostile) }}",
        "{{ reflect('Question?', title=hostile) }}",
        "{{ wider_sector('Text', title=hostile) }}",
        "{{ superpowers(community=[hostile], organisation=[hostile]) }}",
        "{{ voice('Text', who=hostile, source='annual-report') }}",
        "{{ quote(hostile, speaker=hostile, source='annual-report') }}",
        "{{ term('partner', hostile) }}",
        "{{ share_button(hostile) }}",
    ],
)
def test_plain_texts_are_escaped(small: Project, call: str) -> None:
    text = jinja2.Environment(autoescape=False).from_string(call).render(bind_macros(small.kb) | {"hostile": HOSTILE})
    assert "<script" not in text.casefold()
    assert '" onmouseover' not in text
    assert "alert(1)" in text
    check_balance(text)


def test_every_layout_is_used_by_a_page(full: Project) -> None:
    assert {page.macro for page in plan_pages(full.kb)} - {""} <= set(VIEWS)
    # Those for any kind wait for a kind without views of its own.
    assert set(VIEWS) - set(ANY_KIND) <= {page.macro for page in plan_pages(full.kb)}


def test_the_stylesheets_are_complete_and_in_order() -> None:
    sheets = build_stylesheets()
    css = sheets[STYLESHEET]
    assert sheets == build_stylesheets()
    places = [
        css.index(cssmin((PACKAGE / "components" / "_base" / name).read_text(encoding="utf-8")).strip()[:60])
        for name in ("fonts.css", "tokens.css", "base.css", "text.css", "frame.css", "print.css")
    ]
    assert places == sorted(places)
    for component in COMPONENTS:
        if not (PACKAGE / "components" / component / "style.css").is_file():
            continue  # reported by the test of the component
        style = cssmin((PACKAGE / "components" / component / "style.css").read_text(encoding="utf-8"))
        if few := [sheet for sheet, components in SHEETS.items() if component in components]:
            assert style.strip() in sheets[sheet_path(*few)]
            assert style.strip() not in css
        else:
            assert places[-2] < css.index(style.strip()) < places[-1]
    for css in sheets.values():
        assert css.count("{") == css.count("}")
        assert not re.search(r"var\(--md-", css)
        assert "http://" not in css.replace("http://www.w3.org", "")
        assert "https://" not in css


def test_the_sheets_of_a_page_are_those_of_its_components(full: Project) -> None:
    def find_sheets(html: str) -> tuple[str, ...]:
        return choose_sheets(find_components(html))

    assert find_sheets("<p class='gp-tip'>Words about gp-tip</p>") == ()
    assert find_sheets(expand(full, '{{ top_tip("One.") }} {{ plan("town-plan") }}')) == ("chapter", "programme")
    assert find_sheets('<div class="gp-hero">') == ("home",)
