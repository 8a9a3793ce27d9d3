using FaLW.Metrics;
using MathNet.Numerics.Distributions;

namespace FaLW.Experiments;

/// <summary>
/// How far a result that is computed again may be from its record. On equal grounds training repeats itself to the digit. Elsewhere sums are rounded otherwise and
/// training amplifies that, up to what another seed would do; how much that is, records themselves tell: each holds Retrain and Retrain of another seed.
/// </summary>
/// <param name="Words">Against what was compared, for a report.</param>
/// <param name="Points">Largest difference of each score, in points.</param>
/// <param name="Errors">Standard errors of the difference between two shares of n images that come on top, n being the forget samples, the fewest that any score counts.</param>
/// <param name="Probability">Largest mean absolute difference of the true-class probability over forget samples, 0 to 1.</param>
public sealed record Tolerance(string Words, Scores Points, double Errors, double Probability)
{
    // One number in a thousand may be further out by chance; a result has twenty.
    private const double Level = 0.999;

    private const int Fewest = 3;

    /// <summary>The same device, processor, rounding, number of threads and libtorch.</summary>
    public static Tolerance SameGround { get; } = new("equal up to rounding on a machine like the one it was computed on", new Scores(0.05, 0.05, 0.05, 0.05), 0, 1e-4);

    /// <summary>
    /// The one for a record and its computation here. Records of earlier kits name a processor and do not say how it rounds. Original tells: it is trained before any method, and where it
    /// comes to other digits, chance is the measure, as anywhere else.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="again">The same spec computed here.</param>
    /// <param name="records">All there are. Those on the same images with the same network tell how far chance moves Retrain; where they are fewer than three, all do.</param>
    public static Tolerance Of(RunResult record, RunResult again, IReadOnlyCollection<RunResult> records)
    {
        var found = Between(record, again.Provenance, records);
        if (found != SameGround || again.Provenance.Device != "cpu" || record.MadeOn.All(origin => origin.Arithmetic is not null) || SameGround.Original(record, again).Count == 0) return found;
        var chance = OfChance(record, records);
        return double.IsFinite(chance.Probability) ? chance with { Words = $"{chance.Words}; Original has other digits, so its processor, of this one's name, rounds in another way, or a kit changed numbers" } : found;
    }

    internal static Tolerance Between(RunResult record, Provenance where, IEnumerable<RunResult> records) =>
        record.MadeOn.All(origin => origin.Ground == where.Ground && (origin.Arithmetic is null || where.Arithmetic is null || origin.Arithmetic == where.Arithmetic)) ? SameGround : OfChance(record, records);

    private static Tolerance OfChance(RunResult record, IEnumerable<RunResult> records)
    {
        var pairs = records.Where(run => run.Control is not null).DistinctBy(run => (run.Retrain, run.Control!.Scores)).ToArray();
        static (object, int, int?, object) Size(RunResult run) => (run.Spec.Data.Benchmark, run.Spec.Data.Classes, run.Spec.Data.TrainOfClass, run.Spec.Network);
        var alike = pairs.Where(run => Size(run).Equals(Size(record))).ToArray();
        return OfChance(alike.Length < Fewest ? pairs : alike);
    }

    private static Tolerance OfChance(RunResult[] pairs)
    {
        if (pairs.Length < Fewest)
            return new($"nothing but splits and forget samples could be compared: it was computed on another ground, and fewer than {Fewest} records tell how far chance moves Retrain", new Scores(Unlimited, Unlimited, Unlimited, Unlimited), 0, Unlimited);
        var factor = StudentT.InvCDF(0, 1, pairs.Length, (1 + Level) / 2);
        double Of(Func<Scores, double> score) => factor * Math.Sqrt(pairs.Average(run => Math.Pow(score(run.Retrain) - score(run.Control!.Scores), 2)));
        var moved = pairs.Select(run => run.Samples.Average(row => Math.Abs(row.Retrain - row.OtherRetrain ?? double.NaN))).ToArray();
        return new(
            Invariant($"as near as chance lets a training come that is done elsewhere, measured by {pairs.Length} pairs of Retrains of two seeds"),
            new Scores(Of(s => s.ForgetAccuracy), Of(s => s.RetainAccuracy), Of(s => s.TestAccuracy), Of(s => s.MembershipInference)), factor,
            moved.Average() + (factor * Math.Sqrt(moved.Sum(value => Math.Pow(value - moved.Average(), 2)) / (pairs.Length - 1))));
    }

