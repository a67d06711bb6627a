"""How Tilth says no: a code for programs, a sentence for people, and nothing changed."""


class Refused(Exception):
    """An entry or a request that is not accepted.

    `code` is precise and stable; `sentence` can be shown as it is; `field` names the form field it is about
    (`data.due`), where there is one; `more` goes into the answer beside them.
    """

    def __init__(self, code: str, sentence: str, *, status: int = 422, field: str | None = None, **more: object):
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.status = status
        self.field = field
        self.more = more

    def as_json(self) -> dict[str, object]:
        answer: dict[str, object] = {"code": self.code, "sentence": self.sentence, **self.more}
        return {**answer, "field": self.field} if self.field else answer
