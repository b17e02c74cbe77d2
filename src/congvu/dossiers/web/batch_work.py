"""Working batches off: the first share in the request that orders it, the rest by the worker or by the batch's page."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from congvu.dossiers.actions.batches import (
    Do,
    Share,
    keep_unlocks,
    order_batch,
    resume_batch,
    stop_batch,
    waiting_batches,
    work_share,
)
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.models import Batch
from congvu.dossiers.web.bulk_verbs import ALL_BULK, BulkVerb, how
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.queries import actor_for
from congvu.foundation.refusal import Refused
from congvu.foundation.signatures.waiting import forget, seal, unseal
from congvu.foundation.ui.forms import PlainForm

SECRET = "secret"  # noqa: S105 the name of the field that is never kept with the words
_TYPE_AGAIN = "Cần nhập lại mật khẩu khóa ký để ký tiếp: mật khẩu chỉ được giữ niêm phong tối đa một giờ."


def begin(verb: BulkVerb, form: PlainForm, seen: Mapping[int, int], *, by: Actor, at: datetime) -> Batch:
    """Order a batch and do its first share at once. Raises Refused, with nothing kept, when that share is refused whole:
    a wrong secret is told beside its field, not on a page later."""
    words = {name: value for name, value in form.data.items() if name in form.fields and name != SECRET}
    with transaction.atomic():
        batch = order_batch(verb.slug, words, seen, by=by, at=at)
        _first(batch, verb, form, by, at)
    return batch


def go_on(batch: Batch, secret: str, *, by: Actor, at: datetime) -> None:
    """Let a stopped batch go on, with the secret typed anew when its verb needs one."""
    verb = ALL_BULK[batch.verb]
    with transaction.atomic():
        resume_batch(batch.pk, by=by, at=at)
        _first(batch, verb, _form(verb, batch, secret, by, at), by, at)


def _first(batch: Batch, verb: BulkVerb, form: PlainForm, by: Actor, at: datetime) -> None:
    """The first share of a batch that begins or goes on; the secret for the others is sealed before anyone sees it."""
    left = work_share(batch.pk, _doing(verb, form, by, at), most=verb.share, at=at)
    if left is Share.MORE and SECRET in form.fields:
        keep_unlocks(batch.pk, seal(_folder(), str(batch.pk), str(form.cleaned_data[SECRET]), at))


def work(batch: Batch, at: datetime) -> bool:
    """Do the next share of a batch as the person who ordered it, by the roles held now; whether more are left.

    A batch whose whole share is refused (a certificate revoked meanwhile, a role ended) stops and says why.
    """
    verb, by = ALL_BULK[batch.verb], actor_for(batch.account, at.date())
    name = str(batch.pk)
    try:
        if not (batch.account.is_active and by.has(*verb.roles)):
            raise Refused("Người đặt lượt này không còn vai trò để làm tiếp.")
        secret = ""
        if SECRET in verb.form.base_fields:
            secret = unseal(_folder(), name, batch.unlocks, at) or ""
            if not secret:
                raise Refused(_TYPE_AGAIN)
        left = work_share(
            batch.pk, _doing(verb, _form(verb, batch, secret, by, at), by, at), most=verb.share, at=at
        )
    except Refused as refusal:
        stop(batch, refusal.told(), by=by, at=at)
        left = Share.LAST
    if left is Share.LAST:
        forget(_folder(), name)
    return left is Share.MORE


def stop(batch: Batch, why: str, *, by: Actor, at: datetime) -> None:
    """Stop a batch where it stands and drop the sealed secret: to go on it is typed anew. 3 statements."""
    stop_batch(batch.pk, why, by=by, at=at)
    forget(_folder(), str(batch.pk))


def work_all(at: datetime) -> int:
    """One share of every batch that waits, in turn, so that a small one is not kept behind a large one. How many of
    them have more."""
    return sum(work(batch, at) for batch in waiting_batches())


def _form(verb: BulkVerb, batch: Batch, secret: str, by: Actor, at: datetime) -> PlainForm:
    """The form as it was sent, read again."""
    form = verb.form({**batch.words, SECRET: secret})
    if verb.offer is not None:
        verb.offer(form, by, at.date())
    if not form.is_valid():
        raise Refused("Nội dung của lượt này không đọc lại được.", do="Đặt lượt mới từ danh sách.")
    return form


def _doing(verb: BulkVerb, form: PlainForm, by: Actor, at: datetime) -> Do:
    def do(seen: Mapping[int, int]) -> Outcome:
        return verb.run(list(seen), form.cleaned_data, how(by, at, seen))

    return do


def _folder() -> Path:
    return Path(settings.CONGVU_SIGNING)
