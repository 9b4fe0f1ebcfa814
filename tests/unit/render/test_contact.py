from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodpractice.config.contact import ContactSettings
from goodpractice.config.model import check_settings
from goodpractice.kinds.case_study.model import CaseStudy
from goodpractice.kinds.case_study.questions import NEEDED, WELCOME
from goodpractice.kinds.case_study.skeleton import read_skeleton
from goodpractice.render.contact import PURPOSES, Way, list_ways

MAIL, FORM = "hello@example.org", "https://forms.example.org/x?p={page}&t={title}&a={about}"
ADDRESS = "https://community.example.org/handbook/power-dynamics/"


def list_all(contact: ContactSettings, title: str = "Power dynamics") -> dict[str, Way]:
    return dict(zip(PURPOSES, list_ways(contact, title, ADDRESS, str, *PURPOSES), strict=True))


def test_without_an_address_nothing_is_promised() -> None:
    contact = ContactSettings(read_by="two editors", answered_within="two weeks")
    assert list(list_ways(contact, "Power dynamics", ADDRESS, str, *PURPOSES)) == []


@given(st.text(max_size=80))
def test_whatever_a_title_holds_the_message_and_the_form_say_it(title: str) -> None:
    for name, way in list_all(ContactSettings(email=MAIL, form=FORM), title).items():
        mail, form = urlsplit(way.mail), parse_qs(urlsplit(way.form).query, keep_blank_values=True)
        assert (mail.scheme, mail.path) == ("mailto", MAIL)
        said = parse_qs(mail.query, keep_blank_values=True)
        assert said.keys() == {"subject", "body"}
        assert said["subject"] == [f"{PURPOSES[name].subject}: {title}"]
        assert said["body"][0].startswith(f"{title}: {ADDRESS}\r\n")
        assert (form["p"], form["t"], form["a"]) == ([ADDRESS], [title], [PURPOSES[name].subject])
        assert html.unescape(way.mail) == way.mail or "&" in way.mail
        assert not re.search(r"[\s\"'<>]", way.mail + way.form)


def test_a_message_holds_every_question_and_fits_into_a_link() -> None:
    for name, way in list_all(ContactSettings(email=MAIL)).items():
        body = parse_qs(urlsplit(way.mail).query)["body"][0].splitlines()
        assert {*PURPOSES[name].prompts, *PURPOSES[name].more} <= set(body)
        # Longer ones are cut by some mail programs.
        assert len(way.mail) < 2000
        assert way.form == ""


def test_the_questions_of_a_story_are_those_of_the_form() -> None:
    front, story = read_skeleton().split("---\n")[1:]
    asked: set[str] = set()
    above = ""
    for line in front.splitlines():
        found = re.match(r"(?:# )?(?P<space> *)(?P<name>[a-z_]+):", line)
        if found and not found["space"]:
            above = found["name"]
            asked.add(above)
        elif found and above == "power":
            asked |= {f"power.{found['name']}"}
    asked -= {"power"}
    asked |= {re.sub(r"\W+", "-", title.lower()) for title in re.findall(r"^## (.+)$", story, re.MULTILINE)}
    assert asked == NEEDED.keys() | WELCOME.keys()
    required = {name for name, info in CaseStudy.model_fields.items() if info.is_required()}
    assert required <= NEEDED.keys()


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"email": "hello at example.org"}, ("contact", "email")),
        ({"email": "Us <hello@example.org>"}, ("contact", "email")),
        ({"email": "mailto:hello@example.org"}, ("contact", "email")),
        ({"form": "forms.example.org"}, ("contact", "form")),
        ({"form": "javascript:alert(1)"}, ("contact", "form")),
        ({"form": "https://forms.example.org/{who}"}, ("contact", "form")),
        ({"from": "https://forms.example.org/"}, ("contact", "from")),
    ],
)
def test_what_is_no_address_is_refused(given: dict[str, str], problem: tuple[str, ...]) -> None:
    settings, mistakes = check_settings({"contact": given})
    assert [mistake["loc"] for mistake in mistakes] == [problem]
    assert not settings.contact.is_open


def test_an_empty_line_is_no_address() -> None:
    settings, mistakes = check_settings({"contact": {"email": None, "form": ""}})
    assert mistakes == ()
    assert not settings.contact.is_open
