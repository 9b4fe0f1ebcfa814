"""Builds a large corpus with us and with others, in turn on this machine, and writes RESULTS.md.

The corpus is made by `corpus.py`; the others are set up by `rivals.py`. Everything lies in `.cache/bench`. Old trees
are renamed away and deleted at the end: deleting many files and writing as many at once is slow on some file systems.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import html
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path

from benchmarks import rivals
from benchmarks.corpus import REPOSITORY, add_story, write_corpus
from benchmarks.load import measure_load
from benchmarks.measure import CommandFailedError, Measured, free_port, run, time_edits

CACHE = REPOSITORY / ".cache/bench"
HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
#: From so many pages on, MkDocs is run once only.
MKDOCS_ONCE_FROM = 3000
#: Pages that are also built by `mkdocs build` with our plugin, to compare the text that is written.
COMPARED = 300
SMALL = 1000
EDITS_WHILE_SERVING = 5
#: What takes less than a second is measured so often in each run: the machine is never quiet for all of a run.
SHORT_RUNS = 5

US, MKDOCS, HUGO, ELEVENTY = "goodpractice", "MkDocs + Material + macros", "Hugo", "Eleventy"


@dataclass
class Results:
    """Everything that was measured with one size of corpus.

    Attributes:
        n: Synthetic case studies.
        machine: What it ran on.
        versions: Of every tool.
        runs: Measurements by tool and scenario, in the order of the runs.
        serving: Seconds from an edit to its page, by tool.
        stages: Seconds of our cold build and of one edit, by stage, in the run of the median.
        text: Bytes of main text of all case studies, by tool.
        page: Mean bytes of a case study beyond its own text: plain and compressed.
        load: What `load.py` measured.
        notes: What was left out, and why.
    """

    n: int
    date: str = ""
    machine: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    runs: dict[str, dict[str, list[dict[str, float]]]] = field(default_factory=dict)
    serving: dict[str, list[float]] = field(default_factory=dict)
    stages: dict[str, dict[str, float]] = field(default_factory=dict)
    text: dict[str, int] = field(default_factory=dict)
    page: dict[str, float] = field(default_factory=dict)
    load: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, tool: str, scenario: str, measured: Measured) -> None:
        """Keep a measurement."""
        kept = {"wall": measured.wall, "cpu": measured.cpu, "memory": measured.memory, "written": measured.written}
        self.runs.setdefault(tool, {}).setdefault(scenario, []).append(kept)
        print(
            f"{tool:28} {scenario:24} {measured.wall:8.2f} s  {measured.cpu:8.2f} s processor  "
            f"{measured.memory / 1e6:6.0f} MB  {measured.written / 1e6:8.1f} MB written",
            flush=True,
        )

    def median(self, tool: str, scenario: str, what: str = "wall") -> float | None:
        """The median of a measurement; nothing when it was not made."""
        found = self.runs.get(tool, {}).get(scenario)
        return statistics.median(entry[what] for entry in found) if found else None


class Bench:
    """One run of the bench in one folder."""

    def __init__(self, n: int, repeats: int) -> None:
        self.n, self.repeats = n, repeats
        self.folder = CACHE / f"n{n}"
        self.results = Results(n)
        self._old = 0

    def retire(self, *folders: Path) -> None:
        """Rename folders away; they are deleted at the end."""
        for folder in folders:
            if folder.exists():
                aside = CACHE / "old" / f"{os.getpid()}-{self._old}"
                aside.parent.mkdir(parents=True, exist_ok=True)
                folder.rename(aside)
                self._old += 1

    def run(self) -> Results:
        """Measure everything."""
        results = self.results
        results.date = datetime.datetime.now(datetime.UTC).date().isoformat()
        results.machine = describe_machine()
        self.retire(self.folder)
        print(f"Writing {self.n} case studies")
        write_corpus(self.folder / US, self.n)
        content = rivals.read_content(self.folder / US)
        tools = self._prepare(content)
        for _ in range(self.repeats):
            for measure in tools:
                measure()
        self._measure_growth()
        self._measure_serving(content)
        self._compare_text()
        results.load = measure_load(self.folder / US)
        return results

    # Ours.

    def _build(self, *options: str, root: Path | None = None) -> Measured:
        root = root or self.folder / US
        return run([BIN / "goodpractice", "build", "--json", *options], root, root / "site")

    def _forget(self, root: Path) -> None:
        self.retire(root / "site", root / ".cache")

    def _measure_us(self) -> None:
        root, results = self.folder / US, self.results
        self._forget(root)
        cold = self._build("--no-search")
        results.add(US, "cold", cold)
        if (results.median(US, "cold") or cold.wall) >= cold.wall:
            results.stages["cold"] = _stages(cold)
        story = root / "case_studies" / f"{self._name(self.n // 2)}.md"
        # One after the other: a build just after an edit reads the edited file again, to be sure of it.
        for _ in range(SHORT_RUNS):
            results.add(US, "nothing changed", self._build("--no-search"))
        for _ in range(SHORT_RUNS):
            append(story, "One more sentence, written at the end of the day.\n")
            edited = self._build("--no-search")
            results.add(US, "one edit", edited)
            if (results.median(US, "one edit") or edited.wall) >= edited.wall:
                results.stages["one edit"] = _stages(edited)
        retitle(story)
        results.add(US, "one title", self._build("--no-search"))
        self._forget(root)
        results.add(US, "cold with search index", self._build())
        for number in range(SHORT_RUNS):
            add_story(root, len(list((root / "case_studies").glob("*.md"))) + number)
            results.add(US, "one story more with search index", self._build())

    def _name(self, number: int) -> str:
        return f"benchmark-{max(number, 1):0{len(str(self.n))}d}"

    def _measure_growth(self) -> None:
        """Cold builds of 1,000 within the same run, for the growth from 1,000 to 10,000."""
        if self.n <= SMALL:
            return
        small = Bench(SMALL, 0)
        small.folder = self.folder / "small"
        write_corpus(small.folder / US, SMALL)
        hugo = self._hugo
        if hugo:
            rivals.write_hugo(rivals.read_content(small.folder / US), small.folder / HUGO)
        for _ in range(self.repeats):
            self._forget(small.folder / US)
            self.results.add(US, "cold at 1,000", self._build("--no-search", root=small.folder / US))
            if hugo:
                self.retire(small.folder / HUGO / "public")
                root = small.folder / HUGO
                self.results.add(HUGO, "cold at 1,000", run([hugo, "--quiet"], root, root / "public"))

    # The others.

    def _prepare(self, content: rivals.Content) -> list[Callable[[], None]]:
        results = self.results
        for package in ("goodpractice", "mkdocs", "mkdocs-material", "mkdocs-macros-plugin", "comrak"):
            with suppress(metadata.PackageNotFoundError):
                results.versions[package] = metadata.version(package)
        rivals.write_mkdocs(content, self.folder / MKDOCS)
        tools: list[Callable[[], None]] = [self._measure_us, self._measure_mkdocs]
        self._hugo: Path | None = None
        self._pagefind: list[str | Path] = []
        try:
            self._pagefind, results.versions["pagefind"] = rivals.install_pagefind(CACHE / "tools")
        except (OSError, subprocess.CalledProcessError) as error:
            results.notes.append(f"Pagefind was left out: it cannot be installed here ({error}).")
        self._eleventy: list[str] | None = None
        try:
            self._hugo, results.versions["hugo"] = rivals.install_hugo(CACHE / "tools")
            rivals.write_hugo(content, self.folder / HUGO)
            tools.append(self._measure_hugo)
        except (OSError, subprocess.CalledProcessError) as error:
            results.notes.append(f"Hugo was left out: it cannot be installed here ({error}).")
        try:
            self._eleventy, results.versions["eleventy"] = rivals.install_eleventy(CACHE / "tools")
            rivals.write_eleventy(content, self.folder / ELEVENTY)
            tools.append(self._measure_eleventy)
        except (OSError, subprocess.CalledProcessError) as error:
            results.notes.append(f"Eleventy was left out: it cannot be installed here ({error}).")
        return tools

    def _measure_mkdocs(self) -> None:
        root, results = self.folder / MKDOCS, self.results
        if self.n >= MKDOCS_ONCE_FROM and results.median(MKDOCS, "cold"):
            return
        if self.n >= MKDOCS_ONCE_FROM:
            results.notes.append("MkDocs was run once: every build of it is a cold one, and takes minutes.")
        command: list[str | Path] = [BIN / "mkdocs", "build", "--quiet"]
        quiet = {"NO_MKDOCS_2_WARNING": "1"}
        self.retire(root / "site")
        results.add(MKDOCS, "cold", run(command, root, root / "site", quiet))
        if self.n < MKDOCS_ONCE_FROM:
            append(root / "docs/case_studies" / f"{self._name(self.n // 2)}.md", "One more sentence.\n")
            results.add(MKDOCS, "one edit", run(command, root, root / "site", quiet))

    def _measure_hugo(self) -> None:
        root, results = self.folder / HUGO, self.results
        command: list[str | Path] = [self._hugo or "", "--quiet"]
        self.retire(root / "public", root / "resources")
        results.add(HUGO, "cold", run(command, root, root / "public"))
        results.add(HUGO, "nothing changed", run(command, root, root / "public"))
        append(root / "content/case_studies" / f"{self._name(self.n // 2)}.md", "One more sentence.\n")
        results.add(HUGO, "one edit", run(command, root, root / "public"))
        retitle(root / "content/case_studies" / f"{self._name(self.n // 2)}.md")
        results.add(HUGO, "one title", run(command, root, root / "public"))
        if self._pagefind:
            results.add(HUGO, "search index", run([*self._pagefind, "--site", "public"], root, root / "public"))

    def _measure_eleventy(self) -> None:
        root, results = self.folder / ELEVENTY, self.results
        command: list[str | Path] = [*(self._eleventy or ()), "--quiet"]
        self.retire(root / "public")
        results.add(ELEVENTY, "cold", run(command, root, root / "public"))
        results.add(ELEVENTY, "nothing changed", run(command, root, root / "public"))
        append(root / "content/case_studies" / f"{self._name(self.n // 2)}.md", "One more sentence.\n")
        results.add(ELEVENTY, "one edit", run(command, root, root / "public"))

    # Serving.

    def _measure_serving(self, content: rivals.Content) -> None:
        name = self._name(self.n // 3)

        def save(file: Path) -> Callable[[int], str]:
            def edit(number: int) -> str:
                mark = f"Seen on the page, number {number} of {os.getpid()}."
                append(file, f"{mark}\n")
                return mark

            return edit

        for tool, folder, make_command, path in self._servers():
            if tool == MKDOCS and self.n >= MKDOCS_ONCE_FROM:
                continue  # it builds everything for each edit
            port = free_port()
            url = f"http://127.0.0.1:{port}/{path.format(name)}/"
            file = self.folder / tool / folder / f"{name}.md"
            try:
                times = time_edits(make_command(port), self.folder / tool, url, save(file), EDITS_WHILE_SERVING)
            except CommandFailedError as error:
                self.results.notes.append(f"Serving with {tool} was not measured: {error}.")
                continue
            self.results.serving[tool] = times
            print(f"{tool:28} {'edit while serving':24} {statistics.median(times):8.3f} s", flush=True)

    def _servers(self) -> Iterator[tuple[str, str, Callable[[int], Sequence[str | Path]], str]]:
        yield (
            US,
            "case_studies",
            lambda port: [BIN / "goodpractice", "serve", "--address", f"127.0.0.1:{port}"],
            "case-studies/{}",
        )
        hugo, eleventy = self._hugo, self._eleventy
        if hugo:
            yield (
                HUGO,
                "content/case_studies",
                lambda port: [hugo, "server", "--quiet", "--port", str(port), "--baseURL", f"http://127.0.0.1:{port}/"],
                "case_studies/{}",
            )
        if eleventy:
            yield (
                ELEVENTY,
                "content/case_studies",
                lambda port: [*eleventy, "--quiet", "--serve", "--incremental", f"--port={port}"],
                "case_studies/{}",
            )
        if self.n <= SMALL:
            yield (
                MKDOCS,
                "docs/case_studies",
                lambda port: [BIN / "mkdocs", "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}"],
                "case_studies/{}",
            )

    # What was written.

    def _compare_text(self) -> None:
        """Main text of every case study, beside that of MkDocs; and of `mkdocs build` with our plugin, page by page.

        Raises:
            SystemExit: We wrote less.
        """
        results = self.results
        root = self.folder / US
        ours = {name: read_article(root / "site/case-studies" / name / "index.html") for name in self._stories()}
        plain = {name: read_article(self.folder / MKDOCS / "site/case_studies" / name / "index.html") for name in ours}
        results.text = {US: sum(map(size, ours.values())), MKDOCS: sum(map(size, plain.values()))}
        short = [name for name in ours if size(ours[name]) < size(plain[name])]
        compared = self.folder / "compared"
        write_corpus(compared, min(self.n, COMPARED))
        run([BIN / "goodpractice", "build", "--no-search"], compared)
        run([BIN / "mkdocs", "build", "--quiet", "-d", "by-mkdocs"], compared, None, {"NO_MKDOCS_2_WARNING": "1"})
        for page in sorted((compared / "by-mkdocs").rglob("*.html")):
            mine = compared / "site" / page.relative_to(compared / "by-mkdocs")
            if not mine.is_file() or size(read_article(mine)) < size(read_article(page)):
                short.append(str(mine.relative_to(compared)))
        if short:
            sys.exit(f"The bench failed: {len(short)} pages have less main text than MkDocs writes, as {short[0]}")
        pages = [root / "site/case-studies" / name / "index.html" for name in list(ours)[:: max(1, self.n // 500)]]
        beyond = [(file.read_bytes(), read_article(file).encode()) for file in pages]
        results.page = {
            "plain": statistics.mean(len(page) - len(text) for page, text in beyond),
            "compressed": statistics.mean(len(gzip.compress(p, 6)) - len(gzip.compress(t, 6)) for p, t in beyond),
        }

    def _stories(self) -> list[str]:
        return [self._name(number) for number in range(1, self.n + 1)]


_ARTICLE = re.compile(r"<article\b[^>]*>(.*?)</article>", re.DOTALL)
_SILENT = re.compile(r"<(script|style|svg)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def read_article(file: Path) -> str:
    """The main text of a page, tags and repeated white space left out."""
    page = file.read_text(encoding="utf-8")
    found = _ARTICLE.search(page)
    return " ".join(html.unescape(_TAG.sub(" ", _SILENT.sub("", found[1] if found else page))).split())


def size(text: str) -> int:
    """Bytes of a text."""
    return len(text.encode())


def append(file: Path, text: str) -> None:
    """Write at the end of a file."""
    with file.open("a", encoding="utf-8") as opened:
        opened.write(f"\n{text}")


def retitle(file: Path) -> None:
    """Change the title in the facts of a file."""
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"^title: (['\"]?)", r"title: \1Anew, ", text, count=1, flags=re.MULTILINE), "utf-8")


def _stages(measured: Measured) -> dict[str, float]:
    start = measured.output.find("{")
    found: dict[str, float] = json.JSONDecoder().raw_decode(measured.output[start:])[0]["stages"]
    return found


def describe_machine() -> dict[str, str]:
    """Processor, memory, system, file system."""
    cpu = platform.processor() or platform.machine()
    with suppress(OSError):
        names = re.findall(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
        cpu = names[0] if names else cpu
    memory = "?"
    with suppress(OSError, ValueError):
        memory = f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB"
    system = "?"
    with suppress(OSError, subprocess.CalledProcessError):
        found = subprocess.run(["df", "-PT", str(REPOSITORY)], check=True, capture_output=True, text=True).stdout
        system = found.splitlines()[-1].split()[1]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 0
    return {
        "processor": f"{cpu}, {cores} cores",
        "memory": memory,
        "system": f"{platform.system()} {platform.release()}, files on {system}",
        "python": platform.python_version(),
    }


def main() -> None:
    """Run the bench from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("n", type=int, nargs="?", default=10_000, help="synthetic case studies")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each measurement")
    parser.add_argument("--keep", action="store_true", help="leave the built sites in .cache/bench")
    options = parser.parse_args()
    if options.n < 10:
        parser.error("ten case studies at least")
    from benchmarks.results import write_results

    results = Bench(options.n, options.repeats).run()
    (HERE / "results").mkdir(exist_ok=True)
    (HERE / "results" / f"{options.n}.json").write_text(f"{json.dumps(asdict(results), indent=1)}\n", encoding="utf-8")
    write_results(HERE / "results", HERE / "RESULTS.md")
    shutil.rmtree(CACHE / "old", ignore_errors=True)
    if not options.keep:
        shutil.rmtree(CACHE / f"n{options.n}", ignore_errors=True)


if __name__ == "__main__":
    main()
