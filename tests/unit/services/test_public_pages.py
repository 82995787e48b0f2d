"""Addresses of profiles for people's own browsers."""

from __future__ import annotations

import pytest

from core.services.public_pages import PublicPages
from core.sources.instagram import Instagram


def test_a_profile_has_its_page_on_the_platform() -> None:
    assert PublicPages(Instagram()).of("ann_b.c") == "https://www.instagram.com/ann_b.c/"


def test_the_page_is_where_the_deployment_says_that_the_platform_is() -> None:
    assert PublicPages(Instagram("https://platform.example/")).of("ann") == "https://platform.example/ann/"


def test_a_name_cannot_lead_elsewhere() -> None:
    assert PublicPages(Instagram()).of("../x?y#z") == "https://www.instagram.com/..%2Fx%3Fy%23z/"


@pytest.mark.parametrize("pages", [PublicPages(None), PublicPages(Instagram("http://127.0.0.1:8099"))])
def test_pretend_people_and_plain_http_have_no_page(pages: PublicPages) -> None:
    assert pages.of("ann") is None
