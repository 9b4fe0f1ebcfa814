"""What happens to a project between two builds: edits by its writers, accidents on disk, damage to the cache.

Each edit takes the site and `pick`, which chooses one of several values; so
the same edits serve a fixed list and a property test.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from goodpractice.config.cache import CACHE
from goodpractice.engine.store import Store
from tests.helpers.pictures import clean, digest, draw
from tests.helpers.sites import SmallSite, dump_yaml, make_case, make_translation

T = TypeVar("T")
Pick = Callable[[Sequence[Any]], Any]
Edit = Callable[[SmallSite, Pick], None]

STORIES: dict[str, Edit] = {}
TABLES: dict[str, Edit] = {}
PAGES: dict[str, Edit] = {}
PHOTOS: dict[str, Edit] = {}
SETUP: dict[str, Edit] = {}
OUTPUT: dict[str, Edit] = {}
STATE: dict[str, Edit] = {}

#: Made longer or shorter by each edit, so that no two edits give the same text.
WORDS = ("blue", "a longer word", "x", "Ŵyl & <b>", "`code` *star*", "{{ brace }}")

#: Days on which a record may have changed: after all on which it was new.
DAYS = ("2025-03-01", "2025-06-30", "2026-01-31")


def edit(family: dict[str, Edit]) -> Callable[[Edit], Edit]:
    """Add an edit to a family."""

    def add(function: Edit) -> Edit:
        family[function.__name__] = function
        return function

    return add


def _set(site: SmallSite, pick: Pick, name: str, value: Any) -> None:
    case_id = pick(sorted(site.cases))
    site.cases[case_id][name] = value
    site.write_case(case_id)


def _fresh(names: Sequence[str], prefix: str) -> str:
    return next(f"{prefix}{n}" for n in range(1, 1000) if f"{prefix}{n}" not in names)


# Case studies.


@edit(STORIES)
def edit_body(site: SmallSite, pick: Pick) -> None:
    case_id = pick(sorted(site.cases))
    site.cases[case_id]["body"] += f"- And {pick(WORDS)}.\n"
    site.write_case(case_id)


@edit(STORIES)
def add_heading(site: SmallSite, pick: Pick) -> None:
    case_id = pick(sorted(site.cases))
    site.cases[case_id]["body"] += (
        f"\n{pick(('##', '###', '####'))} More about {len(site.cases[case_id]['body'])}\n\nText.\n"
    )
    site.write_case(case_id)


@edit(STORIES)
def rename_heading(site: SmallSite, pick: Pick) -> None:
    case_id = pick(sorted(site.cases))
    before, after = pick((("## What happened", "## What went on"), ("## What went on", "## What happened")))
    site.cases[case_id]["body"] = site.cases[case_id]["body"].replace(before, after)
    site.write_case(case_id)


@edit(STORIES)
def rename_linked_heading(site: SmallSite, pick: Pick) -> None:
    case_id = pick(
        [case_id for case_id in ("case-01", "case-02", "case-03", "case-04") if case_id in site.cases] or [""]
    )
    if case_id:
        site.cases[case_id]["body"] = site.cases[case_id]["body"].replace("## What happened", "## What went on")
        site.write_case(case_id)


@edit(STORIES)
def link_to_heading(site: SmallSite, pick: Pick) -> None:
    case_id, other = pick(sorted(site.cases)), pick(sorted(site.cases))
    site.cases[case_id]["body"] += f"\nSee [how it began]({other}.md#what-happened).\n"
    site.write_case(case_id)


@edit(STORIES)
def link_to_pages(site: SmallSite, pick: Pick) -> None:
    case_id, other = pick(sorted(site.cases)), pick(sorted(site.cases))
    targets = ("../handbook/chapter-1.md", "../partners.yml", "../docs/index.md", "../case_studies/", f"{other}.md")
    site.cases[case_id]["body"] += "\n".join(["", *(f"See [this]({target})." for target in targets), ""])
    site.write_case(case_id)


@edit(STORIES)
def link_to_nothing(site: SmallSite, pick: Pick) -> None:
    case_id = pick(sorted(site.cases))
    site.cases[case_id]["body"] += f"\nSee [this]({pick(('../handbook/chapter-l.md', 'case-0l.md', '#nowhere'))}).\n"
    site.write_case(case_id)


@edit(STORIES)
def rename_heading_that_a_story_links_to(site: SmallSite, pick: Pick) -> None:
    if "case-07" in site.cases:
        site.cases["case-07"]["body"] = site.cases["case-07"]["body"].replace("## What happened", "## What went on")
        site.write_case("case-07")


@edit(STORIES)
def edit_title(site: SmallSite, pick: Pick) -> None:
    case_id = pick(sorted(site.cases))
    site.cases[case_id]["title"] = f"{pick('ABYZ')} {pick(WORDS)} of {case_id}"
    site.write_case(case_id)


@edit(STORIES)
def edit_summary(site: SmallSite, pick: Pick) -> None:
    _set(site, pick, "summary", f"It was {pick(WORDS)}.")


@edit(STORIES)
def edit_year(site: SmallSite, pick: Pick) -> None:
    _set(site, pick, "year", pick(range(1995, 2020)))


@edit(STORIES)
def edit_day_of_change(site: SmallSite, pick: Pick) -> None:
    _set(site, pick, "updated_on", pick(DAYS))


@edit(STORIES)
def edit_day_of_publication(site: SmallSite, pick: Pick) -> None:
    _set(site, pick, "published_on", pick(("2025-01-31", "2025-02-28")))


@edit(STORIES)
def edit_place(site: SmallSite, pick: Pick) -> None:
    _set(site, pick, "place", f"Place {pick(range(9))}")


@edit(STORIES)
def edit_themes(site: SmallSite, pick: Pick) -> None:
    themes = [entry["id"] for entry in site.entries("data/themes.yml", "themes")]
    _set(site, pick, "themes", sorted({pick(themes), pick(themes)}))


@edit(STORIES)
def edit_phrases(site: SmallSite, pick: Pick) -> None:
    # Sometimes another story has the phrase already, which is a mistake.
    places = ("gate", "bridge", "hill", "library", "market", "river", "school", "square", "station", "tower")
    _set(site, pick, "situations", [f"We met at the {pick(places)}", "How do we begin"][: pick((1, 1, 1, 2))])


@edit(STORIES)
def edit_partners(site: SmallSite, pick: Pick) -> None:
    partners = [entry["id"] for entry in site.entries("partners.yml", "partners")]
    chosen = sorted({pick(partners), pick(partners)})
    _set(site, pick, "partners", [{"partner": partner, "role": pick(WORDS)} for partner in chosen])


@edit(STORIES)
def edit_role(site: SmallSite, pick: Pick) -> None:
    case_id = pick(sorted(site.cases))
    site.cases[case_id]["partners"][0]["role"] = f"Role {pick(WORDS)}"
    site.write_case(case_id)


@edit(STORIES)
def edit_audiences(site: SmallSite, pick: Pick) -> None:
    _set(site, pick, "audiences", pick((["families"], ["pupils"], ["pupils", "families"])))


@edit(STORIES)
def edit_programme(site: SmallSite, pick: Pick) -> None:
    _set(site, pick, "programme", pick(("open-doors", "long-table")))


@edit(STORIES)
def edit_power(site: SmallSite, pick: Pick) -> None:
    _set(site, pick, "power", {"who_decided": f"All of us, {pick(WORDS)}"})


@edit(STORIES)
def cite_another_source(site: SmallSite, pick: Pick) -> None:
    _set(site, pick, "sources", [pick(("pages", "annual-report", "https://river.example.org/about"))])


@edit(STORIES)
def add_case(site: SmallSite, pick: Pick) -> None:
    case_id = _fresh(list(site.cases), "case-1")
    link = pick(["", *sorted(site.cases)])
    site.cases[case_id] = make_case(pick(range(60)), ["theme-1"], [pick(("partner-1", "partner-9"))], link)
    site.write_case(case_id)


@edit(STORIES)
def delete_case(site: SmallSite, pick: Pick) -> None:
    case_id = pick(sorted(site.cases))
    _drop_links(site, case_id)
    del site.cases[case_id]
    (site.root / f"case_studies/{case_id}.md").unlink()
    shutil.rmtree(site.root / f"case_studies/{case_id}", ignore_errors=True)


@edit(STORIES)
def delete_case_that_is_linked(site: SmallSite, pick: Pick) -> None:
    case_id = pick(sorted(site.cases))
    del site.cases[case_id]
    (site.root / f"case_studies/{case_id}.md").unlink()
    shutil.rmtree(site.root / f"case_studies/{case_id}", ignore_errors=True)


@edit(STORIES)
def rename_case(site: SmallSite, pick: Pick) -> None:
    case_id = pick(sorted(site.cases))
    _drop_links(site, case_id)
    new = _fresh(list(site.cases), "renamed-")
    site.cases[new] = site.cases.pop(case_id)
    (site.root / f"case_studies/{case_id}.md").rename(site.root / f"case_studies/{new}.md")
    if (site.root / f"case_studies/{case_id}").is_dir():
        (site.root / f"case_studies/{case_id}").rename(site.root / f"case_studies/{new}")


def _drop_links(site: SmallSite, case_id: str) -> None:
    for other, case in site.cases.items():
        if f"({case_id}.md" in case["body"]:
            case["body"] = (
                case["body"]
                .replace(f"]({case_id}.md#what-happened)", "] (gone)")
                .replace(f"]({case_id}.md)", "] (gone)")
            )
            site.write_case(other)


@edit(STORIES)
def swap_two_cases(site: SmallSite, pick: Pick) -> None:
    one, other = pick(sorted(site.cases)), pick(sorted(site.cases))
    site.cases[one], site.cases[other] = site.cases[other], site.cases[one]
    # Renames keep the times of a file: nothing but its number and the time of the change tells.
    here, there = site.root / f"case_studies/{one}.md", site.root / f"case_studies/{other}.md"
    if one != other:
        aside = here.with_suffix(".aside")
        here.rename(aside)
        there.rename(here)
        aside.rename(there)


@edit(STORIES)
def break_case(site: SmallSite, pick: Pick) -> None:
    case_id = pick(sorted(site.cases))
    site.write(f"case_studies/{case_id}.md", pick(("---\ntitle: [\n---\nText.\n", "", "No facts.\n")))


@edit(STORIES)
def name_unknown_theme(site: SmallSite, pick: Pick) -> None:
    _set(site, pick, "themes", ["no-such-theme"])


@edit(STORIES)
def same_size_with_the_clock_back(site: SmallSite, pick: Pick) -> None:
    case_id = pick(sorted(site.cases))
    file = site.root / f"case_studies/{case_id}.md"
    status = file.stat()
    body = site.cases[case_id]["body"]
    changed = body.translate(str.maketrans("ae", "ea"))
    site.cases[case_id]["body"] = changed
    site.write_case(case_id)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


@edit(STORIES)
def edit_in_the_future(site: SmallSite, pick: Pick) -> None:
    case_id = pick(sorted(site.cases))
    site.cases[case_id]["body"] += "\nWritten tomorrow.\n"
    site.write_case(case_id)
    file = site.root / f"case_studies/{case_id}.md"
    shift = pick((-(10**9) * 86400 * 400, 10**9 * 86400 * 400))
    os.utime(file, ns=(file.stat().st_mtime_ns + shift,) * 2)


@edit(STORIES)
def touch_case(site: SmallSite, pick: Pick) -> None:
    (site.root / f"case_studies/{pick(sorted(site.cases))}.md").touch()


# Partners and data.


def _entry(site: SmallSite, pick: Pick, path: str, name: str) -> dict[str, Any]:
    return dict.__getitem__(
        {entry["id"]: entry for entry in site.entries(path, name)}, pick([e["id"] for e in site.entries(path, name)])
    )


def _edit_table(function_name: str, path: str, name: str, key: str, values: Sequence[Any]) -> None:
    def change(site: SmallSite, pick: Pick) -> None:
        _entry(site, pick, path, name)[key] = pick(values)
        site.write_table(path)

    change.__name__ = function_name
    TABLES[function_name] = change


_edit_table("edit_partner_name", "partners.yml", "partners", "name", ["Aardvark Hall", "The Zoo", "Tŷ & Co"])
_edit_table("edit_partner_kind", "partners.yml", "partners", "kind", ["museum", "charity"])
_edit_table("edit_partner_town", "partners.yml", "partners", "town", ["Northtown", "Southtown"])
_edit_table("edit_partner_about", "partners.yml", "partners", "about", ["A hall.", "A yard and a hall."])
_edit_table("edit_partner_position", "partners.yml", "partners", "lat", [52.25, 53.5])
_edit_table("edit_partner_programmes", "partners.yml", "partners", "programmes", [["open-doors"], ["long-table"], []])
_edit_table("edit_partner_networks", "partners.yml", "partners", "networks", [["small-museums"], []])
_edit_table("edit_network_name", "partners.yml", "networks", "name", ["Museums Together", "A Net of Museums"])
_edit_table("edit_theme_name", "data/themes.yml", "themes", "name", ["Trust", "Money"])
_edit_table("edit_theme_question", "data/themes.yml", "themes", "question", ["How?", "Why?"])
_edit_table("edit_programme_name", "data/programmes.yml", "programmes", "name", ["Doors", "Tables"])
_edit_table("edit_programme_lead", "data/programmes.yml", "programmes", "lead", [["partner-5"], ["partner-6"], []])
_edit_table("edit_event", "data/events.yml", "events", "hosts", [["partner-7"], ["partner-8"]])
_edit_table("edit_event_start", "data/events.yml", "events", "start", ["2019-05-15 10:00", "2019-06-01 09:30"])
_edit_table("edit_event_networks", "data/events.yml", "events", "networks", [["small-museums"], []])
_edit_table("edit_event_themes", "data/events.yml", "events", "themes", [["theme-1"], ["theme-2"], []])
_edit_table("edit_event_day", "data/events.yml", "events", "published_on", ["2025-01-31", "2025-06-30"])
_edit_table("edit_meaning", "data/glossary.yml", "glossary", "meaning", ["One of us.", "Somebody & others."])
_edit_table("edit_word", "data/glossary.yml", "glossary", "word", ["Ally", "Friend"])
_edit_table("edit_resource_owner", "data/resources.yml", "resources", "partners", [["partner-1"], ["partner-2"]])
_edit_table("edit_resource_themes", "data/resources.yml", "resources", "themes", [["theme-2"], ["theme-3"]])
_edit_table("edit_plan", "data/plans.yml", "plans", "about", ["To open rooms.", "To share tables."])
_edit_table("edit_source_title", "data/sources.yml", "sources", "title", ["Report", "Yearly report"])
_edit_table(
    "edit_source_address",
    "data/sources.yml",
    "sources",
    "url",
    ["https://river.example.org/x", "https://b.example.org"],
)
for _name in ("audiences", "settings", "partner_kinds", "resource_kinds"):
    _edit_table(f"edit_name_in_{_name}", "data/vocabularies.yml", _name, "name", ["Blue", "Green", "Red"])


@edit(TABLES)
def add_partner(site: SmallSite, pick: Pick) -> None:
    partners = site.entries("partners.yml", "partners")
    new = _fresh([entry["id"] for entry in partners], "new-")
    entry = {"id": new, "name": f"{pick('AMZ')} Newcomers {new}", "kind": "charity", "sources": ["annual-report"]}
    partners.insert(pick(range(len(partners))), {**entry, **pick(({}, {"programmes": ["open-doors"]}))})
    site.write_table("partners.yml")


@edit(TABLES)
def delete_partner(site: SmallSite, pick: Pick) -> None:
    partners = site.entries("partners.yml", "partners")
    # Nobody refers to the tenth or to newcomers; the first is in use.
    free = [entry for entry in partners if entry["id"] == "partner-10" or entry["id"].startswith("new-")]
    partners.remove(pick(free or partners[:1]))
    site.write_table("partners.yml")


@edit(TABLES)
def delete_partner_in_use(site: SmallSite, pick: Pick) -> None:
    partners = site.entries("partners.yml", "partners")
    partners.remove(next(entry for entry in partners if entry["id"] == "partner-2"))
    site.write_table("partners.yml")


@edit(TABLES)
def reorder_entries(site: SmallSite, pick: Pick) -> None:
    path, name = pick(
        [
            ("partners.yml", "partners"),
            ("data/themes.yml", "themes"),
            ("data/glossary.yml", "glossary"),
            ("data/programmes.yml", "programmes"),
        ]
    )
    site.entries(path, name).reverse()
    site.write_table(path)


@edit(TABLES)
def add_theme(site: SmallSite, pick: Pick) -> None:
    themes = site.entries("data/themes.yml", "themes")
    new = _fresh([entry["id"] for entry in themes], "more-")
    themes.append({"id": new, "name": f"More {new}", "question": "More?", "summary": "More.", "sources": ["pages"]})
    site.write_table("data/themes.yml")


@edit(TABLES)
def add_term(site: SmallSite, pick: Pick) -> None:
    terms = site.entries("data/glossary.yml", "glossary")
    new = _fresh([entry["id"] for entry in terms], "word-")
    terms.append({"id": new, "word": f"{pick('AZ')} {new}", "use": "discuss", "meaning": "New.", "sources": ["pages"]})
    site.write_table("data/glossary.yml")


@edit(TABLES)
def add_source(site: SmallSite, pick: Pick) -> None:
    # An address that stories cite gets a title, or loses it.
    sources = site.entries("data/sources.yml", "sources")
    if sources[-1]["id"] == "hill":
        sources.pop()
    else:
        sources.append({"id": "hill", "title": "The hill", "url": "https://b.example.org"})
    site.write_table("data/sources.yml")


@edit(TABLES)
def comment_on_data(site: SmallSite, pick: Pick) -> None:
    path = pick(sorted(site.tables))
    site.write(path, f"# {pick(WORDS)}\n{(site.root / path).read_text(encoding='utf-8')}")


@edit(TABLES)
def remove_data_file(site: SmallSite, pick: Pick) -> None:
    path = pick(("data/events.yml", "data/plans.yml", "data/resources.yml", "data/vocabularies.yml"))
    if (site.root / path).exists():
        (site.root / path).unlink()
    else:
        site.write_table(path)


@edit(TABLES)
def break_data_file(site: SmallSite, pick: Pick) -> None:
    site.write(pick(sorted(site.tables)), "themes: [\n")


# Pages that editors write.


@edit(PAGES)
def edit_chapter_text(site: SmallSite, pick: Pick) -> None:
    chapter_id = pick(sorted(site.chapters))
    site.chapters[chapter_id]["body"] += f"\nAnd {pick(('more', 'less'))}.\n" + "word " * pick((1, 400))
    site.write_chapter(chapter_id)


@edit(PAGES)
def edit_chapter_title(site: SmallSite, pick: Pick) -> None:
    chapter_id = pick(sorted(site.chapters))
    site.chapters[chapter_id]["title"] = f"Chapter on {pick(('trust', 'money'))} ({chapter_id})"
    site.write_chapter(chapter_id)


@edit(PAGES)
def edit_chapter_summary(site: SmallSite, pick: Pick) -> None:
    chapter_id = pick(sorted(site.chapters))
    site.chapters[chapter_id]["summary"] = f"About {pick(('trust', 'money'))}."
    site.write_chapter(chapter_id)


@edit(PAGES)
def swap_chapters(site: SmallSite, pick: Pick) -> None:
    one, other = pick(sorted(site.chapters)), pick(sorted(site.chapters))
    orders = site.chapters[one]["order"], site.chapters[other]["order"]
    site.chapters[other]["order"], site.chapters[one]["order"] = orders
    site.write_chapter(one)
    site.write_chapter(other)


@edit(PAGES)
def edit_chapter_day(site: SmallSite, pick: Pick) -> None:
    chapter_id = pick(sorted(site.chapters))
    site.chapters[chapter_id]["updated_on"] = pick(DAYS)
    site.write_chapter(chapter_id)


@edit(PAGES)
def edit_chapter_themes(site: SmallSite, pick: Pick) -> None:
    chapter_id = pick(sorted(site.chapters))
    site.chapters[chapter_id]["themes"] = pick((["theme-1"], ["theme-1", "theme-3"], ["theme-4"]))
    site.write_chapter(chapter_id)


@edit(PAGES)
def edit_chapter_heading(site: SmallSite, pick: Pick) -> None:
    # The home page links to that of the first chapter.
    chapter_id = pick(sorted(site.chapters))
    site.chapters[chapter_id]["body"] = site.chapters[chapter_id]["body"].replace("## In short", "## Shortly")
    site.write_chapter(chapter_id)


@edit(PAGES)
def add_chapter(site: SmallSite, pick: Pick) -> None:
    new = _fresh(list(site.chapters), "chapter-9")
    site.chapters[new] = {**site.chapters["chapter-1"], "title": f"New {new}", "order": 10, "body": "Short.\n"}
    site.write_chapter(new)


@edit(PAGES)
def delete_chapter(site: SmallSite, pick: Pick) -> None:
    new = sorted(name for name in site.chapters if name.startswith("chapter-9"))
    if new:
        del site.chapters[new[0]]
        (site.root / f"handbook/{new[0]}.md").unlink()


def _write_translation(site: SmallSite, key: str, **facts: Any) -> None:
    site.translations[key] = {name: value for name, value in (site.translations[key] | facts).items() if value != ""}
    site.write_translation(key)


@edit(PAGES)
def edit_translation_text(site: SmallSite, pick: Pick) -> None:
    key = pick(sorted(site.translations))
    _write_translation(site, key, body=site.translations[key]["body"] + f"\n### Mwy\n\nA {pick(WORDS[:4])}.\n")


@edit(PAGES)
def edit_translation_title(site: SmallSite, pick: Pick) -> None:
    _write_translation(site, pick(sorted(site.translations)), title=f"Teitl {pick(WORDS)}")


@edit(PAGES)
def edit_translation_summary(site: SmallSite, pick: Pick) -> None:
    _write_translation(
        site, pick(sorted(site.translations)), summary=pick(("", "Crynodeb arall.", "Am ymddiriedaeth."))
    )


@edit(PAGES)
def approve_translation(site: SmallSite, pick: Pick) -> None:
    _write_translation(site, pick(sorted(site.translations)), approved_by="Another Reader", approved_on="2025-03-01")


@edit(PAGES)
def withdraw_approval(site: SmallSite, pick: Pick) -> None:
    _write_translation(site, pick(sorted(site.translations)), approved_by="", approved_on="")


@edit(PAGES)
def approve_without_a_day(site: SmallSite, pick: Pick) -> None:
    _write_translation(site, pick(sorted(site.translations)), approved_by="Another Reader", approved_on="")


@edit(PAGES)
def translate_anew(site: SmallSite, pick: Pick) -> None:
    key = pick(sorted(site.translations))
    approved = "approved_by" in site.translations[key]
    _write_translation(site, key, source_digest=make_translation(site, key, approved)["source_digest"])


@edit(PAGES)
def add_translation(site: SmallSite, pick: Pick) -> None:
    stems = [*(f"handbook/{chapter_id}" for chapter_id in sorted(site.chapters)), "docs/about"]
    key = f"{pick(stems)}.{pick(('cy', 'ar'))}"
    site.translations[key] = make_translation(site, key, pick((True, False)))
    site.write_translation(key)


@edit(PAGES)
def delete_translation(site: SmallSite, pick: Pick) -> None:
    key = pick(sorted(site.translations))
    if len(site.translations) > 1:
        del site.translations[key]
        (site.root / f"{key}.md").unlink()


@edit(PAGES)
def translate_into_an_unknown_language(site: SmallSite, pick: Pick) -> None:
    site.write("handbook/chapter-1.fr.md", "---\ntitle: Un\n---\nUn.\n")


@edit(PAGES)
def edit_docs_text(site: SmallSite, pick: Pick) -> None:
    path = pick(("docs/index.md", "docs/about.md", "docs/notes/aside.md"))
    site.write(path, f"{(site.root / path).read_text(encoding='utf-8')}\n{pick(('Yes', 'No'))}.\n")


@edit(PAGES)
def edit_docs_title(site: SmallSite, pick: Pick) -> None:
    path = pick(("docs/index.md", "docs/notes/aside.md"))
    text = (site.root / path).read_text(encoding="utf-8")
    site.write(path, text.replace("title: ", f"title: {pick(('Dear', 'Good'))} ", 1))


@edit(PAGES)
def edit_docs_facts(site: SmallSite, pick: Pick) -> None:
    # What a page tells the theme is part of its frame.
    path = pick(("docs/index.md", "docs/notes/aside.md"))
    text = (site.root / path).read_text(encoding="utf-8")
    fact = pick(("hide: [toc]\n", "description: More about it.\n"))
    if fact.split(":")[0] in text.split("---")[1]:
        return
    site.write(path, text.replace("---\ntitle", f"---\n{fact}title", 1))


@edit(PAGES)
def add_docs_page(site: SmallSite, pick: Pick) -> None:
    site.write(f"docs/notes/{pick(('one', 'two'))}.md", f"# Page\n\n{pick(('Text', 'Words'))}.\n")


@edit(PAGES)
def delete_docs_page(site: SmallSite, pick: Pick) -> None:
    for name in ("one", "two"):
        (site.root / f"docs/notes/{name}.md").unlink(missing_ok=True)


@edit(PAGES)
def edit_asset(site: SmallSite, pick: Pick) -> None:
    site.write(pick(("docs/assets/mark.svg", "docs/assets/more.svg")), f"<svg><!-- {pick(WORDS)} --></svg>\n")


@edit(PAGES)
def delete_asset(site: SmallSite, pick: Pick) -> None:
    (site.root / "docs/assets/more.svg").unlink(missing_ok=True)


@edit(PAGES)
def delete_linked_asset(site: SmallSite, pick: Pick) -> None:
    (site.root / "docs/assets/mark.svg").unlink(missing_ok=True)


@edit(PAGES)
def delete_linked_file_of_the_repository(site: SmallSite, pick: Pick) -> None:
    (site.root / "README.md").unlink(missing_ok=True)


# Photos and consent. Two case studies have some.


def _ledger(site: SmallSite, case_id: str, **entry: Any) -> None:
    kept = {"people": "adults", "consent_given_on": "2019-03-01", "kept_by": "partner-1", "scope": ["website"]}
    photo = site.root / f"case_studies/{case_id}/one.jpg"
    # Another edit may have deleted it; consent is still there for what it was.
    seen = {"digest": digest(photo.read_bytes() if photo.exists() else b"")}
    site.write(f"case_studies/{case_id}/consent.yml", dump_yaml({"one.jpg": {**kept, **seen, **entry}}))


def _with_photo(site: SmallSite, pick: Pick) -> str:
    case_id = str(pick([name for name in ("case-05", "case-06") if name in site.cases] or sorted(site.cases)))
    if "photos" not in site.cases[case_id]:
        site.cases[case_id]["photos"] = [{"file": "one.jpg", "alt": "A room"}]
        change_picture(site, lambda values: case_id if case_id in values else values[0])
        site.write_case(case_id)
    return case_id


@edit(PHOTOS)
def change_picture(site: SmallSite, pick: Pick) -> None:
    case_id = pick(sorted(site.cases))
    file = site.root / f"case_studies/{case_id}/one.jpg"
    if "photos" in site.cases[case_id]:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(clean(draw(pick((60, 90, 120)), pick((40, 50)))))
        _ledger(site, case_id)


@edit(PHOTOS)
def add_photo(site: SmallSite, pick: Pick) -> None:
    _with_photo(site, pick)


@edit(PHOTOS)
def replace_photo(site: SmallSite, pick: Pick) -> None:
    case_id = _with_photo(site, pick)
    picture = draw(64, 48)
    picture.paste((pick(range(250)), 10, 10), (0, 0, 30, 30))
    (site.root / f"case_studies/{case_id}/one.jpg").write_bytes(clean(picture))
    if pick((True, False)):
        _ledger(site, case_id)


@edit(PHOTOS)
def edit_alt(site: SmallSite, pick: Pick) -> None:
    case_id = _with_photo(site, pick)
    site.cases[case_id]["photos"][0]["alt"] = f"A room with {pick(WORDS)}"
    site.write_case(case_id)


@edit(PHOTOS)
def edit_form_of_consent(site: SmallSite, pick: Pick) -> None:
    _ledger(site, _with_photo(site, pick), form=f"Form {pick(range(9))}")


@edit(PHOTOS)
def end_consent(site: SmallSite, pick: Pick) -> None:
    _ledger(site, _with_photo(site, pick), expires_on=pick(("2020-01-01", "2099-01-01")))


@edit(PHOTOS)
def narrow_consent(site: SmallSite, pick: Pick) -> None:
    _ledger(site, _with_photo(site, pick), scope=["print"])


@edit(PHOTOS)
def take_photo_down(site: SmallSite, pick: Pick) -> None:
    case_id = _with_photo(site, pick)
    del site.cases[case_id]["photos"]
    shutil.rmtree(site.root / f"case_studies/{case_id}")
    site.write_case(case_id)


@edit(PHOTOS)
def delete_the_file_of_a_photo(site: SmallSite, pick: Pick) -> None:
    (site.root / f"case_studies/{_with_photo(site, pick)}/one.jpg").unlink(missing_ok=True)


@edit(PHOTOS)
def forget_consent(site: SmallSite, pick: Pick) -> None:
    (site.root / f"case_studies/{_with_photo(site, pick)}/consent.yml").unlink(missing_ok=True)


# Everything but content.


@edit(SETUP)
def edit_template(site: SmallSite, pick: Pick) -> None:
    text = (site.root / "overrides/main.html").read_text(encoding="utf-8")
    site.write("overrides/main.html", text.replace("<footer>", f"<footer>{pick(('Here', 'There'))} "))


@edit(SETUP)
def edit_template_keeping_size_and_time(site: SmallSite, pick: Pick) -> None:
    file = site.root / "overrides/main.html"
    status = file.stat()
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("</body>", "</BODY>") if "</body>" in text else text.replace("</BODY>", "</body>"))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


@edit(SETUP)
def add_template(site: SmallSite, pick: Pick) -> None:
    site.write(f"overrides/{pick(('extra', 'other'))}.html", "<p>Nothing uses this yet.</p>\n")


@edit(SETUP)
def edit_configuration(site: SmallSite, pick: Pick) -> None:
    text = (site.root / "mkdocs.yml").read_text(encoding="utf-8")
    before, after = pick(
        [
            ("site_name: Small", "site_name: Little"),
            ("site_name: Little", "site_name: Small"),
            ("- Words: glossary/", "- Glossary: glossary/"),
            ('permalink: "#"', "permalink: true"),
            ("small.example.org", "tiny.example.org"),
            ("name: Cymraeg", "name: Welsh"),
            ("direction: rtl", "direction: ltr"),
            ("    markdown_pages: true\n", ""),
            ("OWNER/REPOSITORY", "SOMEBODY/ELSE"),
            ("  - About:\n      - about.md\n", "  - About:\n      - notes/aside.md\n      - about.md\n"),
            ("      - partners/\n", "      - partners/\n      - partners/partner-1.md\n"),
            ("  - admonition\n", ""),
        ]
    )
    site.write("mkdocs.yml", text.replace(before, after))


@edit(SETUP)
def edit_macros(site: SmallSite, pick: Pick) -> None:
    text = (site.root / "macros.py").read_text(encoding="utf-8")
    site.write("macros.py", f"{text}\n\nVERSION = {pick(range(2, 9))}\n")


@edit(SETUP)
def change_environment(site: SmallSite, pick: Pick) -> None:
    os.environ["SMALL_SITE_COPYRIGHT"] = pick(("Everybody's", "Ours", "Yours"))


# Files of the site.


def _page(site: SmallSite, pick: Pick) -> Path:
    return Path(pick(sorted((site.root / "site").rglob("*.html"))))


@edit(OUTPUT)
def delete_page(site: SmallSite, pick: Pick) -> None:
    _page(site, pick).unlink(missing_ok=True)


@edit(OUTPUT)
def cut_page(site: SmallSite, pick: Pick) -> None:
    page = _page(site, pick)
    page.write_bytes(page.read_bytes()[:100])


@edit(OUTPUT)
def change_page_keeping_size_and_time(site: SmallSite, pick: Pick) -> None:
    page = _page(site, pick)
    status = page.stat()
    data = page.read_bytes()
    page.write_bytes(data.replace(b"e", b"a"))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))


@edit(OUTPUT)
def touch_page(site: SmallSite, pick: Pick) -> None:
    _page(site, pick).touch()


@edit(OUTPUT)
def touch_every_page_and_edit_one(site: SmallSite, pick: Pick) -> None:
    _touch_pages(site)
    edit_body(site, pick)


@edit(OUTPUT)
def touch_every_page_and_delete_one(site: SmallSite, pick: Pick) -> None:
    _touch_pages(site)
    delete_case(site, pick)


def _touch_pages(site: SmallSite) -> None:
    for page in (site.root / "site").rglob("*.html"):
        page.touch()


@edit(OUTPUT)
def swap_pages(site: SmallSite, pick: Pick) -> None:
    one, other = _page(site, pick), _page(site, pick)
    data = one.read_bytes(), other.read_bytes()
    other.write_bytes(data[0])
    one.write_bytes(data[1])


@edit(OUTPUT)
def add_stray(site: SmallSite, pick: Pick) -> None:
    path = site.root / "site" / pick(("stray.html", "themes/old/index.html", "deep/er/still.txt", ".hidden"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("Nobody's.")


@edit(OUTPUT)
def put_folder_in_place_of_page(site: SmallSite, pick: Pick) -> None:
    page = _page(site, pick)
    page.unlink(missing_ok=True)
    page.mkdir()
    (page / "stray.txt").write_text("Nobody's.")


@edit(OUTPUT)
def put_link_in_place_of_page(site: SmallSite, pick: Pick) -> None:
    page = _page(site, pick)
    page.unlink(missing_ok=True)
    page.symlink_to(site.root / "README.md")


def _delete_output(path: str) -> Edit:
    return lambda site, pick: (site.root / "site" / path).unlink(missing_ok=True)


OUTPUT["delete_asset_of_site"] = _delete_output("assets/mark.svg")
OUTPUT["delete_stylesheet"] = _delete_output("assets/goodpractice.css")
OUTPUT["delete_sitemap"] = _delete_output("sitemap.xml")
OUTPUT["delete_page_for_missing_addresses"] = _delete_output("404.html")


@edit(OUTPUT)
def delete_site(site: SmallSite, pick: Pick) -> None:
    shutil.rmtree(site.root / "site", ignore_errors=True)


@edit(OUTPUT)
def put_back_an_old_site(site: SmallSite, pick: Pick) -> None:
    """As after a checkout of an old site: the site of another build, whole."""
    if (site.root / "cold").is_dir():
        shutil.rmtree(site.root / "site", ignore_errors=True)
        shutil.copytree(site.root / "cold", site.root / "site")


# The cache.


def _states(site: SmallSite, least: int = 0) -> list[Path]:
    """The states that have at least so many bytes: edits that meet in one build may have cut one."""
    return sorted(path for path in (site.root / CACHE).glob("*/state.sqlite") if path.stat().st_size >= least)


@edit(STATE)
def cut_state(site: SmallSite, pick: Pick) -> None:
    for state in _states(site):
        data = state.read_bytes()
        state.write_bytes(data[: len(data) * pick((0, 1, 5, 9)) // 10])


@edit(STATE)
def flip_bytes_of_state(site: SmallSite, pick: Pick) -> None:
    for state in _states(site, least=1):
        data = bytearray(state.read_bytes())
        at = pick(range(0, len(data), 97))
        for place in range(at, min(at + pick((1, 8, 200)), len(data))):
            data[place] ^= pick((1, 32, 255))
        state.write_bytes(data)


@edit(STATE)
def clear_a_block_of_state(site: SmallSite, pick: Pick) -> None:
    for state in _states(site, least=2 * 4096):
        data = bytearray(state.read_bytes())
        at = pick(range(1, len(data) // 4096)) * 4096
        data[at : at + 4096] = bytes(4096)
        state.write_bytes(data)


@edit(STATE)
def forget_rows_of_state(site: SmallSite, pick: Pick) -> None:
    for state in _states(site):
        table = pick(("cases", "outputs", "files", "tables", "fragments", "meta", "listings", "dependencies"))
        try:
            connection = sqlite3.connect(state)
            with connection:
                connection.execute(f"DELETE FROM {table}")
        except sqlite3.Error:
            continue  # damaged already
        finally:
            connection.close()


@edit(STATE)
def delete_state(site: SmallSite, pick: Pick) -> None:
    for state in _states(site):
        state.unlink()


@edit(STATE)
def state_of_another_version(site: SmallSite, pick: Pick) -> None:
    for state in _states(site):
        try:
            connection = sqlite3.connect(state)
            with connection:
                connection.execute("UPDATE meta SET value = '0' WHERE name = 'version'")
                connection.execute("DELETE FROM cases")
        except sqlite3.Error:
            continue
        finally:
            connection.close()
        # As that version would have left it.
        Path(f"{state}.sum").write_text(Store(state).sum_up(), encoding="ascii")


@edit(STATE)
def state_that_is_no_database(site: SmallSite, pick: Pick) -> None:
    for state in _states(site):
        state.write_text(pick(("", "Not a database.", "SQLite format 3\0")))


@edit(STATE)
def keep_old_state(site: SmallSite, pick: Pick) -> None:
    """As when a cache of an earlier day is restored: put aside the first time, put back the second."""
    aside = site.root / ".aside"  # a photo among it would be told as astray
    if aside.is_dir():
        shutil.rmtree(site.root / CACHE, ignore_errors=True)
        aside.rename(site.root / CACHE)
    elif (site.root / CACHE).is_dir():
        shutil.copytree(site.root / CACHE, aside)


@edit(STATE)
def take_state_of_another_folder(site: SmallSite, pick: Pick) -> None:
    states = _states(site)
    for state in states:
        state.write_bytes(pick(states).read_bytes())


@edit(STATE)
def leave_an_old_journal(site: SmallSite, pick: Pick) -> None:
    for state in _states(site):
        Path(f"{state}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(pick((0, 500, 5000))))


FAMILIES = {
    "stories": STORIES,
    "tables": TABLES,
    "pages": PAGES,
    "photos": PHOTOS,
    "setup": SETUP,
    "output": OUTPUT,
    "state": STATE,
}
