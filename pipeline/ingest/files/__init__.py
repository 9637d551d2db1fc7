"""Files as they are offered: folders, archives, what a file is by its content."""
