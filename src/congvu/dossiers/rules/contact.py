"""How the applicant is reached and gets the result, and what must hold when that changes. Pure."""

from dataclasses import asdict, dataclass

from congvu.dossiers.rules import people
from congvu.dossiers.rules.notices import EMAIL, SMS, TOLD_BY, wants
from congvu.dossiers.rules.status import Status
from congvu.foundation.notices.rules.masks import is_email, is_mobile
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed

BY_POST = 1  # of return_method
RETURN_METHODS = {0: "Tại quầy, nơi tiếp nhận", BY_POST: "Bưu chính, tận nhà", 2: "Bản điện tử"}
_LONGEST = {"email": 200, "address": 500}
# nothing more is told or sent: not taken in, taken back, or given back already
OVER = frozenset({Status.REFUSED, Status.WITHDRAWN, Status.RETURNED})
NAMES = {
    "phone": "số điện thoại",
    "email": "thư điện tử",
    "address": "địa chỉ",
    "return_method": "cách nhận kết quả",
    "told_by": "cách báo tin",
}


@dataclass(frozen=True, slots=True)
class Contact:
    """Where the applicant is reached, how told, how the result goes back."""

    phone: str = ""
    email: str = ""
    address: str = ""
    return_method: int = 0
    told_by: int = 3

    def addresses(self) -> dict[str, str]:
        """Where notices go, by channel: only those the applicant chose and that can be right."""
        found = {}
        if wants(self.told_by, EMAIL) and is_email(self.email):
            found[EMAIL] = self.email
        if wants(self.told_by, SMS) and is_mobile(self.phone):
            found[SMS] = self.phone
        return found


def checked(typed: Contact) -> Contact:
    """The contact in plain form, or a refusal that names the field."""
    one = Contact(
        people.plain_phone(typed.phone), composed(typed.email).strip(), composed(typed.address).strip(),
        typed.return_method, typed.told_by,
    )  # fmt: skip
    wrong = people.wrong_phone(one.phone)
    if wrong:
        raise Refused(wrong, where="phone")
    for name, most in _LONGEST.items():
        if len(getattr(one, name)) > most:
            raise Refused(f"Dài quá {most} ký tự.", where=name, do="Rút gọn lại.")
    if one.email and not is_email(one.email):
        raise Refused("Thư điện tử phải có dạng ten@noi.vn.", where="email", do="Kiểm tra lại địa chỉ.")
    if one.return_method not in RETURN_METHODS or one.told_by not in TOLD_BY:
        raise Refused("Cách nhận không có trong danh mục.", where="return_method", do="Chọn trong danh sách.")
    if one.return_method == BY_POST and not one.address:
        raise Refused("Nhận qua bưu chính thì phải có địa chỉ.", where="address", do="Ghi địa chỉ nhận.")
    if one.told_by == 1 and not one.email:
        raise Refused("Chỉ báo qua thư thì phải có thư điện tử.", where="email", do="Ghi thư điện tử.")
    if one.told_by == 2 and not is_mobile(one.phone):
        raise Refused("Chỉ báo qua SMS thì phải có số di động.", where="phone", do="Ghi số di động.")
    return one


def differences(before: Contact, after: Contact) -> tuple[str, ...]:
    """The fields that differ."""
    was, now = asdict(before), asdict(after)
    return tuple(name for name in NAMES if was[name] != now[name])


def in_words(fields: tuple[str, ...]) -> str:
    """ "số điện thoại, địa chỉ": for the history, which shows no address."""
    return ", ".join(NAMES[name] for name in fields)
