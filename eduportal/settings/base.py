"""What every environment shares, with production's values: the others relax it, so what is forgotten stays safe."""

import os
from pathlib import Path

import dj_database_url

from .caches import caches
from .mail import mail
from .newsroom import *  # noqa: F403


BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"

DEBUG = False
SECRET_KEY = os.environ.get("SECRET_KEY", "")
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]
ROOT_URLCONF = "eduportal.urls"
WSGI_APPLICATION = "eduportal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "modeltranslation",  # first: its registrations must be ready before anybody asks for a model
    "demo",
    "newsroom",
    "languages",
    "search",
    "api",
    "news",
    "metrics",
    "schools",
    "core",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "core.searching.apps.SearchConfig",  # wagtail.search
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # Wagtail's admin says "3 minutes ago" in its words
]

MIDDLEWARE = [
    # What only adds headers stands first: whatever answers below, a refusal too, goes out through it.
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.AllowedHostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.compression.PublicCompressionMiddleware",
    "core.middleware.BadInputMiddleware",
    "core.middleware.SiteHostMiddleware",
    "core.middleware.DisplayMiddleware",
    "core.middleware.EditorMiddleware",
    "core.middleware.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "core.middleware.FallbackMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "core.middleware.ViewerMiddleware",
    "core.editing.refusals.RefusalMiddleware",
    "core.editing.collisions.unsent.KeepTypedMiddleware",
    "newsroom.withdrawing.answers.WithdrawnMiddleware",
    "core.middleware.RedirectMiddleware",
    "core.odd_input.OddInputMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["core.templatetags.portal", "core.templatetags.figures", "core.templatetags.unbroken"],
        },
    },
]


# Database ------------------------------------------------------------------------------------


def database(url):
    """Settings of one database. SQLite waits for its one writer instead of failing."""
    config = dj_database_url.parse(url)
    config["ATOMIC_REQUESTS"] = True
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    return config


DATABASES = {"default": database(os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}


# Cache --------------------------------------------------------------------------------------

REDIS_URL = os.environ.get("REDIS_URL", "")
CACHES = caches(REDIS_URL)

# Whole pages, for readers whom the portal does not know (docs/adr/0013)
PAGE_CACHE = os.environ.get("PAGE_CACHE", "on") != "off"
PAGE_CACHE_BYTES = 64 * 1024 * 1024  # in the memory of each process, compressed
PAGE_CACHE_IS_SHARED = bool(REDIS_URL)
if FRONT_CACHE_URL := os.environ.get("FRONT_CACHE_URL"):
    WAGTAILFRONTENDCACHE = {
        "front": {"BACKEND": "core.publishing.front_cache.AskAgain", "LOCATION": FRONT_CACHE_URL},
    }


# Mail: it never holds up a save (core/mail.py) ------------------------------------------------

globals().update(mail(os.environ.get("EMAIL_URL") or "console:"))


# Languages -----------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [
    ("zh-hans", "简体中文"),
    ("zh-hant", "繁體中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ru", "Русский"),
    ("ar", "العربية"),
    ("ja", "日本語"),
    ("ko", "한국어"),
]
LANGUAGES_OPEN_AT_FIRST = ["zh-hans", "zh-hant", "en"]
# The second holds what Wagtail's own Chinese lacks: where both have a message, the first is read.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["eduportal.formats"]

MODELTRANSLATION_DEFAULT_LANGUAGE = LANGUAGE_CODE
MODELTRANSLATION_FALLBACK_LANGUAGES = (LANGUAGE_CODE,)
MODELTRANSLATION_AUTO_POPULATE = False
MODELTRANSLATION_CUSTOM_FIELDS = ("ContentField",)
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
# Machine translation: classes with the two methods of core.providers.Provider. A language that names one is filled by
# it whenever the source is published; for the others it gives suggestions to translators.
TRANSLATION_PROVIDERS = {"opencc": "languages.providers.OpenCC"}
# Seconds for which one request of a translator waits for machines elsewhere, all in all.
TRANSLATION_TIMEOUT = float(os.environ.get("TRANSLATION_TIMEOUT") or 8)


# Wagtail -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "core.User"
WAGTAIL_PAGE_MODEL = "core.BasePage"
WAGTAILIMAGES_IMAGE_MODEL = "core.PortalImage"
WAGTAIL_SITE_NAME = "江津教育 Jiangjin Education"
WAGTAILADMIN_BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8000")
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.editing.forms.PortalImageForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_JPEG_QUALITY, WAGTAILIMAGES_WEBP_QUALITY = 76, 72
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "core.editing.forms.PortalDocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "pptx", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_PRIVATE_PAGE_OPTIONS = WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILREDIRECTS_AUTO_CREATE = False  # core.publishing.redirects does, for what readers may know
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_USER_TIME_ZONES = ["Asia/Shanghai", "Asia/Hong_Kong", "Asia/Urumqi", "UTC"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "core.searching.backend", "AUTO_UPDATE": True}}
TAGGIT_CASE_INSENSITIVE = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
# What a writer may use inside a paragraph. No italic: Chinese has none.
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {
            "features": [
                "bold",
                "ol",
                "ul",
                "superscript",
                "subscript",
                "link",
                "document-link",
                "figure-link",
                "school-link",
            ]
        },
    }
}


# Files ---------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT") or VAR_DIR / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


# Security ------------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # the admin shows previews in a frame of its own site
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = False  # Wagtail's admin reads it
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long story posts a field for every block

PUBLIC_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "media-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],  # the admin shows previews in a frame
    "object-src": ["'none'"],
}
# Wagtail's admin writes style attributes and a few inline scripts; public pages have neither.
ADMIN_CSP = PUBLIC_CSP | {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "worker-src": ["'self'", "blob:"],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": PUBLIC_CSP}
PERMISSIONS_POLICY = {name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
