"""Limits on what anybody may contribute: one place, sensible defaults, settings of `mkdocs.yml`.

extra:
  goodpractice:
    limits:
      photo_bytes: 2000000
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from goodpractice.config.settings import SettingsError, read_config
from goodpractice.i18n.messages import gettext_lazy as _

#: Problems of one file that are kept and shown. Nobody mends more in one go, and every one costs a message and a guess
#: at what was meant.
PROBLEMS_IN_FILE = 100
#: Problems of all files together that one report shows, and their characters: together less than a megabyte, which a
#: browser opens, GitHub takes and `review` reads.
PROBLEMS = 1_000
REPORT_CHARACTERS = 400_000
#: Words with which mistyped words are compared in one run. A comparison takes up to twenty millionths of a second.
COMPARISONS = 100_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What fits. Each field can be set in `mkdocs.yml` under `extra`, `goodpractice`, `limits`.

    Attributes:
        text_bytes: Size of a Markdown file.
        data_bytes: Size of a data file: `partners.yml` and each file in `data/`.
        values: Number of values in a data file, a ledger or a block of facts. The largest file here has 1,250. Twenty
            thousand are read in half a second.
        facts_characters: Length of the block of facts at the top of a file.
        body_characters: Length of the story below it.
        nesting: Levels of quotations or lists inside one another.
        headings: Number of headings of a story. The most here is 3. Making their addresses differ takes the square of
            their number.
        links: Number of links, pictures, notes and other square brackets of a story. The most here is 6.
        html: Number of signs `<` of a story. HTML is not shown, and every tag is a problem that is told.
        emphasis: Number of marks of emphasis and code of a story. The most here is 16.
        table_columns: Number of columns of a table.
        table_cells: Number of cells of all tables of a story, those included with which its rows are filled up.
        files: Number of files and folders in `case_studies/` and `data/` together.
        file_name_characters: Length of the name of a file or folder.
        photo_bytes: Size of the file of a photo in the repository.
        photo_side: Longest side of a photo in the repository, in pixels.
        photo_source_bytes: Size of a file that `goodpractice photo add` opens.
        photo_source_pixels: Width times height of a picture that `goodpractice photo add` opens.
            It stays below the size at which Pillow itself warns of a decompression bomb.
        photos_in_case_study: Number of photos of one case study.
    """

    text_bytes: int = 200_000
    data_bytes: int = 1_000_000
    values: int = 20_000
    facts_characters: int = 20_000
    body_characters: int = 60_000
    nesting: int = 12
    headings: int = 200
    links: int = 1_000
    html: int = 500
    emphasis: int = 4_000
    table_columns: int = 50
    table_cells: int = 5_000
    files: int = 100_000
    file_name_characters: int = 100
    photo_bytes: int = 4_000_000
    photo_side: int = 2400
    photo_source_bytes: int = 60_000_000
    photo_source_pixels: int = 80_000_000
    photos_in_case_study: int = 20


def load_limits(root: Path) -> Limits:
    """The limits of a project: the defaults, unless `mkdocs.yml` says otherwise.

    Raises:
        SettingsError: A limit is not known, or is not a whole number above zero.
        yaml.YAMLError: `mkdocs.yml` cannot be read.
    """
    extra = read_config(root).get("extra")
    own = extra.get("goodpractice") if isinstance(extra, dict) else None
    given = own.get("limits") if isinstance(own, dict) else None
    if given is None:
        return Limits()
    if not isinstance(given, dict):
        raise SettingsError(_("extra.goodpractice.limits in mkdocs.yml needs `name: number` lines"))
    known = {field.name for field in fields(Limits)}
    for name, value in given.items():
        if name not in known:
            raise SettingsError(
                _(
                    "the limit `{name}` in mkdocs.yml is not known; known are {known}",
                    name=name,
                    known=", ".join(sorted(known)),
                )
            )
        if type(value) is not int or value < 1:
            raise SettingsError(_("the limit `{name}` in mkdocs.yml is not a whole number above zero", name=name))
    return Limits(**given)
