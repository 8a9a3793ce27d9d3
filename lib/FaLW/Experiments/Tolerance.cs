using FaLW.Metrics;

namespace FaLW.Experiments;

/// <summary>
/// How far a result that is computed again may be from its record. On equal grounds training repeats itself to the digit. Elsewhere sums
/// are rounded otherwise and training amplifies that, up to what another order of the batches would do: measured at smoke scale with
/// two threads instead of one, methods moved by 0 to 3 points, and the least steady one (RL, 108 forget samples) by 23.
/// </summary>
/// <param name="Words">Against what was compared, for a report.</param>
/// <param name="Points">Largest difference of a score, in points.</param>
/// <param name="Errors">Standard errors allowed on top where the score is a share of the forget samples: of the difference between two such shares of n samples, at most 100 sqrt(0.5 / n) points.</param>
/// <param name="Probability">Largest mean absolute difference of the true-class probability over forget samples, 0 to 1.</param>
public sealed record Tolerance(string Words, double Points, double Errors, double Probability)
{
    /// <summary>The same device, processor, number of threads and libtorch.</summary>
    public static Tolerance SameGround { get; } = new("equal up to rounding on a machine like the one it was computed on", 0.05, 0, 1e-4);

    /// <summary>Any other machine.</summary>
    public static Tolerance OtherGround { get; } = new("as near as another machine or another number of threads can come", 6, 3, 0.15);

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
            .. Scores("Original", recorded.Original, computed.Original, recorded.Samples.Count),
            .. Scores("Retrain", recorded.Retrain, computed.Retrain, recorded.Samples.Count),
            .. Scores("Unlearned", recorded.Unlearned, computed.Unlearned, recorded.Samples.Count),
            .. recorded.Control is { } was && computed.Control is { } now
                ? Scores(RetrainControl.Title, was.Scores, now.Scores, recorded.Samples.Count).Concat(Samples(RetrainControl.Title, recorded, computed, row => row.OtherRetrain ?? double.NaN))
                : [],
            .. Samples("Original", recorded, computed, row => row.Original),
            .. Samples("Retrain", recorded, computed, row => row.Retrain),
            .. Samples("Unlearned", recorded, computed, row => row.Unlearned),
        ];
    }

    private double OfForget(int samples) => Points + (Errors * 100 * Math.Sqrt(0.5 / Math.Max(1, samples)));

    private IEnumerable<string> Scores(string model, Scores recorded, Scores computed, int samples) =>
        from number in new (string Name, double Was, double Is, double Allowed)[]
        {
            ("forget accuracy", recorded.ForgetAccuracy, computed.ForgetAccuracy, OfForget(samples)),
            ("retain accuracy", recorded.RetainAccuracy, computed.RetainAccuracy, Points),
            ("test accuracy", recorded.TestAccuracy, computed.TestAccuracy, Points),
            ("membership inference", recorded.MembershipInference, computed.MembershipInference, OfForget(samples)),
        }
        where !(Math.Abs(number.Was - number.Is) <= number.Allowed)
        select FormattableString.Invariant(
            $"{number.Name} of {model} is {number.Was:0.00} in the record and {number.Is:0.00} here; {number.Allowed:0.00} points are tolerated.");

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
