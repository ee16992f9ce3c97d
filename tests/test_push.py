"""A push into a real PostgreSQL with PostGIS, which the test starts itself and takes away again."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import claimatlas
from claimatlas.cli.push import push as push_command
from claimatlas.errors import OutputError
from claimatlas.export import write_layers
from claimatlas.export.postgis import Changes, push
from factories import HOSTILE, make_small_atlas

pytestmark = pytest.mark.postgis
psycopg = pytest.importorskip("psycopg", reason="psycopg (pip install 'claimatlas[postgis]') is not installed")

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run as an unprivileged user: PostgreSQL refuses to be started by root."""
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", unprivileged_user(), "--", *words]
    return subprocess.run(words, capture_output=True, text=True, cwd="/", timeout=60)


def unprivileged_user() -> str:
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server of our own, without a database name."""
    if not PROGRAMS:
        pytest.skip("PostgreSQL (Debian package postgresql) is not installed")
    if not list(PROGRAMS[0].parents[3].glob("share/postgresql/*/extension/postgis.control")):
        pytest.skip("PostGIS (Debian package postgresql-15-postgis-3) is not installed")
    folder = Path(tempfile.mkdtemp(prefix="claimatlas-pg-"))
    data = folder / "data"
    if os.geteuid() == 0:
        shutil.chown(folder, unprivileged_user())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    programs = PROGRAMS[0]
    made = run(programs / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    assert made.returncode == 0, made.stderr
    settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    log = folder / "log"
    started = run(programs / "pg_ctl", "-D", data, "-o", settings, "-l", log, "-w", "start")
    assert started.returncode == 0, log.read_text() if log.exists() else started.stderr
    try:
        yield f"postgresql://tester@127.0.0.1:{port}"
    finally:
        run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(server: str, request: pytest.FixtureRequest) -> str:
    """A database of the test's own."""
    name = "".join(letter if letter.isalnum() else "_" for letter in request.node.name.lower())[:60]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{server}/{name}"


