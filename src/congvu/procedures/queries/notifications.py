"""The rule of a procedure of notification in force on a day."""

from datetime import date

from django.db.models import Q

from congvu.procedures.models import NotificationRule


def notification_rule(procedure_id: int, on: date) -> NotificationRule | None:
    """The rule in force on a day. 1 statement."""
    still = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    return NotificationRule.objects.filter(still, procedure=procedure_id, valid_from__lte=on).first()
