"""Columns that say of each amount whether it is debit or credit (D/K), where the amount itself may have no sign."""

import re

import pandas as pd

from rorikt_lib.config.ledger import CreditAmounts
from rorikt_lib.config.settings import Settings
from rorikt_lib.config.shipped import shipped
from rorikt_lib.errors import InputError
from rorikt_lib.sources.reading.format import Format, RawTable, normalise
from rorikt_lib.sources.reading.names import look_up
from rorikt_lib.terms.enums import Side

HEADERS = dict.fromkeys(
    ["D/K", "D / K", "DK", "K/D", "Debet/Kredit", "Debet / Kredit", "Debit/Kredit", "Debit/Credit", "Debit / Credit",
     "D/C", "DC", "Dr/Cr", "Soll/Haben", "S/H"],
    "side",
)  # fmt: skip
# What stands in a remedy for the header of the column.
HEADER_PLACE = "{}"
# Letters of a header: the two abbreviations alone or with a word after them, or the two words.
_WORD = "(?:kode|code|type|tegn|merke|flag|flagg|ind|indikator|indicator|mark|kennz|kennzeichen)?"
_JOIN = "(?:eller|og|or|and|oder)?"
_DEBIT, _CREDIT = "de?b[ei]?t?", "[kc]re?d?i?t{0,2}"
_LIKE_HEADER = re.compile(
    rf"(?:dr?{_JOIN}(?:k|cr?)|k{_JOIN}d|cr{_JOIN}dr|{_DEBIT}{_JOIN}{_CREDIT}|{_CREDIT}{_JOIN}{_DEBIT}"
    rf"|soll{_JOIN}haben|shkzg|drcrk){_WORD}"
)
# These may mean anything where they stand alone.
_VAGUE = {"s", "h", "c", "+", "-"}
_TRIED, _SOME, _MOST, _SHOWN = 1000, 0.5, 0.9, 4


def side_names(settings: Settings) -> dict[str, str]:
    """What sources call the two sides → ours; our own terms are names too."""
    return {side: side for side in Side} | shipped("names")["side"] | settings.ledger.values.side


def by_side(
    raw: RawTable, amounts: pd.Series, settings: Settings, credit_amounts: CreditAmounts | None = None
) -> pd.DataFrame:
    """amount_nok, cost + and income −, and side, for each row of raw.frame, which has side and account as texts.

    amounts: as written. Where every credit is below zero and no debit is, they have their signs already; where neither
    has any below zero, those of credit get it. Anything else is an InputError, unless the settings say which it is.
    side: missing only where the amount's sign hangs on it. credit_amounts: the mapping's word on it.
    """
    if raw.frame["side"].isna().all():
        return pd.DataFrame({"amount_nok": amounts, "side": Side.DEBIT.value})
    side = look_up(raw.frame["side"], side_names(settings))
    decides = amounts.notna() & amounts.ne(0)
    said = credit_amounts or settings.ledger.credit_amounts
    if (said or _as_written(raw, amounts[decides], side)) == "signed":
        return pd.DataFrame({"amount_nok": amounts, "side": side.fillna(Side.DEBIT)})
    turned = amounts.mask(side == Side.CREDIT, -amounts)
    return pd.DataFrame({"amount_nok": turned, "side": side.mask(side.isna() & ~decides, Side.DEBIT)})


def _as_written(raw: RawTable, amounts: pd.Series, side: pd.Series) -> CreditAmounts:
    """Whether the amounts of credit have their minus, as the rows of the accounts show."""
    counted = amounts[raw.frame.loc[amounts.index, "account"].notna()]
    of = side[counted.index]
    debit, credit = counted[of == Side.DEBIT], counted[of == Side.CREDIT]
    below, above, odd = credit < 0, credit > 0, debit < 0
    if credit.empty or not (odd.any() or (below.any() and above.any())):
        return "signed" if below.any() else "unsigned"
    line = (debit[odd] if odd.any() else credit[below]).index[0]
    problem = (
        f"debit and credit contradict the amounts' signs: of the credit rows {int(above.sum())} are above zero and "
        f"{int(below.sum())} below, of the debit rows {int((~odd).sum())} and {int(odd.sum())}"
    )
    remedy = (
        "say in workbook.yml, under ledger or the mapping, credit_amounts: signed where the amounts are to stand as "
        "they are, or credit_amounts: unsigned where those of credit are to change sign"
    )
    line = int(raw.lines[line] if raw.lines is not None else line)
    raise InputError(problem, file=raw.source_file, line=line, remedy=remedy)


def side_remedy(name: str) -> str:
    """What to do about such a column that the known format does not read."""
    return (
        f"say in workbook.yml header_aliases: {{{name}: {{'{HEADER_PLACE}': D/K}}}}; or ledger.credit_amounts: signed, "
        "where the amounts have their signs without it"
    )


def refuse_unread_side(form: Format, header: list[str], body: pd.DataFrame, source_file: str, line: int) -> None:
    """InputError where a column that the format does not use says what is debit and what credit.

    header, line: of the table. body: the texts below it. That of one amount column would be read without its signs.
    """
    fields = form.fields_of(header)
    if form.side_remedy is None or {"side", "debit_nok"} & {*fields}:
        return
    for place, (name, field) in enumerate(zip(header, fields, strict=True)):
        if field is None and (seen := _sides_seen(name, body.iloc[:, place])):
            problem = f"the column '{name}' ({seen}) looks like debit and credit, and nothing says what to read it as"
            raise InputError(problem, file=source_file, line=line, remedy=form.side_remedy.replace(HEADER_PLACE, name))


def _sides_seen(header: str, cells: pd.Series) -> str:
    """Some of the texts of a column that looks like debit and credit; nothing where it does not."""
    first = cells.iloc[:_TRIED]
    if not _is_side_header(header) and not (_are_sides(first, _SOME) or first.fillna("").eq("").all()):
        return ""
    filled = cells[cells.notna() & (cells != "")]
    is_side = _is_side_header(header) or _are_sides(filled, _MOST)
    return ", ".join(filled.drop_duplicates().iloc[:_SHOWN]) if is_side else ""


def _is_side_header(header: str) -> bool:
    """Whether a header is like D/K."""
    return bool(_LIKE_HEADER.fullmatch(re.sub(r"[\W\d_]", "", header.casefold())))


def _are_sides(cells: pd.Series, least: float) -> bool:
    """Whether texts are names of debit and credit: all of them, or both and at least this share of the rows."""
    known = {normalise(name): side for name, side in shipped("names")["side"].items()}
    rows = cells[cells.notna() & (cells != "")].value_counts()
    found = {name: known.get(normalise(name)) for name in rows.index}
    sides = {side for side in found.values() if side}
    if len(sides) == len(Side):
        return bool(rows[[name for name, side in found.items() if side]].sum() >= least * rows.sum())
    return bool(sides) and None not in found.values() and not {*map(normalise, found)} <= _VAGUE
