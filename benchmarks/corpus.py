"""A large project for measurements: the repository's own content, and synthetic case studies beside it.

The same number and seed give the same bytes. Everything synthetic says so in
its title, names no real organisation, and links to `example.org` only.
"""

from __future__ import annotations

import argparse
import itertools
import random
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).resolve().parents[1]
#: What is not part of a project: everything else of the repository may be linked to.
NOT_COPIED = frozenset({"site", "dist", "src", "tests", "benchmarks"})
CHAPTERS = 30
PARTNERS = 60
SEED = 20261121

_TEXT = (
    "a about after again all along also and another answers any around as ask at away back bag basket be because "
    "bench before began beside best better between big board both bowl box bread bridge bring bucket build but "
    "button by café cake came can card careful chair chalk change children choose circle clay clear close cloth "
    "coat cold come cook corner count cup cut day decide did different do door down draw dry each early easy egg "
    "eight end enough evening every everybody family far fast few field fifteen fill find first five floor flour "
    "fold food foot for four free friend from full game garden gave girl give glass glue go good got grass great "
    "green group grow had half hall hand happy hard has have hear heavy help her here high him his hold home hour "
    "house how idea if in inside into is it jar joy jump just keep kettle key kind kitchen knew know ladder lamp "
    "large last late later laugh leaf learn leave left lend less let letter light like line list listen little long "
    "look lot loud low lunch made make many map mark market may me measure meet meeting mend milk mix moon more "
    "morning most move much music must my name near need neighbour never new next nice night no not note nothing "
    "notice now number of off often oil old on once one only open or other our out outside over own page paint pair "
    "paper parent park part pass path pen people piece place plan plant plate play please point pool pot pour price "
    "pull push put question quick quiet quite rain read ready red rest rice right ring river road roof room root "
    "rope round row rule run sand saw say school seat second see seed send seven shade share sheet shelf shop short "
    "should show side sign sit six size skin sky slow small snow so soap soft some song soon soup south space spoon "
    "spring square stair stand star start stay step stick still stone stop story street string strong such sugar "
    "summer sun sure table take talk tall tea tell ten than that the their them then there they thing think this "
    "three through tie time to today together told too took top touch town tree try turn twelve twenty two under "
    "until up us use very visit voice wait walk wall want warm was wash watch water way we week well went were wet "
    "what wheel when where which while white who why wide will wind window wish with without wood word work write "
    "year yellow yes yet you young your "
)
_SYLLABLES = [
    "ba",
    "be",
    "bo",
    "da",
    "de",
    "do",
    "fa",
    "fe",
    "ga",
    "go",
    "ha",
    "ka",
    "ke",
    "la",
    "le",
    "lo",
    "ma",
    "me",
    "mo",
    "na",
    "ne",
    "no",
    "pa",
    "pe",
    "ra",
    "re",
    "ro",
    "sa",
    "se",
    "ta",
    "te",
    "to",
]
#: Different words of the corpus. The word of rank r is drawn with a chance of 1/r, as in real texts (Zipf): most words
#: of a text are common, and most words of a collection are rare.
_VOCABULARY = 60_000


def _make_word(number: int) -> str:
    """A word that nobody has written, for a rank that no real one has."""
    number += len(_SYLLABLES) ** 2
    letters = ""
    while number:
        number, rest = divmod(number, len(_SYLLABLES))
        letters += _SYLLABLES[rest]
    return letters


_REAL = tuple(dict.fromkeys(["the", "and", "of", "to", "a", "in", "we", "was", "for", "with", *_TEXT.split()]))
_WORDS = (*_REAL, *map(_make_word, range(_VOCABULARY - len(_REAL))))
_CHANCES = tuple(itertools.accumulate(1 / rank for rank in range(1, _VOCABULARY + 1)))
_THINGS = ("paper bridges", "a kettle lid", "seed jars", "shadow maps", "soap films", "string music", "clay rivers")
_PLACES = ("the hall", "the garden", "the library", "the market", "the kitchen", "the school yard", "the bus")


