"""From YAML to a checked campaign and its plan."""
