from __future__ import annotations

import typing

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from career_relay.kernel import ids, japanese


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: typing.Any) -> User:
        """Make a user who can sign in; the password is hashed with Argon2."""
        user = self.model(email=japanese.normalise_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who works for one of the organizations. Candidates are never users.

    `language` is the one mails to them are written in; pages follow the browser's choice.
    """

    class Language(models.TextChoices):
        JAPANESE = "ja", _("日本語")
        ENGLISH = "en", _("英語")

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    email = models.EmailField(_("メールアドレス"), max_length=254, unique=True)
    name = models.CharField(_("お名前"), max_length=100)
    language = models.CharField(max_length=2, choices=Language, default=Language.JAPANESE)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(db_default=Now())

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: typing.ClassVar[list[str]] = ["name"]

    objects = UserManager()

    def __str__(self) -> str:
        return f"user:{self.pk}"
