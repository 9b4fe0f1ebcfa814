"""Stemmers: what takes the endings off the words of a language.

They are those of the Snowball project, which generates the same ones for Python and for browsers from one description.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

#: Snowball's stemmer of each language that has one, by code.
ALGORITHMS: Mapping[str, str] = MappingProxyType(
    {
        "ar": "arabic",
        "ca": "catalan",
        "da": "danish",
        "de": "german",
        "el": "greek",
        "en": "english",
        "eo": "esperanto",
        "es": "spanish",
        "et": "estonian",
        "eu": "basque",
        "fi": "finnish",
        "fr": "french",
        "ga": "irish",
        "hi": "hindi",
        "hu": "hungarian",
        "hy": "armenian",
        "id": "indonesian",
        "it": "italian",
        "lt": "lithuanian",
        "nb": "norwegian",
        "ne": "nepali",
        "nl": "dutch",
        "nn": "norwegian",
        "no": "norwegian",
        "pt": "portuguese",
        "ro": "romanian",
        "ru": "russian",
        "sr": "serbian",
        "sv": "swedish",
        "ta": "tamil",
        "tr": "turkish",
        "yi": "yiddish",
    }
)


def find_algorithm(code: str) -> str:
    """The name of the stemmer of a language; empty for one that has none, such as Welsh.

    Args:
        code: The language, perhaps with a region: `pt-br`.
    """
    return ALGORITHMS.get(code.partition("-")[0], "")


@cache
def load_stemmer(algorithm: str) -> Callable[[str], str]:
    """The function that gives the stem of a word.

    Not `snowballstemmer.stemmer`: that takes a compiled library where there is one, of whatever version.
    """
    module = import_module(f"snowballstemmer.{algorithm}_stemmer")
    stem: Callable[[str], str] = getattr(module, f"{algorithm.title().replace('_', '')}Stemmer")().stemWord
    return stem
