"""How to cite a page or the whole site: as a sentence, BibTeX, RIS, CSL-JSON, and in the head of a page.

Records with a text of their own can be cited: somebody wrote them. Names are taken as they are given, so that no
program turns them round: who wants to be named has said how.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from markupsafe import escape

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.formats.datasets import FOLDER, About, Dataset, Lines, describe_site
from goodpractice.formats.text import join_lines
from goodpractice.i18n.dates import format_date
from goodpractice.i18n.languages import ENGLISH, Language
from goodpractice.kinds.authors import FIELDS, list_authors
from goodpractice.kinds.base import FIRST_DAYS
from goodpractice.kinds.kind import Kind
from goodpractice.kinds.lookup import memoise
from goodpractice.kinds.registry import KINDS

#: What a citation is made from, where a record has it.
_CITED = (*FIRST_DAYS, "updated_on", "title", "summary", "licence", *FIELDS)
_print = json.JSONEncoder(ensure_ascii=False).encode


class Citation(NamedTuple):
    """What is cited.

    Attributes:
        key: Names it among all others.
        title: Its title.
        authors: Names of those who wrote it, as they want to be named; the site where nobody is.
        site: Name of the site; empty for the site itself.
        url: Its address.
        day: The day of its last change, as 2026-03-31; empty where nobody says.
        language: Code of its language.
        summary: What it says, in a sentence or two.
        licence: Its licence, where it says one.
    """

    key: str
    title: str
    authors: tuple[str, ...]
    site: str
    url: str
    day: str
    language: str
    summary: str
    licence: str


def may_be_cited(kind: Kind[Any]) -> bool:
    """Whether the records of a kind have texts of their own, and pages."""
    return kind.has_text and kind.collection is not None


def cite_record(kb: KnowledgeBase, kind: str, record_id: str) -> Citation:
    """The citation of a record. A page that asks depends on the fields that are cited."""
    record = kb.table(kind)[record_id]
    values = {name: getattr(record, name, None) for name in _CITED}
    return _cite(kb, describe_cited(kb), KINDS[kind], record_id, values)


def cite_page(kb: KnowledgeBase, title: str, url: str, day: str) -> Citation:
    """The citation of a page that nobody has signed.

    Args:
        kb: The knowledge base.
        title: Its title.
        url: Its whole address; may be empty.
        day: The day of its last change, as 2026-03-31; may be empty.
    """
    about = describe_cited(kb)
    code = kb.own_language.code
    return Citation("", title, (about.site_name,), about.site_name, url, day, code, "", about.licence)


@memoise
def describe_cited(kb: KnowledgeBase) -> About:
    """What a citation says of the site: the edition of the whole is no matter of one page."""
    return describe_site(kb, with_edition=False)


def cite_site(kb: KnowledgeBase) -> Citation:
    """The citation of the whole site, with its edition."""
    about = describe_site(kb)
    author = str(kb.settings.file.get("site_author") or about.site_name)
    summary = str(kb.settings.file.get("site_description") or "")
    code = kb.own_language.code
    return Citation("site", about.site_name, (author,), "", about.site_url, about.edition, code, summary, about.licence)


def _cite_dataset(dataset: Dataset) -> Callable[[Mapping[str, Any]], Citation]:
    """What cites a record of a kind by its published fields."""

    def cite(record: Mapping[str, Any]) -> Citation:
        return _cite(dataset.kb, dataset.about, dataset.kind, record["id"], record)

    return dataset.kb.memo.take((_cite_dataset, dataset.kind.id), lambda: _remember_last(cite))


def _remember_last(cite: Callable[[Mapping[str, Any]], Citation]) -> Callable[[Mapping[str, Any]], Citation]:
    """The function, which answers from memory when it is asked about the same record again: by the next format."""
    last: list[Any] = [None, None]

    def remembering(record: Mapping[str, Any]) -> Citation:
        if last[0] is not record:
            last[:] = record, cite(record)
        citation: Citation = last[1]
        return citation

    return remembering


def _cite(kb: KnowledgeBase, about: About, kind: Kind[Any], record_id: str, values: Mapping[str, Any]) -> Citation:
    days = (values.get(name) for name in ("updated_on", *FIRST_DAYS))
    url = kind.collection.record_url(record_id) if kind.collection else ""
    return Citation(
        f"{kind.id}-{record_id}".replace("_", "-"),
        str(values["title"]),
        tuple(author.name for author in list_authors(kb, values)) or (about.site_name,),
        about.site_name,
        about.site_url + url,
        str(next(filter(None, days), "")),
        kb.own_language.code,
        str(values.get("summary") or ""),
        str(values.get("licence") or ""),
    )


#: After these, a title needs no full stop.
_ENDS = tuple(".?!\u2026\u3002\u061f")


def write_sentence(citation: Citation, language: Language = ENGLISH) -> str:
    """A citation that people read: who, when, what, where. The day is that of the last change: pages are edited."""
    authors = "; ".join(citation.authors)
    day = datetime.date.fromisoformat(citation.day) if citation.day else None
    year = f" ({format_date(day, language)})" if day else ""
    site = f" {citation.site}." if citation.site and citation.site not in citation.authors else ""
    title = citation.title if citation.title.endswith(_ENDS) else f"{citation.title}."
    return join_lines(f"{authors}{year}. {title}{site} {citation.url}")


#: What TeX reads as something else. Braces are counted even behind a backslash, so none may stay.
_TEX = str.maketrans(
    {
        **{character: f"\\{character}" for character in "#$%&_"},
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write_bibtex(citation: Citation) -> str:
    """An entry of BibTeX, in UTF-8. Titles and names stand in two pairs of braces: they stay as they are written."""
    lines = [
        ("author", f"{{{' and '.join(f'{{{_escape_tex(name)}}}' for name in citation.authors)}}}"),
        ("title", f"{{{{{_escape_tex(citation.title)}}}}}"),
        ("howpublished", f"{{{_escape_tex(citation.site)}}}" if citation.site else ""),
        ("year", f"{{{citation.day[:4]}}}" if citation.day else ""),
        ("month", _MONTHS[int(citation.day[5:7]) - 1] if citation.day else ""),
        ("url", f"{{{citation.url.replace('{', '%7B').replace('}', '%7D')}}}"),
        ("langid", f"{{{citation.language}}}"),
        ("note", f"{{{_escape_tex(citation.licence)}}}" if citation.licence else ""),
    ]
    fields = ",\n".join(f"  {name} = {value}" for name, value in lines if value)
    return f"@misc{{{citation.key},\n{fields}\n}}\n"


def _escape_tex(text: str) -> str:
    return join_lines(text).translate(_TEX)


def write_ris(citation: Citation) -> str:
    """An entry of RIS, as Zotero, EndNote and Mendeley read it: a tag and a value on each line, ending in CRLF."""
    day = citation.day.replace("-", "/")
    lines = [
        ("TY", "ELEC"),
        ("ID", citation.key),
        *(("AU", name) for name in citation.authors),
        ("TI", citation.title),
        ("T2", citation.site),
        ("PY", citation.day[:4]),
        ("DA", f"{day}/" if day else ""),
        ("LA", citation.language),
        ("AB", citation.summary),
        ("N1", citation.licence),
        ("UR", citation.url),
    ]
    said = "".join(f"{tag}  - {join_lines(value)}\r\n" for tag, value in lines if value)
    return f"{said}ER  - \r\n"


def describe_csl(citation: Citation) -> dict[str, Any]:
    """An item of CSL-JSON, as pandoc and other processors of citations read it."""
    item = {
        "id": citation.key,
        "type": "webpage",
        "title": citation.title,
        "author": [{"literal": name} for name in citation.authors],
        "container-title": citation.site,
        "URL": citation.url,
        "issued": {"date-parts": [[int(part) for part in citation.day.split("-")]]} if citation.day else None,
        "language": citation.language,
        "abstract": citation.summary,
        "license": citation.licence,
    }
    return {name: value for name, value in item.items() if value}


def begin_bibtex(dataset: Dataset) -> Lines:
    """Every record as an entry of BibTeX."""
    cite = _cite_dataset(dataset)
    return Lines("", lambda record: write_bibtex(cite(record)), "\n")


def begin_ris(dataset: Dataset) -> Lines:
    """Every record as an entry of RIS."""
    cite = _cite_dataset(dataset)
    return Lines("", lambda record: write_ris(cite(record)))


def begin_csl(dataset: Dataset) -> Lines:
    """Every record as an item of CSL-JSON."""
    cite = _cite_dataset(dataset)
    return Lines("[\n", lambda record: _print(describe_csl(cite(record))), ",\n", "\n]\n")


#: What makes a file with one citation, by its ending.
CITATION_FORMATS: Mapping[str, Callable[[Citation], str]] = MappingProxyType(
    {
        "bib": write_bibtex,
        "ris": write_ris,
        "csl.json": lambda citation: f"[\n{_print(describe_csl(citation))}\n]\n",
    }
)


#: The media types of these files.
CITATION_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "bib": "application/x-bibtex",
        "ris": "application/x-research-info-systems",
        "csl.json": "application/vnd.citationstyles.csl+json",
    }
)


def whole_url(ending: str) -> str:
    """Address of the file that cites the whole site, relative to it."""
    return f"{FOLDER}site.{ending}"


def write_meta(citation: Citation) -> str:
    """The elements by which Google Scholar and Zotero know a page (Highwire Press tags): HTML for its head."""
    day = citation.day.replace("-", "/")
    named = [
        ("title", citation.title),
        *(("author", name) for name in citation.authors),
        ("publication_date", day),
        ("publisher", citation.site),
        ("language", citation.language),
        ("fulltext_html_url", citation.url),
    ]
    return "".join(
        f'<meta name="citation_{name}" content="{escape(join_lines(value))}">' for name, value in named if value
    )
