"""Issues of the newsletter to take along: each as a message for a mail program, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from goodpractice.content.knowledge_base import KnowledgeBase
from goodpractice.i18n.typography import has_these_quotes, set_quotes
from goodpractice.kinds.newsletter import NEWSLETTER, mail_url, markdown_url
from goodpractice.newsletter.plain import write_markdown
from goodpractice.outputs.output import Made, Output, Target
from goodpractice.outputs.pages import expand_text
from goodpractice.outputs.site import Site
from goodpractice.pages import Page
from goodpractice.render.environment import Html, fill
from goodpractice.render.feeds import feed_url
from goodpractice.render.links import anchor
from goodpractice.render.page import render_written
from goodpractice.render.palette import make_palette

if TYPE_CHECKING:
    from goodpractice.newsletter.mail import Mailing

MAIL, MARKDOWN = "mail", "markdown"


class Newsletters(Output):
    """Two files beside the page of each issue, as long as the site has an address for links to lead to."""

    name = "newsletters"
    needs = ("css_inline",)

    def list_targets(self, site: Site) -> Iterator[Target]:
        """The files of each issue, with the plan of its page."""
        if not site.kb.site_url:
            return
        site.ask("plan")
        for page, plan in zip(site.plan, site.plan_texts, strict=True):
            if page.kind == NEWSLETTER and not page.language:
                yield Target(mail_url(page.url, page.id), (MAIL, page), plan)
                yield Target(markdown_url(page.url, page.id), (MARKDOWN, page), plan)

    def make(self, site: Site, target: Target) -> Made:
        """Write one of them."""
        # What makes messages takes as long to load as an edit of one story takes to make.
        from goodpractice.newsletter.mail import make_mail

        form, page = target.item
        issue = read_issue(site, page)
        if form == MAIL:
            return Made(make_mail(issue, choose_colours(site.kb)))
        return Made(write_markdown(issue.html).encode())


def choose_colours(kb: KnowledgeBase) -> Mapping[str, str]:
    """The colours of the site in light, by name."""
    return make_palette(kb.settings.look.colours).schemes["light"]


def read_issue(site: Site, page: Page) -> Mailing:
    """What is sent of an issue: its title and text, and where it comes from."""
    from goodpractice.newsletter.mail import Mailing, clean_html

    kb, (inputs, __) = site.kb, site.speak("")
    record = kb.table(NEWSLETTER)[page.id]
    name = str(kb.settings.file.get("site_name") or kb.site_url)
    here, feed = kb.site_url + page.url, kb.site_url + feed_url()
    head = Html("<h1>{}</h1><p>{}</p>").format(record.title, record.summary)
    if has_these_quotes(kb.language.code):
        head = Html(set_quotes(head))
    text = render_written(page, inputs, expand_text(site, page))
    words = kb.gettext(
        "{site} has no list of addresses: this message comes from whoever sent it to you. Pass it on, or follow what "
        "is new with a feed reader: {feed}"
    )
    foot = Html("<hr><p>{}</p><p>{}</p>").format(
        fill(kb.gettext("This issue on the web: {page}"), page=anchor(here, here)),
        fill(words, site=name, feed=anchor(feed, feed)),
    )
    return Mailing(f"{name}: {record.title}", clean_html(f"{head}{text}{foot}", here), kb.language, record.published_on)
