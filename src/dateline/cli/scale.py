"""The commands for more captures than one machine can take: scale run."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.intake import Field, Preset, mapping_from
from dateline.cli.terminal import Json, app, print_json, say

scale = typer.Typer(
    help="Capture, fold and read on many machines; 'dateline add' loads what comes of it.",
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(
    scale,
    name="scale",
    short_help="Take more captures than one machine can: on all cores, or on a Ray cluster.",
    epilog="Example: dateline scale run --in crawl/ --out made/ && dateline add made/",
)


@scale.command(
    "run",
    short_help="From captures in a folder or bucket to Parquet.",
    epilog="Example: dateline scale run --in s3://pile/2021/ --out s3://pile/made --ray ray://head:10001",
)
def run(
    source: Annotated[
        str, typer.Option("--in", metavar="FOLDER|s3://…", help="Where the captures are.", show_default=False)
    ],
    out: Annotated[str, typer.Option("--out", metavar="DIR|s3://…", help="Where the result goes.", show_default=False)],
    ray: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A Ray cluster (auto, ray://host:10001); else this machine.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, show_default="one a core", help="Partitions that are taken side by side.")
    ] = None,
    partitions: Annotated[
        int | None, typer.Option(min=1, show_default="one for 16 MB", help="Into how many partitions it is cut.")
    ] = None,
    endpoint: Annotated[
        str | None,
        typer.Option(envvar="AWS_ENDPOINT_URL", metavar="URL", help="An S3 server other than Amazon's."),
    ] = None,
    preset: Preset = None,
    field: Field = None,
    json: Json = False,
) -> None:
    """Take captures of any format, fold them over the whole set and read the reports; Parquet comes out, partition by partition.

    A run that was stopped goes on where it was: the same command again does what is left. 'dateline add DIR' loads the result into an archive.
    """
    from dateline.scale.engine import Engine
    from dateline.scale.run import run
    from dateline.scale.storage import Storage

    begun: set[str] = set()

    def watch(step: str, done: int, total: int) -> None:
        if step not in begun or done == total:
            say(f"{step}: {done:,} of {total:,} partitions")
        begun.add(step)

    made = run(
        Storage(source, endpoint),
        Storage(out, endpoint),
        Engine(ray, workers),
        mapping=mapping_from(preset, field),
        partitions=partitions,
        watch=watch,
    )
    told = ", ".join(f"{number:,} {name}" for name, number in sorted(made.counts.items()) if number)
    spent = ", ".join(f"{step} {seconds:,.0f} s" for step, seconds in made.seconds.items())
    say(f"{out}: {told or 'nothing'}; processor time: {spent}")
    if json:
        print_json([{"out": out, "counts": made.counts, "seconds": made.seconds}])
    raise typer.Exit(1 if made.counts["refused"] else 0)
