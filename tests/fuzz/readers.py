"""Where a nasty text is read: every file that a stranger may send, in a copy of the small project."""

from __future__ import annotations

import contextlib
import io
import random
import shutil
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from tests.fuzz.shapes import MARKDOWN, YAML, change_text, make_text

PROJECT = Path(__file__).parents[1] / "golden" / "project"
REPOSITORY = Path(__file__).parents[2]
_SIZES = (300, 3_000, 20_000, 60_000, 60_000)
_FACTS = """\
title: A new story
summary: Somebody tells what happened.
partners:
  - partner: hill-museum
    role: Museum
place: Uphill
year: 2021
themes: [trust]
partner_approved_on: 2022-01-31
"""
_BODY = "## What happened\n\nPeople met.\n\n## What we learned\n\nMeet again.\n"
_LEDGER = "tent.jpg:\n  people: adults\n  consent_given_on: 2024-01-01\n  kept_by: hill-museum\n  scope: [website]\n"
_PHOTOS = "photos:\n  - file: tent.jpg\n    alt: A tent in a park\n"

Reader = Callable[[random.Random, Path], None]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))


def _story(root: Path, facts: str = _FACTS, body: str = _BODY, name: str = "bad") -> None:
    _write(root / "case_studies" / f"{name}.md", f"---\n{facts}---\n{body}")


def send_body(draw: random.Random, root: Path) -> None:
    """A story."""
    _story(root, body=make_text(draw, MARKDOWN, draw.choice(_SIZES)))


def send_real_story(draw: random.Random, root: Path) -> None:
    """A story of the repository, changed."""
    real = draw.choice(sorted((REPOSITORY / "case_studies").glob("*.md"))).read_text(encoding="utf-8")
    atoms = draw.choice((MARKDOWN, YAML))
    _write(root / "case_studies" / "bad.md", change_text(draw, real, atoms, draw.choice(_SIZES)))


def send_facts(draw: random.Random, root: Path) -> None:
    """The facts at the top of a story."""
    size = draw.choice((300, 3_000, 19_000, 19_000, 60_000))
    if draw.random() < 0.3:
        _story(root, facts=make_text(draw, YAML, size) + "\n")
    elif draw.random() < 0.5:
        _story(root, facts=change_text(draw, _FACTS, YAML, size))
    else:
        key = draw.choice(("title", "summary", "partners", "place", "year", "themes", "sources", "photos", "region"))
        value = draw.choice(("", "[", '"', "{", "|\n  ", "- ")) + make_text(draw, YAML, size)
        kept = [line for line in _FACTS.split("\n") if not line.startswith(key)]
        _story(root, facts="\n".join([*kept[:-1], f"{key}: {value}", ""]))


def send_ledger(draw: random.Random, root: Path) -> None:
    """A ledger of consent beside a story with a photo."""
    _story(root, facts=_FACTS + _PHOTOS)
    size = draw.choice((300, 3_000, 20_000, 190_000))
    text = make_text(draw, YAML, size) if draw.random() < 0.5 else change_text(draw, _LEDGER, YAML, size)
    _write(root / "case_studies" / "bad" / "consent.yml", text)


