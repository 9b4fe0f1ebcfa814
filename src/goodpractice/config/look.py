"""How a site looks: its logo, colours and fonts, as a community sets them below `theme` in `mkdocs.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field, StrictStr

from goodpractice.config.colours import read_colour
from goodpractice.config.limits import SettingsGroup

Colour = Annotated[StrictStr, BeforeValidator(read_colour)]

#: Instead of a file of a font: the font of the reader's device.
DEVICE = "device"


class Colours(SettingsGroup):
    """Colours of one scheme, under the names of the page about the design. What is not set follows from the rest."""

    brand: Colour | None = Field(None, description="The ground of the header, the footer and buttons.")
    sun: Colour | None = Field(
        None, description="What shines on it: the mark of the current part, the band of the footer."
    )
    link: Colour | None = Field(None, description="Links.")
    ink: Colour | None = Field(None, description="Text.")
    paper: Colour | None = Field(None, description="The ground of a page.")
    surface: Colour | None = Field(None, description="The ground of panels, such as the facts of a case study.")
    card: Colour | None = Field(None, description="The ground of cards.")
    mark: Colour | None = Field(None, description="The ground of tips and of words that were searched for.")
    plum: Colour | None = Field(None, description="Chapters.")
    rust: Colour | None = Field(None, description="Case studies.")
    teal: Colour | None = Field(None, description="Partners.")
    indigo: Colour | None = Field(None, description="Themes.")
    moss: Colour | None = Field(None, description="Programmes and plans.")
    sea: Colour | None = Field(None, description="Networks.")
    ochre: Colour | None = Field(None, description="Resources.")
    red: Colour | None = Field(None, description="Warnings.")

    @property
    def given(self) -> Mapping[str, str]:
        """The colours that are set, by name."""
        return {name: value for name in Colours.model_fields if (value := getattr(self, name))}


class ColourSettings(Colours):
    """The colours of a site; those of the light scheme, and below `dark` those of the dark one."""

    dark: Colours = Field(
        Colours(), description="The same in dark colours. What is left out follows from the light ones."
    )


class FontSettings(SettingsGroup):
    """Fonts: files in `docs/`, so that nothing is fetched from elsewhere."""

    headings: StrictStr | None = Field(
        None,
        description="The file of the font for headings, ending in .woff2; `device` for that of the reader's device.",
    )
    text: StrictStr | None = Field(
        None, description="The file of the font for text, ending in .woff2. Unless set, that of the reader's device."
    )
    bold: StrictStr | None = Field(
        None, description="The file for bold text. A variable font is one file: name it in both lines."
    )
    italic: StrictStr | None = Field(None, description="The file for slanted text.")

    @property
    def given(self) -> Mapping[str, str]:
        """The fonts that are set, by what they are for."""
        return {name: value for name in FontSettings.model_fields if (value := getattr(self, name))}


class ThemeSettings(SettingsGroup):
    """The theme: where its templates lie, and how the site looks. Another theme may have settings of its own."""

    model_config = ConfigDict(extra="allow")

    name: StrictStr | None = Field(None, description="The name of an installed theme: `goodpractice` unless set.")
    custom_dir: StrictStr | None = Field(None, description="The folder of templates in the project.")
    static_templates: tuple[StrictStr, ...] = Field((), description="Templates that make a page each.")
    language: StrictStr | None = Field(None, description="The code of the language of the site, such as `en` or `cy`.")
    logo: StrictStr | None = Field(None, description="The file of the logo, in `docs/`: a square.")
    favicon: StrictStr | None = Field(None, description="The file of the sign that browsers show beside the title.")
    colours: ColourSettings = Field(ColourSettings(), description='Colours, in quotation marks: `brand: "#1d4e5f"`.')
    fonts: FontSettings = Field(FontSettings(), description="Fonts: files in `docs/`.")
