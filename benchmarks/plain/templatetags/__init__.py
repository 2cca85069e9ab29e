"""Tags and filters of the reference's templates."""
