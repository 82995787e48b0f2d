"""What comes faster than it is done: one at a time, and only the newest of those that wait."""

from __future__ import annotations

import asyncio

import pytest

from panel.newest import Newest


class Slow:
    """Does things when it is told to."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.done: list[str] = []
        self.may_end = asyncio.Event()

    async def act(self, thing: str) -> None:
        self.begun.append(thing)
        await self.may_end.wait()
        self.done.append(thing)


async def settled() -> None:
    """Let every task come as far as it can."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_the_newest_is_done_last_and_those_that_waited_before_it_not_at_all() -> None:
    slow = Slow()
    newest = Newest(slow.act)
    async with asyncio.TaskGroup() as group:
        for thing in ("first", "second", "third"):
            group.create_task(newest.take(thing))
        await settled()
        assert slow.begun == ["first"], "nothing begins while another is under way"
        slow.may_end.set()
    assert slow.done == ["first", "third"]


async def test_one_that_fails_is_told_to_who_asked_and_keeps_no_other_back() -> None:
    done = []

    async def act(thing: str) -> None:
        if thing == "bad":
            raise ValueError(thing)
        done.append(thing)

    newest = Newest(act)
    with pytest.raises(ValueError, match="bad"):
        await newest.take("bad")
    await newest.take("good")
    assert done == ["good"]
