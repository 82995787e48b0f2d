"""The first step of an import: the file, before and while it is on its way to the server."""

from __future__ import annotations

from nicegui import ui


def drop_zone() -> None:
    """Where a list is dropped, or chosen."""
    with ui.element("div").classes("drop-zone"):
        ui.icon("upload_file").classes("drop-icon")
        ui.label("Drop a list of usernames here").classes("drop-title")
        ui.label(".txt, .csv or .list · up to 100 MB · nothing is saved before you confirm").classes("muted")
        ui.button("Choose a file", color=None).classes("secondary").on("click", js_handler="() => SW.imports.choose()")
    with ui.element("div").classes("note"), ui.element("p"):
        ui.label("Also understood:").classes("strong run")
        ui.label("@name, profile links, and CSV files with a column called username.").classes("run")
        ui.label("One profile a line; repeated names count once.").classes("run")
    chosen = ui.element("input").classes("import-file").props('type="file" accept=".txt,.csv,.list" tabindex="-1"')
    chosen.props('aria-label="A list of usernames"')
    chosen.on("change", js_handler="(e) => { if (e.target.files.length) SW.imports.take(e.target.files); }")


def sending(name: str, size: str) -> None:
    """The file on its way; ``import.js`` moves the bar."""
    with ui.element("div").classes("drop-zone sending").props('role="status"'):
        ui.label(name).classes("drop-title ellipsis")
        bar()
        ui.label("Sending").classes("sending-text muted")
        ui.label(size).classes("muted")


def bar() -> ui.element:
    """A bar in the open slot: the part of it that grows."""
    with ui.element("div").classes("meter import-meter"):
        return ui.element("i")
