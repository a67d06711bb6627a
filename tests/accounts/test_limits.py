"""Where a request comes from, as far as limits are concerned."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from tilth.accounts.limits import place


def from_address(address: str, **headers: str) -> str:
    return place(RequestFactory().get("/", REMOTE_ADDR=address, headers=headers))


def test_one_household_is_one_place() -> None:
    assert from_address("2001:db8:1:2::3") == from_address("2001:db8:1:2:ffff::4")
    assert from_address("2001:db8:1:2::3") != from_address("2001:db8:1:3::3")
    assert from_address("192.0.2.1") != from_address("192.0.2.2")


def test_old_addresses_in_the_new_notation_are_not_one_place() -> None:
    assert from_address("::ffff:192.0.2.1") == from_address("192.0.2.1")
    assert from_address("::ffff:192.0.2.1") != from_address("::ffff:198.51.100.7")


@pytest.mark.parametrize(("trusted", "seen"), [(0, "192.0.2.1"), (1, "203.0.113.9"), (2, "198.51.100.7")])
def test_only_what_trusted_proxies_wrote_counts(settings: Settings, trusted: int, seen: str) -> None:
    settings.TRUSTED_PROXIES = trusted
    assert from_address("192.0.2.1", X_Forwarded_For="10.0.0.1, 198.51.100.7, 203.0.113.9") == seen
