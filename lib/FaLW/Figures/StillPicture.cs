using ScottPlot;
using ScottPlot.AxisPanels;
using ScottPlot.Plottables;
using ScottPlot.Rendering.RenderActions;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace FaLW.Figures;

/// <summary>
/// Draws a figure on a canvas: one ScottPlot for each panel, at the place the plan gives it, and the words around and in them. Values are
/// handed over as pixels of the panel, x from its left and y from its bottom, so that logarithmic axes and names need no second treatment.
/// </summary>
internal sealed class StillPicture
{
    private readonly SKCanvas canvas;
    private readonly Figure figure;
    private readonly FigurePlan plan;
    private readonly ScottPlot.Paint brush = ScottPlot.Paint.NewDisposablePaint();

    private StillPicture(SKCanvas canvas, Figure figure) => (this.canvas, this.figure, plan) = (canvas, figure, new FigurePlan(figure));

    public static void Draw(Figure figure, SKCanvas canvas)
    {
        var picture = new StillPicture(canvas, figure);
        canvas.Clear(Palette.Paper.ToSkia());
        foreach (var panel in picture.plan.Panels) picture.Draw(panel);
        foreach (var (trace, x, y, width) in picture.plan.Entries) picture.Key(trace, (float)x, (float)y, (float)width);
        foreach (var words in picture.plan.Words) Lettering.Draw(canvas, words);
        picture.brush.Dispose();
    }

    private void Draw(PanelPlan panel)
    {
        using var plot = new Plot();
        plot.FigureBackground.Color = plot.DataBackground.Color = Colors.Transparent;
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        var actions = plot.RenderManager.RenderActions;
        actions[actions.FindIndex(action => action is RenderPlottables)] = new WholeMarks();
        Axes(plot, panel);
        Grounds(plot, panel);
        if (panel.Heat is { } heat && heat.Rows.Any(row => row.Any(double.IsFinite))) Add(plot, panel, heat);
        Bars[] bars = [.. panel.Panel.Traces.OfType<Bars>()];
        foreach (var each in bars) Add(plot, panel, each, bars);
        if (panel.Heat is null) plot.Add.HorizontalLine(panel.HasBars && panel.Y.Holds(0) ? panel.Up(0) : 0, 1, Colour(Palette.Ink));
        References(plot, panel);
        foreach (var trace in panel.Panel.Traces) Add(plot, panel, trace);
        var place = panel.Plot;
        plot.Layout.Fixed(new PixelRect((float)place.Left, (float)place.Right, (float)place.Bottom, (float)place.Top));
        plot.Render(canvas, new PixelRect(0, figure.Width, figure.Height, 0));
        if (panel.Panel.ColourBar is { } shading) ColourBar(panel, shading);
        foreach (var words in PanelWords.Of(panel)) Lettering.Draw(canvas, words);
    }

    // Tick marks and grid lines are the plot's; their labels are words like all others.
    private static void Axes(Plot plot, PanelPlan panel)
    {
        plot.Axes.SetLimits(0, panel.Plot.Width, 0, panel.Plot.Height);
        plot.Axes.Right.IsVisible = plot.Axes.Top.IsVisible = false;
        AxisBase[] axes = [(AxisBase)plot.Axes.Bottom, (AxisBase)plot.Axes.Left];
        foreach (var axis in axes)
        {
            axis.FrameLineStyle.Width = 0;
            axis.TickLabelStyle.IsVisible = false;
            axis.MajorTickStyle.Color = axis.MinorTickStyle.Color = Colors.Transparent;
        }
        var numbers = panel.Heat is null && panel.Panel.X.Categories.Count == 0;
        if (numbers) axes[0].MajorTickStyle.Color = axes[0].MinorTickStyle.Color = Colour(Palette.Muted);
        (axes[0].MajorTickStyle.Length, axes[0].MinorTickStyle.Length) = ((float)Style.TickLength, 0.6f * (float)Style.TickLength);
        plot.Axes.Bottom.TickGenerator = Generator(panel.TicksX.Select(t => (panel.Right(t.Value), t.Label)));
        plot.Axes.Left.TickGenerator = Generator(panel.TicksY.Select(t => (panel.Up(t.Value), t.Label)));
        plot.Grid.MajorLineColor = Colour(Palette.Grid);
        plot.Grid.XAxisStyle.IsVisible = numbers && !panel.HasBars;
        plot.Grid.YAxisStyle.IsVisible = panel.Heat is null && panel.Panel.Y.Categories.Count == 0;
    }

