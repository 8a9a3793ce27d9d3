namespace FaLW.Figures;

/// <summary>Sizes in logical pixels: chosen to be read in a notebook column and, filling a slide, from the back of a room.</summary>
internal static class Style
{
    public const double Edge = 22, Title = 22, Subtitle = 15, Legend = 15, PanelTitle = 16, AxisTitle = 14.5, TickLabel = 13.5, Remark = 13, Footnote = 12;
    public const double TickLength = 5, ColourBarRoom = 92, LongestName = 220, SlantDegrees = -35;

    /// <summary>Pixels one tick may claim: labels stay apart, grids stay calm.</summary>
    public const double TickRoomX = 80, TickRoomY = 58;

    /// <summary>From baseline to the top of capitals, and from the top of a line to the next, in text sizes.</summary>
    public const double Capital = 0.727, Leading = 1.35;
}

/// <summary>A rectangle in logical pixels, y downwards.</summary>
internal readonly record struct Frame(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;
}

/// <summary>
/// A panel with its place, ranges and ticks decided. Labels, numbers and titles, are left out inside a grid that shares the axis; long names
/// on the x axis are slanted.
/// </summary>
internal sealed record PanelPlan(Panel Panel, Frame Plot, Domain X, Domain Y, bool LabelsX, bool LabelsY, bool Slanted)
{
    public IReadOnlyList<Tick> TicksX { get; } = Ticks.Of(Panel.X, X, Plot.Width / Style.TickRoomX);

    public IReadOnlyList<Tick> TicksY { get; } = Ticks.Of(Panel.Y, Y, Plot.Height / Style.TickRoomY);

    public Heat? Heat => Panel.Traces.OfType<Heat>().FirstOrDefault();

    public bool HasBars => Panel.Traces.Any(t => t is Bars);

    public double ColourBarLeft => Plot.Right + 16;

    /// <summary>Pixels from the left of the plot; far outside of it all is one.</summary>
    public double Right(double value) => Math.Clamp(X.Share(value) * Plot.Width, -1e5, 1e5);

    /// <summary>Pixels from the bottom of the plot.</summary>
    public double Up(double value) => Math.Clamp((Panel.RunsDown ? 1 - Y.Share(value) : Y.Share(value)) * Plot.Height, -1e5, 1e5);

    /// <summary>Where the name of a level line stands: above its right end, unless less is in its way at the other end or below.</summary>
    public (Align Side, bool Above) NameOf(ReferenceLine line)
    {
        var (level, width) = (Up(line.At), Lettering.Measure(line.Text, Style.Remark) + 8);
        (Align Side, bool Above)[] places = [(Align.Right, true), (Align.Left, true), (Align.Right, false), (Align.Left, false)];
        return places.Where(place => place.Above ? level + 20 < Plot.Height || level < 20 : level > 20).MinBy(place =>
        {
            var (left, bottom) = (place.Side == Align.Right ? Plot.Width - width : 0, place.Above ? level + 3 : level - 19);
            return Panel.Traces.SelectMany(Drawn).Count(spot => spot.X >= left && spot.X <= left + width && spot.Y >= bottom && spot.Y <= bottom + 16);
        });
    }

    // Places along everything that is drawn; of very long series it is enough to know some.
    private IEnumerable<Spot> Drawn(Trace trace)
    {
        IEnumerable<Spot> Along(double x0, double y0, double x1, double y1) => Enumerable.Range(0, 9).Select(i => new Spot(
            Right(x0) + (Right(x1) - Right(x0)) * i / 8, Up(y0) + (Up(y1) - Up(y0)) * i / 8));
        if (trace is not Series { X: var x, Y: var y, Errors: var errors }) return [];
        var every = 1 + x.Count / 500;
        return Enumerable.Range(0, x.Count).Where(i => i % every == 0).SelectMany(i => (IEnumerable<Spot>)
        [
            .. trace is Line && i > 0 ? Along(x[i - 1], y[i - 1], x[i], y[i]) : Along(x[i], trace is Bars ? 0 : y[i], x[i], y[i]),
            .. errors is null ? [] : Along(x[i], y[i] - errors.Below[i], x[i], y[i] + errors.Above[i]),
        ]);
    }
}

