"""Paper: frozen sheets in, PDF bytes out. No SQL, no Qt, no system clock.

Importing a form's module (`special_report`, `work_order`, `tally_sheet`) or `rasters` is cheap: reportlab,
fontTools, segno and pypdfium2 are loaded inside the functions, at the first sheet that is rendered or looked
at. So callers import the sheet classes and the `render_…` functions at the top of their modules without
slowing the start of the desk, and call `render_…` on a worker thread: the first one in a process also loads
the fonts.
"""
