"""Who keeps surveys, who reads results, who stands at a counter, who reads free text.

Results are sums over many and are read whole; nobody, whatever the role, reads a single answer.
"""

from datetime import date

from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ADMIN, AUDITOR, CLERK, LEADER, PERSONNEL, SPECIALIST
from congvu.foundation.refusal import Refused
from congvu.organisation.access import scope_of
from congvu.organisation.rules.picture import Picture
from congvu.surveys.models import Campaign
from congvu.surveys.rules.words import CLOSED

KEEPERS = (PERSONNEL, ADMIN)
REVIEWERS = (LEADER, AUDITOR)
READERS = (CLERK, SPECIALIST, LEADER, PERSONNEL, AUDITOR, ADMIN)
SAMPLERS = (*KEEPERS, AUDITOR)  # who is in a sample, as dossiers
COUNTERS = (CLERK, LEADER)  # who opens the code of the day, a machine, a link on paper
ENTERERS = (SPECIALIST, PERSONNEL, AUDITOR)  # who types what interviewers bring


class NotForOfficials(Refused):
    """An official at the answering page."""

    status = 403


def refuse_official(actor: Actor) -> None:
    """No official answers for a citizen."""
    if actor.is_official or actor.system:
        raise NotForOfficials(
            "Phiếu này chỉ người dân, tổ chức tự trả lời.",
            do="Công chức đang đăng nhập không trả lời thay. Phiếu phỏng vấn trên giấy có chỗ nhập riêng.",
        )


def refuse_unless_keeper(actor: Actor) -> None:
    if not (actor.system or actor.has(*KEEPERS)):
        raise Refused(
            "Chỉ cán bộ tổ chức hoặc quản trị viên lập và mở đợt khảo sát.", do="Đề nghị họ làm giúp."
        )


def refuse_unless_counter(actor: Actor, unit_id: int, on: date, known: Picture) -> None:
    if not (
        actor.system or actor.has(ADMIN) or (actor.has(*COUNTERS) and unit_id in scope_of(actor, on, known))
    ):
        raise Refused("Đây không phải quầy của đơn vị bạn.", do="Mở trang của đơn vị mình.")


def refuse_if_own(actor: Actor, unit_id: int) -> None:
    """Whoever is surveyed does not type the sheets that speak of them, nor hide what was written."""
    if not actor.system and unit_id in actor.units():
        raise Refused(
            "Người của đơn vị được hỏi ý kiến không làm việc này cho đơn vị mình.",
            do="Đề nghị cơ quan chủ trì khảo sát hoặc thanh tra làm.",
        )


def refuse_unless_enterer(actor: Actor) -> None:
    if not (actor.system or actor.has(*ENTERERS)):
        raise Refused("Bạn không nhập phiếu phỏng vấn.", do="Đề nghị cơ quan chủ trì khảo sát nhập.")


def refuse_unless_reviewer(actor: Actor) -> None:
    if not (actor.system or actor.has(*REVIEWERS)):
        raise Refused("Chỉ lãnh đạo hoặc thanh tra duyệt ý kiến ghi thêm.", do="Đề nghị họ duyệt.")


def refuse_unless_closed(campaign: Campaign) -> None:
    """What was written is read like results: once nothing can be added, a text new today tells who came today."""
    if not may_see_results(campaign):
        raise Refused(
            "Đợt còn đang lấy ý kiến.", where=campaign.code, do="Đọc, duyệt ý kiến sau khi đóng đợt."
        )


def may_keep(actor: Actor) -> bool:
    return actor.system or actor.has(*KEEPERS)


def may_see_results(campaign: Campaign) -> bool:
    """Results show once nothing can be added: what is seen twice while answers come in tells who came between."""
    return campaign.state == CLOSED
