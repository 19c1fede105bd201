"""Everything stored, exchanged or computed. No Qt and no widget words below this line."""
