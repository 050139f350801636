"""The one error a user can mend. Command line and notebooks show it as one line; the command exits with 2."""

import re
from pathlib import Path

# What a cell of an export may hold, and a sentence of one line may not.
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


class InputError(ValueError):
    """Bad input: says what is wrong, where (file and line) and the remedy.

    Example: ``budget_2024.csv, line 17: Beløp '#####' is not a number. Remedy: export again.``
    """

    def __init__(self, problem: str, *, file: str | Path | None = None, line: int | None = None, remedy: str) -> None:
        problem = _BREAKS.sub(" ", problem)
        place = ", ".join([str(file)] * (file is not None) + [f"line {line}"] * (line is not None))
        super().__init__(f"{place}: " * bool(place) + f"{problem.rstrip('.')}. Remedy: {remedy}")
        self._problem, self._file, self._line, self._remedy = problem, file, line, remedy

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows of it: one line, as the command line does."""
        return [f"rorikt: {self}"]

    def or_else(self, remedy: str) -> "InputError":
        """The same error with one more remedy to choose from."""
        return InputError(self._problem, file=self._file, line=self._line, remedy=f"{self._remedy}; or {remedy}")

    def instead(self, remedy: str) -> "InputError":
        """The same error with another remedy."""
        return InputError(self._problem, file=self._file, line=self._line, remedy=remedy)

    def placed(self, file: str | Path) -> "InputError":
        """The same error, said to be in `file` unless it says where it is already."""
        return InputError(self._problem, file=self._file or file, line=self._line, remedy=self._remedy)


class SourceAbsent(LookupError):
    """Something is asked for that is made of a source that the month's report does not have: it is left out."""
