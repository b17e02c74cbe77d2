"""Real signatures: made, read back, and each way of being wrong told apart."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from congvu.foundation.refusal import Refused
from congvu.foundation.signatures.authority import Authority, Issued
from congvu.foundation.signatures.keys import ORGANISATION, PERSON, Credential, from_file
from congvu.foundation.signatures.sign import Order, sign, sign_set
from congvu.foundation.signatures.stamp import time_words
from congvu.foundation.signatures.stamping import StampingAuthority
from congvu.foundation.signatures.trust import Trust, read_trust
from congvu.foundation.signatures.verify import Finding, verify


def day(year: int, month: int = 1, one: int = 1, hour: int = 3) -> datetime:
    return datetime(year, month, one, hour, tzinfo=UTC)


NOW = day(2026, 11, 20)


@dataclass(frozen=True)
class World:
    """An authority we trust with a person, an organisation, a stamper; another one we do not."""

    folder: Path
    ours: Authority
    person: Issued
    trust: Trust
    credential: Credential
    organisation: Credential
    stamping: StampingAuthority
    stranger: Credential

    def signed(self, content: bytes, *, at: datetime = NOW, credential: Credential | None = None) -> bytes:
        return sign(content, credential or self.credential, trust=self.trust, stamping=self.stamping, at=at)


@cache
def keys() -> tuple[Authority, Issued, Issued, Issued, Authority, Issued]:
    """Keys are costly; every test shares them."""
    ours, theirs = (
        Authority("CA thử nghiệm", day(2020), day(2045)),
        Authority("CA không quen", day(2020), day(2045)),
    )
    return (
        ours,
        ours.issue("Nguyễn Thị Ủy", "Sở Nội vụ", valid_to=day(2028)),
        ours.issue("Sở Nội vụ tỉnh Bình Giang"),
        ours.issue("Dấu thời gian thử nghiệm", stamps_time=True),
        theirs,
        theirs.issue("Người Lạ", "Cơ quan khác"),
    )


@pytest.fixture
def world(tmp_path: Path) -> World:
    ours, person, seal, stamper, _, stranger = keys()
    ours.revoked.clear()
    trusted = tmp_path / "trust"
    trusted.mkdir()
    (trusted / "goc.pem").write_bytes(ours.pem())
    (trusted / "thu-hoi.crl").write_bytes(ours.crl(day(2026, 11, 1)))

    def key(one: Issued, role: str) -> Credential:
        return from_file(
            one.save(tmp_path / f"{one.certificate.serial_number}.p12", "mật khẩu"), "mật khẩu", role
        )

    return World(
        tmp_path, ours, person, read_trust(trusted), key(person, PERSON), key(seal, ORGANISATION),
        StampingAuthority(own=key(stamper, PERSON)), key(stranger, PERSON),
    )  # fmt: skip


@pytest.fixture(scope="module")
def paper() -> bytes:
    """A paper of two pages made by our own papers' room."""
    from congvu.foundation.papers.pdf import render

    return render("foundation/signatures/tests/paper.typ", {"said": "Chấp thuận cho Hội Làm vườn hoạt động."})


def test_a_signed_paper_is_valid_and_says_who_and_when(world: World, paper: bytes) -> None:
    verdict = verify(world.signed(paper), world.trust, at=NOW)
    assert (verdict.finding, verdict.valid, verdict.changed_after) == (Finding.VALID, True, False)
    (one,) = verdict.signers
    assert (one.name, one.organisation, one.issuer) == ("Nguyễn Thị Ủy", "Sở Nội vụ", "CA thử nghiệm")
    assert (one.stamped, one.signed_at) == (True, NOW)


def test_person_and_organisation_both_sign_one_paper(world: World, paper: bytes) -> None:
    twice = world.signed(world.signed(paper), credential=world.organisation)
    verdict = verify(twice, world.trust, at=NOW)
    assert verdict.valid
    assert [one.name for one in verdict.signers] == ["Nguyễn Thị Ủy", "Sở Nội vụ tỉnh Bình Giang"]


def test_the_block_on_the_page_names_signer_office_and_time(world: World, paper: bytes) -> None:
    last = PdfReader(BytesIO(world.signed(paper))).pages[-1]
    (block,) = [one.get_object() for one in last["/Annots"]]
    assert block["/Subtype"] == "/Widget" and block["/AP"]["/N"]
    assert time_words(NOW) == "20-11-2026 10:00:00 +07:00"


@pytest.mark.parametrize(
    "harm",
    [
        lambda content: content.replace(b"/Count 2", b"/Count 1", 1),
        lambda content: content[:2000] + bytes([content[2000] ^ 1]) + content[2001:],
    ],
    ids=["a page taken out", "a bit flipped"],
)
def test_a_paper_changed_after_signing_is_not_valid(
    world: World, paper: bytes, harm: Callable[[bytes], bytes]
) -> None:
    signed = world.signed(paper)
    harmed = harm(signed)
    assert harmed != signed
    verdict = verify(harmed, world.trust, at=NOW)
    assert verdict.finding in (Finding.TAMPERED, Finding.BROKEN) and not verdict.valid


def test_text_added_after_signing_is_found(world: World, paper: bytes) -> None:
    from pyhanko.pdf_utils.content import RawContent
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.stamp import StaticStampStyle

    writer = IncrementalPdfFileWriter(BytesIO(world.signed(paper)))
    from pyhanko.pdf_utils.layout import BoxConstraints

    content = RawContent(b"0 0 100 100 re f", box=BoxConstraints(width=100, height=100))
    StaticStampStyle(background=content).create_stamp(
        writer, BoxConstraints(width=100, height=100), {}
    ).apply(0, 50, 50)
    out = BytesIO()
    writer.write(out)
    verdict = verify(out.getvalue(), world.trust, at=NOW)
    assert (verdict.finding, verdict.changed_after) == (Finding.TAMPERED, True)


