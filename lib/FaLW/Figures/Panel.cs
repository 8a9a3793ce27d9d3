using FaLW.Data;

namespace FaLW.Figures;

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
}
