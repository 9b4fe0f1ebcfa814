"""The workflows keep strangers' code away from rights and secrets."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from goodpractice.diagnostics.review import CONTENT, LABELS, WITHDRAWN
from tests.helpers.workflows import FOLDER, ON, WORKFLOWS, steps

#: What runs a contributor's own version of the repository.
FOREIGN = {name: workflow for name, workflow in WORKFLOWS.items() if "pull_request" in workflow[ON]}


def permissions(workflow: dict[str, Any]) -> list[str]:
    found = [workflow.get("permissions"), *(job.get("permissions") for job in workflow["jobs"].values())]
    return [right for entry in found if entry for right in entry.values()]


def test_there_are_some_of_each() -> None:
    assert set(FOREIGN) == {"pull-request.yml", "tests.yml"}
    assert "workflow_run" in WORKFLOWS["review.yml"][ON]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_workflow(name: str) -> None:
    workflow = WORKFLOWS[name]
    source = (FOLDER / name).read_text(encoding="utf-8")
    assert ("pull_request_target" in workflow[ON]) == (name == "review.yml")
    assert "permissions" in workflow, "without it, a job has whatever the repository gives"
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 20
    for step in steps(workflow):
        if "uses" in step:
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step["uses"]), step
            assert re.search(re.escape(step["uses"]) + r" # v\d+\.\d+\.\d+$", source, re.MULTILINE), "say which version"
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
            assert "ref" not in step["with"]
        assert "${{" not in step.get("run", ""), "values reach a script through its environment only"
    assert "secrets." not in source


@pytest.mark.parametrize("name", FOREIGN)
def test_what_runs_foreign_code_may_do_nothing(name: str) -> None:
    workflow = FOREIGN[name]
    assert workflow["permissions"] == {"contents": "read"}
    assert "write" not in permissions(workflow)
    source = (FOLDER / name).read_text(encoding="utf-8")
    assert "github.token" not in source
    for step in steps(workflow):
        uses = step.get("uses", "")
        assert not uses.startswith("actions/cache@"), "a cache is restored only: actions/cache/restore"
        assert not uses.startswith("actions/cache/save@")
        assert "cache" not in (step.get("with") or {}), "setup-python would save a cache"


def test_what_may_write_installs_nothing_and_what_installs_may_not_write() -> None:
    workflow = WORKFLOWS["review.yml"]
    source = (FOLDER / "review.yml").read_text(encoding="utf-8")
    assert workflow["permissions"] == {}
    assert "download-artifact" not in source
    assert "head.ref" not in source
    for name, job in workflow["jobs"].items():
        writes = [right for right, kind in job["permissions"].items() if kind == "write"]
        assert writes == ([] if name == "decide" else ["pull-requests"])
        assert "env" not in job, "a token is for the steps that need it"
        if writes:
            assert ["run" in step for step in job["steps"]] == [True], "no action, no checkout, no installation"
        for step in job["steps"]:
            environment = step.get("env") or {}
            for value in environment.values():
                assert not re.search(r"secrets|github\.event\.pull_request\.(?!number)", str(value))
            assert ("GH_TOKEN" in environment) == bool(re.search(r"\bgh api\b", step.get("run", "")))


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_token_is_only_where_something_is_asked(name: str) -> None:
    for step in steps(WORKFLOWS[name]):
        assert ("GH_TOKEN" in (step.get("env") or {})) == bool(re.search(r"\bgh\b", step.get("run", "")))


def test_a_verdict_is_taken_back_by_what_no_push_can_stop() -> None:
    workflow = WORKFLOWS["review.yml"]
    # Neither "[skip ci]" nor a deleted workflow nor a conflict keeps this event from coming.
    assert workflow[ON]["pull_request_target"] == {"types": ["synchronize", "reopened", "edited"]}
    (step,) = workflow["jobs"]["withdraw"]["steps"]
    assert step["env"]["WITHDRAWN"] == WITHDRAWN
    assert tuple(json.loads(step["env"]["LABELS"])) == LABELS
    assert workflow["jobs"]["withdraw"]["if"].startswith("github.event_name == 'pull_request_target' && ")
    decide = workflow["jobs"]["decide"]["if"]
    assert decide.startswith("github.event_name == 'workflow_run' && github.event.workflow_run.event == 'pull_request'")
    (file,) = re.findall(r"workflow_run\.path == '([^']+)'", decide)
    assert WORKFLOWS[Path(file).name]["name"] == "Pull request"
    assert workflow[ON]["workflow_run"]["workflows"] == ["Pull request"]
    assert WORKFLOWS["pull-request.yml"][ON] == {"pull_request": {"branches": ["main"]}}


def test_the_required_check_is_named_as_the_job_is() -> None:
    job = WORKFLOWS["pull-request.yml"]["jobs"]["check"]
    # A job that is left out by a condition counts as passed.
    assert "if" not in job
    for guide in ("docs/security.md", "docs/editors.md"):
        assert f"`{job['name']}`" in (FOLDER.parents[1] / guide).read_text(encoding="utf-8")


OWNED = [
    *(".github/CODEOWNERS", ".github/workflows/review.yml", "macros.py", "mkdocs.yml", "overrides/main.html"),
    *("docs/about.md", "docs/assets/x.js", "handbook/trust.md", "src/goodpractice/diagnostics/review.py", "Makefile"),
    *("requirements.lock", "tools/install.sh", "case_studies/x.py", "case_studies/a/b/c.md", "case_studies/a/x.svg"),
    *("data/x.py", "data/sub/x.yml", "sub/partners.yml", "partners.yml/x", "new.md", "tests/conftest.py"),
]
FREE = ["case_studies/x.md", "case_studies/x/photos.yml", "case_studies/x/a.jpg", "data/themes.yml", "partners.yml"]


@pytest.mark.parametrize("name", [*OWNED, *FREE])
def test_everything_but_content_has_owners(name: str) -> None:
    owners: list[str] = []
    for line in (FOLDER.parent / "CODEOWNERS").read_text(encoding="utf-8").splitlines():
        pattern, *named = line.partition("#")[0].split() or [""]
        if pattern and re.fullmatch(_as_regex(pattern), name):
            owners = named
    assert bool(owners) == (CONTENT.fullmatch(name) is None)
    assert bool(owners) == (name in OWNED)


def _as_regex(pattern: str) -> str:
    """A pattern of CODEOWNERS, of the kinds that we use: `*` alone, and whole paths with `*` inside a name."""
    if pattern == "*":
        return ".*"
    assert pattern.startswith("/")
    assert "**" not in pattern
    assert not pattern.endswith("/")
    return re.escape(pattern[1:]).replace(r"\*", "[^/]*")


def test_a_linter_of_workflows_finds_nothing() -> None:
    linter = Path(sys.executable).with_name("zizmor")
    found = subprocess.run(
        [linter, "--offline", "--no-progress", "--quiet", FOLDER.parent], capture_output=True, text=True
    )
    assert found.returncode == 0, found.stdout


def test_a_photo_that_was_taken_down_is_published_away_although_the_build_failed() -> None:
    # A build that fails says so when the last site lost a photo: tests/integration/test_taking_down.py.
    build, deploy = (WORKFLOWS["publish.yml"]["jobs"][name] for name in ("build", "deploy"))
    named = {step["id"]: step for step in build["steps"] if "id" in step}
    assert "goodpractice build" in named["build"]["run"]
    assert named["upload"]["with"]["path"] == "site"
    assert named["upload"]["if"] == "${{ success() || (failure() && steps.build.outputs.taken_down == 'true') }}"
    assert build["outputs"]["uploaded"] == "${{ steps.upload.outcome }}"
    assert deploy["if"] == "${{ !cancelled() && needs.build.outputs.uploaded == 'success' }}"
    cache = next(step for step in build["steps"] if step.get("uses", "").startswith("actions/cache@"))
    assert "if" not in cache, "what is kept is kept of green runs only"
