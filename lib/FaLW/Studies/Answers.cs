using FaLW.Experiments;
using FaLW.Weighting;

namespace FaLW.Studies;

/// <summary>The values of one part, one per seed, against Retrain of the same seed and of another; only finite ones.</summary>
internal sealed record PartValues(IReadOnlyList<double> Same, IReadOnlyList<double> Other, int LeftOut);

/// <summary>The values of every part of a claim and the study they come from.</summary>
/// <param name="Claim">The claim with the parts that the study asks at this scale; all of them where it asks none.</param>
/// <param name="Study">The study.</param>
/// <param name="IsAsked">Whether the study asks any of it at this scale.</param>
/// <param name="Parts">One for each part of the claim.</param>
/// <param name="Departures">In words; empty for none.</param>
internal sealed record Answer(Claim Claim, string Study, bool IsAsked, IReadOnlyList<PartValues> Parts, string Departures)
{
    // The difference that stands for a number is another claim's.
    public IEnumerable<PartValues> Own => Claim.Kind == ClaimKind.Number ? Parts.Take(1) : Parts;
}

/// <summary>What results at one scale answer to claims.</summary>
internal sealed class Answers(Scale scale, Func<ExperimentSpec, RunResult?> find)
{
    private readonly Dictionary<string, IReadOnlyList<ExperimentSpec>> specs = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Study, PaperSetting Setting, Subject Subject), SortedDictionary<int, RunResult>> found = [];
    private readonly Dictionary<(string Study, PaperSetting Setting, Subject Subject), List<ExperimentSpec>> candidates = [];
    private readonly List<RunResult> used = [];

    public IReadOnlyList<RunResult> Used => used;

    /// <summary>The answer of the study that has most of it, the first of several; of all parts, so that a claim never mixes studies.</summary>
    public Answer Of(Claim claim)
    {
        var best = claim.Studies.Select(study => Of(study, claim)).MaxBy(answer => (answer.Own.Count(part => part.Same.Count > 0), answer.Own.Sum(part => part.Same.Count)))!;
        used.AddRange(best.Claim.Parts.SelectMany(part => Runs(best.Study, part)));
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
            else if (run.Spec.Weighting is ForgettingAwareWeighting { RefreshEvery: > 1 } weighting) yield return FormattableString.Invariant($"profile every {weighting.RefreshEvery} steps");
        if (parts.Sum(part => part.LeftOut) is > 0 and var count) yield return FormattableString.Invariant($"{count} value{(count == 1 ? "" : "s")} not finite and left out");
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

    private SortedDictionary<int, RunResult> Found(string study, PaperSetting setting, Subject subject)
    {
        if (found.TryGetValue((study, setting, subject), out var known)) return known;
        var results = new SortedDictionary<int, RunResult>();
        foreach (var spec in Candidates(study, setting, subject))
            if (!results.ContainsKey(spec.Seeds.Unlearning) && find(spec) is { } result) results.Add(spec.Seeds.Unlearning, result);
        return found[(study, setting, subject)] = results;
    }

    // Compared after the scale has rewritten both, so that where one set of images stands in for several it answers for each.
    private List<ExperimentSpec> Candidates(string study, PaperSetting setting, Subject subject)
    {
        if (candidates.TryGetValue((study, setting, subject), out var known)) return known;
        var wanted = scale.Rewrite(setting.Spec, _ => true);
        var all = from spec in Specs(study)
                  where spec.Data with { Seed = 0 } == wanted.Data && spec.Network == wanted.Network && spec.Training == wanted.Training && spec.Confusion is null
                  let distance = subject.Distance(spec.Method)
                  where distance is not null
                  orderby distance
                  select spec;
        return candidates[(study, setting, subject)] = [.. all];
    }

    private IReadOnlyList<ExperimentSpec> Specs(string name)
    {
        if (specs.TryGetValue(name, out var known)) return known;
        var study = Study.All.FirstOrDefault(each => each.Name == name);
        return specs[name] = study is null ? [] : study.At(scale, Reproduction.MostSeeds, _ => true, _ => true);
    }
}
