"""Web addresses as people paste them, and the whole address that was meant."""

from __future__ import annotations

import re

from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds.base import URL_PATTERN

LINK_WITH_WORDS = re.compile(r"\[([^\[\]\n]{1,200})\]\s?\(\s*<?[^\s()<>]+>?\s*\)")
MARKDOWN_LINK = re.compile(r"\[[^\]\n]*\]\s?\(\s*<?([^\s()<>]+)>?\s*\)")
#: The beginning of an address, however it was mistyped.
_BEGIN = re.compile(r"h?t{1,3}ps?\s?[:;]?\s?[/\\]{1,3}\s?", re.IGNORECASE)
_WHOLE = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
_DOI = re.compile(r"(?:doi\s?:?\s?)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[a-z0-9-]{1,60}\.){1,4}(?P<end>[a-z]{2,15})(?:[/?#]\S*)?", re.IGNORECASE)
#: Endings of files, which look like those of domains.
_FILES = frozenset(
    ["md", "doc", "docx", "pdf", "txt", "jpg", "jpeg", "png", "heic", "webp", "yml", "html", "htm", "pptx", "xlsx"]
)
_BEGUN = re.compile(r"https?://", re.IGNORECASE)
#: The address of one person or telephone, and not of a page.
_PERSON = re.compile(r"(?:mailto|tel|sms|callto):|[^\s/]+@", re.IGNORECASE)
_ON_A_COMPUTER = re.compile(r"(?:file:|[a-z]:[\\/]|[\\~])", re.IGNORECASE)
_MOST_CHARACTERS = 500
_AROUND = " \t<>\"'“”‘’`,;()[]"


def mend_address(text: str) -> str | None:
    """Complete a web address that was pasted in part; nothing when the text is none."""
    if len(text) > _MOST_CHARACTERS:
        return None
    link = MARKDOWN_LINK.search(text)
    bare = (link[1] if link else text).strip(_AROUND).rstrip(".")
    whole = _WHOLE.search(bare)
    doi = _DOI.fullmatch(bare)
    if whole:
        bare = whole[0].rstrip(_AROUND + ".")
    elif doi:
        bare = f"https://doi.org/{doi[1]}"
    elif (begun := _BEGIN.match(bare)) and "." in bare:
        bare = ("https://" if "s" in begun[0].lower() else "http://") + bare[begun.end() :]
    else:
        domain = _DOMAIN.fullmatch(bare)
        if domain is None or domain["end"].lower() in _FILES:
            return None
        bare = f"https://{bare}"
    return bare if URL_PATTERN.fullmatch(bare) and "." in bare else None


def say_how_to_address(text: str) -> str:
    """What to do about a text that is no web address and cannot be made one."""
    if _BEGUN.match(text.strip(_AROUND)):
        return _(
            "Open the page, and copy its whole address from the browser. It has to be one that everybody can open."
        )
    if _PERSON.match(text):
        return _("Write the address of a web page that says how to get in touch.")
    words = text.strip(_AROUND).split()
    ending = words[0].rpartition(".")[2].lower() if words else ""
    if (ending in _FILES and "." in words[0]) or _ON_A_COMPUTER.match(text):
        return _("Put the file on a website first, and write its address there: a file cannot be attached here.")
    return _("Begin it with https://.")
