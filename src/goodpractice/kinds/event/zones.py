"""Time zones by their names in the database of the IANA, as `Europe/London`.

They are read from the package `tzdata`, never from the computer: the same sources give the same calendar everywhere.
"""

from __future__ import annotations

import datetime
import difflib
import re
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

_NAME = re.compile(r"[A-Za-z][\w+-]*(?:/[A-Za-z][\w+-]*){0,2}", re.ASCII)
#: Names that a message lists when somebody has written another.
_MOST_NEAR = 3
#: So alike is the name of a town to the one that was meant.
_CLOSE = 0.7


@cache
def find_zone(name: str) -> ZoneInfo:
    """A time zone by its name.

    Raises:
        KeyError: There is none of this name.
    """
    if _NAME.fullmatch(name):
        file = files("tzdata").joinpath("zoneinfo", *name.split("/"))
        if file.is_file():
            with file.open("rb") as stream:
                return ZoneInfo.from_file(stream, key=name)
    raise KeyError(name)


def list_near_zones(name: str) -> list[str]:
    """The names closest to one that is none, for a message: by the town, however it is written."""
    zones = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    by_town: dict[str, str] = {}
    for zone in (zone for zone in zones if "/" in zone and not zone.startswith("Etc/")):
        by_town.setdefault(zone.rsplit("/", 1)[-1].casefold(), zone)
    town = re.split(r"[/,]", name.strip())[-1].strip().replace(" ", "_").casefold()
    return [by_town[near] for near in difflib.get_close_matches(town, by_town, _MOST_NEAR, _CLOSE)]


def say_offset(moment: datetime.datetime) -> str:
    """How far the clocks of a place are from UTC at a moment: `UTC+1`, `UTC+5:30`."""
    minutes = int((moment.utcoffset() or datetime.timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "\N{MINUS SIGN}" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def is_skipped(moment: datetime.datetime) -> bool:
    """Whether the clocks of the place skip this moment: they go forward over it."""
    there = moment.astimezone(datetime.UTC).astimezone(moment.tzinfo)
    return there.replace(tzinfo=None) != moment.replace(tzinfo=None)


def is_doubled(moment: datetime.datetime) -> bool:
    """Whether the clocks of the place show this moment twice: they go back over it. The first one is taken."""
    return not is_skipped(moment) and moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()
