"""Remembering millions of references in constant memory."""

_BITS = 1 << 28  # 32 MiB, touched only as references come; hardly ever wrong up to five million of them


class Seen:
    """Which case references were met, in constant memory. May say yes wrongly, never no wrongly."""

    def __init__(self) -> None:
        self._bits = bytearray(_BITS >> 3)

    def met(self, ref: str) -> bool:
        """Whether `ref` was (perhaps) met before; it is from now on."""
        seed, bits, known = hash(ref), self._bits, True
        step = (seed >> 31) | 1
        for turn in range(5):
            place = (seed + turn * step) & (_BITS - 1)
            byte, mask = place >> 3, 1 << (place & 7)
            if not bits[byte] & mask:
                known, bits[byte] = False, bits[byte] | mask
        return known
