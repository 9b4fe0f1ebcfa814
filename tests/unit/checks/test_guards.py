"""A quick look at a whole text lets nothing pass that the rules behind it would find."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goodpractice.checks import births, contacts, markdown_slips, table_slips
from goodpractice.checks.contacts import list_contacts
from goodpractice.checks.markdown_slips import check_slips
from goodpractice.content.document import Document

ANYTHING = re.compile("")
CONTACTS = (
    *(
        "jane",
        "@",
        " @ ",
        "%40",
        "[at]",
        "(a)",
        " AT ",
        "example",
        ".",
        " dot ",
        "org",
        "tel ",
        "0",
        "7700",
        "900",
        "123",
    ),
    *(" ", "-", "\u2010", "\n", "LL57", "2DG", "gir 0aa", "born on ", "d.o.b. ", "n\u00e9e le ", "3rd of May 2014"),
    *("12/5/99", "2014-05-03", "May 3, 2014", "1 ", "ii", "\u0663"),
)
SLIPS = (
    "a",
    " ",
    "    ",
    "\t",
    "\n",
    "\u2022 ",
    "-b",
    "- b",
    "12.b",
    "*b",
    "\u2013 ",
    "##B",
    "# ",
    "](",
    "] (c.md)",
    "[",
    ")[",
    "===",
    "---",
)


def _join(pieces: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=20).map("".join)


@example("call 0 7 7 0 0 9 0 0 1 2 3")
@example("at ll57 2dg")
@example("born on May 3, 2014")
@example("born 3rd of May 2014")
@example("born 2014-05-03")
@example("born 3 of May 2014")
@example("jane[at]example.org")
@given(_join(CONTACTS))
def test_contacts(text: str) -> None:
    with (
        patch.object(contacts, "_MAY_HOLD_NUMBER", ANYTHING),
        patch.object(contacts, "_may_hold_email", lambda text: True),
        patch.object(contacts, "_MAY_HOLD_PHONE", ANYTHING),
        patch.object(contacts, "_MAY_HOLD_POSTCODE", ANYTHING),
        patch.object(births, "_BORN", ("",)),
    ):
        thorough = list(list_contacts(f"{text} \u00e9"))
    assert list(list_contacts(f"{text} \u00e9")) == thorough


LINES = ["\u2022 milk\n\u2022 tea", "a:\n-milk", "a:\n*milk", "a:\n12.milk", "\u2013 a\n\u2013 b", "##About"]
LINES += [
    "(a)[https://b.org]",
    "[a] (b.md)",
    "A line\n===",
    "A line.\n---",
    "\tset in by a tab it is",
    "    set in, four words",
]


@pytest.mark.parametrize("text", LINES)
def test_each_slip_is_found(text: str) -> None:
    assert list(check_slips(Document("a.md", text)))


@given(_join(SLIPS))
def test_slips(text: str) -> None:
    document = Document("a.md", text)
    with patch.object(markdown_slips, "_MAY_SLIP", ANYTHING), patch.object(markdown_slips, "_MAY_BE_BLOCK", ANYTHING):
        thorough = list(check_slips(document))
    assert list(check_slips(document)) == thorough


@given(st.text("ab1 \u0663\uff11\uff20\u2003\xad\u200b\ufeff\u00e9\u2024", max_size=12))
def test_a_text_is_folded_character_by_character(text: str) -> None:
    kept = [at for at, character in enumerate(text) if character not in contacts._UNSEEN]
    plain, places = contacts._fold(text)
    assert plain == "".join(contacts._plain(text[at]) for at in kept)
    assert places == kept or (not places and kept == list(range(len(text))))


ROWS = (
    "a",
    " ",
    "\n",
    "\n\n",
    "|",
    "| a | b |\n",
    "|--|\n",
    "\t",
    "+",
    "--",
    "==",
    "+--+\n",
    "a\tb\n",
    ",",
    ";",
    '"',
    "1,000",
    "c,d,e\n",
)


@example("+==+\n+==+")
@example("a\n\n| a | b |\n| c | d |\n\nb")
@example("a,,b\nc,,d")
@example("a,b, \nc,d, ")
@given(_join(ROWS))
def test_rows(text: str) -> None:
    document = Document("a.md", text)
    with (
        patch.object(markdown_slips, "may_hold_rows", lambda body: True),
        patch.object(table_slips, "may_hold_rows", lambda body: True),
    ):
        thorough = list(check_slips(document))
    assert list(check_slips(document)) == thorough
