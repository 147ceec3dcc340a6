"""Reports say by which way an import sends fields, and what stays behind."""

from __future__ import annotations

from migrate.model.finding import Finding
from migrate.plan.ways import Ways
from migrate.report.facts import facts
from migrate.report.totals import Summary, Totals


def counted() -> Totals:
    """Totals of two records: one of them loses its guid."""
    ways = Ways()
    ways.send("REST", ["title", "meta.a"])
    ways.send("REST", ["title", "meta.b", "meta.c", "meta.d"])
    ways.send("XML-RPC", ["meta.e"])
    ways.see([Finding("loss-field-refused", "it isn't sent", field="guid")])
    ways.see([Finding("target-timezone-differs", "no loss", field="date")])
    return Totals(ways=dict(ways.counts()))


def test_machines_get_the_number_of_records_of_each_field() -> None:
    """By way, then by field; nothing where no import was planned."""
    assert counted().as_json()["ways"] == {
        "REST": {"title": 2, "meta.a": 1, "meta.b": 1, "meta.c": 1, "meta.d": 1},
        "XML-RPC": {"meta.e": 1},
        "not sent": {"guid": 1},
    }
    assert "ways" not in Totals().as_json()


def test_people_get_a_line_for_each_way() -> None:
    """Many metas are one word and their number."""
    summary = Summary("import", "posts", "https://example.org", dry_run=True, version="1")
    summary.totals = counted()
    said = dict(facts(summary))

    assert said["REST"] == "title, meta (4)"
    assert said["XML-RPC"] == "meta.e"
    assert said["not sent"] == "guid"
