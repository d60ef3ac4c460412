"""One file per medium: a Document goes in, bytes come out."""
