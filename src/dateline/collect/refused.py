"""Why an address was not fetched."""

from __future__ import annotations


class Refused(Exception):
    """Why an address, or what came from it, is not taken; the message is for people.

    Attributes:
        passing: whether it may well be otherwise on the next run (a timeout, a busy server).
        wait: seconds that the server asked to be left alone, None where it did not ask.
        busy: whether the server said that it has too much to do.
    """

    def __init__(self, reason: str, *, passing: bool = False, busy: bool = False, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.passing = passing or busy
        self.busy = busy
        self.wait = wait
