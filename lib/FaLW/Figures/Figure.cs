using FaLW.Data;

namespace FaLW.Figures;

/// <summary>
/// A figure as a value: titles, panels, traces, axes. It does not know what draws it: PNG and PDF (ScottPlot) and plotly are made of one plan.
/// </summary>
/// <param name="Title">One line that says what is seen.</param>
/// <param name="Panels">One panel, or several as facets, row by row.</param>
[TypeFormatterSource]
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
    public static Figure Of(string title, Axis x, Axis y, params Trace[] traces) => new(title, [new Panel(x, y, [.. traces])]);

    /// <summary>The same figure with annotations added to every panel.</summary>
    public Figure Annotate(params Annotation[] annotations) => this with
    {
        Panels = Panels.Select(p => p with { Annotations = [.. p.Annotations, .. annotations] }).ToValueList(),
    };

    /// <summary>What the figure shows, in a few lines: for terminals, screen readers and diffs.</summary>
    public string Summary => FigureSummary.Of(this);

    /// <summary>The summary.</summary>
    public override string ToString() => Summary;
}

/// <summary>One set of axes with the data drawn in it.</summary>
/// <param name="X">The axis at the bottom.</param>
/// <param name="Y">The axis at the left.</param>
/// <param name="Traces">The data, drawn in this order.</param>
public sealed record Panel(Axis X, Axis Y, ValueList<Trace> Traces)
{
    /// <summary>Written above the panel; empty when the figure's title says it.</summary>
    public string Title { get; init; } = "";

    /// <summary>What is said beside the data.</summary>
    public ValueList<Annotation> Annotations { get; init; } = [];

    // Rows of a heat map and names on the y axis run downwards, as in a table.
    internal bool RunsDown => Y.Categories.Count > 0 || Traces.Any(t => t is Heat);

    // What is shown as colour with a bar beside it.
    internal Shading? ColourBar => Traces
        .Select(t => t switch { Heat heat => heat.Shading, Points points => points.Shading, _ => null }).OfType<Shading>().FirstOrDefault(s => s.Bar);
}

/// <summary>How values are laid out along an axis.</summary>
public enum AxisScale
{
    /// <summary>Equal differences, equal distances.</summary>
    Linear,

    /// <summary>Equal ratios, equal distances; values below zero have no place, and zero only where the axis gives it one.</summary>
    Log,
}

/// <summary>One axis: what it shows, in which unit, over which range.</summary>
/// <param name="Label">What is shown, for example <c>forget accuracy</c>.</param>
/// <param name="Unit">Its unit, for example <c>%</c> or <c>points</c>; empty when the label names it.</param>
public sealed record Axis(string Label, string Unit = "")
{
    /// <summary>Linear or logarithmic.</summary>
    public AxisScale Scale { get; init; }

    /// <summary>Lowest value shown; null lets the data decide.</summary>
    public double? Low { get; init; }

    /// <summary>Highest value shown; null lets the data decide.</summary>
    public double? High { get; init; }

    /// <summary>Names for the places 0, 1, 2, ...; empty for a numeric axis.</summary>
    public ValueList<string> Categories { get; init; } = [];

    /// <summary>Smallest distance between two ticks; 1 keeps counts and class numbers whole. 0 for no limit.</summary>
    public double SmallestStep { get; init; }

    /// <summary>Where on a logarithmic axis zero stands, left of the smallest positive value; null where no zero is shown.</summary>
    public double? Zero { get; init; }

    /// <summary>Label and unit as written beside the axis.</summary>
    public string Title => Unit.Length == 0 ? Label : $"{Label} ({Unit})";

    /// <summary>A logarithmic axis.</summary>
    public static Axis Log(string label, string unit = "") => new(label, unit) { Scale = AxisScale.Log };

    /// <summary>An axis of whole numbers: counts, epochs, class ranks.</summary>
    public static Axis Whole(string label, string unit = "") => new(label, unit) { SmallestStep = 1 };

    /// <summary>An axis of names at the places 0, 1, 2, ...</summary>
    /// <param name="label">What is shown; may be empty when the names say it.</param>
    /// <param name="names">The names in order.</param>
    public static Axis Of(string label, IEnumerable<string> names) => new(label) { Categories = names.ToValueList() };
}

/// <summary>Something said about a panel that is not data.</summary>
public abstract record Annotation
{
    private protected Annotation() { }
}

/// <summary>A line at one value of an axis, for example zero deviation.</summary>
/// <param name="At">The value, in the axis' unit.</param>
/// <param name="Text">Written beside it; may be empty.</param>
/// <param name="Upright">False for a level line (a value of the y axis), true for an upright one.</param>
public sealed record ReferenceLine(double At, string Text = "", bool Upright = false) : Annotation
{
    /// <summary>Drawn unbroken in ink rather than dashed.</summary>
    public bool Solid { get; init; }
}

/// <summary>A word at a place of the panel.</summary>
/// <param name="X">Place along x, in its unit; with <paramref name="Corner"/> a share of the width, 0 to 1.</param>
/// <param name="Y">Place along y, in its unit; with <paramref name="Corner"/> a share of the height, 0 at the bottom.</param>
/// <param name="Text">What is said.</param>
/// <param name="Corner">True when the place is a share of the panel rather than a value.</param>
public sealed record Note(double X, double Y, string Text, bool Corner = false) : Annotation
{
    /// <summary>Where the text lies seen from its place.</summary>
    public Align Align { get; init; } = Align.Left;

    /// <summary>Sets the word off from data under it; not needed on bare or shaded ground.</summary>
    public bool Halo { get; init; } = true;

    /// <summary>Drawn under the data, so that it hides none.</summary>
    public bool Behind { get; init; }

    /// <summary>Colour; null for the muted ink.</summary>
    public Paint? Paint { get; init; }
}

/// <summary>A shaded stretch of the x axis with a name at its top, for example head, middle and tail classes.</summary>
/// <param name="From">Left end, in the axis' unit.</param>
/// <param name="To">Right end, in the axis' unit.</param>
/// <param name="Text">Its name.</param>
/// <param name="Shaded">False draws the name only, so that neighbours alternate.</param>
public sealed record Zone(double From, double To, string Text, bool Shaded = true) : Annotation;

/// <summary>Which side of a text its place marks.</summary>
public enum Align
{
    /// <summary>The text starts at its place.</summary>
    Left,

    /// <summary>The text is centred on its place.</summary>
    Centre,

    /// <summary>The text ends at its place.</summary>
    Right,
}
