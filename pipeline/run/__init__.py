"""The batch: offers in, outcomes out, a build published, a report for people."""
