"""Locks taken before a verb writes, for what moves with it: always envelopes first, then dossiers, the older first."""

from collections.abc import Sequence

from django.db.models import Q

from congvu.dossiers.actions.now import Change
from congvu.dossiers.models import Dossier, Envelope, EnvelopeMember, SubDossier, Tie


def hold_envelopes(moving: Sequence[Change]) -> None:
    """Lock the envelopes that follow these changes, before their dossiers as everywhere: of two members that end at once
    the second then sees the first ended. No statement for what is in none, else 1."""
    members = [one.now.id for one in moving if one.now.ties & Tie.ENVELOPE]
    if members:
        theirs = EnvelopeMember.objects.filter(dossier__in=members).values("envelope")
        list(Envelope.objects.select_for_update().filter(pk__in=theirs).order_by("pk").values_list("pk"))


def hold_families(moving: Sequence[Change]) -> None:
    """Lock dossiers that end together with those that wait for them or that they opened, the older first: a child that
    ends and its parent that is withdrawn meet without a deadlock. No statement for what has neither, else 1."""
    ids = [one.now.id for one in moving if one.now.ties & (Tie.CHILD | Tie.PARENT)]
    if ids:
        parents = SubDossier.objects.filter(dossier__in=ids).values("parent")
        children = SubDossier.objects.filter(parent__in=ids).values("dossier")
        family = Dossier.objects.filter(Q(pk__in=ids) | Q(pk__in=parents) | Q(pk__in=children))
        list(family.select_for_update().order_by("pk").values_list("pk"))
