from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.flow import views

from vfpeer.models import PeerDossier


def _work(after):  # type: ignore[no-untyped-def]
    return flow.View(views.UpdateProcessView.as_view(fields=[])).Next(after)


class DossierFlow(flow.Flow):
    process_class = PeerDossier
    lock_impl = lock.select_for_update_lock
    start = flow.StartHandle(this.on_start).Next(this.s1)
    s1, s2, s3 = _work(this.s2), _work(this.s3), _work(this.s4)
    s4, s5, s6 = _work(this.s5), _work(this.s6), _work(this.end)
    end = flow.End()

    def on_start(self, activation, **values):  # type: ignore[no-untyped-def]
        for name, value in values.items():
            setattr(activation.process, name, value)
        return activation.process


class ParallelFlow(flow.Flow):
    """Two agencies at once, joined before the signature."""

    process_class = PeerDossier
    lock_impl = lock.select_for_update_lock
    start = flow.StartHandle(this.on_start).Next(this.receive)
    receive = _work(this.split)
    split = flow.Split().Next(this.lead).Next(this.police)
    lead, police = _work(this.join), _work(this.join)
    join = flow.Join().Next(this.sign)
    sign, give_back = _work(this.give_back), _work(this.end)
    end = flow.End()

    def on_start(self, activation, **values):  # type: ignore[no-untyped-def]
        for name, value in values.items():
            setattr(activation.process, name, value)
        return activation.process
