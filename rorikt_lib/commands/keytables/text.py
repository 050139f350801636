"""What the commands found, as English text and tables for a terminal."""

from collections.abc import Iterable, Iterator
from typing import Any

from rich.table import Table

from rorikt_lib.commands import WORDS
from rorikt_lib.terminal import on_standard_output, plain_table
from rorikt_lib.terms.fields import SUM


def show_share(found: dict[str, Any]) -> None:
    """Writes the amounts per item, category and municipality to standard output."""
    places = [row["municipality"] for row in found["totals"]]
    rows = list(_share_rows(found, places))
    _write([_drawn(["Item", *places, "Sum"], rows)])


def _share_rows(found: dict[str, Any], places: list[str]) -> Iterator[list[str]]:
    items: dict[tuple[str, str], dict[str, Any]] = {}
    for cell in found["items"]:
        items.setdefault((cell["category"], cell["item"]), {})[cell["municipality"]] = cell["amount"]
    for category in dict.fromkeys(category for category, _ in items):
        own = {item: amounts for (of, item), amounts in items.items() if of == category}
        for item, amounts in own.items():
            yield _line(item or "Amount", amounts, places)
        if len(own) > 1 and len(items) > len(own):
            sums = {r["municipality"]: r["amount"] for r in found["categories"] if r["category"] == category}
            yield _line(category.upper(), sums, places)
    if len(items) > 1:
        yield _line("TOTAL", {row["municipality"]: row["amount"] for row in found["totals"]}, places)
    shares = [f"{row['share']:.2%}" if row["share"] is not None else "" for row in found["totals"]]
    yield ["Share", *shares, ""]


def _line(name: str, amounts: dict[str, Any], places: Iterable[str]) -> list[str]:
    known = [amounts.get(place) for place in places]
    return [name, *map(money, known), money(round(sum(a for a in known if a is not None), 2))]


def show_audit(found: dict[str, Any]) -> None:
    """Writes what does not follow, and for whom, to standard output."""
    lines = [f"Totals read from {found['totals']}"] if found["totals"] else []
    for category in dict.fromkeys(row["category"] for row in found["missing"]):
        own = [row for row in found["missing"] if row["category"] == category]
        whom = ", ".join(f"{row['municipality']} {money(row['difference'])}" for row in own)
        total = money(round(sum(row["difference"] for row in own), 2))
        lines.append(f"{category}: the printed rows lack {total} kroner of what is printed below them: {whom}")
    errors, rounding = len(found["errors"]), len(found["rounding"])
    lines.append(f"{errors} numbers do not follow; {rounding} more are off by rounding only.")
    head = ["Category", "Item", "For", "Printed", "Computed", "Difference", "What was compared"]
    rows = []
    for row in found["errors"]:
        amounts = (money(row[name]) for name in ("printed", "computed", "difference"))
        check = WORDS["checks"][row["check"]]
        rows.append([_all(row["category"]), row["item"], _all(row["municipality"]), *amounts, check])
    _write([*lines, *([_drawn(head, rows, texts={0, 1, 2, 6})] if rows else [])])


def _all(name: str) -> str:
    return "all" if name == SUM else name


def money(amount: float | None) -> str:
    """`1,234,567`, with øre where there are any; nothing for None."""
    if amount is None:
        return ""
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"


def _drawn(head: list[str], rows: list[list[str]], texts: Iterable[int] = (0,)) -> Table:
    table = plain_table()
    for i, name in enumerate(head):
        is_text = i in texts
        table.add_column(name, justify="left" if is_text else "right", no_wrap=not is_text, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _write(parts: list[str | Table]) -> None:
    console = on_standard_output()
    for part in parts:
        console.print(part, soft_wrap=isinstance(part, str))
