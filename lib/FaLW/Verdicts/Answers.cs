using FaLW.Experiments;
using FaLW.Weighting;

namespace FaLW.Verdicts;

/// <summary>The values of one part, one per seed, against Retrain of the same seed and of another; only finite ones.</summary>
internal sealed record PartValues(IReadOnlyList<double> Same, IReadOnlyList<double> Other, int LeftOut);

/// <summary>The values of every part of a claim and the study they come from.</summary>
internal sealed record Answer(string Study, IReadOnlyList<PartValues> Parts, string Departures)
{
    // The difference that stands for a number is another claim's.
    public IEnumerable<PartValues> Own(Claim claim) => claim.Kind == ClaimKind.Number ? Parts.Take(1) : Parts;
}

/// <summary>What results at one scale answer to claims.</summary>
internal sealed class Answers(Scale scale, Func<ExperimentSpec, RunResult?> find)
{
    private readonly Dictionary<string, IReadOnlyList<ExperimentSpec>> specs = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Study, PaperSetting Setting, Subject Subject), SortedDictionary<int, RunResult>> found = [];
    private readonly List<RunResult> used = [];

    public IReadOnlyList<RunResult> Used => used;

    /// <summary>The answer of the study that has most of it, the first of several; of all parts, so that a claim never mixes studies.</summary>
    public Answer Of(Claim claim)
    {
        var answers = claim.Studies.Select(study => new Answer(study, [.. claim.Parts.Select(part => Values(study, part))], "")).ToArray();
        var best = answers.MaxBy(answer => (answer.Own(claim).Count(part => part.Same.Count > 0), answer.Own(claim).Sum(part => part.Same.Count)))!;
        var runs = claim.Parts.SelectMany(part => Runs(best.Study, part)).ToArray();
        used.AddRange(runs);
        return best with { Departures = string.Join("; ", Departures(runs, best).Distinct(StringComparer.Ordinal)) };
    }

    private static IEnumerable<string> Departures(IEnumerable<RunResult> runs, Answer answer)
    {
        foreach (var run in runs)
            if (run.Spec.Weighting is ForgettingAwareWeighting { Slice: > 0 }) yield return "rolling profile";
            else if (run.Spec.Weighting is ForgettingAwareWeighting { RefreshEvery: > 1 } weighting) yield return FormattableString.Invariant($"profile every {weighting.RefreshEvery} steps");
        if (answer.Parts.Sum(part => part.LeftOut) is > 0 and var count) yield return FormattableString.Invariant($"{count} value{(count == 1 ? "" : "s")} not finite and left out");
    }

    private PartValues Values(string study, Part part)
    {
        var terms = (part.MeanOf.Count == 0 ? [part] : part.MeanOf).Select(term => (term.Measure, Runs: Pairs(study, term))).ToArray();
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

    // Compared after the scale has rewritten both, so that where one set of images stands in for several it answers for each.
    private SortedDictionary<int, RunResult> Found(string study, PaperSetting setting, Subject subject)
    {
        if (found.TryGetValue((study, setting, subject), out var known)) return known;
        var wanted = scale.Rewrite(setting.Spec, _ => true);
        var results = new SortedDictionary<int, RunResult>();
        var candidates = from spec in Specs(study)
                         where spec.Data with { Seed = 0 } == wanted.Data && spec.Network == wanted.Network && spec.Training == wanted.Training && spec.Confusion is null
                         let distance = subject.Distance(spec.Method)
                         where distance is not null
                         orderby distance
                         select spec;
        foreach (var spec in candidates)
            if (!results.ContainsKey(spec.Seeds.Unlearning) && find(spec) is { } result) results.Add(spec.Seeds.Unlearning, result);
        return found[(study, setting, subject)] = results;
    }

    private IReadOnlyList<ExperimentSpec> Specs(string name)
    {
        if (specs.TryGetValue(name, out var known)) return known;
        var study = Study.All.FirstOrDefault(each => each.Name == name);
        return specs[name] = study is null ? [] : study.Rewriting(scale).Rewrite(study.Specs(scale, Reproduction.MostSeeds), _ => true, _ => true);
    }
}
