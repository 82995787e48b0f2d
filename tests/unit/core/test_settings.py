"""The settings of the panel: what is refused, in which words, and what follows from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import ConfigError
from core.settings import Settings, read_settings


@pytest.fixture(autouse=True)
def _nothing_else_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"STORYWATCH_{name.upper()}", raising=False)


def read_with(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(f"STORYWATCH_{name.upper()}", value)
    return read_settings()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "timezone",
            "Mars/Olympus",
            'STORYWATCH_TIMEZONE: "Mars/Olympus" is no time zone; write one such as Europe/Berlin or UTC',
        ),
        ("timezone", "../etc/passwd", 'STORYWATCH_TIMEZONE: "../etc/passwd" is no time zone'),
        ("timezone", "Europe", 'STORYWATCH_TIMEZONE: "Europe" is no time zone'),
        ("panel_port", "many", 'STORYWATCH_PANEL_PORT: give a port from 1 to 65535, not "many"'),
        ("panel_port", "0", 'STORYWATCH_PANEL_PORT: give a port from 1 to 65535, not "0"'),
        ("panel_port", "65536", 'STORYWATCH_PANEL_PORT: give a port from 1 to 65535, not "65536"'),
        ("panel_port", "9" * 5_000, "STORYWATCH_PANEL_PORT: give a port from 1 to 65535, not"),
        (
            "panel_host",
            "127.0.0.1:80",
            'STORYWATCH_PANEL_HOST: give an address without a port, such as 127.0.0.1 or 0.0.0.0, not "127.0.0.1:80"',
        ),
        ("panel_host", "http://here", "STORYWATCH_PANEL_HOST: give an address without a port"),
        ("metrics_token", "two words", "STORYWATCH_METRICS_TOKEN: a token is sent in a header, so it takes"),
        ("public_url", "stories.example.org", "STORYWATCH_PUBLIC_URL: not a base address; it looks like https://HOST"),
        ("public_url", "https://example.org/panel", "STORYWATCH_PUBLIC_URL: not a base address"),
        ("public_url", "https://example.org/?x", "STORYWATCH_PUBLIC_URL: not a base address"),
        ("public_url", "https://example.org:port", "STORYWATCH_PUBLIC_URL: not a base address"),
        ("public_url", "https://[::1", "STORYWATCH_PUBLIC_URL: not a base address"),
        (
            "trusted_proxies",
            "10.0.0.1, proxy",
            'STORYWATCH_TRUSTED_PROXIES: "proxy" is no address or network; write 10.0.0.2 or 10.0.0.0/8',
        ),
        (
            "discord_client_id",
            "123",
            "STORYWATCH_DISCORD_CLIENT_SECRET: set it together with STORYWATCH_DISCORD_CLIENT_ID, or neither of them",
        ),
        ("discord_client_secret", "s3cret", "STORYWATCH_DISCORD_CLIENT_SECRET: set it together with"),
    ],
)
def test_a_setting_that_cannot_work_is_one_sentence_that_names_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        read_with(monkeypatch, **{name: value})
    assert str(refused.value).startswith(sentence)
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    ("host", "port", "url"),
    [
        ("127.0.0.1", "8080", "http://127.0.0.1:8080"),
        ("0.0.0.0", "80", "http://127.0.0.1:80"),
        ("[::]", "8080", "http://[::1]:8080"),
        ("::1", "8080", "http://[::1]:8080"),
        ("localhost", "9000", "http://localhost:9000"),
    ],
)
def test_the_panel_is_reached_where_it_listens(monkeypatch: pytest.MonkeyPatch, host: str, port: str, url: str) -> None:
    assert read_with(monkeypatch, panel_host=host, panel_port=port).panel_url == url


def test_the_public_address_comes_before_the_one_listened_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_with(monkeypatch, public_url="https://Stories.Example.org/").panel_url == "https://stories.example.org"


def test_trusted_proxies_are_addresses_and_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_with(monkeypatch, trusted_proxies="10.0.0.1, 192.168.0.0/16,::1")
    assert [str(network) for network in settings.trusted_networks] == ["10.0.0.1/32", "192.168.0.0/16", "::1/128"]


def test_nobody_is_trusted_unless_it_is_said() -> None:
    assert read_settings().trusted_networks == ()


def test_days_begin_in_the_zone_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_with(monkeypatch).zone.key == "UTC"
    assert read_with(monkeypatch, timezone="Europe/Berlin").zone.key == "Europe/Berlin"


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("discord_guilds", "123, food", '"food" is no server id'),
        ("discord_token", "two words", "has no blanks in it"),
    ],
)
def test_a_bot_that_cannot_be_meant_is_refused(
    name: str, value: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"STORYWATCH_{name.upper()}", value)
    with pytest.raises(ConfigError, match=why) as refused:
        read_settings()
    assert str(refused.value).startswith(f"STORYWATCH_{name.upper()}: ")
    assert "two words" not in str(refused.value)


def test_the_servers_of_the_bot_are_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYWATCH_DISCORD_GUILDS", " 41, 42 ,")
    assert read_settings().discord_guild_ids == {41, 42}
