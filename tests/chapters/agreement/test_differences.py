from hypothesis import given

from tests.chapters.agreement.terms import AMARA, LENA, NAMES, RHYTHM, TERMS, any_terms
from tilth.chapters.agreement.differences import Difference, differences
from tilth.partnerships.terms import Terms


def changed(**changes: object) -> Terms:
    return Terms.model_validate(TERMS.model_dump(mode="json") | changes)


def test_a_shorter_window_is_said_in_words() -> None:
    [change] = differences(TERMS, changed(window_hours=8), NAMES)
    assert change == Difference(
        section="talk", label="Answers", before="within two working days", after="within one working day"
    )


def test_one_members_quiet_hours_name_that_member() -> None:
    members = TERMS.model_dump(mode="json")["members"]
    members[str(AMARA)]["quiet_from"] = "22:00"
    [change] = differences(TERMS, changed(members=members), NAMES)
    assert (change.label, change.before, change.after) == (
        "Amara’s quiet hours", "20:00 to 08:00", "22:00 to 08:00",
    )  # fmt: skip


def test_what_one_can_carry_is_spoken_of_once_it_is_said() -> None:
    members = TERMS.model_dump(mode="json")["members"]
    members[str(AMARA)]["capacity"] = 3
    said = changed(members=members)
    [change] = differences(TERMS, said, NAMES)
    assert change == Difference(
        section="time", label="Amara can carry", before=None, after="three partnerships at once, with this one"
    )
    members[str(AMARA)]["capacity"] = 1
    [change] = differences(said, changed(members=members), NAMES)
    assert change.after == "this partnership and no other"


def test_giving_up_the_rhythm_says_what_was_and_that_nothing_is_left_of_it() -> None:
    found = {change.label: change for change in differences(TERMS, changed(rhythm=None), NAMES)}
    assert found["How often"].before == "every second Tuesday"
    assert found["How often"].after == "no fixed rhythm, we arrange each meeting"
    assert found["At"].before == "17:00 in Berlin"
    assert found["At"].after is None


def test_a_rhythm_that_ends_early_says_so() -> None:
    rhythm = RHYTHM.model_dump(mode="json") | {"ends": "2027-06-30"}
    [change] = differences(TERMS, changed(rhythm=rhythm), NAMES)
    assert (change.label, change.before, change.after) == ("Last meeting", None, "by 30 June 2027")


def test_where_is_said_as_it_is_of_a_meeting() -> None:
    rhythm = RHYTHM.model_dump(mode="json") | {"place": "phone"}
    [change] = differences(TERMS, changed(rhythm=rhythm), NAMES)
    assert (change.before, change.after) == ("by video", "by phone")


def test_who_schedules_is_a_name() -> None:
    [change] = differences(TERMS, changed(schedules=str(LENA)), NAMES)
    assert (change.before, change.after) == ("either of us", "Lena")


@given(any_terms())
def test_nothing_changes_from_a_version_to_itself(terms: Terms) -> None:
    assert differences(terms, terms, NAMES) == []


@given(any_terms(), any_terms())
def test_whatever_changed_is_told(before: Terms, after: Terms) -> None:
    assert bool(differences(before, after, NAMES)) == (before != after)


@given(any_terms(), any_terms())
def test_the_way_back_tells_the_same_things_turned_round(before: Terms, after: Terms) -> None:
    there = {(change.label, change.before, change.after) for change in differences(before, after, NAMES)}
    back = {(change.label, change.after, change.before) for change in differences(after, before, NAMES)}
    assert there == back
