"""What day it is. Nothing else asks the computer for it, so that a test can choose the day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

_chosen: list[datetime.datetime] = []


def now() -> datetime.datetime:
    """The moment, in UTC."""
    return _chosen[-1] if _chosen else datetime.datetime.now(datetime.UTC)


def today() -> datetime.date:
    """The day, in UTC: the same for everybody who builds a site, wherever they are."""
    return now().date()


@contextmanager
def set_clock(moment: datetime.datetime) -> Iterator[None]:
    """Stop the clock at a moment until the block ends, for every thread and for processes that are forked meanwhile."""
    _chosen.append(moment)
    try:
        yield
    finally:
        _chosen.pop()
