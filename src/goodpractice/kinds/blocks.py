"""What a page says, as plain data with a role: blocks, and the texts inside them.

A view takes the knowledge base (`Lookup`) and the id of a record and returns a
tuple of blocks in reading order. It decides what is shown; it never decides how. No
block carries HTML: a link is a `RecordLink`, a `PageLink`, a `WebLink` or a
`SourceLink`, a sentence around links is a `Sentence`, a photo or a motif is the
id of what is drawn, a list of cards is the ids of its records. `render` makes
HTML of the blocks, search their text, the comparison their facts.

How a view is written:

    def network_page(kb, id):
        network = kb.table("network")[id]
        return (
            Head("network", link_section(kb, "network"), network.name),
            Facts((Fact("region", kb.gettext("Region"), network.region),)),
            Paragraphs(network.about),
            SourceList(network.sources),
        )

Blocks without content show nothing, so a view lists them without asking first.
A role names what a thing is (`who-decided`), is never translated and never
printed: readers of blocks go by roles, so that a label can change.

A new kind of block is a class here, how it looks is a function in
`render.blocks`, and what it says is its `passages` in `render.passages`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from goodpractice.kinds.charts import Chart
from goodpractice.kinds.texts import PageLink, Text


@dataclass(frozen=True, slots=True)
class Item:
    """One of several values of a fact, with a remark and, where a link leads to it, an anchor."""

    text: Text
    note: Text = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A name with its value, or with several; shown only with one.

    Attributes:
        role: What the fact is, whatever it is called.
        name: What readers call it.
        value: Its value.
        items: Its values, when there may be several.
    """

    role: str
    name: Text
    value: Text | None = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a page: what kind of page it is, its title, and facts in one line.

    Attributes:
        role: Kind of page.
        kicker: Words above the title.
        title: The title.
        summary: A sentence or two below it.
        facts: In one line.
        motif: Id of the theme whose motif stands beside the title.
    """

    role: str
    kicker: Text
    title: str
    summary: Text | None = None
    facts: tuple[Fact, ...] = ()
    motif: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts as a list of names and values.

    Attributes:
        facts: The facts.
        title: Words above the list.
        role: What they are about, where a script reads them: the page then tells the role of each fact, too.
    """

    facts: tuple[Fact, ...]
    title: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Plain text in paragraphs; a blank line begins a new one.

    Attributes:
        text: The text.
        role: `about`, or empty inside of a section.
    """

    text: str | None
    role: str = "about"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph that the site says: where a text comes from, what no source says, where to go on."""

    role: str
    text: Text


@dataclass(frozen=True, slots=True)
class Code:
    """Lines of a file, as they stand in it."""

    text: str


@dataclass(frozen=True, slots=True)
class Cite:
    """How to cite the page of a record, folded up; nothing on a site without an address."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks that a reader opens by their title. On paper they are open."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """The text of the page as it is written: `render` makes HTML of it.

    Attributes:
        role: `story` for a contributed text, `chapter` for one of editors.
        markdown: The text, in the dialect of whoever writes it.
    """

    role: str
    markdown: str


@dataclass(frozen=True, slots=True)
class Photos:
    """Those photos of a case study that its story does not show itself.

    Attributes:
        case_id: The case study.
        placement: `lead` for the one above the facts, `end` for the others.
    """

    case_id: str
    placement: str


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a heading.

    Attributes:
        id: Anchor of the heading.
        title: The heading.
        blocks: What stands below it.
        role: What the section is.
        repeats: Whether it only repeats what other pages say, and is found there.
        level: Level of the heading: 3 inside of another section.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    role: str = "part"
    repeats: bool = False
    level: int = 2


@dataclass(frozen=True, slots=True)
class Cards:
    """Records of one kind as cards, in order; without any, a sentence that says so."""

    kind: str
    ids: tuple[str, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """A plain list of links or names."""

    entries: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A page in an index, with a remark."""

    link: PageLink
    note: str = ""


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """Entries under a heading with an anchor."""

    id: str
    name: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """Groups of links to pages, and what leads to a group is called."""

    groups: tuple[IndexGroup, ...]
    jump: str


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart under a heading, with the same as a table.

    Attributes:
        id: Anchor of the heading.
        title: The heading.
        text: What is to be known of it.
        chart: What is drawn. Its name says what it shows, in one sentence.
        names: Heads of the columns of the table.
        rows: Its rows, the first value of each being what the others are about.
        is_open: Whether the table is open from the beginning, where readers come for it.
    """

    id: str
    title: str
    text: Text
    chart: Chart
    names: tuple[str, ...]
    rows: tuple[tuple[Text | int, ...], ...]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class MapBlock:
    """Maps of all partners and case studies, with the same as a list."""


@dataclass(frozen=True, slots=True)
class Share:
    """An invitation to send in a story."""


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """A day or a time, and what happened."""

    date: str
    what: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Steps in order."""

    steps: tuple[TimelineStep, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Links with the reason why each is there, which may be empty, under a name."""

    name: str
    entries: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Groups of links at the foot of a page; empty groups are left out.

    Attributes:
        title: Title above the groups.
        groups: The groups.
        id: Anchor of the title.
    """

    title: str
    groups: tuple[Group, ...]
    id: str = "gp-related"


@dataclass(frozen=True, slots=True)
class SourceList:
    """What a page rests on, each source once."""

    cited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pagination:
    """Links to the other pages of a list; nothing when there is only one."""

    url: str
    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Widget:
    """A component with a template of its own, filled with plain data; texts inside of it may be any `Text`.

    Attributes:
        name: The folder of the component.
        values: What its template prints.
    """

    name: str
    values: Mapping[str, Any] = field(default_factory=dict)


Block: TypeAlias = (
    Head
    | Facts
    | Paragraphs
    | Paragraph
    | Code
    | Cite
    | Fold
    | Story
    | Photos
    | Section
    | Cards
    | Links
    | Index
    | Share
    | ChartBlock
    | MapBlock
    | Timeline
    | Related
    | SourceList
    | Pagination
    | Widget
)
View: TypeAlias = tuple[Block, ...]
