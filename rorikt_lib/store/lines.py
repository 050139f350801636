"""What processes of one run tell the one that began them.

Each word is one write, which a pipe takes whole: a queue that several share has a lock, which a process that is killed
while it writes would keep, and all would wait for ever.
"""

import json
import select
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Thread

# Bytes that are written at once, but for how many they are. No text as short as a month is cut.
_MOST, _SHORT = getattr(select, "PIPE_BUF", 4096) - 4, 20


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
    """Texts to the process that hears, cut to what one write takes; nothing where it is no more."""
    while len(told := json.dumps(texts, ensure_ascii=False).encode(errors="replace")) > _MOST:
        texts = tuple(text[: len(text) // 2] if len(text) > _SHORT else text for text in texts)
    with suppress(OSError):
        line.send_bytes(told)


def _listen(ear: Connection, hear: Callable[[tuple[str, ...]], object]) -> None:
    with ear, suppress(EOFError, OSError):
        while True:
            hear(tuple(json.loads(ear.recv_bytes())))
