"""Renders the cards that ``docs/how-to/discord.md`` shows: ``python -m tests.bot.pictures [FOLDER]``.

Real cards of the real functions, drawn as Discord draws them; only what they are about is made up.
"""

from __future__ import annotations

import asyncio
import html
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import discord
from discord import ui

from bot.alert_cards import alert_buttons, alert_card, alert_mark
from bot.buttons import batch_buttons
from bot.cards import BatchStand, batch_card
from bot.import_cards import imported_card, preview_card
from bot.list_cards import niches_card, proxies_card
from bot.profile_cards import checks_cards, profile_card
from bot.results import page_buttons
from bot.state_cards import Standing, doctor_card, help_card, status_card
from core.domain.budget import Budget
from core.domain.rejected import Rejected
from core.domain.verdict import Outcome, Reason
from core.services.views import (
    Activity,
    AlertMessage,
    BatchView,
    CheckView,
    EngineView,
    Finding,
    HistoryCheck,
    HourView,
    ImportPreview,
    ImportReport,
    NichesOverview,
    NicheSummary,
    Overview,
    ProfileHistory,
    ProfileView,
    ProxyView,
    StagedImport,
)
from tests.bot.alert_scenes import FINISHED, PAUSE, STORM
from tests.panel.browser.chromium import chromium

DOCS = Path(__file__).parents[2] / "docs" / "pictures"
NOW = datetime(2026, 11, 24, 11, 6, tzinfo=UTC)

