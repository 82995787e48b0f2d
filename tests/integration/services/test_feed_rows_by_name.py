"""Rows of the feed asked for by name: what a page does for the rows that it has in view."""

from __future__ import annotations

import pytest

from core.domain.actor import Actor
from core.domain.feed import FeedQuery
from core.errors import InvalidInput
from core.services.profile_reading import LARGEST_PAGE
from core.services.profiles import Profiles
from core.storage.database import Database
from tests.integration.services.feed_rows import fill


async def test_rows_by_name_are_those_of_the_feed_in_the_order_of_the_names(
    database: Database, profiles: Profiles, viewer: Actor
) -> None:
    await fill(database, 20)
    page = await profiles.feed(viewer, FeedQuery(), count=20)
    wanted = [row.username for row in reversed(page.rows)]
    assert await profiles.rows(viewer, wanted) == tuple(reversed(page.rows))


async def test_rows_that_are_gone_are_left_out(
    database: Database, profiles: Profiles, viewer: Actor, operator: Actor
) -> None:
    await fill(database, 5)
    names = [row.username for row in (await profiles.feed(viewer, FeedQuery())).rows]
    await profiles.remove(operator, names[:2])
    assert [row.username for row in await profiles.rows(viewer, [*names, "nobody.at.all"])] == names[2:]


async def test_more_rows_than_a_page_has_are_refused(profiles: Profiles, viewer: Actor) -> None:
    with pytest.raises(InvalidInput, match="at most 1,000"):
        await profiles.rows(viewer, ["somebody"] * (LARGEST_PAGE + 1))
