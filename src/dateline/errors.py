"""What Dateline raises on purpose.

    DatelineError
    ├── CaptureError    an input that cannot be looked at: a path that does not exist
    ├── ReadingError    a text or an option that cannot be read with
    ├── WorkerError     a process that worked for this one came to an end
    └── ArchiveError    an archive that cannot be opened, is of another version, or does not hold what was asked for
        └── StorageError    an archive that failed while it was worked on: a full disk, a damaged file

Each carries in ``subject`` what it concerns. Inputs that are merely bad are no errors: they become a `Refusal` each.
"""

from __future__ import annotations


class DatelineError(Exception):
    """Base of all errors that Dateline raises on purpose.

    Attributes:
        subject: the path, option, archive or id that it concerns.
    """

    def __init__(self, subject: object, reason: str) -> None:
        super().__init__(f"{subject}: {reason}")
        self.subject = subject
        self.reason = reason


class CaptureError(DatelineError):
    """An input that cannot be looked at."""

    def __init__(self, subject: object, reason: str = "there is no such file or folder") -> None:
        super().__init__(subject, reason)


class ReadingError(DatelineError):
    """A text or an option that cannot be read with."""


class WorkerError(DatelineError):
    """A process that worked for this one was ended, or crashed; what was finished before is kept."""

    def __init__(self, reason: str) -> None:
        super().__init__("a worker process", reason)


class ArchiveError(DatelineError):
    """An archive that cannot be used as asked."""


class StorageError(ArchiveError):
    """An archive whose disk or file failed while it was worked on; what was finished before is kept."""
