"""Charts drawn by the server, each with the table that says the same in figures."""

from kith.kernel.drawings.chart_band import BandPoint, line_with_band
from kith.kernel.drawings.chart_bars import Bar, bars
from kith.kernel.drawings.chart_parts import Chart, ChartTable
from kith.kernel.drawings.chart_states import State, StateRow, Tone, stacked_states

__all__ = [
    "BandPoint",
    "Bar",
    "Chart",
    "ChartTable",
    "State",
    "StateRow",
    "Tone",
    "bars",
    "line_with_band",
    "stacked_states",
]
