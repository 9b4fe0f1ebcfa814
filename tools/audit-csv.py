"""Open every CSV file of a site in LibreOffice, as a double click does: accents, columns, rows, and no formula."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

#: Cells that a spreadsheet would run, and one with letters that it would spoil in another encoding.
HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://evil.example/","Dŵr")',
    "+1",
    "-1+2",
    "@SUM(1)",
    "\t=1",
    "\uff1d1",
    "Tŷ Pawb, Wrecsam",
)
#: Commas, quotation marks, UTF-8: what its window proposes for a file with a byte order mark.
READ_AS = "--infilter=Text - txt - csv (StarCalc):44,34,76"
_CELL = re.compile(r"<table:table-cell\b[^>]*?(?:/>|>.*?</table:table-cell>)", re.DOTALL)
_ROW = re.compile(r"<table:table-row\b.*?</table:table-row>", re.DOTALL)
_TEXT = re.compile(r"<text:p\b[^>]*>(.*?)</text:p>", re.DOTALL)


def main() -> int:
    """Check the files of a folder; say what is wrong."""
    office = shutil.which("soffice")
    if office is None:
        print("LibreOffice is not here (Debian: libreoffice-calc-nogui): CSV was not opened.")  # noqa: T201 - its result
        return 0
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        files = [Path(shutil.copy(file, folder)) for file in sorted(Path(sys.argv[1]).glob("*.csv"))]
        files.append(_write_hostile(folder / "hostile.csv"))
        command = [office, "--headless", f"-env:UserInstallation=file://{made}/profile", READ_AS, "--convert-to", "ods"]
        subprocess.run([*command, "--outdir", made, *map(str, files)], check=True, capture_output=True)  # noqa: S603
        problems = [f"{file.name}: {said}" for file in files for said in _compare(file)]
    print("\n".join(problems) or f"{len(files)} CSV files open in LibreOffice as they were written.")  # noqa: T201 - as above
    return bool(problems)


def _write_hostile(file: Path) -> Path:
    from goodpractice.formats.csv_files import MARK, disarm

    with file.open("w", encoding="utf-8", newline="") as stream:
        stream.write(MARK)
        csv.writer(stream).writerows([["id", "text"], *([str(at), disarm(text)] for at, text in enumerate(HOSTILE))])
    return file


def _compare(file: Path) -> list[str]:
    """What differs between a file and what LibreOffice made of it."""
    content = zipfile.ZipFile(file.with_suffix(".ods")).read("content.xml").decode()
    problems = ["a cell has become a formula"] if "table:formula" in content else []
    rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    found = [row for row in map(_read_row, _ROW.findall(content)) if any(row)]
    if len(found) != len(rows):
        problems.append(f"{len(found)} rows instead of {len(rows)}")
    problems += [
        f"row {number}: {cell!r} is not {shown[:1]!r}"
        for number, (row, shown) in enumerate(zip(rows, found, strict=False), start=1)
        for cell in row[:1]
        if shown[:1] != [cell]
    ]
    words = {word for row in rows for cell in row for word in re.findall(r"\w*[^\x00-\x7f]\w*", cell)}
    text = " ".join(cell for row in found for cell in row)
    problems += [f"{word} is spoilt" for word in sorted(words) if word not in text]
    return problems


def _read_row(row: str) -> list[str]:
    cells = []
    for cell in _CELL.findall(row):
        said = "\n".join(re.sub(r"<[^>]+>", "", text) for text in _TEXT.findall(cell))
        for reference, letter in (("&lt;", "<"), ("&gt;", ">"), ("&apos;", "'"), ("&quot;", '"'), ("&amp;", "&")):
            said = said.replace(reference, letter)
        cells.append(said)
    return cells


if __name__ == "__main__":
    sys.exit(main())