/// <summary>Where everything of a figure stands, so that the still and the interactive picture look alike.</summary>
internal sealed class FigurePlan
{
    private const double GapX = 26, GapY = 20;
    private readonly Figure figure;
    private readonly int columns, rows;
    private readonly double room;

    public FigurePlan(Figure figure)
    {
        this.figure = figure;
        Inks = Palette.Inks(figure);
        var count = figure.Panels.Count;
        columns = Math.Clamp(figure.Columns > 0 ? figure.Columns : count switch { <= 3 => count, 4 => 2, _ => 3 }, 1, Math.Max(1, count));
        rows = (count + columns - 1) / columns;
        var y = Paragraph(figure.Title, Style.Title, Style.Edge * 0.7, Palette.Ink, strong: true);
        y = Paragraph(figure.Subtitle, Style.Subtitle, y + 2, Palette.Muted);
        Top = Legend(y + 8) + 6;
        Note = Lettering.Wrapped(figure.Note, Style.Footnote, TextWidth);
        var bottom = figure.Height - Style.Edge * 0.7 - (Note.Count > 0 ? Note.Count * Style.Footnote * Style.Leading + 4 : 0);
        room = bottom - Top;
        Paragraph(figure.Note, Style.Footnote, bottom + 8, Palette.Muted);
        Panels = count == 0 ? [] : Plans();
    }

    public Func<Trace, Paint> Inks { get; }

    /// <summary>Title, subtitle and note.</summary>
    public List<Words> Words { get; } = [];

    /// <summary>Entries of the legend, each with the left end of its middle line and the width of its key.</summary>
    public List<(Trace Trace, double X, double Y, double Width)> Entries { get; } = [];

    public IReadOnlyList<string> Note { get; }

    /// <summary>Where the panels may begin.</summary>
    public double Top { get; }

    public IReadOnlyList<PanelPlan> Panels { get; }

    /// <summary>The frame that holds all plots.</summary>
    public Frame Inner => Panels.Count == 0 ? new Frame(Style.Edge, Top, figure.Width - 2 * Style.Edge, room)
        : new Frame(Panels.Min(p => p.Plot.Left), Panels.Min(p => p.Plot.Top), Panels.Max(p => p.Plot.Right) - Panels.Min(p => p.Plot.Left), Panels.Max(p => p.Plot.Bottom) - Panels.Min(p => p.Plot.Top));

    public static double Widest(IEnumerable<Tick> ticks) => ticks.Select(t => Lettering.Measure(t.Label, Style.TickLabel)).DefaultIfEmpty(0).Max();

    /// <summary>Height under a plot: labels (at an angle when long) and title.</summary>
    public static double Depth(Axis axis, bool slanted)
    {
        var title = axis.Title.Length > 0 ? Style.AxisTitle * Style.Leading + 4 : 0;
        var level = Style.TickLength + Style.TickLabel * Style.Leading + 4;
        return title + (slanted ? Math.Max(level, WidestName(axis) * Math.Sin(-Style.SlantDegrees * Math.PI / 180) + 22) : level);
    }

    private static double WidestName(Axis axis) => axis.Categories.Max(name => NameWidth(name));

    private static double NameWidth(string name) => Lettering.Measure(Lettering.Shortened(name, Style.TickLabel, Style.LongestName), Style.TickLabel);

    // A tenth to spare: a browser may write the interactive figure in a wider font.
    public double TextWidth => 0.9 * (figure.Width - 2 * Style.Edge);

    private double Paragraph(string text, double size, double y, Paint paint, bool strong = false)
    {
        foreach (var line in Lettering.Wrapped(text, size, TextWidth, strong))
        {
            y += size * Style.Leading;
            Words.Add(new Words(Style.Edge, y - size * (Style.Leading - 1), line, size, Align.Left, paint, strong));
        }
        return y;
    }

