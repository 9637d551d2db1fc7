"""Ten made-up plans with their gold: `python -m tests.samples` writes data/raw and tests/gold again.

Each file of plans/ holds one plan, its text and what a careful reader finds in it, so that both are seen at once.
People, numbers of provincial papers and wards are invented; provinces, laws and their dates are real.
"""
