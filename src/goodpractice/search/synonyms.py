"""The words people use: what the search does with a word that our pages do not use.

Three things happen to a word, each where it costs least:

- When the site is built: everyday words for a theme, an audience or a setting
  (`also` in the data files) become hidden words of the pages that carry it.
- When somebody searches, from the small file made here: a word that the
  glossary speaks of is searched for together with the words used here, and a
  note above the results says which and why; British and American spelling,
  and irregular verbs and plurals, are searched for in all their forms.
- In the index: regular plurals and verb forms (stemmers) and accents (`Dwr`
  finds `Dŵr`), so nothing is done about them here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.kinds import TERM, Term
from goodpractice.kinds.registry import COLLECTIONS, KINDS, QUESTIONS
from goodpractice.search.analysis import fold

#: British and American beginnings of words: who writes one finds the other.
SPELLINGS: tuple[tuple[str, str], ...] = (
    ("ageing", "aging"),
    ("analys", "analyz"),
    ("behaviour", "behavior"),
    ("cancell", "cancel"),
    ("catalogue", "catalog"),
    ("catalys", "catalyz"),
    ("centre", "center"),
    ("colour", "color"),
    ("counsell", "counsel"),
    ("defence", "defense"),
    ("dialogue", "dialog"),
    ("endeavour", "endeavor"),
    ("enrol", "enroll"),
    ("favour", "favor"),
    ("fulfil", "fulfill"),
    ("grey", "gray"),
    ("honour", "honor"),
    ("humour", "humor"),
    ("labour", "labor"),
    ("learnt", "learned"),
    ("licence", "license"),
    ("maths", "math"),
    ("modell", "model"),
    ("mum", "mom"),
    ("neighbour", "neighbor"),
    ("paediatric", "pediatric"),
    ("practise", "practice"),
    ("programme", "program"),
    ("rumour", "rumor"),
    ("theatre", "theater"),
    ("travell", "travel"),
    ("wheelchair", "wheel-chair"),
)
#: Forms that a stemmer does not join.
FORMS: tuple[tuple[str, ...], ...] = (
    ("begin", "began", "begun"),
    ("bring", "brought"),
    ("build", "built"),
    ("buy", "bought"),
    ("child", "children"),
    ("choose", "chose", "chosen", "choice"),
    ("decide", "decision"),
    ("draw", "drew", "drawn"),
    ("evaluate", "evaluation"),
    ("fall", "fell", "fallen"),
    ("feel", "felt"),
    ("fund", "funding", "funder"),
    ("grow", "grew", "grown"),
    ("hold", "held"),
    ("keep", "kept"),
    ("lead", "led"),
    ("leave", "left"),
    ("lend", "lent"),
    ("lose", "lost"),
    ("meet", "met"),
    ("pay", "paid", "payment"),
    ("person", "people"),
    ("speak", "spoke", "spoken"),
    ("spend", "spent"),
    ("teach", "taught"),
    ("write", "wrote", "written"),
    ("woman", "women"),
)


def fold_word(word: str) -> str:
    """A folded word without its plural ending: enough to recognise a phrase, too little to search with."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def fold_phrase(text: str) -> str:
    """The key under which a phrase is looked up."""
    return " ".join(fold_word(word) for word in fold(text).split())


def make_synonyms(kb: KnowledgeBase) -> dict[str, Any]:
    """The content of the file of words, which every search loads.

    Args:
        kb: The knowledge base.

    Returns:
        `phrases`: numbers of terms, by phrase. `terms`: for each number where
        it is explained and what is searched for as well. `spelling`: other
        beginnings of words. `forms`: groups of forms.
        `situations`: of each situation that the finder asks about its
        question, the choice in the finder, and phrases for it.
    """
    phrases: dict[str, list[int]] = {}
    terms: list[dict[str, Any]] = []
    by_word = {fold_phrase(part): term for term in kb.terms.values() for part in _split_word(term.word)}
    for number, term in enumerate(kb.terms.values()):
        for phrase in (*_split_word(term.word), *term.also):
            numbers = phrases.setdefault(fold_phrase(phrase), [])
            if number not in numbers:
                numbers.append(number)
        terms.append(_describe(term, by_word))
    return {
        "phrases": phrases,
        "terms": terms,
        "spelling": dict(sorted(pair for one, other in SPELLINGS for pair in ((one, other), (other, one)))),
        "forms": [list(group) for group in FORMS],
        "situations": list(_list_situations(kb)),
    }


def _list_situations(kb: KnowledgeBase) -> Iterator[tuple[str, str, list[str]]]:
    for kind in QUESTIONS:
        if "question" in KINDS[kind].model.model_fields:
            for id, record in kb.table(kind).items():
                phrases = dict.fromkeys(fold_phrase(text) for text in (record.question, record.name, *record.also))
                yield record.question, f"{kind}={id}", list(phrases)


def _describe(term: Term, by_word: Mapping[str, Term]) -> dict[str, Any]:
    own = _split_word(term.word)
    instead = [by_word[key] for text in term.say_instead if (key := fold_phrase(text)) in by_word]
    return {
        "use": term.use,
        "url": COLLECTIONS[TERM].record_url(term.id),
        "own": [fold_phrase(part) for part in own],
        "search": [fold(part) for part in (*own, *(part for other in instead for part in _split_word(other.word)))],
    }


def make_notes(kb: KnowledgeBase) -> list[dict[str, Any]]:
    """What the note above the results says of each term, by its number in `make_synonyms`."""
    notes = []
    for term in kb.terms.values():
        note: dict[str, Any] = {"word": term.word}
        if term.say_instead:
            note["instead"] = list(term.say_instead)
        if term.why:
            note["why"] = term.why
        notes.append(note)
    return notes


def _split_word(word: str) -> list[str]:
    return [part.strip() for part in word.split(",") if part.strip()]
