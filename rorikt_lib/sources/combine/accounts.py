"""Whether accounts are numbered as the settings say: which digits are the art, and how many there are."""

from collections.abc import Iterator

import pandas as pd

from rorikt_lib.config.settings import Settings
from rorikt_lib.sources.reading.accept import error_at

# The arts that KOSTRA has had since 2020: what an account's digits are where they make sense.
_ARTS = """
010 020 030 040 050 070 075 080 089 090 099 100 105 110 114 115 120 130 140 150 160 165 170 180 181 182 183 184
185 190 195 200 209 210 220 230 240 250 260 270 271 272 280 285 300 330 350 370 375 380 400 429 430 450 470 475
480 490 500 501 509 510 511 512 520 521 522 528 529 530 540 550 570 580 589 590 600 620 629 630 640 650 660 670
690 700 710 728 729 730 750 770 775 780 790 800 810 830 840 850 870 873 874 875 876 877 880 890 895 900 901 904
905 909 910 911 912 920 921 922 928 929 930 940 950 970 980 989 990
"""
_KOSTRA = frozenset(_ARTS.split())
_WIDTH = 3
_MOST = 0.5


def check_accounts(rows: pd.DataFrame, settings: Settings) -> None:
    """InputError where most accounts of a file have their art in other digits, or some have lost their zeros.

    rows: those that are filed by account, with source_file and source_line.
    """
    once = rows.dropna(subset="account").drop_duplicates(["source_file", "account"])
    for _, accounts in once.groupby("source_file", sort=False):
        digits = accounts["account"].str.replace(".", "", regex=False)
        _check_art(accounts, digits, settings)
        if settings.ledger.account_digits is None:
            _check_zeros(accounts, digits, settings)


def _check_art(accounts: pd.DataFrame, digits: pd.Series, settings: Settings) -> None:
    first, last = settings.ledger.art_digits
    if last - first + 1 != _WIDTH:
        return
    is_art = settings.ledger.art_of(digits).isin(_KOSTRA | settings.ledger.named_arts)
    for start in _other_starts(digits, first - 1):
        there = digits.str.slice(start, start + _WIDTH).isin(_KOSTRA) & ~is_art
        if there.mean() > _MOST:
            where = [start + 1, start + _WIDTH]
            row = accounts[there].iloc[0]
            problem = (
                f"{int(there.sum())} of {len(there)} accounts, as {row['account']}, have no KOSTRA art in the digits "
                f"{first} to {last}, which ledger.art_digits says, but one in the digits {where[0]} to {where[1]}"
            )
            raise error_at(row, problem, f"write art_digits: {where} below ledger in workbook.yml")


def _other_starts(digits: pd.Series, start: int) -> Iterator[int]:
    yield from (other for other in range(int(digits.str.len().max()) - _WIDTH + 1) if other != start)


def _check_zeros(accounts: pd.DataFrame, digits: pd.Series, settings: Settings) -> None:
    """A spreadsheet makes 100 of 0100: of accounts that mostly have more digits, a shorter one that has two lines."""
    ledger = settings.ledger
    lengths = digits.str.len()
    usual = int(lengths.mode().max())
    if (lengths == usual).mean() <= _MOST:
        return
    lines = ledger.expense_type_of_art()
    art = ledger.art_of(digits.str.zfill(usual))
    padded = art.map(lines).where(art.isin(_KOSTRA | ledger.named_arts) | (art.str.len() != _WIDTH))
    shortened = (lengths < usual) & padded.notna() & (padded != ledger.art_of(digits).map(lines))
    if shortened.any():
        row = accounts[shortened].iloc[0]
        full = digits[shortened].iloc[0].zfill(usual)
        problem = f"account {row['account']} among accounts of {usual} digits: it may be {full}, its zeros lost"
        remedy = (
            f"export with the account column as text; or write account_digits: {usual} below ledger in workbook.yml, "
            f"which gives it its zeros back, or account_digits: {int(lengths.min())} where it is as it stands"
        )
        raise error_at(row, problem, remedy)
