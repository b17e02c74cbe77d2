"""What people of the demo's province say: two counter surveys by quarter and a drawn one of the year before.

Answers are written down as the actions leave them; each unit has a temper of its own, a few have too few answers to be shown.
"""

import random
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache

from congvu.demo.services import Offices
from congvu.dossiers.models import Dossier
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.workdays.days import add_days, add_months, days_between, previous_day
from congvu.surveys.actions.campaigns import close_campaign, make_campaign, open_campaign, show_results
from congvu.surveys.actions.draw_sample import draw_sample
from congvu.surveys.actions.invite import invite
from congvu.surveys.actions.questionnaires import publish_questionnaire
from congvu.surveys.actions.replace_member import replace_member
from congvu.surveys.models import (
    Campaign,
    InterviewSheet,
    Invitation,
    QuestionnaireVersion,
    Stratum,
    SurveyAnswer,
    SurveyText,
)
from congvu.surveys.queries.samples import frame_of
from congvu.surveys.rules.questionnaires import Content, content_of
from congvu.surveys.rules.starter import COUNTER as COUNTER_PAPER
from congvu.surveys.rules.starter import SIPAS
from congvu.surveys.rules.words import (
    ASKED,
    CHANNELS,
    CONFIRMED,
    COUNTER,
    DIFFERS,
    HIDDEN,
    INTERVIEW,
    KIOSK,
    LINK,
    QR,
    SAMPLED,
    SHOWN,
    UNSEEN,
)

_AT_THE_COUNTER = (LINK, QR, KIOSK)
_INTERVIEWERS = ("Nguyễn Thu Hà", "Trần Văn Lộc", "Lò Thị Mai", "Phạm Quốc Anh")
_SAID = (
    "Công chức hướng dẫn tận tình, tôi chỉ phải đến một lần.",
    "Chỗ ngồi chờ buổi sáng hơi chật.",
    "Nên nhắn tin khi có kết quả để đỡ phải đi lại.",
    "Hồ sơ trực tuyến tải tệp lên chậm.",
    "Biển chỉ dẫn nên viết chữ to hơn.",
    "Cảm ơn cán bộ đã giải thích kỹ.",
    "Phải chờ hơn một giờ mới đến lượt.",
    "Giấy tờ yêu cầu giống như niêm yết, không phải bổ sung.",
)


