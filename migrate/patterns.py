"""Regular expressions that are compiled when they are first used.

A run needs a few of the hundreds that the modules name, and to compile one takes as long as to
convert a post.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Pattern:
    """Stands for a pattern; what is asked of it twice is asked of the compiled one directly."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags
        self._compiled: re.Pattern[Any] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return pattern, (self.pattern, self._flags)

    def __getattr__(self, name: str) -> Any:
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, self._flags)
        value = getattr(self._compiled, name)
        setattr(self, name, value)
        return value


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Give what behaves as `re.compile(text, flags)` does, to all but the functions of `re`.

    A mistake in the pattern shows at its first use.
    """
    return cast("re.Pattern[AnyStr]", _Pattern(text, flags))
