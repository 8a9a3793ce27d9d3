using System.Globalization;
using System.Text.Json.Serialization;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Training;

namespace FaLW.Studies;

/// <summary>
/// What a search found and froze: for every method of a study its one decisive setting. Every method has the same budget, the
/// values of <see cref="Grid"/>, once each per pilot seed unless they can no longer be chosen, and no reported run uses a pilot seed. The file is written by <c>falw tune</c>
/// and travels with the repository; the runs of the study take their settings from it.
/// </summary>
/// <param name="Study">Name of the study whose methods were tuned.</param>
/// <param name="Scale">Name of the scale.</param>
/// <param name="Rule">How a value is chosen, in a sentence.</param>
/// <param name="Seeds">The pilot seeds.</param>
/// <param name="Rows">Every method with every value and what it scored.</param>
/// <param name="Provenance">Where the search ran.</param>
public sealed record Tuning(string Study, string Scale, string Rule, ValueList<int> Seeds, ValueList<Pilot> Rows, Provenance Provenance)
{
    /// <summary>
    /// The rule: the one there is. The unseen images that judge, as test images and as the attack's non-members, are also those that FaLW's profile and other
    /// methods with a reference are fitted to, so it is kinder to these than to the rest.
    /// </summary>
    public const string SmallestValidationGap =
        "The smallest Average Gap to Retrain with unseen images in place of test images, mean over pilot seeds; test images are not looked at. The smaller value wins a tie. " +
        "A value is passed over when it diverged on any pilot seed, or suppressed on any: forget images less probable than seven in ten unseen ones of their class, " +
        "though forget accuracy is at most 5 points below Retrain's. Where all suppress, the smallest gap is taken and marked.";

    /// <summary>What "the same budget" means.</summary>
    public const string EqualBudget =
        "Every method gets the same number of epochs and of values to try. An epoch passes the set the method trains on, as its authors define it: forget and retain images together (RL, SalUn, FaLW), " +
        "retain images (FT), forget images (GA, BS, BE). A smaller set is fewer steps; the steps stand in the table. A value that can no longer have the smallest mean is not run on the pilot seeds that are left.";

    /// <summary>Pilot seeds a search takes unless told otherwise, and the fewest that may be frozen: on one seed a value can win by chance.</summary>
    public const int Pilots = 3;

    /// <summary>The values every method is tried with: learning rates, where it takes gradient steps. Two in every decade, so that no method's optimum falls into a gap another does not have.</summary>
    public static ValueList<double> Grid { get; } = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1];

    /// <summary>What the budget was, in a sentence; empty in files of an older kit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Budget { get; init; }

    /// <summary>Where the files are in the repository: data/tuned.</summary>
    public static string Folder => Path.Combine(Checkout.Root(), "data", "tuned");

    /// <summary>What the results of a tuning run say.</summary>
    /// <param name="study">The study whose methods were tuned.</param>
    /// <param name="scale">The scale it ran at.</param>
    /// <param name="results">Results of <see cref="Studies.Study.Tuning"/>.</param>
    /// <param name="seeds">Pilot seeds that were asked for; null takes those that results have.</param>
    /// <exception cref="ArgumentException">There is no result.</exception>
    public static Tuning Of(Study study, Scale scale, IReadOnlyList<RunResult> results, int? seeds = null) => results.Count == 0
        ? throw new ArgumentException("There is no result to choose from.", nameof(results))
        : new Tuning(
            study.Name, scale.Name, SmallestValidationGap,
            results.Select(r => r.Spec.Seeds.Unlearning).Distinct().Order().ToValueList(), Tried(study, scale, results, seeds), results[^1].Provenance)
        { Budget = EqualBudget };

    // What was asked for and gave no result diverged; a reader of the record is to see that it was tried. A method
    // without such a setting has the value NaN, which equals itself here alone.
    private static ValueList<Pilot> Tried(Study study, Scale scale, IReadOnlyList<RunResult> results, int? seeds)
    {
        var rows = Pilot.Of(results, seeds);
        var diverged = study.Tuning.Specs(scale, seeds: 1).Select(spec => new Pilot(spec.Title, spec.Searched, double.NaN, false))
            .Where(row => rows.All(other => !(other.Title, other.LearningRate).Equals((row.Title, row.LearningRate))));
        return [.. rows.Concat(diverged).GroupBy(row => row.Title).SelectMany(method => method.OrderBy(row => row.LearningRate))];
    }

    /// <summary>The frozen setting of a method; null where the method was not tuned.</summary>
    public double? Chosen(string title) => Rows.FirstOrDefault(row => row.Chosen && row.Title == title)?.LearningRate;

    /// <summary>The search that was frozen into the kit for a study at a scale; null where there was none.</summary>
    /// <exception cref="Fault">The file cannot be read.</exception>
    public static Tuning? Frozen(string study, string scale)
    {
        using var stream = typeof(Tuning).Assembly.GetManifestResourceStream($"tuned.{NameOf(study, scale)}");
        if (stream is null) return null;
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return CanonicalJson.Read<Tuning>(file, $"data/tuned/{NameOf(study, scale)} is not what 'falw tune' writes", $"Run 'falw tune {study} --scale {scale} --keep' and build again.");
    }

    /// <summary>Name of the file under data/tuned.</summary>
    public static string NameOf(string study, string scale) => $"{study}-{scale}.json";
}

