"""What a project has besides texts: templates that are copies of ours, and what `macros.py` imports from here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from goodpractice.config.settings import Settings
from goodpractice.content.document import Origin
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.render.declarations import MACROS_FILE, list_lost_imports
from goodpractice.render.theme import TEMPLATES

#: Digests of templates that projects held as copies before the package had them.
_EARLIER = (
    "107adb67 15122454 393ac0e8 3a3206e2 5a68a8b2 5d5d6b6e 64b958b2 64dec035 7bcad4a9 7be0b369 8ad0874e "
    "91c47678 995c6b92 9f8fa7b3 abcab788 b64040bc b8336503 c6dae3de ddec278e decd0398 ee0d77dc f4f8a7e5"
)
_CUSTOM_DIR = ("theme", "custom_dir")


def check_copies(root: Path, settings: Settings, origin: Origin) -> Iterator[Diagnostic]:
    """The folder of templates that `mkdocs.yml` names: whether it is there, and which templates are ours unchanged."""
    name = settings.look.custom_dir
    if not name:
        return
    folder = root / name
    if not folder.is_dir():
        message = _("there is no folder `{folder}`", folder=name)
        hint = _("Delete the line: the templates of the package are used without it.")
        yield origin.diagnose(_CUSTOM_DIR, rules.DEAD_SETTING, message, hint)
        return
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    copies = [path.relative_to(root).as_posix() for path in files if _is_copy(path, folder)]
    if copies:
        message = _("`{folder}` holds copies of templates that come with the package now", folder=name)
        hint = _("Delete {files}.", files=", ".join(f"`{path}`" for path in copies))
        if len(copies) == len(files):
            hint = _("Delete this line and the folder `{folder}`: nothing in it was changed.", folder=name)
        yield origin.diagnose(_CUSTOM_DIR, rules.COPIED_TEMPLATE, message, hint)


def _is_copy(file: Path, folder: Path) -> bool:
    ours = TEMPLATES / file.relative_to(folder)
    if not ours.is_file() or ours.suffix != ".html":
        return False
    data = file.read_bytes()
    return data == ours.read_bytes() or hashlib.blake2b(data, digest_size=4).hexdigest() in _EARLIER


def check_macros_file(root: Path) -> Iterator[Diagnostic]:
    """Names that `macros.py` imports from this package and that it does not have."""
    for lost in list_lost_imports(root):
        hint = _("The page Macros lists what can be imported from `goodpractice`.")
        if lost.instead:
            hint = _("Write `{line}`.", line=lost.instead)
        message = _("the package has no `{name}`", name=lost.name)
        yield Diagnostic(MACROS_FILE, lost.line, 1, rules.BROKEN_MACRO, message, hint)
