"""The form of a case study as questions, for people who write a message or fill in a sheet instead of a file."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from goodpractice.i18n.languages import gettext_noop as N_

#: What the check asks of every story: fields by their path, and the part of the text below them.
NEEDED: Mapping[str, str] = MappingProxyType(
    {
        "title": N_("What does a reader get from your story, in one line?"),
        "summary": N_("What happened, and what can others take from it? One or two sentences."),
        "partners": N_("Who took part, and what did each of you do?"),
        "place": N_("In which town or area was it?"),
        "year": N_("In which year, or from when to when?"),
        "themes": N_("What is it about? One to six themes of this site."),
        "partner_approved_on": N_("On which day did your community partner read this and say yes?"),
        "what-happened": N_("What happened? Tell it as you would tell a colleague."),
    }
)
#: What it asks for where somebody knows.
WELCOME: Mapping[str, str] = MappingProxyType(
    {
        "what-did-not-work": N_("What did not work?"),
        "what-we-learned": N_("What would you do again, and what not?"),
        "audiences": N_("Who came?"),
        "power.who_decided": N_("Who decided?"),
        "power.who_held_the_money": N_("Who held the money?"),
        "power.who_was_paid": N_("Whose time was paid?"),
        "money": N_("What did it cost, roughly?"),
        "staff_time": N_("How much time did staff and volunteers give?"),
        "access_costs": N_("Which costs of taking part did you meet?"),
        "how_contact_began": N_("How did you meet?"),
        "how_it_ended": N_("How did it end, or how does it go on?"),
        "partner_account": N_("How was it for the community partner, in their own words?"),
        "documents": N_("Is there anything that others can use again?"),
    }
)
