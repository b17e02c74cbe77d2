"""What a person may do with figures: publish a table."""
