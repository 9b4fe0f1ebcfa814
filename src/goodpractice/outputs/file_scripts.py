"""Scripts, and what they fetch, for pages that a browser opens from the file system: it loads classic scripts only.

A module becomes a function, to which `scripts/archive/files.js` hands what it imports and what it fetches from. A file
that scripts fetch becomes a script that hands over its bytes. The scripts themselves are those of the site.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files

from rjsmin import jsmin

#: Hands out what the others hold: it stands before them, and is run as it is.
HANDING = "assets/scripts/files.js"
#: What browsers do for websites only: scripts that need it are left out.
_WITHOUT = re.compile(r".*/(offline(-\w+)?|gp-offline|search-worker)\.js")
# The forms that our scripts use, as they are published. A test wraps every one of them.
_IMPORT = re.compile(r'\bimport\{([\w,]+)\}from("[^"]+");')
_LISTED = re.compile(r"\bexport\{([\w,]+)\};")
_NAMED = re.compile(r"\bexport ((?:const|class|(?:async )?function) (\w+))")
_ASKED = re.compile(r"\bimport\(")


def read_handing() -> str:
    """The script that hands out what the others hold."""
    folder = files("goodpractice") / "scripts/archive"
    return str(jsmin((folder / "files.js").read_text(encoding="utf-8")))


def needs_site(path: str) -> bool:
    """Whether a script is of no use in files: what it does, browsers do for websites only."""
    return bool(_WITHOUT.fullmatch(path))


def wrap_script(text: str) -> str:
    """A script as a function: of what loads others, its own address, and `fetch`. It gives what it exports.

    What it cannot have, such as a worker, is nothing, which a script tells as from a browser without.
    """
    names = [name for found in _LISTED.findall(text) for name in found.split(",")]
    names += [name for _, name in _NAMED.findall(text)]
    text = _IMPORT.sub(r"const{\1}=await gpLoad(\2);", text)
    text = _NAMED.sub(r"\1", _LISTED.sub("", text))
    text = _ASKED.sub("gpLoad(", text).replace("import.meta.url", "gpAddress")
    return f'gpScript(async(gpLoad,gpAddress,fetch,Worker)=>{{"use strict";\n{text}\nreturn{{{",".join(names)}}}}});\n'


def wrap_file(data: bytes) -> str:
    """A file as a script: each of its bytes is a letter. Packed, it is hardly longer than the file."""
    return f"gpFile({json.dumps(data.decode('latin-1'), ensure_ascii=False)});\n"
