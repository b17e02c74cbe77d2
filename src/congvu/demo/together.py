"""The demo's group of procedures (birth, residence, health insurance of a child) and envelopes in every state."""

import random
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from congvu.demo.office_time import A_DAY, OfficeTime
from congvu.demo.people import Citizen, Roster, a_citizen
from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.envelope_rows import EnvelopeIntake, ReceivedEnvelope
from congvu.dossiers.actions.finish import ResultIn, finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.intake import Intake, PaperIn, Person
from congvu.dossiers.actions.receive import receive
from congvu.dossiers.actions.receive_envelope import receive_envelope
from congvu.dossiers.actions.register_envelope import register_envelope
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.actions.return_result import return_result
from congvu.dossiers.actions.withdraw_envelope import withdraw_envelope
from congvu.dossiers.models import Dossier, DossierStep, EnvelopeMember, StepState
from congvu.dossiers.queries.offers import road
from congvu.dossiers.rules.status import Channel, Status, Verdict
from congvu.dossiers.rules.steps import RETURN, SIGN
from congvu.foundation import clock
from congvu.foundation.identity.actor import SYSTEM, Actor
from congvu.foundation.identity.roles import CLERK, LEADER, SPECIALIST
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.procedures.actions.publish_group import publish_group
from congvu.procedures.actions.set_notification_rule import NotificationIn, set_notification_rule
from congvu.procedures.models import CasePaper, NotificationRule, Procedure, ProcedureGroup
from congvu.procedures.queries.groups import MemberAsks, asked_by, group_by_code
from congvu.procedures.queries.versions import version_of_code
from congvu.procedures.rules.groups import GroupContent, MemberLine, PaperUse

CODE, BIRTH, HOME, CARD = "LT.01", "9.020101", "9.020108", "9.020109"
POLICE, INSURANCE = "H99.24", "H99.25"
RESULTS = {1: "Giấy khai sinh", 2: "Thông báo kết quả đăng ký thường trú", 3: "Thẻ bảo hiểm y tế"}
NOTIFICATIONS = (
    ("9.010302", NotificationIn("ngày tổ chức lễ hội", 20, "NGAY", "TRUOC", "Luật 02/2016/QH14, Điều 13.1", "TXT")),
    ("9.010309", NotificationIn("ngày phong phẩm, suy cử", 20, "NGAY", "SAU", "Luật 02/2016/QH14, Điều 33", "TXT")),
    (
        "9.020502",
        NotificationIn(
            "ngày bắt đầu tạm ngừng", 3, "NGAY_LAM_VIEC", "TRUOC", "Nghị định 168/2025/NĐ-CP", "MEM", True,
            "quy định mẫu của tỉnh trình diễn, chưa đối chiếu",
        ),
    ),
)  # fmt: skip
# how far each envelope came, handed in how many working days ago, whether at the provincial centre
STORIES = (
    ("received", 0, True), ("received", 0, False), ("born", 1, True), ("born", 2, False), ("asks", 3, True),
    ("partly", 4, True), ("ready", 6, True), ("ready", 7, False), ("returned", 9, True), ("returned", 12, False),
    ("withdrawn", 5, True), ("refused", 8, False), ("online", 0, True), ("online", 0, False),
)  # fmt: skip


def publish(*, by: Actor, at: datetime, since: date) -> None:
    """Publish the demo's group, once. Needs the sample catalogue."""
    if ProcedureGroup.objects.filter(code=CODE).exists():
        return
    keys = {
        (code, name): key
        for code, name, key in CasePaper.objects.filter(
            case__version__procedure__code__in=(BIRTH, HOME, CARD), case__order=1
        ).values_list("case__version__procedure__code", "name", "stable_key")
    }

    def key(code: str, words: str) -> str:
        return next(found for (of, name), found in keys.items() if of == code and name.startswith(words))

    members = (
        MemberLine(BIRTH, papers=(PaperUse(key(BIRTH, "Tờ khai"), share="to-khai"),)),
        MemberLine(
            HOME, (1,), POLICE,
            (PaperUse(key(HOME, "Tờ khai"), share="to-khai"), PaperUse(key(HOME, "Giấy khai sinh"), result_of=1)),
        ),
        MemberLine(
            CARD, (1,), INSURANCE,
            (PaperUse(key(CARD, "Tờ khai"), share="to-khai"), PaperUse(key(CARD, "Giấy khai sinh"), result_of=1)),
        ),
    )  # fmt: skip
    content = GroupContent(
        CODE, "Đăng ký khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi", members,
        "Nghị định 63/2024/NĐ-CP", "MEM", "1506/QĐ-UBND", "Chủ tịch UBND tỉnh Bình Giang", date(2025, 6, 26),
        "Nhóm mẫu: thứ tự và giấy tờ chưa đối chiếu với văn bản.",
    )  # fmt: skip
    publish_group(content, since, by=by, at=at)


