"""Documents that nothing is to be said of, one of each kind, and a way to change one of them."""

import copy
import json
from pathlib import Path

import yaml

SAMPLES = Path(__file__).parents[3] / "samples"
PLACES = SAMPLES / "manifests"


def plugin():
    return json.loads((PLACES / "harbour" / "ai-plugin.json").read_text(encoding="utf-8"))


def openapi():
    return yaml.safe_load((PLACES / "harbour" / "openapi.yaml").read_text(encoding="utf-8"))


def m365():
    return json.loads((PLACES / "m365" / "plugin.json").read_text(encoding="utf-8"))


def tools():
    return json.loads((PLACES / "m365" / "tools.json").read_text(encoding="utf-8"))


BESIDE = {"https://api.harbour.example/openapi.yaml": openapi(), "openapi.yaml": openapi(), "tools.json": tools()}
GOOD = {"plugin": plugin, "openapi": openapi, "m365": m365, "tools": tools}
GONE = object()


def changed(document, *path_and_value):
    """A copy with another value at a path; GONE takes it out."""
    *path, value = path_and_value
    result = holder = copy.deepcopy(document)
    if not path:
        return value
    for key in path[:-1]:
        holder = holder[key]
    if value is GONE:
        del holder[path[-1]]
    elif isinstance(holder, list) and path[-1] == len(holder):
        holder.append(value)
    else:
        holder[path[-1]] = value
    return result
