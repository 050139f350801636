"""The one error a user can mend. Command line and notebooks show it as one line; the command exits with 2."""

import re
from pathlib import Path

# What a cell of an export may hold, and a sentence of one line may not.
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
# What a sentence quotes, of which an export may be the source: from the first quotation mark to the last.
_QUOTED = re.compile(r"(['\"`«]).*['\"`»]")


class InputError(ValueError):
    """Bad input: says what is wrong, where (file and line) and the remedy.

    Example: ``budget_2024.csv, line 17: Beløp '#####' is not a number. Remedy: export again.``
    is_of_export: whether it may repeat what stands in an export.
    """

    is_of_export = False

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
        return self._changed(self._file, f"{self._remedy}; or {remedy}")

    def instead(self, remedy: str) -> "InputError":
        """The same error with another remedy."""
        return self._changed(self._file, remedy)

    def placed(self, file: str | Path) -> "InputError":
        """The same error, said to be in `file` unless it says where it is already."""
        return self._changed(self._file or file, self._remedy)

    def _changed(self, file: str | Path | None, remedy: str) -> "InputError":
        """Of the same kind, whatever that kind is made from."""
        error = type(self).__new__(type(self))
        InputError.__init__(error, self._problem, file=file, line=self._line, remedy=remedy)
        error.__dict__ = self.__dict__ | error.__dict__
        return error

    @property
    def file_and_line(self) -> str:
        """The file, without its folders, and the line; empty where it says none."""
        file = Path(self._file).name if self._file is not None else ""
        return ", ".join(filter(None, [file, f"line {self._line}" if self._line is not None else ""]))

    @property
    def without_quotes(self) -> str:
        """What is wrong and where, without what it quotes and the folders of this machine."""
        return ": ".join(filter(None, [self.file_and_line, _QUOTED.sub(r"\1…\1", self._problem.rstrip("."))]))


class Undelivered(InputError):
    """An export that the month's report is made of has not been delivered yet: nothing of what is there is wrong."""


class ChangedMeanwhile(InputError):
    """What a report is made of was changed while it was made: another try gives one of the new."""


class Busy(InputError):
    """Another run of this workbook is at work."""


class SourceAbsent(LookupError):
    """Something is asked for that is made of a source that the month's report does not have: it is left out."""


def of_disk(error: OSError) -> InputError:
    """A file that cannot be read or written, as any other bad input."""
    problem = error.strerror or type(error).__name__
    return InputError(problem, file=error.filename, remedy="check that the path exists and may be read and written")
