"""The command `push`: an output folder into a PostGIS database."""

from __future__ import annotations

from pathlib import Path

import click

from claimatlas.records.wording import count_of


@click.command()
@click.argument("url", metavar="URL")
@click.option(
    "--from", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=Path("output"),
    show_default=True, help="The output folder to push.",
)  # fmt: skip
@click.option("--schema", default="claimatlas", show_default=True, help="Schema of the tables.")
@click.pass_obj
def push(options: dict[str, bool], url: str, folder: Path, schema: str) -> None:
    """Write the layers of an output folder into the PostGIS database at URL, all or nothing.

    A second push changes only what has changed since. A password can stand in PGPASSWORD or ~/.pgpass.

    Example: claimatlas push postgresql://team@localhost/monitoring --from output/
    """
    from claimatlas.api import read
    from claimatlas.export.postgis import push as push_collection

    changes = push_collection(read(folder), url, schema)
    if options["quiet"]:
        return
    for change in changes:
        done = f"{count_of(change.total, 'row')}, {change.written} written, {change.removed} removed"
        click.echo(f"{schema}.{change.table}: {done}", err=True)
