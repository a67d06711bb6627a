import pytest

from tilth.protocol.errors import ProtocolError
from tilth.protocol.words import new_phrase, read_phrase

# from the vectors of BIP 39
KNOWN = {
    "00000000000000000000000000000000": "abandon " * 11 + "about",
    "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f": "legal winner thank year wave sausage worth useful legal winner thank yellow",
    "9e885d952ad362caeb4efe34a8e91bd2": "ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic",
}


@pytest.mark.parametrize(("entropy", "phrase"), KNOWN.items())
def test_entropy_becomes_the_words_of_the_standard(entropy, phrase):
    assert new_phrase(bytes.fromhex(entropy)) == phrase
    assert read_phrase(phrase) == phrase


def test_a_fresh_phrase_has_twelve_words_and_is_new_each_time():
    assert len(new_phrase().split(" ")) == 12
    assert new_phrase() != new_phrase()


def test_a_phrase_may_be_typed_as_people_type():
    phrase = new_phrase(bytes(16))
    assert read_phrase("  " + phrase.title().replace(" ", ",\n") + " ") == phrase
    numbered = [f"{number}. {word}" for number, word in enumerate(phrase.split(" "), start=1)]
    assert read_phrase("\n".join(numbered)) == phrase


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "these are 0"),
        ("abandon " * 11, "these are 11"),
        ("abandon " * 11 + "mentorr", "“mentorr” is not a word"),
        ("abandon " * 12, "do not belong together"),
    ],
)
def test_what_is_not_a_phrase_is_said_plainly(typed, says):
    with pytest.raises(ProtocolError, match=says):
        read_phrase(typed)


def test_twelve_words_need_16_bytes():
    with pytest.raises(ValueError, match="16 bytes"):
        new_phrase(bytes(32))
