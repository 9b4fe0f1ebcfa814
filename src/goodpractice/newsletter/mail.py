"""An issue of the newsletter as a message that a mail program opens, to be sent by whoever likes.

Nothing in it is loaded from anywhere, it has no address of anybody, and the same issue gives the same bytes.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from html import unescape
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import quote, urljoin

import css_inline
import nh3
from jinja2 import Environment, Template
from markupsafe import Markup, escape

from goodpractice.i18n.languages import Language
from goodpractice.newsletter.plain import write_plain

#: Elements that every mail program shows.
_TAGS = {
    *("h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "a", "strong", "em", "blockquote", "code", "br", "hr"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_HEADERLINK = re.compile(r'<a class="headerlink"[^>]*>.*?</a>', re.DOTALL)
_HREF = re.compile(r'(?<= href=")[^"]*(?=")')
#: What a header or a text of a message must not hold, and what a line of it cannot.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Mailing(NamedTuple):
    """What is sent of an issue.

    Attributes:
        title: Its title, which is the subject as well.
        html: All of its text, cleaned, with whole addresses.
        language: Its language.
        day: The day on which it was published; nothing while nobody has said.
    """

    title: str
    html: str
    language: Language
    day: datetime.date | None = None


def clean_html(html: str, base: str) -> str:
    """HTML of a page as every mail program shows it: a few elements, and whole addresses.

    Args:
        html: The HTML.
        base: Whole address of the page.
    """
    html = _HEADERLINK.sub("", html)
    html = _HREF.sub(lambda found: str(escape(_complete(unescape(found[0]), base))), html)
    schemes = {"https", "http", "mailto"}
    cleaned = nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes=schemes, link_rel=None)
    return _CONTROLS.sub("", cleaned)


def _complete(href: str, base: str) -> str:
    try:
        return quote(urljoin(base, href), safe="%/:=&?~#+!$,;'@*[]")
    except ValueError:  # no address by the rules of RFC 3986
        return ""


def make_mail(issue: Mailing, colours: Mapping[str, str]) -> bytes:
    """The message, as a file that ends in `.eml`: HTML with its styles inside, and the same as plain text.

    It has no sender and no receiver. `X-Unsent` lets the mail programs that know it open it as a draft.

    Args:
        issue: The issue.
        colours: Colours by name: ink, paper, surface, line and link.
    """
    title = make_subject(issue.title)
    page = _load_template().render(
        language=issue.language.code,
        direction=issue.language.direction,
        title=title,
        colours=colours,
        text=Markup(issue.html),  # noqa: S704 - cleaned
    )
    html = css_inline.inline(page, load_remote_stylesheets=False)
    plain = write_plain(issue.html)
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = title
    if issue.day is not None:
        noon = datetime.datetime.combine(issue.day, datetime.time(12), datetime.UTC)
        mail["Date"] = format_datetime(noon)
    mail["X-Unsent"] = "1"
    mail.set_content(plain, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    mail.set_boundary(f"=_goodpractice_{hashlib.blake2b((plain + html).encode(), digest_size=16).hexdigest()}")
    return mail.as_bytes()


def make_subject(title: str) -> str:
    """A title as the subject of a message: one line, whatever it holds."""
    return " ".join(_CONTROLS.sub(" ", title).split())


@cache
def _load_template() -> Template:
    source = (files("goodpractice.newsletter") / "mail.html").read_text(encoding="utf-8")
    return Environment(autoescape=True).from_string(source)
