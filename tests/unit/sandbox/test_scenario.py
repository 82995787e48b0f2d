"""Scenario files: what they take, and the one sentence that refuses them."""

from __future__ import annotations

import pytest

from core.domain.limits import Limits, with_values
from sandbox.faults import Endpoint, Faults, ProxyFault, ProxyTrouble, RowFault, Told
from sandbox.scenario import Scenario


def test_a_file_names_what_differs_from_the_defaults() -> None:
    text = """{"seed": 7, "niches": ["a", "b"], "live_share": 1, "https": true, "own_addresses": null,
        "faults": {"limited": 0.05, "retry_as": "date", "id_caps": [[1, 100], [20, 5]],
                   "rows": [{"row": 14, "endpoint": "stories", "last": 2}],
                   "proxies": [{"proxy": 2, "fault": "hang"}]}}"""
    assert Scenario.from_json(text) == Scenario(
        seed=7,
        niches=("a", "b"),
        live_share=1.0,
        https=True,
        faults=Faults(
            limited=0.05,
            retry_as=Told.DATE,
            id_caps=((1, 100), (20, 5)),
            rows=(RowFault(row=14, endpoint=Endpoint.STORIES, last=2),),
            proxies=(ProxyTrouble(proxy=2, fault=ProxyFault.HANG),),
        ),
    )
    assert Scenario.from_json("{}") == Scenario()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "the scenario: this is not JSON (line 1)"),
        ("[]", "the scenario: [] does not fit; it takes an object of named values"),
        ('{"profils": 3}', "profils: the scenario has no such field; did you mean profiles?"),
        ('{"profiles": "3"}', 'profiles: "3" does not fit; it takes a whole number'),
        ('{"profiles": true}', "profiles: true does not fit; it takes a whole number"),
        ('{"profiles": -1}', "profiles: -1 is too small; it takes a number from 0 on"),
        ('{"live_share": 40}', "live_share: 40 is no share; it takes a number from 0 to 1"),
        ('{"niches": "a"}', 'niches: "a" does not fit; it takes a list'),
        ('{"niches": []}', "niches: 0 is too small; it takes a number from 1 on"),
        ('{"https": 1}', "https: 1 does not fit; it takes true or false"),
        ('{"port": 65530}', "port: 65530 leaves no room for 10 proxies below 65535"),
        ('{"private_share": 0.9, "gone_share": 0.2}',
         "gone_share: private_share and gone_share are more than 1 together"),
        ('{"faults": {"slow": 2}}', "slow: 2 is no share; it takes a number from 0 to 1"),
        ('{"faults": {"rows": [{"row": 36}]}}',
         "row: 36 is not in the failure table; it takes a whole number from 1 to 35"),
        ('{"faults": {"rows": [{}]}}', "rows: row is needed"),
        ('{"faults": {"proxies": [{"proxy": 1}]}}', "proxies: fault is needed"),
        ('{"faults": {"id_caps": [5]}}', "id_caps: 5 does not fit; it takes a list"),
        ('{"faults": {"id_caps": [[5]]}}', "id_caps: [5] does not fit; it takes 2 values"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_one_sentence_that_names_the_field(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        Scenario.from_json(text)
    assert str(caught.value) == sentence


def test_an_unknown_choice_is_told_all_of_them() -> None:
    with pytest.raises(ValueError, match=r'fault: "sulk" does not fit; it takes one of none, refuse, hang, close, '):
        Faults.from_json('{"proxies": [{"proxy": 1, "fault": "sulk"}]}')


def test_the_printed_limits_are_limits_of_ours_and_fit_what_the_platform_allows() -> None:
    allowed = Scenario(session_per_minute=30, session_per_hour=400, address_per_hour=900, gap_seconds=0.5)
    limits = with_values(Limits(), allowed.limits())
    assert (limits.per_route_hour, limits.per_proxy_hour, limits.route_gap_seconds) == (400, 900, 2.0)
    free = with_values(Limits(), Scenario().limits())
    assert (free.per_route_hour, free.lookups_day, free.route_gap_seconds, free.rest_scale) == (None, None, 0.0, 0.002)
