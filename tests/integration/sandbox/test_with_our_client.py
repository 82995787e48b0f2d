"""What the sandbox hands out is what our own client, source and readers take as it is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from core.clock import SystemClock
from core.domain.cookies import parse_cookies
from core.domain.proxy_address import parse_proxy
from core.domain.username import canonical
from core.network.client import Client
from core.sources.base import Kind, Question, Reading, Subject
from core.sources.instagram import Instagram
from sandbox import Faults, Sandbox, Scenario

PATIENT = 20.0


class Asker:
    """Puts our source's questions over the sandbox's proxies with its sessions."""

    def __init__(self, box: Sandbox, client: Client) -> None:
        self.source = Instagram(box.platform_url)
        self.logins = [self.source.login(parse_cookies(line).values, None) for line in box.session_lines]
        self.proxies = [parse_proxy(line) for line in box.proxy_lines]
        self._client = client

    async def ask(self, number: int, kind: Kind, *subjects: Subject) -> Reading:
        question = Question(kind, subjects)
        request = self.source.request(question, self.logins[number])
        response = await self._client.fetch(
            self.proxies[number], request, connect_timeout=PATIENT, total_timeout=PATIENT
        )
        self.logins[number] = self.source.renewed(self.logins[number], response) or self.logins[number]
        return self.source.read(question, response)


@pytest.mark.parametrize("https", [False, True])
async def test_our_source_reads_the_truth_through_every_proxy(https: bool, tmp_path: Path) -> None:
    scenario = Scenario(profiles=200, https=https, faults=Faults(clock_skew_seconds=1800.0, clearing=0.1))
    async with (
        Sandbox(scenario, folder=tmp_path) as box,
        Client(clock=SystemClock(), ca_file=box.ca_file) as client,
    ):
        asker = Asker(box, client)
        subjects = [Subject(name, box.ids[name]) for name in box.usernames]
        found: dict[str, str] = {}
        for number, start in enumerate(range(0, 200, 20)):
            found |= await verdicts(asker, number, subjects[start : start + 20])
        assert found == box.truth()
        assert all(len(sources) == 1 for sources in box.journal.sources().values())
        assert {entry.status for entry in box.journal} == {200, 404}


async def verdicts(asker: Asker, number: int, subjects: list[Subject]) -> dict[str, str]:
    """What one group and a look-up of those who are absent tell."""
    stories = await asker.ask(number, Kind.STORIES, *subjects)
    found = {}
    for subject in subjects:
        if subject.platform_id in stories.live:
            found[subject.username] = "live"
            continue
        kind = random.Random(subject.username).choice([Kind.LOOK_UP_NAME, Kind.LOOK_UP_ID])
        seen = await asker.ask(number, kind, subject)
        assert seen.missing or seen.found is not None
        found[subject.username] = "gone" if seen.found is None else "private" if seen.found.is_private else "none"
    return found


async def test_every_line_that_is_handed_out_can_be_imported() -> None:
    async with Sandbox(Scenario(profiles=500, proxies=20, sessions_per_proxy=2)) as box:
        assert len({parse_proxy(line).key for line in box.proxy_lines}) == 20
        logins = [Instagram().login(parse_cookies(line).values, None) for line in box.session_lines]
        assert [login.cookies["ds_user_id"].reveal() for login in logins] == box.accounts
        for name in [*box.usernames, *box.canaries]:
            assert canonical(name) == name
