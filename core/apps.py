from django.apps import AppConfig, apps


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Portal core"

    def ready(self) -> None:
        from . import checks, fallback, languages, roles, typed_markup, typed_text  # noqa: F401
        from .caching import writes
        from .editing import wagtail_overrides, wagtail_words
        from .models import site
        from .notices import mailing, page_comments
        from .publishing import (  # noqa: F401
            canonical,
            front_cache,
            link_checks,
            picture_checks,
            picture_mending,
            redirects,
            schedule,
            signals,
            text_checks,
            text_mending,
            ticks,
            ways,
        )

        languages.install()
        writes.install()
        site.install()
        fallback.install()
        typed_text.install()
        typed_markup.install()
        wagtail_overrides.install()
        wagtail_words.install()
        roles.name_groups()
        for model in apps.get_models():
            _count_references_once(model, languages)
        signals.connect()
        ways.install()
        redirects.connect()
        front_cache.connect()
        page_comments.connect()
        schedule.scheduled_job(mailing.send_when_due)


def _count_references_once(model, languages) -> None:
    """Links are the source's: the reference index reads the plain field, not each language's column (D12)."""
    names = {
        languages.column(name, code) for name in languages.translated_fields(model) for code in languages.PROVISIONED
    }
    for field in model._meta.get_fields():
        if field.name in names and hasattr(field, "extract_references"):
            field.extract_references = lambda _value: iter(())