_STYLE = """
body { margin: 0; padding: 16px; width: 560px; background: #313338; color: #dbdee1;
  font: 15px/1.375 "Noto Sans", "DejaVu Sans", sans-serif; }
.card { background: #2b2d31; border-left: 4px solid; border-radius: 4px; padding: 10px 16px 14px 12px; max-width: 516px;
  margin-bottom: 8px; }
.title { font-weight: 600; font-size: 16px; margin: 4px 0 8px; color: #f2f3f5; }
.fields { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8px; margin-top: 8px; }
.field.wide { grid-column: 1 / -1; }
.name { font-weight: 600; font-size: 14px; color: #f2f3f5; }
.value, .description { font-size: 14px; white-space: pre-line; overflow-wrap: anywhere; }
.footer { font-size: 12px; color: #b5bac1; margin-top: 8px; }
a { color: #00a8fc; text-decoration: none; }
.role { background: #3c4270; color: #c9cdfb; border-radius: 3px; padding: 0 2px; font-weight: 500; }
code { background: #1e1f22; padding: 1px 4px; border-radius: 4px; font: 13px "DejaVu Sans Mono", monospace; }
.time { background: #4e5058; border-radius: 3px; padding: 0 2px; }
.content { margin-bottom: 6px; }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; }
.button { border-radius: 6px; padding: 6px 14px; font-size: 14px; font-weight: 500; color: #fff; background: #4e5058; }
.button.primary { background: #5865f2; }
.button.danger { background: #da373c; }
.button.success { background: #248046; }
.button.off { opacity: .5; }
.file { background: #2b2d31; border: 1px solid #1e1f22; border-radius: 8px; padding: 12px; margin: 0 0 8px;
  color: #00a8fc; width: 320px; }
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """One message.

    Args:
        buttons: Label and style.
    """

    cards: Sequence[discord.Embed]
    content: str = ""
    buttons: Sequence[tuple[str, str]] = ()
    files: Sequence[str] = field(default=())


# -- what is shown -------------------------------------------------------------------------


def scenes() -> dict[str, Scene]:
    """Every picture by its name."""
    running = BatchStand(_batch(), _REASONS, 3.1, NOW + timedelta(minutes=7), _OVERVIEW)
    done = BatchStand(
        _done(), {Reason.RATE_LIMITED: 25, Reason.TIMEOUT: 11, Reason.BATCH_UNPROVEN: 5}, None, None, _OVERVIEW
    )
    return {
        "preview": Scene([preview_card(_staged(), niche_exists=True)], buttons=_QUESTION),
        "imported": Scene([_imported()], files=["street-food-invalid.csv"]),
        "batch-running": Scene([batch_card(running, NOW)], buttons=_labels(batch_buttons(_batch()))),
        "batch-done": Scene([batch_card(done, NOW)], buttons=_labels(batch_buttons(_done()))),
        "results": _results(done),
        "check": Scene(checks_cards(_CHECKS, NOW, page_of)),
        "profile": Scene([profile_card(_history(), NOW, page_of)]),
        "niches": Scene([niches_card(_niches())]),
        "proxies": Scene(
            [proxies_card(_proxies())], content="Proxies with passwords are added in the panel, never here."
        ),
        "status": Scene([status_card(_standing(), NOW)]),
        "doctor": Scene([doctor_card(_FINDINGS)]),
        "alert-batch": Scene(
            [_alert(FINISHED)],
            content="<@&1>",
            files=["street-food-2026-11-24.csv"],
            buttons=_labels(alert_buttons(FINISHED, _done()) or ui.View()),
        ),
        "alert-breaker": Scene(
            [_alert(PAUSE)], content="<@&2>", buttons=_labels(alert_buttons(PAUSE, None) or ui.View())
        ),
        "alert-digest": Scene([_alert(STORM)]),
        "help": Scene([help_card("https://storywatch.example")]),
    }


def page_of(username: str) -> str:
    """Where a profile is."""
    return f"https://www.instagram.com/{username}/"


_QUESTION = (("Import", "primary"), ("Import and check", "secondary"), ("Cancel", "secondary"))
_REASONS = {Reason.RATE_LIMITED: 22, Reason.TIMEOUT: 11, Reason.BATCH_UNPROVEN: 5}
_OVERVIEW = Overview(Activity.CHECKING, None, None, running=1, in_line=2, ready=41, routes=51, resting=8, frozen=2)


def _batch() -> BatchView:
    return BatchView(
        id="7c1e0000-0000-4000-8000-000000000000",
        name="Street food",
        niche="Street food",
        status="in_progress",
        requested_at=NOW,
        position=1,
        place_in_line=None,
        total=2_480,
        finished=1_248,
        live=462,
        none=650,
        private=80,
        gone=18,
        unknown=38,
        skipped=0,
        requests=280,
        seconds=402.0,
        waiting_reason=None,
        waiting_until=None,
        created_by="panel:Mara K.",
        created_at=NOW,
        started_at=NOW,
        finished_at=None,
    )


def _done() -> BatchView:
    counts = {"finished": 2_480, "live": 944, "none": 1_301, "private": 161, "gone": 33, "unknown": 41}
    more = {"status": "done", "position": None, "requests": 546, "seconds": 800.0, "finished_at": NOW}
    given = {name: getattr(_batch(), name) for name in BatchView.__dataclass_fields__}
    return BatchView(**{**given, **counts, **more})


def _staged() -> StagedImport:
    rejected = (Rejected(14, "noodle bar lisbon", "has a space; only a-z, 0-9, period and underscore"),)
    elsewhere = (("Coffee", 40), ("Travel", 24))
    preview = ImportPreview(2_117, 1_862, 148, 64, 31, 12, 0, "Street food", rejected, (), elsewhere)
    return StagedImport("token", "street-food.txt", 40_000, "mara", NOW, preview)


def _imported() -> discord.Embed:
    rejected = (Rejected(14, "noodle bar lisbon", "has a space; only a-z, 0-9, period and underscore"),)
    report = ImportReport(
        2_117, 1_862, 148, 64, 31, 12, 0, 0, rejected, (), niche="Street food", niche_created=False, dry_run=False
    )
    return imported_card(report, has_error_file=True, then="street-food: 2,074 profiles, in line (1st).")


_CHECKS = [
    CheckView("marlow.oven", Outcome.LIVE, Reason.OK, 1, NOW, NOW + timedelta(hours=6), NOW, 1, 1),
    CheckView("cobaltkitchen.oslo", Outcome.NONE, Reason.OK, 2, None, None, NOW, 1, 1),
    CheckView("kiln_supper", Outcome.PRIVATE, Reason.PRIVATE, 1, None, None, NOW, 1, 1),
    CheckView("sepia.larder", Outcome.UNKNOWN, Reason.RATE_LIMITED, 3, None, None, NOW, 1, 1),
]


def _results(done: BatchStand) -> Scene:
    names = ("noma.tacos", "harborgrill.nyc", "juniper_bakes", "theyuzumarket", "oven_lisbon", "pine.ramen.tokyo")
    lines = [
        f"[{discord.utils.escape_markdown(n)}]({page_of(n)}), for another {20 - 3 * i} h" for i, n in enumerate(names)
    ]
    page = discord.Embed(title="Live: 944", description="\n".join(lines), colour=0x22A35A).set_footer(
        text="Page 1 of 38"
    )
    buttons = _labels(page_buttons(done.batch.id, Outcome.LIVE, 0, 944))
    return Scene([batch_card(done, NOW), page], buttons=buttons, files=["street-food-2026-11-24.csv"])


def _history() -> ProfileHistory:
    profile = ProfileView(
        username="marlow.oven",
        niche="Street food",
        status="active",
        last_outcome=Outcome.LIVE,
        last_reason=Reason.OK,
        last_checked_at=NOW - timedelta(minutes=9),
        last_story_at=NOW - timedelta(hours=18),
        checks_total=31,
        conclusive_total=29,
        stories_total=17,
        story_since=NOW - timedelta(hours=18),
        story_until=NOW + timedelta(hours=6),
        live_now=True,
        platform_id="1",
        is_private=False,
        unknown_streak=0,
        created_at=NOW,
    )
    told = [(Outcome.LIVE, 9), (Outcome.LIVE, 700), (Outcome.UNKNOWN, 1_500), (Outcome.NONE, 2_900)]
    checks = tuple(
        HistoryCheck(
            outcome=outcome,
            reason=Reason.RATE_LIMITED if outcome is Outcome.UNKNOWN else Reason.OK,
            attempts=1,
            trail=None,
            latency_ms=200,
            checked_at=NOW - timedelta(minutes=minutes),
            story_since=None,
            story_until=None,
            proxy=1,
            proxy_label=None,
            session=1,
            session_label=None,
            batch="x",
            batch_name="Street food",
        )
        for outcome, minutes in told
    )
    strip = (Outcome.NONE, Outcome.NONE, Outcome.LIVE, Outcome.UNKNOWN, Outcome.LIVE, Outcome.LIVE) * 5
    return ProfileHistory(profile, checks, None, strip)


def _niches() -> NichesOverview:
    niches = (
        NicheSummary(1, "Street food", 1, 1_000, 2_480, 944, 1_046),
        NicheSummary(2, "Coffee", 2, None, 812, 203, 240),
        NicheSummary(3, "Travel", 3, 200, 5_310, 1_120, 131),
    )
    return NichesOverview(8_602, 2_267, 121, 40, NOW, niches)


def _proxies() -> list[ProxyView]:
    def proxy(number: int, **more: object) -> ProxyView:
        given: dict[str, object] = {
            "id": number,
            "address": f"http://u•••@203.0.113.{number}:8080",
            "kind": "http",
            "enabled": True,
            "state": "ready",
            "ready_at": None,
            "requests": 900,
            "successes": 890,
            "failures": 10,
            "consecutive_failures": 0,
            "last_error": None,
            "response_ms": 240.0,
            "sessions": (),
            "last_used_at": NOW,
            "last_success_at": NOW,
            "created_at": NOW,
            "score": 98.0,
            "level": "healthy",
        }
        return ProxyView(**{**given, **more})  # type: ignore[arg-type]

    until = NOW + timedelta(minutes=5)
    bad = proxy(7, state="quarantined", ready_at=until, last_error="timeout", score=44.0, level="failing")
    return [proxy(4), proxy(5, label="Lisbon"), bad, proxy(9, enabled=False, score=None)]


def _standing() -> Standing:
    engine = EngineView(
        "run",
        1,
        NOW,
        alive=True,
        pool="",
        workers="<Engine 41 of 50 workers busy | 1 batches, 0 waiting>",
        sandbox_url=None,
    )
    began = NOW.replace(minute=0)
    hours = [
        HourView(began, 1, "ok", "nobody", 96, 300.0),
        HourView(began - timedelta(hours=1), 1, "ok", "nobody", 940, 300.0),
    ]
    return Standing(_OVERVIEW, engine, Budget(1_530, 15_300, "per_route_hour"), hours, [_batch()])


_FINDINGS = [
    Finding("database", "ok", "data/storywatch.sqlite3 is up to date"),
    Finding("engine", "ok", "storywatch run (process 4021) is at work"),
    Finding(
        "sessions",
        "warning",
        "49 valid, 2 checkpoint; waiting for a person: mara-2, mara-7",
        "log in again and import the cookies, or: storywatch session enable mara-2",
    ),
    Finding("routes", "ok", "some session may ask"),
]


def _alert(message: AlertMessage) -> discord.Embed:
    return alert_card(message, alert_mark("7c1e94d2a05b"), page_of, is_sandbox=False)


# -- how it is drawn ---------------------------------------------------------------------


def page(scene: Scene) -> str:
    """A message as HTML."""
    parts = [f'<div class="content">{_text(scene.content)}</div>'] if scene.content else []
    parts += [_card(card) for card in scene.cards]
    parts += [f'<div class="file">{html.escape(name)}</div>' for name in scene.files]
    buttons = "".join(f'<span class="button {style}">{html.escape(label)}</span>' for label, style in scene.buttons)
    parts += [f'<div class="buttons">{buttons}</div>'] if buttons else []
    return f"<!doctype html><meta charset=utf-8><style>{_STYLE}</style><body>{''.join(parts)}"


def _card(card: discord.Embed) -> str:
    colour = "#1e1f22" if card.colour is None else str(card.colour)
    parts = [f'<div class="title">{_text(card.title)}</div>'] if card.title else []
    parts += [f'<div class="description">{_text(card.description)}</div>'] if card.description else []
    fields = "".join(
        f'<div class="field {"" if each.inline else "wide"}"><div class="name">{_text(str(each.name))}</div>'
        f'<div class="value">{_text(str(each.value))}</div></div>'
        for each in card.fields
    )
    parts += [f'<div class="fields">{fields}</div>'] if fields else []
    footer = " · ".join(filter(None, [card.footer.text, f"{card.timestamp:%H:%M}" if card.timestamp else None]))
    parts += [f'<div class="footer">{html.escape(footer)}</div>'] if footer else []
    return f'<div class="card" style="border-color: {colour}">{"".join(parts)}</div>'


_ROLES = {"1": "food-desk", "2": "story-ops"}
_PARTS = re.compile(
    r"\\(?P<plain>[\\*_`~|\[\]<>#.-])|\[(?P<label>(?:\\.|[^\]])+)\]\((?P<address>[^)]+)\)|\*\*(?P<bold>.+?)\*\*"
    r"|`(?P<code>[^`]+)`|\*(?P<italic>[^*]+)\*|<t:(?P<time>\d+):(?P<style>\w)>|<(?P<bare>https?://[^>]+)>"
    r"|<@&(?P<role>\d+)>"
)


def _text(text: str) -> str:
    """Discord's Markdown, as far as cards use it, as HTML."""
    said, last = [], 0
    for found in _PARTS.finditer(text):
        said.append(html.escape(text[last : found.start()]))
        said.append(_part(found))
        last = found.end()
    return "".join([*said, html.escape(text[last:])])


