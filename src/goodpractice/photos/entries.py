"""Entries of a photo, added to texts that people wrote: lines are inserted, nothing else is touched."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.photo import DIGEST_FIELD

_PLAIN = re.compile(r"[A-Za-z][^\W_]*(?:[ /-][^\W_]+)*[.]?|\d{4}-\d\d-\d\d|[a-z0-9-]+\.(?:jpg|png|webp)")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_ITEM = re.compile(r"( *)-(?: |$)")
_SCHEMA = "# yaml-language-server: $schema=../../schemas/consent.schema.json\n"
_NOTICE = "# Who may be seen in each photo, and what they agreed to. This file is public: it names no person.\n"


class EntryError(ValueError):
    """The text is not in a form in which a line can be added; the message says what to do."""


def write_value(value: object) -> str:
    """A value as YAML: plain where that is safe, else between quotation marks."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(write_value(item) for item in value)}]"
    text = str(value)
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)


def add_photo(text: str, values: Mapping[str, Any]) -> str:
    """The text of a case study with one photo more at the end of its list.

    Args:
        text: The whole file, line ends as they are.
        values: Fields of the photo, `file` first.

    Raises:
        EntryError: The facts have no end, or the list is written in square brackets.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = re.split(r"(?<=\n)", text)
    fences = [number for number, line in enumerate(lines) if line.strip("\ufeff \t\r\n") == "---"]
    if len(fences) < 2 or "".join(lines[: fences[0]]).strip("\ufeff \t\r\n"):
        raise EntryError(_("its block of facts between two lines `---` cannot be found; mend it first"))
    start, end = fences[0], fences[1]
    at = next((number for number in range(start + 1, end) if re.match(r"photos\s*:", lines[number])), None)
    indent = "  "
    if at is None:
        new = [f"photos:{newline}"]
        after = end
    else:
        rest = re.sub(r"(^|\s)#.*", "", lines[at].split(":", 1)[1]).strip()
        new = []
        if rest in ("[]", "null", "~"):
            lines[at] = f"photos:{newline}"
        elif rest:
            raise EntryError(_("its list `photos` is written in brackets; write one entry a line, each with a hyphen"))
        after = at + 1
        for number in range(at + 1, end):
            item = _ITEM.match(lines[number])
            if not lines[number].strip() or lines[number].lstrip().startswith("#"):
                continue
            if not item and not lines[number].startswith((" ", "\t")):
                break
            if item and after == at + 1:
                indent = item[1]
            after = number + 1
    prefix = "- "
    for name, value in values.items():
        new.append(f"{indent}{prefix}{name}: {write_value(value)}{newline}")
        prefix = "  "
    return "".join([*lines[:after], *new, *lines[after:]])


def add_consent(text: str, file: str, values: Mapping[str, Any]) -> str:
    """The text of a ledger with one entry more at its end; an empty text begins a ledger."""
    newline = "\r\n" if "\r\n" in text else "\n"
    if not text.strip("\ufeff \t\r\n"):
        text = _SCHEMA + _NOTICE
    if not text.endswith("\n"):
        text += newline
    entry = "".join(f"  {name}: {write_value(value)}{newline}" for name, value in values.items())
    return f"{text}{file}:{newline}{entry}"


def add_digest(text: str, file: str, digest: str) -> str:
    """The text of a ledger whose entry of a photo says which picture it speaks of.

    Raises:
        EntryError: There is no such entry, or it is not in a form in which a line can be added.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = re.split(r"(?<=\n)", text)
    added = f"{DIGEST_FIELD}: {write_value(digest)}"
    begins = re.compile(rf"[\ufeff]?[\"']?{re.escape(file)}[\"']?\s*:(?P<rest>.*)", re.DOTALL)
    for number, line in enumerate(lines):
        found = begins.match(line)
        if found is None:
            continue
        rest = re.sub(r"(^|\s)#.*", "", found["rest"]).strip()
        if rest.startswith("{") and rest.endswith("}"):
            end = line.rindex("}")
            before = line[:end].rstrip()
            lines[number] = f"{before}{'' if before.endswith(('{', ',')) else ','} {added}{line[end:]}"
        elif not rest:
            if not line.endswith("\n"):
                lines[number] += newline
            following = next((other for other in lines[number + 1 :] if other.strip()), "")
            indent = following[: len(following) - len(following.lstrip(" "))] or "  "
            lines.insert(number + 1, f"{indent}{added}{newline}")
        else:
            break
        return "".join(lines)
    raise EntryError(_("the entry of `{file}` is not in a form to which a line can be added", file=file))
