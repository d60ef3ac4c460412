"""The soak: the real posting job against the stand-ins, with faults and kills, and a count of what came out."""
