using FaLW.Metrics;

namespace FaLW.Experiments;

/// <summary>
/// How far a result that is computed again may be from its record. On equal grounds training repeats itself and hardly anything may
/// differ; elsewhere sums are rounded otherwise, training amplifies that, and models differ about as much as two seeds do.
/// </summary>
/// <param name="Words">Against what was compared, for a report.</param>
/// <param name="Points">Largest difference of an accuracy, in points.</param>
/// <param name="MembershipPoints">Largest difference of membership inference, in points.</param>
/// <param name="Probability">Largest mean absolute difference of the true-class probability over forget samples, 0 to 1.</param>
public sealed record Tolerance(string Words, double Points, double MembershipPoints, double Probability)
{
    /// <summary>The same device, processor, number of threads and libtorch.</summary>
    public static Tolerance SameGround { get; } = new("equal up to rounding on a machine like the one it was computed on", 0.05, 0.05, 1e-4);

    /// <summary>Any other machine.</summary>
    public static Tolerance OtherGround { get; } = new("as near as another machine can come", 3, 6, 0.08);

    /// <summary>The one for two computations.</summary>
    /// <param name="one">Where one was computed.</param>
    /// <param name="other">Where the other was.</param>
    public static Tolerance Between(Provenance one, Provenance other) => one.Ground == other.Ground ? SameGround : OtherGround;

    /// <summary>What is further apart than it may be, one sentence each; empty when the record holds.</summary>
    /// <param name="recorded">The record.</param>
    /// <param name="computed">The same spec computed again.</param>
    public IReadOnlyList<string> Differences(RunResult recorded, RunResult computed)
    {
        if (recorded.Provenance.SplitsHash != computed.Provenance.SplitsHash)
            return ["its splits are other ones than those drawn here, so not even the images forgotten are the same."];
        return
        [
            .. Scores("Original", recorded.Original, computed.Original),
            .. Scores("Retrain", recorded.Retrain, computed.Retrain),
            .. Scores("Unlearned", recorded.Unlearned, computed.Unlearned),
            .. Samples("Original", recorded, computed, row => row.Original),
            .. Samples("Retrain", recorded, computed, row => row.Retrain),
            .. Samples("Unlearned", recorded, computed, row => row.Unlearned),
        ];
    }

    private IEnumerable<string> Scores(string model, Scores recorded, Scores computed) =>
        from number in new (string Name, double Was, double Is, double Allowed)[]
        {
            ("forget accuracy", recorded.ForgetAccuracy, computed.ForgetAccuracy, Points),
            ("retain accuracy", recorded.RetainAccuracy, computed.RetainAccuracy, Points),
            ("test accuracy", recorded.TestAccuracy, computed.TestAccuracy, Points),
            ("membership inference", recorded.MembershipInference, computed.MembershipInference, MembershipPoints),
        }
        where !(Math.Abs(number.Was - number.Is) <= number.Allowed)
        select FormattableString.Invariant(
            $"{number.Name} of {model} is {number.Was:0.00} in the record and {number.Is:0.00} here; {number.Allowed} points are tolerated.");

    private IEnumerable<string> Samples(string model, RunResult recorded, RunResult computed, Func<SampleRow, double> of)
    {
        if (!recorded.Samples.Select(row => (row.Row, row.Class)).SequenceEqual(computed.Samples.Select(row => (row.Row, row.Class))))
            return [$"its forget samples are not those of {model} here."];
        var mean = recorded.Samples.Zip(computed.Samples, (was, now) => Math.Abs(of(was) - of(now))).Average();
        return mean <= Probability ? [] :
        [
            FormattableString.Invariant(
                $"the true-class probability of forget samples under {model} differs by {mean:0.0000} on average; {Probability} is tolerated."),
        ];
    }
}
