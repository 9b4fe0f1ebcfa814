"""Problems found in the content, as data: where, what, and what to do.

Nothing here prints. `reports` turns diagnostics into text, GitHub annotations or
JSON, so that every command and every workflow says the same thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: Names and explanations of the rules: long texts that only reports and the reference page need.
RULES_FILE = Path(__file__).with_name("rules.toml")


def shorten(text: str, most: int) -> str:
    """A text for a message: cut after so many characters."""
    return f"{text[:most]}…" if len(text) > most else text


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One problem, at one place.

    Diagnostics sort by file, then by line and column, so that a report reads like
    the files it is about.

    Attributes:
        path: File, relative to the project folder, with forward slashes.
        line: Line, counted from 1.
        column: Column, counted from 1 in characters.
        code: One of the constants below, for example `GP301`.
        message: What is wrong, in words a museum educator understands.
        hint: What to do about it.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""

    @classmethod
    def of_file(cls, path: str, rule: str, message: str, hint: str = "") -> Diagnostic:
        """A problem of a whole file or folder, reported at its first line."""
        return cls(path, 1, 1, rule, message, hint)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a diagnostic is about.

    Attributes:
        title: The heading on the reference page.
        explanation: Why the rule is there and how to satisfy it, in Markdown.
    """

    title: str
    explanation: str


@cache
def load_rules() -> Mapping[str, Rule]:
    """Every rule by its code."""
    import tomllib  # no build without problems needs it

    with RULES_FILE.open("rb") as stream:
        return {code: Rule(**values) for code, values in tomllib.load(stream).items()}


# GP1xx: the file cannot be read as what it is.
NOT_UTF8 = "GP101"
EMPTY_FILE = "GP102"
NO_FRONT_MATTER = "GP103"
UNCLOSED_FRONT_MATTER = "GP104"
NOT_A_MAPPING = "GP105"
YAML_SYNTAX = "GP106"
TAB = "GP107"
DUPLICATE_KEY = "GP108"
ANCHOR_OR_TAG = "GP109"
TOO_DEEP = "GP110"
UNREADABLE_FILE = "GP111"
TOO_MANY_VALUES = "GP112"
MORE_PROBLEMS = "GP113"
MISSING_FILE = "GP120"
SPECIAL_SPACE = "GP124"
STRAY_MARK = "GP125"
SECOND_BLOCK = "GP126"
GARBLED = "GP127"

# GP2xx: a field has a wrong value.
MISSING_FIELD = "GP201"
UNKNOWN_FIELD = "GP202"
WRONG_VALUE = "GP203"
WRONG_DATE = "GP204"
WRONG_ID = "GP205"
ID_NOT_FILE_NAME = "GP206"
DUPLICATE_ID = "GP207"
WRONG_ADDRESS = "GP208"
TOO_LONG = "GP209"
NO_YEAR = "GP210"
NO_PROVENANCE = "GP211"
FUTURE_DATE = "GP212"
PLACE_INCOMPLETE = "GP213"
PLACE_TOO_CLOSE = "GP214"
REVIEW_WITHOUT_NAME = "GP215"
MARKUP_IN_FACT = "GP217"
ALL_CAPITALS = "GP218"
WRONG_LIST = "GP219"
COPIED_PAGE = "GP220"
CHANGED_TOO_EARLY = "GP221"
LOW_CONTRAST = "GP222"
ENDS_EARLY = "GP230"
UNKNOWN_ZONE = "GP231"
NO_ZONE = "GP232"
TIME_SKIPPED = "GP233"
TIME_TWICE = "GP234"
NO_OCCURRENCE = "GP235"
NO_END = "GP236"
NOT_MOVED_FROM = "GP237"
PASSED = "GP238"
PART_SHAPE = "GP250"
WRONG_MINUTES = "GP251"
WRONG_SUM = "GP252"
EXAMPLE_MISFIT = "GP253"
NO_EXAMPLE = "GP254"

