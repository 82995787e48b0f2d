"""Every setting is in the example file and in the reference, with its meaning; and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.settings import Settings
from tests.project.checkout import ROOT, documents, table_under, text_of

REFERENCE = "docs/reference/settings.md"
VARIABLE = re.compile(r"\bSTORYWATCH_[A-Z0-9_]*[A-Z0-9]\b")
FIELDS = {f"STORYWATCH_{name.upper()}": field for name, field in Settings.model_fields.items()}
NOT_MARKDOWN = (".env.example", "Makefile", "Dockerfile", "compose.yaml", ".ci/run")


def example() -> dict[str, tuple[str, str]]:
    """Variable of the example file to its value and the comment above it."""
    found: dict[str, tuple[str, str]] = {}
    comment: list[str] = []
    for line in text_of(".env.example").splitlines():
        if variable := re.match(r"#?(STORYWATCH_\w+)=(.*)", line):
            found[variable[1]] = variable[2], " ".join(comment)
        comment = [*comment, line.removeprefix("# ")] if line.startswith("# ") else []
    return found


def test_the_example_file_holds_every_setting_with_its_meaning_and_no_other() -> None:
    meanings = {variable: meaning for variable, (_, meaning) in example().items()}
    assert meanings == {variable: field.description for variable, field in FIELDS.items()}


def test_the_values_of_the_example_file_are_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in FIELDS:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)
    defaults = Settings()
    lines = [f"{variable}={value}\n" for variable, (value, _) in example().items()]
    (tmp_path / ".env").write_text("".join(lines))
    assert Settings() == defaults


def test_the_reference_holds_every_setting_with_default_and_meaning_and_no_other() -> None:
    rows = {row[0].strip("`"): (row[1], row[2]) for row in table_under(REFERENCE, "Variable")}
    assert rows == {
        variable: ("–" if field.default is None else f"`{field.default}`", field.description)
        for variable, field in FIELDS.items()
    }


@pytest.mark.parametrize("name", [*map(str, documents()), *NOT_MARKDOWN])
def test_no_file_names_a_setting_that_there_is_not(name: str) -> None:
    assert set(VARIABLE.findall((ROOT / name).read_text(encoding="utf-8"))) <= FIELDS.keys()
