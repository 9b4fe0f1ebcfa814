"""Writing the site: whole files only, and only those that differ."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from goodpractice.engine.options import Options
from goodpractice.engine.sources import FileState, Signature, add_digests, serialise_signature, signature_of
from goodpractice.i18n.messages import gettext_lazy as _

#: Held while a site is built.
LOCK = "lock"


def write_file(folder: Path, name: str, data: bytes, digest: str, now: int) -> FileState:
    """Write a file of the site and say how the file system sees it.

    Raises:
        OSError: The disk is full or the folder cannot be written.
    """
    path = f"{folder}/{name}"
    parent = path.rpartition("/")[0]
    try:
        # Nearly every page has a folder of its own, which is not there yet.
        os.mkdir(parent)  # noqa: PTH102 - ten thousand times: twice as fast
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(parent, exist_ok=True)  # noqa: PTH103 - as above
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        return FileState(signature_of(os.fstat(descriptor)), digest, now)
    finally:
        os.close(descriptor)


def collect_signatures(folder: Path) -> dict[str, Signature]:
    """Every file below a folder, by path relative to it, with its signature."""
    # Every build looks at all of these, twice: `walk`, which puts them in order, takes twice as long.
    found: dict[str, Signature] = {}
    below = [(os.fspath(folder), "")]
    for name, prefix in below:
        # What goes meanwhile is not there; what lies beside it is.
        with suppress(OSError), os.scandir(name) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    below.append((entry.path, f"{prefix}{entry.name}/"))
                    continue
                try:
                    found[prefix + entry.name] = signature_of(entry.stat(follow_symlinks=False))
                except OSError:
                    continue
    return found


def digest_site(folder: Path) -> str:
    """Digest of the names and signatures of all files below a folder; see `collect_signatures`."""
    return add_digests((name, serialise_signature(signature)) for name, signature in collect_signatures(folder).items())


def require_whole(folder: Path, found: str, written: str) -> None:
    """Compare what lies in the folder of a site with what was written there.

    Args:
        folder: The folder.
        found: What `digest_site` gives now.
        written: What it has to give.

    Raises:
        OSError: They differ: somebody else has been at work, and what is there is not the site.
    """
    if found != written:
        raise OSError(
            _(
                "another program changed {folder} while the site was built. Build again when it has ended",
                folder=folder,
            )
        )


@contextmanager
def working_aside(work: Callable[[], str]) -> Iterator[Callable[[], str]]:
    """Let another process work something out, where that can be done safely; call what this gives once, for the answer.

    Args:
        work: Gives a text. Where no other process can be had, or where it fails, this one does the work when it asks.
    """
    if not hasattr(os, "fork") or threading.active_count() > 1:
        yield work
        return
    here, there = os.pipe()
    child = os.fork()
    if not child:
        # Nothing of the parent may be cleaned up twice: whatever happens, the child ends here.
        try:
            os.close(here)
            os.write(there, f"{work()}{_END}".encode())
        finally:
            os._exit(0)
    os.close(there)
    try:
        with open(here, encoding="utf-8") as pipe:  # noqa: PTH123 - a descriptor

            def wait() -> str:
                result = pipe.read()
                return result.removesuffix(_END) if result.endswith(_END) else work()

            yield wait
    finally:
        # A child that nobody has listened to ends when it finds the pipe closed.
        os.waitpid(child, 0)


#: Ends an answer that is whole.
_END = "\n"


def swap_folder(fresh: Path, site_dir: Path, aside: Path) -> None:
    """Put a new site in the place of the old one, which is moved aside.

    At once where the system can; elsewhere there is a moment without a site.

    Raises:
        OSError: A folder cannot be renamed.
    """
    if site_dir.exists():
        if _exchange(fresh, site_dir):
            fresh.rename(aside)
            return
        site_dir.rename(aside)
    try:
        fresh.rename(site_dir)
    except OSError:
        if aside.exists():
            aside.rename(site_dir)
        raise


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places, which Linux does at once; says whether it was done."""
    import ctypes

    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)


def move_files(staging: Path, site_dir: Path, names: Iterable[str]) -> None:
    """Put new files in the place of old ones, each whole."""
    for name in names:
        target = site_dir / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (staging / name).replace(target)


def remove_files(site_dir: Path, names: Iterable[str]) -> None:
    """Delete files that no page owns, and folders that are left empty."""
    for name in names:
        path = site_dir / name
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == site_dir:
                break
            try:
                folder.rmdir()
            except OSError:
                break


def remove_tree(folder: Path) -> None:
    """Delete a folder that nobody needs any more; what cannot be deleted is left for the next build."""
    shutil.rmtree(folder, ignore_errors=True)


def clean_leftovers(options: Options) -> None:
    """Delete what an interrupted build left behind: the lock is ours, so nobody works on it."""
    site_dir = options.site_dir
    for folder, what in list(list_leftovers(site_dir)):
        if what == "old" and not site_dir.exists():
            # Interrupted between the two moves of a swap: the last good site goes back.
            folder.rename(site_dir)
        else:
            remove_tree(folder)
    for file in options.cache.glob("*.new"):
        file.unlink(missing_ok=True)


def list_leftovers(site_dir: Path) -> Iterator[tuple[Path, str]]:
    """Folders that builds of this site made beside it, each with what it is: `new`, `old` or `staging`.

    The names of other sites may begin with that of this one; theirs are not among them.
    """
    named = re.compile(rf"\.{re.escape(site_dir.name)}\.[0-9]+\.(new|old|staging)")
    try:
        names = sorted(entry.name for entry in os.scandir(site_dir.parent))
    except FileNotFoundError:
        return
    for name in names:
        if match := named.fullmatch(name):
            yield site_dir.with_name(name), match[1]


@contextmanager
def hold_lock(site_dir: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Let one build at a time work on a site.

    The lock is a file beside the site, where everything lies that it guards: whoever writes to this folder waits, by
    whatever path the site or the project is named, and whichever copy of the project it comes from.

    Args:
        site_dir: Where the site is.
        on_wait: Called when another build has to end first.

    Raises:
        OSError: The folder cannot be written.
    """
    # Only a build that writes needs it.
    from filelock import lock_descriptor, unlock_descriptor

    real = Path(os.path.realpath(site_dir))
    real.parent.mkdir(parents=True, exist_ok=True)
    path = real.with_name(f".{real.name}.{LOCK}")
    told = False
    while True:
        with path.open("w") as file:
            if not lock_descriptor(file.fileno(), blocking=False):
                if not told:
                    on_wait()
                told = True
                lock_descriptor(file.fileno())
            if not _is_at(file.fileno(), path):
                continue  # the build that held it has deleted it: by now, others may hold another
            try:
                yield
            finally:
                with suppress(OSError):  # Windows deletes no open file
                    path.unlink()
                unlock_descriptor(file.fileno())
            return


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
