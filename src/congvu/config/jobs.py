"""Which jobs there are and when they run. The worker (`./congvu worker`) runs them; each is a thin call."""

from procrastinate.contrib.django import app

from congvu.config.wiring import REACTIONS
from congvu.foundation import clock
from congvu.foundation.audit.chain import seal
from congvu.foundation.happenings.actions import work_off


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="seal_audit", name="seal_audit")
def seal_audit(timestamp: int) -> None:
    """Every minute: seal the new rows of the audit log into the hash chain."""
    seal(at=clock.now())


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="work_off_happenings", name="work_off_happenings")
def work_off_happenings(timestamp: int) -> None:
    """Every five seconds: run the reactions of what happened since."""
    work_off(REACTIONS, at=clock.now())
