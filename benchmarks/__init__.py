"""How long things take. Each file answers one question: ``python -m benchmarks.NAME``."""
