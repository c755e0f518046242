"""Answers within their budget, as the protocols have them: what to send, decided without a framework and without I/O."""
