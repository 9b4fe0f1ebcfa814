from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from goodpractice.checks import check_project
from goodpractice.cli import main
from goodpractice.content import Project, load_project
from goodpractice.pages.link_resolver import resolve_internal_uris
from goodpractice.render.photos import place_photos
from tests.helpers.pictures import PICTURES, clean, digest, draw

CONSENT = ["--people", "children", "--consent-given-on", "2020-01-31", "--kept-by", "ty-celf", "--scope", "website"]
ALT = ["--alt", "A long table with eight chairs"]


def run(project: Path, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [*arguments, "-C", str(project)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def add(project: Path, *arguments: str) -> tuple[int, str, str]:
    return run(project, "photo", "add", "--case-study", "supper", *arguments)


def draw_original(folder: Path, name: str, picture: str) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_bytes(PICTURES[picture]())
    return file


def list_files(project: Path) -> dict[str, str]:
    return {
        file.relative_to(project).as_posix(): digest(file.read_bytes()) for file in project.rglob("*") if file.is_file()
    }


def load(project: Path) -> Project:
    kb, diagnostics = load_project(project)
    return Project(project, kb, tuple(diagnostics))


def test_what_is_added_passes_the_check_and_the_original_stays(project_copy: Path, tmp_path: Path) -> None:
    original = draw_original(tmp_path / "camera", "Long Table.JPEG", "gps")
    before = original.read_bytes()
    code, out, err = add(project_copy, str(original), *ALT, *CONSENT, "--lead", "--caption", "Supper: the table")
    assert code == 0
    assert out.split() == [
        "case_studies/supper/long-table.jpg",
        "case_studies/supper.md",
        "case_studies/supper/consent.yml",
    ]
    assert "no longer carries the place where it was taken (GPS)" in err
    assert original.read_bytes() == before
    project = load(project_copy)
    assert check_project(project) == []
    copy = (project_copy / "case_studies/supper/long-table.jpg").read_bytes()
    assert project.kb.consents["supper", "long-table.jpg"].digest == digest(copy)
    assert list(project.kb.photos) == [("supper", "long-table.jpg")]
    assert project.kb.case_studies["supper"].photos[0].caption == "Supper: the table"
    assert not [file for file in project_copy.rglob("*") if file.name.endswith(".part")]


def test_all_problems_come_in_one_run_and_nothing_is_written(project_copy: Path, tmp_path: Path) -> None:
    camera = tmp_path / "camera"
    files = [
        draw_original(camera, "a.jpg", "truncated jpeg"),
        draw_original(camera, "b.png", "animated png"),
        draw_original(camera, "c.heic", "not a picture"),
        draw_original(camera, "c.tiff", "not a picture"),
        draw_original(camera, "d.png", "huge png"),
        draw_original(camera, "e.jpg", "jpeg"),
        draw_original(camera, "f", "jpeg"),
    ]
    before = list_files(project_copy)
    code, out, _ = add(project_copy, *map(str, files))
    assert code == 1
    assert [line for line in out.splitlines() if not line.startswith("  hint:")] == [
        "a.jpg:1:1: GP421 the picture cannot be read: its end is missing",
        "b.png:1:1: GP423 the picture moves",
        "c.heic:1:1: GP421 the picture cannot be read: it is not a JPEG, PNG or WebP picture",
        "c.tiff:1:1: GP420 a picture that ends in `.tiff` is not accepted",
        "d.png:1:1: GP422 the picture has 30000 × 30000 pixels; 40 million pixels fit",
        "e.jpg:1:1: GP427 the alt text of `e.jpg` is missing",
        "e.jpg:1:1: GP521 nobody says who may be seen in this photo",
        "f:1:1: GP420 the name of a picture ends in .jpg, .png, .webp or .heic",
    ]
    assert list_files(project_copy) == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--alt", "photo", *CONSENT], "GP427 the alt text of `e.jpg` does not say what it shows: `photo`"),
        ([*ALT, "--people", "adults"], "GP521 adults may be seen, and it is not said what they agreed to"),
        ([*ALT, *CONSENT[:-1], "print"], "GP523 the people in `e.jpg` did not agree to the website"),
        ([*ALT, *CONSENT, "--expires-on", "2021-01-01"], "GP522 the consent for `e.jpg` expired on 2021-01-01"),
        ([*ALT, *CONSENT, "--form", "signed by Somebody"], "GP524 `form` seems to name a person"),
        (
            [*ALT, *CONSENT, "--scope", "moon"],
            "GP203 --scope does not fit: `scope` is `moon`\n  hint: Use one of 'website', ",
        ),
        ([*ALT, *CONSENT, "--caption", "x" * 310], "--caption does not fit: `caption` has 310 characters; 300 fit"),
    ],
)
def test_what_would_not_pass_the_check_is_refused(
    project_copy: Path, tmp_path: Path, options: list[str], message: str
) -> None:
    before = list_files(project_copy)
    code, out, _ = add(project_copy, str(draw_original(tmp_path / "camera", "e.jpg", "jpeg")), *options)
    assert code == 1
    assert message in out
    assert list_files(project_copy) == before


