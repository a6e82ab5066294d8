"""All settings, read once from the environment. `docs/reference/settings.md` lists every variable."""

from __future__ import annotations

import pathlib
import urllib.parse

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from career_relay.config import logs

env = environ.Env()
PACKAGE = pathlib.Path(__file__).resolve().parent.parent
VAR = pathlib.Path(env.str("RELAY_VAR", default=str(PACKAGE.parent.parent / "var")))

# --- What runs -------------------------------------------------------------------------------------------------------
DEBUG = False
DEMO = env.bool("RELAY_DEMO", default=False)
NOTIFICATION_NUMBER = env.str("RELAY_NOTIFICATION_NUMBER", default="")
RELAY_KEY = env.str("RELAY_KEY")
SECRET_KEY = RELAY_KEY
SITE_URL = env.str("RELAY_SITE_URL", default="http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.list("RELAY_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
IS_HTTPS = SITE_URL.startswith("https://")
BEHIND_PROXY = env.bool("RELAY_BEHIND_PROXY", default=False)

INSTALLED_APPS = [
    "career_relay.config",
    "career_relay.design",
    "career_relay.capabilities.documents",
    "career_relay.capabilities.facts",
    "career_relay.capabilities.limits",
    "career_relay.capabilities.messaging",
    "career_relay.capabilities.runs",
    "career_relay.domain.ground.accounts",
    "career_relay.domain.ground.organizations",
    "career_relay.domain.ground.programmes",
    "career_relay.domain.ground.postings",
    "career_relay.domain.ground.agencies",
    "career_relay.domain.ground.agreements",
    "career_relay.domain.ground.credits",
    "career_relay.domain.ground.requests",
    "career_relay.domain.hiring.intake",
    "career_relay.domain.hiring.applications",
    "career_relay.domain.hiring.stakeholders",
    "career_relay.domain.hiring.notices",
    "career_relay.domain.hiring.links",
    "career_relay.domain.people.candidates",
    "career_relay.domain.people.consents",
    "career_relay.domain.people.routing",
    "career_relay.domain.people.introductions",
    "career_relay.domain.people.placements",
    "career_relay.domain.people.books",
    "career_relay.domain.people.complaints",
    "career_relay.domain.people.reports",
    "career_relay.domain.circle.referrals",
    "career_relay.portals.public",
    "career_relay.portals.account",
    "career_relay.portals.employer",
    "career_relay.portals.agency",
    "career_relay.portals.operator",
    "career_relay.portals.candidate",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "csp",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "career_relay.config.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "career_relay.config.middleware.BrowserRules",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "career_relay.config.middleware.OneTransaction",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "career_relay.config.middleware.ActingMember",
]
ROOT_URLCONF = "career_relay.config.urls"
WSGI_APPLICATION = "career_relay.config.wsgi.application"
FORM_RENDERER = "career_relay.design.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "career_relay.config.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "career_relay.design.templatetags.relay",
            ],
        },
    }
]

