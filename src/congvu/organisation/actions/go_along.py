"""What of this area follows a unit: the roles people hold in it. Its numbering series stay, closed, as they were; its
functions wait until a person accepts them for a unit (docs/decisions/0081); its hours and forms have no use without it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Count, Q

from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.models import Grant
from congvu.foundation.papers.templates import own_templates
from congvu.foundation.sql import statement
from congvu.foundation.workdays.days import previous_day
from congvu.foundation.workdays.queries import own_hours
from congvu.organisation.actions.grants import give_back_grants, hand_over_grants
from congvu.organisation.models import Handover
from congvu.organisation.queries.registers import functions_by_unit
from congvu.organisation.rules.following import STAYS, Example, Going, Kind, Share
from congvu.organisation.rules.picture import Picture

ROLE = Kind("role", "Vai trò trong hệ thống", "vai trò", ends="kết thúc cùng đơn vị")
SERIES = Kind(
    "series", "Sổ, dãy số của đơn vị", "dãy số", STAYS, "giữ nguyên, đóng lại; số đã cấp không dùng lại"
)
FUNCTION = Kind(
    "function", "Chức năng, nhiệm vụ", "chức năng", STAYS, "chờ người có thẩm quyền nhận cho đơn vị kế thừa"
)
HOURS = Kind(
    "hours",
    "Giờ làm việc, đợt đóng cửa riêng",
    "lịch riêng",
    STAYS,
    "hết tác dụng cùng đơn vị; bên nhận theo lịch của mình",
)
TEMPLATE = Kind(
    "template",
    "Mẫu phiếu Word riêng",
    "mẫu phiếu",
    STAYS,
    "hết dùng cùng đơn vị; bên nhận in theo mẫu của mình",
)


class RolesAndSeries:
    """See rules.following.Follower."""

    kinds = (ROLE, SERIES, FUNCTION, HOURS, TEMPLATE)

    def count(self, unit_ids: Sequence[int], day: date, known: Picture) -> Mapping[tuple[int, str], int]:
        """6 statements."""
        found = {(unit, ROLE.code): number for unit, number in _held(unit_ids, previous_day(day)).items()}
        codes = {known.of(unit)[0].code: unit for unit in unit_ids if known.of(unit)}
        rows = statement("congvu.organisation.bulk", "series_of").rows(
            {"codes": list(codes), "units": list(unit_ids)}
        )
        for owner, number in rows:
            key = (codes[owner] if owner in codes else int(owner), SERIES.code)
            found[key] = found.get(key, 0) + number
        for unit in functions_by_unit(unit_ids, previous_day(day)):
            found[unit, FUNCTION.code] = found.get((unit, FUNCTION.code), 0) + 1
        for unit, number in own_hours(unit_ids, day).items():
            found[unit, HOURS.code] = number
        for unit, number in own_templates(unit_ids).items():
            found[unit, TEMPLATE.code] = number
        return found

    def examples(self, unit_ids: Sequence[int], day: date, limit: int) -> Iterable[Example]:
        return ()

    def left(self, unit_ids: Sequence[int], day: date) -> Mapping[tuple[int, str], int]:
        """1 statement."""
        return {(unit, ROLE.code): number for unit, number in _held(unit_ids, day).items()}

    def total(self, day: date, known: Picture) -> Mapping[str, int]:
        return {}

    def move(self, going: Going, cursor: str, *, by: Actor, at: datetime) -> Share:
        """Roles went when the event was recorded; those given since follow here. 2 statements, 1 more when there are any."""
        if going.undoes is not None:
            undone = Handover.objects.get(id=going.undoes)
            return Share({ROLE.code: give_back_grants(going, undone.effective, by=by, at=at)})
        hand_over_grants({going.from_id: going.to_id}, going.day, by=by, at=at)
        went = Grant.objects.filter(unit_id=going.from_id, valid_to=previous_day(going.day)).count()
        return Share({ROLE.code: went}, whole=True)


def _held(unit_ids: Sequence[int], on: date) -> dict[int, int]:
    """How many roles are held in each unit on a day or will be."""
    rows = Grant.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), unit_id__in=list(unit_ids))
    return {
        int(unit): number
        for unit, number in rows.values_list("unit_id").annotate(number=Count("id")).order_by("unit_id")
    }
