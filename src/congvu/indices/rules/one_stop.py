"""Points of each dossier by which a one-stop unit is measured (TT 01/2018/TT-VPCP, Điều 14), where the records tell them.

The statement `bulk/dossier_points.sql` says the same in SQL; a test holds both together.
"""

from datetime import date

TIME, AGENCY, SUPPLEMENTS = "mot-cua.thoi-gian", "mot-cua.co-quan", "mot-cua.lien-he"
TOLD = {
    TIME: "Từng hồ sơ đã xong trong kỳ: xong trước ngày hẹn 2 điểm, đúng ngày hẹn 1 điểm, sau ngày hẹn 0 điểm",
    AGENCY: "Từng hồ sơ mà đơn vị có bước làm xong trong kỳ: bước kém nhất của đơn vị so với hạn của bước, 2, 1 hoặc 0 điểm",
    SUPPLEMENTS: "Từng hồ sơ đã xong trong kỳ: không lần bổ sung nào 2 điểm, một lần 1 điểm, nhiều hơn 0 điểm",
}


def points_of_time(due: date, done: date) -> int:
    """Shorter than promised 2, the same day 1, longer 0."""
    return 2 if done < due else 1 if done == due else 0


def points_of_supplements(times: int) -> int:
    """Nobody had to come again 2, once 1, more 0."""
    return max(2 - times, 0)
