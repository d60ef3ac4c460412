"""From a due occurrence to a receipt in the ledger."""
