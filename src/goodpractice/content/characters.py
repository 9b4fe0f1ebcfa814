"""Characters that deceive: what cannot be seen, and what looks like something else.

Text of every language passes: joiners where a script or an emoji needs them,
marks of direction beside Arabic and Hebrew, accents that are typed as marks of
their own. Reported are characters that no keyboard makes, and those that only
make a word look like another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple


class Odd(NamedTuple):
    """Something in a text that is not what it seems.

    Attributes:
        at: Where it stands in the text, from 0.
        kind: `hidden`, `letter` (one among others that it looks like), `mixed` (a word of several scripts), `foreign`
            (a word all of whose letters look like Latin ones), `styled` (signs that look like letters) or `marks` (so
            many on one letter that they hide the text around it).
        text: The character, or the word.
    """

    at: int
    kind: str
    text: str


#: Visible ASCII, and the white space that texts need.
_PLAIN = bytes([*b"\t\n\r", *range(32, 127)])
#: Letters with accents, typography, currencies, arrows, mathematics, boxes: nearly every text has no others.
_QUIET_RANGES = (
    *((0xA0, 0x24F), (0x2010, 0x2027), (0x202F, 0x205E), (0x20A0, 0x20C0)),
    *((0x2190, 0x22FF), (0x2500, 0x27BF)),
)
_QUIET = frozenset(chr(code) for first, last in _QUIET_RANGES for code in range(first, last + 1))
#: Invisible though they are no controls: fillers, empty letters, replacements for lost characters.
_EMPTY = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0\ufffc\ufffd")
#: Invisible letters that belong to the writing of numbers and names in Arabic, Syriac, Kaithi and hieroglyphs.
_FORMAT_OF_SCRIPTS = frozenset(map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)))
#: Where new versions of Unicode add emoji, signs and ideographs that this Python does not know yet.
_GROWING = ((0x1F000, 0x1FAFF), (0x20000, 0x3FFFD), (0x1CC00, 0x1CEBF))
_JOINERS = frozenset("\u200c\u200d")
_DIRECTIONS = frozenset("\u200e\u200f\u061c")
#: The flags of England, Scotland and Wales are spelt with invisible letters.
_FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a]{5}\U000e007f")
#: Scripts whose letters do not join, so that a joiner between them can only hide something.
_NEVER_JOINED = frozenset(
    {
        *("LATIN", "CYRILLIC", "GREEK", "HEBREW", "ARMENIAN", "GEORGIAN"),
        *("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "FULLWIDTH"),
    }
)
#: Scripts that no word mixes with Latin letters, and that have letters which look like them.
_NEVER_MIXED = frozenset({"CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU", "DESERET", "OSAGE", "TIFINAGH"})
#: Cyrillic and Greek letters that look like Latin ones.
_CYRILLIC_LOOKALIKES = frozenset("АВЕЅІЈКМНОРСТУХаеіјорсухѕԁһԛԝѵӏԜԚҮү")
_GREEK_LOOKALIKES = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο")  # noqa: RUF001 - as above
_GREEK_NEARLY = frozenset("αικνρυγ")
_LOOKALIKES = _CYRILLIC_LOOKALIKES | _GREEK_LOOKALIKES
#: Signs that look like letters: mathematical, full-width, in circles, in brackets, in boxes.
_MATHEMATICAL = "\U0001d400-\U0001d7cb\u2102-\u2115\u2119-\u211d\u2124\u212c-\u2131\u2133\u2134"
_FULL_WIDTH = "\uff21-\uff3a\uff41-\uff5a"
_ENCLOSED = "\u249c-\u24e9\U0001f110-\U0001f12a\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189"
_STYLED = re.compile(f"[{_MATHEMATICAL}{_ENCLOSED}{_FULL_WIDTH}]{{3,}}")
_LETTERED = f"[{_MATHEMATICAL}{_FULL_WIDTH}]"
_STYLED_AMONG = re.compile(f"[A-Za-z](?P<after>{_LETTERED})|(?P<before>{_LETTERED})[A-Za-z]")
#: Compiled when a text asks: it takes longer than to check ten stories.
_EAST_ASIAN = "[\u3001-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
_LATIN = re.compile(r"[A-Za-z]")
#: So many marks on a letter are in no writing: of Latin, Greek and Cyrillic, and of others.
_MOST_MARKS, _MOST_MARKS_ELSEWHERE = 3, 6


def list_odd(text: str) -> Iterator[Odd]:
    """Everything in a text that is not what it seems; what cannot be seen comes first.

    Costs some millionths of a second for a text without anything unusual.
    """
    # Deleting bytes is a hundred times faster than searching, and nearly every text ends here.
    rest = set(text.encode(errors="surrogatepass").translate(None, _PLAIN).decode(errors="surrogatepass"))
    if rest <= _QUIET:
        return
    kinds: dict[str, set[str]] = {}
    for character in rest - _QUIET:
        kinds.setdefault(_classify(character), set()).add(character)
    unseen = {"hidden", "joiner", "direction", "variation"} & kinds.keys()
    if unseen:
        yield from _list_hidden(text, kinds, unseen)
    if "mark" in kinds:
        yield from _list_marks(text, kinds["mark"])
    if "letter" in kinds or "sign" in kinds:
        yield from _list_styled(text)
    if "letter" in kinds:
        yield from _list_mixed(text, kinds.get("mark", set()) | rest & (_JOINERS | {"\xad"}))


def strip_hidden(text: str) -> str:
    """Remove characters that are invisible and have no function, so that none of them reaches a page."""
    rest = set(text.encode(errors="surrogatepass").translate(None, _PLAIN).decode(errors="surrogatepass"))
    hidden = {character for character in rest - _QUIET if _classify(character) == "hidden"}
    for odd in {odd.text for odd in list_odd(text) if odd.kind == "hidden"} if hidden else ():
        text = text.replace(odd, "")
    return text


@cache
def _classify(character: str) -> str:
    code, category = ord(character), unicodedata.category(character)
    if character in _JOINERS:
        return "joiner"
    if character in _DIRECTIONS:
        return "direction"
    if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
        return "variation"
    if character in _EMPTY or category in ("Cc", "Co", "Cs", "Zl", "Zp"):
        return "hidden"
    if category == "Cf":
        return "" if character in _FORMAT_OF_SCRIPTS else "hidden"
    if category == "Cn":
        is_new = code & 0xFFFE != 0xFFFE and any(first <= code <= last for first, last in _GROWING)
        return "" if is_new else "hidden"
    if category in ("Mn", "Me"):
        return "mark"
    if category[0] == "L":
        return "letter"
    return "sign" if category == "So" else ""


@cache
def _script(character: str) -> str:
    """The first word of the name of a letter, which names its script."""
    return unicodedata.name(character, "").partition(" ")[0]


def _any_of(characters: Iterable[str]) -> str:
    return "[" + "".join(map(re.escape, sorted(characters))) + "]"


def _list_hidden(text: str, kinds: dict[str, set[str]], unseen: set[str]) -> Iterator[Odd]:
    shown = _FLAG.sub(lambda flag: "x" * len(flag[0]), text)
    right_to_left = None
    for match in re.finditer(_any_of(set().union(*(kinds[name] for name in unseen))), shown):
        character, at = match[0], match.start()
        kind = _classify(character)
        if kind == "direction":
            if right_to_left is None:
                right_to_left = any(c.isalpha() and unicodedata.bidirectional(c) in ("R", "AL") for c in text)
            fits = right_to_left
        elif kind == "joiner":
            fits = _may_join(shown, at)
        elif kind == "variation":
            before = shown[at - 1 : at]
            fits = bool(before) and not before.isspace() and not _LATIN.match(before)
        else:
            # A byte order mark at the very start is how some programs begin a file.
            fits = character == "\ufeff" and at == 0
        if not fits:
            yield Odd(at, "hidden", character)


def _may_join(text: str, at: int) -> bool:
    """Whether a joiner has something before it that joins: a letter of such a script, or an emoji."""
    while at > 0:
        at -= 1
        before = text[at]
        if _classify(before) in ("mark", "variation", "joiner"):
            continue
        category = unicodedata.category(before)
        if category in ("So", "Sk", "Sm"):
            return True
        return category[0] in "LM" and _script(before) not in _NEVER_JOINED
    return False


def _list_marks(text: str, marks: set[str]) -> Iterator[Odd]:
    for match in re.finditer(f"{_any_of(marks)}{{{_MOST_MARKS + 1},}}", text):
        base = text[match.start() - 1 : match.start()]
        known = base and unicodedata.category(base)[0] == "L" and _script(base) not in ("LATIN", "CYRILLIC", "GREEK")
        if len(match[0]) > (_MOST_MARKS_ELSEWHERE if known else _MOST_MARKS):
            yield Odd(max(match.start() - 1, 0), "marks", base)


def _list_styled(text: str) -> Iterator[Odd]:
    east_asian = None
    for match in _STYLED.finditer(text):
        if re.fullmatch(f"[{_FULL_WIDTH}]+", match[0]):
            east_asian = bool(re.search(_EAST_ASIAN, text)) if east_asian is None else east_asian
            if east_asian:
                continue
        yield Odd(match.start(), "styled", match[0])
    for match in _STYLED_AMONG.finditer(text):
        name = "after" if match["after"] else "before"
        yield Odd(match.start(name), "letter", match[name])


def _list_mixed(text: str, joined: set[str]) -> Iterator[Odd]:
    word = re.compile(rf"(?:[^\W\d_]|{_any_of(joined)})+" if joined else r"[^\W\d_]+")
    foreign: list[Odd] = []
    has_latin = bool(_LATIN.search(text))
    speaks = False
    for match in word.finditer(text):
        if match[0].isascii():
            continue
        scripts = [(_script(c), at) for at, c in enumerate(match[0]) if c.isalpha()]
        aliens = [at for script, at in scripts if _is_alien(script, match[0], at)]
        latin = sum(script == "LATIN" for script, _ in scripts)
        if aliens and latin:
            yield _explain_mixed(match[0], match.start(), aliens, latin)
        elif has_latin and not latin and scripts and all(c in _LOOKALIKES for c in match[0] if c.isalpha()):
            if len(scripts) > 1 or match[0] in _CYRILLIC_LOOKALIKES:
                foreign.append(Odd(match.start(), "foreign", match[0]))
        elif any(script in ("CYRILLIC", "GREEK") for script, _ in scripts) and len(scripts) > 1:
            speaks = True
    if not speaks:
        yield from foreign


def _is_alien(script: str, word: str, at: int) -> bool:
    """Whether a letter has no business in a word of Latin letters. Greek letters have, in units and formulas."""
    if script == "GREEK":
        inside = 0 < at < len(word) - 1
        return word[at] in _GREEK_LOOKALIKES or (inside and word[at] in _GREEK_NEARLY)
    return script in _NEVER_MIXED


def _explain_mixed(word: str, start: int, aliens: list[int], latin: int) -> Odd:
    first = aliens[0]
    if latin >= len(aliens) and word[first] in _LOOKALIKES | _GREEK_NEARLY:
        return Odd(start + first, "letter", word[first])
    return Odd(start, "mixed", word)
