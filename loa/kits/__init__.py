"""Kits: what each receiving agency gets of a campaign, and the lists that go with them."""
