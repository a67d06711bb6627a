"""Words that only the two may read, looked for in everything the server ever held or was sent."""

import base64
import secrets
from collections.abc import Iterable
from urllib.parse import quote


class Canaries:
    """`canary("a worry")` is a text for a sealed field; `found_in` says where any of them shows."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __call__(self, about: str = "words") -> str:
        """A text that occurs nowhere else, with the words in front so that a page stays readable."""
        mark = f"canary{secrets.token_hex(8)}"
        self.made.append(mark)
        return f"{about} {mark}"

    def is_in(self, words: str) -> bool:
        """Whether any of them stands in these words, as they were typed."""
        return any(mark in words for mark in self.made)

    def found_in(self, places: Iterable[tuple[str, bytes]]) -> list[str]:
        shapes = {mark: _shapes(mark) for mark in self.made}
        return sorted(
            {
                f"{mark} in {place}"
                for place, content in places
                for mark, forms in shapes.items()
                if any(form in content for form in forms)
            }
        )


def _shapes(mark: str) -> list[bytes]:
    """The mark as it is, in hex, in UTF-16, escaped for an address, and in base64 at each of the three offsets."""
    plain = mark.encode()
    shapes = [plain, plain.hex().encode(), mark.encode("utf-16-le"), quote(mark).encode()]
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + plain)
        shapes.append(encoded[4 if offset else 0 : -4])
    return shapes
