"""How many are asked of each unit, and who: drawn by a number that is written down. Pure.

Whoever has the frame and the number draws the same people again, in the same order; those after the wanted ones are the
reserve, in the order in which they step in.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from congvu.foundation.refusal import Refused


def allocate(total: int, frames: Mapping[int, int], at_least: int = 0) -> dict[int, int]:
    """`total` over units in proportion to their frames, largest remainders first, no unit under `at_least` and none over
    its frame. The floor may make it more than `total`. Refuses a total of nothing."""
    if total <= 0:
        raise Refused("Cỡ mẫu phải lớn hơn 0.", where="total", do="Ghi số người cần hỏi.")
    units = {unit: size for unit, size in frames.items() if size > 0}
    whole = sum(units.values())
    if not whole:
        raise Refused(
            "Khung mẫu không có hồ sơ nào.",
            where="frame_first",
            do="Chọn khoảng ngày có hồ sơ đã giải quyết.",
        )
    wanted = min(total, whole)
    given = {unit: wanted * size // whole for unit, size in units.items()}
    rest = sorted(units, key=lambda unit: (-(wanted * units[unit] % whole), unit))
    for unit in rest[: wanted - sum(given.values())]:
        given[unit] += 1
    return {unit: min(units[unit], max(at_least, count)) for unit, count in given.items()}


def drawn(members: Iterable[int], seed: int, stratum: int) -> Sequence[int]:
    """The members of a frame in the order in which they are asked: a simple random order, always the same for the same
    number. Each member's place is its own hash, so who is asked does not depend on the order the frame was read in."""
    return sorted(set(members), key=lambda one: (_place(seed, stratum, one), one))


def _place(seed: int, stratum: int, member: int) -> bytes:
    return hashlib.sha256(f"{seed}|{stratum}|{member}".encode()).digest()
