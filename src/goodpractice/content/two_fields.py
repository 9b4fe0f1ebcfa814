"""Several fields in one line, where each has a line of its own: one more rule of `slips`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from goodpractice.content.fields import Form
from goodpractice.content.slips import Slip
from goodpractice.content.written_values import FIELD, MOST_SHOWN, indent, quote, show, unwrap
from goodpractice.i18n.messages import gettext_lazy as _

_TWO_FIELDS = _("two fields stand in one line")


def find_two_fields(lines: list[str], at: int, form: Form) -> Iterator[Slip]:
    """Several fields of one entry or group in one line: `- partner: techniquest, role: host`."""
    line = lines[at].rstrip()
    first = FIELD.fullmatch(line)
    if first is None or not first["text"]:
        return
    key, text = first["key"].strip(), first["text"]
    named = re.match(r"([a-z_]+):\s*(.*)", text)
    group = form.groups.get(key) if named else None
    if group and named and named[1] in group:
        step = first["indent"] + "  "
        values = _split_fields(named[1], named[2], group)
        mended = f"{first['indent']}{key}: {{{', '.join(f'{name}: {quote(value)}' for name, value in values)}}}"
        below = [f"{step}{name}: {quote(value)}" for name, value in values]
        hint = _say_below(f"{first['indent']}{key}:", below)
        yield Slip(at, first.start("text") + 1, _TWO_FIELDS, hint, ((at, mended),))
        return
    for names in (*form.entries.values(), *form.groups.values()):
        values = _split_fields(key, text, names) if key in names else []
        if len(values) > 1:
            begin = first["indent"] + first["dash"]
            inside = ", ".join(f"{name}: {quote(value)}" for name, value in values)
            written = [f"{name}: {quote(value)}" for name, value in values]
            below = [f"{' ' * len(begin)}{line}" for line in written[1:]]
            mended = f"{begin}{{{inside}}}" if first["dash"] else f"{begin}{written[0]}"
            column = line.find(f"{values[1][0]}:") + 1
            yield Slip(at, column, _TWO_FIELDS, _say_below(f"{begin}{written[0]}", below), ((at, mended),))
            return


def _split_fields(key: str, text: str, names: Collection[str]) -> list[tuple[str, str]]:
    """Fields and values of a line that begins with a field, as far as its names are known."""
    others = "|".join(map(re.escape, sorted(names)))
    parts = re.split(rf"\s*[,;]?\s+({others}):\s+", text)
    if len(parts) > 2 * len(names):
        return []
    fields = dict(zip([key, *parts[1::2]], parts[0::2], strict=True))
    return [(name, unwrap(value)) for name, value in fields.items()]


def _say_below(first: str, below: list[str]) -> str:
    lines = f"`{show(first) if len(first) > MOST_SHOWN else first}`"
    for line in below:
        lines = _("{above}, and below it {below}", above=lines, below=f"`{indent(line)}`")
    return _("Write {lines}.", lines=lines)
