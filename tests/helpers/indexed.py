"""Small pages, indexed by the real program."""

from goodpractice.search.service import PagefindService

PAGE = '<html lang="en"><body><h1 id="t">{0}</h1><h2 id="s">Section</h2><p>Text of {0}</p></body></html>'


def make_files(titles: list[str], piece_size: int = 4000) -> dict[str, bytes]:
    with PagefindService(piece_size=piece_size) as service:
        for title in titles:
            service.add_page(f"pages/{title}/", PAGE.format(title))
        return service.make_files()
