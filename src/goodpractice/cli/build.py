"""`goodpractice build` and `goodpractice serve`."""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goodpractice.cli.terminal import (
    OK,
    PROBLEMS,
    cache_option,
    explain_setup,
    fail,
    find_language,
    note,
    print_diagnostics,
    project_option,
    require_project,
    shorten,
    show,
)
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import join_lazy, ngettext_lazy, quote_error

if TYPE_CHECKING:
    from goodpractice.engine.report import Report
    from goodpractice.engine.taking_down import TakenDown


_LAST_PORT = 65535
#: Pages or entries from which a build is long enough for lines that tell how far it is, and for a bar on a terminal.
_LONG, _WORTH_A_BAR = 1000, 50


@click.command(short_help="Check the content and build the website.")
@click.option(
    "--site-dir",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the site to this folder instead of site/ in the project.",
)
@click.option(
    "--jobs", metavar="N", type=click.IntRange(1, 64), help="Use so many processes; one a processor if left out."
)
@click.option(
    "--no-search", is_flag=True, help="Leave the search as it is. The next build with a search is a full one."
)
@click.option("--paper", is_flag=True, help="Make the PDFs and e-books, too: those of pages that changed.")
@click.option("--no-cache", is_flag=True, help="Build everything anew, whatever the last build knew.")
@click.option(
    "--strict", is_flag=True, help="Build nothing while there are problems: always so, accepted as in MkDocs."
)
@click.option(
    "--unreviewed",
    is_flag=True,
    help="Show words of the program that no reader has approved yet, to those who will: needs --site-dir.",
)
@click.option("--profile", is_flag=True, help="Say where the time went, by stage, and the ten slowest pages.")
@click.option("--json", "as_json", is_flag=True, help="Report for programs, on standard output.")
@cache_option
@project_option
def build(
    site_dir: Path | None,
    jobs: int | None,
    no_search: bool,
    paper: bool,
    no_cache: bool,
    strict: bool,
    unreviewed: bool,
    profile: bool,
    as_json: bool,
    project: Path,
) -> None:
    """Check the content and build the website: only what changed since the last build.

    Nothing is built while there are problems: the last good site stays as it is,
    but for photos that were taken down, which go from it all the same.

    \b
    Examples:
      goodpractice build
      goodpractice build --site-dir public --profile
    """
    require_project(project)
    from goodpractice.adapters.driver import MkDocsDriver
    from goodpractice.diagnostics.errors import BuildError
    from goodpractice.engine.service import build_site

    if unreviewed:
        with explain_setup(project):
            reject_published(project, site_dir)
    started = time.monotonic()
    # What a build makes stays until its end: looking for garbage in it takes a tenth of the time and finds nothing.
    gc.disable()
    try:
        with explain_setup(project), show_progress() as progress, show_words(unreviewed):
            report = build_site(
                MkDocsDriver(),
                project,
                site_dir,
                # Other processes would not know which words are shown.
                jobs=1 if unreviewed else jobs or 0,
                use_cache=not no_cache and not unreviewed,
                search=not no_search,
                paper=paper,
                progress=progress.tell_pages,
                on_wait=lambda: note(_("Another build of this site is running; waiting for it to end.")),
                on_taken_down=tell_taken_down,
            )
    except BuildError as error:
        if as_json:
            show(json.dumps({"error": find_language().translate(quote_error(error))}, ensure_ascii=False))
        note(_("The site was not built: {error}", error=quote_error(error)))
        sys.exit(PROBLEMS)
    except KeyboardInterrupt:
        note(_("Stopped. The site in its folder is whole; build again to finish."))
        sys.exit(130)
    sys.exit(tell_report(report, time.monotonic() - started, profile=profile, as_json=as_json))