    private static NumericManual Generator(IEnumerable<(double Place, string Label)> ticks) =>
        new([.. ticks.Select(tick => tick.Label.Length > 0 ? ScottPlot.Tick.Major(tick.Place, tick.Label) : ScottPlot.Tick.Minor(tick.Place))]);

    private static void Grounds(Plot plot, PanelPlan panel)
    {
        foreach (var zone in panel.Panel.Annotations.OfType<Zone>().Where(z => z.Shaded))
            plot.Add.HorizontalSpan(panel.Right(zone.From), panel.Right(zone.To), Colour(Palette.Grid, 0.45)).LineStyle.Width = 0;
        foreach (var note in panel.Panel.Annotations.OfType<Note>().Where(n => n.Behind)) plot.Add.Plottable(new Ground(PanelWords.Of(panel, note)));
    }

    private static void References(Plot plot, PanelPlan panel)
    {
        foreach (var line in panel.Panel.Annotations.OfType<ReferenceLine>().Where(line => (line.Upright ? panel.X : panel.Y).Holds(line.At)))
        {
            var (paint, width) = line.Solid ? (Palette.Ink, 1.25f) : (Palette.Muted, 1.5f);
            AxisLine drawn = line.Upright
                ? plot.Add.VerticalLine(panel.Right(line.At), width, Colour(paint))
                : plot.Add.HorizontalLine(panel.Up(line.At), width, Colour(paint));
            Dashes(drawn.LineStyle, line.Solid ? Dash.Solid : Dash.Dashed);
        }
    }

    private void Add(Plot plot, PanelPlan panel, Trace trace)
    {
        var paint = plan.Inks(trace);
        switch (trace)
        {
            case Band band:
                var low = Thinning.Line(Spots(panel, band.X, band.Low), double.MaxValue);
                var high = Thinning.Line(Spots(panel, band.X, band.High), double.MaxValue);
                var area = plot.Add.Polygon([.. low.Concat(high.Reverse()).Where(s => !double.IsNaN(s.X)).Select(s => new Coordinates(s.X, s.Y))]);
                (area.FillColor, area.LineWidth) = (Colour(paint, 0.2), 0);
                break;
            case Line line:
                Errors(plot, panel, [.. line.X.Select(panel.Right)], line.Y, line.Errors, paint, 4);
                var spots = Spots(panel, line.X, line.Y);
                var drawn = plot.Add.ScatterLine(Thinning.Line(spots, panel.Plot.Width).Select(s => new Coordinates(s.X, s.Y)).ToArray(), Colour(paint));
                drawn.LineStyle.Width = (float)line.Width;
                Dashes(drawn.LineStyle, line.Dash);
                if (line.Marker != Marker.None) Marks(plot, panel, new Points(line.Name, line.X, line.Y) { Marker = line.Marker, Radius = 4 }, paint);
                break;
            case Points points:
                Errors(plot, panel, [.. points.X.Select(panel.Right)], points.Y, points.Errors, paint, 4);
                Marks(plot, panel, points, paint);
                break;
        }
    }

