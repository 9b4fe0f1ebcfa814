"""A small project that tests write, change and build: every kind of record, and a theme of a few lines."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from goodpractice.content.document import digest_source
from goodpractice.content.knowledge_base import KnowledgeBase

CaseSummary = dict[str, Any]

_CONFIG = """\
site_name: Small site
site_url: https://small.example.org/
repo_url: https://github.com/OWNER/REPOSITORY
copyright: !ENV [SMALL_SITE_COPYRIGHT, "Nobody's"]
extra:
  goodpractice:
    offline: true
    languages:
      cy: {name: Cymraeg}
      ar: {name: العربية, direction: rtl}
theme:
  name: null
  custom_dir: overrides
plugins:
  - goodpractice
nav:
  - Home: index.md
  - Handbook: handbook/
  - Case studies: case-studies/
  - Themes: themes/
  - Partners:
      - partners/
      - map.md
      - programmes/
      - networks/
      - events/
  - Words: glossary/
  - Tools: resources/
  - About:
      - about.md
      - At a glance: at-a-glance.md
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - github-callouts
  - md_in_html
  - toc:
      permalink: "#"
"""

# Shows everything that a theme can show of a page, so that whatever is stale is seen.
_THEME = """\
<!doctype html>
<html lang="{{ language.code }}" dir="{{ language.direction }}"{{ english }}>
  <head>
    {% if not is_listed %}<meta name="robots" content="noindex">{% endif %}
    {% for edition in editions if edition.url is not none %}
      <link rel="alternate" hreflang="{{ edition.code }}" href="{{ edition.href or (edition.url | url) }}">
    {% endfor %}
    {% set meta = page.meta if page and page.meta else {} %}
    <title>{{ meta.title }} - {{ config.site_name }}</title>
    {% if meta.description %}<meta name="description" content="{{ meta.description }}">{% endif %}
    {% if page and page.canonical_url %}<link rel="canonical" href="{{ page.canonical_url }}">{% endif %}
    {% for path in config.extra_css %}<link rel="stylesheet" href="{{ path | url }}">{% endfor %}
  </head>
  <body>
    <nav>{% for item in nav.items recursive %}
      {% if item.children %}
        <b{% if item.active %} class="active"{% endif %}>{{ item.title }}</b> {{ loop(item.children) }}
      {% else %}
        <a href="{{ item.url | url }}"{% if item.active %} class="active"{% endif %}>{{ item.title }}</a>
      {% endif %}
    {% endfor %}</nav>
    {% if page and not "toc" in (meta.hide or []) %}
      <ul>{% for item in page.toc recursive %}<li><a href="{{ item.url }}">{{ item.title }}</a>
        {% if item.children %}<ul>{{ loop(item.children) }}</ul>{% endif %}</li>{% endfor %}</ul>
    {% endif %}
    {% block content %}{{ page.content }}{% endblock %}
    {% for other in [page.previous_page, page.next_page] if page and other %}
      <a href="{{ other.url | url }}">{{ other.title }}</a>
    {% endfor %}
    {% if page and page.edit_url %}<a href="{{ page.edit_url }}">Edit</a>{% endif %}
    {% for edition in editions if not edition.current %}
      {{ edition.name }}:
      {%- if edition.url is not none %} <a href="{{ edition.url | url }}">{{ _("Search") }}</a>{% else %} -{% endif %}
    {% endfor %}
    <footer>{{ config.copyright }}</footer>
  </body>
</html>
"""

_MACROS = """\
from pathlib import Path

from goodpractice.content import open_project
from goodpractice.render import bind_macros


def define_env(env):
    kb = open_project(Path(__file__).parent).kb
    for name, macro in bind_macros(kb).items():
        env.macro(macro, name)
    env.macro(lambda: f"version {VERSION}, {len(kb.case_studies)} stories", "about_this_site")


VERSION = 1
"""

_DOCS = {
    "index.md": "---\ntitle: Home\n---\n# Welcome\n\n{{ case_study('case-03') }}\n\n[Partners](../partners.yml) and "
    "[the first chapter](../handbook/chapter-1.md#in-short).\n",
    "about.md": "# About\n\n{{ about_this_site() }}\n\n{{ partner('partner-2', style='link') }}\n\n"
    "{{ case_studies(theme='theme-2', limit=3) }}\n\n![Mark](assets/mark.svg), [read me](../README.md)\n",
    # Not in the navigation.
    "notes/aside.md": "---\ntitle: Aside\ndescription: Not in the navigation.\n---\n"
    "The [story](../../case_studies/case-04.md).\n",
    "assets/mark.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>\n',
}


@dataclass
class SmallSite:
    """The files of a small project, as Python values.

    Attributes:
        root: Its folder.
        cases: Facts by id, with the story under `body`.
        chapters: As `cases`.
        translations: As `cases`, by path without `.md`.
        tables: Entries by file and list.
    """

    root: Path
    cases: dict[str, CaseSummary] = field(default_factory=dict)
    chapters: dict[str, CaseSummary] = field(default_factory=dict)
    translations: dict[str, CaseSummary] = field(default_factory=dict)
    tables: dict[str, dict[str, list[CaseSummary]]] = field(default_factory=dict)

    def write(self, path: str, text: str) -> None:
        """Write any file of the project."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def write_case(self, case_id: str) -> None:
        """Write a case study."""
        self.write(f"case_studies/{case_id}.md", _record_file(self.cases[case_id]))

    def write_chapter(self, chapter_id: str) -> None:
        """Write a chapter."""
        self.write(f"handbook/{chapter_id}.md", _record_file(self.chapters[chapter_id]))

    def write_translation(self, key: str) -> None:
        """Write a page in another language."""
        self.write(f"{key}.md", _record_file(self.translations[key]))

    def write_table(self, path: str) -> None:
        """Write a data file."""
        self.write(path, dump_yaml(self.tables[path]))

    def entries(self, path: str, name: str) -> list[CaseSummary]:
        """Entries of a list in a data file."""
        return self.tables[path][name]


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc] # the fast one, where it is
    def ignore_aliases(self, data: object) -> bool:
        return True


