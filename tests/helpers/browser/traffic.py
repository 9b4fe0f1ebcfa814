"""What pages ask of others, and what they complain of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page, Request, Response


@dataclass
class Traffic:
    """What the pages of a test asked of others, and what they complained of."""

    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        not_found: set[str] = set()

        def on_request(request: Request) -> None:
            parts = urlsplit(request.url)
            if parts.hostname != "127.0.0.1" and parts.scheme not in ("data", "blob"):
                self.foreign.append(f"{request.url} from {page.url}")

        def on_response(response: Response) -> None:
            if response.status == 404 and response.request.is_navigation_request():
                not_found.add(response.url)

        def on_console(message: ConsoleMessage) -> None:
            # That an unknown address answers 404 is as it should be.
            if message.type == "error" and message.location.get("url") not in not_found:
                self.errors.append(f"{message.text} at {message.location} on {page.url}")

        page.on("request", on_request)
        page.on("response", on_response)
        page.on("console", on_console)
        page.on("pageerror", lambda error: self.errors.append(f"{error} on {page.url}"))
