"""An address that somebody typed, altered or cut off leads to a page, never to an error of the server."""

import pytest

from tests.cast import Actor, partnership

pytestmark = pytest.mark.django_db

NOWHEN = "0001-01-01T00:00:00%2B14:00"
NOWHERE = "00000000-0000-7000-8000-000000000000"


@pytest.fixture(params=["Asia/Tokyo", "America/Lima"])
def mentor(request: pytest.FixtureRequest) -> Actor:
    return partnership(mentor_zone=request.param)[0]


@pytest.mark.parametrize(
    "page",
    [
        f"agreement/?before={NOWHEN}_{NOWHERE}",
        f"agreement/?before=2026-01-01T10:00_{NOWHERE}",
        "agreement/draft?from=x",
        f"commitments/new?source={NOWHERE}",
        f"commitments/resolved?before={NOWHEN}_{NOWHERE}",
        "commitments/limits?data.due=9999-12-31",
        "commitments/limits?data.due=0001-01-01",
        f"meetings/?before={NOWHEN}_{NOWHERE}&after=tomorrow",
        f"meetings/?after=2026-01-01T10:00_{NOWHERE}",
        "meetings/propose?data.minutes=000060999999999999999999",
        "meetings/limits?data.minutes=0000609999999&data.to=2026-12-01T10:00",
        f"meetings/limits?data.to={NOWHEN}",
        "meetings/limits?data.to=0001-01-01T00:00",
        "meetings/limits?data.to=9999-12-31T23:59",
        "meetings/limits?data.to=2026-12-01T10:00&meeting=x",
        f"messages/?before={NOWHEN}_{NOWHERE}",
        "messages/?before=_",
        "messages/?before=2026-01-01T10:00:00Z",
        f"messages/?before=2026-01-01T10:00_{NOWHERE}",
        "timeline?before=999999999999",
    ],
)
def test_a_strange_address_leads_to_a_page(mentor: Actor, page: str) -> None:
    mentor.sees(page)


@pytest.mark.parametrize("page", ["commitments/resolved", "messages/", "timeline"])
def test_from_far_back_a_link_leads_to_the_newest(mentor: Actor, page: str) -> None:
    newest = f'<a href="/p/{mentor.partnership}/{page}">Newest</a>'
    before = "1" if page == "timeline" else f"2026-01-01T10:00:00%2B00:00_{NOWHERE}"
    assert newest in mentor.sees(f"{page}?before={before}")
    assert newest not in mentor.sees(page)
