"""Settings of the process, read once from the environment and a `.env` file. Secrets are types, so that no log shows one."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_dir
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _default_database() -> str:
    return f"sqlite:///{Path(user_data_dir('prepbot', appauthor=False)) / 'prep.db'}"


class Settings(BaseSettings):
    """What `prepbot` reads from its environment. An empty value counts as not set."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: str = Field(default_factory=_default_database)
    slack_bot_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    teams_app_id: str | None = None
    teams_app_password: SecretStr | None = None
    teams_tenant_id: str | None = None
    teams_app_type: str = "SingleTenant"
    teams_allow_anonymous: bool = False
    prep_secret_key: SecretStr | None = None
    prep_public_url: str | None = None
    prep_playbook: str | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=3000, ge=0, le=65535)
