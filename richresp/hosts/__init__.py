"""What hosts send with a call, and what they show of an answer."""
