"""The server of `goodpractice serve`, asked by browsers and by others."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from unittest.mock import Mock

import pytest

from goodpractice.engine import server as server_module
from goodpractice.engine.server import Audience, Server, find_free_port, is_known_host, make_server

SECONDS = 60
Ask = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("index.html", "about/index.html", "a b/index.html", "404.html", "mark.svg"):
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"<body>{name}</body>", encoding="utf-8")
    (tmp_path / "site/x\r\nSet-Cookie: a=b").mkdir()
    return tmp_path / "site"


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    made = make_server(("127.0.0.1", 0), folder, "/my repo/", Audience(), ["Studio.example."])
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


def connect(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.server_port), timeout=SECONDS)


def ask(server: Server, target: str, host: str = "localhost", method: str = "GET") -> tuple[str, str]:
    """The head and the body of an answer."""
    with connect(server) as connection:
        request = f"{method} {target} HTTP/1.1\r\n{f'Host: {host}' if host else 'X: y'}\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        result = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    head, _, body = result.partition("\r\n\r\n")
    return head, body


def find(head: str, name: str) -> str:
    return next((line.partition(": ")[2] for line in head.split("\r\n") if line.startswith(f"{name}: ")), "")


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("localhost", True),
        ("LocalHost:8000", True),
        ("goodpractice.localhost:8000", True),
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        ("192.168.1.7", True),
        ("studio.example:8000", True),
        ("evil.example", False),
        ("localhost.evil.example:8000", False),
        ("127.0.0.1.evil.example", False),
        ("evil.example@localhost:x", False),
        ("127.0.0.1:port", False),
        ("", False),
        ("[", False),
    ],
)
def test_a_browser_means_this_computer(host: str, known: bool) -> None:
    assert is_known_host(host, {"studio.example"}) == known


def test_another_name_is_refused_with_what_to_do(server: Server) -> None:
    for target in ("/my%20repo/", "/my%20repo/__goodpractice/events", "http://localhost/my%20repo/"):
        head, body = ask(server, target, "evil<b>.example:8000")
        assert head.startswith("HTTP/1.1 403 ")
        assert "goodpractice serve --allow-host evil&lt;b&gt;.example" in body
        assert "index.html" not in body
    assert ask(server, "/my%20repo/", "studio.example")[0].startswith("HTTP/1.1 200 ")


@pytest.mark.parametrize(
    ("target", "there"),
    [
        ("/", "/my%20repo/"),
        ("/my%20repo", "/my%20repo/"),
        ("/my%20repo?q=a%20b&c=%C3%A9", "/my%20repo/?q=a%20b&c=%C3%A9"),
        ("/my%20repo/about", "/my%20repo/about/"),
        ("/my%20repo/a%20b", "/my%20repo/a%20b/"),
        # Not another site, and no line of its own.
        ("/my%20repo/%2fabout", "/my%20repo/about/"),
        ("/my%20repo/%2f%2fevil.example/..", "/my%20repo/./"),
        ("/my%20repo/x%0d%0aSet-Cookie:%20a=b", "/my%20repo/x%0D%0ASet-Cookie%3A%20a%3Db/"),
    ],
)
def test_redirects_lead_to_what_is_there(server: Server, target: str, there: str) -> None:
    head, _ = ask(server, target)
    assert head.startswith("HTTP/1.1 302 ")
    assert find(head, "Location") == there
    assert "Set-Cookie: " not in head


@pytest.mark.parametrize(
    "target", ["/my%20repo/", "/my%20repo/about/", "/my%20repo/mark.svg", "/my%20repo/no", "/my%20repo", "/no"]
)
def test_the_head_alone_is_that_of_the_whole_answer(server: Server, target: str) -> None:
    head, body = ask(server, target, method="HEAD")
    whole, _ = ask(server, target)
    assert body == ""
    assert head.split("\r\n")[0] == whole.split("\r\n")[0]
    assert find(head, "Content-Length") == find(whole, "Content-Length")


def test_no_value_begins_a_header_of_its_own() -> None:
    assert "".join(map(server_module._quote_control, "a\r\nb: ŵ\x00")) == "a%0D%0Ab: %C5%B5%00"


@pytest.mark.parametrize("begun", [b"", b"GET /my%20repo/ HTTP/1.1\r\nHost: loc", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"])
def test_a_connection_that_waits_too_long_is_ended(
    server: Server, monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(server_module, "PATIENCE", 0.05)
    with connect(server) as connection:
        connection.sendall(begun)
        while connection.recv(65536):
            pass


def test_the_one_that_waits_longest_makes_room(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "MOST_CONNECTIONS", 3)
    # No thread answers: how soon each of them began would decide which connection waits longest.
    monkeypatch.setattr(ThreadingHTTPServer, "process_request", lambda *arguments: None)
    listening, *waiting = (Mock(spec=socket.socket) for _ in range(6))
    server.process_request(listening, ("127.0.0.1", 1))
    server.let_stay(listening)
    for connection in waiting:
        server.process_request(connection, ("127.0.0.1", 1))
    assert [connection.shutdown.called for connection in waiting] == [True, True, True, False, False]
    assert not listening.shutdown.called, "a page that listens is the last to go"
    server._ends.clear()


def test_a_page_that_listens_has_its_place_with_the_first_words_of_the_answer(server: Server) -> None:
    with connect(server) as listening:
        listening.sendall(b"GET /my%20repo/__goodpractice/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"text/event-stream" in listening.recv(65536)
        assert list(server._ends.values()) == [float("inf")]


def test_a_connection_that_made_room_is_closed(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "MOST_CONNECTIONS", 1)
    with connect(server) as waiting:
        assert ask(server, "/my%20repo/")[0].startswith("HTTP/1.1 200 ")
        assert waiting.recv(1) == b""


def test_a_free_port_is_found() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        free = find_free_port("127.0.0.1", port - 1)
        assert free not in (0, port)
        with socket.create_server(("127.0.0.1", free)):
            pass
