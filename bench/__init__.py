"""Measurements: what the registry's pages cost beside a bare Flask route on the same machine, in the same run."""
