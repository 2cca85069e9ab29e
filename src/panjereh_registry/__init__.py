"""The centre of the exchange: signs and serves the configuration. Nothing else depends on its being up."""
