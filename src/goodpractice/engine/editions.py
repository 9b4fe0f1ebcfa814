"""The list of all files of a site, renewed where files differ, and staged with them."""

from __future__ import annotations

from collections.abc import Mapping

from goodpractice.config.site_folders import EDITION_FOLDER
from goodpractice.engine.making import Demands
from goodpractice.engine.refresh import Refreshed
from goodpractice.engine.scan import Scan
from goodpractice.engine.staging import Staging, describe_file
from goodpractice.engine.state import EDITION
from goodpractice.outputs.edition import DamagedEditionError, Listed, make_edition, renew_edition

_BEGINNING = f"{EDITION_FOLDER}/"


def stage_edition(refreshed: Refreshed, scan: Scan, demands: Demands, staging: Staging) -> None:
    """Stage the parts of the list that differ, when everything else has been made."""
    changed: dict[str, Listed | None] = {**dict.fromkeys(staging.list_removed(demands)), **staging.written}
    is_damaged = any(name.startswith(_BEGINNING) for name in scan.modified)
    try:
        if is_damaged or not scan.state.meta:
            raise DamagedEditionError
        files = renew_edition(changed, lambda path: (scan.site_dir / path).read_bytes())
        obsolete: list[str] = []
    except (DamagedEditionError, OSError):
        files = make_edition(_collect_all(scan, changed))
        obsolete = [name for name in scan.state.outputs if name.startswith(_BEGINNING) and name not in files]
    staging.stage_last(EDITION, files, obsolete, refreshed, demands)


def _collect_all(scan: Scan, changed: Mapping[str, Listed | None]) -> dict[str, Listed]:
    listed = {name: describe_file(file) for name, file in scan.state.outputs.items()}
    return {name: file for name, file in {**listed, **changed}.items() if file is not None}
