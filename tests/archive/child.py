"""Work in a process of its own, for tests of processes that are killed."""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Callable


def ended(work: Callable[[], object], seconds: float | None = None) -> int:
    """Do something in a child of this process, which is killed after some seconds.

    Returns:
        Its exit status, the signal that ended it as a negative number; 1 where the work failed.
    """
    child = os.fork()
    if not child:
        status = 1
        try:
            work()
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def deadly(number: int) -> Callable[..., None]:
    """A function that kills the process that calls it, at the so manieth call; 0: at none."""
    left = number

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return count
