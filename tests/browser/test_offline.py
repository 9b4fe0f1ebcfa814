"""Copies on a device: the network is cut, the site is published anew, the device is full, copies are not wanted."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from goodpractice.engine.options import Options
from goodpractice.engine.pipeline import build
from tests.helpers.browser.axe import list_violations
from tests.helpers.browser.marionette import open_firefox
from tests.helpers.browser.serving import CutSite
from tests.helpers.built_pages import BuiltSite

pytestmark = pytest.mark.browser

#: A page and its style say of which publication they are.
_CONFIG = """\
site_name: Pocket
theme: {{name: goodpractice, colours: {{brand: "{brand}"}}}}
plugins: [goodpractice]
nav: [Home: index.md, About: about.md]
extra:
  goodpractice:
    offline: {offline}
"""
BRANDS = {"first": "#0b5c4a", "second": "#7a1f4d"}
LIST_CACHES = "caches.keys().then(names => names.map(name => name.split(' ').slice(2).join(' ')).sort())"


def publish(root: Path, edition: str, *, offline: bool = True) -> Path:
    """Build a small site whose pages and styles are of one edition."""
    (root / "docs").mkdir(parents=True, exist_ok=True)
    text = _CONFIG.format(brand=BRANDS[edition], offline=str(offline).lower())
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    for name in ("index", "about"):
        (root / f"docs/{name}.md").write_text(f"# {name}\n\nThe {edition} edition.\n", encoding="utf-8")
    folder = root.parent / f"{edition}-{offline}"
    report = build(Options(root, folder))
    assert not report.diagnostics
    return folder


@pytest.fixture
def start() -> Iterator[Callable[[Path], CutSite]]:
    sites: list[CutSite] = []

    def serve(folder: Path) -> CutSite:
        sites.append(CutSite(folder, "/repo/"))
        return sites[-1]

    yield serve
    for site in sites:
        site.stop()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    with chromium.new_context(viewport={"width": 360, "height": 800}, reduced_motion="reduce") as context:
        yield context


#: Pages that were read and are kept, by their addresses.
LIST_READ = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    const notes = (await cache.keys()).find(request => request.url.endsWith("?copy"));
    if (notes) found.push(...Object.keys((await (await cache.match(notes)).json()).pages));
  }
  return found;
}"""


def wait_until(page: Page, script: str) -> None:
    """Wait until an asynchronous function of a page gives something true."""
    page.evaluate(f"async () => {{ while (!(await ({script})())) await new Promise(requestAnimationFrame); }}")


def wait_until_kept(page: Page, url: str) -> None:
    """Wait until a page that was read is noted."""
    wait_until(page, f"async () => (await ({LIST_READ})()).includes('{url}')")


def keep_all(page: Page, url: str, button: str = "Keep everything on this device") -> None:
    page.goto(f"{url}offline/")
    page.get_by_role("button", name=button).click()
    expect(said(page)).to_contain_text("up to date today", timeout=180_000)


def said(page: Page) -> object:
    return page.locator(".gp-offline__said")


def read_editions(page: Page) -> tuple[str, str]:
    """The edition that the text of a page is of, and that of its style."""
    brand = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--gp-brand')")
    text = page.locator("article").inner_text()
    found = re.search(r"The (\w+) edition", text)
    return found[1] if found else "", next(name for name, colour in BRANDS.items() if colour == brand)


def test_the_real_site_without_a_network(
    context: BrowserContext, start: Callable[[Path], CutSite], built_site_prefixed: BuiltSite
) -> None:
    site = start(built_site_prefixed.folder)
    page, chapter = context.new_page(), "handbook/power-dynamics/"
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(site.url + chapter)
    page.wait_for_function("() => navigator.serviceWorker.controller")
    wait_until_kept(page, site.url + chapter)
    others = [path for path in site.asked if path.endswith(("/", ".bin")) and path != chapter]
    assert others == [], "a first visit fetches nothing that was not read"
    expect(page.locator(".gp-kept")).to_have_count(0)

    site.is_cut = True
    page.goto(f"{site.url}{chapter.rstrip('/')}?from=a-letter")
    assert page.url == f"{site.url}{chapter}?from=a-letter"
    page.locator(".gp-kept").get_by_text("This copy is from").wait_for()
    page.goto(f"{site.url}case-studies/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is not kept on this device")
    assert list_violations(page) == []
    page.get_by_role("link", name=built_site_prefixed.pages[chapter].title).click()
    expect(page).to_have_url(site.url + chapter)

    site.is_cut = False
    page.goto(f"{site.url}offline/")
    expect(
        page.get_by_role("button", name=re.compile(r"Keep everything on this device \(\d+\.\d MB\)"))
    ).to_be_visible()
    assert list_violations(page) == []
    keep_all(page, site.url)
    expect(page.get_by_role("button", name="Keep everything")).to_be_hidden()
    assert list_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    site.is_cut = True
    for path in ("", "handbook/", "case-studies/stemtots/", "partners/techniquest/"):
        page.goto(site.url + path)
        page.locator(".gp-kept").get_by_text(re.compile(r"This copy is from \d+ \w+ \d{4}")).wait_for()
        assert page.title() == built_site_prefixed.pages[path].title
    assert list_violations(page) == []
    page.goto(f"{site.url}find/")
    page.locator("gp-find label").first.click()
    expect(page.locator(".gp-find__card").first).to_be_visible()
    page.goto(f"{site.url}search/?q=money")
    expect(page.locator(".gp-result").first).to_be_visible()
    assert errors == []

    page.goto(f"{site.url}offline/")
    page.get_by_role("button", name="Delete the copies and keep nothing").click()
    expect(said(page)).to_contain_text("The copies are deleted")
    assert page.evaluate(LIST_CACHES) == []
    site.is_cut = False
    page.goto(site.url + chapter)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(LIST_CACHES) == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0


