"""Nasty texts: a grammar of shapes that have cost a parser too much somewhere, and changes to real files."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

MARKDOWN = (
    *("*", "**", "_", "__", "~", "~~", "`", "```", "***", "*a", "**a ", "a*", "_a ", "`a", "\\", "\\*"),
    *(
        "[",
        "]",
        "![",
        "](",
        "[a](b)",
        "[a]",
        "[a](b.md)",
        "![a](b.jpg)",
        "[^a]",
        "[^a]: b",
        "[a]: b",
        "[a]: <",
        "(",
        ")",
    ),
    *(
        "<",
        ">",
        "<b>",
        "</b>",
        "x <b>",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "<![CDATA[",
        "<?",
        "<!A",
        "<a href=",
        "<http://a>",
    ),
    *(
        "# ",
        "## a",
        "=",
        "===",
        "---",
        "- ",
        "+ ",
        "* ",
        "1. ",
        "> ",
        ">",
        "- [ ] ",
        "|",
        "|-",
        "|x",
        "|-|-|",
        "a|b",
        ":-:",
    ),
    *("www.", "www.a.b ", "http://a.b ", "a@b.c ", "@", "a@", "://", "mailto:", "&", "&amp;", "&#x41;", "&a", '"', "'"),
    *(
        "> [!NOTE]",
        "    ",
        "\t",
        " ",
        "\n",
        "\n\n",
        "a",
        "a ",
        "0",
        "0 ",
        "07 ",
        "(at)",
        "é",
        "\u2028",
        "\u200b",
        "{{",
        "{%",
    ),
    *("## What happened", "[What it was]", "a.b", "- a\n  ", "born 1", "SW1A 1AA ", "+44 ", "0123 4567 "),
)
YAML = (
    *(
        "a: ",
        "a:",
        "- ",
        "-",
        ": ",
        "? ",
        "|",
        ">",
        "!",
        "!!",
        "&a ",
        "*a",
        "<<: ",
        "%",
        "@",
        "`",
        "#",
        " #",
        "# a:",
        "'",
    ),
    *(
        '"',
        "\\",
        '"\\',
        "''",
        "[",
        "]",
        "{",
        "}",
        ",",
        "[a, ",
        "{a: ",
        "---",
        "...",
        "\t",
        " ",
        "  ",
        "\n",
        "\n  ",
        "\n- ",
    ),
    *(
        "a",
        "a b",
        "1",
        "2021",
        "2021-01-01",
        "true",
        "~",
        "\u201c",
        "\u2019",
        "\x01",
        "\x85",
        "\ufeff",
        "é",
        "\U0001f600",
    ),
    *(
        "title: a",
        "partners: ",
        "- partner: a",
        "themes: [",
        "id: a",
        "name: ",
        "sources: ",
        "- id: ",
        "photos:",
        "file: ",
    ),
    *(
        "a, ",
        "a and ",
        " and",
        "a;",
        "https://",
        "www.a",
        "a@b.c ",
        "[a]",
        "place: {",
        "people: adults",
        "1:2",
        "a:b",
        "a :",
    ),
)
#: How a text is made of pieces.
Shape = Callable[[random.Random, Sequence[str], int], str]


def _repeat(draw: random.Random, atoms: Sequence[str], size: int) -> str:
    piece = "".join(draw.choices(atoms, k=draw.choice((1, 1, 1, 2, 3))))
    return _fill(piece, size)


def _lines(draw: random.Random, atoms: Sequence[str], size: int) -> str:
    return _fill("".join(draw.choices(atoms, k=draw.choice((1, 1, 2, 3)))) + draw.choice(("\n", "\n\n")), size)


def _nest(draw: random.Random, atoms: Sequence[str], size: int) -> str:
    begin, end = draw.choice(atoms), draw.choice(atoms)
    half = size // 2
    return f"{_fill(begin, half)}{draw.choice(('', 'a', draw.choice(atoms)))}{_fill(end, half)}"


def _deepen(draw: random.Random, atoms: Sequence[str], size: int) -> str:
    """Every line stands further to the right than the one above."""
    piece, step = draw.choice(atoms), draw.choice((" ", "  ", "    ", "\t", "> ", "- "))
    lines: list[str] = []
    while size > 0:
        lines.append(step * len(lines) + piece)
        size -= len(lines[-1]) + 1
    return "\n".join(lines)


def _number(draw: random.Random, atoms: Sequence[str], size: int) -> str:
    """Nothing occurs twice."""
    before, after = draw.choice(atoms), draw.choice((*atoms, "\n", ", ", " "))
    pieces: list[str] = []
    while size > 0:
        pieces.append(f"{before}{len(pieces)}{after}")
        size -= len(pieces[-1])
    return "".join(pieces)


def _pad(draw: random.Random, atoms: Sequence[str], size: int) -> str:
    """A long run of one character inside something short."""
    around = ["".join(draw.choices(atoms, k=2)) for _ in range(2)]
    return _fill(draw.choice(" \t\na0.-_@\\\"'`[(<|#:,*"), size).join(around)


def _table(draw: random.Random, atoms: Sequence[str], size: int) -> str:
    columns = draw.choice((2, 10, 40, 200, 1000))
    head = f"{'|x' * columns}|\n{'|-' * columns}|\n"
    return head + _fill(
        draw.choice(("a\n", "|\n", "|a|\n", "> a\n", "- a\n", draw.choice(atoms) + "\n")), size - len(head)
    )


def _backreference(draw: random.Random, atoms: Sequence[str], size: int) -> str:
    """One definition, and many uses of it."""
    target = _fill(draw.choice(("b", "b/", *atoms)), size // draw.choice((2, 10, 100)))
    uses = _fill(draw.choice(("[a] ", "[a]\n", "[^a] ", "![a] ", "[a][]\n\n", "*b ")), size - len(target))
    return f"{draw.choice(('[a]: <', '[^a]: ', '[a]: ', 'a: &b '))}{target}{draw.choice(('', '>'))}\n\n{uses}"


def _soup(draw: random.Random, atoms: Sequence[str], size: int) -> str:
    return "".join(draw.choices(atoms, k=max(1, size // 3)))[:size]


def _mixed(draw: random.Random, atoms: Sequence[str], size: int) -> str:
    parts = [draw.choice(SHAPES)(draw, atoms, size // 3) for _ in range(3)]
    return draw.choice(("", "\n", "\n\n")).join(parts)


SHAPES: tuple[Shape, ...] = (
    *(_repeat, _repeat, _lines, _lines, _nest, _deepen, _number, _number, _pad, _pad, _table, _backreference, _soup),
    _mixed,
)


def _fill(piece: str, size: int) -> str:
    return (piece or "a") * max(1, size // max(1, len(piece)))


def make_text(draw: random.Random, atoms: Sequence[str], size: int) -> str:
    """A nasty text of about this size."""
    return draw.choice(SHAPES)(draw, atoms, size)


def change_text(draw: random.Random, text: str, atoms: Sequence[str], size: int) -> str:
    """A real text with something nasty in a few places."""
    for _ in range(draw.choice((1, 1, 2, 4))):
        at = draw.randrange(len(text) + 1)
        action = draw.randrange(5)
        if action == 0:
            text = text[:at] + make_text(draw, atoms, draw.choice((1, 20, size))) + text[at:]
        elif action == 1:
            text = text[:at] + text[at + draw.choice((1, 10, 200)) :]
        elif action == 2:
            piece = text[at : at + draw.choice((1, 5, 40, 400))]
            text = text[:at] + _fill(piece, size) + text[at:]
        elif action == 3:
            lines = text.split("\n")
            line = draw.choice(lines)
            text = "\n".join([*lines, *[line] * (size // (len(line) + 1))])
        else:
            text = text[:at] + "".join(draw.choices(atoms, k=draw.choice((1, 3, 9)))) + text[at:]
    return text
