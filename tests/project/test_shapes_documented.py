"""What other programs rely on is documented as it is: the shapes of ``--json``, and the exit codes."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from cli import alert_lines, jsonlines, schedule_lines
from cli.exits import ExitCode
from core.domain.actor import Role
from core.secrets import Secret
from core.services.views.channels import DiscordRoleView
from core.services.views.findings import Finding
from tests.project.checkout import table_under, text_of

EXAMPLES: list[dict[str, Any]] = [
    json.loads(line)
    for block in re.findall(r"^```json\n(.*?)^```", text_of("docs/reference/json.md"), re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
]
SHAPES: list[Callable[[Any], dict[str, Any]]] = [
    jsonlines.check,
    jsonlines.batch_event,
    jsonlines.rejected,
    jsonlines.import_report,
    jsonlines.niche,
    jsonlines.profile,
    jsonlines.profiles_changed,
    jsonlines.proxy,
    jsonlines.proxies_imported,
    jsonlines.proxy_line,
    jsonlines.proxy_tested,
    jsonlines.session,
    jsonlines.session_line,
    jsonlines.sessions_imported,
    jsonlines.session_tested,
    jsonlines.canary,
    jsonlines.canary_tested,
    jsonlines.engine,
    jsonlines.key_rotated,
    jsonlines.person,
    alert_lines.target,
    alert_lines.tested,
    alert_lines.rules,
    schedule_lines.schedule,
    schedule_lines.run,
    schedule_lines.coming,
]


class Anything:
    """A view that has every field, so that a shape shows which ones it takes."""

    def __getattr__(self, name: str) -> str:
        return name


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_the_reference_shows_every_shape_with_all_its_fields(shape: Callable[[Any], dict[str, Any]]) -> None:
    assert list(shape(Anything())) in [list(example) for example in EXAMPLES]


def test_the_reference_shows_a_batch_with_all_its_fields() -> None:
    (example,) = (example["batch"] for example in EXAMPLES if "batch" in example)
    view: Any = Anything()
    assert list(example) == list(jsonlines.batch(view)["batch"])


def test_the_reference_shows_a_one_time_link_with_all_its_fields() -> None:
    view: Any = SimpleNamespace(person=Anything(), url=Secret("url"), expires_at="later")
    assert list(jsonlines.one_time_link(view)) in [list(example) for example in EXAMPLES]


def test_the_reference_shows_what_concerns_discord_with_all_its_fields() -> None:
    code: Any = SimpleNamespace(person=Anything(), code=Secret("code"), expires_at="later")
    shown = [list(example) for example in EXAMPLES]
    assert list(jsonlines.pairing_code(code)) in shown
    assert list(jsonlines.discord_role(DiscordRoleView(1, 2, Role.VIEWER, ""))) in shown


def test_the_reference_shows_what_doctor_finds_with_all_its_fields() -> None:
    assert [field.name for field in dataclasses.fields(Finding)] in [list(example) for example in EXAMPLES]


def test_the_reference_explains_every_exit_code_and_no_other() -> None:
    rows = table_under("docs/reference/exit-codes.md", "Code")
    assert [int(row[0]) for row in rows] == sorted(ExitCode)
