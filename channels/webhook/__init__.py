"""A portal of another make, told by a signed webhook."""
