"""`congvu term`: the answer, its explanation, and how wrong words are answered."""

import json
import subprocess
import sys

import pytest

from congvu.config.cli.main import main


def ask(capsys, *words):
    code = main(["term", *words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def answer(capsys, *words):
    code, out, _ = ask(capsys, *words, "--json")
    assert code == 0
    return json.loads(out)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        (["5 ngày làm việc", "--from", "2026-11-20T14:59"], "2026-11-30"),
        (["5 ngày làm việc", "--from", "2026-11-20T15:01", "--policy", "transfer_day"], "2026-12-01"),
        (["5 ngày làm việc", "--from", "2026-11-20T15:01", "--policy", "reception-day"], "2026-11-30"),
        (["5 ngày làm việc", "--from", "2026-08-20", "--swap", "2026-08-31:2026-08-22"], "2026-08-26"),
        (["5 ngày làm việc", "--from", "2026-08-20"], "2026-08-27"),
        (["8 giờ làm việc", "--from", "2026-11-20T16:00"], "2026-11-23T16:00"),
        (["8 giờ làm việc", "--from", "2026-11-20 16:00:30"], "2026-11-23T16:00"),
        (["8 giờ làm việc", "--from", "2026-11-20T09:00Z"], "2026-11-23T16:00"),
        (
            ["8 giờ làm việc", "--from", "20/11/2026 16:00", "--hours", "08:00-12:00,13:00-17:00"],
            "2026-11-23T16:00",
        ),
        (["20 ngày", "--backward", "--from", "2026-12-13"], "2026-11-23"),
        (["20 ngày trước", "--backward", "--from", "13/12/2026"], "2026-11-23"),
        (["1 tháng", "--from", "2027-01-31"], "2027-03-01"),
        (
            ["10 ngày làm việc", "--from", "2026-11-02", "--pause", "2026-11-06:2026-11-09:restart"],
            "2026-11-23",
        ),
        (
            [
                "10 ngày làm việc",
                "--from",
                "2026-11-02",
                "--pause",
                "2026-11-06:2026-11-09:extend_working_time",
            ],
            "2026-11-17",
        ),
        (
            ["10 ngày làm việc", "--from", "2026-11-02", "--pause", "2026-11-06:2026-11-09:extend_elapsed"],
            "2026-11-19",
        ),
        (
            [
                "10 ngày làm việc",
                "--from",
                "2026-11-02",
                "--policy",
                "extend-elapsed",
                "--pause",
                "2026-11-06:2026-11-09",
            ],
            "2026-11-19",
        ),
        (
            [
                "8 giờ làm việc",
                "--from",
                "2026-11-16T08:00",
                "--pause",
                "2026-11-16T10:00:2026-11-17T09:00:restart",
            ],
            "2026-11-18T09:00",
        ),
        (["5 ngày làm việc", "--from", "2026-11-20", "--extend", "3 ngày làm việc"], "2026-12-03"),
        (["5 ngày làm việc", "--from", "2026-11-20", "--extend", "2026-12-05"], "2026-12-07"),
    ],
)
def test_the_term_is_due(capsys, words, due):
    assert answer(capsys, *words)["due"] == due


def test_the_trace_gives_each_day_with_why_and_by_which_text(capsys):
    found = answer(capsys, "5 ngày làm việc", "--from", "2026-11-20T14:59")
    assert [line["date"][-2:] for line in found["trace"]] == [str(day) for day in range(20, 31)]
    assert [line["date"][-2:] for line in found["trace"] if line["counts"]] == ["23", "25", "26", "27", "30"]
    holiday = found["trace"][4]
    assert (holiday["counts"], holiday["why"], holiday["citation"]) == (
        False,
        "Ngày Văn hóa Việt Nam",
        "Nghị quyết 28/2026/QH16",
    )
    assert found["counted"] == 5 and found["latest_apology"] == "2026-11-27"


def test_an_open_pause_is_told(capsys):
    found = answer(capsys, "5 ngày làm việc", "--from", "2026-11-20", "--pause", "2026-11-23:")
    assert found["suspended"] is True and "Đang tạm dừng" in found["notes"][0]


