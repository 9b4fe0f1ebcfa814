"""Pictures of the whole: who worked on which theme, when, and where examples are missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.sorting import sort_key
from goodpractice.kinds import PARTNER, THEME, PartnerInvolved
from goodpractice.kinds.blocks import ChartBlock, View
from goodpractice.kinds.charts import Bars, Columns, Matrix
from goodpractice.kinds.texts import Joined, RecordLink, Sentence, Text
from goodpractice.kinds.views.links import link_share
from goodpractice.kinds.views.lists import overview_head

#: Rows and columns that a matrix can have and still be read.
MOST_ROWS = 18
MOST_COLUMNS = 16
#: Columns of a picture of years; longer spans are drawn in steps of several years.
MOST_YEARS = 24


def glance_page(kb: KnowledgeBase) -> View:
    """The collection in pictures, each with its table."""
    # In any order: a title that moves a case study in the list changes nothing here.
    cases = [(case.first_year, case.themes, _partners(kb, case.partners)) for case in kb.case_studies.values()]
    years = [year for year, _, _ in cases if year is not None]
    return (
        overview_head(kb, "at-a-glance", kb.gettext("Overview")),
        _show_gaps(kb),
        *_show_matrix(kb, cases),
        *_show_years(kb, years, len(cases) - len(years)),
    )


def _partners(kb: KnowledgeBase, involved: Sequence[PartnerInvolved]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.partner for entry in involved if entry.partner and entry.partner in kb.partners))


def _show_gaps(kb: KnowledgeBase) -> ChartBlock:
    """Themes by number of case studies, and which have none."""
    counts = {theme: len(kb.select_case_studies(theme=theme)) for theme in kb.themes}
    # The fewest first: the gaps are what the picture is about.
    order = sorted(counts, key=lambda theme: (counts[theme], sort_key(kb.themes[theme].name), theme))
    few = sorted({number for number in counts.values() if number < 2})
    said = {0: kb.gettext("No case study yet: {themes}."), 1: kb.gettext("Only one case study: {themes}.")}
    sentences: list[Text] = [
        Sentence(said[number], {"themes": _join(kb, [theme for theme in order if counts[theme] == number])})
        for number in few
    ]
    share = kb.gettext("share it")
    sentences.append(
        Sentence(kb.gettext("If you know an example, {share}."), {"share": link_share(kb, share) or share})
        if few
        else kb.gettext("Every theme has at least two case studies.")
    )
    names = {theme: kb.themes[theme].name for theme in order}
    title = kb.gettext(
        "Case studies on each theme, from {least} up to {most}.", least=counts[order[0]], most=counts[order[-1]]
    )
    return ChartBlock(
        "gp-themes",
        kb.gettext("Which themes lack examples"),
        Joined(tuple(sentences), " "),
        Bars(title, tuple((names[theme], counts[theme]) for theme in order)),
        (kb.gettext("Theme"), kb.gettext("Case studies"), kb.gettext("Chapters")),
        tuple((RecordLink(THEME, theme), counts[theme], len(kb.select_chapters([theme]))) for theme in order),
    )


def _join(kb: KnowledgeBase, themes: Sequence[str]) -> Text:
    """Links as words of a sentence: `a, b and c`."""
    *links, last = (RecordLink(THEME, theme) for theme in themes)
    return Joined((Joined(tuple(links)), kb.gettext("and"), last), " ") if links else last


def _show_matrix(kb: KnowledgeBase, cases: Sequence[tuple[int | None, tuple[str, ...], tuple[str, ...]]]) -> View:
    """Partners with the most case studies, and their themes."""
    met: Counter[tuple[str, str]] = Counter()
    told: Counter[str] = Counter()
    for _, themes, partners in cases:
        told.update(partners)
        met.update((partner, theme) for partner in partners for theme in themes)
    if not told:
        return ()
    used = Counter(theme for _, themes, _ in cases for theme in themes if theme in kb.themes)
    # A theme without any stays: an empty column says so.
    columns = list(kb.themes)
    if len(columns) > MOST_COLUMNS:
        kept = set(sorted(columns, key=lambda theme: (-used[theme], theme))[:MOST_COLUMNS])
        columns = [theme for theme in columns if theme in kept]
    ranked = sorted(told, key=lambda partner: (-told[partner], sort_key(kb.partners[partner].name), partner))
    rows = ranked[:MOST_ROWS]
    names = [kb.partners[partner].name for partner in rows]
    cells = {(r, c): met[partner, theme] for r, partner in enumerate(rows) for c, theme in enumerate(columns)}
    title = kb.language.ngettext(
        "Themes in the case studies of {number} partner. The table below the picture says the same.",
        "Themes in the case studies of {number} partners. The table below the picture says the same.",
        len(rows),
    )
    text = [kb.gettext("A dot means that the partner took part in a case study on the theme; a number, in so many.")]
    if len(rows) < len(ranked):
        text.append(kb.gettext("These are the {number} partners with the most case studies.", number=len(rows)))
        more = len(ranked) - len(rows)
        text.append(
            kb.gettext("{number} more took part in one or more.", number=more)
            if told[rows[-1]] > 1
            else kb.language.ngettext("{number} more took part in one.", "{number} more took part in one each.", more)
        )
    figure = ChartBlock(
        "gp-matrix",
        kb.gettext("Who worked on which theme"),
        " ".join(text),
        Matrix(title, tuple(kb.themes[theme].name for theme in columns), tuple(names), cells),
        (kb.gettext("Partner"), kb.gettext("Case studies"), kb.gettext("Themes")),
        tuple((RecordLink(PARTNER, partner), told[partner], _name_themes(partner, columns, met)) for partner in rows),
    )
    return (figure,)


def _name_themes(partner: str, columns: Sequence[str], met: Counter[tuple[str, str]]) -> Joined:
    return Joined(
        tuple(
            Joined((RecordLink(THEME, theme), f" ({number})" if number > 1 else ""), "")
            for theme in columns
            if (number := met[partner, theme])
        )
    )


def _show_years(kb: KnowledgeBase, years: Sequence[int], undated: int) -> View:
    """Case studies by the first year that is documented, and how many are left out because none is."""
    if not years:
        return ()
    first, last = min(years), max(years)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if (last - first) // step < MOST_YEARS)
    start = first - first % step
    counts = Counter((year - start) // step for year in years)
    columns = [
        (str(start + at * step), _span(kb, start + at * step, step), counts[at])
        for at in range((last - start) // step + 1)
    ]
    title = kb.language.ngettext(
        "{number} case study from {first} to {last}.",
        "{number} case studies from {first} to {last}.",
        len(years),
        first=first,
        last=last,
    )
    text = [
        kb.gettext(
            "By the first year that each case study gives. A story that went on for several years is counted once."
        )
    ]
    if undated:
        text.append(
            kb.language.ngettext(
                "{number} case study is left out, because no year is documented for it.",
                "{number} case studies are left out, because no year is documented for them.",
                undated,
            )
        )
    if step > 1:
        text.append(kb.gettext("Each column stands for {number} years.", number=step))
    figure = ChartBlock(
        "gp-years",
        kb.gettext("Case studies over time"),
        " ".join(text),
        Columns(title, tuple((label, number) for label, _, number in columns)),
        (kb.gettext("Year") if step == 1 else kb.gettext("Years"), kb.gettext("Case studies")),
        tuple((span, number) for _, span, number in columns if number),
    )
    return (figure,)


def _span(kb: KnowledgeBase, year: int, step: int) -> str:
    return str(year) if step == 1 else kb.gettext("{first} to {last}", first=year, last=year + step - 1)
