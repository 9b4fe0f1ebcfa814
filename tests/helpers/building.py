"""The build as the command runs it, on MkDocs."""

from __future__ import annotations

from functools import partial

from goodpractice.adapters.driver import MkDocsDriver
from goodpractice.engine import service

build_site = partial(service.build_site, MkDocsDriver())
