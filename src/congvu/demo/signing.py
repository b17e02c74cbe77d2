"""Keys of the demo province: an authority of its own, a time stamper, the leaders' keys and the offices' seals.

They lie in the home with mode 0600 and are made on this machine; none is in the repository. Their word is worth
nothing outside: elsewhere a file they signed is of an unknown authority.
"""

from datetime import datetime
from pathlib import Path

from congvu.demo.people import MORE_SIGN_INS, PASSWORD, SIGN_INS, SignIn
from congvu.dossiers.access import Visible
from congvu.dossiers.actions.mandates import grant_mandate
from congvu.dossiers.rules.signing import Mandate, SignForm
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.identity.models import Account
from congvu.foundation.identity.roles import LEADER
from congvu.foundation.signatures.authority import Authority, write_secret
from congvu.organisation.queries import picture, unit_by_code
from congvu.organisation.rules.picture import Picture

_MARK = "cong-vu-trinh-dien.pem"
_FROM, _TO = datetime(2020, 1, 1, tzinfo=LEGAL_ZONE), datetime(2045, 1, 1, tzinfo=LEGAL_ZONE)
_PIN = "trinh-dien"


def ensure_keys(folder: Path, *, at: datetime) -> bool:
    """Make what is not there yet; True when keys were made. 1-2 statements (the organisation's picture).

    A folder that holds keys of somebody else's authority is left alone. The secret of a leader's key is the demo's
    password.
    """
    known, day = picture(), at.date()
    leaders = [one for one in (*SIGN_INS, *MORE_SIGN_INS) if one.role == LEADER]
    units = _offices(known, leaders, at)
    mark = folder / "trust" / _MARK
    if not mark.exists() and folder.exists() and any(folder.rglob("*.p12")):
        return False
    people, seals = folder / "people", folder / "units"
    wanted = [people / f"{one.username}.p12" for one in leaders] + [seals / f"{unit}.p12" for unit in units]
    if mark.exists() and all(path.exists() for path in wanted):
        return False
    authority = Authority("CA trình diễn Công Vụ (không có giá trị)", _FROM, _TO)
    for one in leaders:
        office = known.name(unit_by_code(one.unit).id, day)
        authority.issue(one.name, office).save(people / f"{one.username}.p12", PASSWORD)
    first = None
    for unit in units:
        issued = authority.issue(known.name(unit, day), key=first)
        first = (
            first or issued.key
        )  # one key for all seals: making twenty would take seconds, and none is worth guarding
        issued.save(seals / f"{unit}.p12", _PIN)
        write_secret(seals / f"{unit}.pin", _PIN.encode())
    authority.issue("Dấu thời gian trình diễn Công Vụ", stamps_time=True).save(folder / "stamp.p12", "")
    write_secret(folder / "trust" / "cong-vu-trinh-dien.crl", authority.crl(_FROM))
    write_secret(mark, authority.pem())
    return True


def record_mandates(*, at: datetime) -> None:
    """What the leaders may sign: the chairman on behalf of the committee, the director as head. 6 statements."""
    for username, mandate in (
        ("lanh-dao", Mandate(SignForm.TM, "Chủ tịch", body="Ủy ban nhân dân", valid_from=at.date())),
        ("giam-doc", Mandate(SignForm.HEAD, "Giám đốc", valid_from=at.date())),
    ):
        one = next(one for one in (*SIGN_INS, *MORE_SIGN_INS) if one.username == username)
        account = Account.objects.get(username=username)
        unit = unit_by_code(one.unit).id
        grant_mandate(account.pk, unit, mandate, sight=Visible(True, (), None), by=SYSTEM, at=at)


def _offices(known: Picture, leaders: list[SignIn], at: datetime) -> list[int]:
    """The units whose seal is made: those the leaders head, and the agencies directly below them."""
    heads = {unit_by_code(one.unit).id for one in leaders}
    return [
        node.unit_id
        for node in known.tree(at.date())
        if node.unit_id in heads or ((span := known.at(node.unit_id, at.date())) and span.parent_id in heads)
    ]
