"""WACZ files: the WARCs in their archive folder."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from dateline.capture import warc
from dateline.capture.streams import BadInput, check_ratio
from dateline.records import RawCapture, Refusal

_WARCS = (".warc", ".warc.gz")
_MOST_MEMBERS = 10_000


def captures(stream: IO[bytes], path: str) -> Iterator[RawCapture | Refusal]:
    """The pages in all WARCs of a WACZ, in the order of the archive.

    Raises:
        BadInput: it is a broken zip file, or one that is no WACZ.
    """
    try:
        archive = zipfile.ZipFile(stream)
        members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise BadInput(f"its zip is broken or cut off: {error}") from error
    if len(members) > _MOST_MEMBERS:
        raise BadInput(f"its zip has more than {_MOST_MEMBERS} members")
    chosen = [member for member in members if member.filename.lower().endswith(_WARCS) and not member.is_dir()]
    if not chosen:
        raise BadInput("it is a zip file that is no WACZ: there is no WARC in it")
    for member in chosen:
        try:
            check_ratio(max(member.compress_size, 1), member.file_size)
            with archive.open(member) as packed:
                yield from warc.captures(packed, path, f"{member.filename}: ")
        except BadInput as error:
            yield Refusal(path=path, record=member.filename, reason=str(error))
        except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError) as error:
            yield Refusal(path=path, record=member.filename, reason=f"this part of the zip is damaged: {error}")
