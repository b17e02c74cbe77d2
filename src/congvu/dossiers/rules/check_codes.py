"""The code by which anyone finds a signed result to check it: twelve letters that cannot be guessed or misread. Pure."""

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's 32: no I, L, O, U
LENGTH = 12  # 60 bits
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, ".": None})


def spoken(code: str) -> str:
    """As it is printed: "7K2M-9QXA-04BT"."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def read_code(typed: str) -> str:
    """The code in what was typed, whatever its dashes and case; "" when it is none."""
    found = typed[:40].upper().translate(_MISREAD)
    return found if len(found) == LENGTH and all(letter in LETTERS for letter in found) else ""


def read_hash(typed: str) -> str:
    """The SHA-256 in what was typed, in small letters; "" when it is none."""
    found = "".join(typed[:200].split()).lower()
    return found if len(found) == 64 and all(letter in "0123456789abcdef" for letter in found) else ""
