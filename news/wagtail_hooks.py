from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import register_snippet

from core.editing.guides.registry import Guide, register_guide

from .viewsets import NewsroomGroup


def keeps_content(request: HttpRequest) -> bool:
    """Whoever writes or reviews pages, or keeps figures or schools."""
    user = request.user
    on_pages = page_permission_policy.user_has_any_permission(user, {"add", "change", "publish"})
    return on_pages or user.has_module_perms("metrics") or user.has_module_perms("schools")


register_snippet(NewsroomGroup)
register_guide(
    Guide(
        name="editors",
        title=_("Editors' guide"),
        description=_("Writing, linking figures and schools, pictures, publishing; what cannot be deleted, and why."),
        files={"zh-hans": "zh/editors.md", "en": "editors.md"},
        concerns=keeps_content,
        order=100,
    )
)
