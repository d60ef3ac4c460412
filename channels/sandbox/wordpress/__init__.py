"""A stand-in of WordPress: its REST interface, and the pages a reader sees."""
