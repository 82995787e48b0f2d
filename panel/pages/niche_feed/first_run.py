"""What the Niche Feed shows while there is no profile: five steps to the first answer, with how far each of them is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass

from nicegui import ui

from core.app import App
from core.domain.actor import Actor, Role
from core.services.views import FirstSteps
from core.settings import Platform
from panel.context import PageContext
from panel.live_updates import Changes, LiveUpdates, Rows
from panel.place import Place, TabName
from panel.widgets.heading import Heading, Paragraph

TOPIC = "first-steps"
# Few people watch it, and none of it is urgent.
_EVERY = 2.0
_NAMES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five steps.

    Args:
        told: How far it is, or what it takes.
        role: Who may do it.
        section: The part of the settings where it is done; None for the steps of this tab.
        button: What the button says while it is to be done; empty where there is nothing to press here.
    """

    title: str
    told: str
    done: bool
    role: Role
    section: str | None = None
    button: str = ""


def topics(live: LiveUpdates) -> None:
    """Make the steps something that can be watched."""
    live.topic(TOPIC, _read, every=_EVERY)


async def _read(app: App, actor: Actor) -> Rows:
    seen = await app.monitoring.first_steps(actor)
    return {TOPIC: {"id": TOPIC, **asdict(seen)}}


class FirstRun:
    """The five steps; not shown until it is told to.

    Args:
        on_import: Opens the import.
    """

    def __init__(self, page: PageContext, on_import: Callable[[], Awaitable[None]]) -> None:
        self._page = page
        self._on_import = on_import
        self._watching = False
        with ui.element("section").classes("first-run").props('aria-label="First steps"') as self._box:
            pass
        self._box.set_visibility(False)

    async def show(self) -> None:
        """Show the steps as they are, and from now on as they become."""
        if not self._watching:
            self._watching = True
            rows = await self._page.live.watch(self._page.client, TOPIC, self._push)
            self._fill(_seen(rows[TOPIC]))
        self._box.set_visibility(True)

    def hide(self) -> None:
        """Make room for the table."""
        self._box.set_visibility(False)

    def _push(self, changes: Changes) -> None:
        for row in (*changes.added, *changes.updated):
            self._fill(_seen(row))

    def _fill(self, seen: FirstSteps) -> None:
        steps = steps_of(seen)
        following = next((step for step in steps if not step.done and self._page.may(step.role)), None)
        self._box.clear()
        with self._box:
            Heading("See who has a live story")
            done = sum(step.done for step in steps)
            Paragraph(
                f"{done} of {len(steps)} steps are done. Each is saved as you go; come back at any time."
            ).classes("muted")
            with ui.element("ol").classes("card first-steps"):
                for number, step in enumerate(steps, start=1):
                    self._row(number, step, is_next=step is following)
            if self._page.app.settings.platform is not Platform.SANDBOX:
                _sandbox_note()

    def _row(self, number: int, step: Step, *, is_next: bool) -> None:
        with ui.element("li").classes("checklist-row"):
            look = "ok" if step.done else "next" if is_next else ""
            with ui.element("span").classes(f"step-number {look}").props('aria-hidden="true"'):
                ui.icon("check") if step.done else ui.label(str(number))
            with ui.element("div"):
                with ui.element("div").classes("" if step.done else "strong"):
                    ui.label(step.title)
                ui.label(step.told).classes("small-text muted")
            self._button(step, is_next=is_next)

    def _button(self, step: Step, *, is_next: bool) -> None:
        if not self._page.may(Role.OPERATOR):
            return
        if step.section is not None and (step.done or not self._page.may(step.role)):
            # Whoever may not do it may still look.
            self._link("Open", step.section).classes("quiet")
        elif step.section is not None:
            self._link(step.button, step.section).classes("primary" if is_next else "secondary")
        elif step.button and not step.done:
            kind = "primary" if is_next else "secondary"
            ui.button(step.button, color=None, on_click=self._on_import).classes(kind)

    def _link(self, label: str, section: str) -> ui.button:
        place = Place(TabName.SETTINGS, section)
        button = ui.button(label, color=None, on_click=lambda: self._page.go(place))
        return button.props(f'aria-label="{label}: {section}"') if label == "Open" else button


def steps_of(seen: FirstSteps) -> tuple[Step, ...]:
    """The five steps in words."""
    proxies, sessions, canaries, profiles, checks = seen.done
    return (
        Step("Add proxies", _proxies(seen), proxies, Role.ADMIN, "proxies", "Add proxies"),
        Step("Add sessions", _sessions(seen), sessions, Role.ADMIN, "sessions", "Add sessions"),
        Step("Name a few canaries", _canaries(seen), canaries, Role.ADMIN, "canaries", "Add canaries"),
        Step("Import a list", _LIST, profiles, Role.OPERATOR, button="Import a list"),
        Step("Check the first profiles", _CHECK, checks, Role.OPERATOR),
    )


_LIST = "Drop a .txt or .csv with one username a line, anywhere on this page."
_CHECK = "Select them, then press “Check selected profiles”. The first answer takes a few seconds."


def _proxies(seen: FirstSteps) -> str:
    if not seen.proxies:
        return "The addresses that requests leave from."
    if not seen.proxies_on:
        return f"{seen.proxies:,} added, all of them switched off. Switch one on."
    off = seen.proxies - seen.proxies_on
    parts = [f"{seen.proxies:,} added", *([f"{off:,} switched off"] if off else [])]
    if seen.proxies_quarantined:
        parts.append(f"{seen.proxies_quarantined:,} quarantined")
    return f"{', '.join(parts)}."


def _sessions(seen: FirstSteps) -> str:
    logins = f"{seen.sessions:,} login{'' if seen.sessions == 1 else 's'}"
    if not seen.sessions:
        return "Logins of your own on the platform, each bound to a proxy."
    if not seen.bound:
        return f"{logins} added, none bound to a proxy. Unbound, they are not used."
    if not seen.usable:
        return f"{logins}, none of them usable: each is switched off or waits for a person."
    if seen.bound < seen.sessions:
        return f"{logins}, {seen.bound:,} of them bound to a proxy."
    return f"{logins}, bound to its proxy." if seen.sessions == 1 else f"{logins}, each bound to its proxy."


def _canaries(seen: FirstSteps) -> str:
    if not seen.canaries:
        return "Public accounts that are always live; they prove an answer."
    if not seen.proven:
        return f"{seen.canaries:,} named; the first check will show which of them are live."
    shown = ", ".join(f"@{name}" for name in seen.proven[:_NAMES_SHOWN])
    more = len(seen.proven) - _NAMES_SHOWN
    return f"{len(seen.proven):,} proven: {shown}{f' and {more:,} more' if more > 0 else ''}."


def _sandbox_note() -> None:
    with ui.element("div").classes("note"), ui.element("p"):
        ui.label("No accounts yet?").classes("strong run")
        ui.label("The sandbox is a pretend platform with pretend proxies. Start Storywatch with").classes("run")
        ui.label("STORYWATCH_PLATFORM=sandbox").classes("mono run")
        ui.label("and everything above is filled in.").classes("run")


def _seen(row: object) -> FirstSteps:
    assert isinstance(row, dict), "the topic's rows are made here"
    return FirstSteps(**{name: value for name, value in row.items() if name != "id"})
