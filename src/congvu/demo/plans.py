"""The life of one demo dossier, thought out before it is lived: who does what at which moment, until today.

A plan is plain data. `story` lives it through the dossiers' actions; `flood` writes down what those actions would
have left. A test holds the two equal.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from congvu.demo.due_book import DueBook
from congvu.demo.office_time import A_DAY, OfficeTime, after_three
from congvu.demo.people import Citizen, Roster
from congvu.demo.walk import Visit, way_through
from congvu.dossiers.queries.offers import Offer
from congvu.dossiers.rules import clock
from congvu.dossiers.rules.steps import Road, StepSpec
from congvu.foundation.identity.actor import SYSTEM, Actor
from congvu.foundation.identity.roles import CLERK, LEADER, SPECIALIST
from congvu.foundation.workdays.rules.calendar import Calendar

MISSING = (
    "Bổ sung bản sao có chứng thực giấy tờ tùy thân còn hạn.", "Bổ sung danh sách thành viên có chữ ký xác nhận.",
    "Hoàn thiện đơn theo đúng mẫu ban hành.", "Bổ sung giấy tờ chứng minh quyền sử dụng trụ sở.",
    "Bổ sung bản vẽ có xác nhận của đơn vị tư vấn.",
)  # fmt: skip
WHY_LATE = (
    "Hồ sơ cần lấy thêm ý kiến của cơ quan phối hợp.",
    "Phải kiểm tra thực địa bổ sung do thời tiết xấu.",
)
WHY_BACK = ("Người nộp rút hồ sơ theo đơn.", "Người nộp thay đổi nhu cầu, đề nghị rút hồ sơ.")
WHY_STOP = (
    "Tạm dừng theo thông báo của cơ quan thanh tra.",
    "Dừng giải quyết do có tranh chấp được tòa án thụ lý.",
)
WHY_NOT = ("Hồ sơ không thuộc thẩm quyền giải quyết.", "Thành phần hồ sơ không đúng quy định của thủ tục.")
WHY_WAIVED = "Đối tượng được miễn theo nghị quyết của Hội đồng nhân dân tỉnh."
WHY_REFUNDED = "Người nộp rút hồ sơ trước khi có kết quả."
QUESTIONS = ("Đề nghị cho ý kiến về hồ sơ theo lĩnh vực quản lý.", "Đề nghị xác nhận thông tin trong hồ sơ.")
ANSWERS = ("Thống nhất, không có ý kiến khác.", "Đã kiểm tra, thông tin trong hồ sơ là đúng.")
PAY = "Nộp thuế và lệ phí theo thông báo của cơ quan thuế."


@dataclass(frozen=True, slots=True)
class Service:
    """A procedure as one office offers it: who receives, who decides, what is promised, through which steps."""

    offer: Offer
    process: int | None
    road: Road
    receiving: int
    competent: int
    papers: tuple[tuple[int, str], ...]  # (case paper, its name)
    result: str
    weight: float = 1.0
    asked: tuple[int, str] | None = None  # the unit whose opinion is asked now and then, and its name

    @property
    def steps(self) -> tuple[StepSpec, ...]:
        """The steps in their order."""
        return tuple(self.road.specs.values())


@dataclass(frozen=True, slots=True)
class Act:
    """One verb at one moment. `position` names a step, `day` a new due day or the day of an answer, `words` the reason or
    content, `facts` what the step established."""

    at: datetime
    verb: str
    by: Actor
    words: str = ""
    position: int | None = None
    day: date | None = None
    facts: Mapping[str, str] | None = None


IN_PERSON, POST = 0, 1  # ways of getting the result: at the counter, by a parcel


@dataclass(slots=True)
class Plan:
    """A dossier to be: what is asked by whom, and the acts up to the end of the story."""

    key: UUID
    service: Service
    citizen: Citizen
    channel: int
    return_method: int
    owner_account: int | None = None
    acts: list[Act] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Temper:
    """How likely things are. Shares of dossiers."""

    online: float = 0.55
    post: float = 0.06
    refused: float = 0.03
    late: float = 0.08
    supplement: float = 0.07
    withdrawn: float = 0.015
    stopped: float = 0.008
    extended: float = 0.25  # of the late ones
    pay_pause: float = 0.15  # of those that cost something
    uncollected: float = 0.03  # for weeks, of those fetched in person
    forgotten: float = 0.05  # for good, of those
    rework: float = 0.12  # each time the process lets someone send it back
    opinion: float = 0.08  # of those nothing pauses
    paid_first: float = 0.3  # at the counter, when they hand it in
    waived: float = 0.02


class Planner:
    """Makes plans with one chance, one calendar and one crew; the same seed gives the same plans."""

    def __init__(
        self,
        chance: random.Random,
        calendar: Calendar,
        times: OfficeTime,
        roster: Roster,
        until: datetime,
        temper: Temper | None = None,
        book: DueBook | None = None,
    ) -> None:
        self.book = book or DueBook(calendar)
        self.chance, self.calendar, self.times, self.roster, self.until = (
            chance,
            calendar,
            times,
            roster,
            until,
        )
        self.temper = temper or Temper()
        self._now_tick = (times.index(until.date()) + 1) * A_DAY

    def plan(self, service: Service, citizen: Citizen, tick: int, *, account: int | None = None) -> Plan:
        """A plan that begins at the working minute `tick`; acts after `until` are not in it."""
        chance = self.chance
        draw = chance.random()
        channel = (
            2
            if account or draw < self.temper.online
            else 3
            if draw < self.temper.online + self.temper.post
            else 1
        )
        method = 2 if channel == 2 and chance.random() < 0.6 else 1 if channel == 3 else 0
        plan = Plan(UUID(int=chance.getrandbits(128), version=4), service, citizen, channel, method, account)
        self._begin(plan, tick)
        plan.acts = sorted((act for act in plan.acts if act.at <= self.until), key=lambda act: act.at)
        return plan

    def _begin(self, plan: Plan, tick: int) -> None:
        service, chance = plan.service, self.chance
        clerk = self.roster.of(CLERK, service.receiving, chance)
        if plan.channel == 2:
            self._add(plan, tick, "register_online", SYSTEM)
            tick += chance.randrange(20, 420)  # reception online has a limit of eight working hours
            if chance.random() < self.temper.refused:
                self._add(plan, tick, "refuse", clerk, chance.choice(WHY_NOT))
                return
            self._add(plan, tick, "receive_registered", clerk)
        else:
            self._add(plan, tick, "receive", clerk)
        if _owes(plan) and chance.random() < self.temper.paid_first:
            self._add(plan, tick + 4, "collect_fee", clerk)
        self._handle(plan, tick, clerk)

    def _handle(self, plan: Plan, received: int, clerk: Actor) -> None:
        """From reception to the giving back, or to one of the ways a dossier leaves that road."""
        chance, temper = self.chance, self.temper
        over = received + (
            chance.randrange(10, _longest_reception(plan.service))
            if not after_three(received)
            else A_DAY - received % A_DAY + chance.randrange(5, 60)
        )
        middle = way_through(plan.service.road, chance, temper.rework)
        self._add(plan, over, "hand_over", clerk)
        length = self._length(plan, received)
        end = max(received + length, over + 20 * (len(middle) + 1))
        leaving = chance.random()
        if leaving < temper.withdrawn + temper.stopped:
            plan.acts = [act for act in plan.acts if act.verb != "extend"]
        if leaving < temper.withdrawn:
            self._withdraw(plan, chance.randrange(over + 1, end), clerk)
            return
        if leaving < temper.withdrawn + temper.stopped:
            self._stop(plan, chance.randrange(over + 1, end), clerk)
            return
        marks = _marks(middle, over, end)
        shift = self._pause(plan, over, end, middle[0].spec)
        if shift is None:
            self._ask(plan, over, marks[0], middle[0].spec)
        for visit, mark in zip(middle, marks, strict=True):
            tick = mark if shift is None or mark < shift[0] else mark + shift[1]
            who = self._officer(visit.spec, plan.service)
            if visit is middle[-1]:
                self._finish(plan, tick, who, clerk, visit)
            else:
                self._add(plan, tick, "complete_step", who, position=visit.spec.position, facts=visit.facts)

    def _ask(self, plan: Plan, over: int, done: int, step: StepSpec) -> None:
        """Another agency's opinion, asked and answered while the first agency holds the dossier; now and then late."""
        chance, asked = self.chance, plan.service.asked
        if asked is None or asked[0] == unit_of(step, plan.service) or chance.random() >= self.temper.opinion:
            return
        if done - over < 2 * A_DAY:
            return
        begin = chance.randrange(over + 1, over + A_DAY)
        end = chance.randrange(begin + 60, done)
        days = self.times.days
        late = chance.random() < 0.15
        wanted = days[max(begin // A_DAY + 1, end // A_DAY + (-1 if late else chance.randrange(1, 4)))]
        who = self._officer(step, plan.service)
        self._add(plan, begin, "ask_opinion", who, chance.choice(QUESTIONS), position=step.position, day=wanted)  # fmt: skip
        answerer = self.roster.of(SPECIALIST, asked[0], chance)
        self._add(plan, end, "answer_opinion", answerer, chance.choice(ANSWERS), position=step.position)

    def _withdraw(self, plan: Plan, tick: int, clerk: Actor) -> None:
        """Taken back by the applicant; what was paid is given back."""
        self._add(plan, tick, "withdraw", clerk, self.chance.choice(WHY_BACK))
        if _paid(plan):
            self._add(plan, tick + 20, "refund_fee", clerk, WHY_REFUNDED)

    def _length(self, plan: Plan, received: int) -> int:
        """Working minutes from reception to the end of handling, and the extension of some that will be late."""
        chance, temper = self.chance, self.temper
        promise = plan.service.offer.promise(None, plan.channel)
        start = self.times.moment(received)
        due_on, due_at = self.book.first(start, promise.term_n, promise.term_unit)
        if due_on is None:
            return A_DAY * chance.randrange(3, 15)
        whole = max(1, self.times.index(due_on) - received // A_DAY) * A_DAY
        late = chance.random() < temper.late
        if not late:
            room = whole + (A_DAY - 1 - received % A_DAY if due_at is None else 0)
            return max(30, int(min(whole * chance.uniform(0.35, 0.95), room - 5)))
        if due_at is None and whole > 3 * A_DAY and chance.random() < temper.extended:
            self._extend(plan, due_on, received)
        return whole + A_DAY + int(whole * chance.expovariate(3))

    def _extend(self, plan: Plan, due_on: date, received: int) -> None:
        latest = self.times.index(clock.latest_apology(due_on, self.calendar)) * A_DAY
        tick = max(received + A_DAY, latest) + self.chance.randrange(A_DAY)
        new_due = self.times.days[self.times.index(due_on) + self.chance.randrange(3, 8)]
        if tick < latest + A_DAY:
            step = next(s for s in plan.service.steps if s.role not in ("RECEIVE", "RETURN"))
            self._add(
                plan,
                tick,
                "extend",
                self._officer(step, plan.service),
                self.chance.choice(WHY_LATE),
                day=new_due,
            )

    def _pause(self, plan: Plan, over: int, end: int, step: StepSpec) -> tuple[int, int] | None:
        """A pause within the handling: (tick it begins, how long), or None. Never together with an extension."""
        chance, temper = self.chance, self.temper
        if any(act.verb == "extend" for act in plan.acts) or end - over < A_DAY:
            return None
        promise = plan.service.offer.promise(None, plan.channel)
        who = self._officer(step, plan.service)
        begin = chance.randrange(over + 1, min(end, over + 3 * A_DAY))
        wait = chance.randrange(120, 7 * A_DAY)
        if chance.random() < temper.supplement:
            self._add(plan, begin, "request_supplement", who, chance.choice(MISSING))
        elif promise.chargeable and chance.random() < temper.pay_pause:
            self._add(plan, begin, "request_payment", who, PAY)
        else:
            return None
        self._add(plan, begin + wait, "resume", who)
        return begin, wait

    def _stop(self, plan: Plan, tick: int, clerk: Actor) -> None:
        leader = self.roster.of(LEADER, plan.service.competent, self.chance)
        self._add(plan, tick, "stop", leader, self.chance.choice(WHY_STOP))
        if _owes(plan) and not _paid(plan):
            self._add(plan, tick + 30, "collect_fee", clerk)
        self._add(
            plan,
            tick + self.chance.randrange(2 * A_DAY, 15 * A_DAY),
            "return_result",
            clerk,
            plan.citizen.name,
        )

    def _finish(self, plan: Plan, tick: int, who: Actor, clerk: Actor, visit: Visit) -> None:
        self._add(plan, tick, "finish", who, facts=visit.facts)
        taken = tick + self.chance.choice(
            (self.chance.randrange(30, A_DAY), self.chance.randrange(A_DAY, 6 * A_DAY))
        )
        if plan.return_method == IN_PERSON and self.chance.random() < self.temper.uncollected:
            if self.chance.random() < self.temper.forgotten:
                return
            taken = tick + self.chance.randrange(10 * A_DAY, 80 * A_DAY)
        if _owes(plan) and not _paid(plan):
            if self.chance.random() < self.temper.waived:
                self._add(plan, taken - 5, "waive_fee", clerk, WHY_WAIVED)
            else:
                self._add(plan, taken - 5, "collect_fee", clerk)
        self._add(plan, taken, "return_result", clerk, plan.citizen.name)

    def _officer(self, step: StepSpec, service: Service) -> Actor:
        """Who closes a step in the unit that holds it."""
        unit = unit_of(step, service)
        role = {"SIGN": LEADER, "RECEIVE": CLERK, "RETURN": CLERK}.get(step.role, SPECIALIST)
        return self.roster.of(role, unit, self.chance)

    def _add(
        self,
        plan: Plan,
        tick: int,
        verb: str,
        by: Actor,
        words: str = "",
        *,
        position: int | None = None,
        day: date | None = None,
        facts: Mapping[str, str] | None = None,
    ) -> None:
        """The act, if its moment can come: days beyond the table lie in the future."""
        if tick < self._now_tick:
            plan.acts.append(Act(self.times.moment(tick), verb, by, words, position, day, facts))


def _longest_reception(service: Service) -> int:
    """Minutes a counter takes at most to pass a dossier on, not three in four of what the process allows it."""
    step = service.road.first[0]
    return 90 if step.term_n is None or step.term_unit != "GIO_LAM_VIEC" else max(11, int(step.term_n * 45))


def _marks(way: list[Visit], begin: int, end: int) -> list[int]:
    """The ticks at which the steps are done, each after the one before, the last at `end`."""
    marks: list[int] = []
    for nth, visit in enumerate(way):
        latest = end - (len(way) - 1 - nth)
        earliest = (marks[-1] if marks else begin) + 1
        marks.append(max(earliest, min(latest, begin + int(visit.part * (end - begin)))))
    return marks


def _owes(plan: Plan) -> bool:
    """Whether its reception charges something."""
    return bool(plan.service.offer.promise(None, plan.channel).fees)


def _paid(plan: Plan) -> bool:
    return any(act.verb == "collect_fee" for act in plan.acts)


def unit_of(step: StepSpec, service: Service) -> int:
    """The unit that holds a step of a service."""
    return step.unit(service.receiving, service.competent)
