"""Faults on command: the disk fills up, calls fail, the process is killed or the power lost, at any step of a run.

`python -m tests.faults --faults 1000 --seed 1` injects them one by one and checks after each what must hold.
"""
