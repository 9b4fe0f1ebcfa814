"""Values as people write them, and as they should be written: for the loader and for hints."""

from __future__ import annotations

import re

from goodpractice.content.addresses import MARKDOWN_LINK
from goodpractice.content.fields import Form, split_ids

#: Longer corrections are not printed: a cut one would be copied with its mistake.
MOST_SHOWN = 120
#: Characters of a list in one line.
_LONGEST_LIST = 3_000
#: Layers of marks around a text.
_MOST_LAYERS = 4
SMART_QUOTES = "“”„‟‘’«»\u2039\u203a"
#: Every mark that people put around a text.
MARKS = "\"'`\u00b4" + SMART_QUOTES
CLOSING = "\"'`\u00b4“”‘’»\u203a"
FIELD = re.compile(r"(?P<indent> *)(?P<dash>(?:- +)*)(?P<key>[^\W\d][\w ]*):(?: +(?P<text>\S.*))?")
#: A remark behind a whole value, as the form has some.
_REMARK = re.compile(r"""^("[^"]*"|'[^']*'|\[[^\]]*\])\s+#.*$""")
_BULLET = re.compile(r"\s*(?:[-*+•·●▪◦‣–—]|\d{1,2}[.)](?!\d))?\s*(?P<text>.*)")
_BRACKETS = "[](){}<>"


def show(line: str) -> str:
    """A line for a hint: a text that is too long to show whole becomes three dots."""
    if len(line.strip()) <= MOST_SHOWN:
        return line.strip()
    field = FIELD.fullmatch(line)
    return f'{field["dash"]}{field["key"]}: "…"' if field else f"{line.strip()[:MOST_SHOWN]}…"


def indent(line: str) -> str:
    """A line for a hint about the spaces at its start."""
    field = FIELD.fullmatch(line)
    if field is None or len(line) <= MOST_SHOWN:
        return line
    return f'{field["indent"]}{field["dash"]}{field["key"]}: "…"'


def quote(text: str) -> str:
    """A text between quotation marks, as it can stand in a file; marks inside become single ones."""
    return '"' + text.replace("\\", "/").replace('"', "'") + '"'


def unwrap(text: str) -> str:
    """A text without the marks, commas and signs of emphasis that people leave around it."""
    text = text.strip().rstrip(",;").strip()
    for sign in ("**", "__", "*", "_", "`"):
        if len(text) > 2 * len(sign) and text.startswith(sign) and text.endswith(sign):
            text = text[len(sign) : -len(sign)].strip()
    for __ in range(_MOST_LAYERS):
        if len(text) < 2 or text[0] not in MARKS or not (text[-1] in CLOSING or text.count(text[0]) == 1):
            break
        inner = text[1:-1] if text[-1] in CLOSING else text[1:]
        if text[0] == '"' and text[-1] == text[0] and '"' in inner and inner.count('"') % 2 == 0:
            inner = inner.replace('"', "'")
        text = inner.strip()
    if text and text[-1] in '"”„“' and text[:-1].count('"') % 2 == 0 and not set(text[:-1]) & set("“„"):
        text = text[:-1].strip()
    return text.strip('"`“„') if text in MARKS else text


def strip_stray(text: str) -> str:
    """A text without a quotation mark that has no partner, or a comma, at one of its ends."""
    text = text.strip()
    plain = text.rstrip(",;").rstrip()
    if plain.endswith('""'):
        plain = plain[:-2].rstrip()
    if plain[-1:] == '"' and plain.count('"') % 2:
        plain = plain[:-1].rstrip()
    if plain[-1:] in ("”", "“", "„") and not set(plain[:-1]) & set("“„‟"):
        plain = plain[:-1].rstrip()
    if plain[:1] in ("“", "”", "„", "‟", "«") and not set(plain[1:]) & set("“”»"):
        plain = plain[1:].lstrip().rstrip('"')
    return plain or text


def split_entries(text: str, of_ids: bool) -> list[str]:
    """The entries of a list that was written in some other way; a text of many pages is no list."""
    if len(text) > _LONGEST_LIST:
        return [text]
    if of_ids:
        text = text.replace("\n", " , ") if "://" in text else re.sub(r"[\n/]", " , ", text)
        text = re.sub(r"[\[\](){}\"`“”„‟‘’«»]|(?<!\w)'|'(?!\w)", " , ", text)
        parts = [part for piece in split_ids(text) for part in _split_ids(piece)]
    elif "://" in text or "www." in text:
        text = MARKDOWN_LINK.sub(r" \1 ", text)
        parts = re.split(r"[\s\"“”]+|,\s", text)
    else:
        parts = re.split(r"\"(?:\s*[,;])?\s*\"|[,;\n]\s*", text)
    found = [_BULLET.fullmatch(part.strip(" \t,;\"'“”‘’`" + _BRACKETS)) for part in parts]
    return [match["text"].strip(" ,;\"'“”‘’`") for match in found if match and match["text"].strip(" ,;\"'“”‘’`")]


def _split_ids(text: str) -> list[str]:
    """Several ids with nothing but spaces between them; a name of several words is one."""
    words = text.split()
    several = len(words) > 1 and all(re.fullmatch(r"-?[a-z0-9]+(?:-[a-z0-9]+)+|-[a-z0-9]+", word) for word in words)
    return words if several else [text]


def write_list(key: str, entries: list[str]) -> str:
    """A list in one line, in which each entry stands once."""
    return f"{key}: [{', '.join(map(quote, dict.fromkeys(entries)))}]"


def write_value(before: str, key: str, text: str, form: Form) -> str:
    """A line with a value as it can be read, whatever stood there."""
    text = _REMARK.sub(r"\1", text)
    if not text:
        return f"{before}{key}:"
    if key in form.lists:
        if re.fullmatch(r'\[(?:"[^"]*"(?:, *(?=")|(?=\])))*\]', text):
            return f"{before}{key}: {text}"
        return before + write_list(key, split_entries(text, key in form.ids))
    plain = unwrap(text)
    if key not in form.texts:  # a year, a day or an id is no sentence
        plain = plain.rstrip(". ")
    return f"{before}{key}: {quote(plain)}"
