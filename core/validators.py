"""The forms that identifiers of a site in China have, and addresses."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _


PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕秦陇甘青宁新"

site_code = RegexValidator(r"\A[0-9]{10}\Z", _("A site code has ten digits."))
icp_number = RegexValidator(
    rf"\A[{PROVINCES}]ICP备[0-9]{{5,10}}号(-[0-9]{{1,3}})?\Z", _("An ICP filing number looks like 渝ICP备12345678号.")
)
police_number = RegexValidator(
    rf"\A[{PROVINCES}]公网安备 ?[0-9]{{14}}号\Z", _("A police filing number looks like 渝公网安备 12345678901234号.")
)
https_address = URLValidator(schemes=["https"], message=_("The address must begin with https:// and be complete."))
web_address = URLValidator(schemes=["http", "https"])
CONTACT = re.compile(r"\A(mailto:[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+|tel:\+[0-9-]{5,20})\Z")
PATH = re.compile(r"\A/(?![/\\])[^\s\\<>\"]*\Z")


def security_contact(value: str) -> None:
    """mailto:, tel: or https: (RFC 9116), or a page of this site."""
    if not (CONTACT.match(value) or PATH.match(value)):
        try:
            https_address(value)
        except ValidationError as error:
            raise ValidationError(_("Begin with mailto:, tel:+ or https://, or write /about/ for a page.")) from error


def link(value: str) -> None:
    """A page of this site (/news/…) or an address elsewhere (https://…)."""
    if not PATH.match(value):
        try:
            web_address(value)
        except ValidationError as error:
            raise ValidationError(_("Write /news/… for a page of this site, https://… for another site.")) from error
