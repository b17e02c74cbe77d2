"""Campaigns, their response, and the doors of their answering pages."""

import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Q

from congvu.foundation.refusal import Refused
from congvu.foundation.sql import statement
from congvu.surveys.models import Campaign, Invitation, Kiosk, QuestionnaireVersion, SurveyLink
from congvu.surveys.rules.questionnaires import Content, content_of
from congvu.surveys.rules.words import OPEN

BULK = "congvu.surveys.bulk"


class Gone(Refused):
    """A survey, a link or a machine there is not."""

    status = 404


class NotNow(Gone):
    """A survey that takes no answers today, or not by this way, whatever the link."""


def campaign_of(code: str) -> Campaign:
    """Refuses a code there is not. 1 statement."""
    found = Campaign.objects.select_related("version__questionnaire").filter(code=code).first()
    if found is None:
        raise Gone("Không có đợt khảo sát này.", where=code[:40], do="Xem danh sách các đợt.")
    return found


def content(campaign: Campaign) -> Content:
    """What it asks. No statement when its version was read along, else 1."""
    return content_of(campaign.version.content)


def is_open(campaign: Campaign, day: date) -> bool:
    return campaign.state == OPEN and campaign.first <= day <= campaign.last


def held(campaign_id: int) -> Campaign:
    """The campaign as it now stands; nobody closes it before the caller's transaction ends. 1 statement."""
    rows = Campaign.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("version__questionnaire").get(pk=campaign_id)


def campaigns(after: tuple[date, int] | None, limit: int) -> list[Campaign]:
    """Newest first, one more than `limit` when more follow. 1 statement."""
    rows = Campaign.objects.select_related("version__questionnaire").order_by("-last", "-id")
    if after is not None:
        rows = rows.filter(Q(last__lt=after[0]) | Q(last=after[0], id__lt=after[1]))
    return list(rows[: limit + 1])


def open_campaigns(day: date, kind: str = "", channel: str = "") -> list[Campaign]:
    """Those that take answers on a day, oldest first. 1 statement."""
    rows = Campaign.objects.filter(state=OPEN, first__lte=day, last__gte=day).order_by("id")
    if kind:
        rows = rows.filter(kind=kind)
    if channel:
        rows = rows.filter(channels__contains=[channel])
    return list(rows.select_related("version__questionnaire"))


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_of(campaign: Campaign, token: str) -> Invitation:
    """The invitation a link opens. Refuses a link there is not. 1 statement."""
    link = (
        SurveyLink.objects.select_related("invitation")
        .filter(hash=hashed(token), invitation__campaign=campaign)
        .first()
    )
    if link is None:
        raise Gone(
            "Liên kết khảo sát không đúng.",
            do="Mở lại từ tin nhắn, thư, hoặc quét lại mã trên phiếu mời.",
        )
    return link.invitation


def kiosk_of(campaign: Campaign, token: str) -> Kiosk:
    """The machine a link opens. Refuses one that was closed. 1 statement."""
    found = Kiosk.objects.filter(campaign=campaign, hash=hashed(token)).first()
    if found is None or found.closed_at is not None:
        raise Gone("Máy này chưa được mở, hoặc đã đóng.", do="Báo công chức tại nơi tiếp nhận.")
    return found


def kiosks(campaign: Campaign, units: Collection[int] | None) -> list[Kiosk]:
    """The machines that stand open, of some units or of all. 1 statement."""
    rows = Kiosk.objects.filter(campaign=campaign, closed_at=None).order_by("unit_id", "id")
    return list(rows if units is None else rows.filter(unit_id__in=units))


def code_of_day(campaign: Campaign, unit_id: int, day: date) -> str:
    """What stands in the square code of a counter on one day: cannot be guessed, is worth nothing the day after. No
    statement."""
    said = f"survey-qr|{campaign.pk}|{unit_id}|{day.isoformat()}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Response:
    """Of one unit: the frame, who was wanted, asked, replaced, invalid, how many links were answered, all answers."""

    unit_id: int
    frame: int
    wanted: int
    asked: int
    replaced: int
    invalid: int
    linked: int
    answers: int
    papers: int

    @property
    def answered(self) -> int:
        return self.answers

    @property
    def expected(self) -> int:
        """Those whose answer was waited for: in the sample and valid, or invited."""
        return self.asked


def response(campaign: Campaign) -> list[Response]:
    """By unit. 1 statement."""
    return [Response(*row) for row in statement(BULK, "response").rows({"campaign": campaign.pk})]


def questionnaires() -> list[QuestionnaireVersion]:
    """Every version, by questionnaire, newest first. 1 statement."""
    return list(
        QuestionnaireVersion.objects.select_related("questionnaire").order_by(
            "questionnaire__code", "-number"
        )
    )


def used_by(version_ids: Collection[int]) -> dict[int, int]:
    """How many campaigns ask each version. 1 statement."""
    rows = Campaign.objects.filter(version_id__in=version_ids).values_list("version_id")
    return dict(rows.annotate(n=Count("id")).order_by())
