"""How deep YAML is nested and how much it holds, asked before libyaml's composer.

That calls itself, and could crash; and what it makes of a megabyte of keys takes many seconds.
"""

from __future__ import annotations

import re
from typing import Final

import yaml

DEEPEST: Final = 100
_OPENING: Final = re.compile(r"[\[{]|[-?:]\s")
_HARMLESS: Final = 2000
"""So many signs that could open a list or a map are no danger, however they are nested."""
_SEPARATOR: Final = re.compile(r"[\n,:]")
_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_OWN_LIMIT: Final = "nesting depth"
"""What newer releases of libyaml say where lists are nested deeper than 1,000."""
_STARTS: Final = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_VALUES: Final = (*_STARTS, yaml.ScalarEvent, yaml.AliasEvent)
_ENDS: Final = (yaml.SequenceEndEvent, yaml.MappingEndEvent)


def is_too_deep(text: str) -> bool:
    """Tell whether lists and maps are nested deeper than anybody nests on purpose.

    Raises yaml.YAMLError where the text is no YAML.
    """
    if len(text) < _HARMLESS or len(_OPENING.findall(text)) < _HARMLESS:
        return False
    try:
        return _is_deeper(text, DEEPEST)
    except yaml.MarkedYAMLError as error:
        if _OWN_LIMIT in (error.problem or ""):
            return True
        raise


def holds_more(text: str, most: int) -> bool:
    """Tell whether there are more keys, texts, lists and maps than that.

    Raises yaml.YAMLError where the text is no YAML.
    """
    if len(text) < most or len(_SEPARATOR.findall(text)) * 2 < most:
        return False
    held = 0
    for event in yaml.parse(text, Loader=_LOADER):
        held += isinstance(event, _VALUES)
        if held > most:
            return True
    return False


def _is_deeper(text: str, limit: int) -> bool:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, _STARTS) - isinstance(event, _ENDS)
        if depth > limit:
            return True
    return False
