"""What all tests may be told on the command line."""

from __future__ import annotations

import pytest

CHAOS_CHECKS = 10_000


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--chaos-checks N``: how many checks the tests of :mod:`tests.chaos` make together."""
    parser.addoption("--chaos-checks", type=int, default=CHAOS_CHECKS, help="checks that the chaos tests make together")
