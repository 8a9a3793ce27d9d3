using System.Globalization;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Models;
using FaLW.Training;

namespace FaLW.Figures;

/// <summary>What results must share to stand in one table: everything but method and seeds.</summary>
internal sealed record Setting(DataSpec Data, Network Network, TrainSpec Training)
{
    private static readonly string[] PaperSets = [Benchmark.Cifar10.Name, Benchmark.Cifar100.Name, Benchmark.TinyImageNet.Name];

    public static Setting Of(ExperimentSpec spec) => new(spec.Data with { Seed = 0 }, spec.Network, spec.Training);

    /// <summary>The setting in one line.</summary>
    public string Words => string.Create(CultureInfo.InvariantCulture,
        $"{Data.Benchmark.Name}{Part}, {Network.Name}, {100 * Data.Forget.Share:0.##} % forgotten, γ = {Data.Forget.Gamma:0.##}");

    /// <summary>False when images, classes or network are smaller than the paper's: its numbers are then no measure.</summary>
    public bool IsPaperScale => AllClasses && Data.TrainPerClass == 0 && PaperSets.Contains(Data.Benchmark.Name)
        && Network.Width == 0 && (Network.Name == Network.ResNet18.Name || Network.Name.StartsWith("VGG-16", StringComparison.Ordinal));

    private bool AllClasses => Data.Classes == Data.Benchmark.Classes;

    private string Part => (AllClasses ? 0 : Data.FirstClasses, Data.TrainPerClass) switch
    {
        (0, 0) => "",
        (var classes, 0) => string.Create(CultureInfo.InvariantCulture, $" (first {classes} classes)"),
        (0, var images) => string.Create(CultureInfo.InvariantCulture, $" ({images} images a class)"),
        var (classes, images) => string.Create(CultureInfo.InvariantCulture, $" (first {classes} classes, {images} images each)"),
    };
}
