from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilth.accounts.refused import Refused
from tilth.chapters.commitments.lifecycle import FINAL, RULES, Awaits, Deed, Standing, State, check, turn

TODAY = date(2026, 12, 4)
LATER = TODAY + timedelta(days=4)
OPEN = Standing(state=State.OPEN, due=LATER)
ASKED = Standing(state=State.ASKED, due=LATER)
KEPT = Standing(state=State.KEPT, due=LATER)


def owner(name, **more):
    return Deed(name=name, **{"by_owner": True, "passed": False, "today": TODAY, **more})


def other(name, **more):
    return owner(name, by_owner=False, **more)


def after(standing, *deeds):
    for deed in deeds:
        check(standing, deed)
        standing = turn(standing, deed)
    return standing


def refusal(standing, deed):
    with pytest.raises(Refused) as caught:
        check(standing, deed)
    assert caught.value.sentence.endswith(".")
    return caught.value.code


def test_a_commitment_is_kept_by_its_owner():
    assert after(OPEN, owner("kept")).state is State.KEPT
    assert refusal(OPEN, other("kept")) == "not_yours"


def test_an_overdue_one_can_still_be_kept():
    assert after(OPEN, owner("kept", passed=True)).state is State.KEPT


def test_a_renegotiated_commitment_stays_open_with_its_new_day():
    moved = after(OPEN, owner("renegotiated", due=LATER + timedelta(days=7)))
    assert (moved.state, moved.due, moved.awaits) == (State.OPEN, LATER + timedelta(days=7), Awaits.MOVE)


def test_the_other_may_agree_or_answer_once():
    moved = after(OPEN, owner("renegotiated", due=LATER))
    assert after(moved, other("answered", agrees=False)).awaits is Awaits.NOTHING
    assert refusal(after(moved, other("answered", agrees=True)), other("answered", agrees=True)) == "nothing_to_answer"
    assert refusal(moved, owner("answered", agrees=True)) == "not_yours_to_answer"


def test_a_move_is_answered_before_its_day_has_passed_or_not_at_all():
    moved = after(OPEN, owner("renegotiated", due=LATER + timedelta(days=1)))
    assert refusal(moved, other("answered", agrees=True, passed=True)) == "nothing_to_answer"
    asked = after(moved, owner("release_asked"))
    assert after(asked, other("answered", agrees=False, passed=True)).awaits is Awaits.NOTHING


def test_an_answer_to_what_is_not_asked_any_more_is_refused():
    moved = after(OPEN, owner("renegotiated", due=LATER + timedelta(days=1)))
    asked = after(moved, owner("release_asked"))
    assert refusal(asked, other("answered", agrees=False, answers="move")) == "answers_another"
    assert after(asked, other("answered", agrees=False, answers="release")).awaits is Awaits.NOTHING


def test_moving_after_the_day_is_refused_with_the_way_to_repair():
    assert refusal(OPEN, owner("renegotiated", due=LATER, passed=True)) == "day_passed"


def test_a_new_day_cannot_lie_in_the_past_or_beyond_two_years():
    assert refusal(OPEN, owner("renegotiated", due=TODAY - timedelta(days=1))) == "day_gone"
    assert after(OPEN, owner("renegotiated", due=TODAY + timedelta(days=731))).state is State.OPEN
    assert refusal(OPEN, owner("renegotiated", due=TODAY + timedelta(days=732))) == "day_too_far"


def test_only_the_other_can_release():
    assert after(OPEN, other("released")).state is State.RELEASED
    assert refusal(OPEN, owner("released")) == "not_yours_to_release"


def test_the_owner_can_ask_to_be_released_and_the_other_releases():
    asked = after(OPEN, owner("release_asked"))
    assert refusal(asked, owner("release_asked")) == "already_asked"
    assert refusal(asked, other("answered", agrees=True)) == "release_instead"
    assert after(asked, other("released")).state is State.RELEASED
    assert after(asked, other("answered", agrees=False)) == OPEN


def test_what_slipped_can_be_named_and_then_still_be_kept_moved_or_let_go():
    named = after(OPEN, owner("owned", then="name", passed=True))
    assert named == Standing(state=State.OPEN, due=LATER, named=True)
    assert refusal(named, owner("owned", then="name", passed=True)) == "already_named"
    assert after(named, owner("kept", passed=True)).state is State.KEPT
    assert after(named, owner("owned", then="let go", passed=True)).state is State.LET_GO
    moved = after(named, owner("owned", then="move", due=LATER + timedelta(days=3), passed=True))
    assert moved == Standing(state=State.OPEN, due=LATER + timedelta(days=3))


def test_there_is_nothing_to_own_before_the_day_has_passed():
    assert refusal(OPEN, owner("owned", then="let go")) == "day_not_passed"


def test_moving_what_slipped_needs_a_day_and_naming_it_none():
    assert refusal(OPEN, owner("owned", then="move", passed=True)) == "day_missing"
    assert refusal(OPEN, owner("owned", then="name", passed=True, due=LATER)) == "day_not_wanted"


def test_an_ask_counts_only_after_a_yes():
    assert refusal(ASKED, owner("kept")) == "not_taken_on"
    assert after(ASKED, owner("taken_on")).state is State.OPEN
    assert after(ASKED, owner("taken_on", due=LATER + timedelta(days=1))).due == LATER + timedelta(days=1)
    assert after(ASKED, owner("declined")).state is State.DECLINED
    assert refusal(ASKED, other("taken_on")) == "not_yours"


def test_an_ask_can_be_taken_back():
    assert after(ASKED, other("taken_back")).state is State.TAKEN_BACK
    assert refusal(ASKED, owner("taken_back")) == "not_yours_to_take_back"
    assert refusal(ASKED, other("released")) == "not_taken_on"
    assert refusal(OPEN, other("taken_back")) == "already_taken_on"


def test_an_ask_whose_day_has_gone_is_taken_on_only_with_a_new_day():
    assert refusal(ASKED, owner("taken_on", passed=True)) == "day_gone"
    assert after(ASKED, owner("taken_on", passed=True, due=LATER)).state is State.OPEN


def test_what_was_taken_on_cannot_be_declined_any_more():
    assert refusal(OPEN, owner("declined")) == "already_taken_on"
    assert refusal(OPEN, owner("taken_on")) == "already_taken_on"


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("state", sorted(FINAL))
def test_nothing_happens_to_what_has_ended(name, state):
    ended = Standing(state=State(state), due=LATER)
    assert refusal(ended, owner(name)) == refusal(ended, other(name)) == f"already_{state.replace(' ', '_')}"


deeds = st.builds(
    Deed,
    name=st.sampled_from(sorted(RULES)),
    by_owner=st.booleans(),
    passed=st.booleans(),
    today=st.just(TODAY),
    due=st.one_of(st.none(), st.integers(-3, 900).map(lambda days: TODAY + timedelta(days=days))),
    agrees=st.booleans(),
    then=st.sampled_from(["name", "move", "let go"]),
    words=st.booleans(),
).filter(lambda deed: deed.name != "renegotiated" or deed.due is not None)


@given(start=st.sampled_from([OPEN, ASKED]), tried=st.lists(deeds, max_size=40))
def test_whatever_is_tried_in_whatever_order_it_ends_at_most_once(start, tried):
    standing, ends = start, 0
    for deed in tried:
        try:
            check(standing, deed)
        except Refused:
            continue
        standing = turn(standing, deed)
        ends += standing.state in FINAL
        assert standing.awaits is Awaits.NOTHING or standing.state is State.OPEN
        assert standing.due >= TODAY
    assert ends <= 1