def write_corpus(folder: Path, n: int, seed: int = SEED, repository: Path = REPOSITORY) -> None:
    """Write a project with n synthetic case studies.

    Args:
        folder: A folder that is empty or not there.
        n: Number of synthetic case studies; those of the repository come on top.
        seed: Another seed gives another corpus of the same kind.
        repository: Where real pages, settings and templates are copied from.
    """
    copy_project(repository, folder)
    # A site of this size would do without, as the setting says; the others make no such files either.
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("    markdown_pages: true\n", ""), encoding="utf-8")
    # The others build one language only, and so does everybody here.
    for translation in [*(folder / "handbook").glob("*.*.md"), *(folder / "docs").rglob("*.*.md")]:
        translation.unlink()
    draw = random.Random(seed)
    ids = _Ids(folder)
    for number in range(len(ids.chapters) + 1, CHAPTERS + 1):
        name = f"benchmark-chapter-{number}"
        (folder / "handbook" / f"{name}.md").write_text(_chapter(draw, ids, number), encoding="utf-8")
        ids.chapters.append(name)
    partners = folder / "partners.yml"
    head, mark, tail = partners.read_text(encoding="utf-8").partition("\nnetworks:\n")
    partners.write_text(f"{head.rstrip()}\n{''.join(_partners(draw, ids))}{mark}{tail}", encoding="utf-8")
    width = len(str(max(n, 1)))
    names = [f"benchmark-{number:0{width}d}" for number in range(1, n + 1)]
    for number, name in enumerate(names):
        other = names[draw.randrange(n)]
        text = case_study(draw, ids, number + 1, other)
        (folder / "case_studies" / f"{name}.md").write_text(text, encoding="utf-8")


def add_story(folder: Path, number: int) -> None:
    """Write one more synthetic case study of about 600 words into a corpus, in words of its own."""
    draw = random.Random(SEED + number)
    name = f"benchmark-new-{number}"
    text = case_study(draw, _Ids(folder), number, name)
    (folder / "case_studies" / f"{name}.md").write_text(text, encoding="utf-8")


def copy_project(repository: Path, folder: Path) -> None:
    """Copy a project without its code, tests, caches and site."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in repository.iterdir():
        if source.name in NOT_COPIED or source.name.startswith("."):
            continue
        if source.is_dir():
            shutil.copytree(source, folder / source.name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / source.name)


class _Ids:
    """Ids that synthetic texts may refer to."""

    def __init__(self, folder: Path) -> None:
        def ids(path: str, key: str) -> list[str]:
            entries: list[dict[str, Any]] = yaml.load(
                (folder / path).read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            )[key]
            return [str(entry["id"]) for entry in entries]

        self.themes = ids("data/themes.yml", "themes")
        self.programmes = ids("data/programmes.yml", "programmes")
        self.audiences = ids("data/vocabularies.yml", "audiences")
        self.settings = ids("data/vocabularies.yml", "settings")
        self.kinds = ids("data/vocabularies.yml", "partner_kinds")
        self.chapters = sorted(file.stem for file in (folder / "handbook").glob("*.md") if file.stem != "README")
        self.partners = [f"benchmark-partner-{number:02d}" for number in range(1, PARTNERS + 1)]


def case_study(draw: random.Random, ids: _Ids, number: int, other: str) -> str:
    """The file of a synthetic case study.

    Args:
        draw: Where chance comes from.
        ids: What it may refer to.
        number: Its number, which its title says.
        other: Id of the case study that it mentions and links to.
    """
    thing, place = draw.choice(_THINGS), draw.choice(_PLACES)
    partners = draw.sample(ids.partners, draw.randint(1, 3))
    themes = draw.sample(ids.themes, draw.randint(1, 3))
    audiences = draw.sample(ids.audiences, draw.randint(1, 2))
    chapters = draw.sample(ids.chapters, 2)
    programme = f"programme: {draw.choice(ids.programmes)}\n" if draw.random() < 0.3 else ""
    involved = "".join(f"  - partner: {name}\n    role: {_sentence(draw, 5)[:-1]}\n" for name in partners)
    facts = f"""---
