"""Problems found in the content, as data: where, what, and what to do.

Nothing here prints. `reports` turns issues into text, GitHub annotations or
JSON, so that every command and every workflow says the same thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """One problem, at one place.

    Issues sort by file, then by line and column, so that a report reads like
    the files it is about.

    Attributes:
        path: File, relative to the project folder, with forward slashes.
        line: Line, counted from 1.
        column: Column, counted from 1 in characters.
        code: Key in `CODES`, for example `GP301`.
        message: What is wrong, in words a museum educator understands.
        hint: What to do about it.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A rule: its name and the explanation on the reference page.

    Attributes:
        title: The heading on the reference page.
        explanation: Why the rule is there and how to satisfy it, in Markdown.
    """

    title: str
    explanation: str


CODES: dict[str, Code] = {}


def register(code: str, title: str, explanation: str) -> str:
    """Add a rule to the register and return its code.

    Raises:
        ValueError: The code is taken.
    """
    if code in CODES:
        raise ValueError(f"issue code {code} is registered twice")
    CODES[code] = Code(title, explanation)
    return code


# GP1xx: the file cannot be read as what it is.
NOT_UTF8 = register(
    "GP101",
    "The file is not UTF-8",
    "Text is stored as UTF-8, so that Welsh names and every other alphabet survive. "
    "Save the file again and choose the encoding UTF-8.",
)
EMPTY_FILE = register(
    "GP102",
    "The file is empty",
    "Nothing was found in the file. Fill it in, or delete it.",
)
NO_FRONT_MATTER = register(
    "GP103",
    "The facts at the top are missing",
    "A case study or chapter begins with a block of facts between two lines of three hyphens (`---`). "
    "Copy the block from the skeleton.",
)
UNCLOSED_FRONT_MATTER = register(
    "GP104",
    "The facts at the top have no end",
    "The block of facts begins with a line `---` and must end with another line `---`, before the story starts.",
)
NOT_A_MAPPING = register(
    "GP105",
    "A list of `name: value` lines was expected",
    "The block of facts, and each data file, is a list of `name: value` lines.",
)
YAML_SYNTAX = register(
    "GP106",
    "The line cannot be read",
    "The most common causes: a colon inside a text that has no quotation marks around it, "
    "a missing space after a colon or hyphen, or a line that is not indented like its neighbours.",
)
TAB = register(
    "GP107",
    "A tab is used for indenting",
    "YAML does not allow tabs at the start of a line. Use two spaces instead.",
)
DUPLICATE_KEY = register(
    "GP108",
    "A field is given twice",
    "Each field may stand only once in a block: otherwise one of the two values would be lost without a word.",
)
ANCHOR_OR_TAG = register(
    "GP109",
    "A value starts with `*`, `&` or `!`",
    "YAML gives these characters a technical meaning (aliases, anchors and tags) that is switched off here. "
    "Put quotation marks around the text.",
)
TOO_DEEP = register(
    "GP110",
    "Values are nested too deeply",
    "No field of this knowledge base needs more than a few levels of indentation. Check the indentation of the block.",
)
UNREADABLE_FILE = register(
    "GP111",
    "The file cannot be opened",
    "The file exists but could not be read. Check its permissions, or whether it is a folder.",
)

# GP2xx: a field has a wrong value.
MISSING_FIELD = register(
    "GP201",
    "A required field is missing",
    "Some facts are needed on every page of this kind. The reference of fields says which.",
)
UNKNOWN_FIELD = register(
    "GP202",
    "The field is not known",
    "Only the documented fields are read. A typing mistake would otherwise be dropped without a word.",
)
WRONG_VALUE = register(
    "GP203",
    "The value is not of the right kind",
    "The field needs another kind of value, for example a list instead of a single text.",
)
WRONG_DATE = register(
    "GP204",
    "The date is not a date",
    "Dates are written year first: `2026-03-31`.",
)
WRONG_ID = register(
    "GP205",
    "The id is not in the right form",
    "An id is written in small letters, digits and single hyphens, for example `science-oxford`. It never changes.",
)
ID_NOT_FILE_NAME = register(
    "GP206",
    "The file name is not a valid id",
    "The name of the file becomes the address of the page, so it has only small letters, digits and single hyphens, "
    "for example `case_studies/space-in-cardiff.md`.",
)
DUPLICATE_ID = register(
    "GP207",
    "The id is used twice",
    "An id names one thing. Choose another id for the newer entry.",
)
WRONG_ADDRESS = register(
    "GP208",
    "The web address is not complete",
    "Write the whole address, beginning with `https://` or `http://`.",
)
TOO_LONG = register(
    "GP209",
    "The text is too long",
    "Short texts keep lists and cards readable. The message says how many characters fit.",
)
NO_YEAR = register(
    "GP210",
    "The year is missing",
    "Give either `year: 2024` or a `period` that holds a year with four digits, for example `2019 to 2021`.",
)
NO_PROVENANCE = register(
    "GP211",
    "It is not said where the story comes from",
    "A case study names its `sources`, or the day on which the community partner approved it (`partner_approved_on`).",
)
FUTURE_DATE = register(
    "GP212",
    "The date lies in the future",
    "Somebody cannot yet have approved or reviewed on that day. Check the year.",
)
PLACE_INCOMPLETE = register(
    "GP213",
    "A position needs both `lat` and `lon`",
    "A position on the map has two numbers, and a place marked `map: withheld` has none.",
)

# GP3xx: something that is referred to does not exist.
UNKNOWN_REFERENCE = register(
    "GP301",
    "An id does not exist",
    "The field names a partner, theme or other entry that is not in the data files. "
    "The hint names the closest id, or the file in which to add an entry.",
)
UNKNOWN_SOURCE = register(
    "GP302",
    "A source is neither a web address nor in `data/sources.yml`",
    "A source is a whole web address, or the id of an entry in `data/sources.yml` (for printed documents).",
)
DEAD_LINK = register(
    "GP303",
    "A link leads nowhere",
    "Links inside the knowledge base are written as paths of files, for example `../handbook/superpowers.md`, "
    "so that they work on GitHub too.",
)
DEAD_ANCHOR = register(
    "GP304",
    "A link leads to a heading that does not exist",
    "The part after `#` is the heading in small letters with hyphens instead of spaces.",
)
UNKNOWN_MACRO = register(
    "GP305",
    "The macro does not exist",
    "A macro is written `{{ name(...) }}`. The reference of macros lists every name.",
)
WRONG_MACRO_ARGUMENT = register(
    "GP306",
    "A macro is called with a wrong argument",
    "The reference of macros says which arguments each macro takes.",
)
UNKNOWN_MACRO_ID = register(
    "GP307",
    "A macro names an id that does not exist",
    "Macros name partners, case studies and other entries by their id. The hint names the closest one.",
)
BROKEN_MACRO = register(
    "GP308",
    "The macro call cannot be read",
    "Usually a quotation mark or a bracket is missing.",
)
INDENTED_MACRO = register(
    "GP309",
    "The macro is not on a line of its own",
    "A macro that makes a box or cards stands on a line of its own, at the left margin.",
)

UNKNOWN_VARIABLE = register(
    "GP310",
    "The name between double braces is not known",
    "Two opening braces begin a macro. To show braces as text, put them between `{% raw %}` and `{% endraw %}`.",
)

# GP4xx: prose.
MISSING_SECTION = register(
    "GP401",
    "A part of the story is missing",
    "A contributed case study tells `## What happened` and `## What we learned`.",
)
RAW_HTML = register(
    "GP402",
    "HTML would be dropped",
    "Case studies are plain Markdown: HTML is not shown. Write the same with Markdown, or leave it out.",
)
EMPTY_SECTION = register(
    "GP403",
    "A heading has no text below it",
    "Write the section, or delete its heading.",
)
EMPTY_BODY = register(
    "GP404",
    "There is no story below the facts",
    "The story stands below the second line of three hyphens.",
)
SKELETON_TEXT = register(
    "GP405",
    "A text of the skeleton was left in place",
    "The skeleton explains what to write in square brackets. Replace the whole text.",
)
SECOND_TITLE = register(
    "GP406",
    "A heading of the first level stands in the story",
    "The title is shown above the story. Headings inside it begin with two signs: `## What happened`.",
)
# GP5xx: safety.
UNSAFE_LINK = register(
    "GP501",
    "The kind of link is not allowed",
    "Links lead to other files of the knowledge base, or begin with `https://`, `http://` or `mailto:`.",
)
STEERING_KEY = register(
    "GP502",
    "The field would steer the site generator",
    "Contributed files hold content only. Fields such as `render_macros`, `template` or `hide` are refused, "
    "not ignored.",
)
