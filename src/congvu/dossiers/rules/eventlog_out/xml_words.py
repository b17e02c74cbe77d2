"""Text as XML 1.0 can carry it: escaped, and without the signs XML forbids."""

import re
from xml.sax.saxutils import escape, quoteattr

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def attr(text: str) -> str:
    """`text` as a quoted attribute value. A sign XML cannot hold becomes U+FFFD."""
    return quoteattr(_FORBIDDEN.sub("\ufffd", text))


def body(text: str) -> str:
    """`text` as the content of an element."""
    return escape(_FORBIDDEN.sub("\ufffd", text))
