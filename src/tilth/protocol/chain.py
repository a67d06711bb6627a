"""How entries hang together: each names the hash of the one before."""

from hashlib import sha256

FIRST = bytes(32)


def link_hash(prev: bytes | None, header_hash: bytes, ct_hash: bytes, sig: bytes) -> bytes:
    """The hash of an entry from its parts' hashes; `prev` is None for a partnership's first entry."""
    return sha256(b"tilth/v1/link\0" + (prev or FIRST) + header_hash + ct_hash + sig).digest()


def entry_hash(prev: bytes | None, header: bytes, ct: bytes | None, sig: bytes) -> bytes:
    """The hash of an entry that is here in full."""
    return link_hash(prev, sha256(header).digest(), sha256(ct or b"").digest(), sig)


def signed_message(header_hash: bytes, ct_hash: bytes) -> bytes:
    """What an entry's author signs."""
    return b"tilth/v1/entry\0" + header_hash + ct_hash
