"""Any value a handler may hold, as JSON has it, one node at a time: read as far as it is shown, and no further."""
