"""The durable record of occurrences, attempts and decisions."""
