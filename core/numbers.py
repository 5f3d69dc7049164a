from dataclasses import dataclass
from decimal import Decimal
@dataclass(frozen=True)
class UnitForms:
    kind: str
    symbol: str
    square_metres: Decimal | None = None
def plural_forms(symbol, language): return {}
def write_figure(value, unit, language, *, qualifier="exact", printed=""): return printed or f"{value.normalize():f}{unit.symbol}"
