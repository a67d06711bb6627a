"""One-time sign-in links: used by a person pressing the button, never by a machine that looks."""

from datetime import timedelta

import pytest
from tests.accounts.cast import Open

from tilth.accounts.expiry import forget_expired
from tilth.accounts.links import first_link, make_link, unused_link
from tilth.accounts.models import Limit, Link, PendingCode, Person, Session
from tilth.protocol import clock

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_pressing_the_button_signs_in(ana: Person, browser: Open) -> None:
    client, url = browser(), f"/sign-in/link/{make_link(ana, HOUR)}"
    assert "Hello, Ana" in client.get(url).text
    assert client.post(url)["Location"] == "/"
    assert client.session["_auth_user_id"] == str(ana.pk)


def test_looking_does_not_use_a_link_up(ana: Person, browser: Open) -> None:
    url = f"/sign-in/link/{make_link(ana, HOUR)}"
    for _ in range(3):
        assert browser().get(url).status_code == 200
        assert browser().head(url).status_code == 200
    assert browser().post(url).status_code == 302


def test_a_link_works_once(ana: Person, browser: Open) -> None:
    url = f"/sign-in/link/{make_link(ana, HOUR)}"
    browser().post(url)
    late = browser()
    answer = late.post(url)
    assert answer.status_code == 410
    assert "no longer good" in answer.text
    assert "_auth_user_id" not in late.session


def test_a_lasting_link_works_again_until_it_ends(ana: Person, browser: Open) -> None:
    url = f"/sign-in/link/{make_link(ana, HOUR, once=False)}"
    assert "It works once" not in browser().get(url).text
    for _ in range(2):
        assert browser().post(url)["Location"] == "/"
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert browser().post(url).status_code == 410


def test_a_link_ends(ana: Person, browser: Open) -> None:
    url = f"/sign-in/link/{make_link(ana, HOUR)}"
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert browser().post(url).status_code == 410


def test_unknown_used_and_ended_links_look_the_same(ana: Person, browser: Open) -> None:
    used = f"/sign-in/link/{make_link(ana, HOUR)}"
    browser().post(used)
    ended = f"/sign-in/link/{make_link(ana, -HOUR)}"
    pages = {browser().get(url).text for url in (used, ended, "/sign-in/link/never-was")}
    assert len(pages) == 1


def test_a_link_leads_on_to_where_it_says_and_nowhere_else(ana: Person, browser: Open) -> None:
    url = f"/sign-in/link/{make_link(ana, HOUR)}?next=/p/1/"
    assert browser().post(url)["Location"] == "/p/1/"
    url = f"/sign-in/link/{make_link(ana, HOUR)}?next=//evil.example"
    assert browser().post(url)["Location"] == "/"


def test_a_link_with_a_key_phrase_leads_on_by_way_of_unlocking(ana: Person, browser: Open) -> None:
    url = f"/sign-in/link/{make_link(ana, HOUR)}?next=/p/1/"
    assert browser().post(url, {"unlock": "1"})["Location"] == "/keys/unlock?next=%2Fp%2F1%2F"


def test_tokens_are_kept_as_hashes_only(ana: Person) -> None:
    token = make_link(ana, HOUR)
    assert token.encode() not in bytes(Link.objects.get().hash)


def test_another_first_link_ends_the_one_before_and_nobody_elses(ana: Person, browser: Open) -> None:
    hers, lost = make_link(ana, HOUR), first_link(HOUR)
    found = first_link(HOUR)
    assert [unused_link(token) is not None for token in (hers, lost, found)] == [True, False, True]


def test_the_first_person_says_who_they_are_and_is_in(browser: Open) -> None:
    client, url = browser(), f"/sign-in/link/{make_link(None, HOUR)}"
    assert "You are the first one here" in client.get(url).text
    client.post(url, {"name": "Ana", "email": "Ana@Example.org", "zone": "Europe/Berlin"})
    person = Person.objects.get()
    assert (person.name, person.email, person.zone) == ("Ana", "ana@example.org", "Europe/Berlin")
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_first_persons_link_is_not_used_up_by_a_slip(browser: Open) -> None:
    url = f"/sign-in/link/{make_link(None, HOUR)}"
    answer = browser().post(url, {"name": "", "email": "no", "zone": "Mars/Base"})
    assert answer.status_code == 422
    assert answer.text.count('aria-invalid="true"') == 3
    assert browser().get(url).status_code == 200


def test_the_first_persons_link_lets_in_no_second(ana: Person, browser: Open) -> None:
    url = f"/sign-in/link/{make_link(None, HOUR)}"
    answer = browser().post(url, {"name": "Eve", "email": "eve@example.org", "zone": "UTC"})
    assert answer.status_code == 410
    assert not Person.objects.filter(email="eve@example.org").exists()


def test_one_place_may_not_try_links_without_end(browser: Open) -> None:
    statuses = [browser().get(f"/sign-in/link/{n}").status_code for n in range(61)]
    assert statuses == [410] * 60 + [429]


def test_what_has_run_out_is_forgotten_and_nothing_else(ana: Person, browser: Open) -> None:
    client = browser(ana)
    make_link(ana, HOUR)
    client.post("/sign-out/")
    here = browser(ana)
    forgotten = forget_expired(clock.now())
    assert (forgotten, here.get("/account/").status_code) == (0, 200)
    assert forget_expired(clock.now() + timedelta(days=61)) > 0
    assert not any(table.objects.exists() for table in (Link, Limit, PendingCode, Session))
