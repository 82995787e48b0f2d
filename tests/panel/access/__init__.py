"""Who may use the panel: the gate, the forms, and those who try to get past them."""
