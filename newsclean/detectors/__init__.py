"""Detectors: functions from paragraphs (and what was found so far) to spans; none knows another."""
