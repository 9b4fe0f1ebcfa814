"""Every kind of page and every component looks as it was recorded: narrow and wide, light and dark, and on paper.

Pictures depend on the browser and its fonts, so they are compared only where both are those of the recording, and
reported as not compared elsewhere. `make audit` compares them; `make pictures` records them anew. Look at each before
you commit it: a picture that nobody looked at proves nothing.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, expect

from tests.helpers.browser.schemes import choose
from tests.helpers.browser.templates import EVERY_TEMPLATE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PICTURES = Path(__file__).parent / "pictures"
RECORDED = PICTURES / "recorded.json"
RENEW = os.environ.get("GOODPRACTICE_LOOKS") == "renew"
#: Pages in Arabic, by the name of their picture. No such page is published: they stand on a site of their own.
ARABIC = {"home-rtl": "ar/", "chapter-rtl": "ar/handbook/superpowers/"}
#: What stands side by side in a picture: width, colours, medium.
SHOTS = [
    (360, "light", "screen"),
    (360, "dark", "screen"),
    (1280, "light", "screen"),
    (1280, "dark", "screen"),
    (794, "light", "print"),
]
#: Pixels of a page from its top. Pages that show many components are taken whole.
TOP, WHOLE = 1000, 20_000
TAKEN_WHOLE = ("design", "parts", "tools", "chapter-rtl")
#: Colours that a small picture must keep: those that are rare on a page and carry meaning.
KEPT = ("f6bd4b", "4a1942", "3a1434", "8a1c5c", "f4a9d3", "7a2a6a", "98350f", "f5a682", "0a5e60", "76d3cb", "3d479b")
KEPT += ("b6bff6", "44620f", "175a86", "704c00", "a3172c", "fbe3ae", "43331a")
#: A pixel differs when a channel does by so many of 255 steps; so many pixels in a thousand may.
STEPS, PER_THOUSAND = 48, 1.0
FONTS = ("system-ui", "sans-serif", "serif", "monospace", "Liberation Sans", "Arial")


def fonts() -> str:
    """The fonts that stand for the generic names here, with their versions."""
    if shutil.which("fc-match") is None:
        return "unknown"
    format_ = "%{family[0]} %{fontversion}"
    found = [
        subprocess.run(["fc-match", "--format", format_, name], capture_output=True, text=True, check=True).stdout
        for name in FONTS
    ]
    return ", ".join(found)


def take(page: Page, height: int) -> Image.Image:
    """All shots of an open page side by side, at half their size and with few colours."""
    shots = []
    for width, scheme, medium in SHOTS:
        page.set_viewport_size({"width": width, "height": TOP})
        page.emulate_media(media=medium)
        choose(page, scheme)
        page.evaluate("scrollTo(0, 0)")
        page.evaluate("() => document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
        if height > TOP:
            tall = min(height, page.evaluate("document.documentElement.scrollHeight"))
            page.set_viewport_size({"width": width, "height": tall})
        with Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide"))) as shot:
            half = (shot.width // 2, shot.height // 2)
            shots.append(shot.convert("RGB").resize(half, Image.Resampling.BOX))
    tallest = max(shot.height for shot in shots)
    gap = 8
    whole = Image.new("RGB", (sum(shot.width + gap for shot in shots) - gap, tallest), (128, 128, 128))
    left = 0
    for shot in shots:
        whole.paste(shot, (left, 0))
        left += shot.width + gap
    common = whole.quantize(16, dither=Image.Dither.NONE).getpalette()[: 16 * 3]
    palette = Image.new("P", (1, 1))
    palette.putpalette([*common, *bytes.fromhex("".join(KEPT))])
    return whole.quantize(palette=palette, dither=Image.Dither.NONE)


def differ(one: Image.Image, other: Image.Image) -> float:
    """Pixels in a thousand that differ; all of them when the sizes do."""
    if one.size != other.size:
        return 1000.0
    difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB"))
    largest = [band.point(lambda step: 255 if step > STEPS else 0) for band in difference.split()]
    changed = ImageChops.lighter(ImageChops.lighter(largest[0], largest[1]), largest[2])
    return 1000 * changed.histogram()[255] / (changed.width * changed.height)


def compare(taken: Image.Image, file: Path) -> float:
    with Image.open(file) as recorded:
        return differ(taken, recorded)


@pytest.fixture(scope="module")
def compared(chromium: Browser) -> dict[str, str]:
    """Browser and fonts. Skips where they are not those of the recording."""
    here = {"chromium": chromium.version, "fonts": fonts()}
    if RENEW:
        PICTURES.mkdir(exist_ok=True)
        RECORDED.write_text(json.dumps(here, indent=1) + "\n", encoding="utf-8", newline="\n")
        return here
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    if recorded != here:
        pytest.skip(f"not compared: recorded with {recorded}, and this is {here}")
    return here


@pytest.mark.parametrize("name", [*EVERY_TEMPLATE, *ARABIC])
def test_a_page_looks_as_recorded(
    compared: dict[str, str],
    new_page: Callable[..., Page],
    serve: Callable[..., str],
    request: pytest.FixtureRequest,
    name: str,
    tmp_path: Path,
) -> None:
    assert compared
    page = new_page(360)
    url = ARABIC.get(name) or EVERY_TEMPLATE[name]
    folder = (
        request.getfixturevalue("translated_site") if name in ARABIC else request.getfixturevalue("built_site").folder
    )
    page.goto(serve(folder) + url)
    assert page.locator("html").get_attribute("dir") == ("rtl" if name in ARABIC else "ltr")
    if url.startswith("compare/?c="):
        expect(page.get_by_role("columnheader")).to_have_count(3)
    if url.startswith("find/?"):
        expect(page.locator("gp-find .gp-card").first).to_be_visible()
    if url.startswith("search/?"):
        expect(page.locator(".gp-result").first).to_be_visible()
    taken = take(page, WHOLE if name in TAKEN_WHOLE else TOP)
    file = PICTURES / f"{name}.png"
    if RENEW:
        # What differs only within the tolerance stays as it is, so that a renewal shows what changed.
        if not file.is_file() or compare(taken, file) > PER_THOUSAND:
            taken.save(file, optimize=True)
        return
    assert file.is_file(), "make pictures records it"
    changed = compare(taken, file)
    if changed > PER_THOUSAND:
        taken.save(tmp_path / file.name)
    assert changed <= PER_THOUSAND, (
        f"{changed:.1f} pixels in a thousand differ: compare {tmp_path / file.name} with {file}"
    )


def test_a_difference_is_seen() -> None:
    one = Image.new("RGB", (100, 100), "#fdfbfa")
    other = one.copy()
    other.paste("#4a1942", (0, 0, 5, 5))
    assert differ(one, one) == 0
    assert differ(one, other) == pytest.approx(2.5)
    assert differ(one, Image.new("RGB", (100, 101))) == 1000
    # Smoothing of letters may differ a little.
    assert differ(one, Image.new("RGB", (100, 100), "#e9e7e6")) == 0


@pytest.mark.skipif(RENEW, reason="pictures are being recorded")
def test_no_picture_is_left_over_and_all_are_small() -> None:
    files = sorted(PICTURES.glob("*.png"))
    assert {file.stem for file in files} == set(EVERY_TEMPLATE) | set(ARABIC)
    assert sum(file.stat().st_size for file in files) < 5_000_000
