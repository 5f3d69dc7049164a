"""Forms that files come in by: one for pictures and one for documents, under every view that uploads or replaces them."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from ..files.documents import check_document
from ..files.pictures import check_picture


class PictureField(WagtailImageField):
    """Refuses what cannot be shown. Wagtail's own asks for the size by unpacking the picture, and fails if it cannot."""

    def check_image_pixel_size(self, f: UploadedFile) -> None:
        check_picture(f.image.f)


class PortalImageForm(BaseImageForm):
    """The base of all forms of pictures (WAGTAILIMAGES_IMAGE_FORM_BASE)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stock := self.fields.get("file"):
            self.fields["file"] = PictureField(label=stock.label, required=stock.required, widget=stock.widget)


class PortalDocumentForm(BaseDocumentForm):
    """The base of all forms of documents (WAGTAILDOCS_DOCUMENT_FORM_BASE)."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):  # and not the stored one of a form that leaves it as it is
            check_document(file, file.name)
        return file

    def _post_clean(self) -> None:
        """Wagtail then asks the file for its ending: one that was refused is gone, and has none to complain about."""
        refused = self.errors["file"].copy() if "file" in self.errors else None
        super()._post_clean()
        if refused:
            self.errors["file"] = refused
