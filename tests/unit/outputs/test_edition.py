"""The list of all files of a site: the same files make the same edition, edit by edit or from nothing."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodpractice.config.site_folders import EDITION_FOLDER
from goodpractice.outputs import edition
from goodpractice.outputs.edition import HEAD, DamagedEditionError, Listed, is_kept, make_edition, renew_edition
from tests.helpers.node import run_module

NAMES = st.sampled_from([f"{folder}/{name}" for folder in "abcdefgh" for name in ("index.html", "a.css", "x.pdf")])
FILES = st.dictionaries(NAMES, st.builds(Listed, st.integers(0, 9), st.sampled_from(["00", "11"])))


@given(before=FILES, after=FILES)
def test_a_renewed_list_is_one_made_from_nothing(before: dict[str, Listed], after: dict[str, Listed]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edition, "PART_SIZE", 4)
        old, wanted = make_edition(before), make_edition(after)
        changed = {
            name: after.get(name) for name in before.keys() | after.keys() if before.get(name) != after.get(name)
        }
        try:
            renewed = renew_edition(changed, old.__getitem__)
        except DamagedEditionError:
            assert len(old) != len(wanted), "only another number of parts asks for a new list"
        else:
            assert {**old, **renewed} == wanted
            assert len(renewed) <= 1 + len(changed)
    names = " ".join(text.decode() for name, text in wanted.items() if name != HEAD)
    assert {name for name in after if f" {name}\n" in names} == {name for name in after if is_kept(name)}


def test_the_head_names_what_lies_beside_it_and_a_damaged_part_is_noticed() -> None:
    files = make_edition({"index.html": Listed(2, "11"), "assets/search/index.bin": Listed(3, "22")})
    head = json.loads(files[HEAD])
    part = files[f"{EDITION_FOLDER}/0.txt"]
    assert part == b"22 3 assets/search/index.bin\n11 2 index.html\n"
    assert head["parts"] == [[sha256(part).hexdigest()[:32], 2, 5]]
    damaged = {**files, f"{EDITION_FOLDER}/0.txt": part + b"33 1 more.css\n"}
    with pytest.raises(DamagedEditionError):
        renew_edition({"a/index.html": Listed(1, "44")}, damaged.__getitem__)
    with pytest.raises(DamagedEditionError):
        renew_edition({"a/index.html": Listed(1, "44")}, {**files, HEAD: b"[]"}.__getitem__)


ADDRESSES = [
    *("index.html", "a/index.html", "a/b.css", "assets/x.woff2", "photos/a.webp", "assets/search/0/ab.bin"),
    *("assets/search/facets.json", "assets/words/a.txt", "a/b.pdf", "offline/offline.zip", "a/index.md", "feed.xml"),
    *("service-worker.js", "404.html", "data/cases.json", "assets/offline/edition.json", "a/b.docx", "calendar.ics"),
    "assets/photos/ab-640.webp",
]

#: Status, type, and whether another address answered.
ANSWERS = [
    *((200, "basic", False), (200, "basic", True), (404, "basic", False)),
    *((0, "opaque", False), (206, "basic", False), (200, "cors", False)),
]
RULES = """
import { keyOf, isWhole, listObsolete, nameCopy, orderCopies } from "SCRIPTS:offline-rules.js";
export default ({ addresses, hrefs, answers, scope }) => {
  const copy = (name, seen, whole) => ({ name, seen, whole });
  const pages = [copy("old", 1, false), copy("read", 3, false), copy("new", 4, false)];
  const copies = [copy("all", 3, true), copy("older", 0, true), ...pages];
  return {
    kept: addresses.map((path) => keyOf(scope + path, scope) !== null),
    keys: hrefs.map((href) => keyOf(href, scope)),
    order: orderCopies(copies).map(({ name }) => name),
    obsolete: listObsolete(copies).map(({ name }) => name),
    whole: answers.map(([status, type, redirected]) => isWhole({ status, type, redirected })),
    name: nameCopy(scope, "all", "ab"),
  };
};
"""


def test_the_rules_of_copies() -> None:
    scope = "https://example.org/site/"
    hrefs = {
        "": scope,
        "a/?q=1#x": f"{scope}a/",
        "a/index.html": f"{scope}a/",
        "a": f"{scope}a",
        "https://example.org/other/": None,
        "https://example.org/site2/": None,
        "https://elsewhere.org/site/": None,
        "data:text/html,x": None,
        "../site/../": None,
        "%2e%2e/other/": None,
    }
    given_: dict[str, Any] = {"addresses": ADDRESSES, "hrefs": list(hrefs), "answers": ANSWERS, "scope": scope}
    told = run_module(RULES, given_)
    assert told["kept"] == [is_kept(name) for name in ADDRESSES], "the list and the scripts agree"
    assert dict(zip(hrefs, told["keys"], strict=True)) == hrefs
    assert told["order"] == ["new", "all", "read", "old", "older"]
    assert told["obsolete"] == ["older", "old"]
    assert told["whole"] == [True, False, False, False, False, False]
    assert told["name"] == "goodpractice https://example.org/site/ all ab"
