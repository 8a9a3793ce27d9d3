using FaLW.Data;
using FaLW.Unlearning;
using FaLW.Weighting;

namespace FaLW.Experiments;

/// <summary>
/// The methods of the main study and the learning rate each of them got. Every method had the same budget: the rates of
/// <see cref="Grid"/>, once each, on the pilot seed <see cref="PilotSeed"/>, which no reported run uses. Rule: the smallest
/// Average Gap to Retrain with unseen images in place of test images (<see cref="Pilot"/>); Retrain is thereby used for tuning.
/// </summary>
public static class Tuned
{
    /// <summary>The seed of the pilot runs.</summary>
    public const int PilotSeed = 1000;

    /// <summary>The learning rates every method was tried with.</summary>
    public static ValueList<double> Grid { get; } = [1e-3, 1e-2, 3e-2, 1e-1, 3e-1];

    /// <summary>The methods of the main study at a scale, each with the learning rate it got there.</summary>
    /// <param name="scale">The scale.</param>
    public static IReadOnlyList<Method> Methods(Scale scale) => [.. Families.Select((make, i) => make(SettingsAt(scale), Rates(scale)[i]))];

    /// <summary>Every method with every rate of the grid.</summary>
    /// <param name="scale">The scale, which decides epochs, batch and augmentation.</param>
    public static IReadOnlyList<Method> Candidates(Scale scale) =>
        [.. from make in Families from rate in Grid select make(SettingsAt(scale), rate)];

    private static readonly Func<Settings, double, Method>[] Families =
    [
        (s, rate) => new Method(FineTune(s, rate), new UniformWeighting()),
        (s, rate) => new Method(Random(s, rate), new UniformWeighting()),
        (s, rate) => new Method(Ascent(s, rate), new UniformWeighting()),
        (s, rate) => new Method(new SaliencyMask(Random(s, rate)), new UniformWeighting()),
        (s, rate) => new Method(Random(s, rate), new ForgettingAwareWeighting(Tau: 0.15)),
    ];

    // In the order of the families: FT, RL, GA, SalUn, FaLW.
    private static double[] Rates(Scale scale) => scale.Name switch
    {
        "smoke" => [0.3, 0.03, 0.03, 0.03, 1e-3],
        "small" => [0.1, 0.1, 1e-2, 0.1, 0.1],
        // Not tuned here: the examples in the README of SalUn's code (GA 1e-4, FT 0.01, RL and SalUn 0.013), FaLW as RL.
        _ => [0.01, 0.013, 1e-4, 0.013, 0.013],
    };

    // The same epochs for all. Small models were trained without augmentation, so they unlearn without; otherwise SalUn's defaults.
    private static Settings SettingsAt(Scale scale) => scale.Name switch
    {
        "smoke" => new Settings(3, 64, Augmentation.None),
        "small" => new Settings(5, 256, Augmentation.None) { ChannelsLast = true },
        _ => new Settings(10, 256, Augmentation.CropFlip),
    };

    private static FineTune FineTune(Settings s, double rate) =>
        new(s.Epochs, rate) { BatchSize = s.Batch, Augmentation = s.Augmentation, ChannelsLast = s.ChannelsLast };

    private static GradientAscent Ascent(Settings s, double rate) =>
        new(s.Epochs, rate) { BatchSize = s.Batch, Augmentation = s.Augmentation, ChannelsLast = s.ChannelsLast };

    private static RandomLabel Random(Settings s, double rate) =>
        new(s.Epochs, rate) { BatchSize = s.Batch, Augmentation = s.Augmentation, ChannelsLast = s.ChannelsLast };

    // Channels-last is a matter of speed alone: a third faster on a processor, equal up to rounding.
    private sealed record Settings(int Epochs, int Batch, Augmentation Augmentation)
    {
        public bool ChannelsLast { get; init; }
    }
}
