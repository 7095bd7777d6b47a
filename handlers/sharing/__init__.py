"""Who may read a plan, who owns it, and which channel it is about."""
