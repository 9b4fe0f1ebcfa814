"""A photo that somebody takes down goes from the site with the next build, whatever else is wrong."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from goodpractice.cli import main
from goodpractice.config.clock import set_clock
from goodpractice.content import opened
from tests.helpers.edits import PHOTOS
from tests.helpers.pictures import clean, digest, draw
from tests.helpers.sites import SmallSite, write_small_site

PHOTO = "case_studies/case-05/one.jpg"
PAGE = "site/case-studies/case-05/index.html"


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """A site with two photos on the page of case-05, one of them in its story, and one on that of case-06."""
    made = write_small_site(tmp_path / "project")
    for case_id in ("case-05", "case-06"):
        PHOTOS["add_photo"](made, lambda values, wanted=case_id: wanted if wanted in values else values[0])
    other = clean(draw(44, 90))
    (made.root / "case_studies/case-06/one.jpg").write_bytes(other)
    ledger = made.root / "case_studies/case-06/consent.yml"
    ledger.write_text(f"one.jpg:\n  people: nobody\n  digest: '{digest(other)}'\n")
    for name, picture in (("two", draw(80, 50)), ("three", draw(50, 80))):
        (made.root / f"case_studies/case-05/{name}.jpg").write_bytes(clean(picture))
        made.cases["case-05"]["photos"].append({"file": f"{name}.jpg", "alt": f"Room {name}", "caption": f"The {name}"})
        ledger = made.root / "case_studies/case-05/consent.yml"
        ledger.write_text(f"{ledger.read_text()}{name}.jpg:\n  people: nobody\n")
        run(made, "photo", "digest", "--write", f"case_studies/case-05/{name}.jpg")
    made.cases["case-05"]["body"] += "\n![A room](case-05/one.jpg)\n"
    made.write_case("case-05")
    assert build(made)[0] == 0
    assert len(list_photos(made)) == 4
    return made


def run(site: SmallSite, *arguments: str) -> tuple[int, str, str]:
    # Each command is a process of its own for whoever types it.
    opened._shared.clear()
    result = CliRunner().invoke(main, [*arguments, "-C", str(site.root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def build(site: SmallSite, *options: str) -> tuple[int, str, str]:
    return run(site, "build", "--no-search", "--jobs", "1", *options)


def list_photos(site: SmallSite) -> set[str]:
    return {file.name for file in (site.root / "site/assets/photos").glob("*")}


def read_page(site: SmallSite) -> str:
    return (site.root / PAGE).read_text(encoding="utf-8")


def read_site(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def delete_file(site: SmallSite) -> None:
    (site.root / PHOTO).unlink()


def replace_file(site: SmallSite) -> None:
    (site.root / PHOTO).write_bytes(clean(draw(70, 70)))


def delete_entry_of_list(site: SmallSite) -> None:
    del site.cases["case-05"]["photos"][0]
    site.write_case("case-05")


def delete_ledger(site: SmallSite) -> None:
    (site.root / "case_studies/case-05/consent.yml").unlink()


def delete_entry_of_ledger(site: SmallSite) -> None:
    ledger = site.root / "case_studies/case-05/consent.yml"
    ledger.write_text(ledger.read_text()[ledger.read_text().index("two.jpg:") :])


def spoil_ledger(site: SmallSite) -> None:
    (site.root / "case_studies/case-05/consent.yml").write_text("one.jpg: [")


def delete_story(site: SmallSite) -> None:
    (site.root / "case_studies/case-05.md").unlink()


def narrow_consent(site: SmallSite) -> None:
    ledger = site.root / "case_studies/case-05/consent.yml"
    ledger.write_text(ledger.read_text().replace("website", "print", 1))


def end_consent(site: SmallSite) -> None:
    ledger = site.root / "case_studies/case-05/consent.yml"
    ledger.write_text(ledger.read_text().replace("one.jpg:\n", "one.jpg:\n  expires_on: 2021-01-01\n"))


ONE_COMMIT = [
    *(delete_file, replace_file, delete_entry_of_list, delete_ledger, delete_entry_of_ledger),
    *(spoil_ledger, delete_story, narrow_consent, end_consent),
]
#: These are mistakes themselves, or leave links to the story behind.
FAULTY = [spoil_ledger, delete_story]
#: With these, every photo of the story goes.
ALL_GO = [delete_ledger, spoil_ledger, delete_story]


def unknown_theme(site: SmallSite) -> None:
    site.cases["case-01"]["themes"] = ["nope"]
    site.write_case("case-01")


def fault_in_the_same_story(site: SmallSite) -> None:
    file = site.root / "case_studies/case-05.md"
    if file.exists():
        file.write_text(file.read_text().replace("title:", "titel:", 1))


def broken_configuration(site: SmallSite) -> None:
    (site.root / "mkdocs.yml").write_text("site_name: [\n")


def broken_macros(site: SmallSite) -> None:
    (site.root / "macros.py").write_text("def define_env(env):\n    raise RuntimeError('no')\n")


def broken_partners(site: SmallSite) -> None:
    (site.root / "partners.yml").write_text("partners: [\n")


def broken_chapter(site: SmallSite) -> None:
    (site.root / "handbook/chapter-1.md").write_bytes(b"\xff\xfe")


ELSEWHERE = [
    *(unknown_theme, fault_in_the_same_story, broken_configuration, broken_macros, broken_partners, broken_chapter)
]


def assert_gone(site: SmallSite, before: set[str], gone: int) -> None:
    page = read_page(site)
    assert len(before - list_photos(site)) == gone
    for name in before - list_photos(site):
        assert name not in page
        assert not (site.root / ".cache/goodpractice/photos" / name).exists()
    assert page.count("<img class=") == 3 - gone
    assert page.count("</figure>") == page.count("<figure")
    assert page.count("<gp-photo ") == page.count("</gp-photo>")


@pytest.mark.parametrize("take_down", ONE_COMMIT)
def test_one_commit_is_enough(site: SmallSite, take_down: Callable[[SmallSite], None]) -> None:
    before = list_photos(site)
    take_down(site)
    code, _, err = build(site)
    assert code == (1 if take_down in FAULTY else 0), err
    gone = 3 if take_down in ALL_GO else 1
    if code == 0:
        assert "not built" not in err
        assert_gone(site, before, gone)
        assert build(site, "--site-dir", str(site.root / "cold"))[0] == 0
        assert read_site(site.root / "site") == read_site(site.root / "cold")
    else:
        assert "Taken off the last site" in err
        assert_gone(site, before, gone)


@pytest.mark.parametrize(
    ("take_down", "break_something"),
    [
        *((delete_file, broken) for broken in ELSEWHERE),
        *((take_down, unknown_theme) for take_down in ONE_COMMIT[1:]),
    ],
)
def test_what_is_wrong_elsewhere_keeps_no_photo_on_the_site(
    site: SmallSite, take_down: Callable[[SmallSite], None], break_something: Callable[[SmallSite], None]
) -> None:
    whole = read_site(site.root / "site")
    before = list_photos(site)
    cached = {file: file.read_bytes() for file in site.root.glob("*") if file.is_file()}
    take_down(site)
    break_something(site)
    code, _, err = build(site)
    assert code == 1
    assert "Taken off the last site" in err
    gone = 3 if take_down in ALL_GO else 1
    assert_gone(site, before, gone)
    changed = {name for name, data in whole.items() if read_site(site.root / "site").get(name) != data}
    assert changed == {f"assets/photos/{name}" for name in before - list_photos(site)} | {PAGE.removeprefix("site/")}
    # Once more: nothing is left to take down, and nothing is said of it.
    code, _, err = build(site)
    assert code == 1
    assert "Taken off" not in err
    # When all is mended, the site is the one of a build from nothing.
    for file, data in cached.items():
        file.write_bytes(data)
    mended = write_small_site(site.root.parent / "mended")
    for path in ("case_studies/case-01.md", "handbook/chapter-1.md", "macros.py"):
        if (mended.root / path).exists():
            (site.root / path).write_bytes((mended.root / path).read_bytes())
        else:
            (site.root / path).unlink(missing_ok=True)
    site.write_case("case-05")
    if take_down is spoil_ledger:
        delete_ledger(site)
    code, out, err = build(site)
    assert code == 0, out
    assert build(site, "--site-dir", str(site.root / "cold"))[0] == 0
    assert read_site(site.root / "site") == read_site(site.root / "cold")


@pytest.mark.parametrize("break_something", ELSEWHERE)
def test_a_photo_that_nobody_took_down_stays(site: SmallSite, break_something: Callable[[SmallSite], None]) -> None:
    whole = read_site(site.root / "site")
    break_something(site)
    code, _, err = build(site)
    assert code == 1
    assert "Taken off" not in err
    assert read_site(site.root / "site") == whole


def test_a_workflow_learns_that_the_last_site_is_worth_publishing(
    site: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    unknown_theme(site)
    assert build(site)[0] == 1
    assert not (tmp_path / "output").exists()
    delete_file(site)
    code, out, _ = build(site, "--json")
    assert code == 1
    assert json.loads(out)["taken_down"] == ["case-studies/case-05/"]
    assert (tmp_path / "output").read_text() == "taken_down=true\n"


def test_a_picture_on_two_pages_stays_where_people_agreed_to_it(site: SmallSite) -> None:
    shared = (site.root / "case_studies/case-06/one.jpg").read_bytes()
    (site.root / PHOTO).write_bytes(shared)
    ledger = site.root / "case_studies/case-05/consent.yml"
    other = (site.root / "case_studies/case-06/consent.yml").read_text()
    ledger.write_text(other + ledger.read_text()[ledger.read_text().index("two.jpg:") :])
    assert build(site)[0] == 0
    before = list_photos(site)
    delete_file(site)
    unknown_theme(site)
    assert build(site)[0] == 1
    assert list_photos(site) == before
    assert read_page(site).count("<img class=") == 2
    assert "<img class=" in (site.root / "site/case-studies/case-06/index.html").read_text()


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("case_studies/nowhere/one.jpg", "", "GP425"),
        ("case_studies/nowhere/consent.yml", "one.jpg: {people: nobody}\n", "GP525"),
        ("case_studies/one.jpg", "", "GP425"),
    ],
)
def test_every_build_and_the_check_say_the_same_of_what_has_no_story(
    site: SmallSite, path: str, text: str, code: str
) -> None:
    (site.root / path).parent.mkdir(exist_ok=True)
    (site.root / path).write_bytes(text.encode() or clean(draw()))
    told = [run(site, "check")[1], build(site)[1], build(site, "--no-cache")[1]]
    assert f"{path}:1:1: {code} " in told[0]
    assert told[0] == told[1] == told[2]


def test_what_a_deleted_story_leaves_is_told_by_every_build(site: SmallSite) -> None:
    for name in ("case-05", "case-06"):
        site.cases[name]["body"] = "## What happened\n\nNothing.\n"
    story = site.root / "case_studies/case-06.md"
    told = [run(site, "check")[1]]
    story.rename(site.root / "case_studies/case-66.md")
    told = [run(site, "check")[1], build(site)[1], build(site, "--no-cache")[1]]
    assert "case_studies/case-06/one.jpg:1:1: GP425" in told[0]
    assert "case_studies/case-06/consent.yml:1:1: GP525" in told[0]
    assert told[0] == told[1] == told[2]


def test_an_expired_consent_fails_no_check_and_no_build(site: SmallSite) -> None:
    end_consent(site)
    code, out, _ = run(site, "check")
    assert (code, "GP522" in out) == (0, True)
    code, out, _ = run(site, "check", "--format", "github")
    assert code == 0
    assert out.startswith("::notice file=case_studies/case-05/consent.yml,")
    assert build(site)[0] == 0


@pytest.mark.parametrize("take_down", [delete_file, delete_entry_of_list, end_consent])
def test_a_file_of_the_site_that_was_damaged_is_made_anew(
    site: SmallSite, take_down: Callable[[SmallSite], None]
) -> None:
    right = read_site(site.root / "site")
    photo = next(iter(sorted((site.root / "site/assets/photos").iterdir())))
    photo.write_bytes(b"")
    assert build(site)[0] == 0
    assert read_site(site.root / "site") == right


def test_a_clock_that_was_ahead_once(site: SmallSite) -> None:
    now = datetime.datetime(2027, 1, 15, tzinfo=datetime.UTC)
    ledger = site.root / "case_studies/case-05/consent.yml"
    ledger.write_text(ledger.read_text().replace("one.jpg:\n", "one.jpg:\n  expires_on: 2030-01-01\n"))
    with set_clock(now):
        assert build(site)[0] == 0
    right = read_site(site.root / "site")
    with set_clock(now + datetime.timedelta(days=2000)):
        assert build(site)[0] == 0
    assert len(read_site(site.root / "site")) == len(right) - 1
    with set_clock(now + datetime.timedelta(days=1)):
        assert build(site)[0] == 0
        assert read_site(site.root / "site") == right
        assert "Nothing changed" in build(site)[2]
