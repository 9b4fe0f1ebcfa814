"""Private data in a text: e-mail addresses, telephone numbers, postcodes, dates of birth.

The rules look for forms, not for people: they miss what is written in words.
A form is told from other numbers by how its digits are grouped and by the word
before it: scores, times, ISBNs, grants and rooms are no contacts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from functools import cache
from typing import NamedTuple

from goodpractice.checks.births import find_births
from goodpractice.content.spaces import drop_ascii
from goodpractice.diagnostics import rules
from goodpractice.i18n.messages import gettext_lazy as _


class Contact(NamedTuple):
    """Something private in a text: where it begins (from 0), the code of its rule, what it is, how it is written."""

    at: int
    code: str
    what: str
    written: str

    @property
    def message(self) -> str:
        """The message, with a part of the contact: enough to find it, but messages are kept in public logs."""
        keep = max(2, len(self.written) // 3)
        return _("{what} `{shorten}` would be published", what=self.what, shorten=f"{self.written[:keep]}…")

    @property
    def hint(self) -> str:
        """The hint."""
        if self.code == rules.DATE_OF_BIRTH:
            return _("Say how old people were in words, for example `teenagers`.")
        return _("Name the organisation instead. An editor can allow its public address in mkdocs.yml.")


#: A text without any of these holds nothing that the rules look for.
#: Each begins with one character of a set, which is found faster than one of several beginnings.
_WORTH_A_LOOK = re.compile(
    r"[@%\[({<\d _-](?:(?<=@)|(?<=%)40|(?<=[\[({<])\s?(?:[aA][tT]?|@)\s?[\])}>]"
    r"|(?<=\d)(?:[ .\-/()]?\d|[A-Za-z]{2})|(?<=[ _-])(?:at|AT)[ _-][\w-]+(?: dot |\.))"
)
_ADDRESS = re.compile(r"(?:https?|ftp)://\S+|www\.\S+", re.IGNORECASE)
#: Breaks of words that are not seen, and spaces without width.
_UNSEEN = frozenset("\xad\u200b\u200c\u200d\u2060\ufeff")


def list_contacts(text: str, known: Collection[str] = ()) -> Iterator[Contact]:
    """Everything in a text that looks private.

    Args:
        text: A line, a paragraph or a value, as readers see it.
        known: Allowed contacts, without white space and in small letters.
    """
    if text.isascii() and _WORTH_A_LOOK.search(text) is None:
        return
    plain, places = _fold(text)
    # Web addresses hold numbers of all kinds; one that holds an e-mail address is still found.
    masked = plain
    if "://" in plain or (("w." in plain or "W." in plain) and "www." in plain.lower()):
        masked = _ADDRESS.sub(_mask_address, plain)
    for code, find, what in _RULES if _MAY_HOLD_NUMBER.search(masked) else _RULES[:1]:
        for start, end in find(masked):
            written = plain[start:end].strip(" .,;:!?\"'*_`/\n")
            start += plain[start:end].find(written)
            if squeeze(written) not in known:
                yield Contact(places[start] if places else start, code, what, written)


def _mask_address(found: re.Match[str]) -> str:
    """Spaces for a web address; what follows the name of the place is left where an e-mail address may stand in it."""
    at = re.match(r"(?:\w+://)?[^/?#]*", found[0])
    end = at.end() if at and re.search("@|%40", found[0]) else len(found[0])
    return " " * end + found[0][end:]


def squeeze(text: str) -> str:
    """A contact as it is compared: without white space, in small letters."""
    return "".join(text.split()).casefold()


def _fold(text: str) -> tuple[str, list[int]]:
    """A text in plain digits, signs and spaces, and where each character of it stood, if that differs."""
    others = set(drop_ascii(text))
    for character in others:
        if (plain := _plain(character)) != character:
            text = text.replace(character, plain)
    if others.isdisjoint(_UNSEEN):
        return text, []
    places = [at for at, character in enumerate(text) if character not in _UNSEEN]
    return "".join(text[at] for at in places), places


@cache
def _plain(character: str) -> str:
    """One character for another: digits of any script, full-width signs, spaces of any width."""
    if character == "\xad":
        return character
    digit = unicodedata.digit(character, -1)
    if digit >= 0 and unicodedata.category(character) == "Nd":
        return str(digit)
    if 0xFF01 <= ord(character) <= 0xFF5E or character in "\ufe6b\u2024\ufe52":
        return unicodedata.normalize("NFKC", character)
    return " " if unicodedata.category(character) == "Zs" else character


# E-mail addresses.

_AT = re.compile(
    r"\s?@\s?|%40|\s?[\[({<]\s?(?:at|@)\s?[\])}>]\s?|(?<=\w)\(a\)(?=\w)|[ _-]at[ _-](?=[\w-]+ dot )"
    r"|(?<=[a-z0-9]) AT (?=[a-z0-9])",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{0,63}[\w+-]$")
_DOT = r"(?:\s?[\[({<]\s?(?:dot|\.)\s?[\])}>]\s?| dot | ?\. ?(?=\w))"
_LAST = r"(?P<last>[^\W\d_]{2,24}|xn--[\w-]+)(?![\w-])"
_DOMAIN = re.compile(rf"[\w-]+(?:{_DOT}[\w-]+){{0,6}}?{_DOT}{_LAST}", re.IGNORECASE)
_TIGHT_DOMAIN = re.compile(rf"[\w-]+(?:\.[\w-]+)*\.{_LAST}")
#: Endings of files, which are no domains: `logo@2x.png`.
_OF_FILES = frozenset(
    {"png", "jpg", "jpeg", "webp", "gif", "svg", "pdf", "html", "css", "js", "yml", "yaml", "md", "txt"}
)
#: Words before an `@` that means the place: "join us @ museum.org".
_WORDS = frozenset(
    {
        *("us", "me", "it", "here", "online", "more", "out", "now", "live", "today", "meet", "held", "is", "are", "be"),
        *("workshop", "event", "talk", "stories", "story", "photos", "tickets", "events", "news", "and", "or", "look"),
    }
)


_MAY_HOLD_AT = re.compile(r"[@%\[({<](?:(?<=@)|(?<=%)40|(?<=[\[({<])\s?(?:[aA][tT]?|@)\s?[\])}>])")


def _may_hold_email(text: str) -> bool:
    may_hold_at = any(sign in text for sign in "@%[({<") and _MAY_HOLD_AT.search(text) is not None
    return may_hold_at or " dot " in text or " AT " in text


def _find_emails(text: str) -> Iterator[tuple[int, int]]:
    if not _may_hold_email(text):
        return
    for at in _AT.finditer(text):
        spaced = at[0] == " @ "
        local = _LOCAL.search(text, max(0, at.start() - 65), at.start())
        if local is None or not re.search(r"\w", local[0]):
            continue
        tight = _TIGHT_DOMAIN.match(text, at.end())
        domain = tight or _DOMAIN.match(text, at.end())
        if domain is None or domain["last"].lower() in _OF_FILES:
            continue
        if at[0].strip() == "AT" and not local[0].islower():
            continue
        if at[0] in (" at ", "-at-", "_at_") and " dot " not in domain[0]:
            continue
        if spaced and local[0].lower() in _WORDS:
            continue
        yield local.start(), domain.end()


# Telephone numbers.

_BETWEEN = r"[ .\-\u2010-\u2015/()\n\u00b7]{0,3}"
_DIGITS = rf"\d(?:{_BETWEEN}\d){{6,}}"
_MAY_HOLD_PHONE = re.compile(_DIGITS)
_RUN = re.compile(rf"\(?\+?\(?{_DIGITS}")
_GROUP = re.compile(r"\d+")
_PHONE_WORD = re.compile(
    r"(?:\btel(?:ephone)?|phone|\bmob(?:ile)?|\bcell|\bcall(?: us| me| him| her| them)?(?: on)?"
    r"|\b(?:ring|text|dial)(?: us| me| him| her| them)?(?: on)?|whats ?app|\bsms|\bfax|\bff[o\u00f4]n)\b"
    r"(?: number| no| nr)?(?: is)?[ .:#=(\u2013-]{0,3}$",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"\b(?:grants?|awards?|ref(?:erence)?|catalogue|accession|inventory|objects?|items?|charit\w*|compan\w*|registered"
    r"|registration|vat|orders?|invoice|account|sort code|barcode|bib\w*|records?|shelf ?mark|call number|licen[cs]e"
    r"|patent|contract|project|tender|booking|ticket|asset|serial|model|uprn|urn|grid|scores?|results?|times?|rooms?"
    r"|count\w*|digits?|sequence|lottery|years?|cabinets?|boxes|box|shelf|shelves|drawers?|plates?)\b"
    r"(?: (?:numbers?|nos?|codes?|id|from|of|to))?[^\w\n]{0,3}$",
    re.IGNORECASE,
)
_NEVER = re.compile(r"\b(?:isbn|issn|doi|orcid|isni|ean|upc|isrc|rcin)(?:-1[03])?\b[^\d\n]{0,12}$", re.IGNORECASE)
_COUNTRIES = (
    "1|7|20|27|30|31|32|33|34|36|39|40|41|43|44|45|46|47|48|49|52|54|55|61|63|64|66|81|82|84|86|90|91|92|93|94|98"
    "|212|213|216|220|221|233|234|251|252|254|255|256|263|351|352|353|354|355|356|357|358|359|370|371|372|380|381|385"
    "|386|420|421|880|961|962|963|964|965|966|967|970|971|972|974|975"
)
_ABROAD = re.compile(rf"00(?:{_COUNTRIES})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTING = "01234567890123456789"
#: Groups of digits that are looked at from one on: one more than the digits of the longest number.
_MOST_GROUPS = 20


def _find_phones(text: str) -> Iterator[tuple[int, int]]:
    if _MAY_HOLD_PHONE.search(text) is None:
        return
    for run in _RUN.finditer(text):
        groups = [(match.start(), match[0]) for match in _GROUP.finditer(text, run.start(), run.end())]
        before = text[max(0, run.start() - 32) : run.start()]
        if _NEVER.search(before):
            continue
        labelled = bool(_PHONE_WORD.search(before))
        if not labelled and (re.search(r"[\w+./-]$", before) or "." in run[0][:2]):
            continue
        first = 0
        while first < len(groups):
            count = _count_groups(text, run.start(), groups, first, labelled and first == 0)
            if count and _ends(text, groups[first + count - 1]):
                start = run.start() if first == 0 else groups[first][0]
                chosen = [digits for __, digits in groups[first : first + count]]
                if labelled or first or not _OTHER_NUMBER.search(before) or _is_sure(text[start:], chosen):
                    yield start, groups[first + count - 1][0] + len(chosen[-1])
            first += count or 1


def _ends(text: str, group: tuple[int, str]) -> bool:
    """Whether a number may end behind a group: no letter follows it, but for that of an extension."""
    rest = text[group[0] + len(group[1]) :]
    return not re.match(r"[^\W\d_](?!\d{1,5}\b)|/[^\W\d]|[.,]\d", rest) or bool(re.match(r"(?:x|ext)", rest))


def _is_sure(text: str, groups: list[str]) -> bool:
    """Whether it is a telephone number whatever stands before it: a British mobile, or one with a country."""
    return text.lstrip("(").startswith("+") or (groups[0].startswith("07") and sum(map(len, groups)) == 11)


def _count_groups(text: str, start: int, groups: list[tuple[int, str]], first: int, labelled: bool) -> int:
    """How many groups of digits make a telephone number, from one of them on; 0 when they do not."""
    at, digits = groups[first]
    # With more groups there are more digits than any number has; a text of nothing but digits has thousands.
    rest = [other for __, other in groups[first : first + _MOST_GROUPS]]
    if text[max(start, at - 2) : at].strip("(") == "+":
        return _count_abroad(rest, 8)
    if digits.startswith("00"):
        joined = "".join(rest)
        if not _ABROAD.match(joined):
            return 0
        return _count_abroad(rest, 12 if len(digits) > 5 else 10)
    joined = "".join(rest)
    if digits.startswith("0"):
        national = _count_national(rest)
        if national or not labelled:
            return national
    if joined.startswith("447") and len(joined) == 12 and len(rest) <= 4:
        return len(rest)
    lengths = [len(other) for other in rest]
    written = lengths in ([3, 3, 4], [1, 3, 3, 4])
    dashed = written and re.search(r"[-.(\u2010-\u2015)]", text[start : groups[-1][0]])
    if dashed and rest[-3][0] not in "01" and rest[-2][0] not in "01":
        return len(rest) if lengths[0] == 3 or rest[0] == "1" else 0
    helpline = joined.startswith(("0800", "0808")) and len(joined) < 10
    if labelled and 7 <= len(joined) <= 15 and not helpline and not all(map(_YEAR.fullmatch, rest)):
        return len(rest)
    return 0


def _count_abroad(groups: list[str], least: int) -> int:
    if len(groups) > 2 and all(_YEAR.fullmatch(group) for group in groups[1:]):
        return 0
    if len(groups) > 2 and groups[-1] == groups[-2] == "000":
        return 0  # a number in thousands
    total = 0
    for count, group in enumerate(groups, 1):
        total += len(group)
        if total > 15:
            return count - 1 if total - len(group) >= least else 0
    return len(groups) if total >= least else 0


def _count_national(groups: list[str]) -> int:
    """How many groups make a number with a leading nought: ten or eleven digits, or nine as in Dublin."""
    best = 0
    total = 0
    for count, group in enumerate(groups, 1):
        total += len(group)
        if total > 11:
            break
        if total >= 9 and _is_national(groups[:count], total, len(groups)):
            best = count
    return best


def _is_national(groups: list[str], total: int, in_run: int) -> bool:
    digits, lengths = "".join(groups), [len(group) for group in groups]
    if digits[1] == "0" or digits in _COUNTING:
        return False
    if total == 9:
        return lengths in ([2, 3, 4], [2, 7])
    if len(groups) == 1:
        return digits[1] in "123789"
    if set(lengths) == {1}:
        return in_run == len(groups)
    if set(lengths) == {2}:
        return in_run == 5 and groups != sorted(groups)
    if lengths[:3] == [2, 2, 4] or (lengths[0] == 2 and all(map(_YEAR.fullmatch, groups[1:]))):
        return False  # a day and a month with a year, or a number with years
    if lengths == [4, 4, 2] or lengths[0] == 1:
        return lengths[:2] != [4, 4] and len(groups) == 2 + (lengths[1] == 1)
    return min(lengths[1:]) >= 3 or (lengths[0] >= 3 and min(lengths) >= 2)


# Postcodes of the United Kingdom.

_AREAS = (
    "AB|AL|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|BX|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|EC|EH|EN|EX|FK|FY"
    "|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|LA|LD|LE|LL|LN|LS|LU|ME|MK|ML|NE|NG|NN|NP|NR|NW|OL|OX"
    "|PA|PE|PH|PL|PO|PR|RG|RH|RM|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|WA|WC|WD|WF|WN|WR"
    "|WS|WV|YO|ZE|B|E|G|L|M|N|S|W"
)
_POSTCODE = re.compile(
    rf"(?<![\w/-])(?:GIR ?0AA|(?P<area>{_AREAS})(?P<district>[0-9][0-9A-HJKMNPR-Y]?)(?P<space>[ \n-]{{0,2}})"
    r"(?P<inward>[0-9][ABD-HJLNP-UW-Z]{2}))(?![\w-])",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"1ST|2ND|3RD|[0-9]TH", re.IGNORECASE)
_UNIT = re.compile(r"[0-9](?:ft|hr|gb|tb|lb|pt|qt|wt|ad)")
_BEFORE_NO_POSTCODE = re.compile(
    r"\b(?:rooms?|rm|lab|laboratory|galler(?:y|ies)|bay|case|shel(?:f|ves)|box|cabinet|drawer|floor|level|block|stand"
    r"|stall|seats?|row|table|zone|gate|platform|objects?|items?|catalogue|accession|ref(?:erence)?|paper|size|parts?"
    r"|model|version|grid|square|section|panel|slot|pages?|plates?|fig(?:ure)?|desk|locker|bus|route|junction|flight"
    r"|class|module)\b[ .:#]{0,3}$",
    re.IGNORECASE,
)
_AFTER_NO_POSTCODE = re.compile(
    r"[ -](?:paper|batter(?:y|ies)|sheets?|posters?|envelopes?|size|card|class)\b", re.IGNORECASE
)


_MAY_HOLD_POSTCODE = re.compile(r"[0-9][A-Za-z]{2}")


def _find_postcodes(text: str) -> Iterator[tuple[int, int]]:
    if _MAY_HOLD_POSTCODE.search(text) is None:
        return
    for match in _POSTCODE.finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        if _BEFORE_NO_POSTCODE.search(before) or _AFTER_NO_POSTCODE.match(text, match.end()):
            continue
        if match["area"] and not _is_postcode(match, text[match.end() : match.end() + 2]):
            continue
        yield match.span()


def _is_postcode(match: re.Match[str], after: str) -> bool:
    ordinal = bool(_ORDINAL.fullmatch(match["inward"]))
    if "-" in match["space"] and len(match["area"]) < 2:
        return False
    if match[0].isupper():
        return not (ordinal and re.match(r" \w", after))
    # In small letters, with a space in it and no doubt.
    written = match["inward"]
    if ordinal or _UNIT.fullmatch(written) or not match["space"]:
        return False
    return len(match["area"]) > 1 or (match["district"].isdigit() and len(match["district"]) > 1)


#: What stands in every telephone number, postcode and date: one pass over a text that has none of them.
_MAY_HOLD_NUMBER = re.compile(
    rf"[0-9](?:(?:{_BETWEEN}\d){{6}}|[a-z]{{2}}|(?: of)?[ ./-](?:\d{{1,2}}|[a-z]+),?[ ./-]\d\d|,? \d{{4}})",
    re.IGNORECASE,
)
#: For each rule its code, what finds it, and what it finds; those that look for numbers come last.
_RULES: tuple[tuple[str, Callable[[str], Iterator[tuple[int, int]]], str], ...] = (
    (rules.EMAIL_ADDRESS, _find_emails, _("the e-mail address")),
    (rules.PHONE_NUMBER, _find_phones, _("the telephone number")),
    (rules.POSTCODE, _find_postcodes, _("the postcode")),
    (rules.DATE_OF_BIRTH, find_births, _("the date of birth")),
)
