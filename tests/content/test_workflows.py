"""The workflows keep strangers' code away from rights and secrets."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from goodpractice.review import MARKER

FOLDER = Path(__file__).parents[2] / ".github/workflows"
WORKFLOWS = {file.name: yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.yml"))}
#: YAML 1.1 reads the key `on` as true.
ON: Any = True
#: What runs a contributor's own version of the repository.
FOREIGN = {name: workflow for name, workflow in WORKFLOWS.items() if "pull_request" in workflow[ON]}


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


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
    assert "pull_request_target" not in workflow[ON]
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


def test_the_workflow_with_rights_runs_no_foreign_code() -> None:
    workflow = WORKFLOWS["review.yml"]
    source = (FOLDER / "review.yml").read_text(encoding="utf-8")
    rights = workflow["jobs"]["comment"]["permissions"]
    assert workflow["permissions"] == {}
    assert [name for name, right in rights.items() if right == "write"] == ["pull-requests"]
    assert "download-artifact" not in source
    assert "head.ref" not in source
    for step in steps(workflow):
        for value in (step.get("env") or {}).values():
            assert not re.search(r"secrets|github\.event\.pull_request", str(value))


def run_step(name: str, work: Path, answers: dict[str, Any], **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script of a step of review.yml with a `gh` that answers from a table and notes what it was asked."""
    script = next(step["run"] for step in steps(WORKFLOWS["review.yml"]) if step.get("name") == name)
    tools = work / "tools"
    tools.mkdir(exist_ok=True)
    (work / "answers.json").write_text(json.dumps(answers))
    gh = tools / "gh"
    gh.write_text(
        "#!/usr/bin/env python3\n"
        "import json, os, pathlib, subprocess, sys\n"
        f"work = pathlib.Path({str(work)!r})\n"
        "arguments = sys.argv[1:]\n"
        "given = sys.stdin.read() if '--input' in arguments else ''\n"
        "with (work / 'asked.jsonl').open('a') as asked: asked.write(json.dumps([arguments, given]) + '\\n')\n"
        "path = next(word for word in arguments if word.startswith('repos/'))\n"
        "answer = json.loads((work / 'answers.json').read_text()).get(path.partition('?')[0])\n"
        "if answer is None: sys.exit(0 if 'DELETE' in arguments or given else 1)\n"
        "if '--jq' in arguments:\n"
        "    program = arguments[arguments.index('--jq') + 1]\n"
        "    sys.exit(subprocess.run(['jq', '-cr', program], input=json.dumps(answer), text=True).returncode)\n"
        "sys.stdout.buffer.write(answer.encode('latin-1'))\n"
    )
    gh.chmod(0o755)
    variables = {
        **os.environ,
        "PATH": f"{tools}:{os.environ['PATH']}",
        "GITHUB_REPOSITORY": "o/r",
        "GITHUB_OUTPUT": str(work / "output"),
        "RUNNER_TEMP": str(work),
        **environment,
    }
    return subprocess.run(["bash", "-e", "-c", script], env=variables, cwd=work, capture_output=True, text=True)


needs_jq = pytest.mark.skipif(shutil.which("jq") is None, reason="the runners of GitHub have jq")


