"""The only list of formats in which papers are made."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stdout
from importlib.util import find_spec
from typing import NamedTuple

from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.paper.manuscript import Manuscript, Written


class PaperFormat(NamedTuple):
    """A format.

    Attributes:
        id: Its name, with which the names of its files end.
        write: Makes a file.
        is_slow: Whether a file takes so long that only a build that is asked for papers makes it.
        find_missing: What is missing on this computer to make it, in a word; nothing where all is there.
        load: Loads what makes it, where processes that are forked later are better off having it.
    """

    id: str
    write: Callable[[Manuscript], Written]
    is_slow: bool = False
    find_missing: Callable[[], str] = lambda: ""
    load: Callable[[], object] = lambda: None


def _write_pdf(manuscript: Manuscript) -> Written:
    # Loading WeasyPrint takes half a second, and needs a library that may be missing.
    from goodpractice.paper.pdf import write_pdf

    return write_pdf(manuscript)


def _write_docx(manuscript: Manuscript) -> Written:
    # Loading what writes these takes a tenth of a second.
    from goodpractice.paper.office_pages import lay_out
    from goodpractice.paper.word import write_docx

    return Written(write_docx(lay_out(manuscript)))


def _load_docx() -> None:
    import goodpractice.paper.word  # noqa: F401


def _write_odt(manuscript: Manuscript) -> Written:
    from goodpractice.paper.office_pages import lay_out
    from goodpractice.paper.opendocument import write_odt

    return Written(write_odt(lay_out(manuscript)))


def _load_odt() -> None:
    import goodpractice.paper.opendocument  # noqa: F401


def _find_missing() -> str:
    try:
        # Without Pango, it prints what a programmer should do.
        with redirect_stdout(io.StringIO()):
            import weasyprint  # noqa: F401
    except ImportError:
        return "weasyprint"
    except OSError:
        return _("Pango, which `make paper` installs where it may")
    return ""


def _write_epub(manuscript: Manuscript) -> Written:
    from goodpractice.paper.ebook import write_epub

    return write_epub(manuscript)


def _find_parser() -> str:
    return "" if find_spec("tinyhtml5") else "tinyhtml5"


FORMATS: tuple[PaperFormat, ...] = (
    PaperFormat("pdf", _write_pdf, is_slow=True, find_missing=_find_missing),
    PaperFormat("docx", _write_docx, load=_load_docx),
    PaperFormat("odt", _write_odt, load=_load_odt),
    PaperFormat("epub", _write_epub, is_slow=True, find_missing=_find_parser),
)
