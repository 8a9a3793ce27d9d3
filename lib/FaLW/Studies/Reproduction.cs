using System.Collections.Concurrent;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;
using FaLW.Weighting;

namespace FaLW.Studies;

/// <summary>One claim at one scale: what was measured, and both verdicts.</summary>
/// <param name="Claim">The claim; of a shape with the parts that are asked at this scale.</param>
/// <param name="Scale">The scale of the results. Only Paper answers for the paper.</param>
/// <param name="Spec">A spec of it at this scale: images, classes, network, cap.</param>
/// <param name="Study">The study that answered; where none did, the one to run.</param>
/// <param name="Seeds">Seeds with a number, fewest and most over the parts.</param>
/// <param name="Readings">One per part, against Retrain of the same seed.</param>
/// <param name="OtherReadings">One per part, against Retrain of another seed.</param>
/// <param name="Judgement">The verdict against Retrain of the same seed, which shares initial weights with Original and so with every method.</param>
/// <param name="OtherJudgement">The verdict against Retrain of another seed, the stricter one.</param>
/// <param name="Departures">What else differs from the paper's method, in words: a rolling profile, numbers left out. Empty where nothing does.</param>
public sealed record ReproductionRow(
    Claim Claim, Scale Scale, ExperimentSpec Spec, string Study, (int Fewest, int Most) Seeds, ValueList<Reading> Readings, ValueList<Reading> OtherReadings,
    Judgement Judgement, Judgement OtherJudgement, string Departures)
{
    /// <summary>Whether anything of it was run, with a finite number or without.</summary>
    public required bool HasResults { get; init; }

    /// <summary>Whether the study asks it at this scale; a smaller scale may have fewer settings.</summary>
    public required bool IsAsked { get; init; }

    // The fewest that give an interval worth reading.
    private const int Asked = 3;

    /// <summary>The command that computes what is missing, and keeps it.</summary>
    public string Command => Invariant($"{Checkout.Command} run {Claim.Studies[0]} --scale {Scale} --seeds {Math.Max(Asked, Seeds.Most)} --keep");
}

/// <summary>Every claim of the paper held against results. Results are asked for by their specs, so that no other setting can answer; a comparison is made within one study.</summary>
/// <param name="Rows">Claim by claim, the largest scale first.</param>
/// <param name="Runs">The results that answered, each once.</param>
/// <param name="Only">The one scale that was asked for; null for all.</param>
public sealed record Reproduction(ValueList<ReproductionRow> Rows, ValueList<RunResult> Runs, Scale? Only)
{
    /// <summary>Seeds that are looked for, from 0 on.</summary>
    public const int MostSeeds = 10;

    /// <summary>All claims at some scales.</summary>
    /// <param name="find">The result of a spec as it would run; null where there is none. Of records: <see cref="RecordShelf.Find"/>.</param>
    /// <param name="scale">The scale; null for every scale with results of the claim, and a row "not run" at the paper's where there is none.</param>
    public static Reproduction Of(Func<ExperimentSpec, RunResult?> find, Scale? scale = null)
    {
        var scales = scale is null ? Scale.InBothFormats.Where(each => each.Name != Scale.Smoke.Name).Reverse().ToArray() : [scale];
        var answers = scales.Select(each => new Answers(each, find)).ToArray();
        var rows = scales.Zip(answers, Judged).ToArray();
        var shown = Claims.All.SelectMany((_, place) => rows.Select(each => each[place]).ToArray() is var all && all.Any(row => row.HasResults)
            ? all.Where(row => row.HasResults) : [all[0]]);
        return new Reproduction([.. shown], [.. answers.SelectMany(each => each.Used).DistinctBy(run => run.Key)], scale);
    }

    /// <summary>All claims at the scale of some results, by those alone.</summary>
    /// <param name="results">What a lab returned, of any studies; a Retrain in the place of a method is passed over.</param>
    /// <param name="scale">Their scale.</param>
    public static Reproduction Of(IEnumerable<RunResult> results, Scale scale)
    {
        var bySpec = results.Where(run => run.Reference is null).DistinctBy(run => run.Key).ToDictionary(run => run.Spec);
        return Of(spec => bySpec.GetValueOrDefault(spec), scale);
    }

    /// <summary>The claims of one table of the paper alone; each keeps its verdict.</summary>
    /// <param name="table">"main table", "imbalance sweep" or "balance factor".</param>
    public Reproduction Within(string table) => this with { Rows = [.. Rows.Where(row => row.Claim.Table == table)] };