def dump_yaml(value: object) -> str:
    """YAML without anchors, the keys in their order."""
    return str(yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True))


def _record_file(entry: Mapping[str, Any]) -> str:
    facts = {key: value for key, value in entry.items() if key != "body"}
    return f"---\n{dump_yaml(facts)}---\n{entry['body']}"


def write_small_site(root: Path, cases: int = 25) -> SmallSite:
    """Write a project with four chapters, ten partners, four themes, and one or two of everything else."""
    draw = random.Random(cases)
    site = SmallSite(root)
    cited = ["annual-report"]
    site.write("mkdocs.yml", _CONFIG)
    site.write("macros.py", _MACROS)
    site.write("overrides/main.html", _THEME)
    site.write("overrides/404.html", '{% extends "main.html" %}{% block content %}<h1>Not here</h1>{% endblock %}\n')
    site.write("README.md", "# Small site\n")
    for path, text in _DOCS.items():
        site.write(f"docs/{path}", text)
    partners: list[CaseSummary] = [
        {
            "id": f"partner-{n}",
            "name": f"Partner {n}",
            "kind": ("museum", "charity")[n % 2],
            "town": f"Town {n % 4}",
            "region": "England",
            "country": "United Kingdom",
            **({"lat": 51.0 + n / 5, "lon": -2.0 + n / 7} if n < 8 else {}),
            **({"programmes": ["open-doors"]} if n % 3 == 0 else {}),
            **({"networks": ["small-museums"]} if n % 4 == 0 else {}),
            "sources": cited,
        }
        for n in range(1, 11)
    ]
    networks: list[CaseSummary] = [
        {"id": "small-museums", "name": "Network of Small Museums", "region": "Europe", "sources": cited}
    ]
    site.tables = {
        "partners.yml": {"partners": partners, "networks": networks},
        "data/themes.yml": {
            "themes": [
                {
                    "id": f"theme-{n}",
                    "name": f"Theme {n}",
                    "question": f"What about theme {n}?",
                    "summary": f"Summary of theme {n}.",
                    "chapter": f"chapter-{n}",
                    "sources": cited,
                }
                for n in range(1, 5)
            ]
        },
        "data/programmes.yml": {
            "programmes": [
                {
                    "id": "open-doors",
                    "name": "Open Doors",
                    "summary": "Rooms.",
                    "lead": ["partner-1"],
                    "sources": cited,
                },
                {"id": "long-table", "name": "Long Table", "summary": "Meals.", "sources": cited},
            ]
        },
        "data/events.yml": {
            "events": [
                {
                    "id": "meeting",
                    "name": "Meeting of 2019",
                    "status": "held",
                    "start": "2019-05-14 14:00",
                    "zone": "Europe/London",
                    "hosts": ["partner-2"],
                    "sources": cited,
                },
                {"id": "launch", "name": "Launch", "status": "held", "start": "2018-03", "sources": cited},
            ]
        },
        "data/glossary.yml": {
            "glossary": [
                {
                    "id": "partner",
                    "word": "Partner",
                    "use": "explained",
                    "meaning": "Who shares the work.",
                    "sources": cited,
                },
                {"id": "outreach", "word": "Outreach", "use": "avoid", "meaning": "Reaching out.", "sources": cited},
            ]
        },
        "data/resources.yml": {
            "resources": [
                {
                    "id": "budget-sheet",
                    "name": "Budget sheet",
                    "kind": "tool",
                    "about": "Shows who is paid.",
                    "partners": ["partner-3"],
                    "themes": ["theme-1"],
                    "sources": cited,
                }
            ]
        },
        "data/plans.yml": {
            "plans": [
                {
                    "id": "town-plan",
                    "name": "Plan of the town",
                    "programme": "open-doors",
                    "strands": [
                        {
                            "id": 1,
                            "title": "Open the room",
                            "actions": [{"id": "1.1", "title": "Give out keys", "lead": ["partner-4"]}],
                        }
                    ],
                    "sources": cited,
                }
            ]
        },
        "data/sources.yml": {
            "sources": [
                {"id": "annual-report", "title": "Annual report", "publisher": "Hill Museum", "year": "2020"},
                {"id": "pages", "title": "Pages about the river", "url": "https://river.example.org/about"},
            ]
        },
        "data/vocabularies.yml": {
            "audiences": [{"id": "families", "name": "Families"}, {"id": "pupils", "name": "Pupils"}],
            "settings": [{"id": "school", "name": "School"}, {"id": "outdoors", "name": "Outdoors"}],
            "equity_dimensions": [{"id": "power", "name": "Power"}],
            "partner_kinds": [{"id": "museum", "name": "Museum"}, {"id": "charity", "name": "Charity"}],
            "resource_kinds": [{"id": "tool", "name": "Tool"}],
            "money_bands": [{"id": "under-1000", "name": "Under £1,000"}],
            "access_costs": [{"id": "travel", "name": "Travel"}],
        },
    }
    for path in site.tables:
        site.write_table(path)
    for n in range(1, 5):
        site.chapters[f"chapter-{n}"] = {
            "title": f"Chapter {n}",
            "order": n,
            "summary": f"What chapter {n} is about.",
            "themes": [f"theme-{n}"],
            "owner": "editors",
            "written_on": "2025-01-31",
            "sources": cited,
            "body": f"A {{{{ term('partner') }}}} has time.\n\n## In short\n\nWords.\n\n"
            f"{{{{ case_studies(theme='theme-{n}', limit=2) }}}}\n\n{{{{ chapter('chapter-{n % 4 + 1}') }}}}\n\n"
            f"See [a story](../case_studies/case-0{n}.md#what-happened).\n",
        }
        site.write_chapter(f"chapter-{n}")
    for key, approved in (
        ("handbook/chapter-2.cy", True),
        ("handbook/chapter-3.cy", False),
        ("handbook/chapter-4.cy", True),
        ("handbook/chapter-2.ar", False),
        ("docs/about.cy", True),
    ):
        site.translations[key] = make_translation(site, key, approved)
        site.write_translation(key)
    for n in range(1, cases + 1):
        site.cases[f"case-{n:02d}"] = make_case(
            n,
            themes=sorted({f"theme-{draw.randint(1, 3)}", f"theme-{draw.randint(1, 3)}"}),
            partners=draw.sample([entry["id"] for entry in partners[:9]], draw.randint(1, 3)),
            link=f"case-{draw.randint(1, cases):02d}",
        )
    site.cases["case-06"]["body"] += "\nSee [how it began](case-07.md#what-happened).\n"
    for case_id in site.cases:
        site.write_case(case_id)
    return site


