"""Where reminders go by e-mail: what config.yaml says under ``smtp``."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from channels.addresses import is_loopback
from channels.settings import Seconds, SecretName
from loa.core.model import Line, Model, refusal


def _address(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", value, re.ASCII):
        raise refusal("mail_address", typed=value)
    return value


def _host(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", value, re.ASCII):
        raise refusal("mail_host", typed=value)
    return value


def _port(value: Any) -> int:
    typed = str(value).strip()
    if not re.fullmatch(r"\d{1,5}", typed, re.ASCII) or not 0 < int(typed) < 65_536:
        raise refusal("port", typed=typed)
    return int(typed)


MailAddress = Annotated[Line, AfterValidator(_address)]


class Smtp(Model):
    """The office's mail server, and who is reminded."""

    host: Annotated[Line, AfterValidator(_host)]
    port: Annotated[int, BeforeValidator(_port, json_schema_input_type=str)] = 587
    tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How the way is encrypted; none only for a server on this computer"
    )
    user: Line | None = Field(default=None, description="To log in with; together with password_env")
    password_env: SecretName | None = Field(default=None, description="Name of the secret that holds the password")
    from_: MailAddress = Field(alias="from", description="In whose name reminders are sent")
    to: Annotated[list[MailAddress], Field(min_length=1, description="Who is reminded")]
    timeout: Seconds = Field(default=20.0, description="Seconds to wait for an answer")

    @model_validator(mode="after")
    def _keeps_its_secret(self) -> Self:
        if (self.user is None) != (self.password_env is None):
            raise refusal("mail_login")
        if self.tls == "none" and not is_loopback(f"smtp://{self.host}"):
            raise refusal("mail_plain", typed=self.host)
        return self
