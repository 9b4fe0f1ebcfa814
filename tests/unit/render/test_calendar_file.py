"""The calendar file that the browser writes, read by another program."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests.helpers.node import run_module

WRITE = """
import { writeCalendar } from "SCRIPTS:calendar-file.js";
const NOW = "2026-11-29T10:11:12.345Z";
export default (files) => files.map((entries) => writeCalendar("Plan, in part", entries, "example.org", NOW));
"""
# Letters of one to four bytes, and what has a meaning in a calendar.
TEXTS = st.text(
    st.sampled_from('aé€😀ŵ\u0301,;:\\"\n\r\t\u0000\u0085\u2028 ') | st.characters(codec="utf-8"), max_size=120
)
DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(9998, 12, 31))
ENTRIES = st.builds(
    lambda id, date, title, text: {"id": f"a{id}", "date": date.isoformat(), "title": f"x{title}", "text": text},
    st.integers(0, 10**9),
    DAYS,
    TEXTS,
    TEXTS,
)
FILES = st.lists(ENTRIES, max_size=4)


def _keep(text: str) -> str:
    """What a calendar can hold of a text."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c in "\n\t" or (ord(c) >= 32 and c != "\x7f"))


@settings(max_examples=5)
@given(st.lists(FILES, min_size=5, max_size=10))
def test_every_text_comes_back_and_no_line_is_too_long(files: list[list[dict[str, Any]]]) -> None:
    for entries, text in zip(files, run_module(WRITE, files), strict=True):
        data = text.encode()
        assert data.endswith(b"END:VCALENDAR\r\n")
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert b"\r" not in data.replace(b"\r\n", b"")
        for line in data.split(b"\r\n"):
            assert len(line) <= 75
            line.decode()
        calendar = Calendar.from_ical(data)
        assert str(calendar["X-WR-CALNAME"]) == "Plan\\, in part"
        for entry, event in zip(entries, calendar.walk("VEVENT"), strict=True):
            first = datetime.date.fromisoformat(entry["date"])
            assert event.get("UID") == f"{entry['id']}@example.org"
            assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (first, first + datetime.timedelta(1))
            assert str(event["SUMMARY"]) == _keep(entry["title"])
            assert str(event.get("DESCRIPTION", "")) == _keep(entry["text"])
            assert event.decoded("DTSTAMP") == datetime.datetime(2026, 11, 29, 10, 11, 12, tzinfo=datetime.UTC)
