"""What the HTML of both dialects of Markdown lacks on a page: heads of columns, sides of cells, breaks in names."""

from __future__ import annotations

import re

from markupsafe import Markup

from goodpractice.render.environment import Html, escaped

_TABLE_HEAD = re.compile(r"<thead>.*?</thead>", re.DOTALL)
_HEAD_CELL = re.compile(r"<th(?P<side> align=\"[a-z]+\")?>(?P<empty></th>)?")
#: Both dialects align by this attribute, which HTML no longer has.
_SIDE = re.compile(r'<(?P<cell>t[hd])(?P<scope> scope="col")? align="(?P<side>[a-z]+)">')
#: A block of code first, so that the code in it is not taken for code in a line.
_CODE = re.compile(r"<pre\b.*?</pre>|<code>(?P<words>[^<]*)</code>", re.DOTALL)
#: Between two parts of the name of a field or a path.
_JOINT = re.compile(r"(?<=[^\W_][_/])(?=[^\W_]|&lt;)|(?<=&gt;/)(?=[^\W_])")


def finish_prose(html: str, is_printed: bool = False) -> str:
    """Finish what Markdown made.

    Args:
        html: A page or a part of one.
        is_printed: Whether it is made for a paper, whose words are copied out: names and addresses are
            whole.
    """
    if "<thead>" in html:
        html = _SIDE.sub(_name_side, _TABLE_HEAD.sub(_head_columns, html))
    if is_printed:
        return html.replace("<wbr>", "")
    if "<code>" in html:
        html = _CODE.sub(_let_break, html)
    return html


def show_address(address: str) -> Markup:
    """The address of a website as text, which breaks between its parts."""
    return Html("<wbr>".join(escaped(part) for part in _JOINT.split(address)))


def _head_columns(head: re.Match[str]) -> str:
    """Say which way head cells head. The corner of a table that has names down and across heads nothing."""
    return _HEAD_CELL.sub(
        lambda cell: f"<td{cell['side'] or ''}></td>" if cell["empty"] else f'<th scope="col"{cell["side"] or ""}>',
        head[0],
    )


def _name_side(cell: re.Match[str]) -> str:
    """Where a cell is aligned, as a class. The left of Markdown is where lines begin."""
    side = f' class="gp-{cell["side"]}"' if cell["side"] != "left" else ""
    return f"<{cell['cell']}{cell['scope'] or ''}{side}>"


def _let_break(code: re.Match[str]) -> str:
    """Let a name break between its parts, and nowhere else as long as they fit."""
    return code[0] if code["words"] is None else f"<code>{_JOINT.sub('<wbr>', code['words'])}</code>"
