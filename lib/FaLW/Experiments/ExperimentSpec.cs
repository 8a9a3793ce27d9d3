using System.Text.Json.Serialization;
using FaLW.Data;
using FaLW.Metrics;
using FaLW.Models;
using FaLW.Training;
using FaLW.Unlearning;
using FaLW.Weighting;

namespace FaLW.Experiments;

/// <summary>One experiment. Everything that changes a number is in here; where and when it ran is not.</summary>
/// <param name="Data">Which images, and which of them are forgotten.</param>
/// <param name="Network">The network of Original and of Retrain.</param>
/// <param name="Training">How Original and Retrain are trained.</param>
/// <param name="Unlearner">The method that turns Original into Unlearned.</param>
/// <param name="Weighting">How forget samples weigh in the method's loss.</param>
/// <param name="Seeds">The seeds besides <see cref="DataSpec.Seed"/>.</param>
public sealed record ExperimentSpec(
    DataSpec Data, Network Network, TrainSpec Training, Unlearner Unlearner, LossWeighting Weighting, Seeds Seeds)
{
    /// <summary>Labels that are exchanged before anything is trained, the images so marked being the forget set; null for an experiment with true labels.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InterclassConfusion? Confusion { get; init; }

    /// <summary>The unlearner and the weighting as one thing.</summary>
    public Method Method => new(Unlearner, Weighting);

    /// <summary>The method's name in tables, e.g. "FaLW", "SalUn", "RL".</summary>
    public string Title => Method.Title;

    /// <summary>The name that tells variants of one method apart, e.g. "FaLW, τ 0.3" or "RL + Mine, β 0.5".</summary>
    public string Label => Method.Label;

    /// <summary>
    /// One sentence for each thing that is wrong with the experiment, as far as that can be told without its images; empty when nothing is. A
    /// <see cref="Lab"/> asks this of every spec of a job before it computes anything.
    /// </summary>
    public IReadOnlyList<string> Faults()
    {
        string[] data = [.. Data.Faults()];
        return
        [
            .. data,
            .. data.Length > 0 || Confusion is not null ? [] : Data.DrawFaults(),
            .. Network.Faults(),
            .. string.Join("; ", Training.Faults()) is { Length: > 0 } training ? [$"The training of Original and Retrain: {training}. Correct the settings."] : Array.Empty<string>(),
            .. Unlearner.FaultsWith(Weighting),
            .. data.Length == 0 && Data.HasNoUnseen && Unlearner.LacksUnseen(Weighting, [.. Enumerable.Range(0, Data.Classes)]) is { } lack ? [lack] : Array.Empty<string>(),
        ];
    }

    /// <summary>This experiment with another method.</summary>
    /// <param name="method">The method to compare.</param>
    public ExperimentSpec With(Method method) => this with { Unlearner = method.Unlearner, Weighting = method.Weighting };

    /// <summary>This experiment with the constant twin of its weighting: as large a weight in every epoch, alike for every forget sample.</summary>
    /// <exception cref="Fault">The weighting gives all samples the same weight already.</exception>
    public ExperimentSpec ConstantTwin() => new ConstantTwin(Weighting) is var twin && twin.Faults().FirstOrDefault() is { } fault
        ? throw new Fault($"{Title} has no constant twin: {fault}.")
        : this with { Weighting = twin };

    /// <summary>This experiment with Retrain's other seed (<see cref="Seeds.OfControl"/>); everything else is the same.</summary>
    internal ExperimentSpec OtherTraining() => this with { Seeds = Seeds.OfControl() };

    /// <summary>This experiment with one number for all three seeds, so that methods are compared in pairs.</summary>
    /// <param name="seed">Any number; zero is a seed.</param>
    public ExperimentSpec WithSeed(int seed) => this with { Data = Data with { Seed = seed }, Seeds = new Seeds(seed, seed) };
}