    private static void Marks(Plot plot, PanelPlan panel, Points points, Paint paint)
    {
        int[] inside = [.. Enumerable.Range(0, points.X.Count).Where(i => panel.X.Holds(points.X[i]) && panel.Y.Holds(points.Y[i]))];
        Spot[] spots = [.. inside.Select(i => new Spot(panel.Right(points.X[i]), panel.Up(points.Y[i])))];
        var most = inside.Length <= Thinning.Many ? int.MaxValue : points.Opacity < 1 ? 3 : 1;
        var range = points.Shading?.Range ?? default;
        var shown = Thinning.Points(spots, Math.Max(1, points.Radius * 0.6), most);
        foreach (var shade in shown.GroupBy(i => points.Shading?.Colour(points.Shading.Values[inside[i]], range) ?? paint))
        {
            var marks = plot.Add.Markers(shade.Select(i => new Coordinates(spots[i].X, spots[i].Y)).ToArray());
            marks.MarkerStyle = Mark(points.Marker, points.Radius, shade.Key, points.Opacity, halo: points.Opacity >= 1 && points.Radius >= 2.5 && shown.Count <= 400);
        }
    }

    private void Add(Plot plot, PanelPlan panel, Bars bars, Bars[] all)
    {
        var (paint, opacity) = (plan.Inks(bars), bars.Overlay && all.Length > 1 ? 0.55 : 1);
        Bars[] beside = [.. all.Where(b => !b.Overlay)];
        var width = bars.Width / (bars.Overlay ? 1 : beside.Length);
        var shift = bars.Overlay ? 0 : (Array.IndexOf(beside, bars) - (beside.Length - 1) / 2.0) * width;
        var (broad, ground) = (panel.Right(width) - panel.Right(0), panel.Y.Log ? 0 : panel.Up(Math.Clamp(0, panel.Y.Low, panel.Y.High)));
        // A hair of ground between neighbours, as long as the bars are wide enough to spare it; a bar of height zero is a line, not nothing.
        var (gap, least) = (broad > 6 ? bars.Overlay ? 0.5 : 1 : 0, bars.Overlay ? 0 : 2);
        ScottPlot.Bar[] drawn =
        [
            .. from i in Enumerable.Range(0, bars.X.Count)
               where panel.Y.Has(bars.Y[i])
               let end = panel.Up(bars.Y[i])
               select new ScottPlot.Bar
               {
                   Position = panel.Right(bars.X[i] + shift),
                   Size = broad - gap,
                   ValueBase = ground,
                   Value = Math.Abs(end - ground) >= least ? end : ground + (bars.Y[i] < 0 ? -least : least),
                   LineWidth = 0,
                   FillStyle = new FillStyle(Colour(paint, opacity)) { AntiAlias = false },
               },
        ];
        plot.Add.Bars(drawn);
        Errors(plot, panel, [.. bars.X.Select(x => panel.Right(x + shift))], bars.Y, bars.Errors, Palette.Ink, Math.Clamp(broad * 0.22, 1.5, 4));
    }

    private static void Add(Plot plot, PanelPlan panel, Heat heat)
    {
        var (range, cells) = (heat.Shading.Range, new double[heat.Rows.Count, heat.Rows[0].Count]);
        for (var row = 0; row < heat.Rows.Count; row++)
            for (var column = 0; column < heat.Rows[row].Count; column++) cells[row, column] = double.IsFinite(heat.Rows[row][column]) ? heat.Rows[row][column] : double.NaN;
        var map = plot.Add.Heatmap(cells);
        (map.Colormap, map.ManualRange) = (new Colours(heat.Shading.Ramp), new ScottPlot.Range(range.Low, range.High));
        map.Rectangle = new CoordinateRect(panel.Right(-0.5), panel.Right(heat.Rows[0].Count - 0.5), panel.Up(heat.Rows.Count - 0.5), panel.Up(-0.5));
    }

    private static void Errors(Plot plot, PanelPlan panel, double[] x, IReadOnlyList<double> y, ErrorBars? errors, Paint paint, double cap)
    {
        if (errors is null) return;
        // On a logarithmic axis a bar that reaches zero or below goes on to the edge of the plot.
        double End(double value) => panel.Y.Has(value) ? panel.Up(value) : -10;
        int[] shown = [.. Enumerable.Range(0, x.Length).Where(i => panel.Y.Has(y[i]) && !double.IsNaN(x[i] + errors.Below[i] + errors.Above[i]))];
        plot.Add.Plottable(new ErrorBar(
            [.. shown.Select(i => x[i])], [.. shown.Select(i => panel.Up(y[i]))], null, null,
            [.. shown.Select(i => panel.Up(y[i]) - End(y[i] - errors.Below[i]))], [.. shown.Select(i => End(y[i] + errors.Above[i]) - panel.Up(y[i]))])
        { Color = Colour(paint), LineWidth = 1.5f, CapSize = (float)cap });
    }

