"""Where a run on many machines reads and writes: a folder that all of them see, or object storage that speaks S3."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

from dateline.errors import DatelineError

if TYPE_CHECKING:
    import pyarrow as pa

_S3 = "s3://"
_REGION = "us-east-1"  # what a server of one's own takes for any


class Storage:
    """A folder, or a bucket and what its keys begin with. It can be pickled: each worker opens its own connections.

    Credentials come from the environment of each process (``AWS_ACCESS_KEY_ID`` and so on, or the machine's role), and so does the
    server where ``endpoint`` names none (``AWS_ENDPOINT_URL``).

    Args:
        address: a path, or ``s3://bucket/prefix``.
        endpoint: the address of an S3 server that is not Amazon's.
    """

    def __init__(self, address: str, endpoint: str | None = None) -> None:
        self.remote = address.startswith(_S3)
        self.address = address.rstrip("/") if self.remote else os.path.abspath(address)
        self.endpoint = (endpoint or os.environ.get("AWS_ENDPOINT_URL")) if self.remote else None

    def __str__(self) -> str:
        return self.address

    def at(self, name: str) -> str:
        """The whole address of a name in it; one that is whole already stays."""
        return name if name.startswith(self.address) else f"{self.address}/{name}".rstrip("/")

    def name(self, address: str) -> str:
        """The name of a whole address in it; the engine gives addresses without what tells of their kind, or with it."""
        bare = address.removeprefix("file://").removeprefix(_S3)
        return bare.removeprefix(f"{self.address.removeprefix(_S3)}/")

    # ── small files ───────────────────────────────────────────────────────────────────────────────────────────────

    def read(self, name: str) -> bytes | None:
        """What a file holds, None where there is none."""
        try:
            with self._files().open_input_stream(self._path(name)) as stream:
                data: bytes = stream.read()
                return data
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Put a file, whole or not at all."""
        with self._whole(name) as stream:
            stream.write(data)

    def names(self, folder: str = "") -> list[tuple[str, int]]:
        """The files at any depth of a folder, or a file itself, each with its size, in order of their names."""
        from pyarrow.fs import FileSelector, FileType

        files, base = self._files(), self._path(folder)
        found = files.get_file_info([base])
        if found[0].type != FileType.File:
            found = files.get_file_info(FileSelector(base, allow_not_found=True, recursive=True))
        start = len(self._path("")) + 1
        return sorted((each.path[start:], each.size) for each in found if each.type == FileType.File)

    @contextmanager
    def local(self, name: str) -> Iterator[Path]:
        """A file as one on this machine: itself in a folder, else a copy that is gone afterwards."""
        if not self.remote:
            yield Path(self.at(name))
            return
        with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
            copy = Path(folder) / "input"
            with self._files().open_input_stream(self._path(name)) as source, copy.open("wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
            yield copy

    # ── tables ────────────────────────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def table(self, name: str, schema: pa.Schema) -> Iterator[Table]:
        """A Parquet file to write row by row; it gets its name when it is whole, and none where writing fails."""
        import pyarrow.parquet as pq

        with self._whole(name) as stream, pq.ParquetWriter(stream, schema, compression="zstd") as writer:
            rows = Table(writer, schema)
            yield rows
            rows.flush()

    def rows(
        self, name: str, columns: Sequence[str] | None = None, at_once: int = 256
    ) -> Iterator[list[dict[str, Any]]]:
        """The rows of a Parquet file in batches."""
        import pyarrow.parquet as pq

        with self._files().open_input_file(self._path(name)) as stream:
            for batch in pq.ParquetFile(stream).iter_batches(at_once, columns=columns):
                yield batch.to_pylist()

    def engine(self) -> Any:
        """How the engine gets at it (Daft's ``IOConfig``)."""
        from daft.io import IOConfig, S3Config

        if not self.remote:
            return IOConfig()
        options: dict[str, Any] = {"region_name": os.environ.get("AWS_REGION", _REGION) if self.endpoint else None}
        if self.endpoint:
            options |= {"endpoint_url": self.endpoint, "use_ssl": self.endpoint.startswith("https")}
        return IOConfig(s3=S3Config(**options))

    # ── how it is done ────────────────────────────────────────────────────────────────────────────────────────────

    def _path(self, name: str) -> str:
        return self.at(name).removeprefix(_S3)

    def _files(self) -> Any:
        try:
            from pyarrow.fs import LocalFileSystem, S3FileSystem
        except ImportError as error:
            raise DatelineError(
                self.address, "needs pyarrow, of the extra 'tables' or 'cluster': pip install dateline[tables]"
            ) from error
        if not self.remote:
            return LocalFileSystem()
        if not self.endpoint:
            return S3FileSystem()
        scheme, host, *_ = urlsplit(self.endpoint)
        return S3FileSystem(endpoint_override=host, scheme=scheme, region=os.environ.get("AWS_REGION", _REGION))

    @contextmanager
    def _whole(self, name: str) -> Iterator[IO[bytes]]:
        """A stream to a file which is there when all of it is there."""
        if self.remote:  # an upload that is not completed leaves no object, and a later one replaces an earlier
            yield from self._uploaded(name)
            return
        path = Path(self.at(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
        try:
            with beside.open("wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(path)
        finally:
            with suppress(FileNotFoundError):
                beside.unlink()

    def _uploaded(self, name: str) -> Iterator[IO[bytes]]:
        with tempfile.TemporaryFile() as stream:
            yield stream
            stream.seek(0)
            with self._files().open_output_stream(self._path(name)) as target:
                shutil.copyfileobj(stream, target, 8 << 20)


class Table:
    """A Parquet file that is being written: rows are gathered, and written in groups of bounded size."""

    _ROWS = 1024
    _BYTES = 32 << 20

    def __init__(self, writer: Any, schema: pa.Schema) -> None:
        self._writer, self._schema = writer, schema
        self._rows: list[dict[str, Any]] = []
        self._size = 0
        self.count = 0

    def put(self, row: dict[str, Any]) -> None:
        """Add a row."""
        self._rows.append(row)
        self._size += sum(len(value) for value in row.values() if isinstance(value, bytes | str))
        self.count += 1
        if len(self._rows) >= self._ROWS or self._size >= self._BYTES:
            self.flush()

    def flush(self) -> None:
        """Write what was gathered."""
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, self._schema))
            self._rows, self._size = [], 0
