"""Our search beside the theme's own, on the same pages in one run.

    python -m benchmarks.search 1000 10000 --out benchmarks/results/search.json

Measured: time and memory to index, size on the server, and in a Chromium the
bytes loaded from opening the search to the first results and for a further
query, and the time from a key press to the results for it. For ours also the time
from a tap on a phone to the first result, on two kinds of lines, and what the
finder loads with its page and with the first answer. Text is sent gzipped, as
GitHub Pages sends it; the index and the texts are compressed already.
Rendering the pages is not counted, it is the same for both.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import json
import multiprocessing
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import TimeoutError as NothingShown

from benchmarks.corpus import REPOSITORY, write_corpus

FIRST = "paper bridges"
FURTHER = "quiet library"
#: Asked from a phone, where a line is slow.
FIRST_WORD = "money"
#: Typed to the last letter but one; the last key press is measured.
TYPED = (
    *("garden", "kettle lid", "school yard", "evaluation", "neighbour", "soap films market", "young people", "money"),
    *("string music kitchen", "careful", "first meeting", "winter", "bridge", "clay rivers", "families"),
)
#: Seconds after which a reader has gone.
PATIENCE = 120
COMPRESSED = (".css", ".html", ".js", ".json", ".svg", ".txt", ".xml")


def render(project: Path) -> tuple[list[Any], Any]:
    """Every page of a project, rendered, and its knowledge base."""
    from goodpractice.content import open_project
    from goodpractice.markdown.editors import EditorsMarkdown
    from goodpractice.pages import LinkResolver, make_page_index, plan_pages
    from goodpractice.render import Inputs, bind_macros, render_page

    kb = open_project(project).kb
    plan = plan_pages(kb)
    inputs = Inputs(
        kb,
        LinkResolver(make_page_index(plan), lambda path: True),
        bind_macros(kb),
        EditorsMarkdown([], {}),
        "https://example.org",
    )
    pages = [(page, render_page(page, inputs, "")) for page in plan if page.kind not in ("doc", "overview")]
    return pages, kb


def index_ours(project: Path, folder: Path) -> dict[str, Any]:
    """Index with ours. Memory is what is used beyond rendering."""
    from goodpractice.config.site_folders import SEARCH_FOLDER
    from goodpractice.search import make_search

    pages, kb = render(project)
    before, started = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    files = make_search(pages, kb)
    seconds = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_SELF)
    for name, data in files.items():
        path = folder / SEARCH_FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return {
        "records": len(json.loads(files["facets.json"])["order"]),
        "seconds": round(seconds, 2),
        "processor_seconds": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2),
        "peak_megabytes_beyond_rendering": round((after.ru_maxrss - before.ru_maxrss) / 1000),
        "bytes": sum(map(len, files.values())),
    }


def index_theirs(project: Path, folder: Path) -> dict[str, Any]:
    """Index with the theme's plugin, page by page as MkDocs would."""
    from material.plugins.search.plugin import SearchIndex
    from mkdocs.structure.toc import get_toc

    from goodpractice.markdown.rendered import nest_headings

    pages, _ = render(project)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    fields = {"title": {"boost": 1e3}, "text": {"boost": 1}, "tags": {"boost": 1e6}}
    index = SearchIndex(lang=["en"], separator=r"[\s\-]+", pipeline=["stopWordFilter"], fields=fields)
    for page, rendered in pages:
        index.add_entry_from_context(
            SimpleNamespace(
                content=rendered.html,
                meta={},
                title=page.title,
                toc=get_toc(nest_headings(rendered.headings)),
                url=page.url,
                file=SimpleNamespace(inclusion=SimpleNamespace(is_excluded=lambda: False)),
            )
        )
    text = index.generate_search_index(None)
    seconds = time.monotonic() - started
    path = folder / "search/search_index.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    size = len(text.encode())
    return {
        "records": len(index.entries),
        "seconds": round(seconds, 2),
        "peak_megabytes_beyond_rendering": round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000),
        "bytes": size,
        "bytes_gzipped": len(gzip.compress(text.encode(), 6)),
    }


