using System.Globalization;
using FaLW.Data;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>What a reader must know before quoting a number.</summary>
internal static class HonestNotes
{
    public static IReadOnlyList<string> Of(IReadOnlyList<MethodRuns> methods, string choices) =>
        [.. Seeds(methods), .. Scale(methods[0]), .. Wiped(methods), .. methods.SelectMany(Collapsed), .. methods.SelectMany(Suppressed), .. choices.Length > 0 ? [choices] : Array.Empty<string>(), .. Always, .. Machines(methods), .. OtherGrounds(methods)];

    private static readonly string[] Always =
    [
        "The target is Retrain, a model trained without the forget set. No metric is better when higher or lower, only when nearer.",
        "The law of the long tail, its class order, its cap and the rule for head, middle and tail are this kit's: the paper's text gives none that could be checked.",
    ];

    private static IEnumerable<string> Seeds(IReadOnlyList<MethodRuns> methods)
    {
        var (least, most) = (methods.Min(m => m.Runs.Count), methods.Max(m => m.Runs.Count));
        if (most == 1) yield return "One seed: no interval can be given, and a difference of a few points may be chance.";
        else yield return string.Create(CultureInfo.InvariantCulture,
            $"{most} seeds, each with its own split, training and unlearning; intervals are 95 % t-intervals over seeds, and gaps are paired by seed.");
        if (least < most) yield return string.Create(CultureInfo.InvariantCulture, $"Some methods have only {least} of the {most} seeds, so their means are over different runs.");
    }

    private static IEnumerable<string> Scale(MethodRuns method)
    {
        var setting = Setting.Of(method.Runs[0].Spec);
        if (!setting.IsPaperScale)
            yield return $"This is not the paper's scale ({setting.Words}). The paper uses all of CIFAR-10, CIFAR-100 and Tiny-ImageNet with ResNet-18 and VGG-16; these numbers say nothing about its tables.";
        if (setting.Data.Benchmark == Benchmark.TurnedDigits)
            yield return "The images are handwritten digits in quarter turns, the set that travels with the kit: for teaching and for a first look. What differs here need not differ on photographs.";
    }

    // Everything that averages over classes says over how many: a class without retained images has no retain accuracy.
    private static IEnumerable<string> Wiped(IReadOnlyList<MethodRuns> methods)
    {
        var settings = Setting.Groups(methods.SelectMany(m => m.Runs));
        foreach (var (mark, runs) in settings)
        {
            var (all, whole) = (runs[0].RetrainClasses.Count, runs.Max(run => run.RetrainClasses.Count(c => c.ForgetCount > 0 && double.IsNaN(c.RetainAccuracy))));
            if (whole > 0) yield return string.Create(CultureInfo.InvariantCulture,
                $"{(mark.Length > 0 ? $"At {mark[2..]}: " : "")}{whole} of {all} classes are forgotten whole{(runs.Count > 1 ? " (the most of any seed)" : "")}, so Retrain never saw them and its forget accuracy there is near zero; {all - whole} classes are left to know.");
        }
    }

    private static IEnumerable<string> Collapsed(MethodRuns method)
    {
        var lost = method.Runs.Count(run => Collapse.Is(run.Unlearned.RetainAccuracy, run.ForgetCounts.Count));
        if (lost > 0) yield return string.Create(CultureInfo.InvariantCulture,
            $"{method.Title} collapsed in {lost} of {method.Runs.Count} runs: it answers retained images no better than by guessing, so its means describe no unlearning. Try a tenth of its learning rate.");
    }

    private static IEnumerable<string> Suppressed(MethodRuns method)
    {
        var found = method.Runs.Count(run => run.IsSuppressed);
        if (found > 0) yield return string.Create(CultureInfo.InvariantCulture,
            $"{method.Title} suppressed in {found} of {method.Runs.Count} runs: it still names the images to forget, but is less sure of them than of seven in ten images it never saw. That is no forgetting, and it shows who asked for it.");
    }

    private static IEnumerable<string> OtherGrounds(IReadOnlyList<MethodRuns> methods)
    {
        if (Grounds.Of(methods.SelectMany(m => m.Runs)) is { Length: > 0 } sentence) yield return sentence;
    }

    private static IEnumerable<string> Machines(IReadOnlyList<MethodRuns> methods)
    {
        var machines = methods.SelectMany(m => m.Runs).Select(r => (r.Provenance.Processor, r.Provenance.Device)).Distinct().Count();
        if (machines > 1) yield return string.Create(CultureInfo.InvariantCulture, $"The runs were computed on {machines} different machines, so their times cannot be compared.");
    }
}
