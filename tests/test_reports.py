import datetime as dt
import io
import json
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from claimatlas.model import Issue, Report
from claimatlas.reports import find_inputs, read_reports


def read(*inputs: Path) -> tuple[list[Report], list[Issue]]:
    items = list(read_reports(list(inputs)))
    return [i for i in items if isinstance(i, Report)], [i for i in items if isinstance(i, Issue)]


def test_a_text_file_is_a_report_named_after_it(tmp_path: Path) -> None:
    (tmp_path / "a1.txt").write_text("Five people were killed near Manbij.\n", encoding="utf-8")
    (report,), issues = read(tmp_path)
    assert (report.id, report.lang, report.source, issues) == ("a1", "en", "a1.txt", [])


def test_metadata_beside_text_files_fills_the_fields(tmp_path: Path) -> None:
    (tmp_path / "a1.txt").write_text("Five were killed.", encoding="utf-8")
    (tmp_path / "reports.csv").write_text(
        "id,publisher,published,title,url\na1,Wire,2018-07-17,Five dead,https://example.org/a1\n", encoding="utf-8"
    )
    (report,), issues = read(tmp_path)
    assert report.published == dt.date(2018, 7, 17)
    assert (report.publisher, report.title, report.url) == ("Wire", "Five dead", "https://example.org/a1")
    assert issues == []


def test_metadata_may_be_yaml(tmp_path: Path) -> None:
    (tmp_path / "a1.txt").write_text("Five were killed.", encoding="utf-8")
    (tmp_path / "reports.yml").write_text("a1: {published: 2018-07-17}\nb2: {title: x}\n", encoding="utf-8")
    (report,), issues = read(tmp_path)
    assert report.published == dt.date(2018, 7, 17)
    assert [issue.report_id for issue in issues] == ["b2"]


def test_a_header_supplies_fields_and_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: Raid\npublished: 2019-01-02\n---\nTwo died.\n", encoding="utf-8")
    (report,), _ = read(tmp_path)
    assert (report.title, report.published, report.text) == ("Raid", dt.date(2019, 1, 2), "Two died.\n")


def test_words_between_two_lines_are_no_header_and_are_read(tmp_path: Path) -> None:
    words = "---\nTwo people were killed in Douma.\n---\nThe raid lasted an hour.\n"
    (tmp_path / "a.md").write_text(words, encoding="utf-8")
    (report,), _ = read(tmp_path)
    assert "Two people were killed" in report.text
    assert "The raid lasted" in report.text


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_of_reports_may_have_any_usual_delimiter(tmp_path: Path, delimiter: str) -> None:
    rows = (("id", "published", "text"), ("a1", "2018-07-17", "Two people were killed in Douma."))
    (tmp_path / "a.csv").write_text("\n".join(delimiter.join(row) for row in rows), encoding="utf-8")
    (report,), issues = read(tmp_path)
    assert (report.id, report.text, issues) == ("a1", "Two people were killed in Douma.", [])


