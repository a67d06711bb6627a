"""New keys, announced to the other person once: what the rule asks, and what it gives."""

from __future__ import annotations

import json
from importlib import import_module

import pytest
from django.apps import apps

from tests.cast import Actor, invites, joins, opens, partnership, somebody
from tilth.ledger.rebuild import rebuild
from tilth.notices.models import Letter
from tilth.partnerships.models import Member

pytestmark = pytest.mark.django_db

REKEYED = "membership.rekeyed"


def test_new_keys_are_announced_by_a_line_a_letter_and_a_newer_head() -> None:
    mentor, mentee = partnership()
    before = mentor.makes_new_keys()
    head = _head(mentee)
    entry = mentor.writes(REKEYED, {"previous": before})
    assert "made new keys" in mentee.sees("timeline")
    letter = Letter.objects.get(entry=entry)
    assert (letter.person, letter.url) == (mentee.person, f"{mentee.path}membership/")
    assert _head(mentee) != head


@pytest.mark.parametrize("vouched", [False, True], ids=["lost", "vouched for by the old ones"])
def test_the_letter_leaves_it_to_the_browser_to_say_whether_codes_are_to_be_compared(vouched: bool) -> None:
    mentor, _ = partnership()
    entry = mentor.writes(REKEYED, {"previous": mentor.makes_new_keys(vouched=vouched)})
    letter = Letter.objects.get(entry=entry)
    assert letter.words == "has new keys; this page says whether to compare codes before you go on"


def test_the_page_says_that_new_keys_are_to_be_announced_until_they_are() -> None:
    mentor, mentee = partnership()
    assert [_unannounced(one) for one in (mentor, mentee)] == [False, False]
    before = mentor.makes_new_keys()
    assert [_unannounced(one) for one in (mentor, mentee)] == [True, False]
    mentor.writes(REKEYED, {"previous": before})
    assert [_unannounced(one) for one in (mentor, mentee)] == [False, False]


def test_whoever_joins_with_keys_made_anew_has_nothing_to_announce() -> None:
    mentor, mentee = opens(somebody()), somebody("Bela")
    before = mentee.makes_new_keys()
    joins(mentee, mentor, invites(mentor))
    assert not _unannounced(mentee)
    assert mentee.is_refused(REKEYED, {"previous": before}) == "already_announced"


def test_where_a_partnership_has_ended_nothing_is_announced() -> None:
    mentor, mentee = partnership()
    mentee.writes("membership.left")
    before = mentor.makes_new_keys()
    assert not _unannounced(mentor)
    assert mentor.is_refused(REKEYED, {"previous": before}) == "ended"


def test_keys_are_announced_once_and_their_successors_again() -> None:
    mentor, _ = partnership()
    first = mentor.makes_new_keys()
    mentor.writes(REKEYED, {"previous": first})
    assert mentor.is_refused(REKEYED, {"previous": first}) == "already_announced"
    second = mentor.makes_new_keys()
    assert mentor.is_refused(REKEYED, {"previous": first}) == "wrong_previous"
    mentor.writes(REKEYED, {"previous": second})


def test_keys_replaced_twice_are_announced_as_they_are_now() -> None:
    mentor, _ = partnership()
    first, second = mentor.makes_new_keys(), mentor.makes_new_keys()
    assert mentor.is_refused(REKEYED, {"previous": first}) == "wrong_previous"
    mentor.writes(REKEYED, {"previous": second})


def test_first_keys_replace_none() -> None:
    mentor, mentee = partnership()
    for named in (mentor.card.hash, mentee.card.hash, "0" * 64):
        assert mentor.is_refused(REKEYED, {"previous": named}) == "wrong_previous"


def test_nobody_announces_keys_of_another() -> None:
    mentor, mentee = partnership()
    before = mentor.makes_new_keys()
    assert mentee.is_refused(REKEYED, {"previous": before}) == "wrong_previous"
    assert mentee.posts(mentor.seal(REKEYED, {"previous": before})).json()["code"] == "stale_card"
    stranger = somebody("Cato")
    named, stranger.partnership = stranger.makes_new_keys(), mentor.partnership
    assert stranger.is_refused(REKEYED, {"previous": named}) == "not_found"


def test_new_keys_concern_no_entry_and_are_named_whole() -> None:
    mentor, _ = partnership()
    before = mentor.makes_new_keys()
    assert mentor.is_refused(REKEYED, {"previous": before}, subject=mentor.member.joining) == "wrong_subject"
    assert mentor.is_refused(REKEYED, {"previous": before[:8]}) == "bad_data"
    assert mentor.is_refused(REKEYED) == "bad_data"


def test_a_refused_announcement_sends_nobody_a_letter() -> None:
    mentor, _ = partnership()
    before = mentor.makes_new_keys()
    mentor.writes(REKEYED, {"previous": before})
    told = Letter.objects.count()
    for named in (before, mentor.card.hash):
        mentor.is_refused(REKEYED, {"previous": named})
    assert Letter.objects.count() == told


def test_a_rebuild_and_the_migration_find_the_same_announced_keys() -> None:
    mentor, mentee = partnership()
    mentor.writes(REKEYED, {"previous": mentor.makes_new_keys()})
    mentee.makes_new_keys()
    announced = _announced(mentor)
    assert announced[mentor.person.id] == mentor.card.hash
    assert announced[mentee.person.id] != mentee.card.hash
    rebuild(mentor.partnership)
    assert _announced(mentor) == announced
    Member.objects.update(announced="")
    import_module("tilth.partnerships.migrations.0003_announced").read_from_the_ledger(apps, None)
    assert _announced(mentor) == announced


def _announced(actor: Actor) -> dict[object, str]:
    return dict(Member.objects.filter(partnership=actor.partnership).values_list("person", "announced"))


def _unannounced(actor: Actor) -> bool:
    page = actor.sees("membership/")
    island = page.split('id="tilth">', 1)[1].split("</script>", 1)[0]
    return bool(json.loads(island)["partnership"]["unannounced"])


def _head(actor: Actor) -> object:
    return actor.client.get(f"{actor.path}head").json()
