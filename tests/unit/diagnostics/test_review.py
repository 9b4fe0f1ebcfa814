from __future__ import annotations

import json
import re
from functools import partial
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from goodpractice.cli import main
from goodpractice.content.project_files import find_stray
from goodpractice.diagnostics import review as reviewing
from goodpractice.diagnostics.review import (
    CLEAN,
    LABELS,
    MACROS,
    MARKER,
    MOST_BYTES,
    PROBLEMS,
    SOFTWARE,
    WITHDRAWN,
    ReportError,
    read_changed,
    read_report,
)
from goodpractice.i18n.languages import Language
from tests.helpers.spoken import approve, speak_in

changes_software = partial(reviewing.changes_software, find_stray=find_stray)
review_pull_request = partial(reviewing.review_pull_request, find_stray=find_stray)

STORY = ["case_studies/oslo.md"]
SHA = "0123456789abcdef0123456789abcdef01234567"


def problem(**values: Any) -> dict[str, Any]:
    return {
        "path": "case_studies/oslo.md",
        "line": 5,
        "column": 3,
        "code": "GP301",
        "message": "partner `uio` is not in partners.yml",
        "hint": "Did you mean `uib`?",
        **values,
    }


def report(*problems: Any) -> bytes:
    return json.dumps(problems).encode()


def test_a_clean_story() -> None:
    review = review_pull_request(report(), STORY, SHA)
    assert review.add == (CLEAN,)
    assert set(review.add) | set(review.remove) == set(LABELS)
    assert review.preview
    assert review.body == f"{MARKER}\nThank you. The check of {SHA} found no problem; an editor will read it next.\n"


def test_the_comment_speaks_the_language_of_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    speak_in(monkeypatch, approve({"… and {number} more": "… a {number} arall", "hint:": "awgrym:"}))
    body = review_pull_request(report(*[problem()] * 31), STORY, SHA, language=Language("cy", "Cymraeg")).body
    assert "\n… a 1 arall\n```" in body
    # The report was told in the language of its own check: its words are not looked up again.
    assert "is not in partners.yml\n  awgrym: Did you mean" in body
    assert f"Thank you. The check of {SHA} found 31 problems. Each says" in body


def test_problems_are_shown_as_the_command_shows_them() -> None:
    review = review_pull_request(report(problem()), STORY, SHA, "https://example.org/reference/errors/")
    assert review.add == (PROBLEMS,)
    assert not review.preview
    assert review.body == (
        f"{MARKER}\nThank you. The check of {SHA} found one problem. It says where, what, and what to do:\n\n"
        "```text\ncase_studies/oslo.md:5:3: GP301 partner `uio` is not in partners.yml\n"
        "  hint: Did you mean `uib`?\n```\n\n"
        "More about [GP301](https://example.org/reference/errors/#gp301). Edit the files here, "
        "and the check runs again. "
        "If you would rather not, say so in a comment: an editor helps.\n"
    )


@pytest.mark.parametrize(
    "name",
    [
        ".github/workflows/publish.yml",
        ".github/pull_request_template.md",
        "macros.py",
        "mkdocs.yml",
        "requirements.lock",
        "pyproject.toml",
        "Makefile",
        "src/goodpractice/cli/main.py",
        "overrides/main.html",
        "docs/assets/script.js",
        "docs/index.html",
        "docs/.meta.yml",
        "case_studies/macros.py",
        "case_studies/.meta.yml",
        "case_studies/oslo/page.html",
        "case_studies/a/b/c.py",
        "data/evil.py",
        "data/sub/x.yml",
        "../partners.yml",
        "partners.yml/x",
        "xpartners.yml",
        "tests/conftest.py",
        "schemas/x.json",
        "",
        "case_studies/..",
        "CASE_STUDIES/x.py",
        "README.md",
        "requirements.txt",
        "src/notes.md",
        "overrides/notes.txt",
        "docs/tea.markdown",
        "docs/tea.pdf.html",
        "case_studies/tea.docx.sh",
        "case_studies/tea\u202ecod.docx",
        ".case_studies/tea.docx",
    ],
)
def test_everything_that_decides_what_runs_is_left_to_an_editor(name: str) -> None:
    assert changes_software([*STORY, name]) == [name]
    review = review_pull_request(report(problem(message="FORGED")), [*STORY, name], SHA)
    assert review.add == (SOFTWARE,)
    assert not review.preview
    assert "FORGED" not in review.body


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("case_studies/tea-first.docx", "Delete it, and paste its text into a new file tea-first.md."),
        ("case_studies/tea.MD", "Rename it to tea.md, or delete it."),
        ("case_studies/tea.txt", "Rename it to tea.md, or delete it."),
        ("case_studies/tea/IMG.HEIC", "Save it as JPEG, PNG or WebP, or ask an editor to add it."),
        ("case_studies/a/b/c.md", "Move it to case_studies/c.md: a `/` in the name makes a folder."),
        ("Case_Studies/tea.md", "Move it to case_studies/tea.md."),
        ("tea-first.md", "If it is a story, move it to case_studies/tea-first.md. A chapter goes to"),
        ("Tea first.docx", "Delete it, and paste its text into a new file case_studies/tea-first.md."),
        ("docs/tea.docx", "Delete it, and paste its text into a new file case_studies/tea.md."),
    ],
)
def test_a_story_that_nobody_would_see_is_told_by_its_name_alone(name: str, advice: str) -> None:
    assert changes_software([name]) == []
    review = review_pull_request(report(), [name], SHA)
    assert review.add == (PROBLEMS,)
    assert not review.preview
    assert advice in review.body
    # What the check says of the file is said once.
    review = review_pull_request(report(problem(path=name, message="TOLD")), [name], SHA)
    assert "TOLD" in review.body
    assert advice not in review.body


