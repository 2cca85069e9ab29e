"""What the figures say no to."""

from panjereh_kernel.refusal import Refusal


class FigureDiffers(Refusal):
    """A number is not what its events count up to: pages say `shown`, the record says `counted`."""

    code = "figure-differs-from-events"
    status = 500

    def __init__(self, *, figure: str, service: str, state: str, on: str, shown: int, counted: int) -> None:
        super().__init__(f"{figure} {service} {state} {on}: {shown} shown, {counted} counted")
        self.figure = figure
        self.service = service
        self.state = state
        self.on = on
        self.shown = shown
        self.counted = counted
