"""Ways to write to the community: a message by mail or a form of its own, with the page named and the text prepared.

Nothing is sent from here. A link opens the reader's own mail program, or the form, and the reader sends it or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from goodpractice.config.contact import ContactSettings
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.kinds.case_study.questions import NEEDED, WELCOME


class Purpose(NamedTuple):
    """Why somebody writes.

    Attributes:
        link: What the link says.
        subject: What the message is about.
        prompts: What it asks, each with room for an answer.
        more: What it asks besides, of whoever knows.
    """

    link: str
    subject: str
    prompts: tuple[str, ...]
    more: tuple[str, ...] = ()


#: By the name that the macro `contact` takes; the foot of a page has the first three.
PURPOSES: Mapping[str, Purpose] = {
    "useful": Purpose(
        N_("Say what was useful or missing"),
        N_("About a page"),
        (
            N_("What was useful:"),
            N_("What was missing:"),
            N_("May we print this without your name? yes / no"),
        ),
    ),
    "question": Purpose(
        N_("Ask a question"),
        N_("A question"),
        (N_("My situation:"), N_("My question:")),
    ),
    "correction": Purpose(
        N_("Correct a mistake"),
        N_("A correction"),
        (N_("What is wrong:"), N_("What is right:"), N_("A published source, if there is one:")),
    ),
    "story": Purpose(
        N_("Send your story"),
        N_("A story"),
        tuple(NEEDED.values()),
        tuple(WELCOME.values()),
    ),
}
ON_EVERY_PAGE = tuple(PURPOSES)[:3]


class Way(NamedTuple):
    """Links by which somebody writes for one purpose: to the form, by mail, or both.

    Attributes:
        text: What it is for.
        form: Address of the form; empty without one.
        mail: Address that opens a message; empty without an address for mail.
    """

    text: str
    form: str
    mail: str


def list_ways(
    contact: ContactSettings, title: str, address: str, say: Callable[[str], str], *purposes: str
) -> Iterator[Way]:
    """The ways to write, for each purpose; none while no address is set.

    Args:
        contact: What the community set.
        title: Title of the page.
        address: Its whole address.
        say: Puts words of ours into the language of the reader.
        purposes: Names from `PURPOSES`.
    """
    if not contact.is_open:
        return
    for name in purposes:
        purpose = PURPOSES[name]
        about = say(purpose.subject)
        values = {"page": address, "title": title, "about": about}
        form = contact.form
        for key, value in values.items():
            form = form.replace(f"{{{key}}}", quote(value, safe=""))
        body = "\r\n".join(_write_body(purpose, title, address, say))
        query = f"subject={quote(f'{about}: {title}', safe='')}&body={quote(body, safe='')}"
        mail = f"mailto:{quote(contact.email, safe='@')}?{query}" if contact.email else ""
        yield Way(say(purpose.link), form, mail)


def _write_body(purpose: Purpose, title: str, address: str, say: Callable[[str], str]) -> Iterator[str]:
    yield f"{title}: {address}"
    for prompt in purpose.prompts:
        yield from ("", say(prompt), "")
    if purpose.more:
        yield from ("", say(N_("If you know it, and only then:")))
        yield from map(say, purpose.more)
