"""Numbers, lengths of time and names in words."""

import pytest

from tilth.design import wording


@pytest.mark.parametrize(("count", "words"), [(0, "no days"), (1, "one day"), (12, "twelve days"), (13, "13 days")])
def test_numbers_are_words_up_to_twelve(count: int, words: str) -> None:
    assert wording.number(count, "day") == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (5, "five minutes"),
        (45, "45 minutes"),
        (60, "one hour"),
        (75, "one hour 15 minutes"),
        (90, "an hour and a half"),
    ],
)
def test_a_meeting_has_a_length_in_words(minutes: int, words: str) -> None:
    assert wording.length(minutes) == words


@pytest.mark.parametrize(
    ("hours", "words"), [(16, "two working days"), (8, "one working day"), (4, "four working hours")]
)
def test_a_response_window_is_said_in_working_days_where_it_fits(hours: int, words: str) -> None:
    assert wording.working_time(hours) == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0, "any time before"),
        (1, "one hour ahead"),
        (3, "three hours ahead"),
        (24, "a day ahead"),
        (48, "two days ahead"),
    ],
)
def test_notice_is_said_ahead(hours: int, words: str) -> None:
    assert wording.notice_time(hours) == words


@pytest.mark.parametrize(
    ("name", "initials", "first"),
    [
        ("Ines Duarte", "ID", "Ines"),
        ("Yaw Kofi Mensah", "YM", "Yaw"),
        ("Björk", "B", "Björk"),
        ("李 雷", "李雷", "李"),
        ("", "·", "Someone"),
    ],
)
def test_every_name_has_initials_and_something_to_be_called_by(name: str, initials: str, first: str) -> None:
    assert (wording.initials(name), wording.first_name(name)) == (initials, first)


def test_a_time_zone_is_called_by_its_city() -> None:
    assert wording.place_of_zone("America/Argentina/Buenos_Aires") == "Buenos Aires"
    assert wording.place_of_zone("UTC") == "UTC"
