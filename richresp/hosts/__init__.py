"""What the hosts of models send, and what they show of what is returned to them."""