def _part(found: re.Match[str]) -> str:
    if found["plain"]:
        return html.escape(found["plain"])
    if found["label"]:
        return f'<a href="#">{_text(found["label"])}</a>'
    for group, tag in (("bold", "b"), ("italic", "i")):
        if found[group]:
            return f"<{tag}>{_text(found[group])}</{tag}>"
    if found["code"]:
        return f"<code>{html.escape(found['code'])}</code>"
    if found["role"]:
        return f'<span class="role">@{_ROLES[found["role"]]}</span>'
    if found["bare"]:
        return f'<a href="#">{html.escape(found["bare"])}</a>'
    return f'<span class="time">{_time(datetime.fromtimestamp(int(found["time"]), UTC), found["style"])}</span>'


def _time(moment: datetime, style: str) -> str:
    if style != "R":
        return f"{moment:%H:%M:%S}" if style == "T" else f"{moment:%H:%M}"
    minutes = round((moment - NOW).total_seconds() / 60)
    size, unit = (abs(minutes), "minute") if abs(minutes) < 60 else (round(abs(minutes) / 60), "hour")
    if unit == "hour" and size >= 24:
        size, unit = round(size / 24), "day"
    said = f"{size} {unit}{'' if size == 1 else 's'}"
    return f"in {said}" if minutes >= 0 else f"{said} ago"


def _labels(view: ui.View) -> list[tuple[str, str]]:
    buttons = [item.item if isinstance(item, ui.DynamicItem) else item for item in view.children]
    return [
        (str(button.label), button.style.name + (" off" if button.disabled else ""))
        for button in buttons
        if isinstance(button, ui.Button)
    ]


async def draw(folder: Path) -> None:
    """Write every picture into *folder*, which exists."""
    drawn = scenes()
    async with chromium() as browser:
        tab = await browser.new_page(viewport={"width": 592, "height": 400}, device_scale_factor=1)
        for name, scene in drawn.items():
            await tab.set_content(page(scene))
            await tab.locator("body").screenshot(path=folder / f"discord-{name}.png")


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS
    chosen.mkdir(parents=True, exist_ok=True)
    asyncio.run(draw(chosen))
