"""Nobody is recruited or taken over beyond the posts that a decision gave."""

from dataclasses import dataclass

from congvu.foundation.refusal import Refused


@dataclass(frozen=True, slots=True)
class Room:
    """What a unit holds in a pool on a day. `set_by`: the decision that last set the number, in words."""

    unit: str
    pool: str
    balance: int
    present: int
    set_by: str

    @property
    def free(self) -> int:
        """Posts nobody sits on; below zero when there are more people than posts."""
        return self.balance - self.present


def refusal_beyond(room: Room, wanted: int = 1) -> Refused | None:
    """Why `wanted` more people would exceed the balance, naming the decision that set it; None when they would not."""
    if wanted <= room.free:
        return None
    return Refused(
        f"{room.unit}, {room.pool.lower()}: được giao {room.balance} theo {room.set_by}, đang có mặt {room.present}; "
        f"{'không còn chỗ' if room.free <= 0 else f'chỉ còn {room.free}'} để nhận thêm {wanted} người.",
        where="unit",
        do="Chỉ tuyển dụng, tiếp nhận trong biên chế được giao; đề nghị giao bổ sung hoặc chọn đơn vị khác.",
    )
