"""Meeting packs: three plans that come to their minutes, each with time for what it needs, and no sentence twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goodpractice.content.document import Origin
from goodpractice.content.fields import ValuePath
from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.diagnostics import rules
from goodpractice.diagnostics.rules import Diagnostic, shorten
from goodpractice.i18n.languages import gettext_noop as N_
from goodpractice.i18n.messages import gettext_lazy as _
from goodpractice.kinds import CHAPTER, PACK, Pack
from goodpractice.kinds.pack import LENGTHS, NEEDED

#: Longer sentences are cut in messages.
_MOST_SHOWN = 60
#: Where a sentence ends: a mark, perhaps with a closing quotation mark or bracket. A name such as Ignite! ends none.
_END = re.compile(r"(?<=[.!?:])[\"'”’)]*\s+(?![a-z])")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_APOSTROPHE = re.compile("['\u2018\u2019]")
_NO_TIME = {
    "settle": N_("in the plan for {length} minutes, people have no time to arrive"),
    "talk": N_("in the plan for {length} minutes, people have no time to talk"),
    "decide": N_("in the plan for {length} minutes, people have no time to decide what happens next"),
}


def check_packs(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """The plans of all packs, the sheets of those that have nothing for one, and sentences that stand in two packs."""
    seen: dict[str, tuple[str, Origin, ValuePath]] = {}
    for pack_id, pack in kb.table(PACK).raw.items():
        origin = kb.origins[PACK, pack_id]
        yield from _check_plan(pack, origin)
        if not pack.points and (CHAPTER, pack_id) in kb.documents and not kb.digest_chapter(pack_id).points:
            message = _("the first section of the chapter has no list, so the sheet of this pack is empty")
            hint = _("Add `points:` with three to six sentences that somebody can act on.")
            yield origin.diagnose(("id",), rules.PACK_WITHOUT_POINTS, message, hint)
        for where, sentence in _list_sentences(pack):
            key = _fold(sentence)
            first_id, first, first_where = seen.setdefault(key, (pack_id, origin, where))
            if key and first_id != pack_id:
                line = first.find(first_where)[0]
                message = _(
                    "`{sentence}` stands in the pack `{other}` already, on line {line}",
                    sentence=shorten(sentence, _MOST_SHOWN),
                    other=first_id,
                    line=line,
                )
                hint = _("Say what is true of this chapter alone.")
                yield origin.diagnose(where, rules.SENTENCE_TWICE, message, hint)


def _check_plan(pack: Pack, origin: Origin) -> Iterator[Diagnostic]:
    for field, length in LENGTHS.items():
        there = [step for step in pack.steps if getattr(step, field) is not None]
        total = sum(getattr(step, field) for step in there)
        if total != length:
            message = _("the steps with `{field}` come to {total} minutes", field=field, total=total)
            hint = _("Change them until they come to {length}.", length=length)
            yield origin.diagnose(("steps",), rules.PLAN_MINUTES, message, hint)
        for part in NEEDED:
            if not any(step.part == part for step in there):
                message = _(_NO_TIME[part], length=length)
                hint = _("Give a step with `part: {part}` a number in `{field}`.", part=part, field=field)
                yield origin.diagnose(("steps",), rules.PLAN_WITHOUT, message, hint)


def _list_sentences(pack: Pack) -> Iterator[tuple[ValuePath, str]]:
    """What the pack says in sentences of its own; points come from the chapter, and what to bring is no sentence."""
    for name in ("outcome", "who", "room", "power", "shorter"):
        yield from _split(getattr(pack, name), (name,))
    for number, card in enumerate(pack.cards):
        yield from _split(card.text, ("cards", number, "text"))
    for number, step in enumerate(pack.steps):
        for name in ("title", "text", "say"):
            yield from _split(getattr(step, name) or "", ("steps", number, name))


def _split(text: str, where: ValuePath) -> Iterator[tuple[ValuePath, str]]:
    return ((where, sentence) for sentence in _END.split(text))


def _fold(sentence: str) -> str:
    """A sentence without capitals, punctuation and numbers, in which two that say the same are the same."""
    words = _WORD.findall(_APOSTROPHE.sub("", sentence.casefold()))
    return " ".join("0" if word.isdigit() else word for word in words)
