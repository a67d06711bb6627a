"""From nothing to two people in one partnership."""

import pytest

from tests.journeys.canaries import Canaries
from tests.journeys.conftest import Pair


@pytest.mark.practice("Z2")
def test_two_people_become_partners_and_share_a_first_small_thing(pair: Pair, canary: Canaries) -> None:
    hope, theirs = canary("That somebody asks"), canary("To dare more")

    pair.mentor.opens(f"{pair.home}membership/hope")
    pair.mentor.fills("What would make this worthwhile", hope)
    pair.mentor.sends("Write it")
    pair.mentee.opens(f"{pair.home}membership/hope")
    pair.mentee.sees_nothing_of(hope)
    pair.mentee.fills("What would make this worthwhile", theirs)
    pair.mentee.sends("Write it")

    pair.mentee.sees(hope)
    pair.mentee.sees(theirs)
    pair.mentor.opens(f"{pair.home}membership/hope")
    pair.mentor.sees(theirs)
