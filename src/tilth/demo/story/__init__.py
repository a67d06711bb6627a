"""The story, part by part, in the order in which it happened."""

from collections.abc import Callable

from tilth.demo.story.back_again import back_again
from tilth.demo.story.beginning import beginning
from tilth.demo.story.first_weeks import first_weeks
from tilth.demo.story.late_changes import late_changes
from tilth.demo.story.lately import lately
from tilth.demo.story.marit import marit
from tilth.demo.story.own_names import own_names
from tilth.demo.story.pausing import pausing
from tilth.demo.voice import Pair

PARTS: tuple[Callable[[Pair], None], ...] = (
    beginning,
    first_weeks,
    marit,
    late_changes,
    pausing,
    back_again,
    own_names,
    lately,
)
