namespace FaLW.Figures;

/// <summary>The ticks of one axis and the room their labels need.</summary>
internal static class AxisTicks
{
    public const double SlantDegrees = -35;
    private const double LongestName = 220;

    public static IReadOnlyList<Tick> Of(Axis axis, Domain domain, double wanted)
    {
        if (axis.Categories.Count > 0) return [.. axis.Categories.Select((name, i) => new Tick(i, Short(name)))];
        return domain.Log
            ? WithZero(axis.Zero, LogTicks.Of(domain.Low, domain.High, wanted))
            : Ticks.Linear(domain.Low, domain.High, Math.Max(2, wanted), axis.SmallestStep);
    }

    // Between zero and the first value there is nothing to count.
    private static IReadOnlyList<Tick> WithZero(double? zero, IReadOnlyList<Tick> ticks) => zero is { } place ? [new Tick(place, "0"), .. ticks.Where(tick => tick.Value > 2.5 * place)] : ticks;

    /// <summary>A free end of a linear axis moves out to the next tick when that is near, so the top line has a label.</summary>
    public static Domain Rounded(Axis axis, Domain domain, double wanted)
    {
        if (domain.Log) return domain;
        var step = Ticks.Step(domain.Low, domain.High, Math.Max(2, wanted), axis.SmallestStep);
        var (low, high) = (Math.Floor(domain.Low / step) * step, Math.Ceiling(domain.High / step) * step);
        return new Domain(
            axis.Low is null && domain.Low - low < 0.5 * step ? low : domain.Low,
            axis.High is null && high - domain.High < 0.5 * step ? high : domain.High);
    }

    public static double Widest(IEnumerable<Tick> ticks) => ticks.Max(t => (double?)GlyphFont.Measure(t.Label, Style.TickLabel)) ?? 0;

    /// <summary>Names that would touch their neighbours are written at an angle.</summary>
    public static bool Slanted(Axis axis, double width) => axis.Categories.Count > 0
        && axis.Categories.Max(n => GlyphFont.Measure(Short(n), Style.TickLabel)) + 8 > width / axis.Categories.Count;

    /// <summary>Height under the plot: labels (at an angle when long) and title.</summary>
    public static double Depth(Axis axis, bool slanted)
    {
        var title = axis.Title.Length > 0 ? Style.AxisTitle * Style.Leading + 4 : 0;
        var level = Style.TickLength + Style.TickLabel * Style.Leading + 4;
        if (!slanted) return level + title;
        var longest = axis.Categories.Max(n => GlyphFont.Measure(Short(n), Style.TickLabel));
        return Math.Max(level, longest * Math.Sin(-SlantDegrees * Math.PI / 180) + 22) + title;
    }

    /// <summary>How far the first slanted name reaches left of the plot.</summary>
    public static double Overhang(Axis axis, double width) =>
        GlyphFont.Measure(Short(axis.Categories[0]), Style.TickLabel) * Math.Cos(SlantDegrees * Math.PI / 180) - width / axis.Categories.Count / 2;

    private static string Short(string name)
    {
        if (GlyphFont.Measure(name, Style.TickLabel) <= LongestName) return name;
        var length = name.Length;
        while (length > 1 && GlyphFont.Measure(name[..length] + "…", Style.TickLabel) > LongestName) length--;
        return name[..length] + "…";
    }
}