# --- Database --------------------------------------------------------------------------------------------------------
# The application connects as relay_app. Migrations run as relay_owner: `career-relay migrate` under DATABASE_OWNER_URL.
# `limits` is a second connection, so that rolling a request back does not undo a counted try.
_database = {**env.db("DATABASE_URL")}
_database |= {
    "HOST": urllib.parse.unquote(_database["HOST"]),
    "ENGINE": "django.db.backends.postgresql",
    "OPTIONS": {
        "connect_timeout": 5,
        **_database.get("OPTIONS", {}),
        "options": "-c jit=off -c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s",
    },
    "CONN_HEALTH_CHECKS": True,
    "CONN_MAX_AGE": env.int("DATABASE_MAX_AGE", default=300),
}
DATABASES = {"default": _database, "limits": {**_database}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PLATFORM_TABLES = {
    "account_emailaddress",
    "account_emailconfirmation",
    "accounts_user",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "django_session",
    "limits_window",
    "messaging_suppression",
    "mfa_authenticator",
    "procrastinate_events",
    "procrastinate_jobs",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
    "programmes_policyversion",
    "programmes_programme",
}
GATE_FUNCTIONS = {
    "agencies_in_network",
    "agencies_overview",
    "agencies_to_route",
    "agency_cards",
    "agreement_is_live",
    "agreements_to_review",
    "assignments_due",
    "book_entries_over",
    "calls_due",
    "calls_open",
    "candidate_by_address",
    "complaints_due",
    "due_batches",
    "due_messages",
    "employers_with_mailings",
    "employers_with_reviews",
    "employers_with_untold",
    "expired_import_rows",
    "expired_sign_ups",
    "fee_groups",
    "fees_published",
    "introductions_due",
    "invitation_by_token",
    "invitations_of_user",
    "ledger_differences",
    "licences_ending",
    "link_by_token",
    "may_keep_people",
    "may_receive_people",
    "messages_claimed_before",
    "network_figures",
    "oldest_due_message",
    "personal_link_counted_another",
    "organization_names",
    "people_to_route",
    "people_unplaced",
    "placement_tasks",
    "registrations_by_link",
    "reports_due",
    "routing_overview",
    "seats_of_user",
}

# --- People who sign in ----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account:home"
LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_ADAPTER = "career_relay.portals.account.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "add_email": "career_relay.portals.account.forms.AddAddressForm",
    "change_password": "career_relay.portals.account.forms.ChangePasswordForm",
    "confirm_email_verification_code": "career_relay.portals.account.forms.ConfirmAddressForm",
    "confirm_password_reset_code": "career_relay.portals.account.forms.ConfirmPasswordResetForm",
    "login": "career_relay.portals.account.forms.SignInForm",
    "reauthenticate": "career_relay.portals.account.forms.ReauthenticateForm",
    "reset_password": "career_relay.portals.account.forms.ResetPasswordForm",
    "reset_password_from_key": "career_relay.portals.account.forms.NewPasswordForm",
    "signup": "career_relay.portals.account.forms.SignUpForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_RATE_LIMITS = False
MFA_FORMS = {
    "activate_totp": "career_relay.portals.account.forms.ActivateAuthenticatorForm",
    "authenticate": "career_relay.portals.account.forms.SecondFactorForm",
    "reauthenticate": "career_relay.portals.account.forms.SecondFactorAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Career Relay"
MFA_TOTP_TOLERANCE = 1
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-member" if IS_HTTPS else "member"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
CANDIDATE_COOKIE_NAME = "__Host-candidate" if IS_HTTPS else "candidate"
RELAY_COOKIE_NAME = "__Host-relay" if IS_HTTPS else "relay"

# --- Browser rules ---------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 600
CSRF_FAILURE_VIEW = "career_relay.config.errors.csrf_failure"

# --- Mail ------------------------------------------------------------------------------------------------------------
# smtp://user:password@host:port, smtps:// or smtp+tls://
vars().update(env.email("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
EMAIL_CLAIM_SECONDS = env.int("EMAIL_CLAIM_SECONDS", default=120)
DEFAULT_FROM_EMAIL = env.str("RELAY_FROM", default="relay@example.jp")
MAIL_DOMAIN = env.str("RELAY_MAIL_DOMAIN", default="example.jp")
MAILDIR = env.str("RELAY_MAILDIR", default=str(VAR / "mail")) if DEMO else ""

# --- Words, time, files ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", _("日本語")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Tokyo"
STATIC_URL = "/static/"
STATIC_ROOT = env.str("RELAY_STATIC_ROOT", default=None)
WHITENOISE_USE_FINDERS = STATIC_ROOT is None
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "career_relay.design.storage.CollectedFiles"
        if STATIC_ROOT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- Logs ------------------------------------------------------------------------------------------------------------
LOGGING_CONFIG = "career_relay.config.logs.configure"
LOGGING = logs.settings(level=env.str("RELAY_LOG_LEVEL", default="INFO"))

# --- Background work -------------------------------------------------------------------------------------------------
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = None
PROCRASTINATE_IMPORT_PATHS = sorted(f"career_relay.tasks.{path.stem}" for path in PACKAGE.glob("tasks/[a-z]*.py"))
