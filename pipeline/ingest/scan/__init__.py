"""Pictures of pages: made ready, cut in pieces, read, and cleaned of what is no print."""