# GP3xx: something that is referred to does not exist.
UNKNOWN_REFERENCE = "GP301"
UNKNOWN_SOURCE = "GP302"
DEAD_LINK = "GP303"
DEAD_ANCHOR = "GP304"
UNKNOWN_MACRO = "GP305"
WRONG_MACRO_ARGUMENT = "GP306"
UNKNOWN_MACRO_ID = "GP307"
BROKEN_MACRO = "GP308"
INDENTED_MACRO = "GP309"
UNKNOWN_VARIABLE = "GP310"
FOREIGN_TEMPLATE = "GP311"
UNAVAILABLE_VARIABLE = "GP312"
DEAD_SETTING = "GP313"
YAML_TRUTH = "GP314"
COPIED_TEMPLATE = "GP315"
TEMPLATE_WITHOUT_EFFECT = "GP316"
NAMED_TWICE = "GP317"

# GP4xx: prose.
MISSING_SECTION = "GP401"
RAW_HTML = "GP402"
EMPTY_SECTION = "GP403"
EMPTY_BODY = "GP404"
SKELETON_TEXT = "GP405"
SECOND_TITLE = "GP406"
TOO_MUCH = "GP407"
TABLE_TOO_LARGE = "GP408"
NO_TABLE = "GP410"
NO_LIST = "GP411"
SHOWN_AS_CODE = "GP412"
SHOWN_AS_HEADING = "GP413"
NO_LINK = "GP414"
NO_HEADING = "GP415"
SITUATION_PLACE = "GP416"
FEW_SITUATIONS = "GP417"
SITUATION_TWICE = "GP418"
SITUATION_WORDING = "GP419"
PHOTO_TYPE = "GP420"
PHOTO_UNREADABLE = "GP421"
PHOTO_TOO_LARGE = "GP422"
PHOTO_MOVES = "GP423"
PHOTO_COLOURS = "GP424"
PHOTO_UNDECLARED = "GP425"
PHOTO_MISSING = "GP426"
ALT_TEXT = "GP427"
PHOTO_LIST = "GP428"
STORY_PICTURE = "GP429"
PLAN_MINUTES = "GP440"
PLAN_WITHOUT = "GP441"
SENTENCE_TWICE = "GP442"
PACK_WITHOUT_POINTS = "GP443"

# GP5xx: safety.
UNSAFE_LINK = "GP501"
STEERING_KEY = "GP502"
PHOTO_METADATA = "GP520"
CONSENT_MISSING = "GP521"
CONSENT_EXPIRED = "GP522"
CONSENT_NARROW = "GP523"
PERSON_NAMED = "GP524"
CONSENT_LEFT_OVER = "GP525"
PHOTO_NOT_OURS = "GP533"
CONSENT_OTHER_PICTURE = "GP534"
NOT_A_FILE = "GP503"
FILE_NAME = "GP504"
FILE_TYPE = "GP505"
TOO_BIG = "GP506"
TOO_MANY_FILES = "GP507"
HIDDEN_CHARACTER = "GP509"
FILE_PLACE = "GP510"
NESTED_TOO_DEEPLY = "GP511"
STORY_AMONG_PAGES = "GP512"
DECEPTIVE_ADDRESS = "GP514"
DECEPTIVE_LINK = "GP515"
EMAIL_ADDRESS = "GP516"
PHONE_NUMBER = "GP517"
POSTCODE = "GP518"
DATE_OF_BIRTH = "GP519"

# GP6xx: translations.
UNKNOWN_LANGUAGE = "GP601"
NOTHING_TRANSLATED = "GP602"
APPROVAL_INCOMPLETE = "GP603"

#: Problems that do not stop a build, because stopping it would leave on the site what must go: whoever takes a photo
#: down in one step leaves some of these behind. The photo is not shown, and nothing else is wrong.
LETS_BUILD = frozenset(
    {
        *(PHOTO_UNDECLARED, PHOTO_MISSING, STORY_PICTURE),
        FEW_SITUATIONS,  # a new section may be looked at before its phrases are written
        *(CONSENT_MISSING, CONSENT_EXPIRED, CONSENT_NARROW, CONSENT_LEFT_OVER, CONSENT_OTHER_PICTURE),
        *(PASSED, TIME_TWICE),
    }
)
#: Of these, what comes about by itself or when a photo is taken down, and what only says how a time is read: a check
#: tells it and passes, or every pull request would fail until somebody has tidied up.
NOTICES = frozenset({PHOTO_MISSING, CONSENT_EXPIRED, CONSENT_LEFT_OVER, PASSED, TIME_TWICE})
