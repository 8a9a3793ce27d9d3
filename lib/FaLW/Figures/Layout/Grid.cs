namespace FaLW.Figures;

/// <summary>Places the panels of a figure in rows and columns and decides their scales and ticks.</summary>
internal sealed class Grid
{
    private const double GapX = 26;
    private const double GapY = 20;
    private readonly Figure figure;
    private readonly int columns;
    private readonly int rows;

    public Grid(Figure figure)
    {
        this.figure = figure;
        var count = figure.Panels.Count;
        columns = Math.Clamp(figure.Columns > 0 ? figure.Columns : count switch { <= 3 => count, 4 => 2, _ => 3 }, 1, Math.Max(1, count));
        rows = (count + columns - 1) / columns;
    }

    // Whether names fit must be known before the margins are, so both use this estimate of a panel's width.
    private double Roughly => (figure.Width - 2 * Style.Edge) / columns - 70;

    public IReadOnlyList<PanelPlan> Plans(Frame room)
    {
        var heights = RowHeights(room);
        var lefts = Enumerable.Range(0, columns).Select(c => LeftMargin(c, heights)).ToArray();
        var rights = Enumerable.Range(0, columns).Select(RightMargin).ToArray();
        var width = Math.Floor((room.Width - lefts.Sum() - rights.Sum() - GapX * (columns - 1)) / columns);
        var plans = new List<PanelPlan>();
        for (var i = 0; i < figure.Panels.Count; i++)
        {
            var (row, column) = (i / columns, i % columns);
            var left = room.Left + lefts.Take(column + 1).Sum() + rights.Take(column).Sum() + column * (width + GapX);
            plans.Add(Plan(i, new Frame(Math.Round(left), Math.Round(Top(room, heights, row)), width, heights[row])));
        }
        return plans;
    }

    private PanelPlan Plan(int index, Frame plot)
    {
        var panel = figure.Panels[index];
        var x = new Scale(Domains.X(panel.X, figure.ShareX ? figure.Panels : [panel]), plot.Left, plot.Right);
        var y = ScaleY(panel, plot);
        return new PanelPlan(panel, plot, x, y)
        {
            TicksX = AxisTicks.Of(panel.X, x.Domain, plot.Width / Style.TickRoomX),
            TicksY = AxisTicks.Of(panel.Y, y.Domain, plot.Height / Style.TickRoomY),
            LabelsX = LabelsX(index),
            LabelsY = !figure.ShareY || index % columns == 0,
            Slanted = AxisTicks.Slanted(panel.X, Roughly),
        };
    }

    // Rows of a heat map and names on the y axis run downwards, as in a table.
    private Scale ScaleY(Panel panel, Frame plot)
    {
        var domain = Domains.Y(panel.Y, figure.ShareY ? figure.Panels : [panel]);
        var down = panel.Y.Categories.Count > 0 || panel.Traces.Any(t => t is Heat);
        if (!down) domain = AxisTicks.Rounded(panel.Y, domain, plot.Height / Style.TickRoomY);
        return down ? new Scale(domain, plot.Top, plot.Bottom) : new Scale(domain, plot.Bottom, plot.Top);
    }

    private bool LabelsX(int index) => !figure.ShareX || index + columns >= figure.Panels.Count;

    // Above an unfilled place of the last row labels have that place for themselves.
    private bool InEmptyRoom(int index) => figure.ShareX && index / columns < rows - 1;

    private double[] RowHeights(Frame room)
    {
        var taken = Enumerable.Range(0, rows).Sum(r => Above(r) + Below(r)) + GapY * (rows - 1);
        return [.. Enumerable.Repeat(Math.Max(40, Math.Floor((room.Height - taken) / rows)), rows)];
    }

    private double Top(Frame room, double[] heights, int row) => room.Top + Above(row)
        + Enumerable.Range(0, row).Sum(r => Above(r) + heights[r] + Below(r) + GapY);

    private IEnumerable<int> InRow(int row) => Enumerable.Range(row * columns, columns).Where(i => i < figure.Panels.Count);

    private double Above(int row) => InRow(row).Any(i => figure.Panels[i].Title.Length > 0) ? Style.PanelTitle * Style.Leading + 6 : 4;

    private double Below(int row) => InRow(row).Where(i => LabelsX(i) && !InEmptyRoom(i)).Select(i => figure.Panels[i].X).Select(x => AxisTicks.Depth(x, AxisTicks.Slanted(x, Roughly))).DefaultIfEmpty(8).Max();

    private double LeftMargin(int column, double[] heights)
    {
        if (figure.ShareY && column > 0) return 0;
        var widths = Enumerable.Range(0, figure.Panels.Count).Where(i => i % columns == column).Select(i =>
        {
            var panel = figure.Panels[i];
            var y = ScaleY(panel, new Frame(0, 0, 0, heights[i / columns]));
            return AxisTicks.Widest(AxisTicks.Of(panel.Y, y.Domain, heights[i / columns] / Style.TickRoomY));
        });
        var title = figure.Panels.Any(p => p.Y.Title.Length > 0) ? Style.AxisTitle * Style.Leading + 8 : 0;
        return Math.Max(widths.Max() + 9 + title, Overhang(column));
    }

    // Slanted names reach to the left of what they name; the first one must not leave the picture.
    private double Overhang(int column) => column > 0 ? 0
        : figure.Panels.Where(p => AxisTicks.Slanted(p.X, Roughly)).Select(p => AxisTicks.Overhang(p.X, Roughly)).DefaultIfEmpty(0).Max();

    private double RightMargin(int column) =>
        figure.Panels.Where((_, i) => i % columns == column).Any(p => ColourBar.Of(p) is not null) ? ColourBar.Room : 0;
}
