"""An exchange node: the one door through which an agency's systems ask and answer other agencies."""
