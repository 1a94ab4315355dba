"""The command that shows an archive in the browser."""

from __future__ import annotations

import ipaddress
import socket
from typing import Annotated
from urllib.parse import quote, urlencode

import typer

from dateline.cli.terminal import DEFAULT_ARCHIVE, ArchiveFile, app, archive_at, say
from dateline.errors import DatelineError

PORT = 8765


@app.command(short_help="Show the archive in the browser.", epilog="Example: dateline serve --open")
def serve(
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help=f"The port; without one {PORT}, or a free one if that is taken."),
    ] = None,
    host: Annotated[
        str, typer.Option(help="The address to listen on. Any other than this machine's own needs --token.")
    ] = "127.0.0.1",
    open: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="DATELINE_TOKEN",
            help="What every visitor must show once, as ?token=…; for a machine that others use too.",
        ),
    ] = None,
) -> None:
    """Show the archive in the browser: chronicle, reports, actors, figures, disputes, each line leading to its words."""
    local = is_loopback(host)
    if token is not None and len(token) < 8:
        raise DatelineError("--token", "give it eight characters or more")
    if not local and not token:
        raise DatelineError("--host", f"{host} can be reached from other machines: give a --token too")
    with archive_at(archive) as opened:
        place = opened.place
        opened.relink()  # pages are made of what is linked; what is wrong with the archive is told before the server starts
    import uvicorn

    from dateline.web.app import create_app

    listening = _listening(host, port)
    number = listening.getsockname()[1]
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "localhost") else host
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{number}/"
    served = create_app(archive, token=token, hosts=[host] if local else [host, socket.gethostname(), "*"])
    entrance = f"{address}?{urlencode({'token': token}, quote_via=quote)}" if token else address
    say(f"Dateline shows {place} at {entrance} (Ctrl-C stops)")
    if open:
        import threading
        import webbrowser

        threading.Timer(0.6, webbrowser.open, [entrance]).start()
    # No access log: an address may hold the token, and what is asked of an archive is nobody's business.
    server = uvicorn.Server(uvicorn.Config(served, log_level="warning", access_log=False, server_header=False))
    server.run(sockets=[listening])


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own, which no other machine can reach."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listening(host: str, port: int | None) -> socket.socket:
    """A socket that listens.

    Raises:
        DatelineError: the port is taken, or there is no such address.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in [PORT, 0] if port is None else [port]:
        bound = socket.socket(family, socket.SOCK_STREAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((host, number))
            bound.listen(128)
        except OSError as error:
            bound.close()
            why = error.strerror or str(error)
        else:
            return bound
    raise DatelineError("--port" if port else "--host", f"cannot listen on {host}{f':{port}' if port else ''} ({why})")
