"""Catalogues in the form that gettext reads."""

from __future__ import annotations

import datetime
import io

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

#: Stands in the place of dates that would differ from day to day.
DAY = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
#: What stands for the name of a translator when nobody has approved anything.
_NOBODY = ("", "machine", "full name <email@address>")


def compile_catalogue(text: str, *, unreviewed: bool = False) -> bytes | None:
    """The words of a catalogue, compiled; nothing when there are none.

    Args:
        text: The catalogue (`.po`).
        unreviewed: Whether words count that nobody has approved. A person has approved a word when the header names
            who last did, and the entry is not fuzzy.
    """
    catalog = read_po(io.StringIO(text))
    catalog.creation_date = catalog.revision_date = DAY
    named = str(catalog.last_translator).casefold() not in _NOBODY
    for message in [message for message in catalog if message.id]:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if not all(texts) or not (unreviewed or (named and not message.fuzzy)):
            catalog.delete(message.id, message.context)
    stream = io.BytesIO()
    write_mo(stream, catalog, use_fuzzy=True)
    return stream.getvalue() if len(catalog) else None