def test_a_file_of_the_repository_is_not_cleaned_in_place(project_copy: Path) -> None:
    file = draw_original(project_copy / "case_studies/supper", "table.jpg", "gps")
    before = list_files(project_copy)
    code, out, _ = add(project_copy, str(file), *ALT, *CONSENT)
    assert code == 1
    assert "this is the file case_studies/supper/table.jpg itself" in out
    assert list_files(project_copy) == before


def test_another_photo_of_the_same_name_is_not_overwritten(project_copy: Path, tmp_path: Path) -> None:
    add(project_copy, str(draw_original(tmp_path / "camera", "e.jpg", "jpeg")), *ALT, *CONSENT)
    before = list_files(project_copy)
    code, out, _ = add(project_copy, str(draw_original(tmp_path / "other", "e.jpg", "jpeg in grey")), *ALT, *CONSENT)
    assert code == 1
    assert "there is another file case_studies/supper/e.jpg already" in out
    assert list_files(project_copy) == before


def test_the_same_photo_may_be_added_again(project_copy: Path, tmp_path: Path) -> None:
    original = str(draw_original(tmp_path / "camera", "e.jpg", "gps"))
    add(project_copy, original, *ALT, *CONSENT)
    before = list_files(project_copy)
    assert add(project_copy, original)[0] == 0
    assert list_files(project_copy) == before


@pytest.mark.parametrize("case_id", ["nowhere", "../docs/index", "."])
def test_an_unknown_case_study_is_refused(project_copy: Path, tmp_path: Path, case_id: str) -> None:
    original = draw_original(tmp_path / "camera", "e.jpg", "jpeg")
    code, out, _ = run(project_copy, "photo", "add", "--case-study", case_id, str(original), *ALT, *CONSENT)
    assert code == 1
    assert "there is no case study" in out


def test_photos_without_valid_consent_are_on_no_page(project_copy: Path, tmp_path: Path) -> None:
    add(project_copy, str(draw_original(tmp_path / "camera", "e.jpg", "jpeg")), *ALT, *CONSENT)
    story = '<p><img src="gp-file:/case_studies/supper/e.jpg" alt="A &lt;table"></p>'
    shown = place_photos(load(project_copy).kb, "supper", story)
    assert "<figure" in shown.body
    assert shown.end == ""
    ledger = project_copy / "case_studies/supper/consent.yml"
    for old, new in [("[website]", "[print]"), ("people: children", "people: everybody"), ("e.jpg:", "f.jpg:")]:
        text = ledger.read_text(encoding="utf-8")
        ledger.write_text(text.replace(old, new), encoding="utf-8")
        kb = load(project_copy).kb
        assert dict(kb.photos) == {}
        hidden = place_photos(kb, "supper", story)
        assert hidden == ("", "<p>A &lt;table</p>", "", {"e.jpg"})
        ledger.write_text(text, encoding="utf-8")


def test_a_figure_holds_what_keeps_the_page_from_shifting(project_copy: Path, tmp_path: Path) -> None:
    original = draw_original(tmp_path / "camera", "e.jpg", "jpeg 3000 wide")
    add(project_copy, str(original), "--alt", 'A "long" <table> with chairs', *CONSENT, "--credit", "Ty Celf & friends")
    html = str(place_photos(load(project_copy).kb, "supper", "").end)
    resolved = resolve_internal_uris(html, "case-studies/supper/", "")
    assert "gp:" not in resolved
    assert resolved.count("../../assets/photos/") == 4
    for part in ("480w", "960w", "1600w", 'width="1600"', 'height="21"', 'loading="lazy"', "sizes="):
        assert part in resolved
    assert "<table>" not in resolved
    assert "Ty Celf &amp; friends" in resolved


def test_consent_lists_what_expires_and_fails_when_something_has(project_copy: Path) -> None:
    folder = project_copy / "case_studies/supper"
    folder.mkdir()
    entry = "{people: adults, consent_given_on: 2020-01-31, kept_by: ty-celf, scope: [website], expires_on: "
    (folder / "consent.yml").write_text(f"a.jpg: {entry}2099-01-01}}\nb.jpg: {{people: nobody}}\n", encoding="utf-8")
    code, out, _ = run(project_copy, "consent")
    assert (code, out) == (0, "")
    code, out, _ = run(project_copy, "consent", "--days", "99999")
    assert code == 0
    assert out.startswith("2099-01-01  ")
    assert out.endswith("case_studies/supper/a.jpg  adults, kept by ty-celf\n")
    (folder / "consent.yml").write_text(f"a.jpg: {entry}2021-01-01}}\n", encoding="utf-8")
    code, out, _ = run(project_copy, "consent", "--days", "0")
    assert code == 1
    assert "expired" in out


