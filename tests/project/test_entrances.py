"""The two commands of the README, the Makefile behind them, and those who call it."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib

from tests.project.checkout import ROOT, text_of

TARGETS = ["help", "setup", "run", "test", "chaos", "check", "fix", "migration", "migrate", "bench", "clean"]


def make(*words: str) -> subprocess.CompletedProcess[str]:
    command = ["make", "-C", str(ROOT), "--no-print-directory", *words]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_the_readme_shows_both_commands_alone_on_a_line() -> None:
    lines = text_of("README.md").splitlines()
    assert "make run" in lines
    assert "make test" in lines


def test_make_alone_lists_every_target_with_what_it_does() -> None:
    listed = make()
    assert listed.returncode == 0
    found = re.findall(r"^  make (\w+) +(\S.*)$", listed.stdout, re.MULTILINE)
    assert [target for target, _ in found] == TARGETS


def test_every_target_is_declared_to_be_no_file() -> None:
    declared = re.search(r"^\.PHONY: (.*)$", text_of("Makefile"), re.MULTILINE)
    assert declared is not None
    assert declared[1].split() == TARGETS


def test_a_migration_without_a_plain_name_is_refused_with_the_fix() -> None:
    # "-o": the environment is taken as made; that is another test's business.
    refused = make("migration", "NAME=two words", "-o", ".venv/.development")
    assert refused.returncode == 2
    assert "write make migration NAME=what_it_does" in refused.stderr


def test_continuous_integration_runs_the_two_commands_that_people_run() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in lines
    assert [line for line in lines if line.startswith("make ")] == ["make test", "make check"]


def test_the_container_takes_the_same_steps_as_the_makefile() -> None:
    steps = ["install --require-hashes -r requirements.lock", "install --no-deps --no-build-isolation -e ."]
    for name in ("Makefile", "Dockerfile"):
        assert [step for step in steps if step not in text_of(name)] == [], name


def test_the_container_gets_everything_that_is_installed_and_no_secret_or_state() -> None:
    wheel = tomllib.loads(text_of("pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    rules = text_of(".dockerignore").splitlines()
    let_in = {rule.removeprefix("!") for rule in rules if rule.startswith("!")}
    assert "*" in rules
    assert {*wheel["only-include"], "pyproject.toml", "README.md", "requirements.lock"} == let_in
