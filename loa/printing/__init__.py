"""The papers of a campaign as files in a folder."""