def set_rules(*, by: Actor, at: datetime, since: date) -> None:
    """What the demo's notifications ask of the applicant, once."""
    for code, rule in NOTIFICATIONS:
        pk = Procedure.objects.filter(code=code).values_list("pk", flat=True).first()
        if pk is not None and not NotificationRule.objects.filter(procedure=pk).exists():
            set_notification_rule(pk, rule, since, by=by, at=at)


def crew(units: dict[str, int]) -> set[tuple[str, int]]:
    """Who must be there beside the crew of the services."""
    return {(role, units[code]) for role in (SPECIALIST, LEADER) for code in (POLICE, INSURANCE)}


def tell(
    roster: Roster,
    calendar: Calendar,
    *,
    towns: tuple[tuple[int, int], ...],
    centre: int,
    until: datetime,
    seed: int,
    places: tuple[str, ...],
) -> int:
    """Live the envelopes up to `until`; returns how many dossiers they made. `towns`: (counter, committee) of communes."""
    chance = random.Random(f"together {seed}")
    group = group_by_code(CODE, until.date())
    if group is None:
        return 0
    times = OfficeTime(calendar, until.date().replace(year=until.year - 1), until.date())
    asks = asked_by(group, until.date())
    today = times.index(until.date())
    made = 0
    for nth, (state, ago, at_centre) in enumerate(STORIES):
        counter, committee = towns[nth % len(towns)]
        mine = state in ("partly", "returned", "online") and at_centre
        account = roster.by_username["cong-dan"] if mine else None
        who = a_citizen(chance, places)
        if account is not None:
            who = Citizen(account.name, account.citizen_number, who.phone, who.address, 1)
        tick = (today - ago) * A_DAY + 20 + 7 * nth
        if times.moment(tick) > until:
            tick -= A_DAY
        life = Life(roster, times, chance, until, tick, UUID(int=chance.getrandbits(128)))
        place = centre if at_centre else counter
        if state == "received":
            made += life.tell_of(counter, committee, who)
        if state == "online":
            life.register(group.id, asks, place, committee, who, account)
        else:
            life.live(state, life.receive(group.id, asks, place, committee, who, account))
        made += EnvelopeMember.objects.filter(envelope__intake_key=life.key, dossier__isnull=False).count()
    return made


