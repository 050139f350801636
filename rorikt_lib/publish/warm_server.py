"""Imported by the process that forks kernels where a zygote cannot be, and by no other."""

import signal

# Who interrupts the command interrupts it alone: it ends this process. Importing takes a second, in which nothing may
# go wrong.
signal.signal(signal.SIGINT, signal.SIG_IGN)

import rorikt_lib.publish.one_thread  # noqa: E402, F401  # isort: split
from rorikt_lib.publish.warm_kernel import get_ready  # noqa: E402

get_ready()
