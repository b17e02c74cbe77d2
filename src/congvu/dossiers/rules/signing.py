"""Who may sign a paper of an agency, in which form, and how the block of the signature reads.

NĐ 30/2020, art. 13 (who signs for whom) and Phụ lục I, part I, section II.7 (what is written). Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congvu.foundation.refusal import Refused


class SignForm(StrEnum):
    """In whose stead one signs. The value is what is written before the title; "" for the head of the agency."""

    HEAD = ""
    TM = "TM."
    Q = "Q."
    KT = "KT."
    TL = "TL."
    TUQ = "TUQ."

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def article(self) -> str:
        """Where the law allows it."""
        return _ARTICLES[self]


_WORDS = {
    SignForm.HEAD: "Người đứng đầu ký trực tiếp",
    SignForm.TM: "Thay mặt tập thể",
    SignForm.Q: "Quyền cấp trưởng",
    SignForm.KT: "Ký thay cấp trưởng",
    SignForm.TL: "Ký thừa lệnh",
    SignForm.TUQ: "Ký thừa ủy quyền",
}
_ARTICLES = {
    SignForm.HEAD: "NĐ 30/2020, Điều 13.1",
    SignForm.TM: "NĐ 30/2020, Điều 13.2",
    SignForm.Q: "NĐ 30/2020, Phụ lục I, Phần I, mục II.7.b",
    SignForm.KT: "NĐ 30/2020, Điều 13.1, 13.2",
    SignForm.TL: "NĐ 30/2020, Điều 13.4",
    SignForm.TUQ: "NĐ 30/2020, Điều 13.3",
}
IN_STEAD = (SignForm.Q, SignForm.KT, SignForm.TL, SignForm.TUQ)  # of a head whose title is written
LENT = (SignForm.TL, SignForm.TUQ)  # given to the head of another unit, not to a deputy of the agency


@dataclass(frozen=True, slots=True)
class Mandate:
    """The right of a person to sign papers of an agency from a day to a day (both included; open when None).

    `title`: the person's own office; `head`: the title of the head in whose stead; `body`: the collective on whose behalf
    ("" where the head decides alone); `via`: the head of a unit who signs by order and whose deputy this is (TL. and KT.);
    `procedures`: codes it is limited to (empty: all).
    """

    form: SignForm
    title: str
    head: str = ""
    body: str = ""
    via: str = ""
    basis: str = ""
    valid_from: date = date.min
    valid_to: date | None = None
    procedures: frozenset[str] = frozenset()


def lines(mandate: Mandate) -> tuple[str, ...]:
    """What is written above the signature, in capitals, a line each."""
    title, head = mandate.title.upper(), mandate.head.upper()
    above = (f"TM. {mandate.body.upper()}",) if mandate.body and mandate.form not in LENT else ()
    match mandate.form:
        case SignForm.HEAD | SignForm.TM:
            return (*above, title)
        case SignForm.Q:
            return (*above, f"Q. {head}")
        case SignForm.TL if mandate.via:
            return (f"TL. {head}", f"KT. {mandate.via.upper()}", title)
        case _:
            return (*above, f"{mandate.form.value} {head}", title)


def why_not(mandate: Mandate, on: date, procedure: str) -> Refused | None:
    """Why the mandate does not let its holder sign a result of `procedure` on a day; None when it does."""
    form = mandate.form
    if on < mandate.valid_from:
        return _no(f"Thẩm quyền ký chỉ có từ ngày {mandate.valid_from:%d/%m/%Y}.", form)
    if mandate.valid_to is not None and on > mandate.valid_to:
        return _no(f"Thẩm quyền ký đã hết ngày {mandate.valid_to:%d/%m/%Y}.", form)
    if mandate.procedures and procedure not in mandate.procedures:
        return _no(f"Nội dung được giao ký không gồm thủ tục {procedure}.", form)
    return None


def chosen(mandates: Iterable[Mandate], on: date, procedure: str) -> Mandate:
    """Of several the one to sign with: the narrowest that holds. Refuses with the reason of the nearest when none does."""
    found = list(mandates)
    able = [one for one in found if why_not(one, on, procedure) is None]
    if able:
        return min(able, key=lambda one: (not one.procedures, list(SignForm).index(one.form)))
    for one in found:
        refusal = why_not(one, on, procedure)
        if refusal is not None:
            raise refusal
    raise Refused(
        "Bạn chưa được ghi thẩm quyền ký văn bản của cơ quan này.",
        do="Đề nghị ghi ở «Thẩm quyền ký»: hình thức ký, căn cứ, thời hạn.",
        article="NĐ 30/2020, Điều 13",
    )


def issuing(
    agencies: Sequence[int], mandates: Mapping[int, Sequence[Mandate]], on: date, procedure: str
) -> tuple[int, Mandate]:
    """Of agencies, the nearest first, the first for which one of the mandates holds, and that mandate.

    A mandate that ended, begins later or is of other procedures hides none further up. Refuses when none holds: with the
    reason of the nearest agency that gave any.
    """
    for agency in agencies:
        if any(why_not(one, on, procedure) is None for one in mandates.get(agency, ())):
            return agency, chosen(mandates[agency], on, procedure)
    nearest = next((one for one in agencies if mandates.get(one)), agencies[0])
    return nearest, chosen(mandates.get(nearest, ()), on, procedure)


def refuse_unless_sound(mandate: Mandate) -> None:
    """Refuse a mandate the decree does not allow: the article says why."""
    form = mandate.form
    if not mandate.title and form != SignForm.Q:
        raise Refused("Chưa ghi chức vụ của người ký.", where="title", do="Ghi chức vụ chính thức.")
    if form in IN_STEAD and not mandate.head:
        raise Refused(
            "Chưa ghi chức vụ của người đứng đầu được ký thay.", where="head", do="Ví dụ: Chủ tịch, Giám đốc.",
            article=_ARTICLES[SignForm.Q],
        )  # fmt: skip
    if form == SignForm.TM and not mandate.body:
        raise Refused(
            "Ký thay mặt thì phải ghi tên tập thể.",
            where="body",
            do="Ví dụ: Ủy ban nhân dân.",
            article=form.article,
        )
    if mandate.via and form != SignForm.TL:
        what = (
            "Người được ký thừa ủy quyền không được ủy quyền lại."
            if form == SignForm.TUQ
            else "Chỉ ký thừa lệnh mới giao lại cho cấp phó ký thay."
        )
        raise Refused(what, where="via", do="Để trống ô này.", article=form.article)
    if form == SignForm.TUQ and (mandate.valid_to is None or not mandate.procedures):
        what, where = (
            ("Ủy quyền ký phải giới hạn thời gian.", "valid_to")
            if mandate.valid_to is None
            else ("Ủy quyền ký phải giới hạn nội dung.", "procedures")
        )
        raise Refused(what, where=where, do="Ghi theo văn bản ủy quyền.", article=form.article)
    if form in (SignForm.Q, *LENT) and not mandate.basis:
        raise Refused(
            "Chưa ghi văn bản giao quyền ký.", where="basis", do="Ghi số, ký hiệu, ngày quyết định hoặc quy chế.",
            article=form.article,
        )  # fmt: skip
    if mandate.valid_to is not None and mandate.valid_to < mandate.valid_from:
        raise Refused("Ngày kết thúc trước ngày bắt đầu.", where="valid_to", do="Sửa lại hai ngày.")


def _no(what: str, form: SignForm) -> Refused:
    return Refused(
        f"{form.words}: {what[0].lower()}{what[1:]}", do="Trình người có thẩm quyền.", article=form.article
    )
