"""The list of refused facts is complete for what is installed."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from goodpractice.content.document import Origin
from goodpractice.content.records import STEERING_KEYS, build_record
from goodpractice.kinds import CaseStudy, Partner, Record

_READS = (
    re.compile(r"""\bmeta(?:\.get\(\s*|\[\s*|\.pop\(\s*|\.setdefault\(\s*)["']([A-Za-z_]\w*)["']"""),
    re.compile(
        r"""\bmeta\.(?!get\b|keys\b|items\b|setdefault\b|pop\b|copy\b|update\b|yml\b|plugin\b|get_data\b)([a-z_]+)"""
    ),
    re.compile(r"""meta_variables\.get\(["'](\w+)["']"""),
    re.compile(r"""["']([a-z_]+)["'] in (?:page|self|file\.page|entry|post)\.meta\b(?![.])"""),
)
#: Facts of the blog plugin are declared as settings.
_POST = re.compile(r"^    (\w+) = (?!.*import)", re.MULTILINE)


def folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def keys_read() -> dict[str, str]:
    found: dict[str, str] = {}
    for package in ("mkdocs", "material", "mkdocs_macros"):
        root = folder(package)
        for file in root.rglob("*"):
            # Within the package: the repository itself may lie in a folder that is called tests.
            if file.suffix not in (".py", ".html") or {".icons", "tests"} & set(file.relative_to(root).parts):
                continue
            text = file.read_text(encoding="utf-8")
            for pattern in _READS:
                found.update((key, str(file)) for key in pattern.findall(text))
    post = folder("material") / "plugins/blog/structure/config.py"
    found.update((key, str(post)) for key in _POST.findall(post.read_text(encoding="utf-8")))
    return found


def test_every_key_that_the_theme_or_a_plugin_reads_is_refused() -> None:
    read = keys_read()
    assert len(read) > 20
    open_keys = {key: where for key, where in read.items() if key not in STEERING_KEYS}
    # A case study has a title of its own; it is escaped where it is shown.
    assert set(open_keys) <= {"title"}, open_keys


@pytest.mark.parametrize("model", [CaseStudy, Partner])
def test_each_is_refused_with_a_message(model: type[Record]) -> None:
    keys = sorted(STEERING_KEYS - model.model_fields.keys())
    positions = {(): (2, 1)} | {(key,): (number, 1) for number, key in enumerate(keys, 7)}
    record, found = build_record(model, dict.fromkeys(keys, True), Origin("case_studies/x.md", (), positions))
    assert record is None
    told = [(diagnostic.line, diagnostic.message) for diagnostic in found if diagnostic.code == "GP502"]
    assert [line for line, _ in told] == list(range(7, 7 + len(keys)))
    assert [key for key, (_, message) in zip(keys, told, strict=True) if f"`{key}`" not in message] == []
