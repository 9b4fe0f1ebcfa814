from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from goodpractice.config.model import check_settings
from goodpractice.i18n.languages import split_translation
from goodpractice.kinds import CaseStudy
from goodpractice.kinds.registry import DATA_FILES
from goodpractice.kinds.schemas import build_schemas
from tests.helpers.projects import REPOSITORY, SMALL
from tests.helpers.sites import write_small_site

#: In the repository stands what the code makes: `make check` sees to that.
NAMES = sorted(file.name for file in (REPOSITORY / "schemas").iterdir())


@cache
def read_schemas() -> dict[str, Any]:
    return {name: json.loads(text) for name, text in build_schemas().items()}


class EditorsLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads YAML 1.2 as the language server of editors does: dates and `no` are texts."""


EditorsLoader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
EditorsLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(?:true|false)$"), ["t", "f"])


def validate(values: Any, schema: str) -> list[str]:
    validator = Draft202012Validator(read_schemas()[schema], format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(values)]


def read_facts(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8").split("---\n")[1], Loader=EditorsLoader)


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_json_schemas(name: str) -> None:
    Draft202012Validator.check_schema(read_schemas()[name])
    assert read_schemas()[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", NAMES)
def test_patterns_escape_nothing_that_unicode_mode_refuses(name: str) -> None:
    patterns = re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(read_schemas()[name]))
    escaped = {sign for pattern in patterns for sign in re.findall(r"\\(.)", json.loads(pattern))}
    assert escaped <= set("^$\\.*+?()[]{}|/dDsSwWbB")


@pytest.mark.parametrize("root", [REPOSITORY, SMALL], ids=["repository", "small"])
@pytest.mark.parametrize("path", sorted(DATA_FILES))
def test_data_files_fit_their_schema(root: Path, path: str) -> None:
    # A community has the files that it needs.
    text = (root / path).read_text(encoding="utf-8") if (root / path).exists() else "{}"
    assert validate(yaml.load(text, Loader=EditorsLoader), f"{Path(path).stem}.schema.json") == []


@pytest.mark.parametrize(("folder", "schema"), [("case_studies", "case_study"), ("handbook", "chapter")])
def test_facts_fit_their_schema(folder: str, schema: str) -> None:
    roots = (REPOSITORY, SMALL)
    files = [file for root in roots for file in (root / folder).glob("*.md") if not split_translation(file.name)]
    assert len(files) >= 4
    for file in files:
        assert validate(read_facts(file), f"{schema}.schema.json") == [], file.name


def test_facts_of_translations_fit_their_schema(tmp_path: Path) -> None:
    files = [file for file in (REPOSITORY / "handbook").glob("*.md") if split_translation(file.name)]
    files += [file for file in write_small_site(tmp_path).root.rglob("*.md") if split_translation(file.name)]
    for file in files:
        assert validate(read_facts(file), "translation.schema.json") == [], file.name


@pytest.mark.parametrize("path", sorted(DATA_FILES))
def test_a_schema_that_a_data_file_names_is_its_own(path: str) -> None:
    first = (REPOSITORY / path).read_text(encoding="utf-8").split("\n")[0]
    if match := re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first):
        schema = (REPOSITORY / path).parent.joinpath(match[1]).resolve()
        assert schema == REPOSITORY / "schemas" / f"{Path(path).stem}.schema.json"


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"title": None}, "title"),
        ({"titel": "x"}, "titel"),
        ({"themes": "trust"}, "themes"),
        ({"year": "soon"}, "year"),
        ({"partners": []}, "partners"),
        ({"partners": [{"partner": "a"}]}, "role"),
    ],
)
def test_a_schema_finds_what_the_loader_finds(change: dict[str, Any], part: str) -> None:
    facts = read_facts(SMALL / "case_studies/supper.md")
    assert validate(facts, "case_study.schema.json") == []
    assert part in " ".join(validate(facts | change, "case_study.schema.json"))


def test_descriptions_of_fields_reach_the_schema() -> None:
    properties = read_schemas()["case_study.schema.json"]["properties"]
    assert properties["summary"]["description"] == CaseStudy.model_fields["summary"].description


def test_numbers_without_quotation_marks_fit_as_the_loader_reads_them() -> None:
    source = {"id": "report", "title": 1984, "year": 2020}
    assert validate({"sources": [source]}, "sources.schema.json") == []
    assert validate({"sources": [source | {"year": "20"}]}, "sources.schema.json") != []
    facts = read_facts(SMALL / "case_studies/supper.md")
    assert validate(facts | {"year": "2019", "place": 12}, "case_study.schema.json") == []
    assert validate(facts | {"year": "soon"}, "case_study.schema.json") != []


class ConfigLoader(EditorsLoader):
    """Reads `mkdocs.yml`, whose tags say nothing of ours."""


ConfigLoader.add_multi_constructor("!", lambda loader, suffix, node: None)


def test_the_settings_of_the_repository_fit_their_schema() -> None:
    values = yaml.load((REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8"), Loader=ConfigLoader)
    assert validate(values, "mkdocs.schema.json") == []


@pytest.mark.parametrize(
    ("own", "fits"),
    [
        ({"languages": {"cy": None, "ar": {"name": "العربية", "direction": "rtl"}}, "limits": {"headings": 3}}, True),
        ({"search": {"min_share": 0.5, "for_editors": ["design/"]}, "allowed_contacts": ["01223 000000"]}, True),
        ({"limit": {"headings": 3}}, False),
        ({"limits": {"heading": 3}}, False),
        ({"limits": {"headings": "3"}}, False),
        ({"search": {"min_share": 2}}, False),
        ({"allowed_contacts": "01223 000000"}, False),
        ({"languages": {"Welsh": {"name": "Cymraeg"}}}, False),
        ({"languages": {"cy": {"direction": "up"}}}, False),
    ],
)
def test_the_schema_of_settings_tells_what_the_check_tells(own: dict[str, Any], fits: bool) -> None:
    given = {"extra": {"goodpractice": own}}
    assert (validate(given, "mkdocs.schema.json") == []) == fits
    assert (not check_settings(own).mistakes) == fits
