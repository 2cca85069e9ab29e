"""What Panjereh is measured by: `./dev bench [name…]`.

Machines are shared and noisy, so a figure counts only as a ratio to a reference that runs beside it in the
same run, or as processor time per operation. Every benchmark asserts that the work was really done.
"""