def test_a_stranger_authority_is_told_apart(world: World, paper: bytes) -> None:
    theirs = keys()[4]
    foreign = replace(
        world.trust,
        roots=read_trust_of(theirs, world.folder).roots + world.trust.roots,
    )
    signed = sign(paper, world.stranger, trust=foreign, stamping=world.stamping, at=NOW)
    assert verify(signed, foreign, at=NOW).valid
    verdict = verify(signed, world.trust, at=NOW)
    assert (verdict.finding, verdict.changed_after) == (Finding.FOREIGN, False)
    with pytest.raises(Refused, match="tin cậy"):
        world.signed(paper, credential=world.stranger)


def read_trust_of(authority: Authority, folder: Path) -> Trust:
    place = folder / "khac"
    place.mkdir(exist_ok=True)
    (place / "goc.pem").write_bytes(authority.pem())
    return read_trust(place)


@pytest.mark.parametrize(
    ("content", "finding"),
    [(b"", Finding.BROKEN), (b"%PDF-1.7\nrac", Finding.BROKEN), (b"PK\x03\x04", Finding.BROKEN)],
)
def test_what_is_no_pdf(world: World, content: bytes, finding: Finding) -> None:
    assert verify(content, world.trust, at=NOW).finding == finding


def test_an_unsigned_paper_is_not_valid(world: World, paper: bytes) -> None:
    assert verify(paper, world.trust, at=NOW).finding == Finding.UNSIGNED


def test_an_expired_certificate_signs_nothing_but_what_it_signed_stays_valid(
    world: World, paper: bytes
) -> None:
    signed = world.signed(paper)
    assert verify(signed, world.trust, at=day(2030)).valid
    with pytest.raises(Refused, match=r"hết hạn từ 01/01/2028"):
        world.signed(paper, at=day(2029))


def test_without_a_proven_time_an_ended_certificate_is_told(world: World, paper: bytes) -> None:
    theirs = keys()[4]
    both = replace(world.trust, roots=(*world.trust.roots, *read_trust_of(theirs, world.folder).roots))
    stamper = theirs.issue("Dấu thời gian lạ", stamps_time=True)
    own = from_file(stamper.save(world.folder / "la.p12", ""), "", PERSON)
    signed = sign(paper, world.credential, trust=both, stamping=StampingAuthority(own=own), at=NOW)
    verdict = verify(signed, world.trust, at=day(2029))  # we do not trust that stamper: judged as of today
    assert verdict.finding == Finding.EXPIRED and not verdict.signers[0].stamped
    assert verify(signed, world.trust, at=NOW).valid


def test_a_revoked_certificate_signs_nothing(world: World, paper: bytes) -> None:
    before = world.signed(paper)
    world.ours.revoke(world.person, day(2026, 11, 10))
    (world.folder / "trust" / "thu-hoi.crl").write_bytes(world.ours.crl(day(2026, 11, 12)))
    trust = read_trust(world.folder / "trust")
    with pytest.raises(Refused, match=r"thu hồi ngày 10/11/2026"):
        sign(paper, world.credential, trust=trust, stamping=world.stamping, at=NOW)
    assert (
        verify(before, trust, at=NOW).finding == Finding.REVOKED
    )  # signed on 20 November, after 10 November
    world.ours.revoked.clear()
    world.ours.revoke(world.person, day(2026, 11, 25))
    (world.folder / "trust" / "thu-hoi.crl").write_bytes(world.ours.crl(day(2026, 11, 26)))
    later = read_trust(world.folder / "trust")
    assert verify(before, later, at=day(2026, 11, 27)).valid  # signed five days before it was taken back


def test_in_a_set_each_paper_has_its_own_answer(world: World, paper: bytes) -> None:
    order = Order((world.credential, world.organisation), world.trust, world.stamping, NOW)
    first, second, third = sign_set([paper, b"khong phai pdf", paper], order)
    assert isinstance(second, Refused) and "PDF" in second.what
    for made in (first, third):
        assert isinstance(made, bytes) and len(verify(made, world.trust, at=NOW).signers) == 2


def test_without_a_stamper_nothing_is_signed(world: World, paper: bytes) -> None:
    with pytest.raises(Refused, match="dấu thời gian"):
        sign(paper, world.credential, trust=world.trust, stamping=StampingAuthority(), at=NOW)


def test_keys_are_guarded(world: World) -> None:
    path = next(world.folder.glob("*.p12"))
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Refused, match="không đúng"):
        from_file(path, "sai", PERSON)
    path.chmod(0o644)
    with pytest.raises(Refused, match="người khác đọc"):
        from_file(path, "mật khẩu", PERSON)
    with pytest.raises(Refused, match="Chưa có khóa"):
        from_file(world.folder / "khong-co.p12", "", PERSON)


def test_a_broken_file_among_the_trusted_is_named(tmp_path: Path) -> None:
    (tmp_path / "hong.crt").write_bytes(b"khong phai chung thu")
    with pytest.raises(Refused) as wrong:
        read_trust(tmp_path)
    assert wrong.value.where == "hong.crt"
    assert read_trust(tmp_path / "khong-co") == Trust()
