"""Terms for the agreement's tests: two people in two zones, and any terms at all."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import strategies as st

from tilth.partnerships.terms import MemberTerms, Rhythm, Terms

LENA = UUID("018f0000-0000-7000-8000-000000000001")
AMARA = UUID("018f0000-0000-7000-8000-000000000002")
NAMES = {LENA: "Lena", AMARA: "Amara"}

RHYTHM = Rhythm(
    rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", start=date(2026, 9, 1), time="17:00", zone="Europe/Berlin",
    minutes=60, ends=date(2027, 8, 31), place="video",
)  # fmt: skip
TERMS = Terms(
    rhythm=RHYTHM,
    members={LENA: MemberTerms(zone="Europe/Berlin"), AMARA: MemberTerms(zone="Africa/Lagos")},
    begins=date(2026, 9, 1),
    ends=date(2027, 8, 31),
)

days = st.dates(min_value=date(2026, 1, 1), max_value=date(2027, 12, 31))
clocks = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
zones = st.sampled_from(["Europe/Berlin", "Africa/Lagos", "America/New_York", "Asia/Kolkata", "UTC"])
rules = st.one_of(
    st.builds(
        "FREQ=WEEKLY;INTERVAL={};BYDAY={}".format,
        st.integers(1, 8), st.sampled_from(["MO", "TU", "MO,TH", "SA,SU", "MO,TU,WE,TH,FR"]),
    ),
    st.builds("FREQ=MONTHLY;INTERVAL={};BYDAY={}TU".format, st.integers(1, 6), st.sampled_from([1, 2, 4, -1])),
    st.builds("FREQ=MONTHLY;INTERVAL={};BYMONTHDAY={}".format, st.integers(1, 6), st.integers(1, 28)),
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(2, 30)),
)  # fmt: skip


@st.composite
def rhythms(draw: st.DrawFn, ends: date) -> Rhythm:
    last = draw(st.dates(min_value=ends - timedelta(days=30), max_value=ends))
    return Rhythm(
        rrule=draw(rules), start=last - timedelta(days=draw(st.integers(0, 300))), time=draw(clocks),
        zone=draw(zones), minutes=draw(st.integers(5, 480)), ends=last,
        place=draw(st.sampled_from(["video", "phone", "in person", "written"])),
    )  # fmt: skip


@st.composite
def limits(draw: st.DrawFn) -> MemberTerms:
    quiet = draw(st.sampled_from([("20:00", "08:00"), ("22:00", "07:00"), ("12:00", "13:00"), ("00:00", "00:00")]))
    return MemberTerms(
        zone=draw(zones), days=draw(st.lists(st.integers(0, 6), min_size=1, unique=True)),
        available_from=draw(st.sampled_from(["08:00", "09:00", "09:30"])),
        available_to=draw(st.sampled_from(["14:00", "17:30", "18:00"])),
        quiet_from=quiet[0], quiet_to=quiet[1],
        monthly_hours=draw(st.none() | st.sampled_from([0.5, 1, 2.5, 4, 12])),
        capacity=draw(st.none() | st.integers(1, 50)),
    )  # fmt: skip


@st.composite
def any_terms(draw: st.DrawFn) -> Terms:
    begins = draw(days)
    ends = begins + timedelta(days=draw(st.integers(0, 700)))
    return Terms(
        rhythm=draw(st.none() | rhythms(ends)), window_hours=draw(st.integers(1, 240)),
        notice_hours=draw(st.integers(0, 336)), schedules=draw(st.sampled_from(["either", LENA, AMARA])),
        members={LENA: draw(limits()), AMARA: draw(limits())}, digest_hours=draw(st.integers(0, 336)),
        begins=begins, ends=ends,
    )  # fmt: skip
