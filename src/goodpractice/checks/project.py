"""All rules together, in one run."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from jinja2.exceptions import SecurityError

from goodpractice.checks.configuration import check_configuration, list_unsure
from goodpractice.checks.dangling_ids import check_invalid_records, check_references
from goodpractice.checks.dates import check_dates
from goodpractice.checks.events import check_events
from goodpractice.checks.files import check_files
from goodpractice.checks.links import FindAnchors, check_links
from goodpractice.checks.macro_calls import check_macro_calls
from goodpractice.checks.markdown_slips import check_slips
from goodpractice.checks.own_code import check_macros_file
from goodpractice.checks.packs import check_packs
from goodpractice.checks.photos import check_photos
from goodpractice.checks.places import check_places
from goodpractice.checks.plans import check_plans
from goodpractice.checks.privacy import (
    check_ledgers,
    check_privacy,
    check_shown_page,
    check_shown_story,
    check_values,
    know,
)
from goodpractice.checks.sheets import check_sheets
from goodpractice.checks.situations import check_situations
from goodpractice.checks.stories import check_story, holds_story, is_contributed
from goodpractice.checks.templates import check_templates
from goodpractice.checks.translations import check_translations
from goodpractice.checks.wording import check_wording
from goodpractice.config import clock
from goodpractice.config.settings import Settings
from goodpractice.content import Project
from goodpractice.content.document import Document, Origin
from goodpractice.content.input_guards import is_there
from goodpractice.content.project_files import reject_story
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.budget import begin_run, keep_first
from goodpractice.diagnostics.follow_ons import drop_follow_ons
from goodpractice.diagnostics.rules import Diagnostic
from goodpractice.diagnostics.witness import note_file
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds import CASE_STUDY, TRANSLATION, CaseStudy
from goodpractice.kinds.newsletter import NEWSLETTER, PLACEHOLDER
from goodpractice.kinds.registry import KINDS
from goodpractice.markdown.contributed import read_contributed
from goodpractice.markdown.editors import EditorsMarkdown
from goodpractice.pages import LinkResolver, Page, PageIndex, make_page_index, plan_pages
from goodpractice.pages.plan import lies_among_lists
from goodpractice.render import Inputs, list_anchors_of_text, render_page, rewriter
from goodpractice.render.page_values import collect_page_values
from goodpractice.render.registration import Collect, MacroCollector, collect_macros, read_macros, speak
from goodpractice.render.sandbox import PageError, explain_error, find_line, find_own_line

#: What MkDocs and the theme read at the top of a page. A page may hold other facts, for its own macros.
FACTS_OF_PAGES = ("title", "subtitle", "description", "template", "icon", "status", "hide", "search", "tags")


def check_project(project: Project, collect: Collect = read_macros) -> list[Diagnostic]:
    """Everything that is wrong with a project, sorted by file and line.

    Reads files only; nothing is built, nothing is changed, and nothing of the
    project is run. Costs about 0.3 ms a case study and 9 ms a page of the
    handbook.

    Args:
        project: The project.
        collect: How its macros are found: `collect_macros` runs `macros.py`, for a project that is trusted.
    """
    check = ProjectCheck(project, collect=collect)
    return drop_follow_ons({*project.diagnostics, *check.check_case_studies(), *check.check_rest()})


class ProjectCheck:
    """The rules over one loaded project, in parts, so that a build can check only what changed."""

    def __init__(
        self, project: Project, page_index: PageIndex | None = None, collect: Collect = collect_macros
    ) -> None:
        """Take a project, where its pages are found, if somebody has planned them already, and how to find macros."""
        begin_run()
        self.kb = project.kb
        self._collect = collect
        self.root = project.root
        #: Paths of the repository that links led to, besides pages: the check is out of date when one of them goes.
        self.linked: set[str] = set()
        self.addresses = LinkResolver(page_index or make_page_index(plan_pages(self.kb)), self._exists)
        self._anchors: dict[str, frozenset[str] | None] = {}
        self._anchors_of_texts: dict[str, frozenset[str]] = {}
        #: HTML of the texts of editors that were checked, by kind and id.
        self._html_of_texts: dict[tuple[str, str], str] = {}
        self._spoken: dict[str, tuple[Inputs, MacroCollector]] = {}

    def _exists(self, path: str) -> bool:
        found = is_there(self.root, path)
        if found:
            self.linked.add(path)
        return found

    @cached_property
    def settings(self) -> Settings:
        """What `mkdocs.yml` says, where a site can be made with it."""
        return self.kb.settings.require()

    @cached_property
    def known(self) -> frozenset[str]:
        """Contacts that an editor has allowed."""
        return know(self.settings.own.allowed_contacts)

    @cached_property
    def collected(self) -> MacroCollector:
        """What `macros.py` registers."""
        return self._collect(self.root, self.kb)

    @cached_property
    def editors(self) -> EditorsMarkdown:
        """The parser of editors' texts. It remembers what it converted to find links: rendering needs that again."""
        return EditorsMarkdown(self.settings.extensions, self.settings.configs)

    @cached_property
    def inputs(self) -> Inputs:
        """What pages are rendered from, to learn their anchors."""
        return Inputs(
            self.kb, self.addresses, self.collected.macros, self.editors, "https://github.com/OWNER/REPOSITORY"
        )

    def set_up(self) -> None:
        """Run `macros.py` and make the parser of editors' texts now, not when the first of their pages is checked.

        Raises:
            SettingsError: The Markdown extensions cannot be used.
            Exception: Whatever `macros.py` raises; it is the editors' own code.
        """
        self.inputs.editors.start()

    def check_rest(self) -> Iterator[Diagnostic]:
        """Everything but the case studies."""
        yield from self.check_editors_pages()
        yield from self.check_others()

    def check_others(self) -> Iterator[Diagnostic]:
        """Everything but the case studies and the texts of editors."""
        yield from self.check_tables()
        yield from self.check_photos()
        yield from self.check_files()

    def check_tables(self) -> Iterator[Diagnostic]:
        """References, dates and private data in every record but the case studies."""
        kinds = [kind for kind in KINDS if kind != CASE_STUDY]
        keys = [(kind, record_id) for kind in kinds for record_id in self.kb.table(kind).raw]
        yield from self._check_records([*keys, *(key for key in self.kb.invalid_records if key[0] in kinds)])
        yield from self.check_phrases()
        yield from check_packs(self.kb)
        yield from check_invalid_records(self.kb)
        yield from check_translations(self.kb, clock.today())
        yield from check_events(self.kb, clock.today())
        yield from check_plans(self.kb, clock.today())

    def check_phrases(self) -> Iterator[Diagnostic]:
        """What readers say, of every text and case study: no phrase may stand twice."""
        yield from check_situations(self.kb)

    def _check_records(self, keys: Sequence[tuple[str, str]]) -> Iterator[Diagnostic]:
        finished = [key for key in keys if key[1] in self.kb.table(key[0]).raw]
        yield from check_references(self.kb, finished)
        yield from check_dates(self.kb, clock.today(), finished)
        yield from check_places(self.kb, finished)
        yield from check_sheets(self.kb, finished)
        yield from check_privacy(self.kb, self.settings.own.allowed_contacts, keys)

    def check_facts(self, ids: Collection[str]) -> Iterator[Diagnostic]:
        """References, dates and private data of case studies; not their phrases, which are compared with all others."""
        yield from self._check_records([(CASE_STUDY, case_id) for case_id in sorted(ids)])
        yield from check_wording(self.kb, sorted(ids))

    def check_case_studies(
        self, ids: Collection[str] | None = None, links: Mapping[str, list[str]] | None = None
    ) -> Iterator[Diagnostic]:
        """Facts and stories of case studies.

        Args:
            ids: Which; all when not given.
            links: What their stories link to, by id, where somebody has found that out already.
        """
        known_links = links or {}
        wanted = {case_id for kind, case_id in self.kb.documents if kind == CASE_STUDY} if ids is None else set(ids)
        yield from self.check_facts(wanted)
        yield from check_ledgers(self.kb, self.known, wanted)
        for case_id in sorted(wanted):
            key = (CASE_STUDY, case_id)
            document = self.kb.documents[key]
            note_file(document.path)
            case = self.kb.case_studies.raw.get(case_id) or self.kb.invalid_records.get(key)
            if document.body_line > 1:  # otherwise the facts have no end and no beginning, and nothing is the story
                yield from keep_first(_tell_once(check_story(document, contributed=is_contributed(case)), document))
            reading = read_contributed(document.body)
            yield from check_shown_story(document, reading, self.known)
            found = known_links.get(case_id, reading.links)
            # Pictures that are not the photos of the case study are reported as such.
            pictures = set(reading.pictures) if isinstance(case, CaseStudy) else set()
            yield from keep_first(check_links(document, found, self.addresses, self.anchors, pictures))

    def check_editors_pages(
        self, keys: Iterable[tuple[str, str]] | None = None, find_anchors: FindAnchors | None = None
    ) -> Iterator[Diagnostic]:
        """Macro calls and links of chapters and pages in `docs/`.

        Args:
            keys: Kinds and ids of the documents; all when not given.
            find_anchors: Says of a page what can be linked to, where that is not `anchors`.
        """
        for kind, doc_id in self.kb.list_editors_documents() if keys is None else keys:
            document = self.kb.documents[kind, doc_id]
            note_file(document.path)
            if kind == "doc" and lies_among_lists(self.kb, doc_id.removesuffix(".md") + "/"):
                message = _("the page has the address of a list, or one below it, and would take its place")
                hint = _("Give the file or its folder another name.")
                yield Diagnostic.of_file(document.path, rules.DUPLICATE_ID, message, hint)
            if kind == "doc" and _holds_story(document):
                yield reject_story(document.path)
            if kind == "doc":
                yield from _check_facts_of_page(self.root, document)
            variables = {*self.settings.variables, *self.collected.variables}
            collected = self.collected
            found = list(
                check_macro_calls(
                    self.kb, document, collected.macros, variables, collected.filters, is_complete=collected.is_complete
                )
            )
            yield from found
            is_expanded = True
            try:
                values = collect_page_values(self._find_page(document), document, self.settings.file.values)
                markdown = self.collected.expand(document.body, values)
            except Exception as error:  # macros.py is code of the editors and may raise anything
                # The links outside of macros are checked all the same.
                markdown, is_expanded = document.body, False
                if not found and not self._follows(error):
                    yield _explain_failure(document, error)
            rendered = self.editors.render(markdown, rewriter(self.addresses, document.path))
            if is_expanded and kind != TRANSLATION:  # the page of a translation has macros that speak its language
                self._html_of_texts[kind, doc_id] = rendered.html
            if kind == TRANSLATION or (kind == "doc" and _holds_story(document)):
                yield from check_shown_page(document, rendered.html, self.known)
                yield from check_values(document.meta, Origin(document.path), self.known)
            if kind == NEWSLETTER:
                yield from _find_placeholder(document)
            links = [link for link in rendered.links if "{" not in link]
            yield from keep_first(check_links(document, links, self.addresses, find_anchors or self.anchors))
            yield from keep_first(check_slips(document))

    def check_photos(self, case_ids: Collection[str] | None = None) -> Iterator[Diagnostic]:
        """Pictures, lists of photos and ledgers of consent.

        Args:
            case_ids: Names of the folders to look at; all when not given.
        """
        today = clock.today()
        yield from check_photos(self.kb, self.root, self.settings.own.limits, today, case_ids)

    def check_files(self) -> Iterator[Diagnostic]:
        """What lies in the folders of contributions, and what is set in `mkdocs.yml`."""
        yield from check_macros_file(self.root)
        unsure = tuple(list_unsure(self.kb))
        yield from check_configuration(self.root, self.settings, self.addresses.page_index, unsure)
        yield from check_templates(self.root, self.settings)
        yield from check_files(self.root, self.settings.own.limits, self.settings.site_dir)

    def _follows(self, error: Exception) -> bool:
        """Whether a macro fails because of a record whose problems are reported where it stands."""
        ids = {record_id for __, record_id in self.kb.invalid_records}
        return isinstance(error, KeyError) and (bool(self.kb.unread) or error.args[0] in ids)

    def anchors(self, page: Page, wanted: str = "") -> frozenset[str] | None:
        """Anchors of a page; nothing when a problem reported elsewhere keeps it from being rendered.

        Args:
            page: The page.
            wanted: An anchor that is looked for. Where it stands in the text of the page, those of the text are all.
        """
        of_text = self.list_anchors_of_text(page)
        if wanted in of_text:
            return of_text
        if page.url not in self._anchors:
            try:
                inputs, markdown = self._expand(page)
                self._anchors[page.url] = render_page(page, inputs, markdown).anchors
            except Exception:
                self._anchors[page.url] = None
        return self._anchors[page.url]

    def list_anchors_of_text(self, page: Page) -> frozenset[str]:
        """Anchors of a page that stand in what editors wrote: to make the whole page takes much longer."""
        if page.url not in self._anchors_of_texts:
            found: frozenset[str] = frozenset()
            if page.is_written:
                with suppress(Exception):
                    found = list_anchors_of_text(page, *self._convert(page))
            self._anchors_of_texts[page.url] = found
        return self._anchors_of_texts[page.url]

    def _convert(self, page: Page) -> tuple[Inputs, str]:
        """What a page is rendered from, and the HTML of its text; that of a text that was checked is there already."""
        if page.document in self._html_of_texts:
            return self.inputs, self._html_of_texts[page.document]
        inputs, markdown = self._expand(page)
        return inputs, inputs.editors.render(markdown, rewriter(self.addresses, page.source)).html

    def _expand(self, page: Page) -> tuple[Inputs, str]:
        """What a page is rendered from, and the Markdown of its text.

        Raises:
            Exception: A macro does not work; it may be code of the editors.
        """
        inputs, collected = self.inputs, self.collected
        if page.language:
            if page.language not in self._spoken:
                project = Project(self.root, self.kb, ())
                self._spoken[page.language] = speak(project, self.inputs, page.language, self._collect)
            inputs, collected = self._spoken[page.language]
        document = self.kb.documents.get(page.document)
        if document is None or not page.is_written:
            return inputs, ""
        return inputs, collected.expand(document.body, collect_page_values(page, document, self.settings.file.values))

    def _find_page(self, document: Document) -> Page:
        """The page of a document; one without a title where a problem keeps it from being planned."""
        page = self.addresses.page_index.by_source.get(document.path)
        return page or Page("doc", "", "", "", "", document.path)


