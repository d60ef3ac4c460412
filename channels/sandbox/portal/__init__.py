"""A stand-in of a portal that takes posts by webhook."""
