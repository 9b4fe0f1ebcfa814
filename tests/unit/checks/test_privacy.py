from __future__ import annotations

import pytest

from goodpractice.checks.contacts import list_contacts
from goodpractice.checks.privacy import check_privacy
from goodpractice.content import Project


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("GP516", "sam@example.org"),
        ("GP516", "Sam.O'Neil+news@mail.example.co.uk"),
        ("GP516", "sam [at] example [dot] org"),
        ("GP516", "sam(at)example.org"),
        ("GP516", "https://example.org/?to=sam@example.org"),
        ("GP516", "mailto:sam%40example.org"),
        ("GP517", "020 7946 0958"),
        ("GP517", "(029) 2018 0001"),
        ("GP517", "07700900123"),
        ("GP517", "07700 900 123"),
        ("GP517", "+44 (0)20 7946 0958"),
        ("GP517", "0044 20 7946 0958"),
        ("GP517", "+47 22 85 50 50"),
        ("GP517", "+1-202-555-0143"),
        ("GP517", "+353 1 234 5678"),
        ("GP517", "+12345678"),
        ("GP518", "CF10 5AE"),
        ("GP518", "SW1A 1AA"),
        ("GP518", "M11AE"),
        ("GP518", "GIR 0AA"),
        ("GP519", "born 3 May 2011"),
        ("GP519", "DOB: 01/02/2010"),
        ("GP519", "date of birth: 2010-02-01"),
        ("GP519", "birthday: 3rd of May 2011".replace("of ", "")),
        ("GP519", "née le 3/5/2011"),
        ("GP519", "NÉ LE 3/5/2011"),
        ("GP519", "geboren am 3.5.2011"),
        ("GP519", "Ganwyd ar 3/5/2011"),
        ("GP519", "D.O.B. 3/5/2011"),
        ("GP519", "d.ob 3/5/2011"),
        ("GP519", "birthdate 3/5/2011"),
    ],
)
def test_private_data_is_found(code: str, text: str) -> None:
    found = list(list_contacts(f"Before {text} after."))
    assert [contact.code for contact in found] == [code]
    assert text not in found[0].message, "a message repeats no private data"


@pytest.mark.parametrize(
    "text",
    [
        "from 2012 to 2016, 2019-2021 and 2020/21",
        "£10,000 to 50,000 for 1,200 families",
        "doi:10.1016/j.jml.2019.104047 and ISBN 978-0-306-40615-7",
        "born in 1950, on 3 May 2011, in May",
        "https://example.org/02079460958/CF105AE",
        "EYU4 2ND phase, KS2 and GP301",
        "0.5 of 100 000 people, 07 of 12",
        "at home, dot by dot",
        "@handle and a@b",
        "51.48, -3.18",
        "ages 11 to 14, 3 of 10",
    ],
)
def test_numbers_and_words_are_not_private(text: str) -> None:
    assert list(list_contacts(text)) == []


def test_an_allowed_contact_is_known_however_it_is_spaced() -> None:
    assert list(list_contacts("Ring 020 7946 0958 or Hello@example.org.", {"02079460958", "hello@example.org"})) == []


def test_the_real_content_raises_no_alarm(repository: Project) -> None:
    assert list(check_privacy(repository.kb, (), list(repository.kb.origins))) == []
