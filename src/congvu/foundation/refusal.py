"""How every area says no: what is wrong, where, what to do, and by which article."""


class Refused(Exception):
    """A request the rules do not allow. Shown to the user as it stands, so it speaks the user's words.

    what     what is wrong, one sentence ("Mã hồ sơ có tháng 13.")
    where    the field or record meant ("received_at", "H99.08-261120-0001"); "" when it is the whole request
    do       what to do next ("Sửa lại ngày trong mã.")
    article  the article that says so ("NĐ 61/2018, Điều 19.9"); "" when it is not law
    """

    def __init__(self, what: str, *, where: str = "", do: str = "", article: str = "") -> None:
        self.what, self.where, self.do, self.article = what, where, do, article
        super().__init__(what)

    def told(self) -> str:
        """What is wrong and what to do, for where the rest is seen beside it."""
        return f"{self.what} {self.do}".rstrip()

    def sentence(self) -> str:
        """The refusal as one line for logs, command lines and result rows."""
        parts = [self.what if not self.where else f"{self.where}: {self.what}", self.do]
        if self.article:
            parts.append(f"({self.article})")
        return " ".join(part for part in parts if part)
