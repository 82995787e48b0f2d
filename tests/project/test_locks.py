"""The locks pin every package by version and hash, and say nothing of where it comes from."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.project.checkout import text_of

LOCKS = ("requirements.lock", "requirements-dev.lock")
_PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9-]*)(?:\[[a-z0-9,-]+\])?==(?P<version>[^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def pins(lock: str) -> dict[str, tuple[str, int]]:
    """Package to version and number of hashes."""
    found: dict[str, tuple[str, int]] = {}
    for requirement in re.split(r"\n(?=[a-z0-9])", re.sub(r"^\s*#.*\n", "", text_of(lock), flags=re.MULTILINE)):
        pin = _PIN.match(requirement)
        assert pin is not None, f"not a pin: {requirement[:80]}"
        found[pin["name"]] = pin["version"], len(_HASH.findall(requirement))
    return found


def normal(requirement: str) -> str:
    """The package that *requirement* of pyproject.toml names, as the locks spell it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_has_its_hashes(lock: str) -> None:
    assert [name for name, (_, hashes) in pins(lock).items() if not hashes] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_address(lock: str) -> None:
    text = text_of(lock)
    assert "://" not in text
    assert "index-url" not in text
    assert "find-links" not in text


def test_the_development_lock_adds_packages_and_changes_none() -> None:
    runtime, development = (pins(lock) for lock in LOCKS)
    assert {name: development.get(name) for name in runtime} == runtime


def test_the_locks_hold_all_that_the_project_asks_for() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    extras = project["optional-dependencies"]
    runtime, development = (pins(lock).keys() for lock in LOCKS)
    assert {normal(each) for each in [*project["dependencies"], *extras["build"]]} <= runtime
    assert {normal(each) for each in extras["dev"]} <= development


def test_running_takes_no_tool_of_development() -> None:
    assert pins("requirements.lock").keys().isdisjoint({"mypy", "pytest", "ruff", "hypothesis", "import-linter"})
