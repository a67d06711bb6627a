"""What each kind of a partnership's life is called on the timeline, after the actor's name."""

from tilth.ledger.kinds import Telling


def opened(telling: Telling) -> str:
    return f"opened this partnership as {telling.data.role}"


def invited(telling: Telling) -> str:
    return f"sent an invitation to a {telling.data.role}"


def hoped(telling: Telling) -> str:
    return "wrote what they hope for" if not telling.by_me else "wrote what you hope for"