def tell(what: Offices, *, until: datetime, seed: int, big: bool) -> int:
    """Two quarters at the counters and a drawn survey. Returns how many answers. Half a second; some seconds when `big`."""
    chance = random.Random(f"surveys {seed}")
    for code in (COUNTER_PAPER, SIPAS):
        publish_questionnaire(_version(code).pk, by=SYSTEM, at=until)
    centre = what.province[0].receiving
    towns = [services[0].receiving for services in what.commune]
    this = until.date().replace(day=1)
    this = this.replace(month=(this.month - 1) // 3 * 3 + 1)
    before = add_months(this, -3)
    told = _quarter(
        chance, before, until, _shares(chance, centre, towns, 1800 if big else 64, big), closed=True
    )
    told += _quarter(
        chance, this, until, _shares(chance, centre, towns, 700 if big else 22, big), closed=False
    )
    return told + _drawn(chance, until, seed, big)


def _version(code: str) -> QuestionnaireVersion:
    return QuestionnaireVersion.objects.get(questionnaire__code=code, number=1)


def _shares(chance: random.Random, centre: int, towns: Sequence[int], most: int, big: bool) -> dict[int, int]:
    """How many answers each counter got: the centre most, the last commune too few to be shown."""
    found = {centre: most}
    for place, town in enumerate(towns):
        found[town] = (
            chance.randrange(40, 150) if big and place % 12 != 11 else max(4, most // (place + 2) + 12)
        )
    found[towns[-1]] = 6
    return found


def _quarter(
    chance: random.Random, first: date, until: datetime, shares: Mapping[int, int], *, closed: bool
) -> int:
    last = previous_day(add_months(first, 3))
    number = (first.month + 2) // 3
    code = f"quay-q{number}-{first.year}"
    made = make_campaign(
        code, f"Hài lòng tại nơi tiếp nhận, quý {number} năm {first.year}", COUNTER, _version(COUNTER_PAPER).pk, first,
        last, tuple(CHANNELS), by=SYSTEM, at=_morning(first),
    )  # fmt: skip
    made = open_campaign(made.pk, by=SYSTEM, at=_morning(first))
    days = (first, min(last, until.date()))
    told = _answers(chance, made, shares, days, _AT_THE_COUNTER)
    _texts(chance, made, list(shares), 14)
    if closed:
        close_campaign(made.pk, by=SYSTEM, at=until)
        show_results(made.pk, by=SYSTEM, at=until)
    else:
        ended = Dossier.objects.filter(status__in=(9, 10)).order_by("-ended_on", "id")[:30]
        invite(made, list(ended), by=SYSTEM, at=until)
        some = list(Invitation.objects.filter(campaign=made).order_by("id").values_list("pk", flat=True))
        Invitation.objects.filter(pk__in=chance.sample(some, len(some) // 3)).update(answered=True)
    return told


def _drawn(chance: random.Random, until: datetime, seed: int, big: bool) -> int:
    """SIPAS of the year before, closed and shown. A demo without dossiers that old has this year's, still running."""
    year = until.year - 1
    frame, first, last = (date(year, 1, 1), date(year, 12, 31)), date(year, 12, 1), date(year, 12, 31)
    over = bool(frame_of(*frame))
    if not over:
        year = until.year
        first, last = add_days(until.date(), -7), add_days(until.date(), 30)
        frame = (add_days(first, -120), previous_day(first))
        if not frame_of(*frame):
            return 0
    made = make_campaign(
        f"sipas-{year}", f"Chỉ số hài lòng của người dân (SIPAS) năm {year}", SAMPLED, _version(SIPAS).pk, first, last,
        (LINK, INTERVIEW), by=SYSTEM, at=_morning(first),
    )  # fmt: skip
    draw_sample(made.pk, 4000 if big else 60, *frame, seed, at_least=20, by=SYSTEM, at=_morning(first))
    made = open_campaign(made.pk, by=SYSTEM, at=_morning(first))
    asked = list(Invitation.objects.filter(campaign=made, state=ASKED).order_by("unit_id", "place"))
    for one in asked[5::40]:
        spare = Invitation.objects.filter(campaign=made, unit=one.unit_id, state="RESERVE").exists()
        replace_member(
            one.pk, "Không liên lạc được sau ba lần gọi", invalid=not spare, by=SYSTEM, at=_morning(first)
        )
    wanted = dict(Stratum.objects.filter(campaign=made).values_list("unit_id", "wanted"))
    shares = {unit: max(1, count * chance.randrange(72, 97) // 100) for unit, count in wanted.items()}
    links = {unit: count * 6 // 10 for unit, count in shares.items()}
    until_day = min(last, until.date())
    told = _answers(chance, made, links, (first, until_day), (LINK,))
    told += _papers(chance, made, {unit: shares[unit] - links[unit] for unit in shares}, until_day)
    for unit, count in links.items():
        rows = Invitation.objects.filter(campaign=made, unit=unit, state=ASKED).order_by("place")[:count]
        Invitation.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(answered=True)
    _texts(chance, made, list(shares), 10)
    if over:
        close_campaign(made.pk, by=SYSTEM, at=until)
        show_results(made.pk, by=SYSTEM, at=until)
    return told


def _answers(
    chance: random.Random,
    made: Campaign,
    shares: Mapping[int, int],
    days: tuple[date, date],
    channels: Sequence[str],
) -> int:
    span = days_between(*days)
    rows = [
        _one(chance, made, unit, chance.choice(channels), add_days(days[0], chance.randint(0, span)))
        for unit, count in shares.items()
        for _ in range(count)
    ]
    chance.shuffle(rows)
    SurveyAnswer.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def _papers(chance: random.Random, made: Campaign, shares: Mapping[int, int], day: date) -> int:
    """Interviews, a tenth of them asked again, one in fifteen of those false."""
    units = [unit for unit, count in shares.items() for _ in range(count)]
    sheets = []
    for number, unit in enumerate(units, start=1):
        again = chance.random() < 0.1
        outcome = (DIFFERS if chance.random() < 0.07 else CONFIRMED) if again else ""
        sheets.append(
            InterviewSheet(
                campaign=made, unit_id=unit, number=f"{number:05d}", channel=INTERVIEW,
                interviewer=chance.choice(_INTERVIEWERS), entered_by="Bùi Thanh Vân", entered_on=day, to_recheck=again,
                recheck=outcome, rechecked_by="Vũ Hồng Hà" if again else "", rechecked_on=day if again else None,
            )
        )  # fmt: skip
    put = InterviewSheet.objects.bulk_create(sheets, batch_size=2000)
    rows = [_one(chance, made, one.unit_id, INTERVIEW, day, one) for one in put]
    SurveyAnswer.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def _temper(unit: int) -> float:
    """How content people are with a unit: the same in every survey."""
    return 3.55 + random.Random(f"temper {unit}").random()


def _one(
    chance: random.Random, made: Campaign, unit: int, channel: str, day: date,
    sheet: InterviewSheet | None = None,
) -> SurveyAnswer:  # fmt: skip
    """One respondent: a mood of the day, each question around it, some left out."""
    content = _content_of(made.version_id)
    mood = _temper(unit) + chance.gauss(0, 0.7)
    levels = [
        0 if chance.random() < 0.03 else min(5, max(1, round(mood + chance.gauss(0, 0.5))))
        for _ in range(len(content.scaled))
    ]
    if not any(levels):
        levels[0] = 4
    group = "to-chuc" if chance.random() < 0.2 else "nguoi-dan"
    return SurveyAnswer(
        id=uuid.UUID(int=chance.getrandbits(128), version=4), campaign=made, unit_id=unit, channel=channel, group=group,
        day=day, levels=levels, sheet=sheet,
    )  # fmt: skip


@cache
def _content_of(version: int) -> Content:
    return content_of(QuestionnaireVersion.objects.get(pk=version).content)


def _texts(chance: random.Random, made: Campaign, units: Sequence[int], count: int) -> None:
    question = next(one.code for one in _content_of(made.version_id).questions if one.kind == "text")
    rows = [
        SurveyText(
            id=uuid.UUID(int=chance.getrandbits(128), version=4), campaign=made, unit_id=chance.choice(units[:3]),
            question=question, words=chance.choice(_SAID), state=chance.choice((SHOWN, SHOWN, UNSEEN)), reviewed_by="",
        )
        for _ in range(count)
    ]  # fmt: skip
    rows.append(
        SurveyText(
            id=uuid.UUID(int=chance.getrandbits(128), version=4), campaign=made, unit_id=units[0], question=question,
            words="Đề nghị gặp anh Nam cửa số 2, số điện thoại 0900 000 000.", state=HIDDEN,
            why="Có tên và số điện thoại", reviewed_by="Vũ Hồng Hà", reviewed_on=made.first,
        )
    )  # fmt: skip
    SurveyText.objects.bulk_create(rows)


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=LEGAL_ZONE)
