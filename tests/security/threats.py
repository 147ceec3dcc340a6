"""The threats of docs/security.md: what defends against each, what proves it, and how without it.

`without` takes the defence out: a module, text of it, and what is put in its place. `prove.py` does
so in a copy of the project, and sees the test fail.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Cut(NamedTuple):
    """A piece of a defence: the module (a path below the project), its text, and one without it."""

    module: str
    old: str
    new: str


class Threat(NamedTuple):
    """One line of the table; `test` is a node of pytest, `without` takes the whole defence out."""

    what: str
    defence: str
    test: str
    without: tuple[Cut, ...]


_UNIT: Final = "tests/unit"
_HERE: Final = "tests/security/test_hostile.py"
_KNOWN_NODES: Final = ("if not isinstance(node, _MADE_OF):", "if False:")
_FILES: Final = "tests/security/test_hostile_files.py"

THREATS: Final[dict[str, tuple[Threat, ...]]] = {
    "Who writes a WXR file": (
        Threat(
            "entities that multiply, or name a file or an address",
            "a document that declares entities is refused; no parser expands any",
            f"{_UNIT}/test_wxr_recovery.py::test_declared_entities_are_refused",
            (
                Cut(
                    "migrate/readers/wxr/cut.py",
                    'match is None or b"<!ENTITY" in match[0].upper()',
                    "match is None",
                ),
            ),
        ),
        Threat(
            "options that would hand a site over or break it: an address, roles, plugins, keys",
            "an import sets those alone that its user names, and these can't be named",
            f"{_UNIT}/test_site_options.py::test_some_belong_to_their_site",
            (
                Cut(
                    "migrate/model/site_options.py",
                    'return next(filter(None, said), "")',
                    'return ""',
                ),
            ),
        ),
        Threat(
            "a table or a list that nobody closes, and what else no writer would write",
            "every rewrite rule takes any bytes: fuzzed, and each input that it found is kept",
            "tests/security/test_fuzzed.py::test_every_target_takes_anything",
            (
                Cut(
                    "migrate/syntax/markdown_hidden.py",
                    "known.get(found[1], found[0])",
                    "known[found[1]]",
                ),
            ),
        ),
        Threat(
            "a serialized text whose stated length no machine can count",
            "what no such array can be is text",
            "tests/security/test_fuzzed.py::test_every_target_takes_anything[php]",
            (
                Cut(
                    "migrate/syntax/php_serialized.py",
                    "(TypeError, RecursionError, OverflowError)",
                    "(TypeError, RecursionError)",
                ),
            ),
        ),
        Threat(
            "a small archive that fills the memory or the disk",
            "what unpacks to more than 200 times its size is refused",
            f"{_UNIT}/test_wxr_source.py::test_an_archive_that_unpacks_without_end_is_refused",
            (
                Cut(
                    "migrate/readers/wxr/content.py",
                    "if done > max(FREELY_UNPACKED, size * MOST_UNPACKED):",
                    "if False:",
                ),
            ),
        ),
        Threat(
            "one text that takes all memory",
            "an item with a text over 256 MB is named and not read",
            f"{_UNIT}/test_wxr_recovery.py::test_a_text_that_is_too_long_is_named",
            (Cut("migrate/readers/wxr/limits.py", "if place - tag > LONGEST_TEXT:", "if False:"),),
        ),
        Threat(
            "an item of nothing but oddities, for each of which all of it was gone through",
            "whether it is public, and what of it may be quoted, is found out once",
            f"{_UNIT}/test_wxr_recovery.py::test_many_oddities_cost_no_more_each",
            (Cut("migrate/readers/wxr/item.py", "@functools.cached_property", "@property"),),
        ),
        Threat(
            "a file whose name is a command of the CI that shows the output (`::stop-commands::x`)",
            "the console begins a line with it behind `./` alone",
            f"{_UNIT}/test_report_formats.py::test_the_console_begins_no_line_with_a_command",
            (
                Cut(
                    "migrate/report/console.py",
                    "if said.lstrip().startswith(_COMMANDS)",
                    "if False",
                ),
            ),
        ),
        Threat(
            "as many things to mend in a body as it has bytes, each of them told",
            "ten thousand changes of a rule are, and how many more there were",
            f"{_UNIT}/test_draft.py::test_so_many_changes_are_told_one_by_one",
            (Cut("migrate/rewrite/draft.py", "shown = made[:MOST_SHOWN]", "shown = made"),),
        ),
        Threat(
            "as many oddities in an item as it has bytes, each of them named",
            "of one kind ten thousand are, and that no more of it are",
            f"{_UNIT}/test_wxr_recovery.py::test_a_kind_of_oddity_is_named_so_often",
            (Cut("migrate/readers/wxr/repair.py", "self._said.get(code, 0) > _MOST", "False"),),
        ),
        Threat(
            "comments or CDATA that begin again and again before one end: each looked for it",
            "where it is, what it hides and what follows it are found out once",
            f"{_UNIT}/test_wxr_hidden.py::test_one_end_is_looked_for_once",
            (Cut("migrate/syntax/wxr_hidden.py", "if not first <= at <= begins:", "if True:"),),
        ),
        Threat(
            "a slug that leads out of the folder (`../../etc/x`, `/etc/x`, `C:`)",
            "each step up, root and drive is taken out of a path before it is used",
            f"{_UNIT}/test_names.py::test_a_path_never_leads_out",
            (Cut("migrate/output/names.py", 'if name not in ("", ".", "..")]', "]"),),
        ),
        Threat(
            "a name that a system keeps for a device or hides (`CON`, `nul.md`, `.git`)",
            "it gets `_` in front",
            f"{_UNIT}/test_names.py::test_a_name_that_every_system_takes",
            (
                Cut(
                    "migrate/output/names.py",
                    'name.startswith(".") or _RESERVED.match(name) or not name',
                    "not name",
                ),
            ),
        ),
        Threat(
            "two slugs that are one file on a disk that folds letters",
            "names are compared casefolded and in NFC; the later gets a number",
            f"{_UNIT}/test_names.py::test_names_that_a_file_system_folds_are_one",
            (
                Cut(
                    "migrate/output/names.py",
                    'unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())',
                    "path",
                ),
            ),
        ),
        Threat(
            "a slug of 300 characters",
            "a name has 240 bytes at most, its ending kept",
            f"{_UNIT}/test_names.py::test_long_names_keep_their_ending",
            (Cut("migrate/output/names.py", 'if len(name.encode("utf-8")) <= limit:', "if True:"),),
        ),
        Threat(
            "any of these in any dialect, of a post, a page, a draft or a record of another type",
            "there is one place in which a wanted path becomes a safe one",
            f"{_FILES}::test_names_that_lead_elsewhere",
            (
                Cut(
                    "migrate/writers/posts/encode.py",
                    "readable(safe_path(wanted), skipped)",
                    "readable(wanted, skipped)",
                ),
            ),
        ),
        Threat(
            "a formula or a new row in the redirects' table",
            "cells begin with `/`; control characters are percent-encoded",
            f"{_HERE}::test_no_formula_in_a_table",
            (
                Cut(
                    "migrate/writers/redirects.py",
                    "return _CONTROL.sub(lambda found: quote(found[0]), old)",
                    "return old",
                ),
            ),
        ),
        Threat(
            "PHP that is unserialized into objects",
            "only lists and maps are read, and only what PHP itself would write so",
            f"{_HERE}::test_no_object_is_made",
            (
                Cut(
                    "migrate/syntax/php_serialized.py",
                    "phpserialize.phpobject if objects else None",
                    "phpserialize.phpobject",
                ),
            ),
        ),
    ),
    "Who writes posts": (
        Threat(
            "a body of nothing but markup, over which a conversion would sit for minutes",
            "tags and signs are counted first; a body beyond the measure stays, and is named",
            f"{_UNIT}/test_measures.py::test_too_much_markup",
            (
                Cut(
                    "migrate/rewrite/rewrites.py",
                    "if rule.is_too_much(draft.body):",
                    "if False:",
                ),
                Cut(
                    "migrate/rewrite/to_markdown.py",
                    "if has_too_many_tags(shown, MOST_TAGS_TO_MARKDOWN):",
                    "if False:",
                ),
            ),
        ),
        Threat(
            "a word of reStructuredText without end, which may be a mail address behind each sign",
            "what would be looked at is counted first; such a body stays, and is named",
            f"{_UNIT}/test_measures.py::test_long_words_of_rst",
            (
                Cut(
                    "migrate/syntax/measures.py", "for word in text.split() if", "for word in () if"
                ),
            ),
        ),
        Threat(
            "elements in each other without end: the converter's time grows by the square",
            "what lies deeper than 100 stays HTML",
            f"{_UNIT}/test_measures.py::test_deep_html_is_not_given_to_the_library",
            (
                Cut(
                    "migrate/syntax/markdown_hidden.py",
                    "if max(_deepest(markup.tags), _deepest_pre(part)) > DEEPEST:",
                    "if False:",
                ),
            ),
        ),
        Threat(
            "a head of a megabyte of keys",
            "its keys and values, or its lines, are counted before anything is made of them",
            f"{_UNIT}/test_measures.py::test_heads_hold_so_much",
            (
                Cut(
                    "migrate/syntax/yaml_load.py",
                    "if holds_more(head, MOST_VALUES):",
                    "if False:",
                ),
            ),
        ),
        Threat(
            "a key of TOML with half a million dots",
            "one of more than 100, wherever it stands, is nested too deeply; it isn't parsed",
            f"{_UNIT}/test_measures.py::test_a_key_of_many_parts_is_not_read",
            (
                Cut(
                    "migrate/syntax/toml_load.py",
                    'if any((found[1] or "").count(".") > DEEPEST for',
                    "if any(False for",
                ),
            ),
        ),
        Threat(
            "an integer of TOML with thousands of digits, which ends Python's reading of it",
            "it is named as wrong TOML, in a head and in the settings",
            f"{_UNIT}/test_measures.py::test_an_integer_without_end_is_named",
            (
                Cut(
                    "migrate/syntax/toml_load.py",
                    "raise _too_long(text) from error",
                    "raise",
                ),
            ),
        ),
        Threat(
            "a line of nothing but blanks or openings, over which a pattern of ours starts again",
            "what a pattern has passed it doesn't give back, or it ends where it might begin",
            "tests/security/test_patterns.py::test_a_text_is_gone_through_once",
            (
                Cut(
                    "migrate/syntax/heads.py",
                    """([^\\s"':=#{\\[-][^:="'\\n]*+))(?::""",
                    """([^\\s"':=#{\\[-][^:="'\\n]*?))[ \\t]*(?::""",
                ),
            ),
        ),
        Threat(
            "aliases that make a small head endless",
            "what aliases repeat is counted, and refused beyond a post's measure",
            f"{_UNIT}/test_yaml_text.py::test_what_cannot_be_read",
            (
                Cut(
                    "migrate/syntax/yaml_load.py",
                    "if self._repeated > _MOST_REPEATED:",
                    "if False:",
                ),
            ),
        ),
        Threat(
            "the same in a sidecar",
            "sidecars have no aliases at all",
            f"{_UNIT}/test_plain_yaml.py::test_aliases_cannot_make_a_small_file_endless",
            (Cut("migrate/syntax/plain_yaml.py", "        _refuse_aliases(text)\n", ""),),
        ),
        Threat(
            "tags that make objects of Python (`!!python/…`)",
            "nodes are composed and never constructed; a tag is refused",
            f"{_UNIT}/test_yaml_text.py::test_what_cannot_be_read",
            (Cut("migrate/syntax/yaml_load.py", "if node.tag not in _CORE_TAGS:", "if False:"),),
        ),
        Threat(
            "nesting that overflows the parser's stack",
            "depth is counted before anything is built; over 100 is refused",
            f"{_UNIT}/test_plain_yaml.py::test_nesting_without_end_is_refused",
            (
                Cut(
                    "migrate/syntax/yaml_nesting.py",
                    "        return _is_deeper(text, DEEPEST)",
                    "        return False",
                ),
            ),
        ),
        Threat(
            "a scalar of 100 MB",
            "front matter has 64 MB at most, and is measured before anything is made of it",
            f"{_FILES}::test_a_scalar_without_measure",
            (Cut("migrate/syntax/heads.py", "    if size > LONGEST_HEAD:", "    if False:"),),
        ),
        Threat(
            "a file's name that is no text, or has line ends in it",
            "the one is named and not read, the other is shown harmless",
            f"{_FILES}::test_odd_names_of_source_files",
            (
                Cut(
                    "migrate/readers/post_text.py",
                    "if not path.isascii() and _NOT_UTF8.search(path):",
                    "if False:",
                ),
            ),
        ),
        Threat(
            "a link in the folder that leads to a file elsewhere",
            "no link is followed; it is named",
            "tests/test_codes.py::test_code[source-link-not-followed]",
            (
                Cut(
                    "migrate/readers/folder.py",
                    "        if entry.is_symlink():",
                    "        if False:",
                ),
            ),
        ),
        Threat(
            "a link to a file elsewhere as a picture to upload",
            "only files that lie below SOURCE or --media-dir are taken",
            f"{_UNIT}/test_media_files.py::test_links_that_lead_out",
            (
                Cut(
                    "migrate/plan/media/files.py",
                    "path = (root / name).resolve()",
                    "path = root / name",
                ),
            ),
        ),
        Threat(
            "a link, or a manifest, that leads what we write out of the folder",
            "each step to a file is a real folder, each path in the manifest below it",
            f"{_UNIT}/test_output_folder.py::test_no_link_leads_a_file_out",
            (
                Cut(
                    "migrate/output/folder.py",
                    'return is_below(path) and self._folders.is_passable(path.rpartition("/")[0])',
                    "return True",
                ),
            ),
        ),
        Threat(
            "a link in OUT, where a fetched file's first part would be gone on with",
            "it is opened as it stands, and is a plain file of one name, or is made anew",
            f"{_UNIT}/test_live_downloads.py::test_what_has_arrived_is_a_file_of_our_own",
            (
                Cut(
                    "migrate/output/partial_file.py",
                    "return stat.S_ISREG(held.st_mode) and held.st_nlink == 1",
                    "return True",
                ),
                Cut(
                    "migrate/output/partial_file.py",
                    "os.open(path, AS_IT_STANDS | how",
                    "os.open(path, how",
                ),
            ),
        ),
        Threat(
            "a link in the place of the journal, of its folder or of what SQLite keeps beside it",
            "none is followed, and no other program's database gets our tables",
            f"{_UNIT}/test_journal.py::test_no_link_is_followed",
            (
                Cut(
                    "migrate/plan/journal/opening.py",
                    "not in (stat.S_IFREG, stat.S_IFDIR)",
                    "is None",
                ),
            ),
        ),
        Threat(
            "a post that becomes a link after the folder was listed",
            "a file of a folder is opened without following one",
            f"{_UNIT}/test_posts_reader.py::test_a_post_that_became_a_link_is_not_followed",
            (Cut("migrate/readers/posts.py", "follow=not self._is_folder", "follow=True"),),
        ),
        Threat(
            "a pipe or a device in the place of a manifest, a mapping or what else is read",
            "it is opened without waiting, and refused where it is no plain file",
            f"{_UNIT}/test_plain.py::test_no_pipe_and_no_device_is_read[a mapping-pipe]",
            (Cut("migrate/output/plain.py", "if stat.S_ISREG(found.st_mode):", "if True:"),),
        ),
        Threat(
            "one of many gigabytes there, which would take all memory",
            "what is held whole has 256 MB at most, what people write 16",
            f"{_UNIT}/test_plain.py::test_a_file_is_read_up_to_its_measure",
            (Cut("migrate/output/plain.py", "if len(data) > most:", "if False:"),),
        ),
        Threat(
            "a link in the place of a file that a run names by itself: OUT, a part, the settings",
            "a link is followed only where somebody named it",
            f"{_FILES}::test_no_link_where_nobody_named_a_file",
            (
                Cut(
                    "migrate/cli/conversion.py",
                    "if not shared.is_shared(target) and Path(target).is_symlink():",
                    "if False:",
                ),
                Cut("migrate/cli/init.py", "if Path(NAME).is_symlink():", "if False:"),
            ),
        ),
        Threat(
            "escape sequences in titles and names",
            "all that goes to a terminal or a report is made harmless in one place",
            f"{_UNIT}/test_terminal.py::test_escape_sequences_are_shown",
            (
                Cut(
                    "migrate/report/harmless.py",
                    '_CONTROL.sub(lambda match: f"\\\\x{ord(match[0]):02x}", text)',
                    "text",
                ),
            ),
        ),
        Threat(
            "script in the HTML report",
            "a body is cleaned, in a sandboxed frame, under a policy; all else is text",
            "tests/browser/test_report.py::test_nothing_leaves_and_nothing_runs",
            (
                Cut(
                    "migrate/report/page/page.js",
                    'made.setAttribute("sandbox", "");',
                    "",
                ),
                Cut("migrate/report/page/page.js", "${cleaned(text)}", "${text}"),
                Cut("migrate/report/page/page.html.j2", "Content-Security-Policy", "X-No-Policy"),
            ),
        ),
        Threat(
            "text of drafts and passwords in a public report",
            "one filter stands before every format",
            "tests/contract/test_reports.py::TestReport::test_what_is_private_is_hidden",
            (
                Cut(
                    "migrate/report/discreet.py",
                    "title = action.title if action.public else HIDDEN",
                    "title = action.title",
                ),
            ),
        ),
        Threat(
            "settings that name a cluster whose workers send objects, or allow private hosts",
            "neither can stand in a settings file, only on the command line",
            f"{_UNIT}/test_settings.py::test_what_is_wrong_has_a_place",
            (Cut("migrate/cli/settled.py", '| {"scheduler", "allow_private"}', ""),),
        ),
        Threat(
            "settings that have a report, an export or another file written elsewhere",
            "what they name to be written lies below their folder, wherever links lead",
            f"{_UNIT}/test_settings.py::test_nothing_is_written_outside_the_folder_of_the_settings",
            (
                Cut(
                    "migrate/cli/settled_places.py",
                    "Path(os.path.realpath(top))",
                    'Path("/")',
                ),
            ),
        ),
        Threat(
            "settings that have one written where a shell, Git or a CI runs it",
            "nothing hidden, and nothing in a hidden folder, is written for them",
            f"{_UNIT}/test_settings.py::test_nothing_hidden_is_written_for_the_settings",
            (Cut("migrate/cli/settled_places.py", "if any(part", "if False and any(part"),),
        ),
        Threat(
            "settings that have one written over a program of the folder's own",
            "a file that is there is replaced for them only if a run of ours wrote it",
            f"{_UNIT}/test_settings.py::test_nothing_of_the_users_is_replaced_for_the_settings",
            (
                Cut(
                    "migrate/cli/settled_places.py",
                    "if is_ours is None or",
                    "if True or",
                ),
            ),
        ),
        Threat(
            "a settings file, or a journal, that names a site of one's own for the password",
            "where WPMIGRATE_SITE is set, no other site gets it (see above)",
            f"{_HERE}::test_no_password_for_a_site_of_the_settings",
            (Cut("migrate/live/credentials.py", "not lies_within(own, site_url)", "False"),),
        ),
        Threat(
            "a site of somebody else's on the same host (`/~mallory/` beside `/blog/`)",
            "a path in WPMIGRATE_SITE is the site's: what doesn't lie below it gets no password",
            f"{_UNIT}/test_live_credentials.py::test_other_site",
            (Cut("migrate/live/address.py", "and is_plain and path.startswith(known)", ""),),
        ),
        Threat(
            "programs that a repository's attributes or settings name",
            "Git runs with them switched off",
            f"{_UNIT}/test_repository.py::test_nothing_of_the_repository_is_run",
            (Cut("migrate/repository.py", "core.fsmonitor=false", "core.quiet=true"),),
        ),
    ),
    "Who writes a mapping file": (
        Threat(
            "a pattern for names that tries without end, as `(a+)+$` would",
            "no option takes a regular expression; of the `*` in a pattern three may be in a name",
            f"{_HERE}::test_a_pattern_takes_no_time_without_end",
            (
                Cut(
                    "migrate/model/globs.py",
                    'folder.count("*") > MOST_GAPS',
                    "False",
                ),
            ),
        ),
        Threat(
            "a mapping of a megabyte of keys",
            "its keys and values are counted before anything is made of them",
            f"{_UNIT}/test_mapping_load.py::test_what_is_wrong_is_named_with_its_place",
            (
                Cut(
                    "migrate/mapping/document.py",
                    "if holds_more(text, _MOST_VALUES):",
                    "if False:",
                ),
            ),
        ),
        Threat(
            "a template that reaches Python or a file",
            "it calls nothing; behind that, Jinja's immutable sandbox, without a loader or globals",
            f"{_HERE}::test_a_template_reaches_nothing",
            (
                Cut(
                    "migrate/rewrite/line_template.py",
                    "ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)",
                    "Environment(autoescape=True, undefined=StrictUndefined)",
                ),
                Cut("migrate/rewrite/line_template.py", *_KNOWN_NODES),
            ),
        ),
        Threat(
            "a template that loops, nests or multiplies without end",
            "of Jinja2 it has what a line needs: no loops, calls or products, and 20 levels",
            f"{_HERE}::test_a_template_takes_no_time_without_end",
            (Cut("migrate/rewrite/line_template.py", *_KNOWN_NODES),),
        ),
        Threat(
            "a template that makes a huge text of a long title",
            "what goes into a line, a filter or out of them has 10,000 characters at most",
            f"{_HERE}::test_a_line_of_a_template_has_a_measure",
            (Cut("migrate/rewrite/line_template.py", "if len(value) > LONGEST:", "if False:"),),
        ),
    ),
    "Who answers for a site, or stands between": (
        Threat(
            "a redirect that carries the password to another host",
            "a signed request follows none to another origin",
            f"{_UNIT}/test_live_client.py::test_redirect_elsewhere",
            (
                Cut(
                    "migrate/live/http/client.py",
                    "            if origin_of(target) != origin_of(asked):\n",
                    "            if False:\n",
                ),
            ),
        ),
        Threat(
            "a request to another address that would be signed",
            "credentials belong to one origin",
            f"{_UNIT}/test_live_client.py::test_password_stays_at_its_origin",
            (
                Cut(
                    "migrate/live/http/client.py",
                    "self._auth is None or self._auth.place != origin_of(url)",
                    "self._auth is None",
                ),
            ),
        ),
        Threat(
            "an address that is one host to us and another to who connects (`evil\\@site`)",
            "an authority holds a host and a port alone; what is connected to is compared again",
            f"{_UNIT}/test_live_client.py::test_a_host_in_disguise_gets_nothing",
            (
                Cut("migrate/live/address.py", "if not _PLAIN.fullmatch(begin):", "if False:"),
                Cut("migrate/live/http/session.py", "if not stays:", "if False:"),
            ),
        ),
        Threat(
            "an error that quotes the password which it was asked with",
            "what a site says is cleared of it before it becomes words of ours; contents stay",
            "tests/wordpress/test_password.py::test_what_a_site_says_back",
            (
                Cut(
                    "migrate/live/answer.py",
                    'secrets.without(" ".join(shown.split()))',
                    '" ".join(shown.split())',
                ),
            ),
        ),
        Threat(
            "listening to plain http",
            "the password goes over http to this machine alone",
            f"{_UNIT}/test_live_client.py::test_no_password_over_http",
            (
                Cut(
                    "migrate/live/http/client.py",
                    'if place.scheme == "http" and not is_loopback(place.host):',
                    "if False:",
                ),
            ),
        ),
        Threat(
            "an answer without end",
            "reading stops at 64 MB",
            f"{_UNIT}/test_live_client.py::test_largest_answer",
            (Cut("migrate/live/http/reading.py", "if size > limits.LARGEST_ANSWER:", "if False:"),),
        ),
        Threat(
            "an answer in which a number is a text, a date a number, and so on",
            "rows are held against their shape; an odd one is named, and so is its record",
            f"{_UNIT}/test_odd_answers.py::test_an_odd_record_is_named",
            (Cut("migrate/live/api.py", "        unshaped(rows, asked, answer.url)\n", ""),),
        ),
        Threat(
            "an answer of a byte now and then, which never ends",
            "a whole answer has ten minutes, however steadily it comes",
            f"{_UNIT}/test_live_client.py::test_an_answer_is_read_as_it_comes",
            (Cut("migrate/live/http/reading.py", "if monotonic() > end:", "if False:"),),
        ),
        Threat(
            "the head of an answer, a byte now and then",
            "all that comes before a body has two minutes",
            f"{_UNIT}/test_live_client.py::test_a_head_has_a_time",
            (
                Cut(
                    "migrate/live/http/heads.py",
                    "if self.end is not None and monotonic() > self.end:",
                    "if False:",
                ),
            ),
        ),
        Threat(
            "a listing of millions of pages, with the same rows on each",
            "a page that was there before ends it, and so do pages without a row",
            f"{_UNIT}/test_live_listing.py::test_a_listing_without_end",
            (
                Cut(
                    "migrate/live/onward.py",
                    "if page in self._seen or self._empty > _EMPTY:",
                    "if self._empty > 10**6:",
                ),
            ),
        ),
        Threat(
            "file names of a site's media that lead out of the folder",
            "a file is kept below OUT or not at all",
            f"{_UNIT}/test_live_downloads.py::test_nothing_is_written_outside_the_folder",
            (Cut("migrate/output/partial_file.py", "if not is_below(path):", "if False:"),),
        ),
        Threat(
            "a file that changed after its download broke off, so that two would be mixed",
            "the rest is taken where the server tells by tag or time that it is the same file",
            f"{_UNIT}/test_live_downloads.py::test_a_file_that_changed_meanwhile_is_begun_anew",
            (
                Cut(
                    "migrate/live/downloads.py",
                    "return begins != start or _validator(answer.headers) != validator",
                    "return begins != start",
                ),
            ),
        ),
        Threat(
            "a file name of a site's media that no file can have",
            "that file is named, and all others are fetched",
            f"{_UNIT}/test_site_media.py::test_one_odd_name_stops_nothing",
            (Cut("migrate/readers/rest/media.py", "if not is_of_the_name(error):", "if True:"),),
        ),
        Threat(
            "two files of a site whose addresses lead to one name, so that one is lost",
            "each has a name of its own, or is named as lost",
            f"{_UNIT}/test_site_media.py::test_two_files_are_two_files",
            (
                Cut(
                    "migrate/readers/rest/media_places.py",
                    "if len(held) == 1 or file.apart is None:",
                    "if True:",
                ),
            ),
        ),
        Threat(
            "a file of a site that is named as another one is while that is half fetched",
            "it isn't fetched, and named",
            f"{_UNIT}/test_site_media.py::test_one_odd_name_stops_nothing",
            (
                Cut(
                    "migrate/readers/rest/media_places.py",
                    "return _OF_A_PART if is_of_a_part(file.path) else file",
                    "return file",
                ),
            ),
        ),
    ),
    "Who chooses an address that we fetch": (
        Threat(
            "a private host by name, number or redirect",
            "the connected address is looked at before a byte is sent",
            f"{_UNIT}/test_live_fetch.py::test_private_networks",
            (
                Cut(
                    "migrate/live/http/public_hosts.py",
                    "return _refuse_private(super()._new_conn())",
                    "return super()._new_conn()",
                ),
            ),
        ),
        Threat(
            "a name that resolves to something else the second time",
            "it is the connection that is looked at, not the name",
            f"{_HERE}::test_a_name_that_resolves_to_something_else",
            (
                Cut(
                    "migrate/live/http/public_hosts.py",
                    "return _refuse_private(super()._new_conn())",
                    "return super()._new_conn()",
                ),
            ),
        ),
        Threat(
            "a private network in the clothes of IPv6",
            "of IPv6 only 2000::/3 is public; an IPv4 address within is looked at",
            f"{_UNIT}/test_live_resolve.py::test_public_addresses",
            (
                Cut(
                    "migrate/live/http/public_hosts.py",
                    "return ip in _EVERYBODYS and ip.is_global",
                    "return ip.is_global",
                ),
            ),
        ),
        Threat(
            "a redirect to `file:` or with a password in it",
            "each step has to be an address on the web",
            f"{_UNIT}/test_live_fetch.py::test_no_file",
            (Cut("migrate/live/fetch.py", "return in_ascii(url)", "return url"),),
        ),
        Threat(
            "a file without end, or that never comes",
            "size and time of one file are limited",
            f"{_UNIT}/test_live_fetch.py::test_limits",
            (
                Cut(
                    "migrate/live/fetch.py",
                    "            if size > LARGEST_FILE:\n",
                    "            if False:\n",
                ),
            ),
        ),
    ),
}