def in_process(task: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Any]:
    """Run a task in a process of its own, so that its memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(task, arguments)


#: Path and size of each answer.
Sent = list[tuple[str, int]]


class _Handler(SimpleHTTPRequestHandler):
    #: The heads of answers are left out. The page and its workers ask the same server.
    sent: Sent

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file() or path.suffix not in COMPRESSED:
            self.sent.append((self.path, path.stat().st_size if path.is_file() else 0))
            super().do_GET()
            return
        content = gzip.compress(path.read_bytes(), 6)
        self.sent.append((self.path, len(content)))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serve(folder: Path) -> Iterator[tuple[str, Sent]]:
    """Serve a folder as GitHub Pages does, and keep the sizes of the answers."""
    sent: Sent = []
    handler = type("Handler", (_Handler,), {"sent": sent})
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/", sent
    finally:
        server.shutdown()
        server.server_close()


#: Notes when the list of results changes after a key press, as soon as it is drawn.
WATCH = """([input, list]) => {
  const field = document.querySelector(input), shown = document.querySelector(list);
  window.took = null;
  field.addEventListener("input", () => { window.began = performance.now(); window.took = null; }, {capture: true});
  new MutationObserver(() => {
    if (shown.children.length) requestAnimationFrame(() => { window.took = performance.now() - window.began; });
  }).observe(shown, {childList: true, subtree: true});
}"""


#: What a file is for, by a part of its path; the first that fits.
PARTS = (
    ("/shards/", "shards of the index"),
    ("/texts/", "texts of results"),
    ("/lists/", "lists of shards"),
    ("index.json", "lists of shards"),
    ("terms.json", "words people use"),
    ("words.txt", "words for did you mean"),
    ("facets.json", "filters"),
    ("finder.json", "data of the finder"),
    ("/scripts/", "scripts of ours"),
    ("search_index.json", "index of the theme"),
)


def take(sent: Sent) -> dict[str, int]:
    """Bytes sent since the last call, by what they are for."""
    found: dict[str, int] = {}
    for path, size in sent:
        part = next((name for sign, name in PARTS if sign in path), "other")
        found[part] = found.get(part, 0) + size
    sent.clear()
    return dict(sorted(found.items(), key=lambda entry: -entry[1]))


def measure(browser: Browser, folder: Path, field: str, results: str, result: str) -> dict[str, Any]:
    """Open the search of a page, ask two queries, then press single keys."""
    with serve(folder) as (address, sent):
        return _measure(browser, address, sent, field, results, result)


def _measure(browser: Browser, address: str, sent: Sent, field: str, results: str, result: str) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    before = sum(take(sent).values())
    page.keyboard.press("/")
    page.locator(field).wait_for()
    started = time.monotonic()
    page.keyboard.type(FIRST, delay=60)
    try:
        page.locator(result).first.wait_for(timeout=PATIENCE * 1000)
    except NothingShown:
        context.close()
        return {"bytes_of_the_page_before": before, "no_results_within_seconds": PATIENCE}
    first_seconds = time.monotonic() - started
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    first = take(sent)
    page.evaluate(WATCH, [field, results])
    page.locator(field).fill("")
    page.wait_for_timeout(500)
    page.keyboard.type(FURTHER, delay=60)
    page.wait_for_timeout(3000)
    further = take(sent)
    times = []
    for words in TYPED:
        page.locator(field).fill(words[:-1])
        page.wait_for_timeout(2500)
        page.keyboard.press(words[-1])
        for _ in range(300):
            page.wait_for_timeout(20)
            if page.evaluate("window.took") is not None:
                break
        page.wait_for_timeout(200)
        times.append(page.evaluate("window.took"))
    context.close()
    found = [round(took) for took in times if took is not None]
    return {
        "bytes_of_the_page_before": before,
        "bytes_to_first_results": sum(first.values()),
        "of_these": first,
        "seconds_to_first_results": round(first_seconds, 2),
        "bytes_of_further_query": sum(further.values()),
        "of_those": further,
        "key_to_results_ms": {
            "median": statistics.median(found) if found else None,
            "most": max(found, default=None),
            "without_results": len(times) - len(found),
        },
    }


#: From the tap on the search of a phone to the first result, for somebody whose words are there at once.
TAP = """async ([opener, input, result, words]) => {
  const link = document.querySelector(opener), began = performance.now();
  const find = async name => {
    let found;
    while (!(found = document.querySelector(name))) await new Promise(requestAnimationFrame);
    return found;
  };
  link.dispatchEvent(new Event("touchstart"));
  link.click();
  const field = await find(input);
  field.value = words;
  field.dispatchEvent(new InputEvent("input", {bubbles: true, data: words}));
  await find(result);
  return performance.now() - began;
}"""
#: Lines and processors: bits a second, milliseconds until an answer begins, how many times slower the processor is.
LINES = {"fast line": (20e6, 20, 1), "slow 4G and a slow processor": (1.6e6, 150, 4)}


def measure_taps(browser: Browser, folder: Path, opener: str, field: str, result: str) -> dict[str, dict[str, float]]:
    """Milliseconds from a tap to the first result, nothing of the search being there before: median and most of nine.

    Nobody types in no time, so a reader waits for less.
    """
    found = {}
    with serve(folder) as (address, _sent):
        for line, (bits, latency, slowness) in LINES.items():
            times = sorted(
                _measure_tap(browser, address, opener, field, result, bits, latency, slowness) for _run in range(9)
            )
            found[line] = {"median": round(statistics.median(times)), "most": round(times[-1])}
    return {"tap_to_results_ms": found}


def _measure_tap(
    browser: Browser, address: str, opener: str, field: str, result: str, bits: float, latency: int, slowness: int
) -> float:
    context = browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True)
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    session = context.new_cdp_session(page)
    bytes_a_second = bits / 8
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": latency,
            "downloadThroughput": bytes_a_second,
            "uploadThroughput": bytes_a_second,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": slowness})
    took: float = page.evaluate(TAP, [opener, field, result, FIRST_WORD])
    context.close()
    return took


def measure_finder(browser: Browser, folder: Path) -> dict[str, Any]:
    """Open the finder, and give its first answer: what the page loads, and what the answer does."""
    with serve(folder) as (address, sent):
        page = browser.new_page()
        page.goto(f"{address}find/", wait_until="networkidle")
        pages = [size for path, size in sent if path == "/find/"]
        take(sent)
        started = time.monotonic()
        page.locator(".gp-find__answer input").first.check()
        page.locator(".gp-find__why").first.wait_for(timeout=PATIENCE * 1000)
        seconds = time.monotonic() - started
        page.wait_for_load_state("networkidle")
        answered = take(sent)
        page.close()
    return {
        "finder_bytes_of_the_page": sum(pages),
        "finder_bytes_of_first_answer": sum(answered.values()),
        "finder_of_these": answered,
        "finder_seconds_to_first_answer": round(seconds, 2),
    }


def run(number: int, browser: Browser, work: Path) -> dict[str, Any]:
    """Both searches on one corpus."""
    project = work / f"project-{number}"
    write_corpus(project, number)
    ours, theirs = work / f"ours-{number}", work / f"theirs-{number}"
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    build = [sys.executable, "-m", "mkdocs", "build", "-q"]
    subprocess.run([*build, "-f", str(REPOSITORY / "mkdocs.yml"), "-d", str(ours)], check=True, env=environment)
    stock = work / f"stock-{number}"
    (stock / "docs").mkdir(parents=True)
    (stock / "docs/index.md").write_text("# Home\n", encoding="utf-8")
    config = "site_name: Stock\nplugins: [search]\ntheme: {name: material, font: false}\n"
    (stock / "mkdocs.yml").write_text(config, encoding="utf-8")
    subprocess.run([*build, "-f", str(stock / "mkdocs.yml"), "-d", str(theirs)], check=True, env=environment)
    shutil.rmtree(ours / "assets/search", ignore_errors=True)
    result: dict[str, Any] = {
        "case_studies": number,
        "ours": in_process(index_ours, project, ours),
        "theirs": in_process(index_theirs, project, theirs),
    }
    result["ours"] |= measure(browser, ours, ".gp-search__input", ".gp-search__results", ".gp-result")
    result["ours"] |= measure_taps(browser, ours, ".gp-search__open", ".gp-search__input", ".gp-result")
    result["ours"] |= measure_finder(browser, ours)
    found = ".md-search-result__item"
    result["theirs"] |= measure(browser, theirs, ".md-search__input", ".md-search-result__list", found)
    return result


def main() -> None:
    """Run the sizes given and write or print the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="+", type=int, help="numbers of synthetic case studies")
    parser.add_argument("--out", type=Path, help="write the results to this file as JSON")
    arguments = parser.parse_args()
    chromium = os.environ.get("GOODPRACTICE_CHROMIUM") or shutil.which("chromium")
    text = ""
    results: dict[str, Any] = {"load_before": os.getloadavg()[0], "cores": os.cpu_count(), "runs": []}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for number in arguments.sizes:
            results["runs"].append(run(number, browser, Path(folder)))
            results["load_after"] = os.getloadavg()[0]
            text = json.dumps(results, indent=2)
            if arguments.out:
                arguments.out.parent.mkdir(parents=True, exist_ok=True)
                arguments.out.write_text(f"{text}\n", encoding="utf-8")
        browser.close()
    print(text)


if __name__ == "__main__":
    main()
