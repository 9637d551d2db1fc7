"""What Vietnamese looks like: syllables and the tables counted from text."""