@pytest.mark.parametrize("beginning", [b"%PDF-1.7\nTwo people were killed.", b"PK\x03\x04", b"{\\rtf1 Two died."])
def test_a_renamed_document_is_named_for_what_it_is(tmp_path: Path, beginning: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(beginning)
    reports, (issue,) = read(tmp_path)
    assert reports == []
    assert "whatever its name says; save its text as .txt." in issue.reason


def test_what_was_written_beside_the_reports_is_no_report(tmp_path: Path) -> None:
    for name in ("incidents.geojson", "claimatlas.qgs", "map.html", "incidents.csv", "issues.jsonl", "grouping.json"):
        (tmp_path / name).write_text("Five people were killed near Manbij.", encoding="utf-8")
    (tmp_path / "interchange").mkdir()
    (tmp_path / "interchange" / "acled.csv").write_text("id,text\n1,Five were killed.\n", encoding="utf-8")
    reports, (issue,) = read(tmp_path)
    assert reports == []
    assert issue.reason.endswith("holds nothing but what `claimatlas map` wrote; name the folder of the reports.")
    (tmp_path / "a1.txt").write_text("Five people were killed near Manbij.", encoding="utf-8")
    (report,), issues = read(tmp_path)
    assert (report.id, issues) == ("a1", [])


def test_a_fault_of_a_header_is_told_with_its_line_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text('---\npublisher: x\ntitle: "unclosed\n---\nTwo died.\n', encoding="utf-8")
    _, (issue,) = read(tmp_path)
    assert issue.reason.startswith("The header of a.txt cannot be read (line 3: ")
    assert "<unicode string>" not in issue.reason


def test_a_broken_header_is_named_and_the_text_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("---\ntitle: [unclosed\n---\nTwo died.\n", encoding="utf-8")
    (report,), (issue,) = read(tmp_path)
    assert report.text == "Two died.\n"
    assert "a.txt" in issue.reason


def test_json_lines_give_a_report_a_line_and_name_broken_ones(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    lines = [
        json.dumps({"id": "x", "lang": "ar", "published": "2018-07-17", "text": "قتل خمسة."}, ensure_ascii=False),
        "{broken",
        "[1]",
        "",
        json.dumps({"text": 5}),
        json.dumps({"text": "No id here, but two died."}),
    ]
    path.write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    reports, issues = read(path)
    assert [report.id for report in reports] == ["x", "r-6"]
    assert len(issues) == 3
    assert all(str(number) in issue.reason for number, issue in zip((2, 3, 5), issues, strict=True))


def test_a_table_gives_a_report_a_row(tmp_path: Path) -> None:
    rows = ["id;Text;published", '1;"Two; died";2018-01-02', "2;;", "", "3;Three died;", ""]
    (tmp_path / "t.csv").write_text("\n".join(rows), encoding="utf-8")
    reports, issues = read(tmp_path / "t.csv")
    assert [(report.id, report.text) for report in reports] == [("1", "Two; died"), ("3", "Three died")]
    assert [issue.kind for issue in issues] == ["empty"]


def test_a_table_without_texts_says_which_columns_it_has(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("name,body\na,b\n", encoding="utf-8")
    _, (issue,) = read(tmp_path / "t.csv")
    assert "name, body" in issue.reason


def test_a_table_called_reports_with_texts_is_read_as_reports(tmp_path: Path) -> None:
    (tmp_path / "reports.csv").write_text("id,text\na,Two died.\n", encoding="utf-8")
    (report,), issues = read(tmp_path)
    assert (report.id, issues) == ("a", [])


PAGE = """<!doctype html><html lang="en"><head><title>Raid kills two - The Wire</title>
<meta property="og:site_name" content="The Wire"><meta property="og:title" content="Raid kills two">
<meta property="article:published_time" content="2018-07-17T10:00:00Z">
<link rel="canonical" href="https://example.org/raid"></head><body><nav>Home News Sport</nav><article>
<h1>Raid kills two</h1>
<p>Two people were killed on Tuesday when a raid hit a bakery in the town of Manbij, residents said.</p>
<p>The town's hospital said that five more people, three of them children, had been brought in with wounds that day.</p>
</article><footer>All rights reserved</footer></body></html>"""


def test_a_page_gives_its_article_and_what_it_says_of_itself(tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text(PAGE, encoding="utf-8")
    (report,), issues = read(tmp_path)
    assert issues == []
    assert "Two people were killed on Tuesday" in report.text
    assert "rights reserved" not in report.text
    assert report.published == dt.date(2018, 7, 17)
    assert (report.publisher, report.title, report.url) == ("The Wire", "Raid kills two", "https://example.org/raid")


def test_the_article_of_a_page_with_very_long_menus_is_read(tmp_path: Path) -> None:
    """Asking every extractor about a page like this one takes minutes."""
    menu = '<div class="menu">Another raid kills nine</div>' * 30_000
    (tmp_path / "p.html").write_text(PAGE.replace("<body>", f"<body>{menu}"), encoding="utf-8")
    (report,), issues = read(tmp_path)
    assert issues == []
    assert "Two people were killed on Tuesday" in report.text
    assert "Another raid" not in report.text


def test_a_page_without_an_article_is_named(tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text("<html><body></body></html>", encoding="utf-8")
    reports, (issue,) = read(tmp_path)
    assert (reports, issue.kind, issue.source) == ([], "empty", "p.html")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256", "iso8859_6"])
def test_arabic_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    words = "قتل خمسة مدنيين في قصف مدفعي طال بلدة كفر نبل مساء يوم الثلاثاء بحسب الدفاع المدني"
    (tmp_path / "a.txt").write_bytes(words.encode(encoding))
    (report,), _ = read(tmp_path)
    assert (report.text, report.lang) == (words, "ar")


def test_rubbish_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "c.txt").write_text(" \n\t ", encoding="utf-8")
    (tmp_path / "d.txt").write_text("Two died.", encoding="utf-8")
    reports, issues = read(tmp_path)
    assert [report.id for report in reports] == ["d"]
    assert [issue.source for issue in issues] == ["a.txt", "b.txt", "c.txt"]


def test_gigantic_lines_and_files_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimatlas.reports.MAX_REPORT_BYTES", 1000)
    (tmp_path / "a.txt").write_text("x" * 2000, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text('{"text": "' + "x" * 5000 + '"}\n{"text": "Two died."}\n', encoding="utf-8")
    reports, issues = read(tmp_path)
    assert [report.text for report in reports] == ["Two died."]
    assert [issue.source for issue in issues] == ["a.txt", "b.jsonl"]


def test_taken_ids_are_renamed_and_copies_used_once(tmp_path: Path) -> None:
    for folder, text in (("a", "Two died."), ("b", "Three died."), ("c", "Two died.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(text, encoding="utf-8")
    reports, issues = read(tmp_path)
    assert [report.id for report in reports] == ["x", "x~2"]
    assert [issue.kind for issue in issues] == ["duplicate_id", "duplicate"]


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("published", "17/07/2018", "ISO"),
        ("published", "0018-07-17", "1990"),
        ("url", "javascript:alert(1)", "http"),
        ("lang", "fr", "fr"),
    ],
)
def test_wrong_fields_are_named_and_left_out(tmp_path: Path, field: str, value: str, word: str) -> None:
    (tmp_path / "r.jsonl").write_text(json.dumps({"text": "Two died.", field: value}), encoding="utf-8")
    (report,), (issue,) = read(tmp_path)
    assert word in issue.reason
    assert (report.published, report.url, report.lang) == (None, None, "en")


def test_lone_surrogates_become_writable(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text('{"text": "Two \\ud800 died."}', encoding="utf-8")
    reports, issues = read(tmp_path)
    assert len(reports) + len(issues) == 1
    assert all(report.text.encode("utf-8") for report in reports)


def test_order_is_by_name_and_read_me_files_are_no_reports(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "README.md", ".hidden.txt", "LICENSE.txt", "photo.png"):
        (tmp_path / name).write_text("Two died.", encoding="utf-8")
    found = [entry[0].name for entry in find_inputs([tmp_path]) if isinstance(entry, tuple)]
    assert found == ["a.txt", "b.txt"]


def test_a_missing_or_unreadable_input_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    reports, issues = read(tmp_path / "nowhere", tmp_path / "a.pdf")
    assert reports == []
    assert [issue.kind for issue in issues] == ["unreadable", "unreadable"]


@pytest.mark.parametrize(
    ("raw", "identifier"), [(b"Two died near Manbij.", "stdin"), (b'{"id": "q", "text": "Two died."}\n', "q")]
)
def test_standard_input_is_a_text_or_json_lines(monkeypatch: pytest.MonkeyPatch, raw: bytes, identifier: str) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BufferedReader(io.BytesIO(raw))))
    (report,) = read_reports(["-"])
    assert isinstance(report, Report)
    assert report.id == identifier


def test_reading_streams(tmp_path: Path) -> None:
    """The first report comes before a later line has been looked at."""
    path = tmp_path / "r.jsonl"
    path.write_text('{"text": "Two died."}\n{broken\n', encoding="utf-8")
    stream = read_reports([path])
    assert isinstance(next(stream), Report)


def test_cells_beyond_the_header_are_named(tmp_path: Path) -> None:
    """A text with commas and without quotation marks would otherwise end at its first comma unseen."""
    (tmp_path / "a.csv").write_text("id,text\n1,Shells hit Hajin, killing two, medics said\n2,Two died,\n")
    reports, issues = read(tmp_path / "a.csv")
    assert [report.text for report in reports] == ["Shells hit Hajin", "Two died"]
    assert [(issue.kind, issue.report_id) for issue in issues] == [("damaged", "1")]
    assert "4 cells under 2 columns" in issues[0].reason


def test_a_quotation_mark_that_is_never_closed_is_named(tmp_path: Path) -> None:
    """All rows behind it would otherwise be one report unseen."""
    table = 'id,text\n1,"Shells hit Hajin.\nTwo died."\n2,"A barrel bomb hit Douma.\n3,Five died.\n'
    (tmp_path / "a.csv").write_text(table)
    reports, issues = read(tmp_path / "a.csv")
    assert [report.id for report in reports] == ["1", "2"]
    assert [issue.kind for issue in issues] == ["damaged"]
    assert "line 4" in issues[0].reason
    (tmp_path / "a.csv").write_text(table.replace("Douma.", 'Douma."'))
    reports, issues = read(tmp_path / "a.csv")
    assert ([report.id for report in reports], issues) == (["1", "2", "3"], [])


@pytest.mark.parametrize("depth", [5_000, 200_000])
def test_json_nested_too_deep_is_named(tmp_path: Path, depth: int) -> None:
    (tmp_path / "a.jsonl").write_text("[" * depth + "]" * depth + '\n{"id": "a", "text": "Two died."}\n')
    reports, issues = read(tmp_path / "a.jsonl")
    assert [report.id for report in reports] == ["a"]
    assert "Line 1 of a.jsonl" in issues[0].reason


def test_a_day_that_does_not_exist_costs_the_header_no_other_field(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("---\ntitle: Two died\npublished: 2018-13-45\n---\nShells hit Hajin.")
    reports, issues = read(tmp_path / "a.txt")
    assert (reports[0].title, reports[0].published) == ("Two died", None)
    assert "'2018-13-45' is no ISO date" in issues[0].reason


def test_a_report_that_says_itself_who_published_it_needs_no_row(tmp_path: Path) -> None:
    (tmp_path / "reports.csv").write_text("id,publisher\na,Wire\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Two died.", encoding="utf-8")
    (tmp_path / "headed.txt").write_text("---\npublished: 2019-01-02\n---\nThree died.", encoding="utf-8")
    (tmp_path / "bare.txt").write_text("Four died.", encoding="utf-8")
    (tmp_path / "blank.txt").write_text("", encoding="utf-8")
    reports, issues = read(tmp_path)
    assert [report.id for report in reports] == ["a", "bare", "headed"]
    assert [(issue.kind, issue.report_id) for issue in issues] == [("metadata", "bare"), ("empty", "blank")]


def test_of_a_table_only_rows_without_any_file_are_named(tmp_path: Path) -> None:
    """Somebody who asks for one file of a folder hears nothing of the others, which are there."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "reports.csv").write_text(
        "id,publisher\na,Wire\nb,Wire\nc,Wire\nghost,Wire\n../x,W\n", encoding="utf-8"
    )
    for name in ("a.txt", "b.html", "sub/c.txt"):
        (tmp_path / name).write_text("Two died.", encoding="utf-8")
    reports, issues = read(tmp_path / "a.txt")
    assert [report.publisher for report in reports] == ["Wire"]
    assert [issue.report_id for issue in issues] == ["../x", "ghost"]


def test_documents_of_other_kinds_are_named_and_pictures_are_not(tmp_path: Path) -> None:
    for name in ("a.txt", "b.docx", "c.PDF", "d.json", "photo.jpg", "style.css"):
        (tmp_path / name).write_text("Two died.", encoding="utf-8")
    reports, issues = read(tmp_path)
    assert [report.id for report in reports] == ["a"]
    assert [issue.source for issue in issues] == ["b.docx", "c.PDF", "d.json"]
    assert all(issue.means_unusable and ".txt, .md, .html" in issue.reason for issue in issues)


def test_what_the_map_wrote_beside_the_reports_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Two died.", encoding="utf-8")
    (tmp_path / "output").mkdir()
    for name in ("incidents.geojson", "claimatlas.qgs", "map.html", "incidents.csv", "issues.jsonl"):
        (tmp_path / "output" / name).write_text("Three died.", encoding="utf-8")
    reports, issues = read(tmp_path)
    assert ([report.id for report in reports], issues) == (["a"], [])


def test_a_yaml_bomb_costs_its_header_and_nothing_else(tmp_path: Path) -> None:
    layers = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for name, before in zip("bcdefghij", "abcdefghi", strict=True):
        layers.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    (tmp_path / "a.txt").write_text("\n".join(["---", *layers, "id: *j", "---", "Two died."]), encoding="utf-8")
    (report,), (issue,) = read(tmp_path)
    assert (report.id, report.text) == ("a", "Two died.")
    assert "aliases" in issue.reason


def test_fields_that_hold_several_values_are_named_and_left_out(tmp_path: Path) -> None:
    rows = [
        {"id": ["x"], "publisher": {"a": 1}, "title": ["t"], "text": "Two died."},
        {"id": None, "title": 5, "text": "x"},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (tmp_path / "b.txt").write_text("---\nid: null\ntitle: 2018\n---\nThree died.", encoding="utf-8")
    reports, issues = read(tmp_path)
    assert [(report.id, report.publisher, report.title) for report in reports] == [
        ("a", None, ""), ("a-2", None, "5"), ("b", None, "2018"),
    ]  # fmt: skip
    assert [issue.reason.split(": ")[1].split()[0] for issue in issues] == ["id", "publisher", "title"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1256"])
def test_json_lines_are_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    """A Windows shell writes UTF-16, old newsrooms write Windows-1256."""
    text = "قتل ثلاثة مدنيين في قصف على بلدة هجين بريف دير الزور الشرقي يوم الثلاثاء"
    lines = "".join(json.dumps({"id": str(k), "text": f"{text} {k}"}, ensure_ascii=False) + "\r\n" for k in range(3))
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    (tmp_path / "a.jsonl").write_bytes((mark + lines).encode(encoding))
    reports, issues = read(tmp_path)
    assert [report.text for report in reports] == [f"{text} {k}" for k in range(3)]
    assert issues == []


def test_what_only_some_readers_of_json_let_pass_costs_no_report(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"id": "s", "text": "\\ud800 Two died."}\n{"id": "n", "text": "Three died.", "published": NaN}\n',
        encoding="utf-8",
    )
    reports, (issue,) = read(tmp_path)
    assert [report.text for report in reports] == ["\ufffd Two died.", "Three died."]
    assert "nan" in issue.reason


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_or_device_among_the_reports_is_named_and_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Two died.", encoding="utf-8")
    os.mkfifo(tmp_path / "p.txt")
    (tmp_path / "z.html").symlink_to("/dev/zero")
    (tmp_path / "up").symlink_to(tmp_path)
    reports, issues = read(tmp_path)
    assert [report.id for report in reports] == ["a"]
    assert [(issue.kind, issue.source) for issue in issues] == [("unreadable", "p.txt"), ("unreadable", "z.html")]
