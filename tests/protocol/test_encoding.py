from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tilth.protocol import clock
from tilth.protocol.encoding import LARGEST_WHOLE, b64u, compact_json, strict_json, unb64u, uuid7
from tilth.protocol.errors import ProtocolError

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST_WHOLE, LARGEST_WHOLE)
    | st.floats(-LARGEST_WHOLE, LARGEST_WHOLE)
    | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=20,
)


@given(st.binary())
def test_bytes_come_back_from_base64url(data):
    assert unb64u(b64u(data)) == data


@pytest.mark.parametrize("text", ["AA==", "A", "+/+/", "AB", "AA\n", "Ä", "A A"])
def test_another_spelling_of_base64url_is_refused(text):
    with pytest.raises(ProtocolError) as refused:
        unb64u(text)
    assert refused.value.code == "bad_base64"


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(TEXTS, VALUES, max_size=5))
def test_json_comes_back(value):
    assert strict_json(compact_json(value)) == value


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_json"),
        (b"[]", "not_json"),
        (b'{"a":1}\n', "not_json"),
        (b' {"a":1}', "not_json"),
        (b'{"a":1}{}', "not_json"),
        (b'\xef\xbb\xbf{"a":1}', "not_json"),
        (b'{"a":"\xff"}', "not_json"),
        (b'{"a":"\n"}', "not_json"),
        (b"{'a':1}", "not_json"),
        (b'{"a":1,}', "not_json"),
        (b'{"a":01}', "not_json"),
        ('{"a":1}'.encode("utf-16"), "not_json"),
        (b'{"a":1,"a":1}', "duplicate_key"),
        (b'{"a":{"b":1,"\\u0062":2}}', "duplicate_key"),
        (b'{"a":NaN}', "bad_number"),
        (b'{"a":-Infinity}', "bad_number"),
        (b'{"a":1e999}', "bad_number"),
        (b'{"a":1e20}', "bad_number"),
        (b'{"a":9007199254740992}', "bad_number"),
        (b'{"a":' + b"9" * 5000 + b"}", "bad_number"),
        (b'{"a":"\\ud800"}', "bad_text"),
        (b'{"\\udfff":1}', "bad_text"),
        (b'{"a":' + b"[" * 40 + b"]" * 40 + b"}", "too_deep"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "not_json"),
    ],
)
def test_what_two_readers_could_understand_differently_is_refused(data, code):
    with pytest.raises(ProtocolError) as refused:
        strict_json(data)
    assert refused.value.code == code


def test_a_whole_pair_of_surrogates_is_one_character():
    assert strict_json(b'{"a":"\\ud83c\\udf31"}') == {"a": "🌱"}


def test_a_uuid_of_version_7_carries_its_moment():
    with clock.at(datetime(2026, 11, 22, 9, 30, tzinfo=UTC)):
        made = uuid7()
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.int >> 80 == int(datetime(2026, 11, 22, 9, 30, tzinfo=UTC).timestamp() * 1000)


def test_two_uuids_of_one_moment_differ():
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    assert uuid7(moment) != uuid7(moment)
