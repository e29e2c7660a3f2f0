"""One module an engine, each with ``draw(pages) -> Iterator[bytes]``."""
