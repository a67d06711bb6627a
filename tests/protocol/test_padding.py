import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilth.protocol.errors import ProtocolError
from tilth.protocol.padding import pad, padme, unpad


@pytest.mark.parametrize(
    ("length", "padded"),
    [(0, 0), (1, 1), (8, 8), (9, 10), (20, 20), (33, 36), (100, 104), (1000, 1024), (65_537, 67_584)],
)
def test_padme_gives_the_papers_lengths(length, padded):
    assert padme(length) == padded


@given(st.integers(2, 2**40))
def test_padding_costs_at_most_an_eighth_and_is_stable(length):
    assert length <= padme(length) <= length * 9 / 8
    assert padme(padme(length)) == padme(length)


@given(st.binary(max_size=5000))
def test_a_body_comes_back(body):
    assert unpad(pad(body)) == body


@pytest.mark.parametrize(
    "padded",
    [b"", b"\0\0\0", b"\0\0\0\2a", b"\0\0\0\1aa", b"\0\0\0\5abcde\1", b"\0\0\0\5abcde\0\0", b"\xff\xff\xff\xffabc"],
)
def test_padding_that_we_would_not_make_is_refused(padded):
    with pytest.raises(ProtocolError) as refused:
        unpad(padded)
    assert refused.value.code == "bad_padding"
