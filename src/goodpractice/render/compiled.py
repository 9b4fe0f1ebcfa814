"""Compiled templates of this package, kept beside them as Python keeps its compiled modules.

To compile the templates that a page needs takes longer than to fill them for a hundred pages, and every process would
do it again.
"""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

import goodpractice

_PACKAGE = os.path.dirname(goodpractice.__file__) + os.sep  # noqa: PTH120 - the beginning of names


class CompiledTemplates(jinja2.BytecodeCache):
    """Keeps what templates became in `__pycache__`, where Python is allowed to keep it.

    Whoever can write there can change the program itself. Templates of a project are never kept: what lies beside
    them may come from anybody.
    """

    def __init__(self, environment: str) -> None:
        """Say for which environment templates are compiled: another one makes something else of the same template."""
        self._environment = environment

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The file in which a template is kept; empty where it is kept nowhere."""
        is_ours = filename is not None and os.path.realpath(filename).startswith(os.path.realpath(_PACKAGE) + os.sep)
        return cache_from_source(filename, optimization=self._environment) if is_ours and filename else ""

    def get_source_checksum(self, source: str) -> str:
        """Digest of everything that a compiled template is made from."""
        return hashlib.blake2b(f"{digest_code()}\0{source}".encode(), digest_size=16).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a compiled template; one that cannot be read, or is made from something else, is compiled again."""
        try:
            bucket.bytecode_from_string(Path(bucket.key).read_bytes() if bucket.key else b"")
        except Exception:  # a file that was cut short may be anything
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template, where the folder can be written."""
        if not bucket.key or sys.dont_write_bytecode:
            return
        file = Path(bucket.key)
        # Nobody may take it for a part of the program that has changed: see `engine.sources.list_package`.
        beside = file.with_name(f"{file.stem}.{os.getpid()}.pyc")
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(bucket.bytecode_to_string())
            beside.replace(file)


@cache
def digest_code() -> str:
    """Digest of the code of this package, by times and sizes, and of Jinja: it makes code of templates.

    Takes three thousandths of a second.
    """
    digest = hashlib.blake2b(f"{jinja2.__version__} {sys.version}".encode(), digest_size=16)
    for folder, folders, names in os.walk(_PACKAGE):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            if name.endswith(".py"):
                status = os.stat(f"{folder}/{name}")  # noqa: PTH116 - of many files
                digest.update(f"{folder}/{name} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}\0".encode())
    return digest.hexdigest()
