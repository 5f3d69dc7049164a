"""How figures are typed."""

from typing import Any

from django import forms


class FigureInput(forms.NumberInput):
    """A number as somebody would write it: 8660, where the column holds 8660.0000."""

    def format_value(self, value: Any) -> str | None:
        text = super().format_value(value)
        return text.rstrip("0").rstrip(".") if text and "." in text else text
