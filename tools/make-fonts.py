"""Make the webfont of the site from the package of Fontsource, and the style block that names it.

    npm pack @fontsource-variable/bricolage-grotesque@5.3.0
    python3 -m venv /tmp/fonts && /tmp/fonts/bin/pip install fonttools==4.68.0 brotli==1.2.1
    /tmp/fonts/bin/python tools/make-fonts.py fontsource-variable-bricolage-grotesque-5.3.0.tgz

Writes `src/goodpractice/templates/assets/fonts/` (two subsets and the licence) and
`src/goodpractice/components/_base/fonts.css`. Run it again for another version
or another weight; nothing runs it during a build.

One weight, because headings need no more. Two files, because most pages are
written with the letters of the first alone; the second brings Welsh ŵ and ŷ
and the rest of Latin, and a browser fetches it only for a page that has them.
The fallback is Arial (or a font of the same widths) made as wide and as high as
the webfont, so that nothing moves when the webfont arrives.
"""

from __future__ import annotations

import hashlib
import io
import sys
import tarfile
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).parents[1]
FONTS = ROOT / "src/goodpractice/templates/assets/fonts"
STYLE = ROOT / "src/goodpractice/components/_base/fonts.css"

SHA256 = "6e99e0d844f7bc152bb3b007f9b1493c53e60cc0744cc681bb744e0b5f14665e"
FAMILY = "Bricolage Grotesque"
NAME = "bricolage-grotesque"
AXES = {"wght": 700, "opsz": 24, "wdth": 100}
FALLBACKS = ("Arial Bold", "Arial-BoldMT", "Liberation Sans Bold", "LiberationSans-Bold", "Roboto Bold", "Roboto-Bold")
FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl"]

BASIC = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x131, 0x152, 0x153, 0x2BC, *range(0x2010, 0x2016)]
BASIC += [0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026, 0x20AC, 0x2212]
MORE = [*range(0x100, 0x180), 0x192, *range(0x1E80, 0x1E86), 0x1E9E, *range(0x1EF2, 0x1EF4), *range(0x218, 0x21C)]
MORE = [code for code in MORE if code not in BASIC]

#: Of a to z and the space: widths in Arial Bold in thousandths, and how often they stand in English, per thousand.
ARIAL = "556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 278"
OFTEN = "65 12 22 35 104 20 16 50 57 1 6 33 20 57 62 15 1 50 53 75 23 8 19 1 16 1 183"


def make_subset(data: bytes, codes: list[int]) -> TTFont:
    """One weight of a font, with these characters and no more."""
    font = instantiateVariableFont(TTFont(io.BytesIO(data)), AXES)
    options = Options(layout_features=FEATURES, hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 4, 6, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    font.recalcTimestamp = False
    font.flavor = "woff2"
    return font


def ranges(codes: list[int]) -> str:
    """Characters as CSS writes them: `U+20-7E,U+A0`."""
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def describe_fallback(font: TTFont) -> str:
    """Descriptors that give Arial Bold the widths and heights of the webfont."""
    units = font["head"].unitsPerEm
    cmap, widths = font.getBestCmap(), font["hmtx"]
    often = [int(number) for number in OFTEN.split()]
    letters = "abcdefghijklmnopqrstuvwxyz "
    ours = sum(widths[cmap[ord(letter)]][0] / units * times for letter, times in zip(letters, often, strict=True))
    theirs = sum(int(width) / 1000 * times for width, times in zip(ARIAL.split(), often, strict=True))
    adjust = ours / theirs
    heights = {
        "ascent-override": font["hhea"].ascent,
        "descent-override": -font["hhea"].descent,
        "line-gap-override": font["hhea"].lineGap,
    }
    lines = [f"  size-adjust: {adjust:.2%};"]
    lines += [f"  {name}: {value / units / adjust:.2%};" for name, value in heights.items()]
    return "\n".join(lines)


def read_member(archive: tarfile.TarFile, name: str) -> bytes:
    """One file of the package."""
    member = archive.extractfile(name)
    if member is None:
        sys.exit(f"there is no {name} in the package")
    return member.read()


def main(package: Path) -> None:
    """Make everything from the package as npm packs it."""
    data = package.read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256:
        sys.exit(f"{package} is not the package this script was written for")
    FONTS.mkdir(parents=True, exist_ok=True)
    faces = []
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for part, codes in (("latin", BASIC), ("latin-ext", MORE)):
            font = make_subset(read_member(archive, f"package/files/{NAME}-{part}-standard-normal.woff2"), codes)
            held = sorted(font.getBestCmap())
            font.save(FONTS / f"{NAME}-{part}.woff2")
            if part == "latin":
                fallback = describe_fallback(font)
            faces.append(
                f'@font-face {{\n  font-family: "{FAMILY}";\n  font-weight: 700;\n  font-display: swap;\n'
                f'  src: url("fonts/{NAME}-{part}.woff2") format("woff2");\n  unicode-range: {ranges(held)};\n}}\n'
            )
        (FONTS / "OFL.txt").write_bytes(read_member(archive, "package/LICENSE"))
    STYLE.write_text(
        "/* Made by tools/make-fonts.py: the webfont, and Arial with its measures until it arrives. */\n"
        + "\n".join(faces)
        + f'\n@font-face {{\n  font-family: "{FAMILY} Fallback";\n  font-weight: 700;\n'
        + "  src: "
        + ", ".join(f'local("{name}")' for name in FALLBACKS)
        + f";\n{fallback}\n}}\n",
        encoding="utf-8",
    )
    for file in sorted(FONTS.iterdir()):
        sys.stdout.write(f"{file.stat().st_size:>6} {file.relative_to(ROOT)}\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