    private static ReproductionRow[] Judged(Scale scale, Answers answers)
    {
        var measured = Claims.All.Select(answers.Of).ToArray();
        var (same, other) = (Readings(measured, answer => answer.Same), Readings(measured, answer => answer.Other));
        var isPaper = scale.ToString() == Scale.Paper.Name;
        return [.. measured.Select((answer, i) => new ReproductionRow(
            answer.Claim, scale, scale.Rewrite(answer.Claim.Parts[0].Setting.Spec, _ => true), answer.Study,
            (answer.Own.Min(part => part.Same.Count), answer.Own.Max(part => part.Same.Count)), same[i], other[i],
            VerdictRule.Of(answer.Claim, same[i], isPaper), VerdictRule.Of(answer.Claim, other[i], isPaper), answer.Departures)
        {
            HasResults = answer.Own.Any(part => part.Same.Count + part.LeftOut > 0),
            IsAsked = answer.IsAsked,
        })];
    }

    // A number borrows the test of its difference and adds none to the family.
    private static ValueList<Reading>[] Readings(Answer[] measured, Func<PartValues, IReadOnlyList<double>> values)
    {
        double P(PairedTest test) => VerdictRule.HasSpread(test.Difference) ? test.Student : double.NaN;
        PairedTest Test(PartValues part) => PairedTest.Of(values(part), [.. values(part).Select(_ => 0.0)], 1 - VerdictRule.Level);
        var tests = measured.SelectMany((answer, i) => answer.Claim.Parts.Zip(answer.Parts, (part, found) => (Row: i, Answer: answer, Part: part, Family: Family(answer.Claim), Test: Test(found)))).ToArray();
        var readings = new Dictionary<(string, Part), Reading>();
        foreach (var family in tests.Where(test => test.Answer is { IsAsked: true, Claim.Kind: not ClaimKind.Number }).GroupBy(test => test.Family, StringComparer.Ordinal))
        {
            var adjusted = Holm.Adjusted([.. family.Select(test => double.IsNaN(P(test.Test)) ? 1 : P(test.Test))]);
            foreach (var (test, p) in family.Zip(adjusted))
                readings[(test.Family, test.Part)] = new Reading(test.Test.Difference, double.IsNaN(P(test.Test)) ? double.NaN : p, adjusted.Length);
        }

        return [.. tests.GroupBy(test => test.Row).Select(row => row.Select(test =>
            readings.GetValueOrDefault((test.Family, test.Part)) ?? new Reading(test.Test.Difference, P(test.Test))).ToValueList())];
    }

    private static string Family(Claim claim) => claim.Kind == ClaimKind.Shape ? $"{claim.Text}, {claim.Where}" : $"{claim.Table}, {claim.Parts[0].Setting.Data}";
}

/// <summary>The values of one part, one per seed, against Retrain of the same seed and of another; only finite ones.</summary>
internal sealed record PartValues(IReadOnlyList<double> Same, IReadOnlyList<double> Other, int LeftOut);

/// <summary>The values of every part of a claim and the study they come from; of the claim the parts that the study asks at this scale, all where it asks none.</summary>
internal sealed record Answer(Claim Claim, string Study, bool IsAsked, IReadOnlyList<PartValues> Parts, string Departures)
{
    // The difference that stands for a number is another claim's.
    public IEnumerable<PartValues> Own => Claim.Kind == ClaimKind.Number ? Parts.Take(1) : Parts;
}

