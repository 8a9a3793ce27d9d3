using System.Globalization;
using FaLW.Experiments;
using FaLW.Training;

namespace FaLW.Studies;

/// <summary>
/// A search that leaves out what cannot change its choice. Every value runs on the first pilot seed; after it a method's next run is always that of the value with
/// the smallest sum of gaps so far. No gap is negative, so once that value has all its seeds, whatever the others would get on theirs only adds to sums that are
/// larger already: the same value is chosen as if everything had run.
/// </summary>
internal static class Search
{
    public static IReadOnlyList<RunResult> Run(Lab lab, IReadOnlyList<ExperimentSpec> specs, Action<ExperimentSpec, DivergedException>? diverged, CancellationToken cancellation)
    {
        var (results, lost) = (lab.Settings.Fresh ? [] : lab.Known(specs).ToList(), new HashSet<ExperimentSpec>());
        var next = Next(specs, results, lost);
        // What is decided needs no images.
        if (next.Count > 0) lab.Check(specs);
        void Lose(ExperimentSpec spec, DivergedException fault)
        {
            lost.Add(spec);
            diverged!(spec, fault);
        }
        for (; next.Count > 0; next = Next(specs, results, lost))
        {
            lab.Say(Ahead(next));
            results.AddRange(lab.RunAsIs(next, diverged is null ? null : Lose, cancellation));
        }
        if (specs.Count - results.Count - lost.Count is > 0 and var spared)
            lab.Say(FormattableString.Invariant($"{spared} of {specs.Count} runs are left out: whatever they gave, no other value would be chosen."), isSteady: true);
        var places = specs.Index().ToLookup(item => Identity(item.Item), item => item.Index);
        return [.. results.OrderBy(result => places[Identity(result.Spec)].First())];
    }

    /// <summary>Of every value of every method on every pilot seed, seeds in order, the runs without which the choice is not known, the next of every method; empty once all is decided.</summary>
    public static IReadOnlyList<ExperimentSpec> Next(IReadOnlyList<ExperimentSpec> specs, IEnumerable<RunResult> results, IReadOnlySet<ExperimentSpec> diverged)
    {
        var known = results.ToLookup(result => (result.Title, result.Spec.Searched));
        return [.. specs.GroupBy(spec => spec.Title).SelectMany(method =>
            NextOf([.. method.GroupBy(spec => spec.Searched).Select(value => new Value([.. value], [.. known[(method.Key, value.Key)]], value.Any(diverged.Contains)))]))];
    }

    private static IEnumerable<ExperimentSpec> NextOf(IReadOnlyList<Value> values)
    {
        var begun = values.Where(value => value is { Runs.Count: 0, HasDiverged: false }).ToList();
        if (begun.Count > 0) return begun.Select(value => value.Open[0]);
        var (able, alike) = (values.Where(value => !value.HasDiverged).ToList(), values.Where(value => value is { HasDiverged: false, IsSuppressed: false }).ToList());
        // The smaller value wins a tie, and MinBy takes the first.
        return (alike.Count > 0 ? alike : able).OrderBy(value => value.Setting).MinBy(value => value.Sum) is { Open: [var open, ..] } ? [open] : [];
    }

    private static string Ahead(IReadOnlyList<ExperimentSpec> next)
    {
        var first = next.Min(spec => spec.Seeds.Unlearning);
        var (begun, ahead) = (next.Count(spec => spec.Seeds.Unlearning == first), next.Where(spec => spec.Seeds.Unlearning > first).ToList());
        string[] parts =
        [
            .. begun > 0 ? [FormattableString.Invariant($"{begun} value{(begun == 1 ? "" : "s")} on seed {first}")] : Array.Empty<string>(),
            .. ahead.Select(spec => FormattableString.Invariant($"{spec.Title}{(double.IsNaN(spec.Searched) ? "" : " " + spec.Searched.ToString("0.######", CultureInfo.InvariantCulture))} on seed {spec.Seeds.Unlearning}")),
        ];
        return $"Not decided: {string.Join(", ", next.Select(spec => spec.Title).Distinct())}. Next: {string.Join(", ", parts)}.";
    }

    private static (string, double, int) Identity(ExperimentSpec spec) => (spec.Title, spec.Searched, spec.Seeds.Unlearning);

    private sealed record Value(IReadOnlyList<ExperimentSpec> Specs, IReadOnlyList<RunResult> Runs, bool IsLost)
    {
        public bool HasDiverged => IsLost || Runs.Any(run => !double.IsFinite(run.ValidationGap));

        public double Setting => Specs[0].Searched;

        public double Sum => Runs.Sum(run => run.ValidationGap);

        public bool IsSuppressed => Runs.Any(run => run.IsSuppressed);

        public IReadOnlyList<ExperimentSpec> Open => [.. Specs.Where(spec => Runs.All(run => run.Spec.Seeds.Unlearning != spec.Seeds.Unlearning))];
    }
}
