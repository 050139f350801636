"""Case numbers that exports spell differently: 000012, #12 and a spreadsheet's 12.0 are 12."""

import pandas as pd

# The mapping's name (see Mapping.case_prefix), and the number that the spelling stands around.
_SPELLED = r"^(.*:)?#?0*(\d+)(?:\.0+)?$"


def plain(numbers: pd.Series) -> pd.Series:
    """Each number without what its spelling adds; one that is not of digits stays as it is."""
    return numbers.str.replace(_SPELLED, r"\1\2", regex=True)


def spelled_alike(
    parts: list[pd.DataFrame], events: list[pd.DataFrame]
) -> tuple[list[pd.DataFrame], list[pd.DataFrame]]:
    """Cases and events with one ticket_id where files spell a case's number differently.

    What one file has in two spellings are two cases: its system tells them apart. parts: see combine_cases.
    """
    if len(parts) < 2:
        return parts, events
    known = pd.concat([part[["source_file", "ticket_id"]] for part in parts])
    known = known.assign(plain=plain(known["ticket_id"]))
    if (known["plain"] == known["ticket_id"]).all():
        return parts, events
    known = known.drop_duplicates()
    spellings = known.groupby("plain")["ticket_id"].nunique()
    apart = known.loc[known.duplicated(["source_file", "plain"], keep=False), "plain"]
    again = known[known["plain"].isin(spellings.index[spellings > 1].difference(apart))]
    if again.empty:
        return parts, events
    one = dict(zip(again["ticket_id"], again["plain"], strict=True))

    def respelled(frames: list[pd.DataFrame]) -> list[pd.DataFrame]:
        return [f.assign(ticket_id=f["ticket_id"].map(one).fillna(f["ticket_id"])) for f in frames]

    return respelled(parts), respelled(events)
