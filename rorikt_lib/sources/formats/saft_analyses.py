"""The analyses of a SAF-T line (cost centre, project, function) → the parts that the line is split into."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

# An analysis type is known by its description in AnalysisTypeTable: the first word found in it decides. Of two types
# of one dimension on a line, that of the earlier word counts, then the shorter description (Prosjekt, Delprosjekt).
DIMENSIONS = {
    "cost_centre": ("ansvar", "avdeling", "kostnadssted", "koststed", "cost centre", "cost center", "department"),
    "project": ("prosjekt", "project"),
    "function": ("funksjon", "tjeneste", "function"),
}
# What one analysis says: type, value, and the amount (debit +, credit −) where it has one.
Analysis = tuple[str, str, Decimal | None]
_Rank = tuple[int, int]


class SplitError(ValueError):
    """The analyses of a line do not say how it is split."""


@dataclass
class Analyses:
    """What AnalysisTypeTable says, and what the lines say that it does not.

    dimension_of: type → dimension ("" where it is none of ours) and rank. listed: type and value of each entry.
    unread, unlisted: how many analyses of a type could not be placed, and how many say a value that no table has.
    """

    dimension_of: dict[str, tuple[str, _Rank]] = field(default_factory=dict)
    listed: set[tuple[str, str]] = field(default_factory=set)
    unread: Counter[str] = field(default_factory=Counter)
    unlisted: Counter[str] = field(default_factory=Counter)
    # Most lines say what many others say, and are not split: what they came to, where there was nothing to tell.
    _plain: dict[tuple[Analysis, ...], dict[str, str]] = field(default_factory=dict)

    def add_entry(self, kind: str, description: str, value: str) -> None:
        """An entry of the table; a type is what its first entry describes."""
        self.dimension_of.setdefault(kind, _dimension(description or kind))
        self.listed.add((kind, value))

    def place(self, kind: str) -> tuple[str, _Rank]:
        """The dimension of a type and its rank there; one that has no table may say by its own name what it is."""
        return self.dimension_of.get(kind) or _dimension(kind)

    def split(self, analyses: list[Analysis], amount: Decimal) -> list[tuple[dict[str, str], Decimal]]:
        """The parts of a line of `amount`: their values by dimension, and their amounts, which make the line.

        SplitError where the amounts of a type are not the line's, are lacking, or split it otherwise than another's.
        """
        if not analyses:
            return [({}, amount)]
        if (plain := self._plain.get(tuple(analyses))) is not None:
            return [(plain, amount)]
        told = self.unread.total() + self.unlisted.total()
        whole: dict[str, str] = {}
        shares: dict[str, list[tuple[str, Decimal]]] = {}
        for dimension, (kind, said) in self._by_dimension(analyses).items():
            values, amounts = {value for value, _ in said}, [share for _, share in said if share is not None]
            if amounts and len(amounts) == len(said):
                if (total := sum(amounts, Decimal(0))) != amount:
                    raise SplitError(f"the analyses of type {kind} make {total:f}, but the line is {amount:f}")
            elif amounts or len(values) > 1:
                raise SplitError(f"the line is split by type {kind}, but not every part has an amount")
            if len(values) == 1:
                whole[dimension] = values.pop()
            else:
                shares[dimension] = said
        if told == self.unread.total() + self.unlisted.total() and all(share is None for *_, share in analyses):
            self._plain[tuple(analyses)] = whole
        return [(whole | values, share) for values, share in _parts(shares, amount)]

    def _by_dimension(self, analyses: list[Analysis]) -> dict[str, tuple[str, list[tuple[str, Decimal | None]]]]:
        """For each dimension the type that counts and what it says; what cannot be placed is counted."""
        by_kind: dict[str, list[tuple[str, Decimal | None]]] = {}
        for kind, value, amount in analyses:
            by_kind.setdefault(kind, []).append((value, amount))
        chosen: dict[str, tuple[_Rank, str]] = {}
        for kind, said in by_kind.items():
            dimension, rank = self.place(kind)
            if dimension:
                chosen[dimension] = min(chosen.get(dimension, (rank, kind)), (rank, kind))
                for value, _ in said:
                    if (kind, value) not in self.listed:
                        self.unlisted[f"{kind} {value}"] += 1
            elif kind not in self.dimension_of:
                self.unread[kind] += len(said)
        used = {kind for _, kind in chosen.values()}
        for kind in by_kind.keys() - used:
            if self.place(kind)[0]:
                self.unread[kind] += len(by_kind[kind])
        return {dimension: (kind, by_kind[kind]) for dimension, (_, kind) in chosen.items()}


def _dimension(description: str) -> tuple[str, _Rank]:
    text = description.casefold()
    for dimension, words in DIMENSIONS.items():
        for place, word in enumerate(words):
            if word in text:
                return dimension, (place, len(text))
    return "", (0, 0)


def _parts(shares: dict[str, list[tuple[str, Decimal]]], amount: Decimal) -> list[tuple[dict[str, str], Decimal]]:
    """The parts of a line that one dimension splits, or several in the same amounts: they are matched by these."""
    if not shares:
        return [({}, amount)]
    (first, said), *others = shares.items()
    order = sorted(range(len(said)), key=lambda place: said[place][1])
    parts = [({first: value}, share) for value, share in said]
    for dimension, theirs in others:
        matched = sorted(theirs, key=lambda part: part[1])
        if [share for _, share in matched] != [said[place][1] for place in order]:
            raise SplitError(f"the line is split by {first} in other amounts than by {dimension}")
        for place, (value, _) in zip(order, matched, strict=True):
            parts[place][0][dimension] = value
    return parts
