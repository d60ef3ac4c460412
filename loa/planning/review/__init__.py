"""What the texts of a campaign say: do they agree with its facts, whom do they name, what should a person read."""
