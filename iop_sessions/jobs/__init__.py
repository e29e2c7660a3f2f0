"""One file for each thing a user asks for: plan, check, print, export, publish, replan."""
