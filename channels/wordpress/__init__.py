"""A WordPress site, through its REST interface."""
