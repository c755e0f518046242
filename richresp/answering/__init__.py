"""Answers as the protocols of hosts have them, made of payloads: pure, without any framework."""
