from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import click
import pytest
from babel import Locale
from babel.messages.pofile import read_po
from click.testing import CliRunner, Result
from icalendar import Calendar

from goodpractice import __version__
from goodpractice.cli import main
from goodpractice.i18n import click_words, languages
from goodpractice.i18n.compiling import compile_catalogue
from tests.helpers.projects import SMALL
from tests.helpers.spoken import approve, speak_in
from tools.messages import TEMPLATE, print_catalog


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def walk(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from walk(below, (*path, name))


COMMANDS = sorted(walk(main))


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "goodpractice")
def test_every_command_has_help_with_an_example(path: tuple[str, ...]) -> None:
    result = run(*path, "--help")
    assert result.exit_code == 0
    _, _, after = result.output.partition("Example")
    assert f"  goodpractice {' '.join(path)}".rstrip() in after
    assert run(*path, "-h").output == result.output
    lines = [line.strip() for line in result.output.split("\n")]
    assert not [line for line in lines if len(line) == 1], "a stray letter"
    _, _, listed = result.output.partition("Commands:")
    assert not [line for line in listed.split("\n") if line.endswith("...")], "a sentence that is cut off"


def test_the_process_ends_with_the_code_of_the_command_and_all_that_it_said() -> None:
    def start(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "goodpractice", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    version, unknown = start("--version"), start("--versoin")
    assert (version.returncode, version.stdout) == (0, f"goodpractice, version {__version__}\n")
    assert unknown.returncode == 2
    assert "--version" in unknown.stderr


def test_help_in_english_loads_nothing_that_it_does_not_say() -> None:
    # The words of other languages, the models and the site generator are for those who need them.
    script = (
        "import sys; from goodpractice.cli import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    )
    english = {**os.environ, "LANGUAGE": "", "LC_ALL": "en_GB.UTF-8"}
    loaded = subprocess.run([sys.executable, "-c", script], env=english, capture_output=True, text=True, check=True)
    modules = loaded.stdout.rpartition("\n\n")[2].split()
    assert {"pydantic", "mkdocs", "yaml", "goodpractice.i18n.languages", "goodpractice.i18n.click_words"}.isdisjoint(
        modules
    )


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "goodpractice")
def test_every_option_and_command_is_explained(path: tuple[str, ...]) -> None:
    command: click.Command = main
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help
            assert parameter.help.endswith((".", ")"))


def test_every_command_takes_another_project_folder() -> None:
    leaves = [path for path in COMMANDS if not any(other[: len(path)] == path and other != path for other in COMMANDS)]
    # This one reads two files that it is given, and no project.
    for path in (path for path in leaves if path != ("review-comment",)):
        assert "-C DIR" in run(*path, "--help").output


def test_version() -> None:
    result = run("--version")
    assert (result.exit_code, result.output) == (0, f"goodpractice, version {__version__}\n")


@pytest.mark.parametrize("address", ["127.0.0.1", ":8000", "127.0.0.1:65536", "127.0.0.1:\u00b2"])
def test_an_address_that_is_none(address: str, project_copy: Path) -> None:
    result = run("serve", "--address", address, "-C", project_copy)
    assert result.exit_code == 2
    assert result.stderr == f"{address} is not an address. Write it as 127.0.0.1:8000.\n"


def test_a_clean_project() -> None:
    result = run("check", "-C", SMALL)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == "No problems in 2 case studies, 2 chapters and 3 partners.\n"


def spoil(project: Path) -> None:
    story = project / "case_studies/supper.md"
    story.write_text(story.read_text().replace("partner: river-group", "partner: river-grup"))


LINE = "case_studies/supper.md:7:5: GP301 there is no page for a partner `river-grup`"


def test_problems_go_to_standard_output_and_the_count_to_standard_error(project_copy: Path) -> None:
    spoil(project_copy)
    result = run("check", "-C", project_copy)
    assert result.exit_code == 1
    assert result.stdout == f"{LINE}\n  hint: Did you mean `river-group`?\n"
    assert result.stderr == "Found 1 problem in 1 file.\n"


def test_formats(project_copy: Path) -> None:
    assert json.loads(run("check", "-C", project_copy, "--format", "json").stdout) == []
    assert run("check", "-C", project_copy, "--format", "github").stdout == ""
    spoil(project_copy)
    (found,) = json.loads(run("check", "-C", project_copy, "--format", "json").stdout)
    assert (found["code"], found["line"], found["column"]) == ("GP301", 7, 5)
    github = run("check", "-C", project_copy, "--format", "github")
    assert github.exit_code == 1
    where = "::error file=case_studies/supper.md,line=7,col=5"
    assert github.stdout.startswith(f"{where},title=GP301%3A An id does not exist::there is no page")


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--format", "xml"),
        ("check", "-C", "no-such-folder"),
        ("chek",),
        ("new", "case-study"),
        ("build", "extra"),
    ],
)
def test_a_wrong_call_exits_with_two(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage:" in result.stderr


@pytest.mark.parametrize("arguments", [("check",), ("build",), ("serve",), ("new", "case-study", "Tea")])
def test_a_folder_that_is_no_project_is_named(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = run(*arguments, "-C", tmp_path)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"There is no mkdocs.yml in {tmp_path}.")
    assert list(tmp_path.iterdir()) == []


def test_the_current_folder_is_the_project(project_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project_copy)
    assert run("check").exit_code == 0


def test_nothing_is_built_while_there_are_problems(project_copy: Path) -> None:
    spoil(project_copy)
    site = project_copy / "site"
    site.mkdir()
    (site / "sitemap.xml").write_text("the last good site")
    result = run("build", "-C", project_copy)
    assert result.exit_code == 1
    assert LINE in result.stdout
    assert result.stderr.endswith("The site was not built.\n")
    assert [file.name for file in site.iterdir()] == ["sitemap.xml"]
    assert (site / "sitemap.xml").read_text() == "the last good site"


def test_a_program_learns_why_there_is_no_site(project_copy: Path) -> None:
    result = run("build", "--json", "--site-dir", project_copy / "docs", "-C", project_copy)
    assert result.exit_code == 1
    assert "holds the project" in json.loads(result.stdout)["error"]


@pytest.mark.parametrize("folder", ["docs", "case_studies/supper", "site", "site/inside"])
def test_a_cache_among_the_sources_or_in_the_site_is_refused(project_copy: Path, folder: str) -> None:
    result = run("build", "--cache-dir", project_copy / folder, "-C", project_copy)
    assert (result.exit_code, "Name a folder for the cache alone" in result.stderr) == (1, True)
    assert not list(project_copy.rglob("state.sqlite*"))


def test_the_folder_with_the_project_is_not_named_as_one_above(
    project_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project_copy)
    result = run("check", "-C", "docs")
    assert (result.exit_code, result.stderr) == (
        2,
        "There is no mkdocs.yml in docs, but there is one here: leave out `-C docs`.\n",
    )


def test_a_build_finds_what_the_check_finds(project_copy: Path) -> None:
    story = project_copy / "case_studies/supper.md"
    story.write_text(story.read_text().replace("year: 2019", "year: soon"))
    (project_copy / "case_studies/supper").mkdir(exist_ok=True)
    (project_copy / "case_studies/supper/tent.jpg").write_bytes(b"no picture")
    (project_copy / "docs/more.md").write_text('{{ case_study("supper") }}\n')
    check, build = run("check", "-C", project_copy), run("build", "-C", project_copy)
    assert check.stdout == build.stdout
    assert check.stdout.count("GP") == 2


def test_checking_changes_nothing(project_copy: Path) -> None:
    def contents() -> dict[Path, bytes]:
        return {file: file.read_bytes() for file in project_copy.rglob("*") if file.is_file()}

    before = contents()
    run("check", "-C", project_copy)
    assert contents() == before


def test_a_new_case_study(project_copy: Path) -> None:
    result = run("new", "case-study", "Tea at Tŷ Celf", "-C", project_copy)
    file = project_copy / "case_studies/tea-at-ty-celf.md"
    assert result.exit_code == 0
    assert result.stdout.strip().endswith("tea-at-ty-celf.md")
    assert 'title: "Tea at Tŷ Celf"' in file.read_text(encoding="utf-8")
    assert b"\r" not in file.read_bytes()
    checked = run("check", "-C", project_copy)
    assert checked.exit_code == 1
    assert "GP405" in checked.stdout


def test_a_new_case_study_never_overwrites(project_copy: Path) -> None:
    before = (project_copy / "case_studies/supper.md").read_bytes()
    result = run("new", "case-study", "Supper", "-C", project_copy)
    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert (project_copy / "case_studies/supper.md").read_bytes() == before


def test_a_title_without_letters_is_refused(project_copy: Path) -> None:
    result = run("new", "case-study", "???", "-C", project_copy)
    assert result.exit_code == 2
    assert "cannot be made of ???" in result.stderr


def test_a_new_case_study_has_a_title_in_one_line_and_a_name_that_the_check_accepts(project_copy: Path) -> None:
    assert run("new", "case-study", " \t", "-C", project_copy).stderr.startswith("The title is empty.")
    assert run("new", "case-study", "Aux", "-C", project_copy).stdout.strip().endswith("case_studies/aux-1.md")
    run("new", "case-study", "Tea\n and  cake", "-C", project_copy)
    assert 'title: "Tea and cake"\n' in (project_copy / "case_studies/tea-and-cake.md").read_text(encoding="utf-8")


def test_a_command_whose_streams_are_closed_ends_as_ever(project_copy: Path) -> None:
    for said in (f'check -C "{project_copy}" >&- 2>&-', "--version >&-", "--version 2>&-"):
        command = f'"{sys.executable}" -m goodpractice {said}'
        done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")


def test_nothing_that_the_check_takes_for_stories_is_exported_into_the_project(project_copy: Path) -> None:
    result = run("export", project_copy / "records", "-C", project_copy)
    assert (result.exit_code, "lies in the project" in result.stderr) == (1, True)
    assert not (project_copy / "records").exists()
    assert run("export", project_copy / "records", "--format", "csv", "-C", project_copy).exit_code == 0
    assert run("check", "-C", project_copy).exit_code == 0


@pytest.mark.parametrize(
    ("named", "code", "said"),
    [
        ((), 0, "nothing was checked"),
        (("case_studies",), 2, "case_studies is no file"),
        (("tent",), 2, "tent is no file"),
    ],
)
def test_a_check_of_no_picture_says_so(project_copy: Path, named: tuple[str, ...], code: int, said: str) -> None:
    result = run("photo", "check", *named, "-C", project_copy)
    assert (result.exit_code, said in result.stderr) == (code, True)


def test_a_new_case_study_makes_the_folder(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    assert run("new", "case-study", "Tea", "-C", tmp_path).exit_code == 0
    assert (tmp_path / "case_studies/tea.md").is_file()


@pytest.mark.parametrize(("command", "folder"), [("schema", "schemas"), ("reference", "docs/reference")])
def test_generated_files_are_written_and_checked(tmp_path: Path, command: str, folder: str) -> None:
    stale = run(command, "--check", "-C", tmp_path)
    assert stale.exit_code == 1
    assert f"Renew with: goodpractice {command}" in stale.stderr
    assert list(tmp_path.iterdir()) == []
    written = run(command, "-C", tmp_path)
    assert written.exit_code == 0
    assert all((tmp_path / path).is_file() for path in written.stdout.split())
    fresh = run(command, "--check", "-C", tmp_path)
    assert (fresh.exit_code, fresh.stdout) == (0, "")
    some = next((tmp_path / folder).iterdir())
    some.write_text("edited by hand")
    assert run(command, "--check", "-C", tmp_path).stdout == f"{folder}/{some.name}\n"
    assert some.read_text() == "edited by hand"
    run(command, "-C", tmp_path)
    assert some.read_text() != "edited by hand"


def test_a_summary_for_the_page_of_a_run(project_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    monkeypatch.setenv("SITE_URL", "https://site.example")
    run("check", "-C", project_copy, "--format", "github")
    assert file.read_text() == "Nothing to mend. An editor reads it next.\n"
    spoil(project_copy)
    run("check", "-C", project_copy)
    assert "Mend" not in file.read_text()
    run("check", "-C", project_copy, "--format", "github")
    assert "[GP301](https://site.example/reference/errors/#gp301)" in file.read_text()


@pytest.mark.parametrize(
    ("command", "runs"), [(("check",), False), (("check", "--run-macros"), True), (("build",), True)]
)
def test_macros_are_run_only_where_that_was_asked_for(project_copy: Path, command: tuple[str, ...], runs: bool) -> None:
    (project_copy / "macros.py").write_text("import nothing_there\ndef define_env(env):\n    env.macro(print, 'own')\n")
    result = run(*command, "-C", project_copy)
    failed = "macros.py, line 1, does not work: ModuleNotFoundError: " in result.stderr
    assert (result.exit_code, failed) == ((1, True) if runs else (0, False))
    assert ("macros.py was read and not run" in result.stderr) is not runs


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("mkdocs.yml", b"site_name: [x\nfoo: bar\n", "mkdocs.yml cannot be read, line 2: "),
        ("mkdocs.yml", b"extra: 5\n", "The setting `extra` in mkdocs.yml is not a group"),
        ("mkdocs.yml", b"markdown_extensions: [abbrr]\n", "The Markdown extensions in mkdocs.yml cannot be used: "),
        ("macros.py", b"def define_env(env:\n", "macros.py, line 1, does not work: SyntaxError: "),
        ("macros.py", b"x = 1\n", "macros.py has no function `define_env(env)`."),
    ],
)
def test_broken_files_of_editors_are_explained(
    project_copy: Path, command: str, file: str, content: bytes, words: str
) -> None:
    (project_copy / file).write_bytes(content)
    result = run(command, "-C", project_copy)
    assert result.exit_code == 1
    assert result.stderr.startswith(words)
    assert isinstance(result.exception, SystemExit)


def test_reviews_that_are_due(project_copy: Path) -> None:
    chapter = project_copy / "handbook/begin.md"
    text = re.sub(r"written_on: .*", "written_on: 2020-01-31\nreview_in: 1 month", chapter.read_text())
    chapter.write_text(re.sub(r"review_in: 1 month\nreview_in: .*", "review_in: 1 month", text))
    result = run("review", "-C", project_copy, "--days", "0")
    assert result.exit_code == 0
    assert result.stdout.startswith("2020-02-29    overdue  handbook/begin.md  ")


def test_reviews_are_a_calendar_of_ones_own(project_copy: Path) -> None:
    (project_copy / "handbook/begin.md").write_text(
        re.sub(
            r"written_on: .*",
            "written_on: 2020-01-31\nreviewed_on: 2020-02-10\nreviewed_by: Ada\nreview_in: 1 month",
            re.sub(r"(?m)^(review_in|owner): .*\n", "", (project_copy / "handbook/begin.md").read_text()),
        ).replace("written_on", "owner: Ada\nwritten_on")
    )
    everybody = run("calendar", "-C", project_copy, "--reviews")
    assert len(Calendar.from_ical(everybody.stdout_bytes).events) == 2
    mine = run("calendar", "-C", project_copy, "--reviews", "--owner", "Ada")
    (entry,) = Calendar.from_ical(mine.stdout_bytes).events
    # A review moves the entry, and the newer version counts.
    assert (entry["DTSTART"].dt.isoformat(), entry["SEQUENCE"], entry["CLASS"]) == ("2020-03-10", 10, "PRIVATE")
    assert "handbook/begin.md" in entry["DESCRIPTION"]
    stranger = run("calendar", "-C", project_copy, "--reviews", "--owner", "Nobody")
    assert (stranger.exit_code, stranger.stdout) == (2, "")
    assert stranger.stderr == "No chapter belongs to Nobody. Chapters belong to: Ada, editors.\n"
    assert run("calendar", "-C", project_copy, "--owner", "Ada").exit_code == 2
    assert run("calendar", "-C", project_copy).stdout.startswith("BEGIN:VCALENDAR")


def shout(text: str) -> str:
    """A text in capitals, values and marks as they are."""
    parts = re.split(r"(\{[^{}]*\}|%\(\w+\)s)", text)
    return "".join(part if at % 2 else part.upper() for at, part in enumerate(parts))


@pytest.fixture(scope="module")
def shouted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Catalogues of a language in which every word is said in capitals, on disk, where click finds them too."""
    folder = tmp_path_factory.mktemp("locale")
    with TEMPLATE.open("rb") as stream:
        catalogue = read_po(stream)
    catalogue.locale = Locale("cy")
    catalogue.last_translator = "A Reader"
    for message in [message for message in catalogue if message.id]:
        if isinstance(message.id, tuple):
            message.string = tuple(shout(message.id[number != 1]) for number in range(catalogue.num_plurals))
        else:
            message.string = shout(message.id)
    place = folder / "cy/LC_MESSAGES"
    place.mkdir(parents=True)
    text = print_catalog(catalogue)
    (place / "goodpractice.po").write_text(text, encoding="utf-8")
    made = compile_catalogue(text)
    assert made is not None
    (place / "goodpractice.mo").write_bytes(made)
    return folder


@pytest.fixture
def shouting(monkeypatch: pytest.MonkeyPatch, shouted: Path) -> Iterator[None]:
    monkeypatch.setattr(languages, "LOCALE", shouted)
    languages.load_catalogue.cache_clear()
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    yield
    languages.load_catalogue.cache_clear()


@pytest.mark.usefixtures("shouting")
@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "goodpractice")
def test_help_is_said_in_the_language_of_the_person(path: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    english = run(*path, "--help").output
    shouted = run("--lang", "cy", *path, "--help").output
    # Nothing is lost; of commands below, the first sentence is shown, which ends elsewhere in capitals.
    assert shouted.casefold().split()[:20] == english.casefold().split()[:20]
    # Names of commands and options, values, and commands to copy are the same in every language.
    same = {
        "goodpractice",
        "main",
        "default",
        *(word for names in COMMANDS for name in names for word in name.split("-")),
    }
    same |= set(re.findall("[a-z]+", " ".join(re.findall(r"(?m)^ +-.*?(?:  |$)|\[[a-z|]+\]|: text\]", english))))
    left = re.sub(r"(?ms)^  EXAMPLES?:.*?\n\n", "", shouted)
    assert set(re.findall("[a-z]{3,}", left)) <= same
    assert run(*path, "--help").output == english
    monkeypatch.setenv("LANG", "cy_GB.UTF-8")
    assert run(*path, "--help").output == shouted


@pytest.mark.usefixtures("shouting")
def test_calling_a_command_wrongly_is_explained_in_the_language_of_the_person() -> None:
    assert run("--lang=cy", "check", "--colour").stderr.splitlines()[1:] == [
        "TRY 'main check --help' FOR HELP.",
        "",
        "ERROR: NO SUCH OPTION '--colour'.",
    ]
    folder = run("--lang", "cy", "check", "-C", "none").stderr
    assert "ERROR: INVALID VALUE FOR '-C': Directory 'none' DOES NOT EXIST." in folder
    assert (
        "ERROR: INVALID VALUE FOR '--jobs': 0 IS NOT IN THE RANGE 1<=x<=64."
        in run("--lang", "cy", "build", "--jobs", "0").stderr
    )
    assert "ERROR: NO SUCH COMMAND 'chekc'. DID YOU MEAN 'check'?" in run("--lang", "cy", "chekc").stderr
    assert "Error: No such option '--colour'." in run("check", "--colour").stderr
    assert "Option '--lang' requires an argument." in run("--lang").stderr


def test_the_words_of_click_are_those_that_click_says() -> None:
    folder = Path(click.__file__).parent
    said = "".join(re.sub(r'"\s+"', "", file.read_text(encoding="utf-8")) for file in folder.glob("*.py"))
    words = [*click_words.CLICK_WORDS, *(text for both in click_words.CLICK_NUMBERS for text in both)]
    assert [text for text in words if json.dumps(text) not in said] == []


def test_messages_are_said_in_the_language_of_the_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"`{name}` is not a known field": "nid oes maes `{name}`", "Found {problems}.": "Wedi cael {problems}."}
    speak_in(monkeypatch, approve(words))
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    project = tmp_path / "project"
    shutil.copytree(SMALL, project)
    file = project / "partners.yml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("    kind:", "    colour: red\n    kind:", 1), encoding="utf-8"
    )
    assert "`colour` is not a known field" in run("check", "-C", project).stdout
    welsh = run("--lang", "cy", "check", "-C", project)
    assert "nid oes maes `colour`" in welsh.stdout
    # What was wished for one command is not wished for the next in the same process.
    assert "LANGUAGE" not in os.environ
    assert "Wedi cael 1 problem in 1 file." in welsh.stderr
    monkeypatch.setenv("LANG", "cy_GB.UTF-8")
    for form in ("github", "json"):
        assert "nid oes maes `colour`" in run("check", "--format", form, "-C", project).stdout
    assert "is not a known field" in run("--lang", "en", "check", "-C", project).stdout


def test_whatever_the_computer_refuses_is_told_in_a_sentence(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (*errno.errorcode, 0, 9999):
        refuse = Mock(side_effect=OSError(number, os.strerror(number), "case_studies/tea.md"))
        monkeypatch.setattr("goodpractice.kinds.case_study.skeleton.fill_skeleton", refuse)
        result = run("new", "case-study", "Tea", "-C", project)
        assert result.exit_code == 1, number
        assert result.exception is None or isinstance(result.exception, SystemExit), number
        assert "Traceback" not in result.output, number
        if number not in (errno.EPIPE, errno.EEXIST):
            assert result.stderr.strip().endswith("."), number


def test_a_fault_of_the_program_is_one_line_and_a_trace_on_demand(tmp_path: Path) -> None:
    script = (
        "from goodpractice.cli import main, run\n"
        "def fail(**options): raise KeyError('no such thing')\n"
        "main.commands['review'].callback = fail\n"
        "run()"
    )
    command = [sys.executable, "-c", script, "review"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(
        "This is a fault of the program and not yours: KeyError: 'no such thing' (<string>:2)."
    )
    assert len(done.stderr.splitlines()) == 1
    traced = {**os.environ, "GOODPRACTICE_TRACE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=traced)
    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_a_project_above_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mkdocs.yml").touch()
    (tmp_path / "handbook/deep er").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "handbook/deep er")
    result = run("check")
    assert result.exit_code == 2
    assert "there is one above it. Go there with `cd ../..`, or add -C ../.. to the command." in result.stderr
    monkeypatch.chdir(tmp_path.parent)
    assert f"add -C {tmp_path.name} to the command" in run("check", "-C", f"{tmp_path.name}/handbook/deep er").stderr


@pytest.mark.parametrize("code", ["xx", "english", "c", "../cy", "e"])
def test_a_language_that_nobody_knows_is_refused(code: str) -> None:
    result = run("--lang", code, "check", "-C", SMALL)
    assert result.exit_code == 2
    assert f"{code} is none of the languages that messages are said in: en, cy" in " ".join(result.stderr.split())


@pytest.mark.parametrize("code", ["cy", "CY", "cy_GB.UTF-8", "en", "en-GB"])
def test_a_language_may_be_named_as_the_environment_names_it(code: str) -> None:
    assert run("--lang", code, "schema", "--help").exit_code == 0


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "mkdocs.yml").touch()
    return tmp_path


def test_a_title_that_is_too_long_is_refused(project: Path) -> None:
    result = run("new", "case-study", "tea " * 40, "-C", project)
    assert result.exit_code == 2
    assert "The title has 159 characters; 120 fit." in result.stderr
    assert not (project / "case_studies").exists()


@pytest.mark.parametrize(
    ("title", "name", "made"),
    [
        ("شاي ونجوم", "tea-and-stars", "tea-and-stars"),
        ("شاي ونجوم", "Tea and stars.md", "tea-and-stars"),
        ("Tea", "../../tea", "tea"),
        ("お茶", "", ""),
        ("お茶", "星", ""),
    ],
)
def test_a_title_in_another_script_takes_a_file_name(project: Path, title: str, name: str, made: str) -> None:
    result = run("new", "case-study", title, *(["--file-name", name] if name else []), "-C", project)
    assert result.exit_code == (0 if made else 2)
    if made:
        assert title in (project / f"case_studies/{made}.md").read_text(encoding="utf-8")
    else:
        assert "for example: --file-name supper-and-science" in result.stderr


def test_a_translation_that_is_not_there_is_told(project: Path) -> None:
    result = run("translation", "renew", "missing.cy.md", "-C", project)
    assert result.exit_code == 2
    assert "missing.cy.md is not there. See which translations there are" in result.stderr
