"""The check of PDFs against the rules of PDF/UA-1 (ISO 14289-1), where the package page-validation is installed."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

#: What the package page-validation is imported as.
_MODULE = "page"


def can_check() -> bool:
    """Whether PDFs can be checked on this computer: only those who change the program need to."""
    return find_spec(_MODULE) is not None and hasattr(_load(), "validate_pdf_bytes")


def find_faults(data: bytes) -> tuple[str, ...]:
    """The rules that a PDF breaks, each with what is wrong the first time; nothing where it cannot be checked.

    Costs 20 ms for five pages.
    """
    if not can_check():
        return ()
    found: dict[str, str] = {}
    for failure in _load().validate_pdf_bytes(data, profile="ua1").failures:
        found.setdefault(failure.rule_id, failure.message)
    return tuple(f"{rule}: {message}" for rule, message in found.items())


def _load() -> Any:
    return import_module(_MODULE)
