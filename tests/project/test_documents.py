"""Links lead somewhere, decisions are numbered, and what the documentation lists is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.domain.verdict import Outcome, Reason
from tests.project.checkout import ROOT, documents, table_under, text_of

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def anchors(document: Path) -> set[str]:
    """What the headings of *document* can be linked by."""
    heads = re.findall(r"^#+ (.+)$", _FENCED.sub("", document.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("document", documents(), ids=str)
def test_every_link_of_a_document_leads_to_a_file_and_a_heading(document: Path) -> None:
    for link in _LINK.findall(_FENCED.sub("", text_of(str(document)))):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / document).parent / path if path else ROOT / document
        assert target.exists(), f"{document}: {link} leads nowhere"
        assert not anchor or anchor in anchors(target), f"{document}: {link} has no such heading"


def test_every_document_is_reached_from_the_list_of_documents() -> None:
    docs = ROOT / "docs"
    listed = {docs / "README.md"}
    for index in (docs / "README.md", docs / "decisions" / "README.md"):
        listed |= {(index.parent / link).resolve() for link in _LINK.findall(index.read_text(encoding="utf-8"))}
    assert [str(path.relative_to(ROOT)) for path in docs.rglob("*.md") if path not in listed] == []


def test_decisions_are_numbered_without_gaps_and_say_why_and_what_follows() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]}: ")
        for part in ("**Context.**", "**Decision.**", "**Consequence.**"):
            assert part in text, f"{path.name} has no {part}"


def test_the_reference_explains_every_outcome_and_no_other() -> None:
    rows = table_under("docs/reference/verdicts.md", "Outcome")
    assert [row[0].strip("`") for row in rows] == list(Outcome)


def test_the_reference_explains_every_reason_and_no_other() -> None:
    rows = table_under("docs/reference/verdicts.md", "Reason")
    assert {row[0].strip("`") for row in rows} == set(Reason)
