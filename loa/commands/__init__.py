"""One file per command of the command line; each puts stages together and holds no rule of its own."""
