"""PDFs, made with WeasyPrint: tagged for readers who hear them (PDF/UA-1), and the same bytes from the same sheet."""

from __future__ import annotations

import gc
import hashlib
import logging

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from goodpractice.paper.document import write_document
from goodpractice.paper.fetching import SITE, SiteFetcher
from goodpractice.paper.sheet import Sheet, Written
from goodpractice.paper.tree import print_document
from goodpractice.render.stylesheet import build_paper_stylesheet

#: Standard of tagged PDF (ISO 14289-1).
VARIANT = "pdf/ua-1"

logging.getLogger("weasyprint").addHandler(logging.NullHandler())
logging.getLogger("fontTools").setLevel(logging.ERROR)


def write_pdf(sheet: Sheet) -> Written:
    """A sheet as PDF.

    Costs half a second and more: about 40 ms a page, and 120 MB.
    """
    fetcher = SiteFetcher(sheet.find_file)
    fonts = FontConfiguration()
    style = build_paper_stylesheet(sheet.kb.settings.look)
    css = CSS(string=style, base_url=f"{SITE}assets/", url_fetcher=fetcher, font_config=fonts)
    html = HTML(string=write_document(sheet), base_url=SITE, url_fetcher=fetcher)
    print_document(sheet, html.etree_element)
    document = html.render(font_config=fonts, stylesheets=[css], pdf_variant=VARIANT)
    identifier = hashlib.sha256(sheet.draft().encode()).digest()[:16]
    data = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier)
    assert data is not None  # noqa: S101 - for the type checker: no file was named
    written = Written(data, len(document.pages))
    # Boxes hold each other; the processes of a build look for no garbage by themselves.
    del document, html, css
    gc.collect()
    return written
