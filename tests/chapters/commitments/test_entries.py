"""Commitments through the real door, sealed and signed."""

from datetime import date, timedelta

import pytest

from tests.cast import partnership, somebody
from tests.chapters.commitments.story import AFTER_FRIDAY, FRIDAY, MONDAY, NEXT_FRIDAY, WORDS, asks, makes
from tilth.chapters.commitments.models import Commitment
from tilth.partnerships.models import Partnership
from tilth.protocol import clock
from tilth.protocol.encoding import uuid7

pytestmark = pytest.mark.django_db


def state(commitment):
    return Commitment.objects.get(id=commitment).state


def test_a_commitment_is_made_and_kept_and_the_other_reads_its_words(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
        kept = mentee.writes("commitments.kept", {}, {"words": "It took an afternoon"}, subject=made)
    assert mentor.reads(made) == WORDS
    assert mentor.reads(kept) == {"words": "It took an afternoon"}
    assert state(made) == "kept"


def test_it_can_be_kept_without_a_word(pair):
    _, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
        mentee.writes("commitments.kept", subject=made)
    assert state(made) == "kept"


def test_only_its_owner_keeps_it(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
        assert mentor.is_refused("commitments.kept", subject=made) == "not_yours"


def test_a_commitment_needs_a_line_and_a_day_that_is_still_to_come(pair):
    _, mentee = pair
    with clock.at(MONDAY):
        assert mentee.is_refused("commitments.made", {"due": FRIDAY}) == "words_missing"
        assert mentee.is_refused("commitments.made", {"due": "2026-11-29"}, WORDS) == "day_gone"
        assert mentee.is_refused("commitments.made", {"due": "2029-11-29"}, WORDS) == "day_too_far"
        assert mentee.is_refused("commitments.made", {"due": "Friday"}, WORDS) == "bad_data"
        assert mentee.is_refused("commitments.made", {}, WORDS) == "bad_data"
        assert mentee.is_refused("commitments.made", {"due": FRIDAY, "note": "prose"}, WORDS) == "bad_data"


def test_a_commitment_stands_for_itself(pair):
    """With a subject the other's browser, which expects none, could not verify its line."""
    with clock.at(MONDAY):
        assert pair[0].is_refused("commitments.made", {"due": FRIDAY}, WORDS, subject=uuid7()) == "wrong_subject"


def test_the_owners_zone_decides_whether_a_day_is_still_to_come():
    late_on_sunday_in_tokyo = MONDAY.replace(hour=16)
    with clock.at(late_on_sunday_in_tokyo):
        mentor, mentee = partnership(mentor_zone="Asia/Tokyo", mentee_zone="America/Los_Angeles")
        assert mentor.is_refused("commitments.made", {"due": "2026-11-30"}, WORDS) == "day_gone"
        makes(mentee, "2026-11-30")


def test_renegotiated_in_time_it_stays_open_with_a_new_line_and_a_new_day(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
        words = {"words": "Draft half of the outline", "why": "The review takes longer"}
        moved = mentee.writes("commitments.renegotiated", {"due": NEXT_FRIDAY}, words, subject=made)
        mentor.writes("commitments.answered", {"agrees": True}, {"words": "Of course"}, subject=made)
    row = Commitment.objects.get(id=made)
    assert (row.state, row.due, row.words_entry, row.awaits) == ("open", date(2026, 12, 11), moved, "")
    assert mentor.reads(moved) == words


def test_after_the_day_it_is_not_renegotiated_but_repaired(pair):
    _, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
    with clock.at(AFTER_FRIDAY):
        moving = ("commitments.renegotiated", {"due": NEXT_FRIDAY}, WORDS)
        assert mentee.is_refused(*moving, subject=made) == "day_passed"
        mentee.writes("commitments.owned", {"then": "name"}, {"words": "I was ill"}, subject=made)
        mentee.writes("commitments.owned", {"then": "move", "due": NEXT_FRIDAY}, {"words": "Next week"}, subject=made)
        row = Commitment.objects.get(id=made)
        assert (row.state, row.due, row.named_at) == ("open", date(2026, 12, 11), None)
        mentee.writes(*moving, subject=made)


def test_what_slipped_can_be_let_go_and_then_nothing_more_happens_to_it(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
        assert mentee.is_refused("commitments.owned", {"then": "let go"}, WORDS, subject=made) == "day_not_passed"
    with clock.at(AFTER_FRIDAY):
        assert mentee.is_refused("commitments.owned", {"then": "let go"}, subject=made) == "words_missing"
        mentee.writes("commitments.owned", {"then": "let go"}, {"words": "It is not needed now"}, subject=made)
        assert mentee.is_refused("commitments.kept", subject=made) == "already_let_go"
        assert mentor.is_refused("commitments.released", subject=made) == "already_let_go"
    assert state(made) == "let go"


def test_the_owner_asks_to_be_released_and_the_other_releases(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
        assert mentee.is_refused("commitments.released", subject=made) == "not_yours_to_release"
        mentee.writes("commitments.release_asked", {}, {"words": "The talk is off"}, subject=made)
        mentor.writes("commitments.released", subject=made)
        assert mentee.is_refused("commitments.kept", subject=made) == "already_released"
    assert state(made) == "released"


def test_an_ask_counts_once_the_other_says_yes(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        asked = asks(mentor, mentee)
        assert state(asked) == "asked"
        assert mentee.is_refused("commitments.kept", subject=asked) == "not_taken_on"
        mentee.writes("commitments.taken_on", {"due": NEXT_FRIDAY}, {"words": "Yes, a week later"}, subject=asked)
        assert mentor.is_refused("commitments.kept", subject=asked) == "not_yours"
        mentee.writes("commitments.kept", subject=asked)
    assert Commitment.objects.get(id=asked).due == date(2026, 12, 11)


def test_an_ask_can_be_declined_without_a_reason(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        asked = asks(mentor, mentee)
        mentee.writes("commitments.declined", subject=asked)
        assert mentee.is_refused("commitments.taken_on", subject=asked) == "already_declined"


def test_nobody_outside_can_be_asked(pair):
    mentor, _ = pair
    with clock.at(MONDAY):
        stranger = somebody("Cato")
        data = {"due": FRIDAY, "owner": str(stranger.person.id)}
        assert mentor.is_refused("commitments.made", data, WORDS) == "unknown_owner"


def test_nobody_asks_themselves(pair):
    mentor, _ = pair
    with clock.at(MONDAY):
        data = {"due": FRIDAY, "owner": str(mentor.member.id)}
        assert mentor.is_refused("commitments.made", data, WORDS) == "unknown_owner"


def test_a_commitment_of_another_partnership_is_not_found(pair):
    _, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
        elsewhere, _ = partnership()
        assert elsewhere.is_refused("commitments.kept", subject=made) == "no_such_commitment"
        assert elsewhere.is_refused("commitments.kept", subject=uuid7(clock.now())) == "no_such_commitment"
        assert elsewhere.is_refused("commitments.kept") == "no_subject"


def test_a_pause_moves_the_day_so_that_renegotiating_is_still_in_time(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        made = makes(mentee)
    with clock.at(MONDAY + timedelta(days=2)):
        mentor.writes("membership.paused", {"back_on": None})
    with clock.at(MONDAY + timedelta(days=30)):
        assert mentee.is_refused("commitments.owned", {"then": "name"}, WORDS, subject=made) == "day_not_passed"
        mentor.writes("membership.resumed")
    with clock.at(MONDAY + timedelta(days=32)):
        mentee.writes("commitments.renegotiated", {"due": "2027-01-08"}, WORDS, subject=made)
    assert state(made) == "open"


def test_kept_and_released_ones_count_in_the_picture_of_the_time_together(pair):
    mentor, mentee = pair
    with clock.at(MONDAY):
        mentee.writes("commitments.kept", subject=makes(mentee))
        mentor.writes("commitments.released", subject=makes(mentee))
        mentor.writes("commitments.taken_back", subject=asks(mentor, mentee))
        makes(mentor)
    months = Partnership.objects.get(id=mentor.partnership).month_set.filter(ring="commitment")
    assert list(months.values_list("count", flat=True)) == [2]
