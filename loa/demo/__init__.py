"""The bundled campaigns end to end, in a rehearsed workspace of its own and on stand-ins of the services."""
