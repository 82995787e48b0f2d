"""A client that trusts the tests' own authority."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from core.clock import SystemClock
from core.network.client import Client
from tests.integration.network.certificates import Certificates, make_certificates


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """For this run of the tests."""
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
async def client(certificates: Certificates) -> AsyncIterator[Client]:
    """Open until the test ends."""
    async with Client(clock=SystemClock(), ca_file=certificates.ca_file) as opened:
        yield opened