    private const double Unlimited = double.PositiveInfinity;

    /// <summary>What is further apart than it may be, one sentence each; empty when the record holds.</summary>
    /// <param name="recorded">The record.</param>
    /// <param name="computed">The same spec computed again.</param>
    public IReadOnlyList<string> Differences(RunResult recorded, RunResult computed)
    {
        if (recorded.Provenance.SplitsHash != computed.Provenance.SplitsHash)
            return ["its splits are other ones than those drawn here, so not even the images forgotten are the same."];
        return
        [
            .. Original(recorded, computed),
            .. Scores("Retrain", recorded.Retrain, computed.Retrain, recorded.Samples.Count),
            .. Scores("Unlearned", recorded.Unlearned, computed.Unlearned, recorded.Samples.Count),
            .. recorded.Control is { } was && computed.Control is { } now
                ? Scores(RetrainControl.Title, was.Scores, now.Scores, recorded.Samples.Count).Concat(Samples(RetrainControl.Title, recorded, computed, row => row.OtherRetrain ?? double.NaN))
                : [],
            .. Samples("Retrain", recorded, computed, row => row.Retrain),
            .. Samples("Unlearned", recorded, computed, row => row.Unlearned),
        ];
    }

    private IReadOnlyList<string> Original(RunResult recorded, RunResult computed) =>
        [.. Scores("Original", recorded.Original, computed.Original, recorded.Samples.Count), .. Samples("Original", recorded, computed, row => row.Original)];

    // A share of n images is known to its binomial error; one more hit and one more miss keep that from being none at 0 and 100 %.
    private double Allowed(double points, double was, int images)
    {
        var share = ((was / 100 * images) + 1) / (images + 2);
        return Math.Sqrt((points * points) + (Errors * Errors * 10_000 * 2 * share * (1 - share) / Math.Max(1, images)));
    }

    private IEnumerable<string> Scores(string model, Scores recorded, Scores computed, int samples) =>
        from number in new (string Name, double Was, double Is, double Points)[]
        {
            ("forget accuracy", recorded.ForgetAccuracy, computed.ForgetAccuracy, Points.ForgetAccuracy),
            ("retain accuracy", recorded.RetainAccuracy, computed.RetainAccuracy, Points.RetainAccuracy),
            ("test accuracy", recorded.TestAccuracy, computed.TestAccuracy, Points.TestAccuracy),
            ("membership inference", recorded.MembershipInference, computed.MembershipInference, Points.MembershipInference),
        }
        let allowed = Allowed(number.Points, number.Was, samples)
        where !(Math.Abs(number.Was - number.Is) <= allowed)
        select Invariant(
            $"{number.Name} of {model} is {number.Was:0.00} in the record and {number.Is:0.00} here; {allowed:0.00} points are tolerated.");

    private IEnumerable<string> Samples(string model, RunResult recorded, RunResult computed, Func<SampleRow, double> of)
    {
        if (!recorded.Samples.Select(row => (row.Row, row.Class)).SequenceEqual(computed.Samples.Select(row => (row.Row, row.Class))))
            return [$"its forget samples are not those of {model} here."];
        var mean = recorded.Samples.Zip(computed.Samples, (was, now) => Math.Abs(of(was) - of(now))).Average();
        return mean <= Probability ? [] :
        [
            Invariant(
                $"the true-class probability of forget samples under {model} differs by {mean:0.0000} on average; {Probability:0.####} is tolerated."),
        ];
    }
}
