"""What every page of a partnership keeps to, however long its history."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import partnership

PAGES = ("", "timeline", "agreement/", "commitments/", "meetings/", "messages/", "membership/")
MOST_QUERIES = 12


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_at_most_twelve_queries(page: str) -> None:
    mentor, _ = partnership()
    mentor.sees(page)
    with CaptureQueriesContext(connection) as queries:
        mentor.sees(page)
    said = "\n".join(query["sql"][:160] for query in queries)
    assert len(queries) <= MOST_QUERIES, said
