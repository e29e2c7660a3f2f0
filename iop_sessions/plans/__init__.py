"""Sessions and the plan's folder: read, write, compare, who may lead."""
