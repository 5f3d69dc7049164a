"""Somebody who is logged in to the admin, over HTTP: reads the edit form of a page, and posts it as a browser would."""

import http.client
import json
from collections.abc import Mapping
from contextlib import closing
from typing import Any
from urllib.parse import urlencode, urlsplit

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.fields import StreamField
from wagtail.models import TaskState

from core.models import BasePage, User

from .processes import Server


TIMEOUT = 120  # seconds
NO_HEADERS: dict[str, str] = {}


class Refused(Exception):
    """The admin has not taken what was posted."""


class Editor:
    """A browser of one user at a server."""

    def __init__(self, server: Server, user: User) -> None:
        self._server = server
        client = Client()
        client.force_login(user)
        self._cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    @staticmethod
    def cookie_of(user: User) -> str:
        """What a browser of this user sends, at any server of the same database."""
        client = Client()
        client.force_login(user)
        return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def get(self, path: str) -> str:
        status, body = self._send("GET", path)
        if status != 200:
            raise Refused(f"{path} answers {status}")
        return body

    def post(self, path: str, data: dict[str, Any], *, accept: str = "text/html") -> tuple[int, str]:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        headers |= {"X-CSRFToken": self._cookies.get("csrftoken", ""), "Referer": self._server.origin + path}
        return self._send("POST", path, urlencode(data, doseq=True), headers)

    def approve(self, page: BasePage) -> None:
        """Approve what waits of this page. Raises Refused."""
        waits = TaskState.objects.for_instance(page).filter(status=TaskState.STATUS_IN_PROGRESS).first()
        path = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", waits.pk if waits else 0])
        status, body = self.post(path, {})
        if status != 302:
            raise Refused(f"{path} answers {status}: {complaints(body)}")

    def _send(self, method: str, path: str, body: str = "", headers: Mapping[str, str] = NO_HEADERS) -> tuple[int, str]:
        connection = http.client.HTTPConnection(urlsplit(self._server.origin).netloc, timeout=TIMEOUT)
        with closing(connection):  # between two requests of an editor the server would close it
            connection.request(method, path, body or None, {"Cookie": self.cookie, **headers})
            answer = connection.getresponse()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    cookie, _, word = value.partition(";")[0].partition("=")
                    self._cookies[cookie] = word
            return answer.status, answer.read().decode()


class Form:
    """The edit form of a page, open in a browser."""

    def __init__(self, editor: Editor, page: BasePage) -> None:
        self.editor, self.path = editor, reverse("wagtailadmin_pages:edit", args=[page.pk])
        html = editor.get(self.path)
        self.data = fields_of(html) | bodies_of(page.get_latest_revision_as_object())

    def save_by_itself(self, **changes: str) -> None:
        """Autosave."""
        self.data |= changes
        status, body = self.editor.post(self.path, self.data, accept="application/json")
        if status != 200 or not json.loads(body).get("success"):
            raise Refused(f"autosave at {self.path} answers {status}: {body[:300]}")
        said = json.loads(body)
        self.data |= {name: str(value) for name, value in said.get("field_updates", {}).items()}
        self.data["overwrite_revision_id"] = str(said["revision_id"])

    def press(self, button: str, **changes: str) -> None:
        """`""` saves a draft, `action-publish` publishes."""
        self.data |= changes
        data = self.data | ({button: "on"} if button else {})
        status, body = self.editor.post(self.path, data)
        if status != 302:
            raise Refused(f"{self.path} answers {status}: {complaints(body)}")


def fields_of(html: str) -> dict[str, Any]:
    """What a browser would post of the form without its scripts: everything but bodies."""
    data: dict[str, Any] = {}
    form = BeautifulSoup(html, "lxml").select_one("form[data-edit-form]")
    for each in form.select("input, textarea, select"):
        name, kind = each.get("name"), each.get("type")
        if not name or "__prefix__" in name or kind in ("submit", "file") or each.has_attr("disabled"):
            continue
        if kind in ("checkbox", "radio") and not each.has_attr("checked"):
            continue
        if kind == "checkbox":
            data[name] = [*data.get(name, []), each.get("value", "on")]
        else:
            data[name] = _value(each)
    return data


def _value(field: Any) -> Any:
    if field.name == "textarea":
        return field.text.removeprefix("\n")
    if field.name == "select":
        chosen = [option.get("value", "") for option in field.select("option[selected]")]
        return chosen if field.has_attr("multiple") else (chosen or [""])[0]
    return field.get("value", "")


def complaints(html: str) -> str:
    page = BeautifulSoup(html, "lxml")
    return " ".join(each.get_text(" ", strip=True) for each in page.select(".error-message, .messages"))[:500]


# Bodies, as the scripts of the admin post them ----------------------------------------------------


def bodies_of(page: BasePage) -> dict[str, str]:
    made: dict[str, str] = {}
    for field in page._meta.get_fields():
        if isinstance(field, StreamField) and field.name in shown_fields(type(page)):
            block = field.stream_block
            made |= posted(block, block.get_form_state(getattr(page, field.name)), field.name)
    return made


def shown_fields(model: type[BasePage]) -> set[str]:
    return set(model.get_edit_handler().get_form_class().base_fields)


def posted(block: Block, state: Any, name: str) -> dict[str, str]:
    """The fields of a block with the state that its script is given."""
    if isinstance(block, StreamBlock):
        return _posted_rows(name, state, lambda child: block.child_blocks[child["type"]])
    if isinstance(block, ListBlock):
        return _posted_rows(name, state, lambda _child: block.child_block)
    if isinstance(block, StructBlock):
        fields: dict[str, str] = {}
        for key, child in block.child_blocks.items():
            fields |= posted(child, state.get(key), f"{name}-{key}")
        return fields
    if isinstance(block, BaseTypedTableBlock):
        return _posted_table(block, state, name)
    return _posted_field(state, name)


def _posted_field(state: Any, name: str) -> dict[str, str]:
    if isinstance(state, dict):  # what is chosen
        state = state["id"]
    if isinstance(state, list):
        state = state[0] if state else ""
    if state is False:
        return {}
    return {name: "on" if state is True else "" if state is None else str(state)}


def _posted_rows(name: str, rows: list[dict], block_of: Any) -> dict[str, str]:
    fields = {f"{name}-count": str(len(rows))}
    for number, row in enumerate(rows):
        at = f"{name}-{number}"
        fields |= {f"{at}-deleted": "", f"{at}-order": str(number), f"{at}-id": row["id"] or ""}
        if "type" in row:
            fields[f"{at}-type"] = row["type"]
        fields |= posted(block_of(row), row["value"], f"{at}-value")
    return fields


def _posted_table(block: BaseTypedTableBlock, state: dict, name: str) -> dict[str, str]:
    columns, rows = state["columns"], state["rows"]
    fields = {
        f"{name}-caption": state.get("caption") or "",
        f"{name}-column-count": str(len(columns)),
        f"{name}-row-count": str(len(rows)),
    }
    for number, column in enumerate(columns):
        at = f"{name}-column-{number}"
        fields |= {f"{at}-type": column["type"], f"{at}-heading": column["heading"]}
        fields |= {f"{at}-order": str(number), f"{at}-deleted": ""}
    for number, row in enumerate(rows):
        fields |= {f"{name}-row-{number}-order": str(number), f"{name}-row-{number}-deleted": ""}
        for place, (column, value) in enumerate(zip(columns, row["values"], strict=True)):
            fields |= posted(block.child_blocks[column["type"]], value, f"{name}-cell-{number}-{place}")
    return fields
