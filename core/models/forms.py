"""The edit form of all our pages."""

from django.utils import timezone
from django.utils.text import slugify
from wagtail.admin.forms import WagtailAdminPageForm


class PortalPageForm(WagtailAdminPageForm):
    """A Chinese title gives no slug, and must not keep anybody from saving: the day and a number do."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        """What was typed; on a new page without a word in it, a slug that is free: 20261125, 20261125-2."""
        typed = self.cleaned_data.get("slug") or slugify(self.cleaned_data.get("title") or "")
        if self.instance.pk or not (typed == "" or typed.isdigit()):
            return typed or self.instance.slug
        day = f"{timezone.localdate():%Y%m%d}"
        candidates = (f"{day}-{number}" if number > 1 else day for number in range(1, 1000))
        return next(slug for slug in candidates if self.instance._slug_is_available(slug, self.parent_page))
