"""What a log line must not tell: a link of a survey is the right to answer it, and a line has the second it was opened."""

import logging
import re

_LINK = re.compile(r"(/khao-sat/[^/\s]+/)\S+")


class WithoutLinks(logging.Filter):
    """Cuts what follows the code of a survey in an address."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if _LINK.search(said):
            record.msg, record.args = _LINK.sub(r"\1…", said), None
        return True