def tell_report(report: Report, seconds: float, *, profile: bool, as_json: bool) -> int:
    """Print what a build did, and return the exit code."""
    if as_json:
        show(json.dumps(describe_report(report, seconds), ensure_ascii=False, indent=2))
    else:
        print_diagnostics([*report.diagnostics, *report.notes])
        if profile:
            print_profile(report)
    if report.diagnostics:
        what = _("The site was not built.")
        if report.taken_down:
            what = _("The site was not built. The last one stays, without the photos that were taken down.")
        note(what)
        return PROBLEMS
    for name, modules in report.left_out.items():
        note(
            _(
                "Left out: {name}. It needs what is not installed here: {modules}.",
                name=name,
                modules=join_lazy(modules),
            )
        )
    tell_papers(report)
    if report.search is not None:
        note(
            _(
                "Search: {records} entries in {seconds} s, part of the time below.",
                records=report.search.records,
                seconds=f"{report.search.seconds:.2f}",
            )
        )
    note(
        _(
            "{what} in {seconds} s: {site_dir}",
            what=summarise(report),
            seconds=f"{seconds:.2f}",
            site_dir=shorten(report.site_dir),
        )
    )
    return OK


def tell_papers(report: Report) -> None:
    """Say how many PDFs and e-books were made, what a check found, and which wait until somebody asks for them."""
    if report.papers:
        made = ngettext_lazy("Made {number} PDF or e-book", "Made {number} PDFs and e-books", len(report.papers))
        checked = _("{made}; PDFs are checked against PDF/UA.", made=made)
        note(checked if _can_check() else _("{made}, not checked.", made=made))
    for name, faults in sorted(report.faults.items()):
        note(_("{file} is not as easy to read aloud as it has to be: {faults}", file=name, faults="; ".join(faults)))
    if report.waiting:
        note(
            ngettext_lazy(
                "{number} PDF or e-book is not in the site, because it is older than its page or not made yet: "
                "`make paper` makes it.",
                "{number} PDFs and e-books are not in the site, because they are older than their pages or not made "
                "yet: `make paper` makes them.",
                report.waiting,
            )
        )


def _can_check() -> bool:
    from goodpractice.paper.checking import can_check

    return can_check()


def tell_taken_down(taken: TakenDown) -> None:
    """Say what went from a site that could not be built, and tell a workflow of GitHub that it is worth publishing."""
    note(
        _(
            "Taken off the last site: {photos} ({pages}).",
            photos=ngettext_lazy("{number} file of photos", "{number} files of photos", len(taken.files)),
            pages=join_lazy([f"/{page}" for page in taken.pages]) if taken.pages else _("on no page"),
        )
    )
    file = os.environ.get("GITHUB_OUTPUT")
    if file:
        with Path(file).open("a", encoding="utf-8", newline="\n") as stream:
            stream.write("taken_down=true\n")


def reject_published(project: Path, site_dir: Path | None) -> None:
    """Stop when words that nobody has approved would be written into the folder that is published."""
    from goodpractice.config.settings import load_settings

    if site_dir is None or site_dir.resolve() == (project / load_settings(project).site_dir).resolve():
        fail(_("--unreviewed needs --site-dir and a folder of its own: these words are not for the published site."))


def show_words(unreviewed: bool) -> AbstractContextManager[None]:
    """With or without the words that nobody has approved."""
    from goodpractice.i18n.languages import show_unreviewed

    return show_unreviewed() if unreviewed else nullcontext()


def summarise(report: Report) -> str:
    """What a build did, in one sentence."""
    pages = ngettext_lazy("{number} page", "{number} pages", report.pages)
    if not (report.rendered or report.written or report.removed):
        return _("Nothing changed: {pages}", pages=pages)
    changed = ngettext_lazy("{number} file written", "{number} files written", report.written)
    if report.removed:
        changed = join_lazy([changed, ngettext_lazy("{number} removed", "{number} removed", report.removed)])
    if report.full:
        return _("Built {pages}, all anew ({cold}); {changed}", pages=pages, cold=report.full, changed=changed)
    return _("Built {rendered} of {pages}; {changed}", rendered=report.rendered, pages=pages, changed=changed)


