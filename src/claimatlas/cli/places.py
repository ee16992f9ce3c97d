"""The commands `geocode` and `gazetteer`."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from claimatlas.cli.options import to_file_or_stdout
from claimatlas.errors import GazetteerError, InputError
from claimatlas.files import write_bytes
from claimatlas.garbage import rare_collector, spare_loaded
from claimatlas.records.wording import count_of

if TYPE_CHECKING:
    from claimatlas.gazetteer import Gazetteer
    from claimatlas.model import Candidate, Location

# What `geocode --csv` adds to a table.
ADDED_COLUMNS = ("place_id", "matched_name", "matched_governorate", "lat", "lon", "precision", "score")


@click.command()
@click.argument("name", required=False)
@click.option("--governorate", "-g", help="The governorate the place is said to lie in, in any spelling.")
@click.option("--name-ar", help="The same name in Arabic script, if both are known.")
@click.option(
    "--csv",
    "table",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="A table with the columns name and/or name_ar; `-`: stdin.",
)
@to_file_or_stdout
@click.option(
    "--online",
    is_flag=True,
    help="Ask OpenStreetMap's Nominatim about what is not found; one question a second, answers are kept.",
)
@click.option("--user-agent", help="How to introduce yourself to an online service; its operators ask for it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
@click.pass_obj
def geocode(
    options: dict[str, bool],
    name: str | None,
    governorate: str | None,
    name_ar: str | None,
    table: Path | None,
    output: Path | None,
    online: bool,
    user_agent: str | None,
    as_json: bool,
) -> None:
    """Find a place by its name or a description ("5 km south of Hajin"), or all places of a table.

    A name that no place convincingly answers to stays without one.

    Example: claimatlas geocode "al-Shaafa" --governorate "Deir ez-Zor"
    """
    names = [text for text in (name, name_ar) if text and text.strip()]
    if table is None and not names:
        raise click.UsageError("Give a name, or a table with --csv FILE.")
    if table is not None and names:
        raise click.UsageError("Give either a name or a table with --csv FILE, not both.")
    from claimatlas.gazetteer import load_gazetteer

    with rare_collector():
        gazetteer = load_gazetteer()
        spare_loaded()
        fallback = _online_fallback(user_agent) if online else None
        if table is not None:
            sys.exit(_geocode_table(table, output, gazetteer, fallback, quiet=options["quiet"]))
        sys.exit(_geocode_name(name, name_ar, governorate, gazetteer, fallback, as_json=as_json))


def _online_fallback(user_agent: str | None) -> Any:
    from claimatlas.geocoder import OnlineFallback

    return OnlineFallback(user_agent=user_agent)


def _geocode_name(
    name: str | None,
    name_ar: str | None,
    governorate: str | None,
    gazetteer: Gazetteer,
    fallback: Any,
    *,
    as_json: bool,
) -> int:
    from claimatlas.geocode import locate
    from claimatlas.geocode.candidates import Context, rank_candidates
    from claimatlas.model import to_dict

    asked, also = (name, (name_ar,) if name_ar else ()) if name else (name_ar or "", ())
    area = _find_governorate(governorate, gazetteer)
    context = Context(governorate=area, also=also)
    location = locate(asked, gazetteer, context)
    if location is None and fallback is not None:
        location = fallback.locate(asked, area)
    candidates = location.rejected if location is not None else tuple(rank_candidates(asked, gazetteer, context)[:5])
    if as_json:
        found = None if location is None else to_dict(location)
        click.echo(msgspec.json.encode({"name": asked, "location": found, "candidates": to_dict(candidates)}).decode())
        return 0
    _print_location(asked, location, candidates)
    return 0


def _find_governorate(text: str | None, gazetteer: Gazetteer) -> str | None:
    """The governorate that an option names, or None without the option.

    Raises:
        InputError: No governorate is called so.
    """
    found = gazetteer.governorate_named(text)
    if text and found is None:
        raise InputError(f"No governorate is called {text!r}; known are {', '.join(sorted(gazetteer.governorates))}.")
    return found


def _print_location(asked: str, location: Location | None, candidates: Iterable[Candidate]) -> None:
    if location is None:
        click.echo(f"{asked}: no place is convincing.")
    else:
        place = location.place
        title = asked if place is None else f"{place.name}{f' ({place.name_ar})' if place.name_ar else ''}"
        area = ", ".join(part for part in ((place.district if place else None), location.governorate) if part)
        click.echo(f"{title}{f', {area}' if area else ''}")
        click.echo(
            f"  {location.latitude:.5f}, {location.longitude:.5f}  precision {location.precision}, "
            f"radius {location.radius_m} m, score {location.score:.2f}"
        )
        if place is not None:
            click.echo(f"  {place.id}  {location.reason}")
        else:
            click.echo(f"  {location.reason}")
        for flag in location.flags:
            click.echo(f"  Note: {flag}")
    listed = list(candidates)
    if listed:
        click.echo("  Other candidates:" if location is not None else "  Candidates:")
    for candidate in listed:
        where = candidate.place.governorate or "?"
        click.echo(
            f"    {candidate.score:.2f}  {candidate.place.name}, {where} "
            f"({candidate.place.kind}, {candidate.place.id}): {', '.join(candidate.reasons)}"
        )


def _geocode_table(path: Path, output: Path | None, gazetteer: Gazetteer, fallback: Any, *, quiet: bool) -> int:
    stream = io.StringIO(newline="")
    counts, problems = _write_table(_read_table(path), stream, gazetteer, fallback)
    data = stream.getvalue().encode("utf-8")
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        write_bytes(output, data)
    for problem in problems:
        click.echo(problem, err=True)
    if not quiet:
        click.echo(f"{count_of(counts[0], 'name')} read, {counts[1]:,} located.", err=True)
    return 1 if problems else 0


def _read_table(path: Path) -> Iterator[list[str]]:
    """The rows of a CSV file (comma, semicolon or tab), the header first."""
    from claimatlas.sheets import parse_csv
    from claimatlas.text.decoding import decode

    source = "Standard input" if str(path) == "-" else str(path)
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); is the path right?") from error
    decoded = decode(data)
    if decoded is None:
        raise InputError(f"{source} is no text; save the table as CSV in UTF-8.")
    if decoded[1]:
        click.echo(f"{source}: {decoded[1]} characters could not be read; save the table in UTF-8.", err=True)
    rows = parse_csv(decoded[0], source)
    header = next(rows, None)
    if header is None:
        raise InputError(f"{source} is empty; give it a header line and a name a row.")
    if not {"name", "name_ar"} & {column.strip().lower() for column in header}:
        raise InputError(
            f"{source} has no column called name or name_ar (it has {', '.join(header)}); "
            "rename the one with the place names."
        )
    yield header
    yield from rows


def _write_table(
    rows: Iterator[list[str]], stream: io.StringIO, gazetteer: Gazetteer, fallback: Any
) -> tuple[tuple[int, int], list[str]]:
    header = next(rows)
    columns = {column.strip().lower(): i for i, column in enumerate(header)}
    problems = [f"The table's own column {column} is replaced." for column in ADDED_COLUMNS if column in columns]
    kept = [i for i, column in enumerate(header) if column.strip().lower() not in ADDED_COLUMNS]
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*(header[i] for i in kept), *ADDED_COLUMNS])
    unknown: dict[str, int] = {}
    read = located = 0
    for row in rows:
        row += [""] * (len(header) - len(row))
        name, name_ar, given = (
            row[columns[column]].strip() if column in columns else "" for column in ("name", "name_ar", "governorate")
        )
        governorate = gazetteer.governorate_named(given)
        if given and governorate is None:
            unknown[given] = unknown.get(given, 0) + 1
        location = _locate(name, name_ar, governorate, gazetteer, fallback)
        read += 1
        located += location is not None
        writer.writerow([*(row[i] for i in kept), *_cells(location)])
    problems += [
        f"The governorate {given!r} is not known; it was left out ({count_of(count, 'row')})."
        for given, count in sorted(unknown.items())
    ]
    return (read, located), problems


def _locate(name: str, name_ar: str, governorate: str | None, gazetteer: Gazetteer, fallback: Any) -> Location | None:
    from claimatlas.geocode import locate
    from claimatlas.geocode.candidates import Context

    asked = name or name_ar
    if not asked:
        return None
    location = locate(asked, gazetteer, Context(governorate=governorate, also=(name_ar,) if name and name_ar else ()))
    if location is None and fallback is not None:
        location = fallback.locate(asked, governorate)
    return location


def _cells(location: Location | None) -> list[str]:
    if location is None:
        return [""] * len(ADDED_COLUMNS)
    return [
        location.place.id if location.place else "", location.matched_name or "", location.governorate or "",
        f"{location.latitude:.6f}", f"{location.longitude:.6f}", location.precision.value, f"{location.score:.3f}",
    ]  # fmt: skip


@click.group()
def gazetteer() -> None:
    """Look after the gazetteer: faults, names, entries of your own, outside gazetteers, other formats.

    Example: claimatlas gazetteer import cod syr_admin4.xlsx
    """


@gazetteer.command("check", short_help="Say every fault of the gazetteer.")
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def check(folder: Path | None, as_json: bool) -> None:
    """Say every fault of the curated gazetteer, or of the one in FOLDER.

    Example: claimatlas gazetteer check
    """
    from claimatlas.gazetteer.curated import check_gazetteer, read_curated
    from claimatlas.resources import data_folder

    if folder is not None and not (folder / "places.csv").is_file():
        raise InputError(f"{folder} holds no places.csv; name the folder of a gazetteer.")
    entries, patches = read_curated(folder or data_folder("gazetteer"))
    faults = check_gazetteer(entries, patches)
    if as_json:
        click.echo(msgspec.json.encode({"places": len(entries), "faults": faults}).decode())
    else:
        for fault in faults:
            click.echo(fault)
        names = sum(len(entry.names) for entry in entries)
        click.echo(
            f"{count_of(len(entries), 'place')} with {count_of(names, 'name')}, "
            f"{count_of(len(faults), 'fault') if faults else 'no faults'}.",
            err=True,
        )
    sys.exit(1 if faults else 0)


@gazetteer.command("lookup", short_help="Show what a name may mean, with all spellings.")
@click.argument("name")
@click.option("--governorate", "-g", help="Only places of this governorate count as likely.")
@click.option("--limit", default=10, show_default=True, help="How many candidates to show.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def lookup(name: str, governorate: str | None, limit: int, as_json: bool) -> None:
    """Show the places a NAME or an id may mean, with all their spellings.

    Example: claimatlas gazetteer lookup "Tal Abyad"
    """
    from claimatlas.gazetteer import load_gazetteer
    from claimatlas.geocode.candidates import Context, rank_candidates
    from claimatlas.model import to_dict

    if not name.strip():
        raise InputError("Give the name or the id of a place.")
    loaded = load_gazetteer()
    ids = {entry.place.id for entry in loaded.entries}
    if name in ids:
        found = [(loaded.entry(name), 1.0)]
    else:
        context = Context(governorate=_find_governorate(governorate, loaded))
        found = [(loaded.entry(c.place.id), c.score) for c in rank_candidates(name, loaded, context)[:limit]]
    if as_json:
        click.echo(msgspec.json.encode([{"score": score, **to_dict(entry)} for entry, score in found]).decode())
        return
    if not found:
        click.echo(f"No place is spelt anything like {name}.")
    for entry, score in found:
        place = entry.place
        area = ", ".join(part for part in (place.subdistrict, place.district, place.governorate) if part)
        click.echo(
            f"{score:.2f}  {place.id}  {place.name}, {area} ({place.kind.replace('_', ' ')}, "
            f"{place.latitude:.4f}, {place.longitude:.4f}; {place.source or 'no source'})"
        )
        click.echo("      " + "; ".join(n.name if n.strong else f"({n.name})" for n in entry.names))


@gazetteer.command("add", short_help="Add a place of your own to your store.")
@click.argument("name")
@click.option("--lat", required=True, type=float, help="Degrees north.")
@click.option("--lon", required=True, type=float, help="Degrees east.")
@click.option("--kind", default="village", show_default=True, help="village, town, neighbourhood, camp, hospital …")
@click.option("--name-ar", help="The name in Arabic script.")
@click.option("--governorate", "-g", help="The governorate, in any spelling.")
@click.option("--district", help="The district.")
@click.option("--also", multiple=True, help="Another spelling; may be given again.")
@click.option("--radius-km", type=float, help="Radius of the place; default: by its kind.")
@click.option("--id", "place_id", help="An id; default: made from the name.")
@click.option("--source", default="own knowledge", show_default=True, help="Where you know it from.")
@click.option("--note", default="", help="A remark.")
def add(
    name: str,
    lat: float,
    lon: float,
    kind: str,
    name_ar: str | None,
    governorate: str | None,
    district: str | None,
    also: tuple[str, ...],
    radius_km: float | None,
    place_id: str | None,
    source: str,
    note: str,
) -> None:
    """Add a place of your own; it is kept in your store, beside the gazetteer.

    Example: claimatlas gazetteer add "Tal Example" --lat 36.1 --lon 37.2 --kind village
    """
    import re

    from claimatlas.gazetteer import load_gazetteer
    from claimatlas.gazetteer.curated import add_place
    from claimatlas.gazetteer.entries import KINDS, Entry, PlaceName
    from claimatlas.layers import load_layers
    from claimatlas.model import Place
    from claimatlas.names import keys as namekeys
    from claimatlas.resources import user_store

    if kind not in KINDS:
        raise InputError(f"{kind!r} is no kind of place; choose one of {', '.join(KINDS)}.")
    if not -90 <= lat <= 90 or not -180 <= lon <= 180:
        raise InputError(f"{lat}, {lon} is nowhere on earth; are latitude and longitude swapped?")
    store = user_store()
    loaded = load_gazetteer(store)
    chosen = place_id or "my:" + (re.sub(r"[^a-z0-9]+", "-", namekeys.fold_latin(name)).strip("-") or "place")
    near = loaded.near(lat, lon, 10.0)
    area = _find_governorate(governorate, loaded) or (near[0][1].place.governorate if near else None)
    place = Place(
        id=chosen, kind=kind, name=name, name_ar=name_ar, latitude=lat, longitude=lon,
        radius_km=radius_km or KINDS[kind], governorate=area, district=district, source=source,
    )  # fmt: skip
    texts = [name, *([name_ar] if name_ar else []), *also]
    names = tuple(
        PlaceName(text, "ar" if namekeys.is_arabic(text) else "en", True, source) for text in dict.fromkeys(texts)
    )
    if chosen in {entry.place.id for entry in loaded.entries}:
        raise GazetteerError(f"The id {chosen} is taken; choose another with --id.")
    add_place(Entry(place, names, note=note), store)
    click.echo(f"{chosen} is in {store / 'places.csv'}.", err=True)
    if not load_layers().is_in_country(lat, lon):
        click.echo(f"{lat}, {lon} lies outside Syria; if that is a slip, delete the row {chosen} there.", err=True)


@gazetteer.command("import", short_help="Join OCHA's list, GeoNames, … to yours.")
@click.argument("source", type=click.Choice(["cod", "geonames", "wof", "lpf"]))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--alternate-names",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="GeoNames' table of alternate names.",
)
@click.pass_obj
def import_command(options: dict[str, bool], source: str, file: Path, alternate_names: Path | None) -> None:
    """Join an outside gazetteer to yours: OCHA's list, GeoNames, Who's On First or Linked Places.

    Curated places keep their facts and gain spellings. Importing a file of the same name again replaces it.

    Example: claimatlas gazetteer import cod syr_admin4_places.csv
    """
    from claimatlas.gazetteer import load_gazetteer
    from claimatlas.importers import import_file
    from claimatlas.resources import user_store

    store = user_store()
    imported = import_file(source, file, store, alternate_names=alternate_names)
    loaded = load_gazetteer(store)
    if not options["quiet"]:
        skipped = "".join(
            f", {count_of(count, 'row')} skipped ({why})" for why, count in sorted(imported.skipped.items())
        )
        click.echo(
            f"{count_of(len(imported.entries), 'place')} read from {file.name}{skipped}; "
            f"the gazetteer now holds {count_of(len(loaded), 'place')}.",
            err=True,
        )


@gazetteer.command("export", short_help="Write it as Linked Places, GeoJSON or CSV.")
@click.argument("form", type=click.Choice(["lpf", "geojson", "csv"]))
@to_file_or_stdout
@click.option("--curated", is_flag=True, help="Only the curated places, without what you imported or added.")
def export(form: str, output: Path | None, curated: bool) -> None:
    """Write the gazetteer as Linked Places, GeoJSON or CSV.

    Example: claimatlas gazetteer export lpf -o places.lpf.json
    """
    from claimatlas.gazetteer import load_gazetteer
    from claimatlas.gazetteer.curated import read_curated
    from claimatlas.gazetteer.exporting import export_gazetteer
    from claimatlas.resources import data_folder

    entries = read_curated(data_folder("gazetteer"))[0] if curated else load_gazetteer().entries
    data = export_gazetteer(entries, form)
    if output is None:
        sys.stdout.buffer.write(data)
        return
    write_bytes(output, data)
