"""The scripts of the workflows do what they should, with a GitHub that answers from a table."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, ClassVar

import pytest

from goodpractice.content.project_files import find_stray
from goodpractice.diagnostics.review import MARKER, WITHDRAWN, review_pull_request
from tests.helpers.workflows import WORKFLOWS, steps


def run_step(name: str, work: Path, answers: dict[str, Any], **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script of a step of review.yml with a `gh` that answers from a table and notes what it was asked.

    An answer that is a list of lists gives its entries one after the other, the last one for ever.
    """
    step = next(step for step in steps(WORKFLOWS["review.yml"]) if step.get("name") == name)
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
        "answers = json.loads((work / 'answers.json').read_text())\n"
        "answer = answers.get(path.partition('?')[0])\n"
        "if answer is None or given: sys.exit(0 if given else 1)\n"
        "if isinstance(answer, list) and answer and isinstance(answer[0], list):\n"
        "    if len(answer) > 1: answers[path.partition('?')[0]] = answer[1:]\n"
        "    (work / 'answers.json').write_text(json.dumps(answers))\n"
        "    (answer,) = answer[0]\n"
        "if '--jq' in arguments:\n"
        "    program = arguments[arguments.index('--jq') + 1]\n"
        "    sys.exit(subprocess.run(['jq', '-cr', program], input=json.dumps(answer), text=True).returncode)\n"
        "text = answer if isinstance(answer, str) else json.dumps(answer)\n"
        "sys.stdout.buffer.write(text.encode('latin-1'))\n"
    )
    gh.chmod(0o755)
    variables = {
        **os.environ,
        "PATH": f"{tools}:{os.environ['PATH']}",
        "GITHUB_REPOSITORY": "o/r",
        "GITHUB_OUTPUT": str(work / "output"),
        "RUNNER_TEMP": str(work),
        **{name: value for name, value in (step.get("env") or {}).items() if "${{" not in value},
        **environment,
    }
    options = ["-e", "-o", "pipefail"] if "shell" in step else ["-e"]
    return subprocess.run(
        ["bash", *options, "-c", step["run"]], env=variables, cwd=work, capture_output=True, text=True
    )


def list_written(work: Path) -> list[tuple[str, str, Any]]:
    """What a script wrote on GitHub: method, path and value."""
    asked = [json.loads(line) for line in (work / "asked.jsonl").read_text().splitlines()]
    return [
        (arguments[arguments.index("--method") + 1], arguments[-3], json.loads(given))
        for arguments, given in asked
        if given
    ]


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
            "repos/o/r/actions/runs/5/artifacts": {
                "artifacts": [
                    {"id": 9, "name": "report", "size_in_bytes": 50_000, "created_at": "2026-01-02"},
                    {"id": 8, "name": "report", "size_in_bytes": 50_000, "created_at": "2026-01-01"},
                    {"id": 7, "name": "other", "size_in_bytes": 50_000, "created_at": "2026-01-03"},
                ]
            },
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


OLD, NEW = "a" * 40, "b" * 40
OURS = "github-actions[bot]"


def pull(head: str, base: str = "main", state: str = "open") -> dict[str, Any]:
    return {"state": state, "base": {"ref": base}, "head": {"sha": head}}


def comment_on(commit: str) -> list[dict[str, Any]]:
    return [
        {"id": 1, "user": {"login": "stranger"}, "body": f"{MARKER}\nThe check of {NEW} found no problem"},
        {"id": 2, "user": {"login": OURS}, "body": f"another workflow {NEW}"},
        {"id": 3, "user": {"login": OURS}, "body": f"{MARKER}\nThe check of {commit} found no problem"},
    ]


