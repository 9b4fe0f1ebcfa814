"""Where macro calls of a page are run: out of reach of Python, and within limits.

A page may come from a branch that nobody has read yet. Jinja's sandbox keeps
its calls away from everything but the macros, and a process of its own ends
what would take too much time or memory.
"""

from __future__ import annotations

import json
import os
import select
import signal
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.meta import TrackingCodeGenerator
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.render.declarations import MACROS_FILE

#: Seconds of computing that a page may take; pages of a handbook take hundredths.
MOST_SECONDS = 2
#: Memory that it may take besides what the project needs.
MOST_BYTES = 200_000_000
#: Characters that may come out of a page.
MOST_CHARACTERS = 2_000_000
#: Calls that a page may hold and be run at once.
MOST_CALLS = 100
#: Seconds after which a process is ended that does not even compute.
PATIENCE = 60

#: What cannot take more than its own length in time and memory, as long as there are few calls.
_PLAIN = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.List, nodes.Tuple),
    *(nodes.Keyword, nodes.Call),
)


class PageError(jinja2.TemplateRuntimeError):
    """A page cannot be expanded; the message is meant for its writer.

    Attributes:
        lineno: The line of the page; nothing when it is the page as a whole.
        is_stopped: Whether it was ended from outside.
    """

    def __init__(self, message: str, lineno: int | None = None, *, is_stopped: bool = False) -> None:
        super().__init__(message)
        self.lineno = lineno
        self.is_stopped = is_stopped


@jinja2.pass_context
def _leave(context: Context, value: object) -> object:
    """Print a value as it is: for one that may depend on the context, Jinja works nothing out before the run.

    10**9**9 would hold up who only reads a page.
    """
    return value


class PageSandbox(ImmutableSandboxedEnvironment):
    """Runs the macro calls of pages; nothing in them reaches Python or changes what other pages see."""

    def __init__(self, undefined: type[jinja2.Undefined]) -> None:
        super().__init__(undefined=undefined, autoescape=False, optimized=False, finalize=_leave)

    def unsafe_undefined(self, obj: Any, attribute: str) -> jinja2.Undefined:
        """Refuse at once: an undefined value might be printed as nothing."""
        raise SecurityError(_("a page cannot use `{attribute}` of a value", attribute=attribute))


def list_undeclared(tree: nodes.Template) -> set[str]:
    """Names that a page uses and does not give a value to itself, besides those of Jinja.

    Raises:
        jinja2.TemplateAssertionError: It uses a filter or test that there is not.
    """
    generator = TrackingCodeGenerator(cast("jinja2.Environment", tree.environment))
    generator.optimizer = None
    generator.visit(tree)
    return generator.undeclared_identifiers


def is_plain(tree: nodes.Template, known: Callable[[str], bool]) -> bool:
    """Whether a page holds only text and a few calls of known macros with finished values."""
    calls = 0
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _PLAIN):
            return False
        if isinstance(node, nodes.Call):
            calls += 1
            if not isinstance(node.node, nodes.Name) or not known(node.node.name):
                return False
    return calls <= MOST_CALLS


def expand_apart(expand: Callable[[], str]) -> str:
    """What a function returns, worked out in a process of its own that may not take more than its share.

    Raises:
        PageError: It took too much, or raised something else than what follows.
        KeyError: It raised one.
    """
    if not hasattr(os, "fork"):  # a system on which this program is not supported
        return expand()
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        # The child uses nothing that another thread of this process may hold: it computes, writes and ends.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        os.close(reader)
        _answer(expand, writer)
    os.close(writer)
    try:
        data = _read(reader, child)
    finally:
        os.close(reader)
        os.waitpid(child, 0)
    try:
        answer = json.loads(data)
    except ValueError:  # it was ended in the middle
        too_much = _("the macros of this page take too long or need too much memory")
        raise PageError(too_much, is_stopped=True) from None
    if "text" in answer:
        return str(answer["text"])
    kind, message, line = answer["kind"], answer["message"], answer["line"]
    if kind == "KeyError":
        raise KeyError(message)
    raise PageError(message, line)


def _answer(expand: Callable[[], str], writer: int) -> None:
    """Work in the child, and end it, whatever happens."""
    try:
        _set_limits()
        try:
            text = expand()
            if len(text) > MOST_CHARACTERS:
                raise PageError(_("what the macros of this page write is too long"))
            answer: dict[str, Any] = {"text": text}
        except MemoryError:
            answer = {"kind": "", "message": _("the macros of this page need too much memory"), "line": None}
        except RecursionError:
            answer = {
                "kind": "",
                "message": _("the macros of this page call one another without end"),
                "line": None,
            }
        except Exception as error:
            answer = {"kind": type(error).__name__, "message": explain_error(error), "line": find_line(error)}
        left = json.dumps(answer).encode()
        while left:
            left = left[os.write(writer, left) :]
    finally:
        os._exit(0)


def _set_limits() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    try:
        used = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        resource.setrlimit(resource.RLIMIT_AS, (used + MOST_BYTES, used + MOST_BYTES))
    except (OSError, ValueError):  # macOS keeps no such account: the time ends it there
        pass


def _read(reader: int, child: int) -> bytes:
    parts: list[bytes] = []
    while select.select([reader], [], [], PATIENCE)[0]:
        part = os.read(reader, 1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)
    os.kill(child, signal.SIGKILL)
    return b""


def find_line(error: BaseException) -> int | None:
    """The line of a page on which an error was raised."""
    found = getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            found = trace.tb_lineno
        trace = trace.tb_next
    return found if isinstance(found, int) else None


def find_own_line(error: BaseException) -> int | None:
    """The line of `macros.py` on which an error was raised; nothing where it was raised elsewhere."""
    found = None
    if isinstance(error, SyntaxError) and Path(error.filename or "").name == MACROS_FILE:
        found = error.lineno
    trace = error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        # The package has a file of this name, too.
        if file.name == MACROS_FILE and file != Path(__file__).with_name(MACROS_FILE):
            found = trace.tb_lineno
        trace = trace.tb_next
    return found


def explain_error(error: BaseException) -> str:
    """What an error says, or its name."""
    return str(error.args[0]) if error.args and error.args[0] else type(error).__name__
