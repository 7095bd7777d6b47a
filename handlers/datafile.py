"""Reads the YAML files in which questions, hints and help are kept, the house's own and a company's.

Every value is text, a list or a block: YAML's own guesses (`no` as false, `4.05` as a number, a day as a
date) would change what people wrote. Every error names the file and the line, so that the company that
wrote the file can mend it.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TypeAlias

import yaml

from handlers.errors import Misread

Value: TypeAlias = "str | list[Value] | Block"

MAX_SIZE = 262_144  # characters; the largest built-in file has a tenth of it
MAX_DEPTH = 12
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_YES_NO = {"true": True, "yes": True, "false": False, "no": False}


class Block:
    """One mapping of a file, and where it stands: `place` is for people ("section deal, question goal")."""

    __slots__ = ("fields", "file", "line", "place")

    def __init__(self, file: str, line: int, fields: dict[str, Value]) -> None:
        self.file = file
        self.line = line
        self.fields = fields
        self.place = ""

    def error(self, wrong: str, example: str = "") -> Misread:
        """A Misread that names file, line and place."""
        where = f"{self.file}, line {self.line}" + (f", {self.place}" if self.place else "")
        return Misread(f"{where}: {wrong}", example=example)

    def only(self, *known: str) -> None:
        """Refuse fields that nothing reads: a mistyped field would otherwise be lost without a word."""
        for name in self.fields:
            if name not in known:
                raise self.error(f'the field "{name}" is not known; known are {", ".join(known)}')

    def text(self, name: str, default: str | None = None, *, limit: int | None = None) -> str:
        """The text of a field, without line breaks around it. Without a default the field must be there."""
        value = self.fields.get(name, default)
        if value is None or value == "":
            if default is not None:
                return default
            raise self.error(f'the field "{name}" is missing')
        if not isinstance(value, str):
            raise self.error(f'the field "{name}" must be text')
        value = value.strip()
        if limit is not None and len(value) > limit:
            raise self.error(f'the field "{name}" has {len(value)} characters; at most {limit} fit')
        return value

    def maybe(self, name: str) -> str | None:
        """The text of a field that may be left out."""
        return self.text(name) if name in self.fields else None

    def flag(self, name: str, *, default: bool) -> bool:
        """A field that says true or false (or yes or no)."""
        if name not in self.fields:
            return default
        answer = _YES_NO.get(self.text(name).casefold())
        if answer is None:
            raise self.error(f'the field "{name}" must be true or false')
        return answer

    def texts(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A field that lists texts and may be left out."""
        items: list[str] = []
        for item in self._list(name, required=False):
            if not isinstance(item, str) or not item.strip():
                raise self.error(f'the field "{name}" must list texts (one with a colon needs quotes)')
            items.append(item.strip())
        return tuple(items) if name in self.fields else default

    def blocks(self, name: str, *, required: bool = True) -> list[Block]:
        """A field that lists blocks."""
        items: list[Block] = []
        for item in self._list(name, required=required):
            if not isinstance(item, Block):
                raise self.error(f'the field "{name}" must list blocks of fields')
            items.append(item)
        return items

    def block(self, name: str) -> Block | None:
        """A field that holds one block, or None where it is left out."""
        value = self.fields.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, Block):
            raise self.error(f'the field "{name}" must hold fields')
        return value

    def _list(self, name: str, *, required: bool) -> list[Value]:
        if name not in self.fields:
            if required:
                raise self.error(f'the field "{name}" is missing')
            return []
        value = self.fields[name]
        if not isinstance(value, list):
            raise self.error(f'the field "{name}" must be a list')
        return value


def parse(text: str, file: str) -> Block:
    """The outermost block of a YAML text. `file` is the name that errors give."""
    if len(text) > MAX_SIZE:
        raise Misread(f"{file}: the file has {len(text)} characters; at most {MAX_SIZE} are read")
    try:
        value = _Reader(text, file).document()
    except yaml.YAMLError as error:
        line = _line(getattr(error, "problem_mark", None))
        raise Misread(f"{file}, line {line}: this is not YAML: {_problem(error)}") from None
    if not isinstance(value, Block):
        raise Misread(f"{file}, line 1: the file must hold named fields", example="name: full")
    return value


def packaged(package: str, name: str) -> str:
    """The text of a data file that is installed with a package, e.g. ("handlers.prep", "full.yaml")."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


class _Reader:
    """Turns YAML's events into values. The parser's own trees can be nested until the process crashes."""

    def __init__(self, text: str, file: str) -> None:
        self._events = yaml.parse(text, Loader=_Loader)
        self._file = file

    def document(self) -> Value | None:
        """The value of the first document, None where there is none."""
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                return self._value(next(self._events), 0)
        return None

    def _value(self, event: yaml.Event, depth: int) -> Value:
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        if depth == MAX_DEPTH:
            raise self._wrong(event, f"blocks are read {MAX_DEPTH} deep and no deeper")
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Value] = []
            while not isinstance(item := next(self._events), yaml.SequenceEndEvent):
                items.append(self._value(item, depth + 1))
            return items
        if isinstance(event, yaml.MappingStartEvent):
            return self._block(event, depth)
        raise self._wrong(event, "references (*) are not read here; write the words out")

    def _block(self, start: yaml.Event, depth: int) -> Block:
        fields: dict[str, Value] = {}
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent):
                raise self._wrong(key, "the name of a field must be a word")
            name = str(key.value)
            if name in fields:
                raise self._wrong(key, f'the field "{name}" stands here twice')
            fields[name] = self._value(next(self._events), depth + 1)
        return Block(self._file, _line(start.start_mark), fields)

    def _wrong(self, event: yaml.Event, wrong: str) -> Misread:
        return Misread(f"{self._file}, line {_line(event.start_mark)}: {wrong}")


def _line(mark: object) -> int:
    return int(getattr(mark, "line", 0)) + 1


def _problem(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read")
