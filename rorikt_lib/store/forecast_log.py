"""data/forecasts/: the forecast log on disk. It only grows, and unlike data/clean it cannot be made again."""

import io
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from rorikt_lib.errors import InputError
from rorikt_lib.store.folders import log_path
from rorikt_lib.store.locks import one_at_a_time
from rorikt_lib.store.replace import replace_file


def read_log(root: Path, columns: list[str], added: Collection[str] = ()) -> pd.DataFrame:
    """The whole log, in the order it was written; empty where there is none. InputError where it is damaged.

    added: columns that one from an older version does not have; what they say is missing there.
    """
    path = log_path(root)
    if not path.exists():
        return pd.DataFrame(columns=columns)
    texts = dict.fromkeys((name for name in columns if not name.endswith("_nok")), "str")
    texts |= {"revision": "int64", "in_hindsight": "bool"}
    try:
        # A reason may be "None", or "N/A".
        log = pd.read_csv(path, dtype=texts, encoding="utf-8", keep_default_na=False, na_values=[""])
    except (ValueError, UnicodeDecodeError) as error:
        raise _damaged(path, str(error)) from None
    if list(log.columns) not in (columns, [name for name in columns if name not in added]):
        raise _damaged(path, f"its columns are not {', '.join(columns)}")
    return log.reindex(columns=columns)


@contextmanager
def only_writer(root: Path) -> Iterator[None]:
    """While it lasts, nobody else changes the log: what is read in it is what is added to. Others wait."""
    with one_at_a_time(log_path(root).with_suffix(".lock")):
        yield


def append_log(root: Path, rows: pd.DataFrame, added: Collection[str] = ()) -> Path:
    """Add rows at the end of the log, all or none; what stands there stays as it is, byte for byte. The log's path.

    For the `only_writer`, who has seen what stands there. added: see `read_log`; a log that lacks them gets them, and
    is written anew for it.
    """
    path = log_path(root)
    if rows.empty:
        return path
    before = path.read_bytes() if path.exists() else b""
    head = _csv(rows.head(0), header=True)
    if before and not before.startswith(head):
        before = _csv(read_log(root, list(rows.columns), added), header=True)
    replace_file(path, (before or head) + _csv(rows, header=False))
    return path


def write_log(root: Path, log: pd.DataFrame) -> None:
    """The whole log anew, all or none; no file where it has no rows. For the `only_writer`."""
    if log.empty:
        log_path(root).unlink(missing_ok=True)
    else:
        replace_file(log_path(root), _csv(log, header=True))


def _csv(rows: pd.DataFrame, header: bool) -> bytes:
    text = io.StringIO()
    rows.to_csv(text, index=False, header=header, lineterminator="\n")
    return text.getvalue().encode("utf-8")


def _damaged(path: Path, problem: str) -> InputError:
    return InputError(
        f"the forecast log cannot be read: {problem.splitlines()[0]}",
        file=path,
        remedy="restore it from a backup; it cannot be made again",
    )
