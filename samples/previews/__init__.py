"""Pages to preview, and a site of them."""
