"""Scripts for working on Loa; ``make`` runs them."""
