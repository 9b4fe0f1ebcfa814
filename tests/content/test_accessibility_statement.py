"""The accessibility statement says what the tests found, and the tests it names are the tests there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers.browser.statement import (
    KINDS,
    STATEMENT,
    Check,
    Place,
    Record,
    make_record,
    read_record,
    render_statement,
)
from tests.helpers.browser.templates import EVERY_TEMPLATE

ROOT = Path(__file__).parents[2]
RENEW = "make accessibility writes it anew"
#: What is asked of every template, and in which colours and widths.
EVERYWHERE = {
    "axe": (["dark", "forced colours", "light"], [360, 1280]),
    "more contrast": (["dark, more contrast", "light, more contrast"], [1280]),
    "320 pixels": (["light"], [320]),
    "200 %": (["light"], [640]),
    "text spacing": (["light"], [320, 1280]),
    "largest text": (["light"], [320]),
    "targets": (["light"], [360, 1280]),
    "focus": (["dark", "light"], [360, 1280]),
    "reduced motion": (["light"], [1280]),
}


@pytest.fixture(scope="module")
def record() -> Record:
    return read_record()


def test_the_page_is_what_its_record_says(record: Record) -> None:
    assert STATEMENT.read_text(encoding="utf-8") == render_statement(record), RENEW


def test_the_record_holds_every_kind_of_check(record: Record) -> None:
    assert set(record.checks) == set(KINDS), RENEW


def test_every_test_of_the_record_exists(record: Record) -> None:
    for check in record.checks.values():
        for test in check.tests:
            file, name = test.split("::")
            assert re.search(rf"^def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE), test


@pytest.mark.parametrize("kind", EVERYWHERE)
def test_every_template_was_asked(record: Record, kind: str) -> None:
    check = record.checks[kind]
    schemes, widths = EVERYWHERE[kind]
    assert check.pages == sorted(EVERY_TEMPLATE), RENEW
    assert (check.schemes, check.widths) == (schemes, widths), RENEW
    assert check.count == len(EVERY_TEMPLATE) * len(schemes) * len(widths)


def test_what_no_person_has_tested_is_said(record: Record) -> None:
    page = render_statement(record)
    assert "People who use screen readers and other aids have not tested this site yet" in page
    assert "What no person has tested yet" in page
    assert "conforms" not in page


def test_a_failure_is_told(record: Record) -> None:
    failed = Check(record.checks["axe"].tests, ["home"], [360], ["dark"], 1, [Place("home", 360, "dark", "image-alt")])
    page = render_statement(Record(record.date, "1", "2", {**record.checks, "axe": failed}))
    assert "In this run these failed:" in page
    assert "home, 360 px, dark: `image-alt`" in page
    assert "found **1, listed below**" in page
    assert "found one problem" in page


def test_a_record_is_read_from_a_report(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    note = '{"check": "axe", "page": "home", "width": 360, "scheme": "dark", "found": ["image-alt"]}'
    report.write_text(
        "<testsuites><testsuite><testcase classname='tests.browser.test_accessibility' name='test_axe[home]'>"
        f"<properties><property name='check' value='{note}'/><property name='chromium' value='1.2'/></properties>"
        "</testcase>"
        "<testcase classname='tests.unit' name='test_other'/></testsuite></testsuites>",
        encoding="utf-8",
    )
    record = make_record(report, "2026-01-02")
    assert record.chromium == "1.2"
    assert record.checks["axe"].tests == ["tests/browser/test_accessibility.py::test_axe"]
    assert record.checks["axe"].found == [Place("home", 360, "dark", "image-alt")]
    failed = "<testcase classname='tests.browser.test_keyboard' name='test_menu'><failure/></testcase>"
    report.write_text(report.read_text().replace("<testcase", f"{failed}<testcase", 1), encoding="utf-8")
    with pytest.raises(ValueError, match="test_menu failed and noted nothing"):
        make_record(report, "2026-01-02")
    report.write_text("<testsuites/>", encoding="utf-8")
    with pytest.raises(ValueError, match="no check"):
        make_record(report, "2026-01-02")
