"""HTML: the paper in a page of the web."""