    private static Spot[] Spots(PanelPlan panel, IReadOnlyList<double> x, IReadOnlyList<double> y) => [.. x.Select((place, i) =>
        panel.X.Has(place) && panel.Y.Has(y[i]) ? new Spot(panel.Right(place), panel.Up(y[i])) : new Spot(double.NaN, double.NaN))];

    private static MarkerStyle Mark(Marker marker, double radius, Paint paint, double opacity, bool halo)
    {
        // All shapes look equally large.
        var (shape, size) = marker switch
        {
            Marker.Square => (MarkerShape.FilledSquare, 1.78),
            Marker.Diamond => (MarkerShape.FilledDiamond, 2.5),
            Marker.Triangle => (MarkerShape.FilledTriangleUp, 2.6),
            _ => (MarkerShape.FilledCircle, 2),
        };
        return new MarkerStyle(shape, (float)(size * radius)) { FillColor = Colour(paint, opacity), OutlineColor = Colour(Palette.Paper), OutlineWidth = halo ? 1 : 0, LineWidth = 0 };
    }

    private static void Dashes(LineStyle style, Dash dash)
    {
        style.Rounded = true;
        style.Pattern = dash switch
        {
            Dash.Dashed => new LinePattern([3 * style.Width, 3 * style.Width], 0, nameof(Dash.Dashed)),
            Dash.Dotted => new LinePattern([0.01f, 2.4f * style.Width], 0, nameof(Dash.Dotted)),
            _ => LinePattern.Solid,
        };
    }

    private void Key(Trace trace, float x, float y, float width)
    {
        var paint = plan.Inks(trace);
        if (trace is Line line)
        {
            var style = new LineStyle(Math.Max(2, (float)line.Width), Colour(paint));
            Dashes(style, line.Dash);
            Drawing.DrawLine(canvas, brush, new Pixel(x + 1, y), new Pixel(x + width - 1, y), style);
        }
        var marker = trace switch { Points points => (points.Marker, Math.Max(4, points.Radius)), Line { Marker: not Marker.None } own => (own.Marker, 4), _ => (Marker.None, 0) };
        if (marker.Item1 != Marker.None) Drawing.DrawMarker(canvas, brush, new Pixel(x + width / 2, y), Mark(marker.Item1, marker.Item2, paint, 1, halo: true));
        if (trace is Bars or Band)
            Drawing.FillRectangle(canvas, new PixelRect(x, x + width, y + 6.5f, y - 6.5f), brush, new FillStyle(Colour(paint, trace is Bars { Overlay: true } ? 0.6 : trace is Bars ? 1 : 0.25)) { AntiAlias = false });
    }

    private void ColourBar(PanelPlan panel, Shading shading)
    {
        var (left, top, bottom) = ((float)panel.ColourBarLeft, (float)panel.Plot.Top, (float)panel.Plot.Bottom);
        using var colours = SKShader.CreateLinearGradient(
            new SKPoint(0, bottom), new SKPoint(0, top), [.. shading.Ramp.Anchors.Select(anchor => anchor.ToSkia())], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = colours };
        canvas.DrawRect(left, top, 14, bottom - top, paint);
    }

    private static Color Colour(Paint paint, double opacity = 1) => new(paint.Red, paint.Green, paint.Blue, (byte)Math.Round(255 * opacity));

