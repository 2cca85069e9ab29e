"""The phones of the practice country: every text message, for anybody to see."""
