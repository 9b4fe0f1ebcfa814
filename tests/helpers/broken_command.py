"""The command with a Markdown reader that breaks down on purpose, as compiled code may."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any, NoReturn


class PanicException(BaseException):
    """What a panic in Rust is in Python."""


def _raise(error: BaseException) -> NoReturn:
    raise error


def _deeper() -> None:
    _deeper()


#: What may happen to the process.
ENDS: dict[str, Callable[[], Any]] = {
    "an abort": os.abort,
    "killed for its memory": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "a fault": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "a panic": lambda: _raise(PanicException("called `Option::unwrap()`")),
    "no memory": lambda: _raise(MemoryError()),
    "a parser without end": _deeper,
    "a mistake of ours": lambda: _raise(KeyError("ours")),
    "nothing": lambda: None,
}


def run_broken(end: str, arguments: tuple[str, ...]) -> None:
    """Run the command in this process, which ends with it; reading about a park ends it otherwise."""
    import comrak

    from goodpractice.cli import run

    render = comrak.render_markdown

    def break_down(text: str, *given: Any, **options: Any) -> Any:
        if "park" in text.casefold():
            ENDS[end]()
        return render(text, *given, **options)

    comrak.render_markdown = break_down
    sys.argv[1:] = arguments
    run()
