"""A post whose source is as it was is not read again, and no report tells the difference."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from migrate import formats, program, rewriting
from migrate.errors import RecordError
from migrate.mapping import load
from migrate.mapping.author_map import AuthorMap
from migrate.model.finding import Note
from migrate.model.reading import Reading
from migrate.model.settings import Handle
from migrate.readers.posts import PostsReader
from migrate.renamed_authors import RenamingReader
from migrate.reporting import Scope
from migrate.rewriting import RewritingReader
from migrate.selection import SelectingReader, Selection
from tests.exported_again import MARKS, PLACE, POST, Case, edit, newsroom, without_made
from tests.posts_folders import files

TEXTS = sorted(set(formats.REPORTS) - {"html"})
"""The formats that show no bodies, for which nothing has to be read again."""

OPEN = "_posts/2020-01-30-open.md"

ODD = {
    "a title with an entity": ("Lamps: part", "Lamps &amp; part"),
    "lines that end in CR LF": ("\n", "\r\n"),
    "a blank line before the head": ("---\nID", "\n---\nID"),
    "a status that isn't public": ("published: true", "published: false"),
    "a meta": ("published: true", "published: true\nmood:\n  - wry & dry"),
    "a title in other letters": ("Lamps: part", "Lämpchen 💡: part"),
    "a broken head": ("ID: ", "ID: ["),
}
"""What else posts may hold, so that something is found of them, or they aren't for everybody."""


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The newsroom, plain posts and odd ones, exported once by a reader that was told nothing."""
    made = newsroom(tmp_path_factory.mktemp("exported"))
    made.reads = ("hugo", "jekyll", "pelican", "wpghs")
    for number, (old, new) in enumerate(ODD.values(), 6):
        text = POST.replace("2020-01-0", "2020-01-").format(number=number + 10)
        assert old in text
        path = made.source / PLACE.replace("01-0", "01-").format(number=number + 10)
        path.write_bytes(text.replace(old, new).encode())
    made.export()
    return made


@pytest.fixture
def case(exported: Case, tmp_path: Path) -> Case:
    """What was exported, to do with it what one likes."""
    return exported.copied(tmp_path)


def first(case: Case) -> Path:
    """Give a plain post of the source."""
    return case.source / PLACE.format(number=1)


def with_sidecar(case: Case, place: str) -> None:
    """Lay a sidecar into the source that makes a post private."""
    path = case.source / ".wordpress" / "posts" / f"{place}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('id: "1"\nstatus: "private"\n')


def with_clash(case: Case) -> None:
    """Add a post before another whose file has the same name where case doesn't count."""
    text = POST.format(number=1).replace("ID: 1", "ID: 99")
    (case.source / "_posts/2020-01-01-LAMPS-1.md").write_text(text)


def selecting(**chosen: object) -> Callable[[Case], None]:
    """Give a change by which a run is about some records only."""

    def change(case: Case) -> None:
        selection = Selection(**chosen)  # type: ignore[arg-type]
        case.laid_over = lambda reader, totals: SelectingReader(reader, selection, totals)
        case.options["partial"] = True

    return change


def rewriting_entities(case: Case) -> None:
    """Switch a rewrite rule on."""
    rules = rewriting.choose(("entities",), (), "posts", named=False)
    case.laid_over = lambda reader, _: RewritingReader(reader, rules)


def by_own_mapping(case: Case) -> None:
    """Export what a mapping of one's own reads, then change what that says.

    Without provenance: where that names another dialect, nothing is kept anyway.
    """
    case.settings = replace(case.settings, provenance=False)
    path = case.source.parent / "own.yaml"
    path.write_text("name: own\ntitle: Own\nextends: wpghs\n")
    case.reads = (str(path),)
    case.options["overwrite"] = True
    case.export()
    path.write_text(path.read_text() + "drop:\n  - post_title\n")


def with_open_post(case: Case, keys: str, *lines: dict[str, str]) -> Path:
    """Export a post of which more than its keys says whose it is; give its folder's manifest."""
    case.source, case.out = case.source.with_name("open"), case.out.with_name("opened")
    case.dialect, case.settings = "jekyll", replace(case.settings, provenance=False)
    path = case.source / OPEN
    path.parent.mkdir(parents=True)
    path.write_text(f"---\n{keys}---\nBody\n")
    kept = case.source / ".wordpress" / "manifest.jsonl"
    if lines:
        kept.parent.mkdir()
        kept.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    case.export()
    return kept


