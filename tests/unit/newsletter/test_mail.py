"""An issue as a message: what mail programs read, whatever a title holds."""

from __future__ import annotations

import datetime
import email
import re
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from typing import cast

from hypothesis import example, given
from hypothesis import strategies as st

from goodpractice.i18n.languages import ENGLISH
from goodpractice.newsletter.mail import Mailing, clean_html, make_mail

BASE = "https://example.org/gp/newsletter/2026-11/"
COLOURS = {"ink": "#111111", "paper": "#ffffff", "surface": "#eeeeee", "line": "#cccccc", "link": "#003366"}
HTML = clean_html('<h1>Here</h1><p>Ŵyl &amp; <a href="../../new/">news</a></p>', BASE)


def read_mail(issue: Mailing) -> tuple[EmailMessage, str, str]:
    """A message with the texts of its two parts."""
    data = make_mail(issue, COLOURS)
    assert data == make_mail(issue, COLOURS)
    # RFC 5321, 4.5.3.1.6, and lines that end as its chapter 2.3.8 asks.
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert b"\n" not in data.replace(b"\r\n", b"")
    mail = cast("EmailMessage", email.message_from_bytes(data, policy=default))
    assert not mail.defects
    plain, html = mail.iter_parts()
    assert not plain.defects
    assert not html.defects
    texts = [part.get_content().replace("\r\n", "\n") for part in (plain, html)]
    return mail, texts[0], texts[1]


def test_both_parts_say_the_same_and_nothing_is_loaded() -> None:
    mail, plain, html = read_mail(Mailing("Good Practice: November 2026", HTML, ENGLISH))
    assert mail.get_content_type() == "multipart/alternative"
    assert {name.lower() for name in mail} == {"subject", "x-unsent", "content-type", "mime-version"}
    assert mail["subject"] == "Good Practice: November 2026"
    assert plain == "Here\n====\n\nŴyl & news\n  https://example.org/gp/new/\n"
    assert '<a href="https://example.org/gp/new/" style="color: #003366' in html
    assert not re.search(r"<style|<link|<script|<img|url\(|class=|src=", html)


def test_the_day_is_that_of_the_record() -> None:
    mail, *_ = read_mail(Mailing("A", HTML, ENGLISH, datetime.date(2026, 11, 30)))
    assert mail["date"] == "Mon, 30 Nov 2026 12:00:00 +0000"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)


@given(st.text(min_size=1, max_size=200))
@example("Hello\r\nBcc: everybody@example.org\r\n\r\n<script>alert(1)</script>")
@example("</title><img src=x onerror=alert(1)> \x00\x0b\x85\u2028\ud800 =?utf-8?q?x?=")
@example("é" * 120)
def test_no_title_adds_a_header_or_an_element(title: str) -> None:
    mail, _, html = read_mail(Mailing(title, HTML, ENGLISH))
    assert {name.lower() for name in mail} == {"subject", "x-unsent", "content-type", "mime-version"}
    assert not re.search(r"[\r\n]", mail["subject"])
    tags = _Tags()
    tags.feed(html)
    assert tags.found == {"html", "head", "meta", "title", "body", "div", "h1", "p", "a"}


@given(st.text(max_size=300))
@example('<a href="javascript:alert(1)" onclick="x">y</a><svg><script>z</script></svg>')
@example('<a href="http://[">x</a><style>@import "https://evil.example/x.css"</style>')
def test_nothing_of_a_text_runs_or_loads(text: str) -> None:
    _, plain, html = read_mail(Mailing("A", clean_html(f"<p>{text}</p>", BASE), ENGLISH))
    assert not re.search(r"<(?:script|style|svg|img|iframe|link)\b|<[^>]*\son\w+=|href=\"(?!https?:|mailto:|\")", html)
    assert "\r" not in plain
