"""Words by which people call the fields of a case study, and facts by which a text is known as one."""

from __future__ import annotations

from collections.abc import Mapping

#: Everyday names of fields of a case study, and how the form calls them.
EVERYDAY_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("location", "where", "town", "city", "area", "venue"), "place"),
    **dict.fromkeys(("date", "when", "time", "years", "dates"), "year"),
    **dict.fromkeys(("name", "heading", "headline", "titel"), "title"),
    **dict.fromkeys(("description", "abstract", "about", "short_summary"), "summary"),
    **dict.fromkeys(("partner", "organisation", "organisations", "organization", "organizations"), "partners"),
    **dict.fromkeys(("theme", "topic", "topics", "tags", "tag", "keywords", "categories", "category"), "themes"),
    **dict.fromkeys(("source", "links", "link", "references"), "sources"),
    **dict.fromkeys(("approved_on", "partner_approved", "approved", "approval"), "partner_approved_on"),
    **dict.fromkeys(("author", "authors", "contributor"), "contributors"),
    **dict.fromkeys(("audience", "who"), "audiences"),
    **dict.fromkeys(("cost", "costs", "budget"), "money"),
    **dict.fromkeys(("image", "images", "photo", "pictures"), "photos"),
    # In other languages of the field, without accents: Welsh, German, French, Spanish, Italian
    **dict.fromkeys(("teitl", "titre", "titulo", "titolo"), "title"),
    **dict.fromkeys(("crynodeb", "zusammenfassung", "resume", "resumen", "riassunto"), "summary"),
    **dict.fromkeys(("partneriaid", "partner_innen", "partenaires", "socios", "partenaire"), "partners"),
    **dict.fromkeys(("lle", "lleoliad", "ort", "lieu", "lugar", "luogo"), "place"),
    **dict.fromkeys(("blwyddyn", "jahr", "annee", "ano", "anno"), "year"),
    **dict.fromkeys(("themau", "themen", "sujets", "temas", "temi"), "themes"),
    **dict.fromkeys(("ffynonellau", "quellen", "fuentes", "fonti"), "sources"),
}
#: Facts that only a case study has, alone or three together.
SURE_FACTS = frozenset({"partners", "partner_approved_on"})
STORY_FACTS = frozenset(
    {
        *("place", "year", "period", "themes", "programme", "audiences", "setting", "equity_dimensions", "power"),
        *("money", "staff_time", "access_costs", "safeguarding", "how_contact_began", "how_it_ended", "photos"),
        *("partner_account", "contributors"),
    }
)
