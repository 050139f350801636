"""What polars takes for what a careful analyst would do with the same export: read, type, filter, write as Parquet.

Run: python benchmarks/yardstick.py ledger|tickets EXPORT PARQUET        (needs the extra `bench`)

Blanks are missing, numbers may be written 1 234,50, 1.234,50, (1 234,50) or 1 234,50-, days 31.01.2024 or 2024-01-31,
times 31.01.2024 08:15 in Europe/Oslo, periods 202401 or 2024-01. Rows without what must be known are left out, as are
those with an error of a spreadsheet (####) in place of a number or a day. Each row has its line.
"""

from __future__ import annotations

import sys

import polars as pl

ZONE = "Europe/Oslo"


def table(export: str) -> pl.LazyFrame:
    """The rows as texts without white space around them, missing where they are blank, and the line of each."""
    rows = pl.scan_csv(export, separator=";", infer_schema=False, row_index_name="source_line", row_index_offset=2)
    texts = pl.col(pl.String).str.strip_chars()
    return rows.with_columns(pl.when(texts != "").then(texts))


def amount(name: str) -> pl.Expr:
    """A number as Norwegians write it; a minus may stand on either side of it, or brackets around it."""
    bare = pl.col(name).str.replace_all("[\u2212\u2013]", "-").str.replace_all("[ \u00a0\u202f.]", "")
    number = bare.str.strip_chars("-()").str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    return pl.when(bare.str.contains(r"^[-(]|-$")).then(-number).otherwise(number)


def day(name: str) -> pl.Expr:
    """A day, Norwegian or ISO."""
    text = pl.col(name)
    return text.str.to_date("%d.%m.%Y", strict=False).fill_null(text.str.to_date("%Y-%m-%d", strict=False))


def instant(name: str) -> pl.Expr:
    """A local time as an instant; the hour that autumn repeats is summer time."""
    time = pl.col(name).str.to_datetime("%d.%m.%Y %H:%M", strict=False)
    return time.dt.replace_time_zone(ZONE, ambiguous="earliest", non_existent="null")


def ledger(export: str) -> pl.LazyFrame:
    """Postings: account, amount, and a period or a day."""
    period = pl.col("Periode").str.replace(r"^(\d{4})-?(\d{2})$", "${1}-${2}")
    rows = table(export).with_columns(
        Bilagsdato=day("Bilagsdato"),
        Periode=pl.when(period.str.contains(r"^(?:19|20)\d{2}-(?:0[1-9]|1[0-3])$")).then(period),
        Konto=pl.when(pl.col("Konto").str.contains(r"^[0-9][0-9.]*$")).then(pl.col("Konto").str.zfill(3)),
        Beløp=amount("Beløp"),
        was_dated=pl.col("Bilagsdato").is_not_null(),
    )
    known = pl.col("Konto").is_not_null() & pl.col("Beløp").is_not_null()
    when = pl.col("Bilagsdato").is_not_null() | (pl.col("Periode").is_not_null() & ~pl.col("was_dated"))
    return rows.filter(known & when).drop("was_dated")


def tickets(export: str) -> pl.LazyFrame:
    """Cases: number, type, priority, status, and when it was created."""
    times = [instant(name) for name in ("Opprettet", "Besvart", "Løst", "Lukket")]
    rows = table(export).with_columns(*times, amount("Ventetid (min)"))
    return rows.filter(pl.all_horizontal(pl.col("Saksnr", "Type", "Prioritet", "Status", "Opprettet").is_not_null()))


if __name__ == "__main__":
    kind, source, target = sys.argv[1:]
    {"ledger": ledger, "tickets": tickets}[kind](source).sink_parquet(target)
