"""Firefox as readers have it, by its own Marionette protocol: Playwright drives a Firefox of its own only."""

from __future__ import annotations

import base64
import json
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

#: Seconds: a busy computer takes a minute to start a browser.
_PATIENCE = 120
_PREFERENCES = {
    "marionette.port": 0,
    "dom.w3c_touch_events.enabled": 1,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.auto": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.startup.page": 0,
}


class Firefox:
    """A Firefox that listens."""

    def __init__(self, port: int) -> None:
        self._connection = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)
        self._file = self._connection.makefile("rb")
        self._number = 0
        self._read()
        self.send("WebDriver:NewSession", capabilities={"alwaysMatch": {"acceptInsecureCerts": True}})

    def close(self) -> None:
        """Hang up."""
        self._file.close()
        self._connection.close()

    def send(self, command: str, **parameters: Any) -> Any:
        """Send a command of WebDriver, and give what it answers."""
        self._number += 1
        message = json.dumps([0, self._number, command, parameters]).encode()
        self._connection.sendall(b"%d:%s" % (len(message), message))
        _, _, problem, answer = self._read()
        if problem:
            raise AssertionError(f"{command}: {problem['error']}: {problem['message']}")
        return answer.get("value") if isinstance(answer, dict) and "value" in answer else answer

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            letter = self._file.read(1)
            if not letter:
                raise AssertionError("Firefox hung up.")
            length += letter
        return json.loads(self._file.read(int(length[:-1])))

    def go(self, address: str) -> None:
        """Load a page."""
        self.send("WebDriver:Navigate", url=address)

    def open_anew(self) -> None:
        """Close the tab, and open another one."""
        new = self.send("WebDriver:NewWindow", type="tab")["handle"]
        self.send("WebDriver:CloseWindow")
        self.send("WebDriver:SwitchToWindow", handle=new)

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page, and give what it returns."""
        return self.send("WebDriver:ExecuteScript", script=script, args=list(arguments))

    def wait(self, script: str, *arguments: Any, patience: int = _PATIENCE) -> None:
        """Wait until a script returns something true."""
        given_up = time.monotonic() + patience
        while True:
            # While a page gives way to the next one there is none to run in.
            with suppress(AssertionError):
                if self.run(script, *arguments):
                    return
            assert time.monotonic() < given_up, f"In vain: {script} {arguments}"
            time.sleep(0.02)

    def press(self, keys: str) -> None:
        """Press and let go of keys one after the other."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.send("WebDriver:PerformActions", actions=[{"type": "key", "id": "keys", "actions": actions}])

    def upload(self, selector: str, files: Iterable[Path]) -> None:
        """Choose files in a field for files."""
        found = self.send("WebDriver:FindElement", using="css selector", value=selector)
        (id,) = found.values()
        self.send("WebDriver:ElementSendKeys", id=id, text="\n".join(map(str, files)))

    def print(self) -> bytes:
        """The page as a PDF."""
        return base64.b64decode(self.send("WebDriver:Print"))

    def tap(self, selector: str) -> None:
        """Touch the middle of the first element that fits."""
        script = """const element = document.querySelector(arguments[0]);
            element.scrollIntoView({block: "center"});
            const box = element.getClientRects()[0];
            return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];"""
        x, y = self.run(script, selector)
        actions = [
            {"type": "pointerMove", "x": x, "y": y, "duration": 0},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        finger = {"type": "pointer", "id": "finger", "parameters": {"pointerType": "touch"}, "actions": actions}
        self.send("WebDriver:PerformActions", actions=[finger])


@contextmanager
def open_firefox(path: str, profile: Path, width: int, height: int) -> Iterator[Firefox]:
    """Start a Firefox without a window whose pages are so large."""
    profile.mkdir()
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in _PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [path, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            firefox = Firefox(_find_port(profile, process))
        except BaseException:
            process.terminate()
            raise
        try:
            firefox.send("WebDriver:SetWindowRect", width=width, height=height)
            # The frame of the window is not part of the page.
            extra = width - firefox.run("return innerWidth"), height - firefox.run("return innerHeight")
            firefox.send("WebDriver:SetWindowRect", width=width + extra[0], height=height + extra[1])
            yield firefox
        finally:
            process.terminate()
            firefox.close()


def _find_port(profile: Path, process: subprocess.Popen[bytes]) -> int:
    given_up = time.monotonic() + _PATIENCE
    while not (file := profile / "MarionetteActivePort").exists() or not file.read_text():
        assert process.poll() is None, "Firefox ended at once."
        assert time.monotonic() < given_up, "Firefox does not listen."
        time.sleep(0.05)
    return int(file.read_text())
