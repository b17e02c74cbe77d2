"""Signing results from the screens: the form, the papers, the keys; one dossier or many."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.finish import ResultIn
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.sign_result import Draft, Right, sign_result
from congvu.dossiers.models import ResultDraft
from congvu.dossiers.queries.detail import Detail, details
from congvu.dossiers.queries.drafts import submitted
from congvu.dossiers.rules.check_codes import spoken
from congvu.dossiers.rules.signing import lines
from congvu.dossiers.web.papers.result_pdf import Telling, result_pdf
from congvu.dossiers.web.result_checks import check_address
from congvu.dossiers.web.uploads import Kept, not_to_sign
from congvu.foundation.files.actions import read_stored
from congvu.foundation.files.models import StoredFile
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.signatures.keys import Credential
from congvu.foundation.signatures.ring import KeyRing, key_ring
from congvu.foundation.signatures.sign import Order
from congvu.foundation.ui.forms import PlainForm, TextField
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture


class SignFields(PlainForm):
    """What a leader says when signing; the secret of the key is used once and kept nowhere."""

    name = TextField(
        label="Kết quả",
        max_length=500,
        required=False,
        help_text="Để trống khi hồ sơ đã có dự thảo trình ký. Ví dụ: Chấp thuận cho hoạt động.",
    )
    text = forms.CharField(
        label="Nội dung trả lời", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    secret = forms.CharField(
        label="Mật khẩu khóa ký (PIN)",
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Dùng một lần cho lần ký này, không lưu lại.",
    )


def sign_dossiers(
    ids: list[int],
    data: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
    file: Kept | None = None,
    number: str = "",
) -> Outcome:
    """Sign a result for each dossier: the PDF brought, the draft submitted, or the notice made of what is typed here.

    14-17 statements. Each paper is of the agency for which the signer holds a mandate (NĐ 30/2020, art. 13), and carries
    its seal. A dossier with nothing to sign, or that the signer may not sign, is refused alone.
    """
    ring, known = key_ring(), picture()
    key = ring.person(by.username, data["secret"])
    order = Order((key,), ring.trust(), ring.stamping(), at)
    found = {one.id: one for one in details(visible_to(by, at.date(), known), ids)}
    if not found:
        raise Refused("Không tìm thấy hồ sơ nào trong phạm vi của bạn.", do="Quay lại danh sách và chọn lại.")
    papers = _Papers(found, data, number, key.name, _brought(file), submitted(found), ring, known, at)
    return sign_result(found, papers.of, order, by=by, at=at, seen=seen)


@dataclass
class _Papers:
    """The paper of each dossier of one press: which words, with which seal."""

    found: Mapping[int, Detail]
    data: Mapping[str, Any]
    number: str
    signer: str
    brought: bytes | None
    waiting: Mapping[int, ResultDraft]
    ring: KeyRing
    known: Picture
    at: datetime
    _seals: dict[int, Credential | None] = field(default_factory=dict)

    def of(self, pk: int, right: Right) -> Draft:
        """Refuses a dossier with nothing to sign. A paper brought is called what is typed, else what the draft it stands for
        was called; the draft itself is signed as it was submitted."""
        found, waiting = self.found[pk], self.waiting.get(pk)
        typed = self.data["name"]
        draft = waiting if self.brought is None else None
        name = draft.name if draft else typed or (waiting.name if waiting else "")
        if not name:
            raise Refused(
                "Chưa ghi tên kết quả của tệp đem ký." if self.brought
                else "Hồ sơ chưa có dự thảo trình ký, và chưa ghi kết quả.",
                where=found.label,
                do="Ghi tên kết quả, hoặc trả lại để chuyên viên trình dự thảo.",
            )  # fmt: skip
        result = ResultIn(name, self.number, file_name=f"ket-qua-{found.code or found.id}.pdf")
        content = self.brought or (read_stored(draft.file) if draft and draft.file else None)
        if content is None:
            text = draft.text if draft else self.data.get("text", "")
            content = result_pdf(found, self._telling(name, text, right), self.known, self.at.date())
        return Draft(content, result, self._seal(right.agency), draft.pk if draft else None)

    def _telling(self, name: str, text: str, right: Right) -> Telling:
        code = right.check_code
        return Telling(
            name, text, self.number, lines(right.mandate), self.signer, agency=right.agency, check_code=spoken(code),
            check_at=_check_at(code),
        )  # fmt: skip

    def _seal(self, agency: int) -> Credential | None:
        if agency not in self._seals:
            self._seals[agency] = self.ring.seal(agency)
        return self._seals[agency]


def _check_at(code: str) -> str:
    """Where anyone checks the paper, for its QR code; "" when the site's address was not told (CONGVU_ADDRESS)."""
    site: str = settings.CONGVU_ADDRESS
    return check_address(site, code) if site else ""


def _brought(file: Kept | None) -> bytes | None:
    if file is None:
        return None
    stored = StoredFile.objects.get(pk=file.file_id)
    if stored.media_type != "application/pdf":
        raise not_to_sign(file.name)
    return read_stored(stored)
