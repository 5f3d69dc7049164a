"""What the edit forms of the admin post."""

from django.db import models
from wagtail.blocks.base import BlockField
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from core.models import User


def form_data(model, instance=None, **own):
    """What the edit form would post: all that it shows, with `own` on top."""
    form = model.get_edit_handler().get_form_class()(instance=instance or model(), for_user=User.objects.first())
    data = {}
    for name, form_field in form.fields.items():
        if isinstance(form_field, BlockField):
            data[name] = streamfield([])
        else:
            data |= as_posted(name, form[name].value())
    data |= {name: inline_formset([]) for name in form.formsets}
    return {k: v for k, v in nested_form_data(data | own).items() if v is not None}


def as_posted(name, value):
    if value is None or value is False:
        return {}
    if isinstance(value, list | tuple | models.QuerySet):
        return {name: str(getattr(value[0], "pk", value[0]))} if value else {}
    return {name: "on" if value is True else str(getattr(value, "pk", value))}