def in_a_site(case: Case) -> None:
    """Let a post that might be anybody's stand in a site of Hugo's."""
    with_open_post(case, "title: Open\n")
    (case.source / "hugo.toml").touch()


def in_our_folder(case: Case) -> None:
    """Let a post that might be anybody's stand in a folder that we wrote, then wrote otherwise."""
    edit(with_open_post(case, "title: Open\n", {"dialect": "jekyll"}), "jekyll", "hugo")


def not_ours(case: Case) -> None:
    """Let a post that is plainly Hugo's be one that we wrote as Jekyll's, and then not."""
    line = {"path": OPEN, "key": "post 30", "sha256": "0" * 64}
    keys = "title: Open\nlinkTitle: O\nisCJKLanguage: true\nexpiryDate: 2020-01-01\n"
    kept = with_open_post(case, keys, {"dialect": "jekyll"}, line)
    kept.write_text(kept.read_text().partition("\n")[0] + "\n")


def with_author_map(case: Case) -> None:
    """Give the author another name."""
    users = AuthorMap({"Ada": "Ada Byron"})
    case.laid_over = lambda reader, _: RenamingReader(reader, users)


def to_folder(case: Case) -> None:
    """Put a folder in the place of a post."""
    first(case).unlink()
    first(case).mkdir()


def lied_to(case: Case, old: str, new: str) -> None:
    """Change a text of the manifest where that tells of a record."""
    edit(case.manifest, old, new)


