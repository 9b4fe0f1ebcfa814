"""LibreOffice opens every Word and OpenDocument file of the site, and shows both alike. In the audit only."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader

from tests.helpers.built_pages import BuiltSite

OFFICE = os.environ.get("GOODPRACTICE_SOFFICE", "")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not OFFICE, reason="only where GOODPRACTICE_SOFFICE names LibreOffice"),
]
#: How much the first pages of both may differ in grey, of 255: their fonts have the same widths, their tables almost.
MOST_DIFFERENCE = 24


def list_files(site: BuiltSite) -> Iterator[Path]:
    for ending in ("docx", "odt"):
        yield from sorted(site.folder.rglob(f"*.{ending}"))


def convert(files: list[Path], folder: Path) -> None:
    """Every file as PDF, and the picture of its first page."""
    command = [OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", folder, *files], check=True, capture_output=True, timeout=600)
    for file in files:
        draw = ["pdftoppm", "-r", "30", "-gray", "-singlefile", folder / f"{file.stem}.pdf", folder / file.stem]
        subprocess.run(draw, check=True, timeout=60)


def test_files_open_with_all_their_text_and_look_alike(built_site: BuiltSite, tmp_path: Path) -> None:
    files = list(list_files(built_site))
    assert {file.suffix for file in files} == {".docx", ".odt"}
    pages: dict[str, dict[str, int]] = {}
    pictures: dict[str, dict[str, Image.Image]] = {}
    for ending in ("docx", "odt"):
        folder = tmp_path / ending
        folder.mkdir()
        named = [file for file in files if file.suffix == f".{ending}"]
        convert(named, folder)
        for file in named:
            texts = [page.extract_text() for page in PdfReader(folder / f"{file.stem}.pdf").pages]
            assert all(text.strip() for text in texts), f"{file.name} has an empty page"
            pages.setdefault(file.stem, {})[ending] = len(texts)
            with Image.open(folder / f"{file.stem}.pgm") as picture:
                pictures.setdefault(file.stem, {})[ending] = picture.convert("L").resize((30, 42))
    for name, counted in pages.items():
        assert max(counted.values()) - min(counted.values()) <= 1, (name, counted)
        if len(counted) == 2:
            different = ImageChops.difference(*pictures[name].values())
            assert ImageStat.Stat(different).mean[0] < MOST_DIFFERENCE, name