    private double Legend(double y)
    {
        var named = figure.Panels.SelectMany(p => p.Traces).Where(t => t.InLegend && t.Name.Length > 0).DistinctBy(t => t.Name).ToArray();
        if (!figure.Legend || named.Length < 2) return y;
        var x = Style.Edge;
        y += Style.Legend;
        foreach (var (place, trace) in named.Index())
        {
            var key = trace is Bars ? 13 : trace is Points ? 10 : 24;
            var name = Lettering.Shortened(trace.Name, Style.Legend, figure.Width - 2 * Style.Edge - key - 7);
            var width = key + 7 + Lettering.Measure(name, Style.Legend);
            if (x > Style.Edge && x + width > figure.Width - Style.Edge) (x, y) = (Style.Edge, y + Style.Legend * 1.5);
            if (y > 0.4 * figure.Height)
            {
                Words.Add(new Words(x, y, Invariant($"and {named.Length - place} more"), Style.Legend, Align.Left, Palette.Muted));
                break;
            }
            Entries.Add((trace, x, y - Style.Legend * Style.Capital / 2, key));
            Words.Add(new Words(x + key + 7, y, name, Style.Legend, Align.Left, Palette.Ink));
            x += width + 24;
        }
        return y + Style.Legend * 0.6;
    }

    // Whether names fit must be known before the margins are, so both use this estimate of a panel's width.
    private double Roughly => (figure.Width - 2 * Style.Edge) / columns - 70;

    private List<PanelPlan> Plans()
    {
        var taken = Enumerable.Range(0, rows).Sum(r => Above(r) + Below(r)) + GapY * (rows - 1);
        var height = Math.Max(40, Math.Floor((room - taken) / rows));
        double[] lefts = [.. Enumerable.Range(0, columns).Select(c => LeftMargin(c, height))];
        double[] rights = [.. Enumerable.Range(0, columns).Select(c => InColumn(c).Any(p => p.ColourBar is not null) ? Style.ColourBarRoom : 0)];
        var width = Math.Max(20, Math.Floor((figure.Width - 2 * Style.Edge - 6 - lefts.Sum() - rights.Sum() - GapX * (columns - 1)) / columns));
        return
        [
            .. figure.Panels.Select((panel, i) =>
            {
                var (row, column) = (i / columns, i % columns);
                var left = Style.Edge + lefts.Take(column + 1).Sum() + rights.Take(column).Sum() + column * (width + GapX);
                var top = Top + Above(row) + Enumerable.Range(0, row).Sum(r => Above(r) + height + Below(r) + GapY);
                return new PanelPlan(
                    panel, new Frame(Math.Round(left), Math.Round(top), width, height), Domain.X(panel.X, figure.ShareX ? figure.Panels : [panel]),
                    RangeY(panel, height), LabelsX(i), LabelsY: !figure.ShareY || column == 0, Slanted(panel.X));
            }),
        ];
    }

    private Domain RangeY(Panel panel, double height)
    {
        var domain = Domain.Y(panel.Y, figure.ShareY ? figure.Panels : [panel]);
        return panel.RunsDown ? domain : domain.Rounded(panel.Y, height / Style.TickRoomY);
    }

    private bool Slanted(Axis axis) => axis.Categories.Count > 0 && WidestName(axis) + 8 > Roughly / axis.Categories.Count;

    private bool LabelsX(int index) => !figure.ShareX || index + columns >= figure.Panels.Count;

    private IEnumerable<Panel> InColumn(int column) => figure.Panels.Where((_, i) => i % columns == column);

    private double Above(int row) => figure.Panels.Skip(row * columns).Take(columns).Any(p => p.Title.Length > 0) ? Style.PanelTitle * Style.Leading + 6 : 4;

    // Above an unfilled place of the last row labels have that place for themselves.
    private double Below(int row) => Enumerable.Range(row * columns, columns)
        .Where(i => i < figure.Panels.Count && LabelsX(i) && !(figure.ShareX && row < rows - 1))
        .Select(i => figure.Panels[i].X).Select(x => Depth(x, Slanted(x))).DefaultIfEmpty(8).Max();

    private double LeftMargin(int column, double height)
    {
        if (figure.ShareY && column > 0) return 0;
        var widest = InColumn(column).Max(panel => Widest(Ticks.Of(panel.Y, RangeY(panel, height), height / Style.TickRoomY)));
        var title = figure.Panels.Any(p => p.Y.Title.Length > 0) ? Style.AxisTitle * Style.Leading + 8 : 0;
        // Slanted names reach to the left of what they name; the first one must not leave the picture.
        var overhang = figure.Panels.Where(p => column == 0 && Slanted(p.X)).Select(p => p.X)
            .Select(x => NameWidth(x.Categories[0]) * Math.Cos(Style.SlantDegrees * Math.PI / 180) - Roughly / x.Categories.Count / 2).DefaultIfEmpty(0).Max();
        return Math.Max(widest + 9 + title, overhang);
    }
}