    /// <summary>Plottables cut at the frame, all but marks, of which a half says less than a whole.</summary>
    private sealed class WholeMarks : IRenderAction
    {
        public void Render(RenderPack rp)
        {
            foreach (var plottable in rp.Plot.PlottableList)
            {
                plottable.Axes.DataRect = rp.DataRect;
                rp.Canvas.Save();
                if (plottable is not Markers) rp.Canvas.ClipRect(new SKRect(rp.DataRect.Left - 1, rp.DataRect.Top - 1, rp.DataRect.Right + 1, rp.DataRect.Bottom + 1));
                plottable.Render(rp);
                rp.Canvas.Restore();
            }
            // A first drawing counts as a change of the axes, after which everything would be drawn once more, over itself.
            rp.Plot.RenderManager.EnableRendering = false;
        }
    }

    private sealed class Colours(Ramp ramp) : IColormap
    {
        private const int Steps = 128;

        public string Name => nameof(Ramp);

        // So many steps look even, and so few colours make a small file.
        public Color GetColor(double position) => double.IsNaN(position) ? Color.FromARGB(0) : Colour(ramp.At(Math.Round(position * Steps) / Steps));
    }

    /// <summary>Words under the data.</summary>
    private sealed class Ground(Words words) : IPlottable
    {
        public bool IsVisible { get; set; } = true;

        public IAxes Axes { get; set; } = new ScottPlot.Axes();

        public IEnumerable<LegendItem> LegendItems => [];

        public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

        public void Render(RenderPack rp) => Lettering.Draw(rp.Canvas, words);
    }
}

/// <summary>A place in logical pixels.</summary>
internal readonly record struct Spot(double X, double Y);

/// <summary>Leaves out what a reader could not see. It thins the picture; the figure keeps its data.</summary>
internal static class Thinning
{
    /// <summary>Series longer than this are drawn thinned.</summary>
    public const int Many = 2000;

    private const int MostPoints = 20_000, MostCorners = 8_000;

    /// <summary>A line with at most four points in each pixel column (first, lowest, highest, last), so peaks survive; NaN, which breaks it, is kept.</summary>
    public static IReadOnlyList<Spot> Line(IReadOnlyList<Spot> spots, double width)
    {
        if (spots.Count <= Math.Max(Many, Math.Min(4 * width, 10 * Many))) return spots;
        var rising = Enumerable.Range(1, spots.Count - 1).All(i => !(spots[i].X < spots[i - 1].X));
        if (rising) return Columns(spots);
        List<Spot> apart = [spots[0]];
        foreach (var spot in spots)
            if (!(Math.Abs(spot.X - apart[^1].X) + Math.Abs(spot.Y - apart[^1].Y) < 0.5)) apart.Add(spot);
        var every = (apart.Count + MostCorners - 1) / MostCorners;
        return every == 1 ? apart : [.. apart.Where((spot, i) => i % every == 0 || double.IsNaN(spot.X))];
    }

    /// <summary>Which points to draw: the first few in each cell, and cells so large that a picture stays a picture.</summary>
    public static IReadOnlyList<int> Points(IReadOnlyList<Spot> spots, double cell, int most)
    {
        for (; ; cell *= 1.2)
        {
            var (held, kept) = (new Dictionary<(int, int), int>(), new List<int>());
            for (var i = 0; i < spots.Count; i++)
            {
                var key = ((int)(spots[i].X / cell), (int)(spots[i].Y / cell));
                var count = held[key] = held.GetValueOrDefault(key) + 1;
                if (count <= most) kept.Add(i);
            }
            if (kept.Count <= MostPoints) return kept;
        }
    }

    private static List<Spot> Columns(IReadOnlyList<Spot> spots)
    {
        var kept = new List<Spot>();
        for (var start = 0; start < spots.Count;)
        {
            var (end, low, high, column) = (start, start, start, Math.Floor(spots[start].X));
            for (; end < spots.Count && Math.Floor(spots[end].X).Equals(column); end++)
            {
                if (spots[end].Y < spots[low].Y) low = end;
                if (spots[end].Y > spots[high].Y) high = end;
            }
            foreach (var i in new[] { start, Math.Min(low, high), Math.Max(low, high), end - 1 }.Distinct()) kept.Add(spots[i]);
            start = end;
        }
        return kept;
    }
}
