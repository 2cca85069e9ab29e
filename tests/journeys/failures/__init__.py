"""The thread while its programs are killed and frozen: nothing promised is lost, nothing is done twice."""
