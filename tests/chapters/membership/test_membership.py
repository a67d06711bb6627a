"""Opening, inviting, joining, pausing and leaving, through the door."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from tests.cast import invites, joins, opens, partnership, somebody
from tilth.chapters.membership.chapter import chapter
from tilth.ledger.rebuild import rebuild
from tilth.partnerships.models import Decline, Invitation, Member, Partnership, Pause
from tilth.protocol import clock

pytestmark = pytest.mark.django_db


def test_two_people_open_a_partnership_and_join_it() -> None:
    mentor, mentee = partnership()
    assert (mentor.member.role, mentee.member.role) == ("mentor", "mentee")
    assert mentor.member.other == mentee.member


def test_a_line_of_hope_is_the_first_step_while_the_two_are_new_and_later_gives_way_to_what_presses() -> None:
    mentor, _ = partnership()
    assert "Write one line: what do you hope for here?" in mentor.sees("")
    with clock.at(clock.now() + timedelta(days=20)):
        assert "Write down how you want to work together." in mentor.sees("")


def test_an_invitation_works_once() -> None:
    mentor = opens(somebody())
    invitation = invites(mentor)
    joins(somebody("Bela"), mentor, invitation)
    late = somebody("Cato")
    late.partnership = mentor.partnership
    data = {"invitation": str(invitation), "proof": None}
    assert late.is_refused("membership.joined", data, subject=invitation) == "invitation_accepted"


def test_an_invitation_expires() -> None:
    mentor = opens(somebody())
    invitation = invites(mentor)
    late = somebody("Cato")
    late.partnership = mentor.partnership
    with clock.at(clock.now() + timedelta(days=15)):
        refused = late.is_refused("membership.joined", {"invitation": str(invitation)}, subject=invitation)
    assert refused == "invitation_expired"


def test_an_invitation_can_be_taken_back_and_declined() -> None:
    mentor = opens(somebody())
    late = somebody("Cato")
    late.partnership = mentor.partnership
    first = invites(mentor)
    mentor.writes("membership.uninvited", subject=first)
    assert late.is_refused("membership.joined", {"invitation": str(first)}, subject=first) == "invitation_withdrawn"
    second = invites(mentor)
    late.client.post(f"/join/{second}/decline")
    assert Decline.objects.filter(invitation=second).exists()
    assert late.is_refused("membership.joined", {"invitation": str(second)}, subject=second) == "invitation_declined"


@pytest.mark.parametrize(
    ("by", "sent", "title"),
    [
        ("link", False, "Hand your invitation over."),
        ("mail", False, "Your invitation has not been sent yet."),
        ("mail", True, "Your invitation was sent by e-mail."),
    ],
)
def test_home_says_of_an_open_invitation_what_is_known_of_its_way(by: str, sent: bool, title: str) -> None:
    mentor = opens(somebody())
    invitation = invites(mentor, by=by)
    assert ("Their e-mail address" in mentor.sees("membership/invite")) == (by == "mail")
    if sent:
        address = {"invitation": str(invitation), "address": "bela@example.org"}
        mentor.client.post(f"{mentor.path}invite-by-mail", address)
    [step] = chapter.steps(mentor.member, clock.now())
    assert step.title == title


def test_an_address_that_is_none_stands_in_the_form_to_be_mended() -> None:
    mentor = opens(somebody())
    address = {"invitation": str(invites(mentor, by="mail")), "address": "bela@example"}
    answer = mentor.client.post(f"{mentor.path}invite-by-mail", address)
    assert answer.status_code == 422
    assert 'value="bela@example"' in answer.text
    assert "That is not an e-mail address." in answer.text
    assert mentor.client.get(f"{mentor.path}invite-by-mail").headers["Location"] == f"{mentor.path}membership/invite"


@pytest.mark.parametrize(("zone", "day"), [("UTC", "7 December"), ("Pacific/Auckland", "8 December")])
def test_a_mailed_invitation_names_its_last_day_as_the_inviters_page_does(
    zone: str, day: str, mailoutbox: list[EmailMessage]
) -> None:
    with clock.at(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        mentor = opens(somebody(zone=zone))
        address = {"invitation": str(invites(mentor, by="mail")), "address": "bela@example.org"}
        mentor.client.post(f"{mentor.path}invite-by-mail", address)
        assert day in mentor.sees("membership/invite")
    assert f"The invitation is open until {day}." in str(mailoutbox[0].body)


def test_after_the_end_nobody_is_said_to_be_there_nor_invited() -> None:
    mentor, mentee = partnership()
    mentee.writes("membership.left")
    page = mentor.sees("membership/invite")
    assert "is here already" not in page
    assert "The partnership has ended." in page


def test_nobody_accepts_their_own_invitation() -> None:
    mentor = opens(somebody())
    invitation = invites(mentor)
    assert mentor.is_refused("membership.joined", {"invitation": str(invitation)}) == "own_invitation"


def test_a_third_cannot_be_invited() -> None:
    mentor, _ = partnership()
    data = {"role": "mentee", "by": "link", "expires": (clock.now() + timedelta(days=1)).isoformat()}
    assert mentor.is_refused("membership.invited", data) == "no_seat_left"


def test_a_line_of_hope_is_held_back_until_both_are_there() -> None:
    mentor, mentee = partnership()
    opening = _opening(mentor)
    theirs = mentor.writes("membership.hoped", sealed={"words": "that you ask me what nobody asks"}, subject=opening)
    asked = {"ids": [str(theirs)]}
    before = mentee.client.post(f"{mentee.path}sealed", asked, content_type="application/json").json()["entries"][0]
    assert (before["state"], before["ct"]) == ("held back", None)
    mentee.writes("membership.hoped", sealed={"words": "to stop guessing"}, subject=opening)
    after = mentee.client.post(f"{mentee.path}sealed", asked, content_type="application/json").json()["entries"][0]
    assert after["state"] == "here"
    assert mentee.reads(theirs) == {"words": "that you ask me what nobody asks"}


def test_the_way_to_the_lines_of_hope_says_what_is_there() -> None:
    mentor, mentee = partnership()
    assert "Write yours" in mentor.sees("membership/")
    mentor.writes("membership.hoped", sealed={"words": "x"}, subject=_opening(mentor))
    assert "See yours" in mentor.sees("membership/")
    mentee.writes("membership.hoped", sealed={"words": "y"}, subject=_opening(mentor))
    assert "Read them" in mentor.sees("membership/")


def test_after_the_end_nobody_is_sent_to_write_a_line_of_hope() -> None:
    mentor, mentee = partnership()
    mentee.writes("membership.left")
    assert "What you hope for" not in mentor.sees("membership/")


def test_either_side_pauses_at_once_and_only_they_end_it() -> None:
    mentor, mentee = partnership()
    mentee.writes("membership.paused", {"back_on": None})
    assert mentor.is_refused("membership.paused", {}) == "already_paused"
    assert mentor.is_refused("membership.resumed") == "not_your_pause"
    mentee.writes("membership.resumed")
    assert mentee.is_refused("membership.resumed") == "not_paused"


def test_in_a_pause_a_line_of_hope_rests() -> None:
    mentor, mentee = partnership()
    mentor.writes("membership.hoped", sealed={"words": "to be asked"}, subject=_opening(mentor))
    mentor.writes("membership.paused", {"back_on": None})
    assert [one.on for one in chapter.due([mentee.member], clock.now())] == ["me"]
    assert "Resting with you" in mentee.sees()
    assert "Waiting on" not in mentee.sees()


@pytest.mark.parametrize(("zone", "hour"), [("America/Los_Angeles", 3), ("Pacific/Auckland", 21)])
def test_the_day_one_hopes_to_be_back_lies_ahead_on_ones_own_calendar(zone: str, hour: int) -> None:
    mentor, _ = partnership(mentor_zone=zone)
    at = datetime(2026, 11, 24, hour, tzinfo=UTC)
    today = at.astimezone(ZoneInfo(zone)).date()
    with clock.at(at):
        assert mentor.is_refused("membership.paused", {"back_on": today.isoformat()}) == "back_in_the_past"
        mentor.writes("membership.paused", {"back_on": (today + timedelta(days=1)).isoformat()})


def test_after_the_other_has_left_it_is_said_who_could_read_and_not_what_happens_to_what_one_writes() -> None:
    mentor, mentee = partnership()
    assert "Only you and Amara can read this." in mentee.sees("membership/")
    mentor.writes("membership.left")
    page = mentee.sees("membership/")
    assert "Sealed to you and Amara alone." in page
    assert "Amara has left and sees nothing of it here any more." in page
    assert "What you write is sealed" not in page
    assert "ompare codes" not in page.split("<template")[0].split("<main")[1]
    assert ">Compare codes<" not in page


def test_the_day_one_hopes_to_be_back_is_hoped_for_until_it_has_passed() -> None:
    mentor, mentee = partnership()
    back = clock.now() + timedelta(days=3)
    mentor.writes("membership.paused", {"back_on": back.date().isoformat()})
    assert "You hope to be back on" in mentor.sees("membership/pause")
    assert "They hope to be back on" in mentee.sees("membership/pause")
    with clock.at(back + timedelta(days=2)):
        assert "You hoped to be back on" in mentor.sees("membership/pause")
        assert "They hoped to be back on" in mentee.sees("membership/pause")


def test_who_is_alone_is_shown_the_way_to_the_invitation_and_promised_nothing_for_two() -> None:
    mentor = opens(somebody())
    assert "membership/invite" in mentor.sees("messages/").split("You are alone here so far.")[1].split("</p>")[0]
    assert "The two of you can begin" not in mentor.sees("membership/leave")
    assert 'next="/?left=alone"' in mentor.sees("membership/leave")


def test_who_leaves_alone_takes_their_invitation_back() -> None:
    mentor = opens(somebody())
    invitation = invites(mentor)
    mentor.writes("membership.left")
    assert "This invitation was taken back." in Client().get(f"/join/{invitation}").text
    before = _rows(mentor.partnership)
    rebuild(mentor.partnership)
    assert _rows(mentor.partnership) == before


def test_leaving_is_at_once_and_ends_the_partnership_for_both() -> None:
    mentor, mentee = partnership()
    mentee.writes("membership.left", sealed={"words": "thank you"})
    assert mentee.client.get(mentee.path).status_code == 404
    assert mentor.is_refused("membership.paused", {}) == "ended"
    assert "ended" in mentor.sees()
    mentor.writes("membership.left")
    assert mentor.client.get(mentor.path).status_code == 404


def test_a_rebuild_gives_the_same_rows() -> None:
    mentor, mentee = partnership()
    mentor.writes("membership.hoped", sealed={"words": "x"}, subject=_opening(mentor))
    mentee.writes("membership.paused", {"back_on": None})
    mentee.writes("membership.resumed")
    before = _rows(mentor.partnership)
    assert rebuild(mentor.partnership) == 6
    assert _rows(mentor.partnership) == before


def _rows(partnership_id: object) -> list[object]:
    tables = (Partnership, Member, Invitation)
    pauses = Pause.objects.filter(partnership=partnership_id).values_list("by", "from_at", "until_at", "back_on")
    found: list[object] = [list(pauses)]
    for table in tables:
        key = "id" if table is Partnership else "partnership"
        found.append(sorted(table.objects.filter(**{key: partnership_id}).values_list(), key=str))
    return found


def _opening(actor: object) -> object:
    from tilth.chapters.membership.queries import opening

    return opening(actor.member)


def test_an_invitation_that_has_expired_is_not_mailed(mailoutbox: list[EmailMessage]) -> None:
    mentor = opens(somebody())
    address = {"invitation": str(invites(mentor, by="mail")), "address": "bela@example.org"}
    with clock.at(clock.now() + timedelta(days=15)):
        answer = mentor.client.post(f"{mentor.path}invite-by-mail", address)
    assert answer.headers["Location"] == f"{mentor.path}membership/invite"
    assert not mailoutbox
