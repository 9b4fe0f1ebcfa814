"""PDFs, made with WeasyPrint: tagged for readers who hear them (PDF/UA-1), and always the same bytes."""

from __future__ import annotations

import gc
import hashlib
import logging
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from goodpractice.paper.checking import find_faults
from goodpractice.paper.document import draft_document, write_document
from goodpractice.paper.fetching import SiteFetcher
from goodpractice.paper.links import SITE
from goodpractice.paper.manuscript import Manuscript, Written
from goodpractice.paper.pdf_pages import print_document
from goodpractice.render.stylesheet import build_paper_stylesheet

#: Standard of tagged PDF (ISO 14289-1).
VARIANT = "pdf/ua-1"

# What they tell programmers, of every rule of a browser's font among others.
for _name in ("weasyprint", "fontTools"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def write_pdf(manuscript: Manuscript) -> Written:
    """A manuscript as PDF.

    Costs half a second and about 80 ms a page, and 2 MB a page beside the 100 MB that WeasyPrint takes.
    """
    document = lay_out(manuscript)
    identifier = hashlib.sha256(draft_document(manuscript).encode()).digest()[:16]
    data = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier, finisher=_name_parts)
    written = Written(data, len(document.pages), find_faults(data))
    # Boxes hold each other; the processes of a build look for no garbage by themselves.
    del document
    gc.collect()
    return written


def lay_out(manuscript: Manuscript) -> Any:
    """The pages of a manuscript: a document of WeasyPrint."""
    fetcher = SiteFetcher(manuscript.find_file)
    fonts = FontConfiguration()
    style = build_paper_stylesheet(manuscript.kb.settings.look)
    css = CSS(string=style, base_url=f"{SITE}assets/", url_fetcher=fetcher, font_config=fonts)
    html = HTML(string=write_document(manuscript), base_url=SITE, url_fetcher=fetcher)
    print_document(manuscript, html.etree_element)
    return html.render(font_config=fonts, stylesheets=[css], pdf_variant=VARIANT)


def _name_parts(document: Any, pdf: Any) -> None:
    """Say of each glyph that is only a part of a letter, such as the one below a vowel sign in Arabic, that it is none.

    WeasyPrint gives the whole letter to the first of its glyphs and no text to the others, which no PDF may do.
    """
    for item in pdf.objects:
        lines = getattr(item, "stream", None)
        if isinstance(lines, list) and b"begincmap" in lines:
            lines[:] = [line.replace(b"<>", b"<200b>") if isinstance(line, bytes) else line for line in lines]
