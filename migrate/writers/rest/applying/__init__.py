"""Carrying out a plan: records go to the site in order; others hang in before and after."""
