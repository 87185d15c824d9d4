"""Settings: environment variables with the prefix QA_, and nothing else. All are listed in the README."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from qa.errors import SettingsError


class Settings(BaseSettings):
    """Everything that can be set. Each field is read from ``QA_<NAME>``; keyword arguments win over the environment.

    Use ``load_settings``: it turns a bad value into a sentence.
    """

    model_config = SettingsConfigDict(
        env_prefix="QA_", frozen=True, populate_by_name=True, extra="ignore", env_ignore_empty=True
    )

    data_dir: Path = Field(Path(".data"), validation_alias=AliasChoices("QA_DATA_DIR", "QA_DATA"))
    """Where the index is."""
    report: str = ""
    """The report that is meant when a question names none; "" is the only one, or the newest."""
    embedding_model: str = ""
    """A sentence-transformers name or path; "" is the model shipped in the repository."""
    embedding_query_prompt: str = ""
    """Put before every question (bge-small-zh-v1.5 wants one); never before passages."""
    embedding_normalize: bool = True
    """Vectors of length 1."""
    chat_base_url: str = ""
    """An OpenAI-compatible endpoint; "" answers without a language model."""
    chat_model: str = ""
    """The model's name at that endpoint."""
    chat_api_key: SecretStr = SecretStr("")
    """Its key; never printed."""
    chat_timeout: float = Field(20.0, gt=0)
    """Seconds to wait for the model before answering without it."""
    host: str = "127.0.0.1"
    """The address the chat listens on."""
    port: int = Field(7860, ge=1, le=65535, validation_alias=AliasChoices("QA_PORT", "PORT"))
    """Its port; PORT is read too."""

    @property
    def has_chat_model(self) -> bool:
        """Whether a language model is set."""
        return bool(self.chat_base_url and self.chat_model)


def load_settings(**given: Any) -> Settings:
    """The settings, ``given`` over the environment; ``None`` means not given. Raises ``SettingsError``."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        shown = name if name.isupper() else f"QA_{name.upper()}"
        raise SettingsError(shown, first.get("input", ""), first["msg"]) from error
