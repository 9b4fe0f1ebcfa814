"""A page that nobody has read yet reaches nothing and takes no more than its share."""

from __future__ import annotations

import resource
from pathlib import Path

import jinja2
import pytest
from jinja2.exceptions import SecurityError

from goodpractice.checks import check_project
from goodpractice.checks.macro_calls import check_macro_calls
from goodpractice.content import Project
from goodpractice.content.document import Document
from goodpractice.render import bind_macros, registration, sandbox
from goodpractice.render.registration import MacroReader, read_macros
from goodpractice.render.sandbox import MOST_CALLS, PageError, PageSandbox, is_plain
from tests.helpers.projects import load_folder

THOROUGH = pytest.mark.thorough("each of these pages takes all the time that a page may take")
ANY_NAME = pytest.mark.thorough("the same escapes, where names that nobody has declared may be there")
ESCAPES = [
    "{{ cycler.__init__.__globals__.os.popen('touch OWNED').read() }}",
    "{{ lipsum.__globals__['os'].popen('touch OWNED').read() }}",
    "{{ joiner.__init__.__globals__.os }}",
    "{{ namespace.__init__.__globals__.os }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ ''[['__cl', 'ass__'] | join] }}",
    "{{ '' | attr('__class__') }}",
    "{{ '' | attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "{{ [''] | map(attribute='__class__') | list }}",
    "{{ [''] | groupby('__class__') }}",
    "{{ [''] | sort(attribute='__class__') }}",
    "{{ '{0.__class__}'.format('') }}",
    "{{ '{x.__class__}'.format_map({'x': 1}) }}",
    "{{ ('{0.__class__}' | attr('format'))('') }}",
    "{{ ('<b>{0.__class__}</b>' | safe).format('') }}",
    "{{ top_tip.__wrapped__.__globals__ }}",
    "{{ partner.__closure__ }}",
    "{{ dict.mro() }}",
    "{{ unknown.__class__.__init__ }}",
    "{% set kept = [] %}{{ kept.append(1) }}",
    "{% set kept = {} %}{{ kept.update(a=1) }}",
]
#: What is stopped only when its time is over.
TOO_LONG = [
    "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
    "{{ 10 ** (10 ** 10) }}",
    "{% set n = namespace(x=['a']) %}{% for i in range(60) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x }}",
]
TOO_MUCH = [
    "{% for a in range(10**9) %}x{% endfor %}",
    "{{ 'x' * 10**9 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '{:1000000000}'.format(1) }}",
    "{{ 'x'.ljust(10**9) }}",
    "{{ 'x' | center(10**9) }}",
    "{{ ('x' * 999999) ~ ('y' * 2000000) }}",
    "{% set n = namespace(x='a') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
]


