"""The visible block of a signature, drawn by Typst and laid on the page by the signature itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.stamp import StaticStampStyle

from congvu.foundation.clock import legal
from congvu.foundation.papers.pdf import render
from congvu.foundation.signatures.keys import ORGANISATION, PERSON, Credential

Box = tuple[int, int, int, int]  # left, bottom, right, top in points from the lower left corner of the page
# Where the blocks stand on the last page when the paper says nothing else: the person's under the title of office,
# the organisation's over a third of it on the left (NĐ 30/2020, Phụ lục I, mục II.8.a).
BOXES: dict[str, Box] = {PERSON: (350, 96, 520, 142), ORGANISATION: (276, 84, 406, 130)}


def time_words(at: datetime) -> str:
    """ "21-11-2026 14:30:05 +07:00": day, time and zone as NĐ 30/2020, Phụ lục I asks."""
    zone = f"{legal(at):%z}"
    return f"{legal(at):%d-%m-%Y %H:%M:%S} {zone[:3]}:{zone[3:]}"


@contextmanager
def stamp(credential: Credential, box: Box, at: datetime) -> Iterator[StaticStampStyle]:
    """The style that draws the block; its page lies in a temporary file for as long as the block is used."""
    drawn = render(
        "foundation/signatures/stamp.typ",
        {
            "role": credential.role, "name": credential.name, "organisation": credential.organisation,
            "time": time_words(at), "image": list(credential.image) if credential.image else None,
            "width": box[2] - box[0], "height": box[3] - box[1],
        },
    )  # fmt: skip
    with NamedTemporaryFile(suffix=".pdf") as kept:
        Path(kept.name).write_bytes(drawn)
        yield StaticStampStyle(border_width=0, background=ImportedPdfPage(kept.name))