def test_people_read_vietnamese(capsys):
    code, out, _ = ask(capsys, "5 ngày làm việc", "--from", "2026-11-20T14:59")
    assert code == 0
    assert out.startswith("Hạn: 30/11/2026")
    assert "T3 24/11/2026     -  Ngày Văn hóa Việt Nam  [Nghị quyết 28/2026/QH16]" in out


def test_people_are_told_of_a_day_off_and_of_days_not_decided_yet(capsys):
    _, _, err = ask(capsys, "1 ngày trước", "--from", "2026-11-30")
    assert "nên làm chậm nhất ngày 27/11/2026" in err
    _, _, err = ask(capsys, "10 ngày làm việc", "--from", "2027-01-25")
    assert "dự kiến" in err


def test_a_term_of_thirty_years_names_each_tentative_day_off_once(capsys):
    _, out, err = ask(capsys, "10000 ngày làm việc", "--from", "2026-11-20T14:59")
    assert out.startswith("Hạn: 25/01/2067")
    assert err.count("Mùng Một Tết;") == 1 and "ngày khác" in err and len(err) < 700


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Chưa ghi thời hạn"),
        (["5 ngày"], "Chưa ghi thời điểm bắt đầu"),
        (["0 ngày", "--from", "2026-11-20"], "phải từ 1"),
        (["năm ngày", "--from", "2026-11-20"], "không có số"),
        (["5 ngày", "--from", "2026-13-20"], "Không có ngày giờ"),
        (["5 ngày", "--from", "31/02/2026"], "Không có ngày giờ"),
        (["5 ngày", "--from", "hôm nay"], "Không đọc được ngày giờ"),
        (["5 ngày", "--from", "2026-11-20T25:00"], "Không có ngày giờ"),
        (["5 ngày", "--from", "2026-11-20", "--policy", "nhanh"], "Không có chính sách"),
        (["5 ngày", "--from", "2026-11-20", "--swap", "2026-08-31"], "Không đọc được hoán đổi"),
        (["5 ngày", "--from", "2026-11-20", "--swap", "2026-08-30:2026-08-22"], "không phải ngày làm việc"),
        (["5 ngày", "--from", "2026-11-20", "--pause", "hôm qua"], "Không đọc được tạm dừng"),
        (["5 ngày", "--from", "2026-11-20", "--pause", "2026-11-24:2026-11-23"], "kết thúc trước đó"),
        (
            ["5 ngày", "--from", "2026-11-20", "--pause", "2026-11-23:2026-11-24:transfer"],
            "không phải chính sách tạm dừng",
        ),
        (["5 ngày", "--from", "2026-11-20", "--extend", "2026-11-21"], "không sau hạn"),
        (["5 ngày", "--from", "2026-11-20", "--hours", "sáng"], "Không đọc được giờ"),
        (["5 ngày", "--from", "2026-11-20", "--hours", "17:00-07:00"], "Giờ làm việc không hợp lệ"),
        (["5 ngày", "--from", "1999-11-20"], "không có năm 1999"),
        (["100 năm", "--from", "2150-01-01"], "không có năm 2250"),
    ],
)
def test_wrong_words_are_answered_in_words_with_exit_code_2(capsys, words, said):
    code, out, err = ask(capsys, *words)
    assert (code, out) == (2, "") and said in err
    code, out, err = ask(capsys, *words, "--json")
    assert code == 2 and said in err
    assert said in json.loads(out)["error"]["what"]


def test_it_starts_without_the_framework_and_without_numpy():
    script = (
        "import sys; from congvu.config.cli.main import main;"
        "main(['term', '5 ngày làm việc', '--from', '2026-11-20', '--json']);"
        "heavy = {'django', 'numpy', 'psycopg', 'vnlunar', 'zoneinfo'};"
        "print(sorted({name.split('.')[0] for name in sys.modules} & heavy), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["due"] == "2026-11-30"
    assert done.stderr.strip() == "[]"
