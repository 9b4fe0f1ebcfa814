"""Files that text editors, computers and synchronising services leave beside a text.

They are never read, never published and never a problem: they come and go by
themselves, many of them while a file is being saved. Every listing of files
of a project leaves out those that `is_leftover` knows.
"""

from __future__ import annotations

import re

_NAMES = (
    # Vim: swap files, the files with which it tries whether it may write, what it can undo.
    r"\.(?:.*\.)?sw[a-p]",
    r".+\.sw[op]",
    r"(?:4913|5036|5159|5282|5405|5528)",
    r"\..*\.un~",
    # Emacs, and the copies that many editors keep.
    r"\.#.*",
    r"#.*#",
    r".*~",
    r"(?:flycheck|flymake)_.*",
    r".+_(?:flycheck|flymake)\.[a-z]+",
    r".+\.(?:bak|orig|rej|tmp|temp|save)(?:\.[0-9]+)?",
    # Kate, GNOME, TextEdit, JetBrains, Typora, Notepad++.
    r"\..*\.kate-swp",
    r"\.goutputstream-.*",
    r".+\.sb-[0-9a-f]+-\w+",
    r"\(A Document Being Saved By .*",
    r".+___jb_(?:tmp|old|bak)___",
    r"nppBackup",
    # Word, LibreOffice, WPS: locks and drafts.
    r"~\$.*",
    r"~(?:WRL|WRD|WRA)\d+.*",
    r"\.~.*",
    # Folders of programs.
    r"\.(?:idea|vs|vscode|history|obsidian|trash|ipynb_checkpoints|fleet|zed)",
    r"__pycache__",
    # File systems, and programs that copy files.
    r"\.nfs[0-9a-f]+",
    r"\.fuse_hidden.*",
    r".*\.sync-conflict-.*",
    r"[.~]syncthing[.~].*",
    r"\.st(?:folder|versions|ignore)",
    r".* \(.*conflicted copy.*\).*",
    r"\.dropbox.*",
    r".+\.(?:crdownload|part|partial|download)",
    r"\..+\.(?:md|yml|jpg|png|webp)\.\w{6}",
    # What computers keep in folders.
    r"\.DS_Store",
    r"\._.*",
    r"\.(?:AppleDouble|LSOverride|Spotlight-V100|Trashes|fseventsd|TemporaryItems|DocumentRevisions-V100)",
    r"Icon\r",
    r"__MACOSX",
    r"(?i:(?:eh)?thumbs\.db(?::encryptable)?|desktop\.ini|\$recycle\.bin|system volume information)",
    r"\.directory",
    r"\.Trash-\d+",
    r"@eaDir",
    # So that git keeps an empty folder.
    r"\.(?:git)?keep",
)
_LEFTOVER = re.compile("|".join(f"(?:{name})" for name in _NAMES), re.DOTALL)
#: Most names, which need no comparison with the long list.
_ORDINARY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*\.(?:md|yml|jpg|png|webp|html|css|js|py|svg|woff2)")


def is_leftover(path: str) -> bool:
    """Whether a file or folder is something that editors or computers leave behind.

    Args:
        path: Its name, or its path with forward slashes: what lies in a folder of that kind is of that kind.
    """
    if _ORDINARY.fullmatch(path):
        return False
    return any(_LEFTOVER.fullmatch(name) for name in path.split("/") if not _ORDINARY.fullmatch(name))
