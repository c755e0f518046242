"""What a result must be, found out without the code that made it."""

import json

import regex

from richresp import Omission

_CLUSTER = regex.compile(r"\X")
_URL = regex.compile(r"(?:https?|ftp)://[A-Za-z0-9/._~%?=&#-]*[A-Za-z0-9/]")
_NUMBER = regex.compile(r"\d+(?:,\d{3}(?!\d))*(?:[.:]\d+)*")


def strict(text):
    """JSON as the strictest reader takes it: no NaN, no duplicate key, no lone surrogate, nothing after the value."""
    text.encode()
    value = json.loads(text, object_pairs_hook=_no_duplicates, parse_constant=_refuse)
    json.dumps(value, ensure_ascii=False).encode()
    return value


def _no_duplicates(pairs):
    assert len({name for name, _ in pairs}) == len(pairs), "a key stands twice"
    return dict(pairs)


def _refuse(name):
    raise AssertionError(f"{name} is not JSON")


def compact(payload):
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


def without_notice(result, payload):
    """What the text says beside the notice, which must stand where it should and nowhere else."""
    value = strict(result.text)
    if result.notice is None or isinstance(payload, str):
        return value
    if isinstance(payload, list):
        assert value[0] == {"_notice": result.notice}
        return value[1:]
    key = next(key for key in ("_notice", "_notice_2", "_notice_3") if key not in payload)
    assert next(iter(value)) == key
    assert value.pop(key) == result.notice
    return value


def same(one, other):
    """Whether two JSON values are equal to the type, the order of keys and the sign of nought; at any depth."""
    todo = [(one, other)]
    while todo:
        left, right = todo.pop()
        if type(left) is not type(right):
            return False
        if isinstance(left, dict):
            if list(left) != list(right):
                return False
            todo.extend((left[name], right[name]) for name in left)
        elif isinstance(left, list):
            if len(left) != len(right):
                return False
            todo.extend(zip(left, right, strict=True))
        elif left != right or (isinstance(left, float) and repr(left) != repr(right)):
            return False
    return True


def missing(payload, data, starts=None):
    """What `data` lacks of `payload`, in document order. Fails at anything that is not in the payload, or out of order.

    `starts` says, by pointer, from which item or character on a list or string is shown.
    """
    found = []
    todo = [("", payload, data)]
    while todo:
        path, whole, part = todo.pop()
        assert type(part) is type(whole), path
        start = (starts or {}).get(path, 0)
        if isinstance(whole, str):
            kind, kept = "characters", _kept_characters(whole[start:], part)
        elif isinstance(whole, list):
            kind, kept = "items", len(part)
            inside = [(f"{path}/{start + at}", whole[start + at], item) for at, item in enumerate(part)]
        elif isinstance(whole, dict):
            kind, kept = "keys", len(part)
            assert list(part) == [name for name in whole if name in part], f"{path}: keys invented or out of order"
            inside = [(f"{path}/{_escaped(name)}", whole[name], value) for name, value in part.items()]
        else:
            assert same(whole, part), path
            continue
        if kept < len(whole):
            found.append(Omission(path, kind, kept, len(whole)))
        if not isinstance(whole, str):
            todo.extend(reversed(inside))
    return found


def _escaped(name):
    return name.replace("~", "~0").replace("/", "~1")


def _kept_characters(whole, part):
    if part == whole:
        return len(whole)
    assert part.endswith("…"), f"{part!r} is neither {whole!r} nor marked as cut"
    assert whole.startswith(part[:-1]), f"{part!r} is no beginning of {whole!r}"
    return len(part) - 1


def within(small, big):
    """Whether `big` shows all that `small` shows."""
    todo = [(small, big)]
    while todo:
        less, more = todo.pop()
        if type(less) is not type(more):
            return False
        if isinstance(less, dict):
            if not less.keys() <= more.keys():
                return False
            todo.extend((value, more[name]) for name, value in less.items())
        elif isinstance(less, list):
            if len(less) > len(more):
                return False
            todo.extend(zip(less, more, strict=False))
        elif isinstance(less, str):
            if less != more and not (less.endswith("…") and more.startswith(less[:-1])):
                return False
        elif less != more:
            return False
    return True


def cuts(payload, data):
    """Each string that is cut, with the number of its characters that are shown."""
    todo = [(payload, data)]
    while todo:
        whole, part = todo.pop()
        if isinstance(part, dict):
            todo.extend((whole[name], value) for name, value in part.items())
        elif isinstance(part, list):
            todo.extend(zip(whole, part, strict=False))
        elif isinstance(part, str) and part != whole:
            yield whole, len(part) - 1


def may_be_cut_at(text, at):
    """Whether a text may end there: between graphemes, and not within a URL or a number."""
    spans = (match.span() for pattern in (_URL, _NUMBER) for match in pattern.finditer(text))
    between = at in {0, *(match.end() for match in _CLUSTER.finditer(text))}
    return between and not any(start < at < end for start, end in spans)
