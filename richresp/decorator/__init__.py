"""One line around a handler: what it returns fits a budget.

    function -> signature (what callers see, where the cursor stands) -> wrapping (one call, sync or async)
             -> answers (a Shaped as the value, the text or itself)

It decides nothing about what is shown: that is `shaping`.
"""

from richresp.decorator.budgeted import budgeted

__all__ = ["budgeted"]
