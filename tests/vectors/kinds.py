"""One real entry of every kind: its public data as the product takes it, and words in each of its sealed fields."""

from tilth.protocol.encoding import Json

AN_ID, ANOTHER_ID = "0197a8a0-2222-7222-8222-222222222222", "0197a8a0-3333-7333-8333-333333333333"
A_HASH, PROOF = "ab" * 32, "sLOrBKU-YvK3Gd4ZhvBR3t6N0ChWJeNvF2NSiUU-VkU"
HOURS: Json = {
    "zone": "Europe/Lisbon", "days": [0, 1, 2, 3, 4], "available_from": "07:30", "available_to": "16:30",
    "quiet_from": "20:30", "quiet_to": "06:30", "monthly_hours": 4,
}  # fmt: skip
RHYTHM: Json = {
    "rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "time": "15:00", "minutes": 45, "place": "video",
    "start": "2026-09-24", "ends": "2027-05-31", "zone": "Europe/Helsinki",
}  # fmt: skip
TERMS: Json = {
    "rhythm": RHYTHM, "window_hours": 16, "notice_hours": 24, "schedules": "either", "digest_hours": 48,
    "members": {AN_ID: HOURS, ANOTHER_ID: HOURS}, "begins": "2026-06-01", "ends": "2027-05-31",
}  # fmt: skip
PASSAGES = ("note", "channels", "off_limits", "between_us", "who_knows", "meetings", "time", "confidences", "success")

DATA: dict[str, dict[str, Json]] = {
    "agreement.proposed": {"terms": TERMS, "replaces": AN_ID, "success": True},
    "agreement.signed": {"hash": A_HASH, "success": True},
    "commitments.answered": {"agrees": True, "answers": "move"},
    "commitments.made": {"due": "2026-06-22", "owner": AN_ID, "source": ANOTHER_ID},
    "commitments.owned": {"then": "move", "due": "2026-08-03"},
    "commitments.renegotiated": {"due": "2026-06-26"},
    "commitments.taken_on": {"due": "2026-06-26"},
    "meetings.accepted": {"time": "2026-07-29T15:00:00+03:00"},
    "meetings.moved": {"to": "2026-08-20T15:00:00+03:00"},
    "meetings.noted": {"at": "2026-08-20T15:00:00+03:00", "minutes": 45, "place": "phone"},
    "meetings.point_settled": {"settled": True},
    "meetings.proposed": {"times": ["2026-12-01T10:00:00+02:00"], "minutes": 30, "place": "in person"},
    "meetings.summed_up": {"replaces": AN_ID},
    "meetings.times_offered": {"times": ["2026-12-01T10:00:00+02:00", "2026-12-02T09:30:00+02:00"]},
    "membership.invited": {"role": "mentee", "by": "link", "expires": "2026-06-08T10:23:00+03:00"},
    "membership.joined": {"invitation": AN_ID, "proof": PROOF},
    "membership.opened": {"role": "mentor"},
    "membership.paused": {"back_on": "2026-10-12"},
    "membership.rekeyed": {"previous": A_HASH},
    "messages.seen": {"by": "2026-10-12"},
    "messages.written": {"expects": "reply", "window": 16, "zone": "Europe/Lisbon"},
}
WITHOUT_DATA = (
    "agreement.declined", "agreement.withdrawn", "commitments.declined", "commitments.kept",
    "commitments.release_asked", "commitments.released", "commitments.taken_back", "meetings.arrived",
    "meetings.cancelled", "meetings.declined", "meetings.held", "meetings.looked_back", "meetings.missed",
    "meetings.point_added", "meetings.point_withdrawn", "meetings.taken_back", "membership.hoped", "membership.left",
    "membership.resumed", "membership.uninvited", "messages.withdrawn",
)  # fmt: skip

SEALED: dict[str, tuple[str, ...]] = {
    "agreement.proposed": PASSAGES,
    "agreement.signed": ("note", "success"),
    "agreement.withdrawn": (),
    "commitments.renegotiated": ("words", "why"),
    "meetings.arrived": ("line",),
    "meetings.looked_back": ("words", "present", "heard"),
    "meetings.point_added": ("point",),
    "meetings.point_settled": (),
    "meetings.point_withdrawn": (),
    "meetings.summed_up": ("summary",),
    "meetings.taken_back": (),
    "membership.invited": (),
    "membership.joined": (),
    "membership.opened": (),
    "membership.rekeyed": (),
    "membership.uninvited": (),
    "messages.seen": (),
    "messages.withdrawn": (),
    "messages.written": ("body", "title"),
}

KINDS = sorted([*DATA, *WITHOUT_DATA])


def data_of(kind: str) -> dict[str, Json]:
    return DATA.get(kind, {})


def sealed_of(kind: str) -> dict[str, Json] | None:
    return {field: f"About {field}, between us" for field in SEALED.get(kind, ("words",))} or None
