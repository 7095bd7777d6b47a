"""The lists of a plan: questions, objections, stakeholders, open points."""
