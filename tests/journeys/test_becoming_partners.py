"""From nothing to two people in one partnership."""

import pytest

from tests.journeys.canaries import Canaries
from tests.journeys.conftest import Pair


@pytest.mark.practice("Z2")
def test_two_people_become_partners_and_share_a_first_small_thing(met: Pair, canary: Canaries) -> None:
    hope, theirs = canary("That somebody asks"), canary("To dare more")

    met.mentor.opens(f"{met.home}membership/hope")
    met.mentor.fills("What would make this worthwhile", hope)
    met.mentor.sends("Write it")
    met.mentee.opens(f"{met.home}membership/hope")
    met.mentee.sees_nothing_of(hope)
    met.mentee.fills("What would make this worthwhile", theirs)
    met.mentee.sends("Write it")

    met.mentee.sees(hope)
    met.mentee.sees(theirs)
    met.mentor.opens(f"{met.home}membership/hope")
    met.mentor.sees(theirs)
