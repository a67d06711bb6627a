"""Padding, so that a sealed text's size tells little: Padmé, at a cost of at most 12 %."""

from tilth.protocol.errors import ProtocolError

_LENGTH = 4


def padme(length: int) -> int:
    """The padded length (Nikitin and others, “Reducing Metadata Leakage from Encrypted Files”, 2019, algorithm 1)."""
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    step = (1 << exponent - exponent.bit_length()) - 1
    return length + step & ~step


def pad(body: bytes) -> bytes:
    """4-byte big-endian length ‖ body ‖ zeros."""
    framed = len(body).to_bytes(_LENGTH, "big") + body
    return framed.ljust(padme(len(framed)), b"\0")


def unpad(padded: bytes) -> bytes:
    """The body that `pad` was given; anything that `pad` would not have made raises ProtocolError."""
    end = _LENGTH + int.from_bytes(padded[:_LENGTH], "big")
    if len(padded) < _LENGTH or len(padded) != padme(end) or any(padded[end:]):
        raise ProtocolError("bad_padding", "The sealed text is not padded as it should be.")
    return padded[_LENGTH:end]
