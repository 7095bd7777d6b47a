"""Who is inside, as far as a roster tells. The host's tenant is the measure, and what is not said counts against."""

from __future__ import annotations

from typing import Any

import pytest

from bot.teams.people import channel_of, person_of, speaker
from handlers.gate import is_inside, is_inside_channel
from tests.doubles.teams.world import HOST_TENANT, OTHER_TENANT, Conversation, User

ANN = User("Ann")


def activity(user: User = ANN, **more: Any) -> dict[str, Any]:
    place = Conversation("channel", [user])
    return {"from": user.account(), "channelData": place.channel_data(user), **more}


def test_an_inside_member() -> None:
    person = person_of(ANN.entry(), HOST_TENANT)
    assert (person.id, person.name, person.home, person.guest) == (ANN.aad, "Ann", True, False)
    assert person.email == "ann@example.com"


@pytest.mark.parametrize(
    ("changed", "home", "guest"),
    [
        ({"tenantId": OTHER_TENANT}, False, False),
        ({"tenantId": HOST_TENANT.upper()}, True, False),
        ({"tenantId": None}, None, False),
        ({"userRole": "guest"}, True, True),
        ({"userRole": "Guest"}, True, True),
        ({"userRole": "anonymous"}, True, True),
        ({"userRole": None}, True, None),
        ({"userPrincipalName": "a_b.example#EXT#@buyer.example"}, True, True),
    ],
)
def test_what_a_roster_says(changed: dict[str, Any], home: bool | None, guest: bool | None) -> None:
    person = person_of({**ANN.entry(), **changed}, HOST_TENANT)
    assert (person.home, person.guest) == (home, guest)


def test_without_a_host_nobody_is_at_home() -> None:
    assert person_of(ANN.entry(), None).home is None


def test_a_guest_account_has_no_address_of_its_own() -> None:
    entry = {**ANN.entry(), "email": None, "userPrincipalName": "a_b.example#EXT#@buyer.example"}
    assert person_of(entry, HOST_TENANT).email is None


def test_the_speaker_is_who_the_roster_says() -> None:
    person = speaker(activity(localTimezone="Europe/Paris", locale="fr-FR"), ANN.entry(), HOST_TENANT)
    assert (person.id, person.home, person.guest) == (ANN.aad, True, False)
    assert (person.zone, person.locale) == ("Europe/Paris", "fr_FR")


@pytest.mark.parametrize(
    "zone", ["Mars/Olympus", "../etc/passwd", "", 7, "x" * 5000, "W. Europe Standard Time"]
)
def test_no_zone_is_made_up(zone: object) -> None:
    assert speaker(activity(localTimezone=zone), ANN.entry(), HOST_TENANT).zone is None


def test_the_tenant_of_the_activity_never_speaks_for_the_sender() -> None:
    """An outsider's activity names the outsider's own tenant; measured by that, everybody would be at home."""
    outsider = User("Olga", tenant=OTHER_TENANT)
    for host in (HOST_TENANT, None):
        assert not is_inside(speaker(activity(outsider), outsider.entry(), host), ())


def test_the_tenant_of_the_activity_speaks_against_the_sender() -> None:
    odd = activity()
    odd["channelData"]["tenant"] = {"id": OTHER_TENANT}
    assert speaker(odd, ANN.entry(), HOST_TENANT).home is False


@pytest.mark.parametrize(
    "entry", [None, {}, User("Ben").entry(), {**ANN.entry(), "aadObjectId": User("Ben").aad}]
)
def test_a_line_of_somebody_else_says_nothing(entry: dict[str, Any] | None) -> None:
    person = speaker(activity(), entry, HOST_TENANT)
    assert (person.id, person.home, person.guest) == (ANN.aad, None, None)


def test_a_channel_of_inside_people() -> None:
    channel = channel_of("c", "acme", [ANN.entry(), User("Ben").entry()], {"tenant": HOST_TENANT})
    assert (channel.present, channel.shared) == (True, False)
    assert is_inside_channel(channel, ())


@pytest.mark.parametrize(
    ("more", "facts", "shared"),
    [
        (User("Olga", tenant=OTHER_TENANT).entry(), {}, True),
        ({**User("Ben").entry(), "tenantId": None}, {}, None),
        (User("Ben").entry(), {"shared": True}, True),
        (User("Gus", role="guest").entry(), {}, False),
        ({**User("Ben").entry(), "userRole": None}, {}, False),
    ],
    ids=["other tenant", "unknown tenant", "shared channel", "guest", "unknown role"],
)
def test_a_channel_with_anybody_else(
    more: dict[str, Any], facts: dict[str, Any], shared: bool | None
) -> None:
    channel = channel_of("c", "", [ANN.entry(), more], {"tenant": HOST_TENANT, **facts})
    assert channel.shared is shared
    assert not is_inside_channel(channel, ())