@dataclass(slots=True)
class Life:
    """One envelope being lived; `tick` is the working minute of its next act."""

    roster: Roster
    times: OfficeTime
    chance: random.Random
    until: datetime
    tick: int
    key: UUID

    def receive(
        self,
        group: int,
        asks: tuple[MemberAsks, ...],
        counter: int,
        committee: int,
        who: Citizen,
        account: Actor | None,
    ) -> ReceivedEnvelope:
        wanted = self._wanted(group, asks, counter, committee, who, account)
        with self._now(0) as at:
            return receive_envelope(wanted, by=self.roster.of(CLERK, counter, self.chance), at=at)

    def register(
        self,
        group: int,
        asks: tuple[MemberAsks, ...],
        counter: int,
        committee: int,
        who: Citizen,
        account: Actor | None,
    ) -> None:
        """Sent online: the counter has not answered yet."""
        wanted = replace(
            self._wanted(group, asks, counter, committee, who, account), channel=Channel.ONLINE.value
        )
        with self._now(0) as at:
            register_envelope(wanted, by=account or SYSTEM, at=at)

    def _wanted(
        self,
        group: int,
        asks: tuple[MemberAsks, ...],
        counter: int,
        committee: int,
        who: Citizen,
        account: Actor | None,
    ) -> EnvelopeIntake:
        papers = {
            one.member.position: tuple(
                PaperIn(paper.name, paper.id, order, originals=paper.originals, copies=paper.copies)
                for order, paper in enumerate(one.case.papers, 1)
                if not ((use := one.use_of(paper.stable_key)) and use.result_of)
            )
            for one in asks
        }
        return EnvelopeIntake(
            self.key, group, 1, counter, Person(who.name, who.number, who.phone, "", who.address), {1: committee}, papers,
            owner_account_id=account.account_id if account else None,
        )  # fmt: skip

    def tell_of(self, counter: int, committee: int, who: Citizen) -> int:
        """A household business tells that it pauses, from next week on; how many dossiers that made."""
        version = version_of_code("9.020502", self.until.date())
        if version is None:
            return 0
        with self._now(3) as at:
            wanted = Intake(
                UUID(int=self.chance.getrandbits(128)), version.pk, 1, counter, Person(who.name, who.number, who.phone),
                competent_unit_id=committee, event_on=self.times.day(self.tick + 5 * A_DAY),
            )  # fmt: skip
            return len(receive([wanted], by=self.roster.of(CLERK, counter, self.chance), at=at))

    def live(self, state: str, made: ReceivedEnvelope) -> None:
        """From reception to `state`."""
        if state == "received":
            return
        if state == "withdrawn":
            with self._now(90) as at:
                withdraw_envelope(made.id, "Gia đình nộp lại ở nơi khác.", by=self._clerk(made), at=at)
            return
        self._handle(made, 1, Verdict.REFUSED if state == "refused" else Verdict.GRANTED)
        if state == "asks":
            with self._now(60) as at:
                dossier = self._dossier(made, 2)
                officer = self.roster.of(SPECIALIST, dossier.competent_unit_id, self.chance)
                request_supplement(
                    [dossier.pk], "Bổ sung ý kiến đồng ý của chủ hộ.", by=officer, at=at
                ).only()
        if state in ("partly", "ready", "returned"):
            self._handle(made, 2)
        if state in ("ready", "returned"):
            self._handle(made, 3)
        if state == "returned":
            with self._now(120) as at:
                ids = EnvelopeMember.objects.filter(envelope=made.id).values_list("dossier_id", flat=True)
                return_result([pk for pk in ids if pk], "Cha của trẻ", by=self._clerk(made), at=at)

    def _handle(self, made: ReceivedEnvelope, position: int, verdict: Verdict = Verdict.GRANTED) -> None:
        """Handle one member to its result."""
        dossier = self._dossier(made, position)
        if dossier.status == Status.RECEIVED:
            with self._now(15) as at:
                hand_over([dossier.pk], by=self._clerk(made), at=at).only()
        steps = [one for one in road(dossier.process_id).specs.values() if one.role != RETURN][1:]
        for nth, _ in enumerate(steps, 1):
            with self._now(70) as at:
                step = DossierStep.objects.get(dossier=dossier, state=StepState.OPEN)
                role = LEADER if step.role == SIGN else SPECIALIST
                by = self.roster.of(role, step.unit_id, self.chance)
                if nth < len(steps):
                    complete_step([dossier.pk], by=by, at=at).only()
                else:
                    name = (
                        "Văn bản trả lời không đủ điều kiện"
                        if verdict is Verdict.REFUSED
                        else RESULTS[position]
                    )
                    number = f"{self.key.int % 900 + position}/{at:%Y}"
                    result = ResultIn(name, number, at.date(), by.name, verdict=verdict)
                    finish(
                        [dossier.pk],
                        result,
                        "Cha, mẹ chưa đủ giấy tờ chứng minh." if verdict else "",
                        by=by,
                        at=at,
                    ).only()

    def _dossier(self, made: ReceivedEnvelope, position: int) -> Dossier:
        member = EnvelopeMember.objects.select_related("dossier").get(envelope=made.id, position=position)
        assert member.dossier is not None
        return member.dossier

    def _clerk(self, made: ReceivedEnvelope) -> Actor:
        return self.roster.of(CLERK, self._dossier(made, 1).receiving_unit_id, self.chance)

    def _now(self, minutes: int) -> AbstractContextManager[datetime]:
        """Some working minutes on, never past the end of the story."""
        self.tick += minutes
        return clock.frozen(min(self.times.moment(self.tick), self.until))
