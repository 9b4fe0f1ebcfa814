"""Twenty searches in the window, by whatever hand, while the line breaks and the site is published anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Protocol

from goodpractice.config.site_folders import SEARCH_FOLDER

#: What somebody writes, and where one of the first three results leads.
SEARCHES = (
    ("techniquest", "partners/techniquest/"),
    ("who gets paid", "handbook/equity-in-funding/"),
    ("Glyndŵr", "partners/xplore/"),
    ("euan's guide", "partners/euans-guide/"),
    ("young carers", "young-carers"),
    ("food", "handbook/welcome-and-logistics/"),
    ("evalution", "handbook/evaluation/"),
    ("first meeting with a community group", "handbook/"),
    ("wellcome", "partners/wellcome/"),
    ("hard to reach", "glossary/#hard-to-reach"),
    ("science center", "science-centre"),
    ("trust", "handbook/time-and-trust/"),
    ("jodrell", "partners/jodrell-bank/"),
    ("equity compass", "equity-compass"),
    ("planetarium", "case-studies/"),
    ("more than words", "partners/more-than-words/"),
    ("the person who ran it has left", "handbook/"),
    ("ecsite", "networks/ecsite/"),
    ("consent", "handbook/keep-people-safe/"),
    ("superpow", "superpowers/"),
)
#: What the status says was searched for, where it is another word.
PUT_RIGHT = {"evalution": "evaluation"}
#: Before these searches the line breaks, the site is published anew, and a result is followed.
BREAK, PUBLICATION, FOLLOWED = 6, 13, (3, 9, 16)


class Hand(Protocol):
    """What somebody does and sees."""

    def open(self) -> None:
        """Open the window of the search, if it is not open."""

    def write(self, text: str) -> None:
        """Write into the field in the place of what stands there."""

    def wait_for(self, text: str) -> None:
        """Wait until the status says it."""

    def list_results(self) -> list[str]:
        """Where the results lead."""

    def follow(self) -> str:
        """Follow the first result; gives the address."""

    def go_back(self) -> None:
        """Go back to the page before."""


def search_twenty_times(hand: Hand, site: Path) -> None:
    """Search, and break and publish the site meanwhile."""
    search, away = site / SEARCH_FOLDER, site / "away"
    hand.open()
    for number, (words, wanted) in enumerate(SEARCHES):
        if number == BREAK:
            search.rename(away)
            # So far nobody has asked for a word that begins so.
            hand.write("xylophone")
            hand.wait_for("could not be loaded")
            away.rename(search)
        if number == PUBLICATION:
            publish_anew(search)
        hand.open()
        hand.write(words)
        said = f"“{PUT_RIGHT.get(words, words)}”"
        hand.wait_for(said)
        found = hand.list_results()
        assert any(wanted in address for address in found[:3]), f"{words}: {found}"
        if number in FOLLOWED:
            assert hand.follow() in found[0]
            hand.go_back()
            hand.wait_for(said)
            assert hand.list_results() == found


def publish_anew(search: Path) -> None:
    """As after a change to every page: no file of the index that was loaded before is there any more."""
    head = json.loads((search / "index.json").read_text(encoding="utf-8"))
    for part in head["lists"]:
        if isinstance(part[1], str):
            part[1] = json.loads((search / f"lists/{part[1]}.json").read_text(encoding="utf-8"))
        for shard in part[1]:
            (search / f"shards/{shard[1]}.bin").rename(search / f"shards/{shard[1]}0.bin")
            shard[1] += "0"
    (search / "index.json").write_text(json.dumps({**head, "sign": f"{head['sign']}0"}), encoding="utf-8")