def query(database: str, statement: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(database) as connection:
        return connection.execute(statement).fetchall()


def test_push_writes_the_tables_with_types_and_points(database: str, collection: claimatlas.Collection) -> None:
    changes = {change.table: change for change in push(collection, database)}
    assert changes["incidents"] == Changes("incidents", written=7, removed=0, total=7)
    rows = query(database, """
        SELECT date_start, killed_min, killed_max, denied, ST_X(geom), ST_Y(geom), ST_SRID(geom), place_ar
        FROM claimatlas.incidents WHERE incident_id = 'i-soussa'
    """)  # fmt: skip
    ((day, lowest, highest, denied, x, y, srid, arabic),) = rows
    assert (str(day), lowest, highest, denied) == ("2018-11-03", 5, 16, True)
    assert (x, y, srid, arabic) == (40.9675, 34.528889, 4326, "السوسة")
    assert query(database, "SELECT geom FROM claimatlas.incidents WHERE incident_id = 'i-nowhere'") == [(None,)]
    ((headline,),) = query(database, "SELECT headline FROM claimatlas.incidents WHERE incident_id = 'i-hostile'")
    assert headline == HOSTILE
    radius = query(database, """
        SELECT round(sqrt(ST_Area(geom::geography) / pi())) FROM claimatlas.places WHERE place_id = 'ca:duma'
    """)  # fmt: skip
    assert 3_980 < radius[0][0] <= 4_000


def test_relations_join(database: str, collection: claimatlas.Collection) -> None:
    push(collection, database)
    assert query(database, """
        SELECT c.claimant FROM claimatlas.claims c JOIN claimatlas.incidents USING (incident_id)
        WHERE incident_id = 'i-soussa' ORDER BY c.claimant
    """) == [("US-led coalition",), ("activists",)]  # fmt: skip
    assert query(database, """
        SELECT r.report_id FROM claimatlas.incidents_reports JOIN claimatlas.reports r USING (report_id)
        WHERE incident_id = 'i-soussa' ORDER BY 1
    """) == [("wire-1",), ("wire-2",)]  # fmt: skip


def test_second_push_changes_nothing(database: str, collection: claimatlas.Collection) -> None:
    push(collection, database)
    before = query(database, "SELECT xmin, * FROM claimatlas.incidents ORDER BY incident_id")
    changes = push(collection, database)
    assert [(change.written, change.removed) for change in changes] == [(0, 0)] * 6
    assert query(database, "SELECT xmin, * FROM claimatlas.incidents ORDER BY incident_id") == before
    assert query(database, "SELECT count(*) FROM public.layer_styles") == [(7,)]


def test_push_follows_the_folder_and_keeps_what_others_built(
    database: str, collection: claimatlas.Collection, tmp_path: Path
) -> None:
    push(collection, database)
    with psycopg.connect(database) as connection:
        connection.execute("CREATE VIEW public.deadly AS SELECT * FROM claimatlas.incidents WHERE killed_max > 10")
    atlas = make_small_atlas()
    changed = replace(atlas.incidents[1], headline="Another sentence")
    write_layers(replace(atlas, incidents=(changed, *atlas.incidents[2:6])), tmp_path)
    changes = {change.table: change for change in push(claimatlas.read(tmp_path), database)}
    assert changes["incidents"] == Changes("incidents", written=1, removed=2, total=5)
    assert changes["claims"].removed == 2
    assert query(database, "SELECT headline FROM claimatlas.incidents WHERE incident_id = 'i-duma'") == [
        ("Another sentence",)
    ]
    assert len(query(database, "SELECT incident_id FROM public.deadly")) == 2


def test_a_failed_push_leaves_everything_as_it_was(database: str, collection: claimatlas.Collection) -> None:
    push(collection, database)
    with psycopg.connect(database) as connection:
        connection.execute("ALTER TABLE claimatlas.claims ADD CHECK (claimant <> 'nobody')")
    bad = replace(collection, claims=collection.claims.assign(claimant="nobody"),
                  incidents=collection.incidents.assign(headline="changed"))  # fmt: skip
    with pytest.raises(OutputError, match=r"was left as it was: .*violates check constraint"):
        push(bad, database)
    assert query(database, "SELECT count(*) FROM claimatlas.incidents WHERE headline = 'changed'") == [(0,)]


def test_columns_of_a_newer_version_are_added(database: str, collection: claimatlas.Collection) -> None:
    push(collection, database)
    with psycopg.connect(database) as connection:
        connection.execute("ALTER TABLE claimatlas.incidents DROP COLUMN grade_reason")
    push(collection, database)
    assert query(database, "SELECT count(*) FROM claimatlas.incidents WHERE grade_reason IS NOT NULL") == [(7,)]


def test_columns_say_what_they_mean(database: str, collection: claimatlas.Collection) -> None:
    push(collection, database)
    ((text,),) = query(database, """
        SELECT col_description('claimatlas.incidents'::regclass, ordinal_position) FROM information_schema.columns
        WHERE table_schema = 'claimatlas' AND table_name = 'incidents' AND column_name = 'radius_m'
    """)  # fmt: skip
    assert text == "Uncertainty (m). Radius of the circle the event lies in, in metres."


def test_a_strange_schema_name_is_a_name_and_no_command(database: str, collection: claimatlas.Collection) -> None:
    push(collection, database, schema='a"; DROP SCHEMA public; --')
    assert query(database, 'SELECT count(*) FROM "a""; DROP SCHEMA public; --".incidents') == [(7,)]


def test_command_says_what_it_did_and_hides_the_password(server: str, database: str, folder: Path) -> None:
    done = CliRunner().invoke(push_command, [database, "--from", str(folder)], obj={"quiet": False})
    assert done.exit_code == 0, done.output
    assert "claimatlas.incidents: 7 rows, 7 written, 0 removed" in done.output
    wrong = server.replace("tester@", "tester:secret@") + "/missing"
    with pytest.raises(OutputError, match=r"database postgresql://127\.0\.0\.1:\d+/missing was left as it was") as told:
        CliRunner().invoke(push_command, [wrong, "--from", str(folder)], obj={"quiet": False}, catch_exceptions=False)
    assert "secret" not in str(told.value)


QGIS_SCRIPT = """
import json, sys
from qgis.core import QgsApplication, QgsDataSourceUri, QgsVectorLayer
application = QgsApplication([], False); application.initQgis()
uri = QgsDataSourceUri(); host, port, name = sys.argv[1:]
uri.setConnection(host, port, name, "tester", "")
uri.setDataSource("claimatlas", "incidents", "geom", "", "incident_id")
layer = QgsVectorLayer(uri.uri(False), "incidents", "postgres")
renderer = layer.renderer()
print(json.dumps({
    "count": layer.featureCount(), "renderer": renderer.type(), "attribute": renderer.classAttribute(),
    "types": {f.name(): f.typeName() for f in layer.fields()}, "alias": layer.attributeDisplayName(0),
}))
del layer; application.exitQgis()
"""


@pytest.mark.qgis
def test_qgis_opens_the_table_styled(database: str, collection: claimatlas.Collection) -> None:
    python = "/usr/bin/python3"
    if subprocess.run([python, "-c", "import qgis.core"], capture_output=True).returncode != 0:
        pytest.skip("QGIS's Python (Debian package python3-qgis) is not installed")
    push(collection, database)
    address, _, name = database.removeprefix("postgresql://tester@").partition("/")
    host, _, port = address.partition(":")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [python, "-c", QGIS_SCRIPT, host, port, name]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    described = json.loads(done.stdout)
    assert described["count"] == 7
    assert (described["renderer"], described["attribute"]) == ("categorizedSymbol", "color_actor")
    assert described["types"]["date_start"] == "date"
    assert described["types"]["killed_min"] == "int4"
    assert described["alias"] == "Incident"
