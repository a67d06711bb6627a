"""What is wrong with something another wrote."""


class ProtocolError(ValueError):
    """Refused: `code` is stable and for programs, `sentence` is for people, `field` names the part at fault."""

    def __init__(self, code: str, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.field = field
