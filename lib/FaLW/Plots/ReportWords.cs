using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>What the numbers say in words: how much there is to forget, who is nearest to Retrain, by which measure, and whether the next one can be told apart.</summary>
internal static class FindingSentences
{
    // Points of forget accuracy that chance alone may move.
    private const double Little = 5;

    public static IReadOnlyList<string> Of(IReadOnlyList<MethodRuns> methods) =>
    [
        AtStake(methods[0].Over(r => r.Original.ForgetAccuracy).Mean, methods[0].Over(r => r.Retrain.ForgetAccuracy).Mean),
        Nearest("By Average Gap", methods, r => r.AverageGap, r => r.Original.AverageGap(r.Retrain)),
        Nearest("By mean |deviation| of the forget samples", methods, Measures.MeanDeviation, Measures.OriginalDeviation),
        Nearest("By class-balanced forget accuracy", methods, Measures.ClassBalancedGap, Measures.OriginalBalancedGap),
    ];

    // Where Original and Retrain answer alike, the table below teaches nothing, whatever the methods do.
    private static string AtStake(double original, double retrain) =>
        Invariant($"Original knows {original:F1} % of the images to forget; Retrain, which never saw them, knows {retrain:F1} %: ")
        + (original - retrain >= Little ? Invariant($"{original - retrain:F1} points are there to be forgotten.") : "there is hardly anything to forget, and a method can only lose.");

    // Original stands beside the winner, since a method that hardly moves may be nearest without forgetting anything.
    private static string Nearest(string measure, IReadOnlyList<MethodRuns> methods, Func<RunResult, double> number, Func<RunResult, double> unchanged)
    {
        var order = methods.Select(m => (m.Title, Value: m.Over(number), Runs: m)).OrderBy(m => m.Value.Mean).ToArray();
        var (nearest, words, seeds) = (order[0], Measures.Words(order[0].Value), order[0].Value.Count < 2 ? " (one seed)" : "");
        var still = nearest.Runs.Over(unchanged);
        var noise = MethodRuns.Noise(methods.SelectMany(m => m.Runs)) is [var other] ? $", Retrain of another seed at {Measures.Words(other.Over(number))}" : "";
        if (still.Mean <= nearest.Value.Mean)
            return $"{measure}, no method is nearer to Retrain than Original, which forgets nothing and stands at {Measures.Words(still)} points{seeds}; the nearest, {nearest.Title}, stands at {words}{noise}.";
        var next = order.Length == 1 ? "" : $"; next {order[1].Title} with {Measures.Words(order[1].Value)}{Overlap(nearest.Value, order[1].Value)}";
        return $"{measure}, {nearest.Title} is nearest to Retrain: {words} points{seeds}{next}. Original, which forgets nothing, stands at {Measures.Words(still)}{noise}.";
    }

    private static string Overlap(Estimate first, Estimate second) => first.Mean + first.HalfWidth >= second.Mean - second.HalfWidth ? ", and their intervals overlap" : "";
}

/// <summary>What a reader must know before quoting a number.</summary>
internal static class HonestNotes
{
    public static IReadOnlyList<string> Of(IReadOnlyList<MethodRuns> methods, string choices)
    {
        RunResult[] runs = [.. methods.SelectMany(m => m.Runs)];
        string[] notes = [.. Seeds(methods), .. Scale(Setting.Of(runs[0].Spec)), .. Setting.Groups(runs).Select(Wiped), .. methods.SelectMany(Failed), choices, .. Always, Machines(runs), Grounds.Of(runs)];
        return [.. notes.Where(note => note.Length > 0)];
    }

    /// <summary>Whether results try one method with several values of its searched setting.</summary>
    public static bool AreOfASearch(IEnumerable<RunResult> results) =>
        results.GroupBy(run => run.Title, StringComparer.Ordinal).Any(method => method.Select(run => run.Spec.Searched).Distinct().Count() > 1);

    private static readonly string[] Always =
    [
        "The target is Retrain, a model trained without the forget set. No metric is better when higher or lower, only when nearer.",
        "The law of the long tail, its class order, its cap and the rule for head, middle and tail are this kit's: the paper's text gives none that could be checked.",
    ];

    private static IEnumerable<string> Seeds(IReadOnlyList<MethodRuns> methods)
    {
        var (least, most) = (methods.Min(m => m.Runs.Count), methods.Max(m => m.Runs.Count));
        yield return most == 1 ? "One seed: no interval can be given, and a difference of a few points may be chance."
            : Invariant($"{most} seeds, each with its own split, training and unlearning; intervals are 95 % t-intervals over seeds, and gaps are paired by seed.");
        // A search leaves runs out on purpose, and says so itself.
        if (least < most && !AreOfASearch(methods.SelectMany(m => m.Runs))) yield return Invariant($"Some methods have only {least} of the {most} seeds, so their means are over different runs.");
    }

    private static IEnumerable<string> Scale(Setting setting)
    {
        if (!setting.IsPaperScale)
            yield return $"This is not the paper's scale ({setting.Words}). The paper uses all of CIFAR-10, CIFAR-100 and Tiny-ImageNet with ResNet-18 and VGG-16; these numbers say nothing about its tables.";
        if (setting.Data.Benchmark == Benchmark.TurnedDigits)
            yield return "The images are handwritten digits in quarter turns, the set that travels with the kit: for teaching and for a first look. What differs here need not differ on photographs.";
    }

    // Everything that averages over classes says over how many: a class without retained images has no retain accuracy.
    private static string Wiped((string Mark, IReadOnlyList<RunResult> Runs) setting)
    {
        var (all, whole) = (setting.Runs[0].RetrainClasses.Count, setting.Runs.Max(run => run.RetrainClasses.Count(c => c.ForgetCount > 0 && double.IsNaN(c.RetainAccuracy))));
        return whole == 0 ? "" : Invariant($"{(setting.Mark.Length > 0 ? $"At {setting.Mark[2..]}: " : "")}{whole} of {all} classes are forgotten whole{(setting.Runs.Count > 1 ? " (the most of any seed)" : "")}, so Retrain never saw them and its forget accuracy there is near zero; {all - whole} classes are left to know.");
    }

    private static IEnumerable<string> Failed(MethodRuns method)
    {
        var lost = method.Runs.Count(run => run.Unlearned.HasCollapsed(run.ForgetCounts.Count));
        if (lost > 0) yield return Invariant($"{method.Title} collapsed in {lost} of {method.Runs.Count} runs: it answers retained images no better than by guessing, so its means describe no unlearning. Try a tenth of its learning rate.");
        var found = method.Runs.Count(run => run.IsSuppressed);
        if (found > 0) yield return Invariant($"{method.Title} suppressed in {found} of {method.Runs.Count} runs: it still names the images to forget, but is less sure of them than of seven in ten images it never saw. That is no forgetting, and it shows who asked for it.");
    }

    private static string Machines(RunResult[] runs) => runs.Select(r => (r.Provenance.Processor, r.Provenance.Device)).Distinct().Count() is var machines and > 1
        ? Invariant($"The runs were computed on {machines} different machines, so their times cannot be compared.") : "";
}
