"""What an age file says before it is opened: to how many keys, of which kind, it is sealed."""

import re

_GREASE = re.compile(rb"\S+-grease( |$)")


def stanzas(file: bytes) -> list[bytes]:
    """The argument lines of its stanzas without their `-> `; none where there is no age header.

    Left out is the "grease" that age libraries may add, so that openers keep ignoring what they don't know.
    """
    header, found, _ = file.partition(b"\n---")
    lines = header.split(b"\n") if found else []
    return [line[3:] for line in lines if line.startswith(b"-> ") and not _GREASE.match(line[3:])]


def is_sealed_to(file: bytes, *, readers: int) -> bool:
    """Whether the file has exactly as many X25519 stanzas as there are readers, and no other."""
    found = stanzas(file)
    return len(found) == readers and all(line.startswith(b"X25519 ") for line in found)
