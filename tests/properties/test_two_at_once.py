"""Two members sign on the same head at the same moment: both end up in, in some order."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client

from tests.cast import Actor, invites, opens, partnership, somebody
from tests.stores import Store
from tilth.accounts.erasure import erase
from tilth.accounts.models import Person
from tilth.ledger import door, views
from tilth.ledger.models import Entry
from tilth.ledger.rebuild import rebuild
from tilth.ledger.verifying import verify_partnership
from tilth.partnerships import access
from tilth.partnerships.models import Decline, Invitation, Member, Partnership
from tilth.protocol import clock
from tilth.protocol.entries import SignedEntry

ROUNDS = 5


class Signer(threading.Thread):
    """Signs at once with the other, sends at once with the other, and signs again when the other was faster."""

    def __init__(self, actor: Actor, together: threading.Barrier) -> None:
        super().__init__()
        self.actor, self.together = actor, together
        self.answers: list[int] = []

    def run(self) -> None:
        try:
            for _ in range(ROUNDS):
                self.together.wait()
                signed = self.actor.seal("messages.written", {}, {"title": "A question", "body": "Now?"})
                self.together.wait()
                self.sends(signed)
        finally:
            connection.close()

    def sends(self, signed: object) -> None:
        answer = self.actor.posts(signed)  # type: ignore[arg-type]
        self.answers.append(answer.status_code)
        if answer.status_code == 409:
            self.sends(self.actor.seal("messages.written", {}, {"title": "A question", "body": "Now?"}))


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_at_the_same_moment_are_both_written() -> None:
    mentor, mentee = partnership()
    before = Entry.objects.count()
    together = threading.Barrier(2, timeout=60)
    signers = [Signer(actor, together) for actor in (mentor, mentee)]
    for signer in signers:
        signer.start()
    for signer in signers:
        signer.join()

    answers = [status for signer in signers for status in signer.answers]
    assert set(answers) <= {201, 409}
    assert answers.count(201) == 2 * ROUNDS
    assert Entry.objects.count() == before + 2 * ROUNDS
    assert not [found for found in verify_partnership(Partnership.objects.get(id=mentor.partnership)) if found]


class Sender(threading.Thread):
    """Sends an entry at once with another click."""

    def __init__(self, actor: Actor, entry: SignedEntry, together: threading.Barrier) -> None:
        super().__init__()
        self.actor, self.entry, self.together = actor, entry, together

    def run(self) -> None:
        try:
            self.together.wait()
            self.answer = self.actor.posts(self.entry)
        finally:
            connection.close()


class Decliner(threading.Thread):
    """Says no to an invitation at once with the one who accepts it."""

    def __init__(self, invitation: UUID, together: threading.Barrier) -> None:
        super().__init__()
        self.invitation, self.together = invitation, together

    def run(self) -> None:
        try:
            self.together.wait()
            Client().post(f"/join/{self.invitation}/decline")
        finally:
            connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_an_invitation_is_accepted_or_declined_and_never_both(_round: int) -> None:
    founder, invited = opens(somebody("Amara")), somebody("Bela")
    invitation = invites(founder)
    invited.partnership = founder.partnership
    joining = invited.seal("membership.joined", {"invitation": str(invitation), "proof": None}, subject=invitation)
    together = threading.Barrier(2, timeout=60)
    both = [Sender(invited, joining, together), Decliner(invitation, together)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert Invitation.objects.filter(accepted_at=None).exists() == Decline.objects.exists()
    rebuild(founder.partnership)


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch, store: Store) -> Callable[[Callable[[], object]], None]:
    """What is given happens once, in another thread, after the next writer has read where the partnership stands and
    before their transaction. On a store with one writer, whoever opens a partnership reads once more within it."""

    def happens(deed: Callable[[], object]) -> None:
        todo = [deed]

        def now() -> None:
            if todo:
                other = threading.Thread(target=closing(todo.pop()))
                other.start()
                other.join()

        def arrival(request: HttpRequest, partnership_id: UUID) -> tuple[Person | None, Partnership | None]:
            person, read = access.arrival(request, partnership_id)
            if read or store.name == "sqlite":
                now()
            return person, read

        def found(partnership_id: UUID) -> Partnership | None:
            read = access.found(partnership_id)
            now()
            return read

        monkeypatch.setattr(views, "arrival", arrival)
        monkeypatch.setattr(door, "found", found)

    return happens


def closing(deed: Callable[[], object]) -> Callable[[], None]:
    def done() -> None:
        try:
            deed()
        finally:
            connection.close()

    return done


@pytest.mark.django_db(transaction=True)
def test_what_a_rule_refuses_after_itself_is_not_refused_to_the_second_of_two_clicks(
    meanwhile: Callable[[Callable[[], object]], None],
) -> None:
    _, mentee = partnership()
    made = mentee.writes(
        "commitments.made", {"due": (clock.now() + timedelta(days=7)).date().isoformat()}, {"words": "I will"}
    )
    kept = mentee.seal("commitments.kept", subject=made)
    answers = list[int]()
    meanwhile(lambda: answers.append(mentee.posts(kept).status_code))
    answers.append(mentee.posts(kept).status_code)
    assert answers == [201, 200]


@pytest.mark.django_db(transaction=True)
def test_who_loses_the_race_for_a_partnerships_id_learns_nothing_of_it(
    meanwhile: Callable[[Callable[[], object]], None],
) -> None:
    founder, stranger = somebody("Amara"), somebody("Bela")
    stranger.partnership = founder.partnership
    opening = stranger.seal("membership.opened", {"role": "mentor"})
    meanwhile(lambda: opens(founder))
    answer = stranger.posts(opening)
    assert answer.status_code == 404
    assert "head" not in answer.json()


@pytest.mark.django_db(transaction=True)
def test_nobody_joins_who_erased_their_account_at_that_moment(
    meanwhile: Callable[[Callable[[], object]], None],
) -> None:
    founder, invited = opens(somebody("Amara")), somebody("Bela")
    invitation = invites(founder)
    invited.partnership = founder.partnership
    joining = invited.seal("membership.joined", {"invitation": str(invitation), "proof": None}, subject=invitation)
    meanwhile(lambda: erase(Person.objects.get(id=invited.person.id)))
    assert invited.posts(joining).status_code == 403
    assert Member.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_a_partnership_opened_by_two_clicks_at_once_is_opened_once(_round: int) -> None:
    founder = somebody("Amara")
    opening = founder.seal("membership.opened", {"role": "mentor"})
    together = threading.Barrier(2, timeout=60)
    clicks = [Sender(founder, opening, together) for _ in range(2)]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()

    assert sorted(click.answer.status_code for click in clicks) == [200, 201]
    assert Entry.objects.count() == 1
    assert clicks[0].answer.json() == clicks[1].answer.json()
