"""“You”: profile, theme, devices, erasing; and the gate before everything else."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.accounts.cast import ANDROID, FIREFOX, Open, first_card
from tests.cast import partnership

from tilth.accounts import erasure
from tilth.accounts.browsers import browser_name
from tilth.accounts.cards import current_card, keep_card
from tilth.accounts.models import Card, Keyring, Passkey, Person, Session, Wrap
from tilth.accounts.sessions import SessionStore
from tilth.protocol import clock
from tilth.protocol.keys import Keys

pytestmark = pytest.mark.django_db


def give_card(person: Person, keys: Keys) -> Card:
    signed = first_card(person, keys)
    return keep_card(person, body=signed.body, sig=signed.sig, previous_sig=None)


def test_name_and_zone_can_be_changed(ana: Person, browser: Open) -> None:
    browser(ana).post("/account/profile", {"name": "Ana María", "zone": "America/Bogota"})
    ana.refresh_from_db()
    assert (ana.name, ana.zone) == ("Ana María", "America/Bogota")


def test_a_name_is_one_line(ana: Person, browser: Open) -> None:
    browser(ana).post("/account/profile", {"name": " Ana\r\nBcc: eve@example.org\t\u2028María ", "zone": "UTC"})
    ana.refresh_from_db()
    assert ana.name == "Ana Bcc: eve@example.org María"


def test_a_name_turns_no_words_around_it(ana: Person, browser: Open) -> None:
    browser(ana).post("/account/profile", {"name": "\u202eAna\u2067 علی", "zone": "UTC"})
    ana.refresh_from_db()
    assert ana.name == "Ana علی"


def test_name_and_zone_stand_in_the_form_as_they_are(ana: Person, browser: Open) -> None:
    page = browser(ana).get("/account/").text
    assert 'value="Ana"' in page
    assert 'value="Europe/Berlin"' in page


@pytest.mark.parametrize(
    ("name", "zone"), [("", "UTC"), ("x" * 81, "UTC"), ("Ana", "Mars/Base"), ("Ana", ""), ("Ana", "../etc/passwd")]
)
def test_what_is_no_name_or_zone_is_said_and_not_kept(ana: Person, browser: Open, name: str, zone: str) -> None:
    answer = browser(ana).post("/account/profile", {"name": name, "zone": zone})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    ana.refresh_from_db()
    assert (ana.name, ana.zone) == ("Ana", "Europe/Berlin")


def test_the_theme_is_chosen_from_three(ana: Person, browser: Open) -> None:
    client = browser(ana)
    client.post("/account/theme", {"theme": "dark"})
    assert 'data-theme="dark"' in client.get("/account/").text
    client.post("/account/theme", {"theme": "pink"})
    ana.refresh_from_db()
    assert ana.theme == "dark"


def test_devices_are_listed_with_this_one_marked(ana: Person, browser: Open) -> None:
    browser(ana, agent=ANDROID)
    page = browser(ana, agent=FIREFOX).get("/account/").text
    assert "Chrome on Android" in page
    assert page.index("Firefox on Linux") < page.index("This device") < page.index("Chrome on Android")


def test_a_device_can_be_signed_out_from_another(ana: Person, browser: Open) -> None:
    phone, here = browser(ana, agent=ANDROID), browser(ana)
    device = Session.objects.get(browser="Chrome on Android").device_id
    here.post(f"/account/devices/{device}/out")
    assert phone.get("/account/")["Location"].startswith("/sign-in/")
    assert here.get("/account/").status_code == 200


def test_everywhere_else_can_be_signed_out_at_once(ana: Person, stranger: Person, browser: Open) -> None:
    others, here, not_mine = [browser(ana), browser(ana)], browser(ana), browser(stranger)
    here.post("/account/devices/others/out")
    assert {other.get("/account/").status_code for other in others} == {302}
    assert (here.get("/account/").status_code, not_mine.get("/account/").status_code) == (200, 200)


def test_nobody_signs_out_anothers_device(ana: Person, stranger: Person, browser: Open) -> None:
    mine = browser(ana)
    device = Session.objects.get(person=ana).device_id
    assert browser(stranger).post(f"/account/devices/{device}/out").status_code == 404
    assert mine.get("/account/").status_code == 200


def test_when_a_device_was_last_seen_is_noted_hourly_and_not_at_each_request(ana: Person, browser: Open) -> None:
    client = browser(ana)
    start = clock.now()
    with clock.at(start + timedelta(minutes=30)), CaptureQueriesContext(connection) as half_hour:
        client.get("/account/keys")
    with clock.at(start + timedelta(minutes=90)):
        client.get("/account/keys")
    assert not any(query["sql"].startswith(("UPDATE", "INSERT")) for query in half_hour)
    assert Session.objects.get(person=ana).seen_at == start + timedelta(minutes=90)


def test_a_device_stays_signed_in_while_it_is_used_and_no_longer(ana: Person, browser: Open) -> None:
    client = browser(ana)
    start = clock.now()
    for days in (59, 118, 177):
        with clock.at(start + timedelta(days=days)):
            used = client.get("/account/keys")
        assert used.status_code == 200
        assert used.cookies["tilth"]["max-age"] == timedelta(days=60).total_seconds()
    with clock.at(start + timedelta(days=177 + 61)):
        assert client.get("/account/")["Location"].startswith("/sign-in/")


def test_noting_that_a_device_is_in_use_leaves_what_another_request_put_into_its_session(
    ana: Person, browser: Open
) -> None:
    cookie = browser(ana).cookies["tilth"].value
    with clock.at(clock.now() + timedelta(minutes=90)):
        noting, writing = SessionStore(cookie), SessionStore(cookie)
        assert noting["device"] == writing["device"]
        writing["challenge"] = "written meanwhile"
        writing.save()
        noting.save()
    assert SessionStore(cookie)["challenge"] == "written meanwhile"


def test_a_device_shown_out_while_it_is_noted_as_in_use_is_simply_signed_out(ana: Person, browser: Open) -> None:
    client, device = browser(ana), Session.objects.get(person=ana).device_id
    with clock.at(clock.now() + timedelta(minutes=90)):
        assert client.post(f"/account/devices/{device}/out").status_code == 302
        assert client.get("/account/")["Location"].startswith("/sign-in/")


def test_what_a_device_does_while_it_is_shown_out_does_not_bring_its_session_back(ana: Person, browser: Open) -> None:
    session = SessionStore(browser(ana).cookies["tilth"].value)
    session["challenge"] = "half-way"
    Session.objects.all().delete()
    session.save()
    assert not Session.objects.exists()


def test_a_page_kept_ready_says_too_that_its_reader_is_still_there() -> None:
    mentor, _ = partnership()
    start = clock.now().replace(second=0, microsecond=0) + timedelta(hours=2)
    with clock.at(start):
        assert "tilth" in mentor.client.get(mentor.path).cookies
    Session.objects.filter(person=mentor.person).update(seen_at=start - timedelta(hours=2))
    with clock.at(start + timedelta(seconds=1)):
        kept = mentor.client.get(mentor.path)
        again = mentor.client.get(mentor.path)
    assert (kept.status_code, "tilth" in kept.cookies, "tilth" in again.cookies) == (200, True, False)
    assert Session.objects.get(person=mentor.person).seen_at == start + timedelta(seconds=1)


def test_session_and_person_cost_one_query(ana: Person, browser: Open, keys: Keys) -> None:
    give_card(ana, keys)
    client = browser(ana)
    client.get("/keys/unlock")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/keys/unlock").status_code == 200
    assert len([query for query in queries if query["sql"].strip().startswith("SELECT")]) == 1


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox on Linux"),
        (ANDROID, "Chrome on Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/140.0 Safari/537.36 OPR/120.0", "Opera on Mac"),
        ("curl/8", "A browser"),
        ("", "A browser"),
    ],
)
def test_browsers_are_called_as_their_owners_call_them(agent: str, name: str) -> None:
    assert browser_name(agent) == name


@pytest.fixture
def also_erased() -> Iterator[list[Person]]:
    seen: list[Person] = []
    erasure.also_erase(seen.append)
    yield seen
    erasure._also.remove(seen.append)


def test_erasing_leaves_cards_and_no_name(ana: Person, browser: Open, keys: Keys, also_erased: list[Person]) -> None:
    card = give_card(ana, keys)
    Wrap.objects.create(person=ana, card=card, kind="phrase", age=b"a")
    Keyring.objects.create(person=ana, version=1, sealed=b"k")
    Passkey.objects.create(person=ana, credential_id=b"c", credential=b"c", label="Phone")
    client, other = browser(ana), browser(ana)
    answer = client.post("/account/erase", {"email": "Ana@example.org"}, follow=True)
    assert "Your account is erased" in answer.text
    ana.refresh_from_db()
    assert (ana.name, str(ana), ana.email, ana.is_active) == ("", "Former member", f"{ana.pk}@erased.invalid", False)
    assert not any(table.objects.filter(person=ana).exists() for table in (Wrap, Keyring, Passkey, Session))
    assert current_card(ana) == card
    assert also_erased == [ana]
    assert {one.get("/account/").status_code for one in (client, other)} == {302}


def test_erasing_asks_for_the_own_address(ana: Person, browser: Open) -> None:
    client = browser(ana)
    answer = client.post("/account/erase", {"email": "other@example.org"})
    assert answer.status_code == 422
    assert "not the address of this account" in answer.text
    assert client.get("/account/").status_code == 200


def test_one_may_come_back_as_someone_new_after_erasing(ana: Person, stranger: Person, browser: Open) -> None:
    browser(ana).post("/account/erase", {"email": ana.email})
    assert Person.objects.join("ana@example.org").pk != ana.pk


def test_without_a_name_every_page_leads_to_giving_one(db: None, browser: Open) -> None:
    client = browser(Person.objects.join("new@example.org"))
    assert client.get("/?a=b")["Location"] == "/sign-in/you/?next=%2F%3Fa%3Db"
    answer = client.post("/sign-in/you/", {"name": "New", "zone": "Asia/Tokyo", "next": "/?a=b"})
    assert answer["Location"] == "/?a=b"
    assert Person.objects.get().zone == "Asia/Tokyo"


def test_signed_out_every_partnership_known_or_not_leads_to_signing_in(browser: Open, db: None) -> None:
    url = "/p/00000000-0000-4000-8000-000000000000/commitments/"
    assert browser().get(url)["Location"] == f"/sign-in/?next={quote(url, safe='')}"


def test_without_keys_every_page_leads_to_making_them(ana: Person, browser: Open) -> None:
    assert browser(ana).get("/begin")["Location"] == "/keys/?next=%2Fbegin"


def test_with_keys_nothing_stands_in_the_way(ana: Person, browser: Open, keys: Keys) -> None:
    give_card(ana, keys)
    assert browser(ana).get("/").status_code == 200


def test_json_is_never_turned_elsewhere(ana: Person, browser: Open) -> None:
    answer = browser(ana).get("/p/00000000-0000-4000-8000-000000000000/head", headers={"accept": "application/json"})
    assert answer.status_code == 404


def test_keys_are_made_once_and_unlocked_after(ana: Person, browser: Open, keys: Keys) -> None:
    client = browser(ana)
    assert client.get("/keys/unlock?next=/p/1/")["Location"] == "/keys/?next=%2Fp%2F1%2F"
    assert '<key-maker next="/p/1/">' in client.get("/keys/?next=/p/1/").text
    give_card(ana, keys)
    assert client.get("/keys/?next=/p/1/")["Location"] == "/keys/unlock?next=%2Fp%2F1%2F"
    assert '<key-unlock next="/p/1/">' in client.get("/keys/unlock?next=/p/1/").text


def test_new_keys_after_a_loss_say_first_what_is_lost_and_what_stays(ana: Person, browser: Open, keys: Keys) -> None:
    give_card(ana, keys)
    page = browser(ana).get("/keys/new").text
    assert "What you lose" in page
    assert "What stays" in page
    assert "<key-maker" in page
    assert " replace>" in page


def test_every_page_of_the_account_needs_somebody_signed_in(browser: Open, db: None) -> None:
    for url in ("/account/", "/account/erase", "/keys/", "/keys/unlock", "/keys/new", "/sign-in/you/"):
        assert browser().get(url)["Location"].startswith("/sign-in/?next=")