@needs_jq
class TestTell:
    """The job that writes: only of the newest commit, and in the place of its own comment."""

    labels: ClassVar = [{"name": "check: problems"}, {"name": "good first issue"}]

    def tell(self, work: Path, pulls: Any, comments: Any) -> subprocess.CompletedProcess[str]:
        review = review_pull_request(b"[]", ["case_studies/x.md"], OLD, find_stray=find_stray)
        return run_step(
            "Label and comment",
            work,
            {
                "repos/o/r/pulls/8": pulls,
                "repos/o/r/issues/8/labels": self.labels,
                "repos/o/r/issues/8/comments": comments,
            },
            NUMBER="8",
            HEAD_SHA=OLD,
            REVIEW=json.dumps(json.loads(review.to_json())),
        )

    def test_labels_and_replaces_its_own_comment(self, tmp_path: Path) -> None:
        done = self.tell(tmp_path, pull(OLD), comment_on(NEW))
        assert done.returncode == 0, done.stderr
        taken, said, labelled = list_written(tmp_path)
        assert taken == ("PUT", "repos/o/r/issues/8/labels", {"labels": ["good first issue"]})
        assert said[:2] == ("PATCH", "repos/o/r/issues/comments/3")
        assert OLD in said[2]["body"]
        assert labelled == ("PUT", "repos/o/r/issues/8/labels", {"labels": ["good first issue", "check: clean"]})

    def test_writes_a_first_comment(self, tmp_path: Path) -> None:
        assert self.tell(tmp_path, pull(OLD), []).returncode == 0
        assert list_written(tmp_path)[1][:2] == ("POST", "repos/o/r/issues/8/comments")

    @pytest.mark.parametrize("now", [pull(NEW), pull(OLD, base="other"), pull(OLD, state="closed")])
    def test_says_nothing_of_what_would_not_be_merged(self, tmp_path: Path, now: Any) -> None:
        done = self.tell(tmp_path, now, comment_on(NEW))
        assert done.returncode == 0, done.stderr
        assert list_written(tmp_path) == []

    def test_takes_back_what_a_push_has_overtaken(self, tmp_path: Path) -> None:
        done = self.tell(tmp_path, [[pull(OLD)], [pull(NEW)]], comment_on(OLD))
        assert done.returncode == 0, done.stderr
        assert list_written(tmp_path)[-2:] == [
            ("PUT", "repos/o/r/issues/8/labels", {"labels": ["good first issue"]}),
            ("PATCH", "repos/o/r/issues/comments/3", {"body": WITHDRAWN}),
        ]

    def test_an_answer_that_does_not_come_is_a_failure(self, tmp_path: Path) -> None:
        answers = {"repos/o/r/pulls/8": pull(OLD)}
        review = '{"add": [], "remove": [], "body": "", "withdrawn": ""}'
        done = run_step("Label and comment", tmp_path, answers, NUMBER="8", HEAD_SHA=OLD, REVIEW=review)
        assert done.returncode != 0


@needs_jq
class TestWithdraw:
    """The job that takes back: it must not touch what speaks of the newest commit already."""

    def withdraw(self, work: Path, comments: Any, action: str = "synchronize") -> list[tuple[str, str, Any]]:
        answers = {
            "repos/o/r/pulls/8": pull(NEW),
            "repos/o/r/issues/8/labels": [{"name": "check: clean"}, {"name": "check: by hand"}, {"name": "x y"}],
            "repos/o/r/issues/8/comments": comments,
        }
        done = run_step("Take back", work, answers, NUMBER="8", ACTION=action)
        assert done.returncode == 0, done.stderr
        return list_written(work)

    def test_labels_go_and_the_comment_says_so(self, tmp_path: Path) -> None:
        assert self.withdraw(tmp_path, comment_on(OLD)) == [
            ("PUT", "repos/o/r/issues/8/labels", {"labels": ["check: by hand", "x y"]}),
            ("PATCH", "repos/o/r/issues/comments/3", {"body": WITHDRAWN}),
        ]

    def test_labels_go_where_nothing_was_said(self, tmp_path: Path) -> None:
        assert [method for method, _, _ in self.withdraw(tmp_path, [])] == ["PUT"]

    @pytest.mark.parametrize("action", ["synchronize", "reopened"])
    def test_a_verdict_on_the_newest_commit_stays(self, tmp_path: Path, action: str) -> None:
        assert self.withdraw(tmp_path, comment_on(NEW), action) == []

    def test_another_base_takes_back_even_that(self, tmp_path: Path) -> None:
        assert len(self.withdraw(tmp_path, comment_on(NEW), "edited")) == 2


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
