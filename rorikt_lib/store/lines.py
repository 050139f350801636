"""What processes of one run tell the one that began them.

Each word is one write, which a pipe takes whole: a queue that several share has a lock, which a process that is killed
while it writes would keep, and all would wait for ever.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Thread

# Signs of a text that are told: three texts of so many are within the 4096 bytes that are written at once.
_MOST = 300


@contextmanager
def heard(hear: Callable[[tuple[str, ...]], object]) -> Iterator[Connection]:
    """While it lasts, `hear` gets what is told, in a thread of its own. Yields the line that `tell` takes elsewhere."""
    ear, line = Pipe(duplex=False)
    listening = Thread(target=_listen, args=(ear, hear), daemon=True)
    listening.start()
    try:
        yield line
    finally:
        # The other ends close with their processes.
        line.close()
        listening.join()


def tell(line: Connection, *texts: str) -> None:
    """Up to three texts, to the process that hears."""
    line.send_bytes(json.dumps([text[:_MOST] for text in texts], ensure_ascii=False).encode(errors="replace"))


def _listen(ear: Connection, hear: Callable[[tuple[str, ...]], object]) -> None:
    with ear, suppress(EOFError, OSError):
        while True:
            hear(tuple(json.loads(ear.recv_bytes())))
