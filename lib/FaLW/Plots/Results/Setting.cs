using System.Globalization;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Models;
using FaLW.Training;

namespace FaLW.Plots;

/// <summary>What results are measured under: everything but method and seeds. Retrain and Original are the same for all that share it.</summary>
internal sealed record Setting(DataSpec Data, Network Network, TrainSpec Training)
{
    private static readonly string[] PaperSets = [Benchmark.Cifar10.Name, Benchmark.Cifar100.Name, Benchmark.TinyImageNet.Name];

    public static Setting Of(ExperimentSpec spec) => new(spec.Data with { Seed = 0 }, spec.Network, spec.Training);

    /// <summary>The setting in one line.</summary>
    public string Words => WordsOf([this]);

    /// <summary>Several settings in one line: what they share once, the rest one after the other ("γ = 0.5, 1, 2").</summary>
    public static string WordsOf(IEnumerable<MethodRuns> methods) => WordsOf([.. methods.Select(method => Of(method.Runs[0].Spec)).Distinct()]);

    /// <summary>The results by setting, in the order of first appearance, each with what tells its setting from the others (", γ 0.5"); empty marks for one setting.</summary>
    /// <exception cref="Fault">There is no result.</exception>
    public static IReadOnlyList<(string Mark, IReadOnlyList<RunResult> Runs)> Groups(IEnumerable<RunResult> results)
    {
        var groups = results.GroupBy(r => Of(r.Spec)).Select(group => group.ToArray()).ToArray();
        if (groups.Length == 0) throw new Fault("There is no result to show. Run a study first, for example: falw run main --scale smoke.");
        var marks = SpecLeaves.Marks([.. groups.Select(group => SpecLeaves.Of(group[0].Spec))], name =>
            name.StartsWith("Data.", StringComparison.Ordinal) || name.StartsWith("Network", StringComparison.Ordinal) || name.StartsWith("Training.", StringComparison.Ordinal));
        return [.. groups.Select((group, i) => (marks[i], (IReadOnlyList<RunResult>)group))];
    }

    /// <summary>False when images, classes or network are smaller than the paper's: its numbers are then no measure.</summary>
    public bool IsPaperScale => AllClasses && Data.TrainPerClass == 0 && PaperSets.Contains(Data.Benchmark.Name)
        && Network.Width == 0 && (Network.Name == Network.ResNet18.Name || Network.Name.StartsWith("VGG-16", StringComparison.Ordinal));

    private static string WordsOf(IReadOnlyList<Setting> all)
    {
        string Each(Func<Setting, string> words) => string.Join(", ", all.Select(words).Distinct(StringComparer.Ordinal));
        string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
        return $"{Each(s => s.Data.Benchmark.Name + s.Part)}, {Each(s => s.Network.Name)}, {Each(s => Number(100 * s.Data.Forget.Share))} % forgotten, γ = {Each(s => Number(s.Data.Forget.Gamma))}";
    }

    private bool AllClasses => Data.Classes == Data.Benchmark.Classes;

    private string Part => (AllClasses ? 0 : Data.FirstClasses, Data.TrainPerClass) switch
    {
        (0, 0) => "",
        (var classes, 0) => string.Create(CultureInfo.InvariantCulture, $" (first {classes} classes)"),
        (0, var images) => string.Create(CultureInfo.InvariantCulture, $" ({images} images a class)"),
        var (classes, images) => string.Create(CultureInfo.InvariantCulture, $" (first {classes} classes, {images} images each)"),
    };
}
