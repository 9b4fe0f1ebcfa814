"""What is mended with another problem: the words by which it is known are those of messages."""

from __future__ import annotations

from goodpractice.diagnostics.follow_ons import MENDED_WITH, NO_GROUP, SAYS_NOTHING
from tests.helpers.projects import REPOSITORY

CATALOGUE = REPOSITORY / "src/goodpractice/i18n/locale/goodpractice.pot"


def test_every_word_by_which_a_follow_on_is_known_is_one_of_a_message() -> None:
    # Long messages stand in several lines of the catalogue.
    messages = CATALOGUE.read_text(encoding="utf-8").replace('"\n"', "").replace('msgid ""', "msgid ")
    for beginning in (NO_GROUP, SAYS_NOTHING, *(words for words, __ in MENDED_WITH)):
        assert f'"{beginning}' in messages, f"no message begins so any more: {beginning}"
