"""Reading the map: localities by words, and where an old one went."""

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Case, IntegerField, Q, Value, When

from congvu.foundation.sql import statement
from congvu.foundation.text import fold
from congvu.organisation.models import Locality
from congvu.organisation.rules.localities import Heir, One, Resolution, Unknown, resolve

FEW = 30


def find_localities(text: str, *, on: date | None = None, limit: int = FEW) -> list[Locality]:
    """Localities whose full name holds every word typed (the last may be unfinished), of every period or of one day.

    "tam thanh lang son" finds Phường Tam Thanh, Tỉnh Lạng Sơn, old and new. A code of digits finds by code. Names
    beginning with the words come first, larger localities before smaller. 1 statement.
    """
    words = fold(text).split()
    if not words:
        return []
    if len(words) == 1 and words[0].isdigit():
        found = Locality.objects.filter(code=words[0])
    else:
        query = " & ".join(f"{word}:*" for word in words)
        vector = SearchVector("path_folded", config="simple")
        found = Locality.objects.annotate(words=vector).filter(
            words=SearchQuery(query, config="simple", search_type="raw")
        )
    if on is not None:
        found = found.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gt=on)
        )
    rank = Case(
        When(level="TINH", then=Value(0)),
        When(level="HUYEN", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    head = Case(
        When(path_folded__regex=rf"^(\w+ ){{0,2}}{' '.join(words)}( |$)", then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return list(found.order_by(head, rank, "path_folded", "valid_from")[:limit])


def what_became_of(locality_ids: Iterable[int]) -> dict[int, Resolution]:
    """Where each locality went. One still in force is its own answer; one unknown to us is Unknown. 2 statements.

    A commune that went whole into one is `One`; one that was divided, or a district, is `Ask`; a province of old is
    `One` when all its communes went to one province.
    """
    wanted = list(set(locality_ids))
    places = {place.id: place for place in Locality.objects.filter(id__in=wanted)}
    gone = [place.id for place in places.values() if place.valid_to is not None]
    heirs: dict[int, list[Heir]] = {}
    gaps: dict[int, int] = {}
    for asked, heir, code, path, divided, share, missing, inferred in statement(
        "congvu.organisation.bulk", "heirs"
    ).rows({"ids": gone}):
        gaps[asked] = missing
        if heir is not None:
            heirs.setdefault(asked, []).append(Heir(heir, code, path, bool(divided), share, bool(inferred)))
    answers: dict[int, Resolution] = {}
    for one in wanted:
        place = places.get(one)
        if place is None:
            answers[one] = Unknown("Không có địa bàn này.")
        elif place.valid_to is None:
            answers[one] = One(Heir(place.id, place.code, place.path, divided=False))
        else:
            answers[one] = resolve(heirs.get(one, ()), unmapped=gaps.get(one, 0))
    return answers
