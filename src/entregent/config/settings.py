"""Django settings, including the list of rooms."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from . import env

PACKAGE = Path(__file__).resolve().parent.parent
DATA = env.data_folder()
DEBUG = False
SECRET_KEY = env.secret_key(DATA)
HOST, PORT, WORKERS = env.host(), env.port(), env.workers()
BASE_URL = env.base_url()
SECURE_SITE = BASE_URL.startswith("https://")
ALLOWED_HOSTS = [
    host for host in (os.environ.get("ENTREGENT_ALLOWED_HOSTS") or "").replace(" ", "").split(",") if host
] or [urlsplit(BASE_URL).hostname or "", "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

ROOMS = [
    "entregent.shell",
    "entregent.accounts",
    "entregent.directory",
    "entregent.journal",
    "entregent.actions",
    "entregent.runs",
    "entregent.exchange",
    "entregent.web",
    "entregent.api",
    "entregent.cli",
]
INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "csp",
    "template_partials",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "entregent.shell.middleware.NoStoreMiddleware",
    "entregent.shell.compression.CompressionMiddleware",
    "entregent.api.problems.ProblemMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "entregent.web.uploads.UploadLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "entregent.shell.middleware.RedirectMiddleware",
    "entregent.accounts.sessions.SessionLifeMiddleware",
    "entregent.accounts.middleware.ActorMiddleware",
    "entregent.web.errors.NotAllowedMiddleware",
]
ROOT_URLCONF = "entregent.config.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "builtins": [
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "entregent.shell.templatetags.shell",
                "entregent.web.templatetags.web",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "entregent.web.frame.menu.frame",
                "entregent.web.sign_in.context.session",
            ],
        },
    }
]

FORM_RENDERER = "entregent.shell.renderer.Renderer"

DATABASES = {"default": env.database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
TIME_ZONE = "Europe/Paris"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "entregent.shell.vendor.NpmFinder",
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files"},
    },
    "staticfiles": {"BACKEND": "entregent.shell.storage.StaticStorage"},
}
WHITENOISE_MAX_AGE = 3600

# Sign-in (std E1-E8)
AUTHENTICATION_BACKENDS = ["entregent.accounts.backend.Backend"]
SESSION_ENGINE = "entregent.accounts.sessions"
PASSWORD_HASHERS = ["entregent.accounts.hashers.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "entregent.accounts.passwords.GuessedFirst"},
    {"NAME": "entregent.accounts.passwords.NoNames"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_ADAPTER = "entregent.accounts.adapter.Adapter"
ACCOUNT_RATE_LIMITS = {"password_failed": "10/m/ip"}
USERSESSIONS_ADAPTER = "entregent.accounts.adapter.SessionsAdapter"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "add_email": "entregent.web.sign_in.forms.AddEmailForm",
    "change_password": "entregent.web.sign_in.forms.ChangePasswordForm",
    "login": "entregent.web.sign_in.forms.LoginForm",
    "reauthenticate": "entregent.web.sign_in.forms.ReauthenticateForm",
    "reset_password": "entregent.web.sign_in.forms.ResetPasswordForm",
    "reset_password_from_key": "entregent.web.sign_in.forms.ResetPasswordKeyForm",
    "set_password": "entregent.web.sign_in.forms.SetPasswordForm",
}
MFA_FORMS = {
    "activate_totp": "entregent.web.sign_in.forms.AppForm",
    "add_webauthn": "entregent.web.sign_in.forms.PasskeyForm",
    "authenticate": "entregent.web.sign_in.forms.CodeForm",
    "edit_webauthn": "entregent.web.sign_in.forms.PasskeyNameForm",
    "reauthenticate": "entregent.web.sign_in.forms.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Entregent"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE_SITE
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE = 60 * env.idle_minutes()
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SITE
SESSION_COOKIE_NAME = "__Host-session" if SECURE_SITE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_SITE else "csrf"
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31536000 if SECURE_SITE else 0
ALLAUTH_TRUSTED_PROXY_COUNT = env.proxies()
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# Mail
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("ENTREGENT_MAIL_FROM") or (
    f"Entregent <entregent@{urlsplit(BASE_URL).hostname}>"
)
globals().update(env.mail(DATA))

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        # Holds the sign-in limits: large enough that nobody can evict another's by filling the cache.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = DATA
UPLOAD_MAX_BYTES = 500 * 1024**2
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}{reference}", "style": "{"}},
    "filters": {"reference": {"()": "entregent.accounts.failures.Referenced"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["reference"]}},
    # 403 and 404 responses are not program errors: log only errors.
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": os.environ.get("ENTREGENT_LOG") or "WARNING"},
}
