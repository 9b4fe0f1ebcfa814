from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodpractice.content.front_matter import split_front_matter
from goodpractice.content.yaml_reader import load_yaml
from goodpractice.photos.entries import EntryError, add_consent, add_photo, write_value

PHOTO = {"file": "tent.jpg", "alt": "A tent: open"}
BEFORE = (
    "---\ntitle: Tents   # as the partner calls it\nthemes: [trust]\n{}# A last word.\n---\n## What happened\n\nText.\n"
)

TEXTS = {
    "no list": "",
    "empty": "photos:\n",
    "empty brackets": "photos: []\n",
    "one entry": "photos:\n  - file: a.jpg\n    alt: A chair\n",
    "no indent": "photos:\n- file: a.jpg\n  alt: A chair\n",
    "deep indent": "photos:   # two\n    - file: a.jpg\n      alt: |\n        A chair\n\n        in a room\n",
    "more facts below": "photos:\n  - file: a.jpg\n\n  # a comment\nplace: Uphill\n",
    "short entries": "photos:\n  - {file: a.jpg, alt: A chair}\n",
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("name", TEXTS)
def test_a_photo_is_added_and_every_other_line_stays(name: str, newline: str) -> None:
    before = BEFORE.format(TEXTS[name]).replace("\n", newline)
    after = add_photo(before, PHOTO)
    kept = [line for line in before.split(newline) if line != "photos: []"]
    rest = iter(after.split(newline))
    assert all(line in rest for line in kept)
    old = split_front_matter(before.replace("\r\n", "\n"), "x.md")
    new = split_front_matter(after.replace("\r\n", "\n"), "x.md")
    assert new.diagnostics == []
    assert new.values.pop("photos") == [*(old.values.pop("photos", None) or []), PHOTO]
    assert new.values == old.values
    assert new.body == old.body
    if newline == "\r\n":
        assert "\n" not in after.replace("\r\n", "")


def test_a_list_in_brackets_is_left_to_its_writer() -> None:
    with pytest.raises(EntryError):
        add_photo(BEFORE.format("photos: [{file: a.jpg}]\n"), PHOTO)


@pytest.mark.parametrize("text", ["", "Text.\n", "---\ntitle: x\n", "Words\n---\n---\n"])
def test_a_file_without_facts_is_refused(text: str) -> None:
    with pytest.raises(EntryError):
        add_photo(text, PHOTO)


def test_a_ledger_begins_with_its_schema_and_grows_at_its_end() -> None:
    first = add_consent("", "a.jpg", {"people": "nobody"})
    assert first.startswith("# yaml-language-server: $schema=../../schemas/consent.schema.json\n")
    second = add_consent(first.rstrip("\n"), "b.jpg", {"people": "adults", "scope": ["website", "social media"]})
    assert second.startswith(first)
    assert load_yaml(second, "consent.yml").value == {
        "a.jpg": {"people": "nobody"},
        "b.jpg": {"people": "adults", "scope": ["website", "social media"]},
    }


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_any_value_is_read_back_as_it_was_written(value: str) -> None:
    found = load_yaml(f"alt: {write_value(value)}\n", "x").value
    if "\ufeff" not in value and not any(c in value for c in "\u2028\u2029\x85\ufffe\uffff"):
        assert str(found["alt"]) == value
