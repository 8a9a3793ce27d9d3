using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;

namespace FaLW.Studies;

/// <summary>One experiment of an ensemble: its splits and the margin each of its models gives every image. Plain numbers.</summary>
/// <param name="Spec">The experiment as it ran.</param>
/// <param name="Splits">Its forget, retain, unseen and test rows.</param>
/// <param name="Labels">True class of every row of the image set.</param>
/// <param name="Original">Margin of every row under Original.</param>
/// <param name="Retrain">Margin of every row under Retrain.</param>
/// <param name="Unlearned">Margin of every row under the method.</param>
/// <param name="Times">Time each of its models took when it was made, also when it is reused.</param>
public sealed record EnsembleMember(
    ExperimentSpec Spec, Splits Splits, IReadOnlyList<int> Labels,
    IReadOnlyList<double> Original, IReadOnlyList<double> Retrain, IReadOnlyList<double> Unlearned, ValueList<StageTime> Times)
{
    /// <summary>Margins of some rows under one of its models, with those under reference models.</summary>
    /// <param name="rows">Rows of the image set.</param>
    /// <param name="target">The margins to audit, one per row of the image set.</param>
    /// <param name="references">Margins of the reference models, one per row of the image set each.</param>
    public ReferencedMargins Margins(IReadOnlyList<int> rows, IReadOnlyList<double> target, IEnumerable<IReadOnlyList<double>> references) => new(
        [.. rows.Select(row => Labels[row])], Of(rows, target), [.. references.Select(model => Of(rows, model))]);

    /// <summary>The margins of some rows.</summary>
    /// <param name="rows">Rows of the image set.</param>
    /// <param name="margins">One margin per row of the image set.</param>
    public static IReadOnlyList<double> Of(IReadOnlyList<int> rows, IReadOnlyList<double> margins) => [.. rows.Select(row => margins[row])];
}
