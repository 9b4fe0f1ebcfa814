"""Problems found in the content, as data: where, what, and what to do.

Nothing here prints. `reports` turns issues into text, GitHub annotations or
JSON, so that every command and every workflow says the same thing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
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

    @classmethod
    def of_file(cls, path: str, rule: str, message: str, hint: str = "") -> Diagnostic:
        """A problem of a whole file or folder, reported at its first line."""
        return cls(path, 1, 1, rule, message, hint)


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
    "Save the file again and choose the encoding UTF-8. On GitHub, paste the text into a new file.",
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
    "Put the first line `---` at the very top.",
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
    "YAML does not allow tabs at the start of a line. Use spaces, as many as the line above has or needs.",
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
    "No field of this knowledge base needs more than a few levels of indentation or of brackets. Check the indentation "
    "of the block, and that each bracket is closed.",
)
UNREADABLE_FILE = register(
    "GP111",
    "The file cannot be opened",
    "The file exists but could not be read. Check its permissions, or whether it is a folder.",
)
TOO_MANY_VALUES = register(
    "GP112",
    "There are too many values",
    "A file of facts with many thousands of values is a mistake, or is meant to keep the computer busy. An editor can "
    "raise the limit in `mkdocs.yml`, under `extra`, `goodpractice`, `limits`, `values`.",
)
MORE_PROBLEMS = register(
    "GP113",
    "There are more problems than are shown",
    "Of a file with very many problems, only the first are shown. Mend those, and the next check shows the others.",
)

MISSING_FILE = register(
    "GP120",
    "A file or folder is missing that others need",
    "Other files name what this file or folder holds, and it is not there. Perhaps it was deleted, renamed or moved. "
    "Bring it back from the history of the repository.",
)
SPECIAL_SPACE = register(
    "GP124",
    "A space is not a plain one",
    "Word processors and web pages make spaces of their own kinds. They look like any other, but at the start of a "
    "line, and after a colon, only the plain one counts. Delete it and press the space bar.",
)
STRAY_MARK = register(
    "GP125",
    "A sign is left over",
    "A quotation mark without its partner, or a comma at the end, would be shown to readers with the text. The text "
    "stands between two straight quotation marks, with nothing behind the second.",
)
SECOND_BLOCK = register(
    "GP126",
    "A line of hyphens stands where none belongs",
    "Two lines of three hyphens hold the facts between them: one at the very top, one below the last fact. A third one "
    "ends the facts too early, or begins a second story, which needs a file of its own.",
)
GARBLED = register(
    "GP127",
    "Letters were garbled",
    "A program took the text for another encoding on its way here, and one letter became two or three others. Type the "
    "word again.",
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
    "An id names one thing. Choose another id for the newer entry. The same holds for the address of a page.",
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
    "Give either `year: 2024` or a `period` that holds a year with four digits, for example `2019 to 2021`. "
    "Where nobody knows the year, write `period: not documented`: pictures and filters by year then leave it out.",
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
PLACE_TOO_CLOSE = register(
    "GP214",
    "The place is closer than the town",
    "A partner in the story has `map: withheld`: people who seek safety may be among its members. "
    "The story names the town at most, and no building, street or day on which they can be found.",
)
REVIEW_WITHOUT_NAME = register(
    "GP215",
    "A review needs a day and a name",
    "Readers are told who checked the facts, and when: `reviewed_on` and `reviewed_by` stand together. "
    "The day on which a text was written is no review; it is `written_on`.",
)

MARKUP_IN_FACT = register(
    "GP217",
    "A fact holds Markdown or HTML",
    "Facts are shown as they are typed: readers would see the signs. Write the words alone. The story below the facts "
    "may hold emphasis and links.",
)
ALL_CAPITALS = register(
    "GP218",
    "A text is written in capitals",
    "Text in capitals is slow to read, and screen readers may spell it out letter by letter. Write it as a sentence.",
)
WRONG_LIST = register(
    "GP219",
    "An entry stands in the wrong list",
    "A data file may hold several lists, one below the other. An entry that was added at the end of the file stands in "
    "the last of them. Move it to the list that it belongs to.",
)
COPIED_PAGE = register(
    "GP220",
    "A translation is a copy of the page",
    "A translation has facts of its own: a title and a summary, who translated it, and what the page said at the time. "
    "`goodpractice translation start` writes them; those of the page are deleted.",
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

FOREIGN_TEMPLATE = register(
    "GP311",
    "A page brings in another file",
    "`{% include %}`, `{% import %}`, `{% from %}` and `{% extends %}` read templates, which pages do not have. "
    "Write the text where it belongs, or link to the page that has it.",
)

UNAVAILABLE_VARIABLE = register(
    "GP312",
    "The name is not known while a page is made",
    "A page can print some facts of itself (`page.title`), of the site (`config.site_name`) and what stands under "
    "`extra` in mkdocs.yml. What differs with the computer, the day or the command cannot be printed, because a page "
    "is built only when something in it changes.",
)
DEAD_SETTING = register(
    "GP313",
    "mkdocs.yml names something that does not exist",
    "The menu, the footer, the logo and the page for sharing are on every page, so a dead end there is one everywhere. "
    "The menu names pages as MkDocs does: `about.md` for a file in `docs/`, `find/` for a list that is made from data.",
)
YAML_TRUTH = register(
    "GP314",
    "A word in mkdocs.yml means yes or no",
    "YAML reads `no`, `yes`, `on` and `off` without quotation marks as true or false. `no` is also Norwegian: write "
    '`"no"`.',
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
    "An explanation of the form was left in place",
    "The form explains in square brackets what to write. Replace the whole text, brackets included. The name that the "
    "form suggests for the file is an explanation too: name the file after your story.",
)
SECOND_TITLE = register(
    "GP406",
    "A heading of the first level stands in the story",
    "The title is shown above the story. Headings inside it begin with two signs: `## What happened`.",
)
TOO_MUCH = register(
    "GP407",
    "The story has too much of something",
    "A page with hundreds of headings or thousands of links helps nobody, and making it keeps the computer busy. The "
    "limits leave many times the room that any story needed so far. An editor can raise one in `mkdocs.yml`, under "
    "`extra`, `goodpractice`, `limits`.",
)
TABLE_TOO_LARGE = register(
    "GP408",
    "A table is too large",
    "Every row of a table is as wide as its heads, so that a short text can make a very large table. A table that "
    "people can read has a few columns. An editor can raise the limits in `mkdocs.yml`, under `extra`, "
    "`goodpractice`, `limits`, `table_columns` and `table_cells`.",
)
NO_LIST = register(
    "GP411",
    "A line is not shown as an entry of a list",
    "The bullets of Word and of chats are letters like others here, and a sign without a space behind it is one, too. "
    "Begin each entry with a hyphen and a space: `- tea`.",
)
SHOWN_AS_CODE = register(
    "GP412",
    "A paragraph is shown as code",
    "What is set in by four spaces or a tab is code in Markdown. Pasted letters often begin so. Delete the spaces. "
    "Text that is meant as code stands between two lines of three backticks.",
)
SHOWN_AS_HEADING = register(
    "GP413",
    "A line becomes a heading by the signs below it",
    "Hyphens or equals signs directly below a text make a heading of it. Leave an empty line above hyphens that are "
    "meant as a rule, and begin headings with two signs: `## What happened`.",
)
NO_LINK = register(
    "GP414",
    "A link is typed the wrong way round",
    "The words stand in square brackets, the address behind them in round ones, without a space: "
    "`[our page](https://example.org)`.",
)
NO_HEADING = register(
    "GP415",
    "A heading lacks the space behind its signs",
    "Without the space the line is text, here as on GitHub. Write `## What happened`.",
)
PHOTO_TYPE = register(
    "GP420",
    "The picture is of a type or name that is not accepted",
    "Photos are JPEG, PNG or WebP, and the file is named in small letters, digits and hyphens, with an ending that "
    "says what it is: `tent-in-the-park.jpg`. `goodpractice photo add FILE…` writes a copy that fits.",
)
PHOTO_UNREADABLE = register(
    "GP421",
    "The picture cannot be read",
    "The file is damaged or ends too early, as after an interrupted download. Fetch it again from the camera, "
    "then run `goodpractice photo add FILE…`.",
)
PHOTO_TOO_LARGE = register(
    "GP422",
    "The picture is too large",
    "A photo in the repository stays there for ever and is downloaded by everybody. `goodpractice photo add FILE…` "
    "writes a copy that fits. An editor can change the limits in `mkdocs.yml`.",
)
PHOTO_MOVES = register(
    "GP423",
    "The picture moves",
    "Animations distract, and make some people ill. Save one still picture of it.",
)
PHOTO_COLOURS = register(
    "GP424",
    "The colours are meant for a printing press",
    "Browsers show CMYK pictures in wrong colours. `goodpractice photo add FILE…` writes a copy in RGB.",
)
PHOTO_UNDECLARED = register(
    "GP425",
    "A picture is not in the list of photos",
    "A picture in the repository is public even if no page shows it. So each one stands under `photos` in the facts "
    "of its case study, with alt text and consent, or is deleted.",
)
PHOTO_MISSING = register(
    "GP426",
    "A photo of the list is not there",
    "Each `file` under `photos` lies in the folder that is named like the case study: `case_studies/<id>/<file>`.",
)
ALT_TEXT = register(
    "GP427",
    "The alt text does not say what the photo shows",
    "Readers who cannot see the photo get the alt text instead. One sentence says what matters in it. The word "
    '"photo" or the name of the file says nothing. A photo that tells nothing new gets `decorative: true` instead.',
)
PHOTO_LIST = register(
    "GP428",
    "The list of photos does not fit together",
    "Each photo stands in the list once, and only the first can have `placement: lead`.",
)
STORY_PICTURE = register(
    "GP429",
    "A picture in the story is not one of its photos",
    "A story shows photos of its own folder, written as `![What it shows](<id>/<file>)`. Pictures from other places "
    "are not shown: they would tell the other place who reads this page.",
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
PHOTO_METADATA = register(
    "GP520",
    "The picture carries private data",
    "Phones and cameras write the place, the time and the device into every photo, and programs add names. "
    "Everything but the picture is removed before a photo enters the repository: "
    "`goodpractice photo add FILE…` writes a clean copy and leaves the original alone. "
    "A photo that was pushed is public already, with all it carried: deleting it does not take it back.",
)
CONSENT_MISSING = register(
    "GP521",
    "The consent for a photo is missing or not complete",
    "`consent.yml` in the folder of the case study says for each photo who may be seen. For adults and children "
    "it also says when they agreed, to what, and which organisation keeps the form. It says which picture they agreed "
    "to by its fingerprint, `digest`. Until then the photo is not shown.",
)
CONSENT_EXPIRED = register(
    "GP522",
    "The consent for a photo has expired",
    "The photo is not shown any more. Ask again, or delete the photo and its two entries.",
)
CONSENT_NARROW = register(
    "GP523",
    "The consent for a photo does not cover the website",
    "People who agreed to print did not agree to the web. Ask them, or delete the photo and its two entries.",
)
PERSON_NAMED = register(
    "GP524",
    "The ledger of consent seems to name a person",
    "`consent.yml` is public. Names, signatures, addresses and ages stay on the form, which stays offline with the "
    "organisation that keeps it. Refer to the form by a number.",
)
CONSENT_LEFT_OVER = register(
    "GP525",
    "The ledger of consent has an entry for a photo that is not there",
    "Either the name of the file is mistyped, or the photo was deleted and its entry was forgotten. "
    "The photo is not shown.",
)
PHOTO_NOT_OURS = register(
    "GP533",
    "The picture was not written by `goodpractice photo add`",
    "Editing programs and cameras leave more in a file than the picture: a colour profile with a name in it, text "
    "behind the dots, a second picture. So a photo enters the repository only as `goodpractice photo add FILE…` "
    "writes it: encoded anew, with nothing else in the file. The original is left alone.",
)
CONSENT_OTHER_PICTURE = register(
    "GP534",
    "The entry in the ledger of consent does not speak of this picture",
    "People agreed to one picture. `digest` in `consent.yml` is the fingerprint of its file, and "
    "`goodpractice photo add` writes it. A picture with another fingerprint has no consent, whatever its name, and is "
    "not shown. `goodpractice photo digest FILE…` says the fingerprint of a file.",
)
NOT_A_FILE = register(
    "GP503",
    "The file is a link to another place, or no ordinary file",
    "A symbolic link could show any file of the machine that builds the site. Put the file itself here.",
)
FILE_NAME = register(
    "GP504",
    "The name of the file can cause trouble",
    "Names have letters, digits, spaces, hyphens, underscores and dots, do not begin or end with a dot or space, are "
    "not reserved by Windows (such as `con` or `aux`), and differ from their neighbours in more than capital letters. "
    "Otherwise the repository cannot be opened on every computer, or a name is not what it seems.",
)
FILE_TYPE = register(
    "GP505",
    "Files of this kind are not accepted here",
    "Contributed folders hold texts (`.md`, `.yml`) and photos (`.jpg`, `.png`, `.webp`). SVG and HTML can carry "
    "script, and a PDF or Word file can carry script and private details: publish it elsewhere and link to it.",
)
TOO_BIG = register(
    "GP506",
    "The file or a part of it is too big",
    "The limits leave several times the room that any story needed so far. An editor can raise one in `mkdocs.yml`, "
    "under `extra`, `goodpractice`, `limits`.",
)
TOO_MANY_FILES = register(
    "GP507",
    "There are too many files",
    "More files were found than this knowledge base expects. An editor can raise the limit in `mkdocs.yml`, under "
    "`extra`, `goodpractice`, `limits`, `files`.",
)
HIDDEN_CHARACTER = register(
    "GP509",
    "The text holds an invisible or misleading character",
    "Some characters cannot be seen but change how a text is shown or understood, and some letters of other alphabets "
    "look like Latin ones. They usually come from copying; sometimes they are meant to deceive.",
)
FILE_PLACE = register(
    "GP510",
    "A file lies where none is expected",
    "Stories are read in `case_studies/`, chapters in `handbook/`, pages in `docs/` and lists in `data/`. A text, a "
    "Word file or a photo in another place would be seen by nobody; the message says where it belongs. Photos of a "
    "case study lie in a folder of the same name, without further folders: `case_studies/space-in-cardiff.md` has its "
    "photos in `case_studies/space-in-cardiff/`. A file or folder that is not meant for the website is left alone when "
    "its name begins with an underscore.",
)
NESTED_TOO_DEEPLY = register(
    "GP511",
    "Lists or quotations are nested too deeply",
    "Nobody can follow a list within a list within a list. Write it with headings and paragraphs.",
)
STORY_AMONG_PAGES = register(
    "GP512",
    "A case study lies among the pages of editors",
    "Pages in `docs/` belong to editors: nobody asks them for the approval of a partner, and they may hold HTML. A "
    "story lies in `case_studies/`, where it is checked and found.",
)
DECEPTIVE_ADDRESS = register(
    "GP514",
    "A web address is not what it seems",
    "Some letters of other alphabets look like Latin ones, and what stands before an `@` in an address says nothing of "
    "where it leads. Such addresses are made to lead people to another place than they think.",
)
DECEPTIVE_LINK = register(
    "GP515",
    "The words of a link name another address than the one it leads to",
    "Readers believe the address that they see. Say in words what the page is about, and link that.",
)
EMAIL_ADDRESS = register(
    "GP516",
    "An e-mail address stands in the text",
    "What is published here can be read by everybody for ever, and is read by programs that send spam. Name the "
    "organisation instead; its website says how to reach it. A public address of an organisation can be allowed by an "
    "editor in `mkdocs.yml`, under `extra`, `goodpractice`, `allowed_contacts`.",
)
PHONE_NUMBER = register(
    "GP517",
    "A telephone number stands in the text",
    "What is published here can be read by everybody for ever. Name the organisation instead; its website says how to "
    "reach it. A public number of an organisation can be allowed by an editor in `mkdocs.yml`, under `extra`, "
    "`goodpractice`, `allowed_contacts`.",
)
POSTCODE = register(
    "GP518",
    "A postcode stands in the text",
    "A whole postcode points at a few houses. A town or an area says enough. A public address of an organisation can "
    "be allowed by an editor in `mkdocs.yml`, under `extra`, `goodpractice`, `allowed_contacts`.",
)
DATE_OF_BIRTH = register(
    "GP519",
    "A date of birth stands in the text",
    "A date of birth identifies a person, and nobody needs it to learn from a story. Say how old people were in "
    "words, for example `teenagers`.",
)


# GP6xx: translations.
UNKNOWN_LANGUAGE = register(
    "GP601",
    "The language is not one of this site",
    "A file such as `superpowers.cy.md` is a translation. Its language stands in `mkdocs.yml`, under `extra`, "
    "`goodpractice`, `languages`, with the name that its speakers use: `cy: {name: Cymraeg}`.",
)
NOTHING_TRANSLATED = register(
    "GP602",
    "There is no page that the file translates",
    "A translation lies beside the page that it translates and has its name, with the code of the language before "
    "`.md`: `superpowers.md` and `superpowers.cy.md`.",
)
APPROVAL_INCOMPLETE = register(
    "GP603",
    "The approval of a translation is not complete",
    "A translation is a draft that readers do not find until somebody whose language it is has read it and stands for "
    "it: `approved_by` is the name of that person, `approved_on` the day. A program cannot approve anything.",
)

#: Problems that do not stop a build, because stopping it would leave on the site what must go: whoever takes a photo
#: down in one step leaves some of these behind. The photo is not shown, and nothing else is wrong.
LETS_BUILD = frozenset(
    {
        *(PHOTO_UNDECLARED, PHOTO_MISSING, STORY_PICTURE),
        *(CONSENT_MISSING, CONSENT_EXPIRED, CONSENT_NARROW, CONSENT_LEFT_OVER, CONSENT_OTHER_PICTURE),
    }
)
#: Of these, what comes about by itself or when a photo is taken down: a check tells it and passes, or every pull
#: request would fail until somebody has tidied up.
NOTICES = frozenset({PHOTO_MISSING, CONSENT_EXPIRED, CONSENT_LEFT_OVER})