def describe_report(report: Report, seconds: float) -> dict[str, object]:
    """A report for programs."""
    from goodpractice.diagnostics.budget import fit_report
    from goodpractice.diagnostics.reports import describe_diagnostic

    return {
        "pages": report.pages,
        "rendered": report.rendered,
        "written": report.written,
        "removed": report.removed,
        "taken_down": report.taken_down,
        "cold": find_language().translate(report.full),
        "seconds": round(seconds, 4),
        "search": report.search.records if report.search else None,
        "papers": len(report.papers),
        "waiting": report.waiting,
        "faults": {name: list(faults) for name, faults in report.faults.items()},
        "left_out": {name: list(modules) for name, modules in report.left_out.items()},
        "stages": {name: round(value, 4) for name, value in report.seconds.items()},
        "slowest": [{"url": url, "seconds": round(value, 4)} for url, value in report.slowest],
        "issues": [describe_diagnostic(diagnostic, find_language()) for diagnostic in fit_report(report.diagnostics)],
        "notes": [describe_diagnostic(diagnostic, find_language()) for diagnostic in fit_report(report.notes)],
    }


def print_profile(report: Report) -> None:
    """Where the time went."""
    for name, seconds in report.seconds.items():
        note(f"{seconds:8.3f} s  {name}")
    if report.slowest:
        note(_("The slowest pages:"))
    for url, seconds in report.slowest:
        note(f"{seconds * 1000:8.1f} ms  /{url}")


class Progress:
    """A bar with the number done and the time left on a terminal; a plain line at every tenth elsewhere."""

    def __init__(self) -> None:
        self._shown = ("", 0)
        self._bar: Any = None

    def tell_pages(self, done: int, total: int) -> None:
        """So many pages of all are made."""
        self._tell(_("Pages"), _("{done} of {total} pages", done=done, total=total), done, total)

    def close(self) -> None:
        """End the line of the bar."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None

    def _tell(self, label: str, line: str, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            tenth = 10 * done // total if total else 0
            if total >= _LONG and tenth and (label, tenth) != self._shown:
                self._shown = (label, tenth)
                note(line)
        elif total >= _WORTH_A_BAR:
            if self._shown[0] != label:
                self.close()
                self._shown = (label, 0)
                self._bar = click.progressbar(
                    length=total, label=find_language().translate(label), file=sys.stderr, show_pos=True, width=30
                )
                self._bar.__enter__()
            self._bar.update(done - self._bar.pos)


@contextmanager
def show_progress() -> Iterator[Progress]:
    """Tell how far a build is."""
    progress = Progress()
    try:
        yield progress
    finally:
        progress.close()


@click.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT", help="Where to serve.")
@click.option(
    "--allow-host",
    "hosts",
    metavar="NAME",
    multiple=True,
    help="Answer browsers that call this computer by this name, too; may be given several times.",
)
@click.option(
    "--poll", is_flag=True, help="Look for changed files every half second, where the system does not report them."
)
@cache_option
@project_option
def serve(address: str, hosts: tuple[str, ...], poll: bool, project: Path) -> None:
    """Show the website on this computer and follow every edit.

    A page reloads when it changes. A mistake is shown in the page and here, and
    the last good text stays until it is mended. Stop with Ctrl-C.

    \b
    Example:
      goodpractice serve --address 127.0.0.1:9000
    """
    require_project(project)
    host, __, port = address.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not (port.isascii() and port.isdigit()) or int(port) > _LAST_PORT:
        fail(_("{address} is not an address. Write it as 127.0.0.1:8000.", address=address))
    from goodpractice.diagnostics.errors import BuildError
    from goodpractice.engine.serving import serve_site

    def tell(report: Report, seconds: float) -> None:
        print_diagnostics([*report.diagnostics, *report.notes])
        if report.diagnostics:
            note(_("The last good site is still shown."))
        else:
            note(_("{what} in {seconds} s", what=summarise(report), seconds=f"{seconds:.2f}"))

    try:
        with show_progress() as progress:
            serving = serve_site(project, host, int(port), tell, note, progress.tell_pages, poll=poll, hosts=hosts)
        note(_("Serving {url} until Ctrl-C is pressed", url=serving.url))
        serving.wait()
        serving.stop()
    except BuildError as error:
        note(_("The site cannot be served: {error}", error=quote_error(error)))
        sys.exit(PROBLEMS)
    except KeyboardInterrupt:
        note(_("Stopped."))
        return
    note(_("The code of goodpractice changed; starting again."))
    os.execv(sys.executable, [sys.executable, "-m", "goodpractice", *sys.argv[1:]])  # noqa: S606 - ourselves
