"""Accounts, the roles they hold in a unit for a period, and delegations.

`unit_id` points at organisation.Unit, which lies above this room: the column is plain here and the foreign key
is added by organisation's first migration, so the database still keeps it true.
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Lower


class Role(models.TextChoices):
    """What a person may be in a unit. A citizen's role hangs on no unit."""

    CITIZEN = "citizen", "Người dân, doanh nghiệp"
    CLERK = "clerk", "Công chức một cửa"
    SPECIALIST = "specialist", "Chuyên viên"
    LEADER = "leader", "Lãnh đạo"
    SIGNER = "signer", "Ký thừa lệnh, thừa ủy quyền"
    PERSONNEL = "personnel", "Cán bộ tổ chức, nhân sự"
    AUDITOR = "auditor", "Thanh tra, kiểm soát"
    ADMIN = "admin", "Quản trị"


class Accounts(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """A person who signs in. A civil servant has grants; a citizen has an ID number."""

    username = models.CharField("tên đăng nhập", max_length=64, unique=True)
    name = models.CharField("họ và tên", max_length=200)
    citizen_number = models.CharField("số căn cước", max_length=20, blank=True, default="")
    is_active = models.BooleanField("đang dùng", default=True)
    must_change_password = models.BooleanField(default=False, db_default=False)  # given by an administrator
    created_at = models.DateTimeField()

    objects = Accounts()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(username=Lower("username")), name="account_username_lower"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.username})"


class _DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class Grant(models.Model):
    """A role held in a unit from a day to a day (both included; open end when null)."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=16, choices=Role.choices)
    unit_id = models.BigIntegerField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(unit_id__isnull=False) | Q(role=Role.CITIZEN), name="grant_needs_unit"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="grant_period_forward",
            ),
            ExclusionConstraint(
                name="grant_no_overlap",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("unit_id", RangeOperators.EQUAL),
                    (
                        _DateRange("valid_from", "valid_to", RangeBoundary(True, True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()} @ {self.unit_id}: {self.valid_from} – {self.valid_to or ''}"


class Delegation(models.Model):
    """One officer acts for another (giao thay) in a unit for a period; the grants of the absent one are lent."""

    absent = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    acting = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField()
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(absent=models.F("acting")), name="delegation_to_another"),
            models.CheckConstraint(
                condition=Q(valid_to__gte=models.F("valid_from")), name="delegation_period_forward"
            ),
        )

    def __str__(self) -> str:
        return f"{self.acting_id} thay {self.absent_id}: {self.valid_from} – {self.valid_to}"


class SignInAttempt(models.Model):
    """Counts per key and quarter hour, for the rate limit of sign-in and public look-up. No passwords, no codes."""

    key = models.CharField(max_length=80)
    window = models.DateTimeField()
    count = models.IntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("key", "window"), name="attempt_once_per_window"),)

    def __str__(self) -> str:
        return f"{self.key} {self.window:%d/%m %H:%M}: {self.count}"
