"""Which jobs there are and when they run. The worker (`./congvu worker`) runs them; each is a thin call."""

from django.conf import settings
from procrastinate.contrib.django import app

from congvu.config.wiring import REACTIONS
from congvu.dossiers.actions.accept_by_silence import accept_all_silent
from congvu.dossiers.actions.simulate import simulate_next
from congvu.dossiers.actions.write_notices import write_notices
from congvu.dossiers.web.batch_work import work_all
from congvu.foundation import clock
from congvu.foundation.audit.chain import seal
from congvu.foundation.happenings.actions import work_off
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.identity.throttle import forget_before
from congvu.foundation.notices.actions.deliver import deliver, doubt_left_over
from congvu.foundation.notices.configured import gateways
from congvu.foundation.workdays.days import add_days
from congvu.indicators.actions.keep_facts import keep_facts
from congvu.indicators.actions.set_lines import look_at_lines
from congvu.organisation.actions.carry_out import carry_out
from congvu.procedures.actions.publish import settle_statuses
from congvu.surveys.actions.invite_finished import invite_finished
from congvu.surveys.actions.stir import stir


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="seal_audit", name="seal_audit")
def seal_audit(timestamp: int) -> None:
    """Every minute: seal the new rows of the audit log into the hash chain."""
    seal(at=clock.now())


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="forget_attempts", name="forget_attempts")
def forget_attempts(timestamp: int) -> None:
    """Every night: drop the rate limits' counts of past days (they name addresses)."""
    forget_before(add_days(clock.now(), -1))


@app.periodic(cron="5 0 * * *")
@app.task(queueing_lock="settle_procedures", name="settle_procedures")
def settle_procedures(timestamp: int) -> None:
    """Every midnight: procedures whose abolishing or replacing decision comes into effect today say so."""
    settle_statuses(by=SYSTEM, at=clock.now())


@app.periodic(cron="20 0 * * *")
@app.task(queueing_lock="accept_by_silence", name="accept_by_silence")
def accept_silence(timestamp: int) -> None:
    """Every midnight: notifications whose term ended without objection count as accepted."""
    accept_all_silent(at=clock.now())


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="work_off_happenings", name="work_off_happenings")
def work_off_happenings(timestamp: int) -> None:
    """Every five seconds: run the reactions of what happened since."""
    work_off(REACTIONS, at=clock.now())


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="hand_over_units", lock="hand_over_units", name="hand_over_units")
def hand_over_units(timestamp: int) -> None:
    """Every five seconds: move what follows units that ended, also by an event planned for today."""
    carry_out(at=clock.now())


@app.periodic(cron="40 0 * * *")
@app.task(queueing_lock="hand_over_again", lock="hand_over_units", name="hand_over_again")
def hand_over_again(timestamp: int) -> None:
    """Every midnight: try once more what could not be handed over."""
    carry_out(at=clock.now(), again=True)


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="work_batches", lock="work_batches", name="work_batches")
def work_batches(timestamp: int) -> None:
    """Every five seconds: do what was ordered for large sets, share by share, until nothing waits."""
    while work_all(clock.now()):
        pass


@app.periodic(cron="* * * * * */10")
@app.task(queueing_lock="tell_applicants", name="tell_applicants")
def tell_applicants(timestamp: int) -> None:
    """Every ten seconds: write the notices of what happened since."""
    write_notices(gateways(), settings.CONGVU_ADDRESS, at=clock.now())


@app.periodic(cron="* * * * * */30")
@app.task(queueing_lock="invite_finished", name="invite_finished")
def invite_applicants(timestamp: int) -> None:
    """Every half minute: a link for each dossier that ended since, where a survey asks for it."""
    invite_finished(gateways(), settings.CONGVU_ADDRESS, at=clock.now())


@app.periodic(cron="30 1 * * *")
@app.task(queueing_lock="stir_surveys", name="stir_surveys")
def stir_surveys(timestamp: int) -> None:
    """Every night: take away what ties an answered invitation to its answer by the order of writing."""
    stir(at=clock.now())


@app.periodic(cron="* * * * * */10")
@app.task(queueing_lock="send_notices", lock="send_notices", name="send_notices")
def send_notices(timestamp: int) -> None:
    """Every ten seconds: send what waits. One at a time, so that a slow gateway never takes the whole worker."""
    doubt_left_over(at=clock.now())
    deliver(gateways(), clock.now)


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="simulate", lock="simulate", name="simulate")
def simulate(timestamp: int) -> None:
    """Every five seconds: try one of the processes officials asked to be tried; a queue of them leaves room between."""
    simulate_next(clock.now)


@app.periodic(cron="* * * * * */20")
@app.task(queueing_lock="keep_facts", lock="keep_facts", name="keep_facts")
def keep_facts_up(timestamp: int) -> None:
    """Every twenty seconds: bring the facts that figures in bulk are counted over up to the event log."""
    keep_facts(by=SYSTEM, at=clock.now())


@app.periodic(cron="50 4 * * *")
@app.task(queueing_lock="look_at_lines", lock="look_at_lines", name="look_at_lines")
def look_at_figure_lines(timestamp: int) -> None:
    """Every night: which figures crossed a line somebody set, and which are back."""
    look_at_lines(at=clock.now())
