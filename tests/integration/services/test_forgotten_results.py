"""What people are told of a batch whose checks were forgotten because they are old."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain.actor import Actor
from core.domain.check_filter import CheckFilter
from core.domain.limits import Limits
from core.errors import NotFound
from core.events import Events
from core.services.batches import Batches
from core.services.exports import Form
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.services.results import Results
from core.services.views import BatchView
from core.storage import forgetting
from core.storage.database import Database
from core.upkeep.retention import forget_old
from tests.integration.services.batch_rows import settle
from tests.integration.services.conftest import QuickClock


@pytest.fixture
async def forgotten(
    niches: Niches, profiles: Profiles, batches: Batches, operator: Actor, database: Database, clock: QuickClock
) -> BatchView:
    """A batch that found a story and could not tell of somebody, 91 days ago."""
    await niches.create(operator, "food")
    await profiles.add(operator, ["ann", "bob"], "food")
    batch = await batches.create(operator, niche="food", name="lunch")
    await settle(database, batch, {"ann": "live", "bob": "unknown"})
    clock.pass_by(timedelta(days=91).total_seconds())
    await forget_old(database, clock, forgetting.forget_results)
    return await batches.show(operator, batch.id)


@pytest.fixture
def batches(database: Database, clock: QuickClock) -> Batches:
    """Without the recount at the end: counters stay when checks go."""
    return Batches(database, clock, Events(), Limits())


async def test_it_keeps_its_counts_and_says_that_its_results_are_gone(forgotten: BatchView) -> None:
    assert (forgotten.total, forgotten.finished, forgotten.live, forgotten.unknown) == (2, 2, 1, 1)
    assert not forgotten.results_kept


async def test_a_page_of_its_results_is_empty_and_says_why(
    forgotten: BatchView, database: Database, operator: Actor
) -> None:
    page = await Results(database).page(operator, forgotten.id, CheckFilter())
    assert (page.checks, page.total, page.kept) == ((), 0, False)


async def test_a_list_a_file_and_a_retry_are_refused_with_a_sentence(
    forgotten: BatchView, batches: Batches, database: Database, operator: Actor
) -> None:
    results = Results(database)
    sentence = 'The results of the batch "lunch" were kept for 90 days; only its counts are left.'
    for asking in (
        batches.results(operator, forgotten.id),
        batches.export(operator, forgotten.id, Form.CSV),
        batches.retry_unknown(operator, forgotten.id),
        results.usernames(operator, forgotten.id, CheckFilter()),
        results.export(operator, [forgotten.id], Form.CSV),
    ):
        with pytest.raises(NotFound) as refusal:
            await asking
        assert str(refusal.value) == sentence


async def test_what_the_profiles_add_up_to_stays(forgotten: BatchView, profiles: Profiles, operator: Actor) -> None:
    view = await profiles.show(operator, "ann")
    assert (view.checks_total, view.stories_total) == (1, 1)
    history = await profiles.history(operator, "ann")
    assert history.checks == ()