/// <summary>What results at one scale answer to claims.</summary>
internal sealed class Answers(Scale scale, Func<ExperimentSpec, RunResult?> find)
{
    // For GetOrAdd; one thread asks.
    private readonly ConcurrentDictionary<string, IReadOnlyList<ExperimentSpec>> specs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Study, PaperSetting Setting, Subject Subject), SortedDictionary<int, RunResult>> found = new();
    private readonly ConcurrentDictionary<(string Study, PaperSetting Setting, Subject Subject), List<ExperimentSpec>> candidates = new();

    public List<RunResult> Used { get; } = [];

    /// <summary>The answer of the study that has most of it, the first of several; of all parts, so that a claim never mixes studies.</summary>
    public Answer Of(Claim claim)
    {
        var best = claim.Studies.Select(study => Of(study, claim)).MaxBy(answer => (answer.Own.Count(part => part.Same.Count > 0), answer.Own.Sum(part => part.Same.Count)))!;
        Used.AddRange(best.Claim.Parts.SelectMany(part => Runs(best.Study, part)));
        return best;
    }

    private Answer Of(string study, Claim claim)
    {
        Part[] asked = [.. claim.Parts.Select(part => Asked(study, part)).OfType<Part>()];
        string[] unasked = asked.Length == 0 ? [] : [.. claim.Parts.SelectMany(Terms).Select(part => part.Name).Except(asked.SelectMany(Terms).Select(part => part.Name))];
        var reduced = asked.Length == 0 || claim.Kind != ClaimKind.Shape ? claim : claim with { Parts = [.. asked] };
        PartValues[] parts = [.. reduced.Parts.Select(part => Values(study, part))];
        var said = Departures(reduced.Parts.SelectMany(part => Runs(study, part)), parts).Distinct(StringComparer.Ordinal);
        return new Answer(reduced, study, asked.Length > 0, parts, string.Join("; ", unasked.Length == 0 ? said : [$"not part of the study at this scale: {string.Join(", ", unasked)}", .. said]));
    }

    private static IEnumerable<Part> Terms(Part part) => part.MeanOf.Count == 0 ? [part] : part.MeanOf;

    // A smaller scale may have fewer settings; a mean is then that of those it has.
    private Part? Asked(string study, Part part)
    {
        if (part.MeanOf.Count == 0) return IsAsked(study, part) ? part : null;
        Part[] terms = [.. part.MeanOf.Where(term => IsAsked(study, term))];
        return terms.Length == 0 ? null : part with { MeanOf = [.. terms], Published = terms.Average(term => term.Published) };
    }

    private bool IsAsked(string study, Part part) =>
        Candidates(study, part.Setting, part.Of).Count > 0 && (part.Minus is null || Candidates(study, part.Setting, part.Minus).Count > 0);

    private static IEnumerable<string> Departures(IEnumerable<RunResult> runs, IReadOnlyList<PartValues> parts)
    {
        foreach (var run in runs)
            if (run.Spec.Weighting is ForgettingAwareWeighting { Slice: > 0 }) yield return "rolling profile";
            else if (run.Spec.Weighting is ForgettingAwareWeighting { RefreshEvery: > 1 } weighting) yield return Invariant($"profile every {weighting.RefreshEvery} steps");
        if (parts.Sum(part => part.LeftOut) is > 0 and var count) yield return Invariant($"{count} value{(count == 1 ? "" : "s")} not finite and left out");
    }

    private PartValues Values(string study, Part part)
    {
        var terms = Terms(part).Select(term => (term.Measure, Runs: Pairs(study, term))).ToArray();
        int[] seeds = [.. terms[0].Runs.Keys.Where(seed => terms.All(term => term.Runs.ContainsKey(seed)))];
        double Value(int seed, Func<RunResult, RunResult?> reading) => terms.Average(term =>
            Of(term.Measure, reading(term.Runs[seed].Of)) - (term.Runs[seed].Minus is { } minus ? Of(term.Measure, reading(minus)) : 0));
        double[] same = [.. seeds.Select(seed => Value(seed, run => run)).Where(double.IsFinite)];
        return new PartValues(same, [.. seeds.Select(seed => Value(seed, run => run.AgainstOtherRetrain())).Where(double.IsFinite)], seeds.Length - same.Length);
    }

    private static double Of(Measure measure, RunResult? run) => run is null ? double.NaN : measure.Of(run);

    // The seeds that every method of a part ran on.
    private SortedDictionary<int, (RunResult Of, RunResult? Minus)> Pairs(string study, Part part)
    {
        var (of, minus) = (Found(study, part.Setting, part.Of), part.Minus is { } other ? Found(study, part.Setting, other) : null);
        return new(of.Where(run => minus is null || minus.ContainsKey(run.Key)).ToDictionary(run => run.Key, run => (run.Value, minus?[run.Key])));
    }

    private IEnumerable<RunResult> Runs(string study, Part part) => part.MeanOf.Count > 0
        ? part.MeanOf.SelectMany(term => Runs(study, term))
        : Pairs(study, part).Values.SelectMany(pair => pair.Minus is { } minus ? [pair.Of, minus] : new[] { pair.Of });

    private SortedDictionary<int, RunResult> Found(string study, PaperSetting setting, Subject subject) => found.GetOrAdd((study, setting, subject), _ =>
    {
        var results = new SortedDictionary<int, RunResult>();
        foreach (var spec in Candidates(study, setting, subject))
            if (!results.ContainsKey(spec.Seeds.Unlearning) && find(spec) is { } result) results.Add(spec.Seeds.Unlearning, result);
        return results;
    });

    // Compared after the scale has rewritten both, so that where one set of images stands in for several it answers for each.
    private List<ExperimentSpec> Candidates(string study, PaperSetting setting, Subject subject) => candidates.GetOrAdd((study, setting, subject), _ =>
    {
        var wanted = scale.Rewrite(setting.Spec, _ => true);
        var all = from spec in Specs(study)
                  where spec.Data with { Seed = 0 } == wanted.Data && spec.Network == wanted.Network && spec.Training == wanted.Training && spec.Confusion is null
                  let distance = subject.Distance(spec.Method)
                  where distance is not null
                  orderby distance
                  select spec;
        return [.. all];
    });

    private IReadOnlyList<ExperimentSpec> Specs(string study) =>
        specs.GetOrAdd(study, _ => Study.Named(study).At(scale, Reproduction.MostSeeds, _ => true, _ => true));
}
