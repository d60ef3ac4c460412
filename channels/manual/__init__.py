"""A place without a door for programs, where a person posts."""
