"""The command line: each command reads options, calls one function and prints a short summary."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from typing import Any

import click

from claimatlas import __version__
from claimatlas.errors import ClaimatlasError

# Commands are imported when they are called, so that `claimatlas --help` does not wait for geopandas.
COMMANDS: dict[str, tuple[str, str]] = {
    "map": ("claimatlas.cli.collection:map_command", "Read reports and write the map and the layers."),
    "extract": ("claimatlas.cli.extraction:extract", "Write one JSON object per report: what it says happened."),
    "evaluate": ("claimatlas.cli.extraction:evaluate", "Score extracted incidents against coded ones."),
    "geocode": ("claimatlas.cli.places:geocode", "Find a place by its name."),
    "gazetteer": ("claimatlas.cli.places:gazetteer", "Look after the gazetteer."),
    "check": ("claimatlas.cli.collection:check", "Say what is doubtful in an output folder."),
    "diff": ("claimatlas.cli.collection:diff", "Say what changed between two output folders."),
    "compare": ("claimatlas.cli.collection:compare", "Match incidents to a table of other records."),
    "review": ("claimatlas.cli.collection:review", "Decide the doubtful cases, most doubtful first."),
    "push": ("claimatlas.cli.push:push", "Write the layers into a PostGIS database."),
}


# Options of every command, which people write before or behind its name.
EVERYWHERE = frozenset({"--quiet", "-q", "--verbose", "-v"})


# What shells use for a program that was stopped by Ctrl-C.
STOPPED = 130


class LazyGroup(click.Group):
    """A group that knows its commands' names and imports each one only when it is called."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take `--quiet` and `--verbose` from wherever they stand; what follows a lone `--` is left alone."""
        end = args.index("--") if "--" in args else len(args)
        own = [arg for arg in args[:end] if arg in EVERYWHERE]
        others = [arg for arg in args[:end] if arg not in EVERYWHERE]
        return super().parse_args(ctx, [*own, *others, *args[end:]])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whoever stops it by hand gets a code of its own, since 1 says that the work was done."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\nclaimatlas: stopped. Each file written so far is whole; run it again to finish.", err=True)
            sys.exit(STOPPED)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module that holds the command."""
        if cmd_name not in COMMANDS:
            return None
        module_name, attribute = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module_name), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from their one-line texts, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="claimatlas")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
@click.option("--verbose", "-v", is_flag=True, help="Say every step and every doubt.")
@click.pass_context
def cli(ctx: click.Context, quiet: bool, verbose: bool) -> None:
    """Read news reports of civilian harm, say who claims what, and map it.

    --quiet and --verbose may stand before or behind a command.

    Example: claimatlas map seeds/ -o output/
    """
    ctx.obj = {"quiet": quiet, "verbose": verbose}


def main(args: list[str] | None = None) -> None:
    """Run the command line; known errors become one sentence and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        _use_utf8(stream)
    try:
        cli.main(args=args, prog_name="claimatlas", standalone_mode=True)
    except ClaimatlasError as error:
        click.echo(f"claimatlas: {error}", err=True)
        sys.exit(2)
    except OSError as error:
        # Files have sentences of their own; what is left is mostly standard output on a full disk.
        where = f" ({error.filename})" if error.filename else ", where the results go"
        remedy = "make room" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "choose another path"
        click.echo(f"claimatlas: {error.strerror or error}{where}; {remedy} and run it again.", err=True)
        _let_go_of_stdout()
        sys.exit(2)


def _let_go_of_stdout() -> None:
    # What could not be written would be tried again when Python ends, and fail a second time.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _use_utf8(stream: Any) -> None:
    # Arabic names must not crash a terminal with a legacy code page.
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="replace")
