"""Why a build stops."""

from __future__ import annotations


class BuildError(Exception):
    """The build stopped; the message says why, in a sentence."""


class SetupError(BuildError):
    """The site cannot be set up; the message says why, in one sentence.

    Attributes:
        path: The file to look at, where it is one.
        line: Its line; 0 where there is none.
    """

    path = ""
    line = 0
