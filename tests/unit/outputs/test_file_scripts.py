"""Scripts of a site as scripts for files: a function of what they load, and files that hand over their bytes."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from goodpractice.outputs.file_scripts import HANDING, needs_site, wrap_file, wrap_script
from goodpractice.render.scripts import FOLDER, read_scripts


def test_a_script_gives_what_it_exports_and_is_given_what_it_imports() -> None:
    script = (
        'import{make}from"./elements.js";export{make};export const SITE=import.meta.url;export class A{}\n'
        "export async function ask(){return import(`./${SITE}.js`);}function own(){}"
    )
    assert wrap_script(script) == (
        'gpScript(async(gpLoad,gpAddress,fetch,Worker)=>{"use strict";\n'
        'const{make}=await gpLoad("./elements.js");const SITE=gpAddress;class A{}\n'
        "async function ask(){return gpLoad(`./${SITE}.js`);}function own(){}\n"
        "return{make,SITE,A,ask}});\n"
    )


def test_every_script_of_the_site_is_known_how_to_wrap() -> None:
    wrapped = {path: wrap_script(text) for path, text in read_scripts().items() if path.startswith(FOLDER)}
    assert HANDING not in wrapped
    for path, text in wrapped.items():
        assert not re.search(r"\bimport\b[ {(.*]|\bexport\b *[ {*]|\bas\b \w+\}", text), path
    assert {path.rsplit("/", 1)[1] for path in wrapped if needs_site(path)} == {
        *("gp-offline.js", "offline.js", "offline-copies.js", "offline-rules.js", "search-worker.js")
    }


@given(st.binary())
def test_a_file_comes_as_the_letters_of_its_bytes(data: bytes) -> None:
    text = re.fullmatch(r"gpFile\((.*)\);\n", wrap_file(data), re.DOTALL)
    assert text
    assert bytes(map(ord, json.loads(text[1]))) == data
    assert not {"\n", "\r"} & set(text[1])
