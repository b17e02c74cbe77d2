"""Living plans through the dossiers' actions, act by act in order of time, as people would have."""

from collections.abc import Callable, Iterable
from uuid import UUID

from congvu.demo.plans import IN_PERSON, POST, Act, Plan
from congvu.dossiers.actions.ask_opinion import ask_opinion
from congvu.dossiers.actions.collect_fee import collect_fee
from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.end_opinion import answer_opinion
from congvu.dossiers.actions.extend import extend
from congvu.dossiers.actions.finish import ResultIn, finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.intake import Intake, PaperIn, Person
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.post_result import Parcel, post_result
from congvu.dossiers.actions.receive import receive
from congvu.dossiers.actions.receive_registered import receive_registered
from congvu.dossiers.actions.refund_fee import refund_fee
from congvu.dossiers.actions.refuse import refuse
from congvu.dossiers.actions.register_online import register_online
from congvu.dossiers.actions.request_payment import request_payment
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.actions.resume import resume
from congvu.dossiers.actions.return_result import return_result
from congvu.dossiers.actions.stop import stop
from congvu.dossiers.actions.waive_fee import waive_fee
from congvu.dossiers.actions.withdraw import withdraw
from congvu.dossiers.models import Dossier, OpinionRequest
from congvu.dossiers.rules.money import PayWay
from congvu.dossiers.rules.post import check_digit
from congvu.dossiers.rules.status import Delivery
from congvu.foundation import clock
from congvu.foundation.text import fold

_WITH_WORDS: dict[str, Callable[..., Outcome]] = {
    "refuse": refuse,
    "request_supplement": request_supplement,
    "request_payment": request_payment,
    "stop": stop,
    "withdraw": withdraw,
}
WAIVED_FOR = "ho-ngheo"  # the ground of all waivers here
DELIVERIES = {IN_PERSON: Delivery.HANDED_OVER, POST: Delivery.POSTED, 2: Delivery.ONLINE}


def live(plans: Iterable[Plan]) -> dict[UUID, int]:
    """Live all plans side by side, the clock standing at each act. Returns dossier ids by intake key. 2-8 statements
    an act. A refusal is a fault of the plan and comes through."""
    plans = list(plans)
    ids: dict[UUID, int] = {}
    order = sorted(
        (act.at, number, place) for number, plan in enumerate(plans) for place, act in enumerate(plan.acts)
    )
    for at, number, place in order:
        plan = plans[number]
        with clock.frozen(at):
            _do(plan, plan.acts[place], ids)
    return ids


def _do(plan: Plan, act: Act, ids: dict[UUID, int]) -> None:
    if act.verb in ("register_online", "receive"):
        verb = receive if act.verb == "receive" else register_online
        (made,) = verb([intake_of(plan)], by=act.by, at=act.at)
        ids[plan.key] = made.id
        return
    if act.verb == "return_result" and plan.return_method == POST:
        _post(plan, act, ids[plan.key])
        return
    _verb(plan, act, [ids[plan.key]]).only()


def _post(plan: Plan, act: Act, dossier_id: int) -> None:
    """The result goes by post, under a number of the right shape that no parcel has."""
    code = Dossier.objects.values_list("code", flat=True).get(pk=dossier_id)
    (posted,) = post_result([Parcel(code or "", tracking_of(plan))], by=act.by, at=act.at)
    if posted.refusal is not None:
        raise posted.refusal


def _verb(plan: Plan, act: Act, ids: list[int]) -> Outcome:
    by, at, words = act.by, act.at, act.words
    match act.verb:
        case "receive_registered":
            return receive_registered(ids, by=by, at=at)
        case "hand_over":
            return hand_over(ids, by=by, at=at)
        case "complete_step":
            return complete_step(ids, facts=act.facts, position=act.position, by=by, at=at)
        case "ask_opinion" | "answer_opinion":
            return _opinion(plan, act, ids)
        case "finish":
            return finish(ids, result_of(plan, act), facts=act.facts, by=by, at=at)
        case "return_result":
            return return_result(ids, words, method=DELIVERIES[plan.return_method], by=by, at=at)
        case "extend":
            assert act.day is not None
            return extend(ids, act.day, words, by=by, at=at)
        case "resume":
            return resume(ids, by=by, at=at)
        case "collect_fee" | "waive_fee" | "refund_fee":
            return _money(plan, act, ids)
        case _:
            return _WITH_WORDS[act.verb](ids, words, by=by, at=at)


def _opinion(plan: Plan, act: Act, ids: list[int]) -> Outcome:
    by, at = act.by, act.at
    if act.verb == "ask_opinion":
        assert act.day is not None and plan.service.asked is not None
        units = [plan.service.asked[0]]
        return ask_opinion(ids, units, act.words, act.day, position=act.position, by=by, at=at)
    open_ones = OpinionRequest.objects.filter(dossier_id__in=ids, answered_at=None, withdrawn_at=None)
    return answer_opinion(open_ones.values_list("pk", flat=True), act.words, by=by, at=at)


def _money(plan: Plan, act: Act, ids: list[int]) -> Outcome:
    by, at, way = act.by, act.at, way_of(plan)
    if act.verb == "collect_fee":
        return collect_fee(ids, way=way, by=by, at=at)
    if act.verb == "waive_fee":
        return waive_fee(ids, act.words, ground=WAIVED_FOR, by=by, at=at)
    price, decision = price_of(plan), decision_of(plan, act)
    return refund_fee(ids, price, act.words, decision=decision, way=way, by=by, at=at)


def intake_of(plan: Plan) -> Intake:
    """What comes over the counter in this plan: every paper of the list, one original each."""
    citizen, service = plan.citizen, plan.service
    return Intake(
        intake_key=plan.key,
        version_id=service.offer.version_id,
        channel=plan.channel,
        receiving_unit_id=service.receiving,
        competent_unit_id=service.competent,
        owner=Person(citizen.name, citizen.number, citizen.phone, mail_of(plan), citizen.address),
        return_method=plan.return_method,
        subject_kind=citizen.kind,
        papers=tuple(
            PaperIn(name, paper, order, originals=1, digitised=1 if plan.channel == 2 else 0)
            for order, (paper, name) in enumerate(service.papers, 1)
        ),
        owner_account_id=plan.owner_account,
    )


def mail_of(plan: Plan) -> str:
    """One in three has a mail address, in the domain that belongs to nobody (RFC 2606)."""
    return f"{fold(plan.citizen.name).replace(' ', '.')}@example.com" if plan.key.int % 3 == 0 else ""


def result_of(plan: Plan, act: Act) -> ResultIn:
    """The paper that answers the dossier, signed the day handling ends by whoever ends it."""
    number = f"{plan.key.int % 1900 + 1}/QĐ-{act.at:%Y}"
    return ResultIn(plan.service.result, number, act.at.date(), act.by.name)


def tracking_of(plan: Plan) -> str:
    """A number of the right shape that no parcel has."""
    serial = f"{plan.key.int % 10**8:08d}"
    return f"ZZ{serial}{check_digit(serial)}VN"


def way_of(plan: Plan) -> PayWay:
    """How the fee is paid: as the dossier came."""
    return {2: PayWay.ONLINE, 3: PayWay.TRANSFER}.get(plan.channel, PayWay.COUNTER)


def decision_of(plan: Plan, act: Act) -> str:
    """The decision by which a fee is given back."""
    return f"{plan.key.int % 900 + 1}/QĐ-HT ngày {act.at:%d/%m/%Y}"


def price_of(plan: Plan) -> int:
    """What its reception charges."""
    return sum(fee.amount for fee in plan.service.offer.promise(None, plan.channel).fees)