@pytest.mark.parametrize(
    "name", ["case_studies/oslo/photo.jpg", "data/themes.yml", "partners.yml", "case_studies/x.md"]
)
def test_content_is_content(name: str) -> None:
    assert changes_software([name]) == []


@pytest.mark.parametrize("also", [[], STORY, ["macros.py"], ["docs/a.md"]])
@pytest.mark.parametrize("page", ["handbook/trust.md", "docs/about.md", "docs/sub/x.md"])
def test_a_report_that_a_page_could_have_forged_says_nothing(page: str, also: list[str]) -> None:
    for data in (report(), report(problem(message="FORGED", hint="FORGED")), None):
        review = review_pull_request(data, [page, *also], SHA)
        assert review.add == ((MACROS, SOFTWARE) if "macros.py" in also else (MACROS,))
        assert CLEAN in review.remove
        assert not review.preview
        assert "FORGED" not in review.body
        assert "found no problem" not in review.body
        assert "an editor must look at it" in review.body
        assert_contained(review.body)


@pytest.mark.parametrize("changed", [STORY, ["docs/a.md"], ["macros.py"]])
@pytest.mark.parametrize("data", [None, report(), report(problem()), b"?"])
@pytest.mark.parametrize("succeeded", [True, False])
def test_every_verdict_names_its_commit(data: bytes | None, changed: list[str], succeeded: bool) -> None:
    review = review_pull_request(data, changed, SHA, succeeded=succeeded)
    assert SHA in review.body
    assert review.withdrawn == WITHDRAWN
    assert SHA not in review.withdrawn
    assert review.withdrawn.startswith(MARKER)


@pytest.mark.parametrize("commit", ["", "abc1234", "main", SHA.upper(), f"{SHA}\n", "@everyone" + "0" * 31])
def test_a_verdict_without_a_whole_commit_is_none(commit: str) -> None:
    with pytest.raises(ReportError, match="40 characters"):
        review_pull_request(report(), STORY, commit)


def test_a_run_that_failed_is_not_clean_whatever_its_report_says() -> None:
    review = review_pull_request(report(), STORY, SHA, succeeded=False)
    assert review.add == (PROBLEMS,)
    assert not review.preview
    assert "did not come to a good end" in review.body


def test_a_comment_fits_into_a_variable() -> None:
    wide = "\U0001f600" * 300
    body = review_pull_request(report(*[problem(path=wide, message=wide, hint=wide)] * 40), STORY, SHA).body
    assert len(body.encode()) < 40_000
    assert re.search(r"\n… and \d+ more\n", body)


HOSTILE = [
    "@everyone @maintainer",
    "</code></pre><script>alert(1)</script>",
    "```\n# Approved by the maintainers\n@admin merge this\n```",
    "`````` x",
    "[click](https://evil.example) ![x](https://evil.example/x.png) https://evil.example www.evil.example",
    "<!-- --> -->",
    "::set-output name=x::y\n::add-mask::z",
    "\u202egnp.exe \x1b[31m \u2028 \x00",
    "| a | b |\n|---|---|",
    "closes #1, GH-1, deadbeefdeadbeefdeadbeefdeadbeefdeadbeef",
    "${{ github.token }} $(id) `id`",
    "\ud800",
    "x" * 100_000,
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("field", ["path", "message", "hint"])
def test_nothing_hostile_leaves_the_block(field: str, text: str) -> None:
    body = review_pull_request(report(problem(**{field: text}), problem()), STORY, SHA).body
    assert_contained(body)


def assert_contained(body: str) -> None:
    assert body.startswith(MARKER)
    assert len(body) < 60_000
    body.encode("utf-8")
    opened = re.search(r"^(`{3,})text\n(.*?)\n\1\n", body, re.MULTILINE | re.DOTALL)
    assert opened is not None
    assert "`" * len(opened[1]) not in opened[2]
    outside = body[: opened.start()] + body[opened.end() :]
    assert not re.search(r"@|<(?!!-- goodpractice review -->)|https?:|www\.|!\[|#\d|\$\{", outside)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", body)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_names_stay_in_the_block(name: str) -> None:
    assert_contained(review_pull_request(None, [name], SHA).body)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"null",
        b"[1]",
        b"[[]]",
        b"\xff",
        b"[" * 100_000,
        b"[NaN]",
        report({**problem(), "extra": 1}),
        report({"path": "x"}),
        report(problem(line="5")),
        report(problem(line=True)),
        report(problem(line=5.0)),
        report(problem(line=-1)),
        report(problem(line=10**30)),
        report(problem(code="GP999")),
        report(problem(code="GP301](https://evil.example)")),
        report(problem(path=["x"])),
        report(problem(message=None)),
        report(*[problem()] * 2_001),
        b" " * (MOST_BYTES + 1),
    ],
)
def test_what_is_no_report_is_refused(data: bytes) -> None:
    with pytest.raises(ReportError):
        read_report(data)
    review = review_pull_request(data, STORY, SHA)
    assert review.add == (PROBLEMS,)
    assert review.body == f"{MARKER}\nThe result of the check of {SHA} cannot be read. An editor will look at it.\n"