@needs_jq
class TestScripts:
    def test_finds_the_pull_request_of_a_commit(self, tmp_path: Path) -> None:
        pulls = [{"number": 7, "head": {"sha": "other"}}, {"number": 8, "head": {"sha": "abc"}}]
        hostile = "$(touch owned)`touch owned`'\";touch owned;"
        run_step(
            "Find the pull request",
            tmp_path,
            {"repos/o/r/pulls": pulls},
            HEAD_OWNER="fork",
            HEAD_BRANCH=hostile,
            HEAD_SHA="abc",
        )
        assert (tmp_path / "output").read_text() == "number=8\n"
        assert not (tmp_path / "owned").exists()
        asked = json.loads((tmp_path / "asked.jsonl").read_text())
        assert f"head=fork:{hostile}" in asked[0]

    def test_a_commit_that_is_no_longer_the_newest_gets_nothing(self, tmp_path: Path) -> None:
        answers = {"repos/o/r/pulls": [{"number": 7, "head": {"sha": "other"}}]}
        done = run_step("Find the pull request", tmp_path, answers, HEAD_OWNER="f", HEAD_BRANCH="b", HEAD_SHA="abc")
        assert done.returncode == 0
        assert not (tmp_path / "output").exists()

    def test_lists_both_names_of_a_moved_file(self, tmp_path: Path) -> None:
        files = [{"filename": "case_studies/a\nb.md", "previous_filename": "macros.py"}, {"filename": "data/x.yml"}]
        done = run_step("List the changed files", tmp_path, {"repos/o/r/pulls/8/files": files}, NUMBER="8")
        assert done.returncode == 0, done.stderr
        changed = json.loads((tmp_path / "changed.json").read_text())
        assert changed == ["case_studies/a\nb.md", "macros.py", "data/x.yml"]

    def test_too_many_files_are_left_to_an_editor(self, tmp_path: Path) -> None:
        files = [{"filename": f"data/{number}.yml"} for number in range(3000)]
        run_step("List the changed files", tmp_path, {"repos/o/r/pulls/8/files": files}, NUMBER="8")
        assert json.loads((tmp_path / "changed.json").read_text())[-1] == "(more files than can be listed)"

    def test_labels_and_replaces_its_own_comment(self, tmp_path: Path) -> None:
        review = {"add": ["check: clean"], "remove": ["check: problems"], "body": f"{MARKER}\nText `$(x)`\n"}
        (tmp_path / "review.json").write_text(json.dumps(review))
        comments = [
            {"id": 1, "user": {"login": "stranger"}, "body": f"{MARKER}\nforged"},
            {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "another workflow"},
            {"id": 3, "user": {"login": "github-actions[bot]"}, "body": f"{MARKER}\nold"},
        ]
        done = run_step("Label and comment", tmp_path, {"repos/o/r/issues/8/comments": comments}, NUMBER="8")
        assert done.returncode == 0, done.stderr
        asked = [json.loads(line) for line in (tmp_path / "asked.jsonl").read_text().splitlines()]
        assert json.loads(asked[0][1]) == {"labels": ["check: clean"]}
        assert "repos/o/r/issues/8/labels/check%3A%20problems" in asked[1][0]
        assert "repos/o/r/issues/comments/3" in asked[-1][0]
        assert json.loads(asked[-1][1]) == {"body": review["body"]}

    def test_reads_no_more_of_the_report_than_fits(self, tmp_path: Path) -> None:
        if shutil.which("unzip") is None:
            pytest.skip("the runners of GitHub have unzip")
        import io
        import zipfile

        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("report.json", b" " * 50_000_000)
            archive.writestr("../owned", b"x")
        answers = {
            "repos/o/r/actions/runs/5/artifacts": {"artifacts": [{"id": 9, "name": "report", "size_in_bytes": 50_000}]},
            "repos/o/r/actions/artifacts/9/zip": packed.getvalue().decode("latin-1"),
        }
        done = run_step("Fetch the report", tmp_path, answers, RUN_ID="5")
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "report.json").stat().st_size == 600_000
        assert not (tmp_path.parent / "owned").exists()

    def test_a_report_that_is_too_large_is_not_fetched(self, tmp_path: Path) -> None:
        artifacts = {"artifacts": [{"id": 9, "name": "report", "size_in_bytes": 500_000}]}
        run_step("Fetch the report", tmp_path, {"repos/o/r/actions/runs/5/artifacts": artifacts}, RUN_ID="5")
        assert not (tmp_path / "report.zip").exists()


def test_a_pull_request_is_built_for_the_addresses_of_the_pages_that_it_restores(tmp_path: Path) -> None:
    program = tmp_path / ".venv/bin/goodpractice"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "$SITE_URL $REPO_URL"\n', encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / ".cache/goodpractice").mkdir(parents=True)

    def build(workflow: str, name: str, **environment: str) -> str:
        (step,) = (step for step in steps(WORKFLOWS[workflow]) if step.get("name") == name)
        command = ["bash", "-e", "-c", step["run"]]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True).stdout

    repository = "an-owner/a-name"
    before = build("pull-request.yml", "Build", PATH=os.environ["PATH"], GITHUB_REPOSITORY=repository)
    assert before == f" https://github.com/{repository}\n", "nothing has been published yet"
    published = build(
        "publish.yml",
        "Check and build",
        PATH=os.environ["PATH"],
        SITE_URL="https://pages.example.org/a-name/",
        REPO_URL=f"https://github.com/{repository}",
    )
    assert build("pull-request.yml", "Build", PATH=os.environ["PATH"], GITHUB_REPOSITORY=repository) == published
