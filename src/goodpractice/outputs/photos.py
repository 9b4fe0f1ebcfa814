"""Photos of case studies, as the site shows them: scaled, without metadata."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goodpractice.outputs.output import Made, Output, Target
from goodpractice.outputs.site import Site
from goodpractice.photos.publishing import collect_derived, load_derived


class PhotoFiles(Output):
    """Only photos with consent are among `kb.photos`: what may not be shown any more is not a target."""

    name = "photos"

    def list_targets(self, site: Site) -> Iterator[Target]:
        """A file for each photo and width. Its name holds the digest of the photo that it is made from."""
        site.ask("photos")
        for name, key in collect_derived(site.kb.photos).items():
            yield Target(name, key)

    def prepare(self, site: Site, targets: Sequence[Target]) -> None:
        """Scale what the cache has not, several at a time; what belongs to no photo any more goes from it."""
        wanted = [target.name for target in targets]
        site.prepared.update(load_derived(site.kb.photos, site.root, wanted, fresh=site.is_fresh))

    def make(self, site: Site, target: Target) -> Made:
        """Hand over what was prepared."""
        return Made(site.prepared.pop(target.name))