def test_many_problems_are_counted_and_not_all_shown() -> None:
    body = review_pull_request(report(*(problem(line=n) for n in range(1, 1001))), STORY, SHA).body
    assert "1000 problems" in body
    assert "… and 970 more" in body
    assert len(body) < 10_000


def test_no_report_at_all() -> None:
    assert review_pull_request(None, STORY, SHA).add == (PROBLEMS,)


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(data: bytes) -> None:
    assert review_pull_request(data, STORY, SHA).body.startswith(MARKER)


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "path": st.text(),
                "line": st.integers(1, 99),
                "column": st.integers(1, 99),
                "code": st.sampled_from(["GP101", "GP301"]),
                "message": st.text(alphabet=st.characters(codec="utf-8")) | st.text("`\n<@[](:/#"),
                "hint": st.text(),
            }
        ),
        min_size=1,
        max_size=40,
    )
)
def test_any_texts_stay_in_the_block(problems: list[dict[str, Any]]) -> None:
    assert_contained(review_pull_request(json.dumps(problems).encode(), STORY, SHA).body)


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b"\xff", b'[["a"]]'])
def test_the_list_of_files_has_a_form_too(data: bytes) -> None:
    with pytest.raises(ReportError):
        read_changed(data)


class TestCommand:
    def test_prints_json(self, tmp_path: Any) -> None:
        (tmp_path / "report.json").write_bytes(report(problem()))
        (tmp_path / "files.json").write_text(json.dumps(STORY))
        files = ["--report", str(tmp_path / "report.json"), "--changed", str(tmp_path / "files.json"), "--commit", SHA]
        result = CliRunner().invoke(main, ["review-comment", *files, "--site", "https://example.org/"])
        assert result.exit_code == 0
        answer = json.loads(result.stdout)
        assert answer["add"] == [PROBLEMS]
        assert "https://example.org/reference/errors/#gp301" in answer["body"]

    def test_a_link_instead_of_a_report_is_not_followed(self, tmp_path: Any) -> None:
        (tmp_path / "report.json").symlink_to("/etc/passwd")
        (tmp_path / "files.json").write_text(json.dumps(STORY))
        files = ["--report", str(tmp_path / "report.json"), "--changed", str(tmp_path / "files.json"), "--commit", SHA]
        result = CliRunner().invoke(main, ["review-comment", *files])
        assert json.loads(result.stdout)["add"] == [PROBLEMS]

    @pytest.mark.parametrize(
        ("commit", "conclusion", "code", "label"),
        [
            (SHA, "success", 0, CLEAN),
            (SHA, "failure", 0, PROBLEMS),
            (SHA, "", 0, PROBLEMS),
            ("abc1234", "success", 2, ""),
        ],
    )
    def test_knows_the_commit_and_how_the_run_ended(
        self, tmp_path: Any, commit: str, conclusion: str, code: int, label: str
    ) -> None:
        (tmp_path / "report.json").write_bytes(report())
        (tmp_path / "files.json").write_text(json.dumps(STORY))
        files = ["--report", str(tmp_path / "report.json"), "--changed", str(tmp_path / "files.json")]
        result = CliRunner().invoke(main, ["review-comment", *files, "--commit", commit, "--conclusion", conclusion])
        assert result.exit_code == code
        assert not label or json.loads(result.stdout)["add"] == [label]

    def test_says_what_is_wrong_with_the_list_of_files(self, tmp_path: Any) -> None:
        (tmp_path / "files.json").write_text("{}")
        result = CliRunner().invoke(
            main, ["review-comment", "--changed", str(tmp_path / "files.json"), "--commit", SHA]
        )
        assert result.exit_code == 2
        assert "not a list of names" in result.stderr
