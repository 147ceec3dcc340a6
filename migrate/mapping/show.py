"""A resolved mapping as a mapping file that extends nothing."""

from __future__ import annotations

from typing import Any, Final

import yaml

from migrate.mapping.merge import Mapping

_ORDER: Final = (
    *(
        "name",
        "title",
        "spelling",
        "also_spelled",
        "body",
        "endings",
        "meta",
        "meta_map",
        "featured_image",
        "any_case",
    ),
    *("recognised_by", "site", "skip_folders", "status", "folder_status", "type_by_place"),
    *("file_names", "write_to", "always", "key_order", "fields"),
)


def as_yaml(mapping: Mapping) -> str:
    """Give YAML that loads as the same dialect, lists on one line each."""
    data = {name: mapping.data[name] for name in _ORDER if mapping.data.get(name)}
    return yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_UNFOLDED
    ).rstrip("\n")


class _Dumper(yaml.SafeDumper):
    """PyYAML's own style, but for lists."""

    def ignore_aliases(self, _data: Any) -> bool:
        """Write a list out each time it stands somewhere."""
        return True


def _on_one_line(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)


_Dumper.add_representer(list, _on_one_line)
_UNFOLDED: Final = 1000
