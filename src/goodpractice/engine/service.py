"""One build for a person: it guards the folder of the site, and says why it failed in a sentence."""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from goodpractice.config.cache import find_cache
from goodpractice.config.settings import Settings, load_settings
from goodpractice.diagnostics.errors import BuildError
from goodpractice.engine.driver import Driver
from goodpractice.engine.options import Options
from goodpractice.engine.pipeline import build
from goodpractice.engine.report import Report
from goodpractice.engine.site_folder import hold_lock
from goodpractice.engine.sources import SOURCE_FOLDERS
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import quote_error

if TYPE_CHECKING:
    from goodpractice.engine.taking_down import TakenDown

#: Folders that a site cannot lie in.
NO_SITE = frozenset({*SOURCE_FOLDERS, ".git"})


def build_site(
    driver: Driver,
    project: Path,
    site_dir: Path | None = None,
    *,
    jobs: int = 0,
    use_cache: bool = True,
    search: bool = True,
    paper: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
    on_wait: Callable[[], None] = lambda: None,
    on_taken_down: Callable[[TakenDown], None] = lambda taken: None,
) -> Report:
    """Build a project: only what changed since the last build.

    Where nothing can be built, the last site stays, but for photos that were
    taken down: these go from it whatever else is wrong.

    Args:
        driver: The site generator.
        project: Its folder.
        site_dir: Where to write; `site_dir` of `mkdocs.yml` when not given.
        jobs: Worker processes; 0 for one a processor.
        use_cache: Whether to use what the last build knew.
        search: Whether to make the search with the pages. Without it, the next build that makes it is a full one.
        paper: Whether to make files that take long, such as PDFs.
        progress: Called with the number of pages made so far and the number of all.
        on_wait: Called when another build of the same site has to end first.
        on_taken_down: Called when nothing was built and photos went from the last site.

    Raises:
        BuildError: The site could not be built; the last site stays in place.
    """
    settings = load_settings(project)
    site_dir = site_dir or project / settings.site_dir
    options = Options(project, site_dir, jobs, use_cache, progress, on_wait, settings, search, paper)
    try:
        report = _build_site(driver, options, settings)
    except Exception:
        _take_down(options, on_taken_down)
        raise
    if report.diagnostics:
        report.taken_down = _take_down(options, on_taken_down).pages
    return report


def _build_site(driver: Driver, options: Options, settings: Settings) -> Report:
    target = options.site_dir
    try:
        settings.require()
        _reject_folder(options)
        if settings.fast_build_blockers:
            with hold_lock(target, options.on_wait):
                return _build_alone(driver, options, settings.fast_build_blockers)
        if target.is_mount():
            raise BuildError(_explain_mount(target))
        return build(options)
    except OSError as error:
        raise _explain_os_error(error, target) from error


def _explain_os_error(error: OSError, target: Path) -> BuildError:
    """Why a site could not be written to its folder, in a sentence."""
    if error.errno == errno.ENOSPC:
        return BuildError(_("the disk is full. Free some space and build again; the last site is still there"))
    if error.errno in (errno.EBUSY, errno.EXDEV):
        return BuildError(_explain_mount(target))
    beside = Path(str(error.filename)) if error.filename else None
    if beside is not None and beside.parent == target.parent and beside.name.startswith(f".{target.name}"):
        # The lock and the staging folder lie beside the site, and their names begin alike.
        words = _(
            "{folder} cannot be written ({error}). Name another place for the site with --site-dir DIR",
            folder=target.parent,
            error=error.strerror,
        )
        return BuildError(words)
    # What Python says; where our own code raised the error, in its own words.
    what = error.strerror or quote_error(error)
    return BuildError(_("{error} ({file})", error=what, file=error.filename) if error.filename else what)


def _take_down(options: Options, on_taken_down: Callable[[TakenDown], None]) -> TakenDown:
    """Take off the last site what may not be shown any more.

    Raises:
        BuildError: A file could not be deleted or written.
    """
    from goodpractice.config.site_folders import SITEMAP
    from goodpractice.engine.taking_down import TakenDown, take_down

    target = options.site_dir
    if not (target / SITEMAP).is_file():
        return TakenDown()
    try:
        with hold_lock(target, options.on_wait):
            taken = take_down(options.root, target, options.beside("staging"))
    except OSError as error:
        raise BuildError(
            _(
                "a photo could not be taken off the last site: {error} ({file}). Delete the folder {folder}",
                error=error.strerror or quote_error(error),
                file=error.filename,
                folder=target,
            )
        ) from error
    if taken:
        on_taken_down(taken)
    return taken


def _reject_folder(options: Options) -> None:
    """Keep a site from taking the place of anything but a site: whatever lies in its folder is replaced.

    Raises:
        BuildError: The folder holds the project, or a part of it, or files that no build has written.
    """
    project, target = options.root, options.site_dir
    inside = target.relative_to(project).parts[0] if target != project and target.is_relative_to(project) else ""
    if project.is_relative_to(target) or inside in NO_SITE:
        raise BuildError(
            _("{folder} holds the project, or a part of it. Name a folder for the site alone", folder=target)
        )
    cache = find_cache(project)
    below = cache.relative_to(project).parts[0] if cache.is_relative_to(project) else ""
    if cache.is_relative_to(target) or target.is_relative_to(cache) or below in NO_SITE:
        raise BuildError(
            _("{folder} holds a part of the project, or the site. Name a folder for the cache alone", folder=cache)
        )
    if target.exists() and not target.is_dir():
        raise BuildError(_("{folder} is a file. Name a folder for the site alone", folder=target))
    if not options.state_path.is_file() and target.is_dir() and any(target.iterdir()):
        # Nothing is known of it; but every site has a list of its pages, whoever built it.
        from goodpractice.config.site_folders import SITEMAP

        if not (target / SITEMAP).is_file():
            raise BuildError(
                _(
                    "{folder} holds files that are no site and would be lost. Name a folder for the site alone",
                    folder=target,
                )
            )


def _explain_mount(folder: Path) -> str:
    """Why a site cannot be a folder at which a disk or a volume of a container begins: it could not change places."""
    return _(
        "{folder} is the beginning of another disk or volume, where a new site cannot take the place of the old one "
        "at once. Name a folder below it, for example --site-dir {example}",
        folder=folder,
        example=folder / "site",
    )


def _build_alone(driver: Driver, options: Options, because_of: Sequence[str]) -> Report:
    names = ", ".join(because_of)
    report = Report(
        site_dir=options.site_dir, full=_("MkDocs builds it, because of {names} in mkdocs.yml", names=names)
    )
    driver.build_alone(options.root, options.site_dir)
    report.pages = report.rendered = report.written = sum(1 for __ in options.site_dir.rglob("index.html"))
    return report
