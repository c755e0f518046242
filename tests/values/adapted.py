"""A value with all that is in it adapted: what the adapters leave to their caller, done here in the plainest way."""

import math

from richresp.values.inputs import Items, adapt


def whole(value):
    """JSON-native values; a float that is not finite is None."""
    for _ in range(9):
        value = adapt(value)
    if isinstance(value, dict):
        return {name: whole(child) for name, child in value.items()}
    if isinstance(value, (list, tuple, Items)):
        return [whole(child) for child in value]
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    return str.__str__(value) if isinstance(value, str) else value


def typed(value):
    """The same with the type of each scalar beside it, so that 1, 1.0 and True are told apart."""
    if isinstance(value, dict):
        return {name: typed(child) for name, child in value.items()}
    return list(map(typed, value)) if isinstance(value, list) else (type(value), value)
