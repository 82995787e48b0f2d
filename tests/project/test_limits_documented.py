"""Every operating limit is in the reference, with what it takes and means; and nothing else is."""

from __future__ import annotations

import re

from core.domain.limits import FIELDS, Limits, LimitValue
from tests.project.checkout import ROOT, documents, table_under


def shown(value: LimitValue) -> str:
    return "none" if value is None else f"{value:g}"


def test_the_reference_holds_every_limit_with_defaults_bounds_and_meaning_and_no_other() -> None:
    real, pretend = Limits(), Limits.sandbox()
    expected = [
        [f"`{field.name}`", shown(real[field.name]), shown(pretend[field.name]), field.takes, field.meaning]
        for field in FIELDS
    ]
    assert table_under("docs/reference/limits.md", "Name") == expected


def test_the_examples_set_limits_that_there_are() -> None:
    names = {field.name for field in FIELDS}
    for document in documents():
        for given in re.findall(r"limits set((?: [a-z_]+=\S+)+)", (ROOT / document).read_text(encoding="utf-8")):
            assert {pair.partition("=")[0] for pair in given.split()} <= names, document