/// <summary>One line of a search: a method with one value of its decisive setting, usually the learning rate.</summary>
/// <param name="Title">The method.</param>
/// <param name="LearningRate">The value that was tried (<see cref="ExperimentSpec.Searched"/>).</param>
/// <param name="ValidationGap">Average Gap to Retrain with unseen images in place of test images, in points; mean over pilot seeds. NaN where the method diverged on any of them, or was not run on all.</param>
/// <param name="Chosen">Whether this is the value the method gets: the smallest gap of those that suppressed on no seed; where all did, the smallest gap of all, and the mark stays.</param>
public sealed record Pilot(string Title, double LearningRate, double ValidationGap, bool Chosen)
{
    /// <summary>On how many pilot seeds the value suppressed instead of forgetting (<see cref="RunResult.IsSuppressed"/>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Suppressed { get; init; }

    /// <summary>The least the gap can be where the value ran on some pilot seeds only, in points: as if it were 0 on the others. 0 where it ran on all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double AtLeast { get; init; }

    /// <summary>Optimizer steps of one run; 0 where nobody counted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Steps { get; init; }

    /// <summary>One row per method and rate, methods in their order, values ascending. The smaller value wins a tie.</summary>
    /// <param name="results">Results of a tuning study. A seed that another value has and a value lacks is one it diverged on, or was left out of because it could not win any more.</param>
    /// <param name="seeds">Pilot seeds that were asked for; null takes those that results have.</param>
    public static IReadOnlyList<Pilot> Of(IReadOnlyCollection<RunResult> results, int? seeds = null)
    {
        var all = seeds ?? results.Select(Seed).Distinct().Count();
        return [.. results.GroupBy(result => result.Title).SelectMany(method => Rows(method.Key, method, all))];
    }

    private static IEnumerable<Pilot> Rows(string title, IEnumerable<RunResult> results, int seeds)
    {
        Pilot[] rows =
        [
            .. from result in results
               group result by result.Spec.Searched into rate
               orderby rate.Key
               let complete = rate.Select(Seed).Distinct().Count() == seeds
               select new Pilot(title, rate.Key, complete ? rate.Average(result => result.ValidationGap) : double.NaN, false)
               {
                   AtLeast = complete ? 0 : rate.Sum(result => result.ValidationGap) / seeds,
                   Suppressed = rate.Count(result => result.IsSuppressed),
                   Steps = rate.Max(result => result.Log.Steps),
               },
        ];
        var best = Smallest(rows.Where(row => row.Suppressed == 0)) ?? Smallest(rows);
        return rows.Select(row => row with { Chosen = row == best });
    }

    private static Pilot? Smallest(IEnumerable<Pilot> rows) => rows.Where(row => double.IsFinite(row.ValidationGap)).MinBy(row => row.ValidationGap);

    private static int Seed(RunResult result) => result.Spec.Seeds.Unlearning;
}

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
            lab.Say(Invariant($"{spared} of {specs.Count} runs are left out: whatever they gave, no other value would be chosen."), isSteady: true);
        var places = specs.Index().ToLookup(item => Identity(item.Item), item => item.Index);
        return [.. results.OrderBy(result => places[Identity(result.Spec)].First())];
    }

    /// <summary>Of every value on every pilot seed the runs without which the choice is not known, the next of every method; empty once all is decided.</summary>
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
            .. begun > 0 ? [Invariant($"{begun} value{(begun == 1 ? "" : "s")} on seed {first}")] : Array.Empty<string>(),
            .. ahead.Select(spec => Invariant($"{spec.Title}{(double.IsNaN(spec.Searched) ? "" : " " + spec.Searched.ToString("0.######", CultureInfo.InvariantCulture))} on seed {spec.Seeds.Unlearning}")),
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
