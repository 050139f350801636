"""What processes tell is heard whole, whatever becomes of others that tell something too."""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing.connection import Connection
from queue import SimpleQueue

from rorikt_lib.store.lines import heard, tell

LONG = "«" * 10_000
SPAWN = multiprocessing.get_context("spawn")


def talk(line: Connection, name: str) -> None:
    for n in range(500):
        tell(line, name, str(n), LONG)


def be_killed(line: Connection) -> None:
    def talk_on() -> None:
        while True:
            tell(line, "killed", LONG)

    threading.Thread(target=talk_on, daemon=True).start()
    tell(line, "begun")
    os.kill(os.getpid(), 9)


def test_what_several_tell_at_once_is_heard_whole_though_some_are_killed_amid_it():
    said = SimpleQueue()
    with heard(said.put) as line:
        talking = [SPAWN.Process(target=talk, args=(line, name)) for name in ("a", "b")]
        killed = [SPAWN.Process(target=be_killed, args=(line,)) for _ in range(4)]
        for process in (*talking, *killed):
            process.start()
        for process in (*talking, *killed):
            process.join()
    words = [said.get() for _ in range(said.qsize())]
    for name in ("a", "b"):
        assert [word[1] for word in words if word[0] == name] == [str(n) for n in range(500)]
    assert [process.exitcode for process in killed] == [-9] * 4
    assert {word[0] for word in words} <= {"a", "b", "begun", "killed"}
    assert all(word[2] and LONG.startswith(word[2]) for word in words if word[0] in ("a", "b"))


def test_when_it_is_over_nothing_is_left_that_waits():
    before = threading.active_count()
    for _ in range(3):
        with heard(lambda word: None) as line:
            tell(line, "a")
    assert threading.active_count() == before
