"""The reference pages, made from the code: messages, fields, macros."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from goodpractice.config.model import GoodPracticeSettings
from goodpractice.config.site_model import SiteSettings
from goodpractice.content.fields import find_inner
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.diagnostics.rules import load_rules
from goodpractice.kinds import PLAN, CaseStudy, Consent, Record, Translation
from goodpractice.kinds.registry import DATA_FILES, KINDS
from goodpractice.render.cards import CARDS
from goodpractice.render.macros import EDITORS_MACROS, macro_example

_NOTICE = "<!-- Made by `goodpractice reference`. Do not edit: change the code it comes from. -->\n"

#: Macros whose example is not shown live: `plan` holds what `plan_strand` shows, and would repeat its anchors; the
#: accounts of all partners are a page of their own.
NOT_SHOWN = frozenset({PLAN, "partner_accounts"})

_GROUPS = {
    "GP1": "The file cannot be read",
    "GP2": "A field has a wrong value",
    "GP3": "Something that is referred to does not exist",
    "GP4": "The story",
    "GP5": "Safety",
    "GP6": "Translations",
}

#: Anchors that a heading of a data file had, and that others may have linked to.
_FORMER_ANCHORS = {
    "data/vocabularies.yml": (
        "audiences-settings-moments-equity_dimensions-partner_kinds-resource_kinds-money_bands-access_costs-in-"
        "datavocabulariesyml"
    ),
}

_OWN_MACROS = """
You can add macros of your own in `macros.py`: see [How to add](../how-to-add.md#a-macro).

- **Use** its arguments, the knowledge base, and files of the project. A build notes what a macro asks and opens, and makes its pages anew when that changes.
- **Import** from `goodpractice` itself: `bind_macros`, `open_project`, `KnowledgeBase` and `Project`. These names keep working for a year after their end is announced. Every other name may change.
- **Do not** read the clock, use chance or the network, or open a file outside of the project. Nobody would notice that the page is stale.
- **Do not** write files or change a record. Pages are made in several processes, in any order.
"""  # noqa: E501 - a paragraph of Markdown is one line


def build_reference(kb: KnowledgeBase | None = None) -> dict[str, str]:
    """File name and Markdown of every reference page, with examples from the records of a community."""
    return {"errors.md": _describe_codes(), "fields.md": _describe_fields(), "macros.md": _describe_macros(kb)}


def _front_matter(title: str, description: str) -> str:
    return f'---\ntitle: {title}\ndescription: "{description}"\n---\n{_NOTICE}\n# {title}\n\n'


def _describe_codes() -> str:
    parts = [
        _front_matter("Messages", "Every message of goodpractice check: what it means and what to do."),
        "`goodpractice check` names the file, the line, the column and a code. Look the code up here.\n",
    ]
    for prefix, title in _GROUPS.items():
        parts.append(f"\n## {title}\n")
        for code, rule in sorted(load_rules().items()):
            if code.startswith(prefix):
                explanation = rule.explanation.replace("{{", "{{ '{{' }}").replace("{%", "{{ '{%' }}")
                parts.append(f"\n### {code}: {rule.title} {{ #{code.lower()} }}\n\n{explanation}\n")
    return "".join(parts)


def _describe_fields() -> str:
    parts = [
        _front_matter("Fields", "Every field of case studies, chapters, posts, partners and the data files."),
        'A field without "needed" is left out when you do not know it.\n',
    ]
    parts += _describe_model("Case study: `case_studies/*.md`", CaseStudy)
    parts += _describe_model(
        "Consent for a photo: `case_studies/<id>/consent.yml`, below the name of the file", Consent
    )
    for kind in KINDS.values():
        if kind.is_written:
            parts += _describe_model(f"{kind.name.capitalize()}: `{kind.file}*.md`", kind.model)
    parts += _describe_model("Translation: `handbook/*.cy.md`, `docs/**/*.cy.md`", Translation)
    for path, lists in DATA_FILES.items():
        models: dict[type[Record], list[str]] = {}
        for name, kind in lists.items():
            models.setdefault(kind.model, []).append(name)
        if path in _FORMER_ANCHORS:
            parts.append(f'\n<span id="{_FORMER_ANCHORS[path]}"></span>\n')
        for model, names in models.items():
            listed = ", ".join(f"`{name}`" for name in names)
            parts += _describe_model(f"{listed} in `{path}`", model)
    parts += _describe_model("Settings: `mkdocs.yml`, what every page shows", SiteSettings)
    parts += _describe_model("Settings: `mkdocs.yml`, below `extra` and `goodpractice`", GoodPracticeSettings)
    return "".join(parts)


def _describe_model(title: str, model: type[BaseModel]) -> Iterator[str]:
    yield f"\n## {title}\n\n"
    yield from _describe_rows(model, "")


def _describe_rows(model: type[BaseModel], indent: str) -> Iterator[str]:
    for name, info in model.model_fields.items():
        needed = " (needed)" if info.is_required() else ""
        yield f"{indent}- `{name}`{needed}: {info.description}\n"
        inner = find_inner(info.annotation)
        if inner is not None:
            yield from _describe_rows(inner, indent + "    ")


def _describe_macros(kb: KnowledgeBase | None) -> str:
    parts = [
        _front_matter("Macros", "Every macro for chapters and pages, with its arguments and an example."),
        "Editors use macros in `handbook/`, `newsletters/`, `posts/` and `docs/`. In case studies they stay text.\n",
        _OWN_MACROS,
    ]
    for name, macro in EDITORS_MACROS.items():
        text = inspect.getdoc(macro) or ""
        summary, arguments = text.split("\n", 1)[0], _list_arguments(text)
        example = macro_example(name, kb)
        parts.append(f"\n## {name}\n\n{summary}\n")
        if arguments:
            parts.append("\n" + "".join(f"- `{argument}`: {meaning}\n" for argument, meaning in arguments))
        parts.append(f"\n```text\n{{% raw %}}{example}{{% endraw %}}\n```\n")
        # A community need not have a record of every kind.
        if name not in NOT_SHOWN and (kb is None or name not in CARDS or kb.has_any(name)):
            parts.append(f"\n{example}\n")
    return "".join(parts)


def _list_arguments(doc: str) -> Iterable[tuple[str, str]]:
    lines = iter(doc.split("\n"))
    for line in lines:
        if line.strip() == "Args:":
            break
    found: list[tuple[str, str]] = []
    for line in lines:
        if not line.startswith("    "):
            break
        name, separator, meaning = line.strip().partition(": ")
        if separator:
            found.append((name.lstrip("*"), meaning))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
    return found
