"""A contribution that tries everything: template syntax, scripts, event handlers, addresses that run code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from tests.helpers.built_pages import BuiltSite
from tests.helpers.projects import name_records

CASE_ID = "hostile-case"
CASE_URL = f"case-studies/{CASE_ID}/"
PARTNER_ID = "hostile-partner"
PARTNER_URL = f"partners/{PARTNER_ID}/"
#: Attributes and addresses that run code would set this in the browser.
MARK = "gpPwned"

TITLE = f"</title><script>window.{MARK}=1;alert(1)</script> Zebra \"quoted\" 'single' & {{{{ 7*7 }}}}"
SUMMARY = f'--><img src=x onerror="window.{MARK}=1;alert(1)"> {{% raw %}} {{{{ config.repo_url }}}}'
NAME = f'"><script>window.{MARK}=1</script> {{{{ 7*7 }}}}'

BODY = f"""\
## What happened

Zebra. The sum is {{{{ 7*7 }}}} and the end is {{% raw %}} and {{% endraw %}} and {{# a comment #}}.

{{{{ partner("PARTNER") }}}}

{{{{ macros_info() }}}}

<script>window.{MARK}=1;alert(1)</script>

<img src=x onerror="window.{MARK}=1;alert(1)"> and <a href="javascript:window.{MARK}=1">raw</a>

[press](javascript:window.{MARK}=1) and [press](JaVaScRiPt:window.{MARK}=1)
and [press](data:text/html,<script>1</script>)
and <javascript:window.{MARK}=1> and ![picture](javascript:window.{MARK}=1) and [vb](vbscript:x)

<style>body {{ display: none }}</style>

<iframe src="https://evil.example/"></iframe>

## __search

## gp-title

## gp-content

[anchor](#__drawer)

## What we learned

```html
<script>window.{MARK}=1</script> {{{{ 7*7 }}}}
```
"""


def as_typed(text: str) -> str:
    """A shown text with the marks that people type in the place of those of print (`goodpractice.i18n.typography`)."""
    return text.translate(str.maketrans("‘’“”", "''\"\""))


def write_contribution(root: Path) -> None:
    """Add a hostile case study and a hostile partner to a copy of the project."""
    named = name_records(root)
    facts = {
        "title": TITLE[:120],
        "summary": SUMMARY,
        "partners": [
            {"partner": named["partner"], "role": NAME},
            {"partner": PARTNER_ID, "role": "Hosts"},
            {"name": NAME, "role": "<b>Bold</b>"},
        ],
        "place": NAME,
        # Far back, so that no list of the newest shows it.
        "year": 1901,
        "themes": [named["theme"]],
        "partner_approved_on": "2026-01-31",
        "partner_account": f"{SUMMARY}\n\n{NAME}",
        "safeguarding": NAME,
        "documents": [{"title": NAME, "url": f'https://example.org/"><script>window.{MARK}=1</script>'}],
        "contributors": [{"name": NAME, "role": NAME}],
    }
    # JSON is YAML, and quotes for us.
    front = "\n".join(f"{key}: {json.dumps(value)}" for key, value in facts.items() if key != "partner_approved_on")
    front += f"\npartner_approved_on: {facts['partner_approved_on']}"
    body = BODY.replace("PARTNER", named["partner"])
    (root / "case_studies" / f"{CASE_ID}.md").write_text(f"---\n{front}\n---\n{body}", encoding="utf-8")

    partner = {
        "id": PARTNER_ID,
        "name": NAME,
        "kind": named["partner_kind"],
        "town": NAME,
        "url": f'https://example.org/"onmouseover="window.{MARK}=1',
        "about": f"{SUMMARY}\n\n{NAME}",
        "brings": [{"what": NAME, "source": 'https://example.org/{{7*7}}"><script>'}],
        "sources": ["https://example.org/'><script>"],
    }
    file = root / "partners.yml"
    text = file.read_text(encoding="utf-8")
    entry = f"\n  - {json.dumps(partner)}\n"
    file.write_text(text.replace("\nnetworks:", f"{entry}\nnetworks:", 1), encoding="utf-8")


class Attack(NamedTuple):
    """The project, built before and after a hostile contribution to a copy of it."""

    before: BuiltSite
    after: BuiltSite
