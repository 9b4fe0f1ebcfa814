"""`goodpractice serve`: a site that follows every edit, on this computer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable

from goodpractice.adapters.shells import SetupError
from goodpractice.config.settings import CONFIG_FILE, SettingsError
from goodpractice.diagnostics.rules import BROKEN_MACRO, WRONG_VALUE, YAML_SYNTAX, Diagnostic
from goodpractice.engine.options import Report
from goodpractice.engine.output import WHOLE_LOCK, hold_lock
from goodpractice.engine.run import is_search_current
from goodpractice.engine.searching import renew_search
from goodpractice.engine.session import Session
from goodpractice.engine.watching import Watcher
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.i18n.messages import quote_error
from goodpractice.render.declarations import MACROS_FILE
from goodpractice.render.sandbox import find_own_line

#: Seconds without an edit before the search is renewed.
SEARCH_QUIET = 2.0


class SearchKeeper:
    """Renews the search in the background, when nobody has edited anything for a moment."""

    def __init__(self, session: Session, say: Callable[[str], None]) -> None:
        self.lock = threading.Lock()
        self._session = session
        self._say = say
        self._wanted = threading.Event()
        if session.built is not None and not is_search_current(session.options):
            self._wanted.set()

    def want(self) -> None:
        """Something changed."""
        self._wanted.set()

    def run(self) -> None:
        """Renew the search after every change, for ever."""
        while True:
            self._wanted.wait()
            while self._wanted.is_set():
                self._wanted.clear()
                time.sleep(SEARCH_QUIET)
            try:
                self.renew()
            except Exception as error:  # the server goes on; the search is as old as it was
                self._say(_("The search was not renewed: {error}", error=quote_error(error)))

    def renew(self) -> None:
        """Renew the search if pages say something else."""
        session = self._session
        with self.lock:
            # Edited stories are on their pages already; now the state learns of them.
            report = session.build()
        options = session.options
        # Another server of the same project works on the same search. Pages are built meanwhile.
        with hold_lock(options.site_dir, lambda: None, WHOLE_LOCK):
            if report.diagnostics or session.built is None or is_search_current(options):
                return
            found = renew_search(options, session.built)
        self._say(_("Search: {records} entries in {seconds} s", records=found.records, seconds=f"{found.seconds:.2f}"))


def follow(
    session: Session,
    watcher: Watcher,
    keeper: SearchKeeper,
    tell: Callable[[Report, float], None],
) -> None:
    """Build after every change, for ever."""
    while True:
        paths = watcher.collect()
        started = time.perf_counter()
        try:
            with keeper.lock:
                report = session.update(paths)
            keeper.want()
        except Exception as error:  # the server goes on: the next edit may mend it
            report = Report()
            report.diagnostics = [explain_failure(error, paths)]
        tell(report, time.perf_counter() - started)


def explain_failure(error: Exception, paths: Iterable[str]) -> Diagnostic:
    """Why a build ended after an edit of these files, as an issue that the page can show."""
    hint = _("Undo the last edit, or look at it again.")
    if isinstance(error, SettingsError):
        return Diagnostic(CONFIG_FILE, 1, 1, WRONG_VALUE, quote_error(error), hint)
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        message = _("the line cannot be read: {what}", what=str(getattr(error, "problem", "")))
        return Diagnostic(CONFIG_FILE, mark.line + 1, mark.column + 1, YAML_SYNTAX, message, hint)
    own = find_own_line(error)
    if own is not None:
        message = _("macros.py does not work: {error}", error=f"{type(error).__name__}: {error}")
        return Diagnostic(MACROS_FILE, own, 1, BROKEN_MACRO, message, hint)
    message = _("the site could not be built: {error}", error=quote_error(error))
    if isinstance(error, SetupError) and error.line:
        return Diagnostic(error.path, error.line, 1, WRONG_VALUE, message, hint)
    return Diagnostic(min(paths), 1, 1, BROKEN_MACRO, message, hint)
