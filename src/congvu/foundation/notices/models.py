"""The outbox of messages, the words of their templates, and how far a reader of happenings has come."""

from django.db import models
from django.db.models import Q


class Channel(models.TextChoices):
    EMAIL = "email", "Thư điện tử"
    SMS = "sms", "Tin nhắn SMS"


class NoticeState(models.TextChoices):
    WAITING = "waiting", "Chờ gửi"
    SENDING = "sending", "Đang gửi"
    SENT = "sent", "Đã gửi"
    FAILED = "failed", "Không gửi được"
    UNCERTAIN = "uncertain", "Chưa rõ đã gửi"  # left by a crash: only a person sends it again
    WITHDRAWN = "withdrawn", "Đã thu hồi"


CHIPS = {  # the chip a screen shows a state with
    NoticeState.WAITING: "soon",
    NoticeState.SENDING: "now",
    NoticeState.SENT: "ok",
    NoticeState.FAILED: "late",
    NoticeState.UNCERTAIN: "pause",
    NoticeState.WITHDRAWN: "idle",
}


class Notice(models.Model):
    """One message to one address. `key` names what it tells of and by which channel: told twice, it is one notice.

    `about_id` and `about` are the number and the code of the dossier, which lies above this room. `template_version` 0 is
    the programme's own wording.
    """

    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    to = models.CharField(max_length=200)
    subject = models.CharField(max_length=300, blank=True, default="")
    text = models.TextField()
    about_id = models.BigIntegerField(null=True)
    about = models.CharField(max_length=60, blank=True, default="")
    kind = models.CharField(max_length=40)
    template_version = models.IntegerField(default=0)
    state = models.CharField(max_length=12, choices=NoticeState.choices, default=NoticeState.WAITING)
    tries = models.IntegerField(default=0)
    tries_before = models.PositiveSmallIntegerField(default=0)  # made before a person last had it sent again
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    gateway = models.CharField(max_length=60, blank=True, default="")
    gateway_id = models.CharField(max_length=300, blank=True, default="")
    why = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(to="") & ~Q(text=""), name="notice_to_someone"),
            models.CheckConstraint(condition=Q(state__in=NoticeState.values), name="notice_state_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="notice_channel_known"),
        )
        indexes = (
            models.Index(fields=("next_try_at", "id"), condition=Q(state="waiting"), name="notice_waiting"),
            models.Index(fields=("changed_at",), condition=Q(state="sending"), name="notice_sending"),
            models.Index(
                fields=("-id",), condition=Q(state__in=("failed", "uncertain")), name="notice_troubled"
            ),
            models.Index(fields=("about_id", "-id"), name="notice_by_dossier"),
        )


class NoticeTemplate(models.Model):
    """The office's words for one kind of notice and channel. The newest version counts; older ones stay, to say what
    was sent then. An empty text means the programme's own words; `silent` means that nothing is sent."""

    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    version = models.IntegerField()
    subject = models.CharField(max_length=300, blank=True, default="")
    text = models.TextField(blank=True, default="")
    unmarked = models.BooleanField(default=False)  # sent without diacritics: more letters in a part of an SMS
    silent = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("kind", "channel", "version"), name="notice_template_version"),
        )


class ReadMark(models.Model):
    """How far a reader has read an append-only log: everything up to `last_id` has been turned into notices."""

    reader = models.CharField(max_length=40, primary_key=True)
    last_id = models.BigIntegerField(default=0)
