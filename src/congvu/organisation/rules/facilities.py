"""Bộ phận một cửa: the models it works by, and the things counted in it. Pure.

The models are those reports of provinces name: một cửa, một cửa liên thông, một cửa (liên thông) hiện đại. The things are
those Nghị định 61/2018/NĐ-CP, Điều 13 asks of a one-stop: machines for the queue, look-up screens, cameras, samples.
"""

MOT_CUA, LIEN_THONG, HIEN_DAI = "MOT_CUA", "LIEN_THONG", "HIEN_DAI"
LEVELS = {MOT_CUA: "Một cửa", LIEN_THONG: "Một cửa liên thông", HIEN_DAI: "Một cửa hiện đại"}
COUNTED = {
    "area": "Diện tích (m²)",
    "counters": "Số quầy",
    "computers": "Máy tính",
    "scanners": "Máy quét",
    "look_up_screens": "Màn hình tra cứu",
    "cameras": "Camera",
}
PRESENT = {
    "queue_machine": "Máy lấy số",
    "rating_device": "Thiết bị đánh giá",
    "guides": "Hồ sơ mẫu, hướng dẫn",
}
