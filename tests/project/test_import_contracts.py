"""Arrows point down: the import contracts of pyproject.toml hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.project.checkout import ROOT


def test_the_import_contracts_are_kept() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    linted = subprocess.run([program, "--no-cache"], cwd=ROOT, check=False, capture_output=True, text=True)
    assert linted.returncode == 0, linted.stdout + linted.stderr
