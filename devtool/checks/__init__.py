"""The gate's own checks, one module each: functions that return the faults they found, as lines to print."""
