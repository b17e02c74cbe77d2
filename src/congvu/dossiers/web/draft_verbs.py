"""The verbs of a draft as the screens offer them: submitted for signature, sent back."""

from congvu.dossiers.actions.send_back import send_back
from congvu.dossiers.actions.submit_draft import DraftIn, submit_draft
from congvu.dossiers.web.doing import Doing, Verb
from congvu.dossiers.web.uploads import Kept, is_pdf, not_to_sign
from congvu.dossiers.web.verb_forms import DraftForm, SendBackForm


def _submit(do: Doing) -> None:
    data = do.data
    draft = DraftIn(
        data["name"],
        data["text"],
        do.file.file_id if do.file else None,
        _pdf_name(do.file) if do.file else "",
    )
    submit_draft(
        {do.dossier_id: draft}, data["note"], facts=data["facts"], position=data.get("position"), **do.how
    ).only()


def _pdf_name(file: Kept) -> str:
    """Signatures are laid on PDF: told now, not when the leader signs."""
    if not is_pdf(file.name):
        raise not_to_sign(file.name)
    return file.name


DRAFTS = (
    Verb(
        "trinh-ky",
        "submit_draft",
        "Trình ký",
        "file-earmark-text",
        DraftForm,
        _submit,
        "Đã trình dự thảo kết quả cho người ký.",
        "Bước của bạn xong; người ký thấy dự thảo, ký hoặc trả lại cho bạn.",
        takes_file=True,
        to_sign=True,
        key="T",
    ),
    Verb(
        "tra-lai",
        "send_back",
        "Trả lại dự thảo",
        "arrow-counterclockwise",
        SendBackForm,
        lambda do: send_back(do.ids, do.data["reason"], **do.how).only(),
        "Đã trả lại người soạn thảo; nhật ký ghi trả cho ai.",
        "Hồ sơ trở lại người đã trình với hạn riêng của bước; việc các cơ quan khác đã làm giữ nguyên.",
    ),
)
