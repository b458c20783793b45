"""What builds the packaged network and weights from annotated papers; nothing here runs when papers are read."""
