"""Papers: when they are made again, and what they say of themselves."""

from __future__ import annotations

from dataclasses import replace

from goodpractice.config.mkdocs_file import ConfigFile
from goodpractice.content import Project
from goodpractice.outputs.papers import PAPERS
from goodpractice.outputs.site import Site
from goodpractice.paper.document import cite, write_document
from goodpractice.paper.office_pages import lay_out
from goodpractice.query.tracking import Table, record_trace
from tests.helpers.papers import find_manuscript

WORD = next(output for output in PAPERS if output.name == "papers as docx")


def draft(project: Project, path: str) -> str:
    site = Site(project)
    return next(WORD.draft(site, target) for target in WORD.list_targets(site) if target.name == path)


def test_a_paper_is_made_again_when_a_record_that_it_names_has_another_name(small: Project) -> None:
    chapter = small.kb.chapters["begin"].model_copy(update={"title": "Begin now"})
    renamed = replace(small, kb=small.kb.with_tables(Table("chapter", {**dict(small.kb.chapters), "begin": chapter})))
    path = "packs/begin/begin.docx"
    assert draft(small, path) == draft(small, path) != draft(renamed, path)


def test_a_paper_is_cited_like_its_page_and_its_licence_is_text(small: Project) -> None:
    file = ConfigFile(
        {"site_name": "Hill", "site_url": "https://h.example.org/", "copyright": '<a href="/l">CC BY</a> &amp; more'}
    )
    settings = replace(small.kb.settings, file=file)
    site = Site(replace(small, kb=replace(small.kb, settings=settings)))
    manuscript = find_manuscript(site, "packs/begin/begin.docx")
    assert manuscript.licence == "CC BY & more"
    assert cite(manuscript) == "Hill (31 January 2025). Meeting pack: May we begin? https://h.example.org/packs/begin/"


def test_a_sheet_has_the_marks_of_print_in_every_format(small: Project) -> None:
    sheet = small.kb.table("template").raw["agreement"]
    points = sheet.parts[0].model_copy(update={"points": ('Each other\'s "no"',)})
    changed = sheet.model_copy(update={"parts": (points, *sheet.parts[1:])})
    project = replace(small, kb=small.kb.with_tables(Table("template", {"agreement": changed})))
    for ending in ("pdf", "docx", "odt"):
        manuscript = find_manuscript(Site(project), f"templates/agreement/agreement.{ending}")
        text = write_document(manuscript) if ending == "pdf" else str(lay_out(manuscript).nodes)
        assert "Each other\u2019s \u201cno\u201d" in text, ending


def test_nothing_in_a_draft_depends_on_the_process_that_writes_it(small: Project) -> None:
    """Records that are followed print their place in memory, which would be another in every build."""
    site = Site(small)
    with record_trace():
        drafts = [output.draft(site, target) for output in PAPERS for target in output.list_targets(site)]
    assert len(drafts) > 5
    assert [draft for draft in drafts if " at 0x" in draft] == []
