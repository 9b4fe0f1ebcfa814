"""What the engine does for every output, shown with one that is added here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodpractice.cli import main as command
from goodpractice.diagnostics.errors import BuildError
from goodpractice.outputs import registry
from goodpractice.outputs.output import Made, Output, Target
from goodpractice.outputs.site import Site
from tests.helpers.building import build_site
from tests.helpers.sites import write_small_site


class Names(Output):
    """The name of each partner, in a file of its own."""

    name = "names"

    def __init__(self, *needs: str) -> None:
        self.needs = needs
        self.made: list[str] = []

    def list_targets(self, site: Site) -> Iterator[Target]:
        for partner in site.kb.ordered_partners:
            yield Target(f"names/{partner.id}.txt", partner.id)

    def make(self, site: Site, target: Target) -> Made:
        self.made.append(target.name)
        return Made(str(site.kb.partners[target.item].name).encode())


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    output = Names()
    outputs = (*registry.OUTPUTS, output)
    for module in ("goodpractice.outputs.registry", "goodpractice.engine.making"):
        monkeypatch.setattr(f"{module}.OUTPUTS", outputs)
    return output


def test_an_output_is_incremental_staged_and_guarded_without_a_line_of_its_own(tmp_path: Path, names: Names) -> None:
    site = write_small_site(tmp_path / "project", cases=8)

    def build() -> list[str]:
        names.made.clear()
        assert build_site(site.root, jobs=1, search=False).diagnostics == []
        return sorted(names.made)

    folder = site.root / "site/names"
    partners = site.entries("partners.yml", "partners")
    everything = sorted(f"names/{partner['id']}.txt" for partner in partners)
    assert build() == everything
    assert build() == [], "nothing changed"
    site.cases["case-03"]["body"] += "\nOne more.\n"
    site.write_case("case-03")
    assert build() == [], "nothing that it asked"
    partners[0]["name"] = "Renamed"
    site.write_table("partners.yml")
    assert build() == [f"names/{partners[0]['id']}.txt"]
    assert (folder / f"{partners[0]['id']}.txt").read_text(encoding="utf-8") == "Renamed"
    (folder / f"{partners[1]['id']}.txt").write_text("Damaged")
    (folder / "stray.txt").write_text("Nobody's")
    assert build() == [f"names/{partners[1]['id']}.txt"]
    assert sorted(f"names/{file.name}" for file in folder.iterdir()) == everything
    (site.root / "case_studies/case-03.md").write_text("no facts", encoding="utf-8")
    partners[0]["name"] = "Again"
    site.write_table("partners.yml")
    names.made.clear()
    assert build_site(site.root, jobs=1, search=False).diagnostics
    assert names.made == [], "nothing is made while there are problems"
    assert (folder / f"{partners[0]['id']}.txt").read_text(encoding="utf-8") == "Renamed"


def test_an_output_that_needs_what_is_not_there_is_left_out_and_told(
    tmp_path: Path, names: Names, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_small_site(tmp_path / "project", cases=8).root
    names.needs = ("a_module_that_nobody_has",)
    with pytest.raises(SystemExit) as ended:
        command(["build", "--jobs", "1", "--no-search", "--json", "-C", str(root)])
    assert ended.value.code == 0
    said, told = capsys.readouterr()
    assert json.loads(said)["left_out"] == {"names": ["a_module_that_nobody_has"]}
    assert "Left out: names. It needs what is not installed here: a_module_that_nobody_has." in told
    assert not (root / "site/names").exists()


def test_two_outputs_that_give_one_file_are_told(tmp_path: Path, names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_small_site(tmp_path / "project", cases=8).root
    monkeypatch.setattr(Names, "list_targets", lambda output, site: [Target("sitemap.xml")])
    with pytest.raises(BuildError, match=r"the outputs sitemap and names both give the file sitemap\.xml"):
        build_site(root, jobs=1, search=False)
    assert not (root / "site").exists()