@pytest.fixture(autouse=True)
def one_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of what a page may take: whatever goes on for ever takes all of it."""
    monkeypatch.setattr(sandbox, "MOST_SECONDS", 1)


@pytest.fixture
def reader(small: Project) -> MacroReader:
    return read_macros(small.root, small.kb)


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the sandbox refuses it refuses everywhere, and to copy this process takes longer than that."""
    monkeypatch.setattr(registration, "expand_apart", lambda expand: expand())


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize(
    ("text", "is_complete"),
    [
        *((text, "unknown" not in text) for text in ESCAPES),
        *(pytest.param(text, False, marks=ANY_NAME) for text in ESCAPES if "unknown" not in text),
    ],
)
def test_nothing_of_python_is_reached(reader: MacroReader, text: str, is_complete: bool, tmp_path: Path) -> None:
    reader.is_complete = is_complete
    with pytest.raises((PageError, SecurityError), match=r"a page cannot use|is not safely callable"):
        reader.expand(text.replace("OWNED", str(tmp_path / "owned")))
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize("text", [*TOO_MUCH, *(pytest.param(text, marks=THOROUGH) for text in TOO_LONG)])
def test_no_page_takes_more_than_its_share(reader: MacroReader, text: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(PageError):
        reader.expand(text)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000, "kilobytes, in this process"


@pytest.mark.parametrize(
    "text", [*ESCAPES, *TOO_MUCH, *TOO_LONG, "{% autoescape 10**(9**9) %}{% endautoescape %}", "{{ 9**(9**9) }}"]
)
def test_reading_the_calls_of_a_page_works_nothing_out(small: Project, text: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    list(check_macro_calls(small.kb, Document("docs/x.md", text), bind_macros(small.kb), ()))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 5


@pytest.mark.parametrize(
    "text",
    [
        "{{ " + "(" * 20_000 + "1" + ")" * 20_000 + " }}",
        "{{ 1" + " + 1" * 20_000 + " }}",
        "{{ a" + ".b" * 20_000 + " }}",
        "{{ " + "not " * 20_000 + "1 }}",
        "{% if 1 %}" * 3_000 + "{% endif %}" * 3_000,
    ],
)
def test_what_is_nested_without_end_is_one_message(small: Project, text: str) -> None:
    (diagnostic,) = check_macro_calls(small.kb, Document("docs/x.md", text), bind_macros(small.kb), ())
    assert "nested too deeply" in diagnostic.message


@pytest.mark.parametrize("text", ["{{ a b }}\n", "{{ (a }}\n", "{{\n"])
def test_thousands_of_broken_calls_are_a_few_messages(small: Project, text: str) -> None:
    found = list(check_macro_calls(small.kb, Document("docs/x.md", text * 8_000), bind_macros(small.kb), ()))
    assert 0 < len(found) <= 20


@THOROUGH
def test_pages_that_are_stopped_stop_the_trying(reader: MacroReader) -> None:
    text = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    for number in range(2):
        with pytest.raises(PageError, match="take too long"):
            reader.expand(f"{text}{number}")
    with pytest.raises(PageError, match="this one was not tried"):
        reader.expand(f"{text}2")
    with pytest.raises(PageError, match="take too long"):
        reader.expand(f"{text}0")
    assert reader.expand("plain {{ top_tip('x') }}") != ""


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("text", True),
        ("{{ top_tip('x', title='y') }}", True),
        ("{% raw %}{{ x }}{% endraw %}", True),
        ("{{ top_tip('x') }}" * MOST_CALLS, True),
        ("{{ top_tip('x') }}" * (MOST_CALLS + 1), False),
        ("{{ lipsum(n=10**6) }}", False),
        ("{{ lipsum(n=9) }}", False),
        ("{{ 'x' | upper }}", False),
        ("{{ 'x' ~ 'y' }}", False),
        ("{{ x.y }}", False),
        ("{% for a in [1] %}{% endfor %}", False),
        ("{% set a = 1 %}", False),
    ],
)
def test_only_what_cannot_grow_is_run_at_once(reader: MacroReader, text: str, plain: bool) -> None:
    assert is_plain(PageSandbox(jinja2.Undefined).parse(text), reader.macros.__contains__) is plain


def test_loops_and_filters_work(reader: MacroReader) -> None:
    text = "{% for a in ['x', 'y'] %}{{ a | upper }}{{ loop.index }}{% endfor %}{{ 2 * 3 }}"
    assert reader.expand(text) == "X1Y26"


def test_an_error_in_its_own_process_keeps_its_line(project_copy: Path) -> None:
    page = project_copy / "handbook/money.md"
    text = page.read_text().replace("Write the budget", "a\n\n{{ ''.__class__ }}\n\nb {{ 1 / 0 }} Write")
    page.write_text(text)
    (diagnostic,) = check_project(load_folder(project_copy))
    assert text.split("\n")[diagnostic.line - 1] == "{{ ''.__class__ }}"
    assert diagnostic.message == "the macro on this line does not work: a page cannot use `__class__` of a value"
    page.write_text(text.replace("{{ ''.__class__ }}", "c"))
    (diagnostic,) = check_project(load_folder(project_copy))
    assert "division by zero" in diagnostic.message
    assert "1 / 0" in text.split("\n")[diagnostic.line - 1]
