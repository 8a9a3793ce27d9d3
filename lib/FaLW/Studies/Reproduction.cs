using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;

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

    /// <summary>Seeds that the command of a row asks for: the fewest that give an interval worth reading.</summary>
    private const int Asked = 3;

    /// <summary>The command that computes what is missing, and keeps it.</summary>
    public string Command => FormattableString.Invariant($"environment/falw run {Claim.Studies[0]} --scale {Scale.Name} --seeds {Math.Max(Asked, Seeds.Most)} --keep");
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
        var scales = scale is null ? Scale.All.Where(each => each.Name != Scale.Smoke.Name).Reverse().ToArray() : [scale];
        var answers = scales.ToDictionary(each => each.Name, each => new Answers(each, find));
        var rows = scales.ToDictionary(each => each.Name, each => Judged(each, answers[each.Name]));
        var shown = Claims.All.SelectMany((_, place) => scales.Select(each => rows[each.Name][place]).ToArray() is var all && all.Any(row => row.HasResults)
            ? all.Where(row => row.HasResults) : [all[0]]);
        return new Reproduction([.. shown], [.. answers.Values.SelectMany(each => each.Used).DistinctBy(run => run.Key)], scale);
    }

    private static ReproductionRow[] Judged(Scale scale, Answers answers)
    {
        var measured = Claims.All.Select(answers.Of).ToArray();
        var (same, other) = (Readings(measured, answer => answer.Same), Readings(measured, answer => answer.Other));
        var isPaper = scale.Name == Scale.Paper.Name;
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
