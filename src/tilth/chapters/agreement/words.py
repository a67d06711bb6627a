"""What the agreement's kinds are called on the timeline, after the actor's name."""

from tilth.ledger.kinds import Telling


def proposed(telling: Telling) -> str:
    return "proposed a new text for the agreement" if telling.data.replaces else "proposed how to work together"


def signed(telling: Telling) -> str:
    return "signed the agreement" if telling.by_me else "signed the agreement with you"


def declined(telling: Telling) -> str:
    return "left a proposal for the agreement as it is" if telling.by_me else "did not take up a proposal"
