"""Plugins of others: under `mkdocs build` they change what they change elsewhere, and nothing else."""

from __future__ import annotations

from pathlib import Path

import csscompressor
import pytest
from mkdocs_minify_plugin.plugin import MinifyPlugin

from tests.helpers.drivers import build_with, run
from tests.helpers.sites import SmallSite, write_small_site

CSS = "/* A note. */\n.own {\n  color: red;\n}\n"
#: Pages that readers of MkDocs' names for files know by them, and their files.
ABOUT, STORY = "about/index.html", "case-studies/case-03/index.html"


def write_project(root: Path, plugins: str = "", more: str = "") -> SmallSite:
    """A small project with a style sheet of its own.

    Args:
        root: Where it is written.
        plugins: Lines below ours.
        more: Other settings.
    """
    site = write_small_site(root, cases=8)
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    config = config.replace("  - goodpractice\n", f"  - goodpractice\n{plugins}")
    config = config.replace("  custom_dir:", "  static_templates: [404.html]\n  custom_dir:")
    site.write("mkdocs.yml", config + more)
    site.write("docs/assets/own.css", CSS)
    return site


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site without a plugin of others."""
    return build_with("mkdocs", write_project(tmp_path_factory.mktemp("plain"), more=EXTRA).root)


EXTRA = "extra_css: [assets/own.css]\n"


def list_changes(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """Names of files that differ, but for the list by which devices keep them."""
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    return {name for name in changed if not name.startswith("assets/offline/")}


def test_redirects_add_their_pages(plain: dict[str, bytes], tmp_path: Path) -> None:
    maps = "{old.md: about.md, gone/away.md: 'https://other.example.org/', was/story.md: case-studies/case-03.md}"
    site = write_project(tmp_path, f"  - redirects: {{redirect_maps: {maps}}}\n", EXTRA)
    built = build_with("mkdocs", site.root)
    assert list_changes(plain, built) == {"old/index.html", "gone/away/index.html", "was/story/index.html"}
    assert b'href="../about/"' in built["old/index.html"]
    assert b'href="../../case-studies/case-03/"' in built["was/story/index.html"]

    said = run(site.root, "goodpractice", "build", "--site-dir", "by-us")
    assert "MkDocs builds it, because of redirects in mkdocs.yml" in said
    assert build_with("goodpractice", site.root) == built


def test_minify_makes_pages_and_its_files_small(plain: dict[str, bytes], tmp_path: Path) -> None:
    options = "{minify_html: true, minify_css: true, css_files: [assets/own.css]}"
    built = build_with("mkdocs", write_project(tmp_path, f"  - minify: {options}\n", EXTRA).root)
    plugin = MinifyPlugin()
    plugin.load_config({"minify_html": True})

    def minify(page: bytes) -> bytes:
        text = page.decode().replace("assets/own.css", "assets/own.min.css")
        return str(plugin.on_post_page(text, page=None, config=None)).encode()

    expected = {name: minify(data) if name.endswith(".html") else data for name, data in plain.items()}
    expected["assets/own.min.css"] = csscompressor.compress(expected.pop("assets/own.css").decode()).encode()
    assert list_changes(expected, built) == set()
    assert len(built["404.html"]) < len(plain["404.html"])
    assert b"own.min.css" in built[STORY]


_HOOK = """\
def on_page_markdown(markdown, page, config, files):
    if page.file.src_uri == "about.md":
        page.meta["description"] = "Said by a hook."
        return markdown + "\\n\\n## Added to the text\\n"


def on_page_content(html, page, config, files):
    if page.url in ("about/", "case-studies/case-03/"):
        return html + "<p>Added to the content.</p>"


def on_post_page(output, page, config):
    return output.replace("</body>", "<!-- Finished. --></body>")


def on_nav(nav, config, files):
    nav.items[-2].title = "Renamed"
"""


def test_hooks_change_text_content_menu_and_the_finished_page(tmp_path: Path) -> None:
    before = build_with("mkdocs", write_project(tmp_path / "before").root)
    site = write_project(tmp_path / "after", more="hooks: [hook.py]\n")
    site.write("hook.py", _HOOK)
    built = build_with("mkdocs", site.root)
    pages = {name for name in before if name.endswith("index.html")}
    changes = {name for name in list_changes(before, built) if not name.startswith("assets/search/")}
    assert changes == pages | {"404.html"}
    about, story = built[ABOUT].decode(), built[STORY].decode()
    assert '<meta name="description" content="Said by a hook.">' in about
    assert '<a href="#added-to-the-text">Added to the text</a>' in about
    assert "<p>Added to the content.</p>" in about
    assert before[STORY].decode().replace("</body>", "<!-- Finished. --></body>").replace(">Tools<", ">Renamed<") == (
        story.replace("<p>Added to the content.</p>", "")
    )


@pytest.mark.parametrize("event", ["on_env(env, config, files)", "on_page_context(context, page, config, nav)"])
def test_what_would_change_our_templates_is_refused_by_name(tmp_path: Path, event: str) -> None:
    site = write_project(tmp_path, more="hooks: [hook.py]\n")
    site.write("hook.py", f"def {event}:\n    pass\n")
    told = f"`hook.py` in mkdocs.yml changes what templates are given (`{event.partition('(')[0]}`)"
    for command in ("mkdocs", "goodpractice"):
        assert told in run(site.root, command, "build", "--site-dir", "built", fails=True)


def test_a_page_that_a_plugin_adds_has_our_shell(tmp_path: Path) -> None:
    site = write_project(tmp_path, more="hooks: [hook.py]\n")
    site.write(
        "hook.py",
        "from mkdocs.structure.files import File\n\n\n"
        "def on_files(files, config):\n"
        '    files.append(File.generated(config, "made/by-a-hook.md", content="# Made\\n\\n## Part\\n"))\n',
    )
    page = build_with("mkdocs", site.root)["made/by-a-hook/index.html"].decode()
    assert '<a href="../../about/">' in page
    assert '<a href="#part">Part</a>' in page


def test_a_warning_fails_a_strict_build(tmp_path: Path) -> None:
    site = write_project(tmp_path)
    site.write("handbook/chapter-1.md", (site.root / "handbook/chapter-1.md").read_text() + "\n[Away](away.md)\n")
    assert "handbook/chapter-1.md" in run(site.root, "mkdocs", "build", "--site-dir", "built")
    assert "1 warnings in strict mode" in run(site.root, "mkdocs", "build", "--strict", "--site-dir", "x", fails=True)
    site.write("mkdocs.yml", (site.root / "mkdocs.yml").read_text() + "strict: true\n")
    assert "in strict mode" in run(site.root, "mkdocs", "build", "--site-dir", "built", fails=True)