def test_the_check_of_a_commit_names_what_is_not_ready(project_copy: Path) -> None:
    draw_original(project_copy / "case_studies/supper", "table.jpg", "gps")
    (project_copy / "docs/assets").mkdir()
    draw_original(project_copy / "docs/assets", "team.png", "text in png")
    names = ["case_studies/supper/table.jpg", "docs/assets/team.png", "partners.yml"]
    code, out, _ = run(project_copy, "photo", "check", *names)
    assert code == 1
    assert out.count("GP520") == 2
    assert run(project_copy, "photo", "check", "partners.yml")[0] == 0


def test_a_photo_of_a_telephone_becomes_a_jpeg(project_copy: Path, tmp_path: Path) -> None:
    from PIL import Image
    from pillow_heif import register_heif_opener

    register_heif_opener()
    (tmp_path / "camera").mkdir()
    original = tmp_path / "camera/IMG_0001.HEIC"
    with Image.new("RGB", (64, 48), (200, 30, 30)) as picture:
        picture.save(original, "HEIF")
    code, out, _ = add(project_copy, str(original), *ALT, *CONSENT)
    assert code == 0
    assert out.split()[0] == "case_studies/supper/img-0001.jpg"
    assert check_project(load(project_copy)) == []


LEDGERS = {
    "in lines": "e.jpg:\n    people: nobody  # we looked\nf.jpg:\n  people: nobody\n",
    "in braces": "f.jpg: {people: nobody}\n'e.jpg': {people: nobody }  # we looked\n",
    "last, without an end of line": "f.jpg:\n  people: nobody\ne.jpg: {people: nobody}",
    "with line ends of Windows": "e.jpg:\r\n  people: nobody\r\nf.jpg: {people: nobody}\r\n",
}


@pytest.mark.parametrize("name", LEDGERS)
def test_a_digest_is_added_to_an_entry_and_every_other_line_stays(project_copy: Path, name: str) -> None:
    folder = project_copy / "case_studies/supper"
    folder.mkdir()
    photo = clean(draw())
    (folder / "e.jpg").write_bytes(photo)
    (folder / "consent.yml").write_bytes(LEDGERS[name].encode())
    code, out, err = run(project_copy, "photo", "digest", "--write", "case_studies/supper/e.jpg")
    assert (code, out) == (0, f"digest: {digest(photo)}  # case_studies/supper/e.jpg\n")
    assert "Written: case_studies/supper/consent.yml" in err
    after = (folder / "consent.yml").read_bytes().decode()
    line = r"digest: \"?[0-9a-f]{64}\"?"
    written = re.sub(f",? {line}", "", re.sub(f" +{line}\r?\n", "", after, count=1))
    assert written.replace(" }", "}") == LEDGERS[name].replace(" }", "}")
    assert load(project_copy).kb.consents["supper", "e.jpg"].digest == digest(photo)
    assert run(project_copy, "photo", "digest", "--write", "case_studies/supper/e.jpg")[0] == 0
    assert (folder / "consent.yml").read_bytes().decode() == after


def test_a_digest_of_another_picture_is_never_replaced(project_copy: Path, tmp_path: Path) -> None:
    add(project_copy, str(draw_original(tmp_path / "camera", "e.jpg", "jpeg")), *ALT, *CONSENT)
    (project_copy / "case_studies/supper/e.jpg").write_bytes(PICTURES["another jpeg"]())
    before = list_files(project_copy)
    code, out, _ = run(project_copy, "photo", "digest", "--write", "case_studies/supper/e.jpg")
    assert code == 1
    assert "GP534 the consent for `e.jpg` was given for another picture" in out
    assert list_files(project_copy) == before
    kb = load(project_copy).kb
    assert dict(kb.photos) == {}


def test_adding_a_photo_notes_its_digest_in_an_entry_that_is_there(project_copy: Path, tmp_path: Path) -> None:
    folder = project_copy / "case_studies/supper"
    folder.mkdir()
    (folder / "consent.yml").write_text("e.jpg:\n  people: nobody\n", encoding="utf-8")
    code, _, _ = add(project_copy, str(draw_original(tmp_path / "camera", "e.jpg", "jpeg")), *ALT)
    assert code == 0
    assert check_project(load(project_copy)) == []
    assert list(load(project_copy).kb.photos) == [("supper", "e.jpg")]
