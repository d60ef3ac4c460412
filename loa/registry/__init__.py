"""The outgoing register: papers get their number, are frozen, and come back signed."""
