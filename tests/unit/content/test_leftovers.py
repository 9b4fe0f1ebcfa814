"""What editors and computers leave behind, and what only looks like it."""

from __future__ import annotations

from goodpractice.content.leftovers import is_leftover

LEFT = (
    *(".park.md.swp", ".park.md.swo", ".park.md.swn", "park.swp", ".swp", "4913", "5036", ".park.md.un~"),
    *(".#park.md", "#park.md#", "park.md~", ".park.md~", "park.md.~1~", "flycheck_park.md", "park_flymake.md"),
    *(".park.md.kate-swp", ".goutputstream-A1B2C3", "park.md.sb-1a2b3c4d-Xyz123", "park.md___jb_tmp___"),
    *("park.md___jb_old___", ".~lock.park.docx#", "~$park.docx", "~WRL0001.tmp", "~WRD0000.docx", ".~park.docx"),
    *("park.md.bak", "park.md.orig", "park.md.rej", "park.md.tmp", ".nfs00000000012", ".fuse_hidden0001"),
    *("park.sync-conflict-20240101-120000-ABCDEFG.md", ".syncthing.park.md.tmp", "~syncthing~park.md.tmp"),
    *(".DS_Store", "._tent.jpg", "Thumbs.db", "thumbs.db", "ehthumbs.db", "desktop.ini", "Desktop.ini"),
    *(".directory", "@eaDir", "__MACOSX", ".Trash-1000", ".idea", ".vscode", ".obsidian", ".park.md.aBc123"),
    *("tent.jpg.crdownload", "tent.jpg.part", ".gitkeep", "__pycache__", "$RECYCLE.BIN"),
)
KEPT = (
    *("park.md", "park-2.md", "2024.md", "4913.md", "1234", "49130", "tent.jpg", "partners.yml", ".hidden.md"),
    *("swp.md", "part.md", "tmp.md", "orig.md", "tilde.md", "Icon.md", "desktop.md", "thumbs.md", "C#.md"),
    *("number-#1.md", ".pages", ".nojekyll", ".htaccess", "consent.yml", "temp", "notes.save.md"),
)


def test_left_behind() -> None:
    for name in [*LEFT, "park (Anna's conflicted copy 2024-01-01).md", "Icon\r"]:
        assert is_leftover(name), name
        assert is_leftover(f"case_studies/{name}"), name
        assert is_leftover(f"docs/a/{name}/b.md"), name


def test_kept() -> None:
    for name in KEPT:
        assert not is_leftover(name), name
        assert not is_leftover(f"case_studies/{name}"), name