def send_data(draw: random.Random, root: Path) -> None:
    """A data file, of nothing else, or a real one changed."""
    files = ["partners.yml", *(f"data/{file.name}" for file in sorted((REPOSITORY / "data").glob("*.yml")))]
    path = draw.choice(files)
    size = draw.choice((300, 3_000, 60_000, 900_000))
    if draw.random() < 0.4:
        text = make_text(draw, YAML, size)
    elif draw.random() < 0.5:
        text = change_text(draw, (REPOSITORY / path).read_text(encoding="utf-8"), YAML, size)
    else:
        key = draw.choice(("partners", "themes", "programmes", "events", "sources", "glossary"))
        entry = "- id: {number}\n  name: a\n  title: a\n" + "".join(f"  {draw.choice(YAML)}\n" for _ in range(2))
        text = f"{key}:\n" + "".join(entry.replace("{number}", f"a{number}") for number in range(size // len(entry)))
    _write(root / path, text)


def send_names(draw: random.Random, root: Path) -> None:
    """Files and folders with odd names, many of them."""
    for number in range(draw.choice((1, 20, 300))):
        name = make_text(draw, MARKDOWN, draw.choice((5, 60, 200))).replace("/", "").replace("\0", "") + f"{number}"
        name = name.encode()[: draw.choice((20, 240))].decode(errors="ignore")
        ending = draw.choice((".md", ".md", ".jpg", ".yml", "", ".png", ".MD", "/consent.yml", "/a.jpg"))
        folder = draw.choice(("case_studies", "case_studies", "data", "case_studies/park"))
        if name.strip("."):
            with contextlib.suppress(OSError):  # a folder is there, or the name is too long
                _write(root / folder / f"{name}{ending}", draw.choice(("", f"---\n{_FACTS}---\n{_BODY}", "a: b\n")))


def send_photo(draw: random.Random, root: Path) -> None:
    """A photo, damaged, huge, or full of parts."""
    kind = draw.choice(("jpg", "png", "webp"))
    width, height = draw.choice(((40, 30), (2400, 2400), (2400, 10), (6000, 6000), (1, 60000)))
    stream = io.BytesIO()
    mode = draw.choice(("RGB", "L", "RGBA", "P") if kind == "png" else ("RGB",))
    try:
        Image.new(mode, (width, height)).save(stream, {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[kind])
    except (OSError, ValueError):  # WebP has a longest side
        Image.new("RGB", (40, 30)).save(stream, "PNG")
    data = bytearray(stream.getvalue())
    action = draw.randrange(5)
    if action == 0:
        for _ in range(draw.choice((1, 5, 100))):
            data[draw.randrange(len(data))] = draw.randrange(256)
    elif action == 1:
        del data[draw.randrange(len(data)) :]
    elif action == 2 and kind == "png":
        data = (
            data[:33] + _chunk(b"zTXt", b"a\0\0" + zlib.compress(b"a" * 50_000_000)) * draw.choice((1, 9)) + data[33:]
        )
    elif action == 3 and kind == "png":
        data[16:24] = struct.pack(">II", *draw.choice(((2400, 2400), (65535, 65535), (2**31 - 1, 1), (80_000, 1_000))))
        data[29:33] = struct.pack(">I", zlib.crc32(bytes(data[12:29])))
    elif action == 4:
        piece = bytes(draw.choices(range(256), k=draw.choice((1, 9, 500))))
        at = draw.randrange(len(data))
        data = data[:at] + piece * (draw.choice((100, 3_000_000)) // len(piece)) + data[at:]
    _story(root, facts=_FACTS + _PHOTOS.replace("jpg", kind))
    _write(root / "case_studies" / "bad" / "consent.yml", f"tent.{kind}:\n  people: nobody\n")
    (root / "case_studies" / "bad" / f"tent.{kind}").write_bytes(bytes(data))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def send_many(draw: random.Random, root: Path) -> None:
    """Fifty hostile files of one pull request, each as large as it may be."""
    body = make_text(draw, MARKDOWN, draw.choice((2_000, 59_000)))
    facts = draw.choice((_FACTS, change_text(draw, _FACTS, YAML, draw.choice((500, 10_000)))))
    for number in range(50):
        _story(root, facts, draw.choice((body, make_text(draw, MARKDOWN, 59_000))), f"bad-{number}")
        if draw.random() < 0.2:
            _write(root / f"case_studies/bad-{number}/consent.yml", make_text(draw, YAML, 190_000))


READERS: dict[str, Reader] = {
    "body": send_body,
    "real story": send_real_story,
    "facts": send_facts,
    "ledger": send_ledger,
    "data": send_data,
    "names": send_names,
    "photo": send_photo,
    "many": send_many,
}


def make_project(reader: str, seed: int, root: Path) -> None:
    """A copy of the small project with something hostile in it: the same for the same seed."""
    shutil.copytree(PROJECT, root)
    READERS[reader](random.Random(f"{reader} {seed}"), root)
