using FaLW.Data;

namespace FaLW.Figures;

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
    /// <param name="label">What is shown.</param>
    /// <param name="unit">Its unit.</param>
    public static Axis Log(string label, string unit = "") => new(label, unit) { Scale = AxisScale.Log };

    /// <summary>An axis of whole numbers: counts, epochs, class ranks.</summary>
    /// <param name="label">What is shown.</param>
    /// <param name="unit">Its unit.</param>
    public static Axis Whole(string label, string unit = "") => new(label, unit) { SmallestStep = 1 };

    /// <summary>An axis of names at the places 0, 1, 2, ...</summary>
    /// <param name="label">What is shown; may be empty when the names say it.</param>
    /// <param name="names">The names in order.</param>
    public static Axis Of(string label, IEnumerable<string> names) => new(label) { Categories = names.ToValueList() };
}
