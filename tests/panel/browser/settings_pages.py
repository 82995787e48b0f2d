"""What tests of the settings look at and press."""

from __future__ import annotations

from playwright.async_api import Locator, Page, expect


def table(page: Page, name: str) -> Locator:
    """The table that screen readers call *name*."""
    return page.locator(f'.nicegui-aggrid[aria-label="{name}"]')


def row(page: Page, name: str, text: str) -> Locator:
    """The rows of a table in which *text* stands."""
    return table(page, name).locator(".ag-center-cols-container .ag-row", has_text=text)


def foot(page: Page, label: str) -> Locator:
    """A button at the foot of the table that is seen."""
    return page.locator(".footer:visible").get_by_role("button", name=label, exact=True)


def dialog(page: Page) -> Locator:
    """The dialog that is open."""
    return page.locator(".q-dialog .dialog:visible")


async def press(page: Page, label: str) -> None:
    """Press a button of the open dialog, which may still be on its way."""
    await dialog(page).get_by_role("button", name=label, exact=True).click()


async def remove_all(page: Page, name: str, text: str) -> None:
    """Remove every row of a table in which *text* stands: what a test has added."""
    await page.get_by_label(f"Search {name.lower()}").fill(text)
    rows = table(page, name).locator(".ag-center-cols-container .ag-row")
    await expect(rows.filter(has_not_text=text)).to_have_count(0)
    await table(page, name).locator(".ag-header-select-all input").check()
    await foot(page, "Remove…").click()
    await dialog(page).locator(".danger-filled").click()
    await expect(row(page, name, text)).to_have_count(0)


def cookies(account: int, token: str = "abc") -> str:
    """A cookie header of *account*, as a browser shows it."""
    return f"sessionid={account}%3A{token}%3A7%3Asig; ds_user_id={account}; csrftoken=csrf{account}"
