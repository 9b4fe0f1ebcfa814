"""One page of every template, by permanent address."""

from __future__ import annotations

from tests.helpers.projects import REPOSITORY

TEMPLATES = {
    "home": "",
    "about": "about/",
    "handbook": "handbook/",
    "chapter": "handbook/power-dynamics/",
    "case-studies": "case-studies/",
    "case-study": "case-studies/lab13/",
    "partners": "partners/",
    "partner": "partners/techniquest/",
    "partner-with-little-to-say": "partners/youthlink-scotland/",
    "themes": "themes/",
    "theme": "themes/power-dynamics/",
    "programmes": "programmes/",
    "programme": "programmes/eyu-4/",
    "programme-with-a-plan": "programmes/stemworks/",
    "plan-at-work": "plans/stemworks/",
    "report-of-a-plan": "plans/stemworks/2016/",
    "networks": "networks/",
    "network": "networks/ecsite/",
    "events": "events/",
    "sheet": "templates/budget/",
    "glossary": "glossary/",
    "resources": "resources/",
    "editors": "editors/",
    "map": "map/",
    "at-a-glance": "at-a-glance/",
    "reference": "reference/macros/",
    "decision": "decisions/0001-mkdocs-and-the-way-out/",
    "unknown-address": "no/such/page/",
}
if (REPOSITORY / "docs/share.md").is_file():
    TEMPLATES["share"] = "share/"
#: Pages whose text a script changes, and lists that have no template of their own.
EVERY_TEMPLATE = {
    **TEMPLATES,
    "finder": "find/?audience=families&theme=power-dynamics&c=lab13",
    "comparison": "compare/?c=dynamic-earth-bus,xplore-venture,young-carers-packages",
    "search": "search/?q=power&kind=chapter",
    "event": "events/foundations-2021/",
    "calendar": "calendar/",
    "timeline": "timeline/",
    "pack": "packs/find-a-partner/",
    "post": "blog/partners-speak/",
    "newsletter": "newsletter/2026-11/",
    "reflection": "reflect/",
    "offline": "offline/",
    "data": "data/",
    "feedback": "feedback/",
    "audiences": "audiences/",
    "audience": "audiences/older-people/",
    "region": "regions/wales/",
    "design": "design/",
    "parts": "design/parts/",
    "tools": "design/tools/",
}