CHANGES: dict[str, Callable[[Case], object]] = {
    "nothing": lambda case: case,
    "a body": lambda case: edit(first(case), "Body 1", "Bodies"),
    "a file is renamed": lambda case: first(case).rename(
        first(case).with_name("2020-01-01-lights.md")
    ),
    "a sidecar came": lambda case: with_sidecar(case, PLACE.format(number=1)),
    "a sidecar of a name that is gone came": lambda case: with_sidecar(case, "_posts/old.md"),
    "an author's name": lambda case: edit(
        case.source / ".wordpress" / "authors.yaml", "Mara Lind", "Mara Lindt"
    ),
    "a site's settings came": lambda case: (case.source / "_config.yml").write_text("title: x\n"),
    "another encoding": lambda case: setattr(case, "encoding", "latin-1"),
    "one dialect": lambda case: setattr(case, "reads", ("jekyll",)),
    "fewer dialects": lambda case: setattr(case, "reads", ("hugo", "wpghs")),
    "the mapping that reads": by_own_mapping,
    "a source that we wrote": lambda case: edit(
        case.source / ".wordpress" / "manifest.jsonl", '"wpghs"', '"jekyll"'
    ),
    "a site around it": in_a_site,
    "another tool's folder": in_our_folder,
    "a source that isn't ours any more": not_ours,
    "a name that is taken": with_clash,
    "a type": selecting(types=("page",)),
    "a status": selecting(statuses=("draft",)),
    "a day": selecting(since="2020-01-03 00:00:00"),
    "a branch": selecting(changed_since="main", changed=frozenset({PLACE.format(number=2)})),
    "a name that is left out": selecting(exclude=("*-lamps-1.md",)),
    "a limit": lambda case: setattr(case, "scope", Scope(limit=7)),
    "a rewrite": rewriting_entities,
    "an author map": with_author_map,
    "a file that became a folder": to_folder,
    "the target was edited": lambda case: edit(case.out / PLACE.format(number=2), "Body 2", "Mine"),
    "the target is gone": lambda case: (case.out / PLACE.format(number=2)).unlink(),
    "a manifest that is half a merge": lambda case: lied_to(case, '"findings"', '"found"'),
    "a finding that there isn't": lambda case: lied_to(case, '"mapping-entities"', '"mapping-x"'),
    "a line that is no number": lambda case: lied_to(case, ',"3","",', ',"3x","",'),
    "several processes": lambda case: setattr(case, "jobs", 3),
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_report_tells_whether_a_post_was_read_again(case: Case, change: str) -> None:
    """Not a byte differs in any format, dry and in earnest, nor in what is written."""
    CHANGES[change](case)
    twin = case.forgetful()

    assert case.said(*formats.REPORTS, dry_run=True) == twin.said(*formats.REPORTS, dry_run=True)
    assert case.said(*TEXTS, dry_run=False) == twin.said(*TEXTS, dry_run=False)
    assert files(case.out) == files(twin.out)
    assert without_made(case) == without_made(twin)


def refused(*_: object) -> None:
    """Stand for a reader that must not read."""
    raise RecordError("mapping-value", "it was read")


def test_a_post_that_is_as_it_was_is_not_read(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each plain post, and each odd one of which the same may be told; it is told as before."""
    before = json.loads(case.export(dry_run=True))
    monkeypatch.setattr(PostsReader, "read", refused)
    after = json.loads(case.export(dry_run=True))

    plain = [action for action in before["actions"] if "lamps-" in action["path"]]
    left = [action for action in plain if action not in after["actions"]]
    told = [one for one in before["findings"] if one not in after["findings"]]
    assert [action["slug"] for action in left] == ["lamps-19"]
    assert "mapping-entities" not in {one["code"] for one in told}
    assert "mapping-entities" in {one["code"] for one in before["findings"]}


def test_a_page_has_only_those_read_that_change(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The HTML report shows no bodies of a post that stays, and asks for those of others alone."""
    with_clash(case)
    read, paths = PostsReader.read, []

    def counted(self: PostsReader, handle: Handle, note: Note) -> Reading:
        paths.append(handle.path)
        return read(self, handle, note)

    monkeypatch.setattr(PostsReader, "read", counted)
    case.said("json", dry_run=True)
    without, paths = paths, []
    case.said("html", dry_run=True)

    assert sorted(paths) == sorted([*without, PLACE.format(number=1)])


@pytest.mark.parametrize("what", ["program", "settings", "target", "source", "encoding", "path"])
def test_another_run_reads_anew(case: Case, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Where the program, a setting, a mapping, an encoding or the file's name isn't the same."""
    match what:
        case "program":
            monkeypatch.setattr(program, "digest", lambda: "another")
        case "settings":
            case.settings = replace(case.settings, provenance=False)
        case "target":
            case.dialect = "jekyll"
        case "source":
            case.reads = ("hugo", "wpghs")
        case "encoding":
            case.encoding = "latin-1"
        case "path":
            case.source.joinpath("_posts").rename(case.source / "_notes")
    monkeypatch.setattr(PostsReader, "read", refused)

    assert json.loads(case.export(dry_run=True))["totals"]["unchanged"] == 0


def test_a_manifest_tells_nothing_that_is_not_for_everybody(case: Case) -> None:
    """Of a draft there is no line that tells anything."""
    lines = [json.loads(line) for line in case.manifest.read_text().splitlines()]
    told = [line["path"] for line in lines if "told" in line]

    assert PLACE.format(number=1) in told
    assert not [path for path in told if path.endswith("-19.md")]
    assert {line["path"] for line in lines if "read" in line} == set(told)


def test_a_manifest_is_the_same_whatever_was_read(case: Case) -> None:
    """However much of it is recalled, in however many processes, and whatever report is asked."""
    before = case.manifest.read_bytes()
    case.said(*TEXTS, dry_run=False)
    recalled = case.manifest.read_bytes()
    case.jobs = 2
    case.said("html", dry_run=False)

    assert all(mark.encode() in before for mark in MARKS)
    assert recalled == before
    assert case.manifest.read_bytes() == before


def test_a_single_post_is_not_read_again_either(case: Case) -> None:
    """A file is a source as a folder is."""
    case.source, case.reads = first(case), ("wpghs", "jekyll")
    case.out = case.out.with_name("single")
    case.export()
    twin = case.forgetful()

    assert case.said(*TEXTS, dry_run=True) == twin.said(*TEXTS, dry_run=True)


def test_what_came_without_a_name_is_read_each_time(case: Case) -> None:
    """Standard input says less than a file of the same text, so neither stands for the other."""
    path = first(case)
    dialects = (load.load("wpghs"),)
    handle = Handle(path.name)

    def state(*, nameless: bool) -> str:
        reader = PostsReader(path, dialects, True, "utf-8", Counter(), nameless)
        return reader.state(handle)

    assert state(nameless=False)
    assert not state(nameless=True)
