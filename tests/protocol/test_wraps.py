import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.protocol.cast import MENTOR
from tilth.protocol import age_scrypt
from tilth.protocol.errors import ProtocolError
from tilth.protocol.keys import age_identity, derive, seal_to
from tilth.protocol.words import new_phrase
from tilth.protocol.wraps import open_by_passkey, open_by_phrase, wrap_by_passkey, wrap_by_phrase

PHRASE = new_phrase(bytes(range(16)))
OTHER = new_phrase(bytes(16))
PRF = bytes(range(32))


def test_the_phrase_opens_its_wrap():
    wrap = wrap_by_phrase(MENTOR, PHRASE)
    assert open_by_phrase(wrap, PHRASE.upper().replace(" ", "\n")).root == MENTOR.root


def test_the_wrap_has_one_scrypt_stanza_with_work_factor_15():
    lines = wrap_by_phrase(MENTOR, PHRASE).split(b"\n")
    assert lines[1].split(b" ")[:2] + lines[1].split(b" ")[3:] == [b"->", b"scrypt", b"15"]
    assert lines[3].startswith(b"--- ")


@pytest.mark.parametrize(("phrase", "code"), [(OTHER, "wrong_phrase"), ("let me in", "bad_phrase")])
def test_another_phrase_does_not(phrase, code):
    with pytest.raises(ProtocolError) as refused:
        open_by_phrase(wrap_by_phrase(MENTOR, PHRASE), phrase)
    assert refused.value.code == code


def test_the_passkey_opens_its_wrap():
    assert open_by_passkey(wrap_by_passkey(MENTOR, PRF), PRF).root == MENTOR.root


def test_another_passkey_does_not():
    with pytest.raises(ProtocolError, match="passkey"):
        open_by_passkey(wrap_by_passkey(MENTOR, PRF), bytes(32))


def test_a_passkey_of_another_length_is_refused():
    with pytest.raises(ProtocolError, match="32 bytes"):
        wrap_by_passkey(MENTOR, bytes(31))


def test_a_wrap_of_something_else_is_no_root():
    recipient = wrap_recipient()
    with pytest.raises(ProtocolError, match="no root"):
        open_by_passkey(seal_to(b"too short", [recipient]), PRF)


@settings(max_examples=20, deadline=None)
@given(st.binary(max_size=200), st.text(st.characters(exclude_categories=["Cs"])))
def test_pyrage_opens_whatever_our_writer_wrote(plain, passphrase):
    written = age_scrypt.encrypt(plain, passphrase=passphrase, work_factor=2)
    assert pyrage.passphrase.decrypt(written, passphrase) == plain


def test_our_writer_is_for_small_secrets_only():
    with pytest.raises(ValueError, match="small"):
        age_scrypt.encrypt(bytes(64 * 1024), passphrase="x", work_factor=2)


def wrap_recipient():
    return str(age_identity(derive(PRF, "tilth/v1/wrap")).to_public())
