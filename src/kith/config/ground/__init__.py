"""The ground Kith stands on: the embedded database, the process tree, the web server and the worker.

Modules here know no capability. `postgres`, `supervisor` and what they use run without Django.
"""
