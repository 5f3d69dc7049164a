"""Models that know no other app of ours. This module is their public surface."""

from ..searching.rows import SearchRow
from .heartbeat import Heartbeat
from .images import PortalImage, PortalRendition
from .language import Language
from .mixins import KeyedMixin, SourceRevisionsMixin, TranslatedMixin
from .notices import SiteNotice
from .pages import BasePage, BasePageManager, BasePageQuerySet
from .previews import LanguagePreviewMixin
from .site import PortalSettings
from .stamps import ContentStamp
from .ticks import Tick
from .user_notices import MailTime, Notice, NoticeSettings
from .users import User


__all__ = [
    "BasePage",
    "BasePageManager",
    "BasePageQuerySet",
    "ContentStamp",
    "Heartbeat",
    "KeyedMixin",
    "Language",
    "LanguagePreviewMixin",
    "MailTime",
    "Notice",
    "NoticeSettings",
    "PortalImage",
    "PortalRendition",
    "PortalSettings",
    "SearchRow",
    "SiteNotice",
    "SourceRevisionsMixin",
    "Tick",
    "TranslatedMixin",
    "User",
]
