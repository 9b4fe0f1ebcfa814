"""Where readers reach the community without an account: an address for mail, a form of its own, or both."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictStr

from goodpractice.config.limits import SettingsGroup

_NAME = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_EMAIL = rf"^({_NAME}(\.{_NAME})*@([A-Za-z0-9-]+\.)+[A-Za-z]{{2,}})?$"
#: Nothing in braces but what is filled in.
_FORM = r'^(https?://([^\s"<>{}]|\{(page|title|about)\})+)?$'


class ContactSettings(SettingsGroup):
    """Where readers reach the community. Without an address and a form, pages promise nothing."""

    email: Annotated[StrictStr, Field(pattern=_EMAIL)] = Field(
        "", description="An address for mail that the community reads, such as `hello@example.org`. Everybody sees it."
    )
    form: Annotated[StrictStr, Field(pattern=_FORM)] = Field(
        "",
        description="The web address of a form of your own. In curly brackets, `page`, `title` and `about` are "
        "filled in with the address of the page, its title, and what the message is about.",
    )
    read_by: StrictStr = Field("", description="Who reads what arrives, such as `two editors, who take turns`.")
    answered_within: StrictStr = Field("", description="How long an answer takes at most, such as `two weeks`.")

    @property
    def is_open(self) -> bool:
        """Whether there is any way to write."""
        return bool(self.email or self.form)
