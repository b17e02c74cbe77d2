"""The demo's keys: made once, guarded, good for signing; somebody else's are left alone."""

from pathlib import Path
from typing import Any

import pytest

from congvu.demo.people import PASSWORD
from congvu.demo.signing import ensure_keys
from congvu.demo.units import load_units
from congvu.foundation import clock
from congvu.foundation.papers.pdf import render
from congvu.foundation.signatures.ring import KeyRing
from congvu.foundation.signatures.sign import sign
from congvu.foundation.signatures.verify import verify
from congvu.organisation.queries import unit_by_code


@pytest.mark.django_db
def test_keys_are_made_once_and_sign(tmp_path: Path, frozen_clock: Any) -> None:
    load_units()
    folder, now = tmp_path / "signing", clock.now()
    assert ensure_keys(folder, at=now) is True
    assert ensure_keys(folder, at=now) is False
    secrets = [path for path in folder.rglob("*") if path.is_file()]
    assert len(secrets) > 10 and {path.stat().st_mode & 0o777 for path in secrets} == {0o600}
    ring = KeyRing(folder)
    key, seal = ring.person("lanh-dao", PASSWORD), ring.seal(unit_by_code("H99.08").id)
    assert seal is not None and seal.name == "Sở Nội vụ"
    paper = render("foundation/signatures/tests/paper.typ", {"said": "Chấp thuận."})
    for one in (key, seal):
        paper = sign(paper, one, trust=ring.trust(), stamping=ring.stamping(), at=now)
    verdict = verify(paper, ring.trust(), at=now)
    assert verdict.valid and [one.name for one in verdict.signers] == ["Phạm Đình Vinh", "Sở Nội vụ"]


@pytest.mark.django_db
def test_keys_of_another_authority_are_left_alone(tmp_path: Path, frozen_clock: Any) -> None:
    load_units()
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "that.p12").write_bytes(b"that")
    assert ensure_keys(tmp_path, at=clock.now()) is False
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["that.p12"]
