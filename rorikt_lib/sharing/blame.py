"""Which of two tables, of keys or of costs, is to be mended."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rorikt_lib.errors import InputError


class CostsError(InputError):
    """What is wrong stands, or is lacking, in the table of costs and weights, not in that of keys."""


@contextmanager
def in_files(keys: Callable[[], str | Path], costs: Callable[[], str | Path]) -> Iterator[None]:
    """Errors from within name the file that is to be mended, unless they name one already: keys() or costs()."""
    try:
        yield
    except CostsError as error:
        raise error.placed(costs()) from None
    except InputError as error:
        raise error.placed(keys()) from None
