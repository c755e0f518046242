"""One import in the frameworks people use. Each file needs the extra of its name."""
