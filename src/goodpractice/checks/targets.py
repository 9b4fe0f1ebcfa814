"""Where links lead: addresses that are not what they seem, and private ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from goodpractice.checks.contacts import list_contacts, squeeze
from goodpractice.content.characters import list_odd
from goodpractice.diagnostics import rules
from goodpractice.i18n.messages import gettext_lazy as _


class LinkProblem(NamedTuple):
    """A problem of an address: the code of the rule, message, hint, and the part of the address that it is about."""

    code: str
    message: str
    hint: str
    written: str


_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_AUTHORITY = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:)?[\\/]{2,}([^/?#\\\s]*)")
_PORT = re.compile(r":\d*$")
#: Characters that no name on the internet has, once it is written in letters.
_ODD_IN_HOST = re.compile(r"[^\w.:\[\]-]")
#: Letters of phonetic alphabets: no name in any language has them.
_PHONETIC = re.compile("[\u0250-\u02af\u1d00-\u1dbf]")
#: Addresses that begin a call or a message.
_CALLS = frozenset({"tel", "sms", "callto", "facetime", "whatsapp", "viber", "skype", "tg"})
_MESSENGERS = re.compile(
    r"(?:wa\.me/(?:message/)?|(?:api|web|chat)\.whatsapp\.com/.*?phone=|t\.me/|signal\.me/#p/|viber\.me/)"
    r"(?P<number>\+?(?:[ -]?\d){7,15})",
    re.IGNORECASE,
)
#: Words of a link that are an address themselves.
_IS_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?:[\w-]+\.)+(?:org|com|net|uk|wales|cymru|scot|edu|gov|eu|ie|info|museum|int)(?:/\S*)?",
    re.IGNORECASE,
)
#: Written for people, in which addresses may stand.
ADDRESS = re.compile(r"(?:https?|ftp)://[^\s<>\"')\]]+", re.IGNORECASE)


def check_target(target: str, words: str = "", known: Collection[str] = (), literal: str = "") -> Iterator[LinkProblem]:
    """List the problems of the address of a link.

    Args:
        target: The address.
        words: What is clicked on.
        known: Allowed contacts (see `list_contacts`).
        literal: A text whose odd characters are reported elsewhere.
    """
    if target.isascii() and "%" not in target and "@" not in target and "xn--" not in target.lower():
        decoded = target
    else:
        decoded = unquote(target, errors="replace")
        yield from _check_characters(target, decoded, literal)
    scheme = (_SCHEME.match(decoded) or ("", ""))[1].lower()
    if scheme in _CALLS:
        yield from _check_call(decoded, known)
    elif scheme == "mailto":
        yield from _list_contacts(decoded[len("mailto:") :], known)
    elif scheme in ("http", "https", "ftp") or decoded.startswith(("//", "\\\\")):
        yield from _check_address(target, decoded, words, known)


def _check_characters(target: str, decoded: str, literal: str) -> Iterator[LinkProblem]:
    for odd in list_odd(decoded):
        if odd.kind == "hidden" and odd.text not in literal and odd.text != "\ufffd":
            message = _("an invisible character (U+{ord}) is part of this address", ord=f"{ord(odd.text):04X}")
            yield LinkProblem(rules.HIDDEN_CHARACTER, message, _COPY, target)
            return


_COPY = _("Open the page, and copy its address from the browser.")


def _check_call(target: str, known: Collection[str]) -> Iterator[LinkProblem]:
    digits = re.search(r"\+?\d[\d ().%-]{5,}\d", target)
    if digits and squeeze(digits[0]) not in known:
        yield from _list_contacts(f"tel {digits[0]}")


def _list_contacts(text: str, known: Collection[str] = ()) -> Iterator[LinkProblem]:
    for contact in list_contacts(text, known):
        yield LinkProblem(contact.code, contact.message, contact.hint, contact.written)


def _check_address(target: str, decoded: str, words: str, known: Collection[str]) -> Iterator[LinkProblem]:
    authority = (_AUTHORITY.match(target) or ("", ""))[1]
    before, at, host = authority.rpartition("@")
    host = _PORT.sub("", unquote(host, errors="replace"))
    if at:
        message = _("this address leads to `{host}`, whatever stands before the `@`", host=host)
        yield LinkProblem(rules.DECEPTIVE_ADDRESS, message, _("Delete `{before}@`.", before=before), target)
    else:
        yield from (contact for contact in _list_contacts(decoded, known) if contact.code == rules.EMAIL_ADDRESS)
    shown = _decode_host(host)
    if not shown.isascii() and _is_deceptive(shown):
        message = _("the name `{host}` in this address is not what it seems", host=shown)
        yield LinkProblem(rules.DECEPTIVE_ADDRESS, message, _COPY, host)
    messenger = _MESSENGERS.search(decoded)
    if messenger and squeeze(messenger["number"]) not in known:
        yield from _list_contacts(f"tel {messenger['number']}")
    yield from _compare_words(words, host)


def _decode_host(host: str) -> str:
    """A name on the internet in its own letters."""
    labels = []
    for label in host.split("."):
        if label.lower().startswith("xn--"):
            try:
                label = label[4:].lower().encode("ascii").decode("punycode")
            except UnicodeError:
                label = f"{label}\ufffd"
        labels.append(label)
    return ".".join(labels)


def _is_deceptive(host: str) -> bool:
    if _ODD_IN_HOST.search(re.sub("[\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff\u200c\u200d]", "", host)):
        return True
    return _PHONETIC.search(host) is not None or next(list_odd(host), None) is not None


def _compare_words(words: str, host: str) -> Iterator[LinkProblem]:
    """Words that are an address of their own, while the link leads somewhere else."""
    named = words.strip().rstrip("/.…")
    if not host or not _IS_ADDRESS.fullmatch(named):
        return
    said_host = re.sub(r"^(?:[a-z]+://)?", "", named, flags=re.IGNORECASE)
    said_host = _PORT.sub("", re.split(r"[/?#\\]", said_host)[0].rpartition("@")[2])
    if not _is_same_site(said_host.lower(), host.lower()):
        message = _(
            "the words of this link are an address at `{named}`, and it leads to `{host}`", named=said_host, host=host
        )
        hint = _("Write what the page is about instead, or the same address twice.")
        yield LinkProblem(rules.DECEPTIVE_LINK, message, hint, words.strip())


def _is_same_site(one: str, other: str) -> bool:
    one, other = one.removeprefix("www."), other.removeprefix("www.")
    one, other = _decode_host(one), _decode_host(other)
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
