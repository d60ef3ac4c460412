"""WordPress's refusals: codes that clients branch on, and messages in the language of the site."""

from __future__ import annotations

from collections.abc import Mapping

# Code → HTTP status for those who are logged in, and what a Vietnamese site says; clients must not read the words.
REFUSALS: Mapping[str, tuple[int, str]] = {
    "db_insert_error": (500, "Không thể chèn bài viết vào cơ sở dữ liệu."),
    "empty_content": (400, "Nội dung, tiêu đề, và tóm tắt đang trống."),
    "incorrect_password": (401, "<strong>Lỗi:</strong> Mật khẩu ứng dụng bạn nhập không đúng."),
    "invalid_username": (401, "<strong>Lỗi:</strong> Tên người dùng không được đăng ký trên trang này."),
    "rest_already_trashed": (410, "Bài viết đã được xóa."),
    "rest_cannot_create": (403, "Xin lỗi, bạn không được phép tạo mục này."),
    "rest_cannot_delete": (403, "Xin lỗi, bạn không được phép xóa bài viết này."),
    "rest_cannot_edit": (403, "Xin lỗi, bạn không được phép sửa bài viết này."),
    "rest_cannot_edit_others": (403, "Xin lỗi, bạn không được phép đăng bài dưới tên người dùng này."),
    "rest_cannot_publish": (403, "Xin lỗi, bạn không được phép đăng bài viết trong loại nội dung này."),
    "rest_cookie_invalid_nonce": (403, "Kiểm tra cookie thất bại"),
    "rest_forbidden": (403, "Xin lỗi, bạn không được phép làm điều đó."),
    "rest_forbidden_context": (403, "Xin lỗi, bạn không được phép sửa bài viết trong loại nội dung này."),
    "rest_invalid_json": (400, "Nội dung JSON không hợp lệ được truyền."),
    "rest_no_route": (404, "Không tìm thấy đường dẫn nào phù hợp với URL và phương thức yêu cầu."),
    "rest_not_logged_in": (401, "Bạn hiện không đăng nhập."),
    "rest_post_exists": (400, "Không thể tạo bài viết đã tồn tại."),
    "rest_post_invalid_id": (404, "ID bài viết không hợp lệ."),
    "rest_post_invalid_page_number": (400, "Số trang yêu cầu lớn hơn số trang hiện có."),
    "rest_term_invalid": (404, "Mục không tồn tại."),
    "rest_trash_not_supported": (501, "Bài viết không hỗ trợ bỏ thùng rác. Đặt 'force=true' để xóa."),
    "rest_upload_hash_mismatch": (412, "Giá trị băm của nội dung không khớp."),
    "rest_upload_invalid_disposition": (400, "Content-Disposition không hợp lệ."),
    "rest_upload_no_content_disposition": (400, "Không có Content-Disposition."),
    "rest_upload_no_content_type": (400, "Không có Content-Type."),
    "rest_upload_no_data": (400, "Không có dữ liệu."),
    "rest_upload_sideload_error": (500, "Xin lỗi, bạn không được phép tải lên loại tập tin này."),
    "rest_upload_unknown_error": (500, "Tải lên thất bại."),
    "term_exists": (400, "Đã có một mục với tên này cùng với mục cha của nó."),
}


class WordPressRefusal(Exception):  # noqa: N818 - named for what WordPress does
    """A request that WordPress refuses, with everything that its body says. ``status`` is that of the table if 0."""

    def __init__(self, code: str, *, status: int = 0, message: str = "", **data: object) -> None:
        usual, words = REFUSALS.get(code, (400, "Đã xảy ra lỗi."))
        self.code = code
        self.status = status or usual
        self.message = message or words
        self.data = data
        super().__init__(code)

    def body(self) -> dict[str, object]:
        """The envelope of every error."""
        return {"code": self.code, "message": self.message, "data": {"status": self.status, **self.data}}


class WrongParameterError(ValueError):
    """One value of a request that cannot be used; ``code`` is the inner code of ``rest_invalid_param``."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(code)


def wrong_parameters(found: Mapping[str, WrongParameterError]) -> WordPressRefusal:
    """All that was wrong with the parameters of one request."""
    return WordPressRefusal(
        "rest_invalid_param",
        message=f"Tham số không hợp lệ: {', '.join(found)}",
        params={name: wrong.message for name, wrong in found.items()},
        details={name: {"code": wrong.code, "message": wrong.message, "data": None} for name, wrong in found.items()},
    )
