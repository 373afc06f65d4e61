"""Language-level tools that several stages need."""
