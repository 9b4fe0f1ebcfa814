"""Days as people write them: which day is meant, and how it is written in a file."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Mapping
from functools import cache

from goodpractice.i18n.sorting import strip_accents

#: Languages in whose words a day may be written.
_LANGUAGES = (
    *("en", "cy", "ga", "gd", "de", "fr", "es", "it", "nl"),
    *("pt", "pl", "ro", "sv", "da", "nb", "fi"),
)
#: Letters that people type in place of the digits that they look like.
_LIKE_DIGITS = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1"})
_MOST_LETTERS = 60
#: A day of another year was mistyped, and nobody can say how.
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
#: The day from which spreadsheets count.
_DAY_ONE = datetime.date(1899, 12, 30)


@cache
def _months() -> Mapping[str, int]:
    """Numbers of months by their names and short names, without accents and in small letters."""
    from babel import Locale  # only where a date is wrong: it takes longer than reading a file

    found: dict[str, int] = {}
    for code in _LANGUAGES:
        for context in Locale(code).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in context[width].items():
                    found.setdefault(strip_accents(str(name)).lower().strip("."), number)
    return found | {"sept": 9}


def _find_month(word: str) -> str | None:
    """The month in whose name somebody mistyped a letter."""
    return next(iter(difflib.get_close_matches(word, _months(), 1, 0.8)), None)


def guess_date(text: str) -> tuple[datetime.date, bool] | None:
    """Guess the day in a text, and whether day and month may be swapped; nothing when it is unclear."""
    if len(text) > _MOST_LETTERS:
        return None
    plain = re.sub(r"[t, ]+\d\d?:\d\d.*$", "", strip_accents(text).lower())
    if re.fullmatch(r"[\doli|\W]+", plain) and re.search(r"\d", plain):
        plain = plain.translate(_LIKE_DIGITS)
    alone = re.search(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}", plain)
    plain = alone[0] if alone else plain
    plain = re.sub(r"(?<!\d)00(\d\d)(?!\d)", r"20\1", plain)
    numbers = [int(number) for number in re.findall(r"\d+", plain)]
    words = [word for word in re.findall(r"[^\W\d_]+", plain) if word in _months()]
    if not words and len(numbers) == 2:
        words = [close for word in re.findall(r"[^\W\d_]{4,}", plain) if (close := _find_month(word))]
    if len(words) == 1 and len(numbers) == 2:
        year, day = (numbers[0], numbers[1]) if numbers[0] > 31 else (numbers[1], numbers[0])
        return _make(year, _months()[words[0]], day, unclear=False)
    if re.search(r"[^\W\d_]", plain) or len(numbers) not in (1, 3):
        return None
    if len(numbers) == 1:
        if re.fullmatch(r"[34]\d{4}", plain.strip()):  # what a spreadsheet shows of a day whose cell has lost its form
            return _DAY_ONE + datetime.timedelta(days=numbers[0]), False
        digits = re.search(r"(20\d\d)(\d\d)(\d\d)$", plain)
        return _make(int(digits[1]), int(digits[2]), int(digits[3]), unclear=False) if digits else None
    first, second, third = numbers
    if first > 31:
        return _make(first, second, third, unclear=False) or _make(first, third, second, unclear=False)
    unclear = first <= 12 and second <= 12 and first != second
    return _make(third, second, first, unclear) or _make(third, first, second, unclear=False)


def say_day(date: datetime.date) -> str:
    """A day in words: `3 April 2026`, whatever the language of this computer."""
    from babel.dates import format_date

    return str(format_date(date, "d MMMM y", locale="en"))


def _make(year: int, month: int, day: int, unclear: bool) -> tuple[datetime.date, bool] | None:
    try:
        day_meant = datetime.date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
    return (day_meant, unclear) if _FIRST_YEAR <= day_meant.year <= _LAST_YEAR else None