def _find_placeholder(document: Document) -> Iterator[Diagnostic]:
    """The comment that a draft of the newsletter has in the place of its foreword."""
    for number, line in enumerate(document.body.split("\n")):
        if line.strip() == PLACEHOLDER:
            message = _("this issue has no foreword yet")
            hint = _("Write one in the place of the comment, or delete it with its heading.")
            yield document.diagnose(number, rules.SKELETON_TEXT, message, hint)


def _tell_once(found: Iterable[Diagnostic], document: Document) -> Iterator[Diagnostic]:
    """What was found, and the slips of lines of which nothing was said yet."""
    told = set()
    for diagnostic in found:
        told.add(diagnostic.line)
        yield diagnostic
    yield from (diagnostic for diagnostic in check_slips(document) if diagnostic.line not in told)


def _holds_story(document: Document) -> bool:
    return holds_story("\n".join([*(f"{name}:" for name in document.meta), document.body]))


def _check_facts_of_page(root: Path, document: Document) -> Iterator[Diagnostic]:
    """Facts of a page in `docs/` that look like one of MkDocs or the theme and are written otherwise."""
    for name in document.meta:
        close = difflib.get_close_matches(str(name).lower(), FACTS_OF_PAGES, 1, 0.8)
        if close and name not in FACTS_OF_PAGES:
            lines = (root / document.path).read_text(encoding="utf-8", errors="replace").split("\n")
            line = next((number for number, text in enumerate(lines, 1) if text.startswith(f"{name}:")), 1)
            message = _("`{name}` is not a known field", name=name)
            hint = _("Did you mean `{close}`?", close=close[0])
            yield Diagnostic(document.path, line, 1, rules.UNKNOWN_FIELD, message, hint)


def _explain_failure(document: Document, error: Exception) -> Diagnostic:
    number = find_line(error)
    message = (
        _("the macros of this page do not work: {value}", value=explain_error(error))
        if number is None
        else _("the macro on this line does not work: {value}", value=explain_error(error))
    )
    own = find_own_line(error)
    hint = (
        _("It is a macro of your own: look at line {number} of macros.py.", number=own)
        if own
        else _("A page calls macros. Whatever needs more belongs into a macro in macros.py.")
        if isinstance(error, PageError | SecurityError)
        else _("Compare it with the example in the reference of macros.")
    )
    return document.diagnose((number or 1) - 1, rules.BROKEN_MACRO, message, hint)
