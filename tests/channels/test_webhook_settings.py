"""Which settings of a webhook can work."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from channels.sandbox.portal.signature import SECRET
from channels.webhook.settings import WebhookSettings
from tests.channels.blog import SLOTS


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"url": "http://cong.example.gov.vn/hook"}, "https_only"),
        ({"url": "https://10.1.2.3/hook"}, "url_private"),
        ({"url": "https://[fd00::1]/hook"}, "url_private"),
        ({"status_url": "https://169.254.169.254/status"}, "url_private"),
        ({"url": "https://cong.example.gov.vn/hook?token=1"}, "url_form"),
        ({"secret_env": SECRET}, "secret_name"),
    ],
)
def test_settings_that_cannot_work_are_refused(changes: dict[str, object], key: str) -> None:
    typed = {"type": "webhook", "url": "https://cong.example.gov.vn/hook", "slots": SLOTS}
    good = WebhookSettings.model_validate(typed)
    assert not good.stays_here()
    assert good.public_only()
    with pytest.raises(ValidationError) as caught:
        WebhookSettings.model_validate(typed | changes)
    assert [error["type"] for error in caught.value.errors()] == [key]


def test_a_portal_in_the_own_network_is_reached_when_the_office_says_so() -> None:
    typed = {"type": "webhook", "url": "https://10.1.2.3/hook", "slots": SLOTS, "private": "có"}
    assert not WebhookSettings.model_validate(typed).public_only()
    here = {**typed, "url": "http://127.0.0.1:1/hook"}
    assert WebhookSettings.model_validate(here).stays_here()
    away = {**here, "status_url": "https://cong.example.gov.vn/status"}
    assert not WebhookSettings.model_validate(away).stays_here()
