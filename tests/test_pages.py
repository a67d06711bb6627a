"""What every page of a partnership keeps to, however long its history."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import partnership
from tests.chapters.commitments.story import makes
from tests.chapters.meetings.rhythms import agree, first_meeting
from tests.chapters.messages.story import replies, starts
from tilth.ledger.models import Entry
from tilth.ledger.story import newest
from tilth.protocol import clock

PAGES = ("", "timeline", "agreement/", "commitments/", "meetings/", "messages/", "membership/")
MOST_QUERIES = 12


@pytest.mark.django_db
def test_what_is_told_leads_to_the_page_where_the_whole_of_it_stands() -> None:
    mentor, mentee = partnership()
    version = agree(mentor, mentee)
    made = makes(mentee, due=f"{clock.now().year + 1}-03-04")
    kept = mentee.writes("commitments.kept", {}, {"words": "It took an afternoon"}, subject=made)
    thread = starts(mentor)
    reply = replies(mentor, thread)
    mentor.writes("messages.withdrawn", subject=reply)
    meeting = first_meeting(mentor).id
    point = mentee.writes("meetings.point_added", {}, {"point": "The offer"}, subject=meeting)
    mentee.writes("meetings.point_settled", {"settled": True}, subject=point)
    opening = Entry.objects.get(partnership_id=mentor.partnership, kind="membership.opened").id
    mentor.writes("membership.hoped", {}, {"words": "That we talk"}, subject=opening)
    mentor.writes("membership.paused", {"back_on": None}, {"words": "The children are ill"})

    told = [(entry.words, entry.url and entry.url.removeprefix(mentor.path)) for entry in newest(mentor.member)]
    places = [place for _, place in told]
    assert places[0] is None  # the words of a pause stand nowhere but here
    assert places[1:] == [
        "membership/hope", f"meetings/about/{point}", f"meetings/{meeting}", f"messages/about/{reply}",
        f"messages/about/{reply}", f"messages/about/{thread}", f"commitments/{made}/#e-{kept}",
        f"commitments/{made}/#e-{made}", f"agreement/{version}/", f"agreement/{version}/", None, None, None,
    ]  # fmt: skip
    leads_to = [mentor.client.get(f"{mentor.path}{place}").headers.get("Location") for place in places if place]
    assert leads_to[1] == f"{mentor.path}meetings/{meeting}"
    assert leads_to[3] == f"{mentor.path}messages/{thread}/#m-{reply}"
    assert leads_to[5] == f"{mentor.path}messages/{thread}/#m-{thread}"
    page = mentor.sees("timeline")
    assert all(f'<a href="{mentor.path}{place}">' in page for place in places if place)


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_at_most_twelve_queries(page: str) -> None:
    mentor, _ = partnership()
    mentor.sees(page)
    with CaptureQueriesContext(connection) as queries:
        mentor.sees(page)
    said = "\n".join(query["sql"][:160] for query in queries)
    assert len(queries) <= MOST_QUERIES, said
