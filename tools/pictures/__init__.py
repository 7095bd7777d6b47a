"""Pictures of what people see, for looking at."""
