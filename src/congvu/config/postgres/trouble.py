"""What the launcher says when it cannot go on."""


class ServerTrouble(Exception):
    """The embedded server cannot be used. `what` is the fact, `do` the way out, `log` the server's last words."""

    def __init__(self, what: str, *, do: str = "", log: str = "") -> None:
        self.what, self.do, self.log = what, do, log
        super().__init__(what)

    def __str__(self) -> str:
        parts = [self.what, self.do]
        if self.log:
            parts.append("Nhật ký máy chủ:\n" + self.log.rstrip())
        return "\n".join(part for part in parts if part)
