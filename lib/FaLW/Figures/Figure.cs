using FaLW.Data;

namespace FaLW.Figures;

/// <summary>
/// A figure as a value: titles, panels, traces, axes. It is drawn by pure functions: <see cref="PlotlyJson"/>
/// (interactive), <see cref="Svg"/> (vector) and <see cref="Png"/> (pixels); the last two share one layout.
/// </summary>
/// <param name="Title">One line that says what is seen.</param>
/// <param name="Panels">One panel, or several as facets, row by row.</param>
[TypeFormatterSource("FormatterSource")]
public sealed record Figure(string Title, ValueList<Panel> Panels)
{
    /// <summary>A quieter line under the title: setting, seeds, what to look for.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>A small line at the bottom: source, honest limits.</summary>
    public string Note { get; init; } = "";

    /// <summary>Panels in a row; 0 chooses.</summary>
    public int Columns { get; init; }

    /// <summary>One range of x for all panels; numbers only under the last row.</summary>
    public bool ShareX { get; init; }

    /// <summary>One range of y for all panels; numbers only left of the first column.</summary>
    public bool ShareY { get; init; }

    /// <summary>False leaves the legend out.</summary>
    public bool Legend { get; init; } = true;

    /// <summary>Width in logical pixels; the PNG has twice as many.</summary>
    public int Width { get; init; } = 960;

    /// <summary>Height in logical pixels.</summary>
    public int Height { get; init; } = 600;

    /// <summary>A figure of one panel.</summary>
    /// <param name="title">One line that says what is seen.</param>
    /// <param name="x">The axis at the bottom.</param>
    /// <param name="y">The axis at the left.</param>
    /// <param name="traces">The data.</param>
    public static Figure Of(string title, Axis x, Axis y, params Trace[] traces) => new(title, [new Panel(x, y, [.. traces])]);

    /// <summary>The same figure with annotations added to every panel.</summary>
    /// <param name="annotations">Reference lines, zones and notes.</param>
    public Figure Annotate(params Annotation[] annotations) => this with
    {
        Panels = Panels.Select(p => p with { Annotations = [.. p.Annotations, .. annotations] }).ToValueList(),
    };

    /// <summary>What the figure shows, in a few lines: for terminals, screen readers and diffs.</summary>
    public string Summary => FigureSummary.Of(this);

    /// <summary>The summary.</summary>
    public override string ToString() => Summary;
}
