"""What the HTML of both dialects of Markdown lacks on a page: heads of columns, sides of cells, breaks in names."""

from __future__ import annotations

import re

from markupsafe import Markup

from goodpractice.render.environment import Html, escaped

#: What stands in a start tag behind its name. A value may hold the sign that ends the tag.
_ATTRIBUTES = r"""(?P<attributes>(?:\s(?:[^>"']|"[^"]*"|'[^']*')*)?)"""
_ATTRIBUTE = re.compile(r"""(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s"'>]+))?""")
_TABLE_HEAD = re.compile(rf"<thead{_ATTRIBUTES}>.*?</thead>", re.DOTALL | re.IGNORECASE)
_HEAD_CELL = re.compile(rf"<th{_ATTRIBUTES}>(?P<empty>(?:\s|&nbsp;|&#160;)*</th>)?", re.IGNORECASE)
#: Attributes by which a head cell says what it heads, or what it is called though it is empty.
_SAID = frozenset(("scope", "role", "aria-label", "aria-labelledby", "title"))
_CELL = re.compile(rf"<(?P<cell>t[hd])(?=\s){_ATTRIBUTES}>", re.IGNORECASE)
_STYLED_SIDE = re.compile(r"(?:^|(?<=;))\s*text-align\s*:\s*(left|start|right|end|center)\s*(?:;|$)", re.IGNORECASE)
#: The sides that have a class. The left of Markdown is where lines begin, as in any cell.
_SIDES = {"right": "gp-right", "end": "gp-right", "center": "gp-center"}
#: A block of code first, so that the code in it is not taken for code in a line.
_CODE = re.compile(r"<pre\b.*?</pre>|<code>(?P<words>[^<]*)</code>", re.DOTALL)
#: Between two parts of the name of a field or a path.
_JOINT = re.compile(r"(?<=[^\W_][_/])(?=[^\W_]|&lt;)|(?<=&gt;/)(?=[^\W_])")


def finish_prose(html: str, is_printed: bool = False) -> str:
    """Finish what Markdown made.

    Args:
        html: A page or a part of one.
        is_printed: Whether it is made for a paper, whose words are copied out: names and addresses are whole.
    """
    if "<table" in html or "<TABLE" in html:
        html = _CELL.sub(_name_side, _TABLE_HEAD.sub(_head_columns, html))
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
    return _HEAD_CELL.sub(_head_column, head[0])


def _head_column(cell: re.Match[str]) -> str:
    attributes, empty = cell["attributes"], cell["empty"] or ""
    said = {attribute["name"].lower() for attribute in _ATTRIBUTE.finditer(attributes)}
    if empty and said.isdisjoint(_SAID):
        return f"<td{attributes}></td>"
    return cell[0] if "scope" in said else f'<th scope="col"{attributes}>{empty}'


def _name_side(cell: re.Match[str]) -> str:
    """Where a cell is aligned, as a class.

    Both dialects align by an attribute that HTML no longer has, or by a style, which an e-book leaves out.
    """
    if "align" not in cell["attributes"].lower():
        return cell[0]
    given = {found["name"].lower(): _unquote(found["value"] or "") for found in _ATTRIBUTE.finditer(cell["attributes"])}
    side = given.pop("align", "").strip().lower()
    if styled := _STYLED_SIDE.search(given.get("style", "")):
        side = styled[1].lower()
        given["style"] = _STYLED_SIDE.sub("", given["style"]).strip()
        if not given["style"]:
            del given["style"]
    if side in _SIDES:
        given["class"] = f"{given.get('class', '')} {_SIDES[side]}".strip()
    return f"<{cell['cell']}{''.join([f' {name}={_quote(value)}' for name, value in given.items()])}>"


def _unquote(value: str) -> str:
    return value[1:-1] if value[:1] in ('"', "'") else value


def _quote(value: str) -> str:
    return f"'{value}'" if '"' in value else f'"{value}"'


def _let_break(code: re.Match[str]) -> str:
    """Let a name break between its parts, and nowhere else as long as they fit."""
    return code[0] if code["words"] is None else f"<code>{_JOINT.sub('<wbr>', code['words'])}</code>"