title: "Benchmark case {number}: {thing} in {place}"
summary: Synthetic text for measurements. {_sentence(draw, 14)}
partners:
{involved}place: Benchmark town {draw.randint(1, 200)}
region: England
country: United Kingdom
year: {draw.randint(1990, 2026)}
themes: [{", ".join(themes)}]
sources:
  - https://example.org/benchmark/{number}
{programme}audiences: [{", ".join(audiences)}]
setting: {draw.choice(ids.settings)}
how_contact_began: {_sentence(draw, 8)}
written_on: 2026-11-21
---
"""
    rows = "".join(f"| {_sentence(draw, 2)[:-1]} | {draw.randint(2, 400)} |\n" for _ in range(4))
    items = "".join(f"- **{_sentence(draw, 3)}** {_sentence(draw, 12)}\n" for _ in range(4))
    return (
        f"{facts}> [!TIP]\n> {_sentence(draw, 12)} {_sentence(draw, 9)}\n\n"
        f"## What happened\n\n{_paragraphs(draw, 110)}\n"
        f"### Before the first day\n\n{_paragraphs(draw, 70)}\n"
        f"| What | Figure |\n| --- | --- |\n{rows}\n"
        f"### In the room\n\n{_paragraphs(draw, 70)}\n"
        f"> **[{thing.capitalize()}]({other}.md)**: another case study. {_sentence(draw, 14)}\n\n"
        f"## What we learned\n\n{items}\n{_paragraphs(draw, 60)}\n"
        f"## What we would change\n\n{_paragraphs(draw, 60)}\n"
        f"Read on: [a chapter](../handbook/{chapters[0]}.md), [one more](../handbook/{chapters[1]}.md) "
        f"and [all partners](../partners.yml).\n"
    )


def _chapter(draw: random.Random, ids: _Ids, number: int) -> str:
    card = draw.choice(ids.chapters)
    return (
        f'---\ntitle: "Benchmark chapter {number}"\norder: {number}\n'
        f"summary: Synthetic text for measurements. {_sentence(draw, 10)}\n"
        f"themes: [{', '.join(draw.sample(ids.themes, 2))}]\naudience: practitioners\nowner: editors\n"
        "written_on: 2026-11-21\nreview_in: 12 months\n"
        f"sources:\n  - https://example.org/benchmark/chapter/{number}\n---\n"
        f"{_paragraphs(draw, 60)}\n## In short\n\n"
        + "".join(f"- {_sentence(draw, 9)}\n" for _ in range(5))
        + "".join(f"\n## {_sentence(draw, 4)[:-1]}\n\n{_paragraphs(draw, 160)}" for _ in range(5))
        + f'\n{{{{ chapter("{card}") }}}}\n'
    )


def _partners(draw: random.Random, ids: _Ids) -> Iterator[str]:
    for number, name in enumerate(ids.partners, start=1):
        yield (
            f"\n  - id: {name}\n    name: Benchmark partner {number}\n    kind: {draw.choice(ids.kinds)}\n"
            f"    town: Benchmark town {number}\n    region: England\n    country: United Kingdom\n"
            f"    lat: {draw.uniform(50.8, 54.8):.2f}\n    lon: {draw.uniform(-2.8, 0.2):.2f}\n"
            f"    about: Synthetic text for measurements. {_sentence(draw, 14)}\n"
            f"    sources:\n      - https://example.org/benchmark/partner/{number}\n"
        )


def _sentence(draw: random.Random, words: int) -> str:
    return f"{' '.join(draw.choices(_WORDS, cum_weights=_CHANCES, k=words)).capitalize()}."


def _paragraphs(draw: random.Random, words: int) -> str:
    """About so many words in sentences of 6 to 18 words, four to a paragraph."""
    sentences = []
    while words > 0:
        length = draw.randint(6, 18)
        sentences.append(_sentence(draw, length))
        words -= length
    return "".join(f"{' '.join(part)}\n\n" for part in _batches(sentences, 4))


def _batches(entries: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    rest = iter(entries)
    while part := list(itertools.islice(rest, size)):
        yield part


def main() -> None:
    """Write a corpus from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("n", type=int)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    write_corpus(options.folder, options.n, options.seed)


if __name__ == "__main__":
    main()
