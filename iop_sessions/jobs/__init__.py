"""One file for each thing a user asks for: plan, print, export, publish, replan."""