def make_translation(site: SmallSite, key: str, approved: bool) -> CaseSummary:
    """A translation of a page as it is now."""
    stem = key.rpartition(".")[0]
    chapter = site.chapters.get(stem.removeprefix("handbook/"))
    if chapter is not None:
        said = (chapter["title"], chapter["summary"], chapter["body"])
    else:
        said = ("", "", (site.root / f"{stem}.md").read_text(encoding="utf-8"))
    return {
        "title": f"Teitl {stem}",
        "summary": f"Crynodeb {stem}.",
        "source_digest": digest_source(*said),
        "translated_by": "machine",
        "translated_on": "2025-02-01",
        **({"approved_by": "A Reader", "approved_on": "2025-02-02"} if approved else {}),
        "body": "Mae gan {{ term('partner', 'bartner') }} amser.\n\n## Yn fyr\n\nGeiriau.\n\n"
        "{{ case_studies(theme='theme-1', limit=1) }}\n\n"
        "{{ chapter('chapter-2') }}\n\n{{ chapter('chapter-3') }}\n",
    }


def make_case(n: int, themes: list[str], partners: list[str], link: str = "") -> CaseSummary:
    """A case study."""
    see = f"\nAs in [another story]({link}.md).\n" if link else ""
    programme = {"programme": "open-doors"} if n % 5 == 0 else {}
    return {
        "title": f"Story {n}",
        "summary": f"What happened in story {n}.",
        "partners": [{"partner": partner, "role": f"Role {k}"} for k, partner in enumerate(partners)],
        "place": f"Place {n % 6}",
        "region": "England",
        "country": "United Kingdom",
        "year": 2000 + n % 12,
        "themes": themes,
        "sources": ["annual-report"],
        # Some have no day, and are not among what is new.
        **({"written_on": f"2025-02-{n:02d}"} if n % 3 and n < 29 else {}),
        **programme,
        "audiences": ["families"] if n % 2 else ["families", "pupils"],
        "body": f"## What happened\n\nStory {n} began.\n{see}\n## What we learned\n\n- One thing.\n",
    }


def need_share(kb: KnowledgeBase, share: float) -> KnowledgeBase:
    """The knowledge base of a site that sets how many pages must carry a value before a filter is shown."""
    extra = {"goodpractice": {"search": {"min_share": share}}}
    file = replace(kb.settings.file, values={**kb.settings.file.values, "extra": extra})
    return replace(kb, settings=replace(kb.settings, file=file))
