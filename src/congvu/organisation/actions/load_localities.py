"""Nạp danh mục địa bàn: the official lists of localities and the map from old to new."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold
from congvu.organisation.access import refuse_unless_may_change
from congvu.organisation.models import Locality, LocalitySuccession
from congvu.organisation.rules.kinds import HUYEN, TINH, XA
from congvu.organisation.rules.lists import TWO_TIERS_SINCE, Listing, Place, Went, read_listing
from congvu.organisation.rules.merge_notes import Note, OldCommunes, OldPlace, claims

OFFICIAL = {"two_tiers": (34, 0, 3321), "three_tiers": (63, 696, 10035)}  # provinces, districts, communes
MANY = 1000
_WRITERS_LOCK = 7_501_925_0701  # advisory; two imports of one list at a time would meet at the unique keys


@dataclass(slots=True)
class Loaded:
    """What loading a file did: lines read, stored now, already there; doubts kept, lines not taken and why."""

    file: str
    kind: str
    read: int = 0
    stored: int = 0
    unchanged: int = 0
    provinces: int = 0
    districts: int = 0
    communes: int = 0
    divided: int = 0
    doubts: list[tuple[str, str]] = field(default_factory=list)
    rejected: list[tuple[str, str]] = field(default_factory=list)


@transaction.atomic
def load_localities(name: str, content: bytes, *, by: Actor, at: datetime) -> Loaded:
    """Load one file (see rules.lists). Loading it again stores nothing. Refuses a file that is no such list.

    A line that contradicts what is loaded is rejected with its reason; nothing is overwritten. About 8 statements
    for a list, 6 for a map or notes, whatever their length. What a map gives by code replaces what notes said.
    """
    refuse_unless_may_change(by)
    listing = read_listing(content, name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_WRITERS_LOCK])
    done = Loaded(file=name, kind=listing.kind, rejected=list(listing.rejected))
    done.read = len(listing.places) + len(listing.went) + len(listing.notes) + len(listing.rejected)
    if listing.kind == "old_to_new":
        _load_map(listing.went, name, done, at)
    elif listing.kind == "merge_notes":
        _load_notes(listing.notes, name, done, at)
    else:
        _load_list(listing, name, done, at)
    if (
        done.stored > MANY
    ):  # plans made while the tables were small would otherwise be kept by every connection
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE organisation_locality, organisation_localitysuccession")
    after = {"file": name, "kind": done.kind, "stored": done.stored, "rejected": len(done.rejected)}
    record("organisation.load_localities", "localities", 0, by=by, at=at, why=name, after=after)
    return done


def _load_list(listing: Listing, name: str, done: Loaded, at: datetime) -> None:
    ids: dict[tuple[str, str], int] = {}
    known = {
        (place.level, place.code): place
        for place in Locality.objects.filter(valid_from=listing.valid_from, valid_to=listing.valid_to)
        if (place.valid_from, place.valid_to) == (listing.valid_from, listing.valid_to)
    }
    for level in (TINH, HUYEN, XA):
        fresh = [
            place
            for place in listing.places
            if place.level == level and _is_new(place, known.get((level, place.code)), ids, done)
        ]
        rows = Locality.objects.bulk_create(_row(place, listing, ids, name, at) for place in fresh)
        ids |= {(level, row.code): row.id for row in rows}
        done.stored += len(rows)
    counts = {level: sum(key[0] == level for key in ids) for level in (TINH, HUYEN, XA)}
    done.provinces, done.districts, done.communes = counts[TINH], counts[HUYEN], counts[XA]
    _compare_with_official(done)


def _is_new(place: Place, known: Locality | None, ids: dict[tuple[str, str], int], done: Loaded) -> bool:
    if known is not None and fold(known.path) == fold(place.path):
        ids[place.level, place.code] = known.id
        done.unchanged += 1
        return False
    if known is not None:
        done.rejected.append((place.code, f"đã nạp với tên «{known.path}», tệp ghi «{place.path}»"))
        ids[place.level, place.code] = known.id
        return False
    if place.parent and (_above(place), place.parent) not in ids and (TINH, place.parent) not in ids:
        done.rejected.append((place.code, f"đơn vị trên (mã {place.parent}) không nạp được"))
        return False
    return True


def _above(place: Place) -> str:
    return HUYEN if place.level == XA and len(place.parent) == 3 else TINH


def _row(
    place: Place, listing: Listing, ids: dict[tuple[str, str], int], name: str, at: datetime
) -> Locality:
    return Locality(
        code=place.code,
        level=place.level,
        name=place.name,
        path=place.path,
        path_folded=fold(place.path),
        parent_id=ids[_above(place), place.parent] if place.parent else None,
        valid_from=listing.valid_from,
        valid_to=listing.valid_to,
        source=name[:200],
        recorded_at=at,
    )


def _compare_with_official(done: Loaded) -> None:
    found = (done.provinces, done.districts, done.communes)
    for count, official, word in zip(found, OFFICIAL[done.kind], ("tỉnh", "huyện", "xã"), strict=True):
        if count != official:
            done.doubts.append((word, f"danh mục có {count}, số công bố là {official}"))


def _load_map(went: Sequence[Went], name: str, done: Loaded, at: datetime) -> None:
    old = _communes(Q(valid_to=TWO_TIERS_SINCE), {line.old_code for line in went})
    new = _communes(Q(valid_from__gte=TWO_TIERS_SINCE), {line.new_code for line in went})
    _refuse_without_lists(old, new, name)
    there_already = LocalitySuccession.objects.filter(old__in=old.values())
    there_already.filter(inferred=True).delete()  # what is given by code is better than what was read by name
    stored = set(there_already.values_list("old_id", "new_id"))
    rows: dict[tuple[int, int], LocalitySuccession] = {}
    for line in went:
        here, there = old.get(line.old_code), new.get(line.new_code)
        if here is None or there is None:
            code, list_name = (line.old_code, "cũ") if here is None else (line.new_code, "mới")
            done.rejected.append((f"dòng {line.line}", f"mã {code} không có trong danh mục xã {list_name}"))
            continue
        _doubt_names(line, here, there, done)
        if (here.id, there.id) in stored or (here.id, there.id) in rows:
            done.unchanged += 1
            continue
        rows[here.id, there.id] = LocalitySuccession(
            old=here, new=there, divided=line.divided, source=name[:200], recorded_at=at
        )
    LocalitySuccession.objects.bulk_create(rows.values())
    done.stored = len(rows)
    done.communes = len({line.old_code for line in went})
    done.divided = len({line.old_code for line in went if line.divided})


def _refuse_without_lists(old: object, new: object, name: str) -> None:
    if not (old and new):
        raise Refused(
            "Chưa nạp danh mục xã " + ("trước" if not old else "từ") + " 01/7/2025.",
            where=name,
            do="Nạp hai danh mục địa bàn trước, rồi nạp tệp này.",
        )


def _load_notes(notes: Sequence[Note], name: str, done: Loaded, at: datetime) -> None:
    rows = Locality.objects.filter(level=XA, valid_to=TWO_TIERS_SINCE, parent__parent__isnull=False)
    old = [
        OldPlace(*row)
        for row in rows.values_list("id", "code", "name", "parent__name", "parent__parent__name")
    ]
    new = _communes(Q(valid_from__gte=TWO_TIERS_SINCE), {note.code for note in notes})
    _refuse_without_lists(old, new, name)
    known = OldCommunes(old, [note for note in notes if note.province == "0"])
    said: dict[tuple[int, int], bool] = {}
    for note in notes:
        if note.province == "0":
            continue
        if note.code not in new:
            done.rejected.append((note.code, f"{note.name}: mã không có trong danh mục xã mới"))
            continue
        taken, doubts = claims(note, known)
        done.doubts += [(note.code, doubt) for doubt in doubts]
        for claim in taken:
            pair = (claim.old.id, new[note.code].id)
            said[pair] = said.get(pair, False) or claim.part
    stored = set(LocalitySuccession.objects.values_list("old_id", "new_id"))
    fresh = [
        LocalitySuccession(
            old_id=one, new_id=other, divided=part, inferred=True, source=name[:200], recorded_at=at
        )
        for (one, other), part in said.items()
        if (one, other) not in stored
    ]
    LocalitySuccession.objects.bulk_create(fresh)
    done.stored, done.unchanged = len(fresh), len(said) - len(fresh)
    done.communes = len({one for one, _ in said})
    heirs = Counter(one for one, _ in said)
    done.divided = len({one for (one, _), part in said.items() if part or heirs[one] > 1})


def _communes(period: Q, codes: set[str]) -> dict[str, Locality]:
    return {place.code: place for place in Locality.objects.filter(period, level=XA, code__in=codes)}


def _doubt_names(line: Went, old: Locality, new: Locality, done: Loaded) -> None:
    """The code decides; a name written otherwise is told, for a person to look at."""
    for written, place in ((line.old_name, old), (line.new_name, new)):
        if fold(written) != fold(place.name):
            done.doubts.append(
                (f"dòng {line.line}", f"{place.code}: bảng ghi «{written}», danh mục ghi «{place.name}»")
            )
