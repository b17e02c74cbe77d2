"""A signed result found by whoever holds it: by the code printed on it, or by the hash of its file."""

from congvu.dossiers.models import DossierResult


def signed_result(code: str = "", sha256: str = "") -> DossierResult | None:
    """The result with this check code, else the one whose file has this hash; with its file. 1 statement.

    Only what was signed here has a check code: a scanned paper is not found by its hash.
    """
    rows = DossierResult.objects.select_related("file").filter(check_code__isnull=False, file__isnull=False)
    if code:
        return rows.filter(check_code=code).first()
    return rows.filter(file__sha256=sha256).order_by("id").first() if sha256 else None