def test_a_new_publication_replaces_an_old_one_and_no_page_is_mixed(
    context: BrowserContext, start: Callable[[Path], CutSite], tmp_path: Path
) -> None:
    root = tmp_path / "project"
    first = publish(root, "first")
    site, page = start(first), context.new_page()
    # As in Firefox, which asks the reader, as long as nobody answers.
    page.add_init_script("StorageManager.prototype.persist = () => new Promise(() => {});")
    page.goto(site.url)
    keep_all(page, site.url)
    page.goto(site.url)
    assert read_editions(page) == ("first", "first")

    site.folder = publish(root, "second")
    site.is_cut = True
    for path in ("", "about/"):
        page.goto(site.url + path)
        assert read_editions(page) == ("first", "first"), "nobody has seen the second"
    site.is_cut = False
    page.goto(f"{site.url}about/")
    wait_until_kept(page, f"{site.url}about/")
    site.is_cut = True
    seen = {}
    for path in ("", "about/"):
        page.goto(site.url + path)
        page.locator(".gp-kept").wait_for()
        seen[path] = read_editions(page)
    assert seen == {"": ("first", "first"), "about/": ("second", "second")}

    site.is_cut = False
    page.goto(f"{site.url}offline/")
    expect(said(page)).to_contain_text("published anew")
    site.asked.clear()
    keep_all(page, site.url, "Renew the copy")
    assert "assets/fonts/bricolage-grotesque-latin.woff2" not in site.asked, "what is the same is not fetched again"
    site.is_cut = True
    page.goto(site.url)
    assert read_editions(page) == ("second", "second")
    assert len(page.evaluate(LIST_CACHES)) <= 3, "the older copy is gone"

    site.folder, site.is_cut = publish(root, "second", offline=False), False
    page.goto(site.url)
    wait_until(page, f"() => {LIST_CACHES}.then(names => !names.length)")
    wait_until(page, "() => navigator.serviceWorker.getRegistrations().then(found => !found.length)")


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("Cache.prototype.put = () => Promise.reject(new DOMException('', 'QuotaExceededError'));", "not enough room"),
        ("CacheStorage.prototype.keys = () => Promise.reject(new DOMException('', 'SecurityError'));", "keep nothing"),
    ],
)
def test_a_device_that_is_full_or_refuses_says_so(
    context: BrowserContext, start: Callable[[Path], CutSite], built_site_prefixed: BuiltSite, script: str, words: str
) -> None:
    site, page = start(built_site_prefixed.folder), context.new_page()
    page.add_init_script(script)
    page.goto(f"{site.url}offline/")
    if "room" in words:
        page.get_by_role("button", name="Keep everything").click()
    expect(said(page)).to_contain_text(words)
    assert list_violations(page) == []


@pytest.mark.skipif(not os.environ.get("GOODPRACTICE_FIREFOX"), reason="only where GOODPRACTICE_FIREFOX names one")
def test_in_firefox(start: Callable[[Path], CutSite], built_site_prefixed: BuiltSite, tmp_path: Path) -> None:
    site, chapter = start(built_site_prefixed.folder), "handbook/power-dynamics/"
    notes = "document.querySelector('.gp-kept')?.textContent.includes('This copy is from')"
    keep = "document.querySelector('.gp-offline__keep')"
    words = "return document.querySelector('.gp-offline__said').textContent.includes(arguments[0])"
    is_read = f"return ({LIST_READ})().then(found => found.includes(location.href))"
    with open_firefox(os.environ["GOODPRACTICE_FIREFOX"], tmp_path / "profile", 360, 740) as firefox:
        # What was read, and nothing else.
        firefox.go(site.url + chapter)
        firefox.wait("return navigator.serviceWorker.controller")
        firefox.wait(is_read)
        site.is_cut = True
        firefox.go(site.url + chapter)
        firefox.wait(f"return {notes}")
        firefox.go(f"{site.url}case-studies/")
        assert firefox.run("return document.querySelector('h1').textContent") == "This page is not kept on this device"

        # Everything.
        site.is_cut = False
        firefox.go(f"{site.url}offline/")
        firefox.wait(f"return {keep} && !{keep}.hidden")
        firefox.run(f"{keep}.click()")
        firefox.wait(words, "up to date today", patience=240)
        site.is_cut = True
        for path in ("", "handbook/", "case-studies/stemtots/", "partners/techniquest/"):
            firefox.go(site.url + path)
            firefox.wait(f"return {notes}")
        firefox.go(f"{site.url}find/")
        firefox.wait("return document.querySelector('gp-find:defined')")
        firefox.run("document.querySelector('gp-find input').click()")
        firefox.wait("return document.querySelector('.gp-find__card')")
        firefox.go(f"{site.url}search/?q=money")
        firefox.wait("return document.querySelector('.gp-result')")

        # Another publication: whole or not at all.
        site.folder, site.is_cut = publish(tmp_path / "project", "second"), False
        firefox.go(f"{site.url}offline/")
        firefox.wait(words, "published anew")
        firefox.run(f"{keep}.click()")
        firefox.wait(words, "up to date today", patience=240)
        site.is_cut = True
        for path in ("", "about/"):
            firefox.go(site.url + path)
            firefox.wait(f"return {notes}")
            assert "The second edition." in firefox.run("return document.querySelector('article').textContent")
            brand = "return getComputedStyle(document.documentElement).getPropertyValue('--gp-brand')"
            assert firefox.run(brand).strip() == BRANDS["second"]
        # The older copy is gone.
        firefox.go(f"{site.url}partners/techniquest/")
        assert firefox.run("return document.querySelector('h1').textContent") == "This page is not kept on this device"
