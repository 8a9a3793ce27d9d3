using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
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

    /// <summary>The one setting that a search tries: the weighting's, where it has one (<see cref="LossWeighting.Searched"/>), else the method's (<see cref="Unlearner.Searched"/>); NaN where neither has.</summary>
    public double Searched => IsWeightSearched ? Weighting.Searched : Unlearner.Searched;

    private bool IsWeightSearched => !double.IsNaN(Weighting.Searched);

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
            .. data.Length == 0 && (Data.UnseenShare == 0 || Data.UnseenPerClass == 0) && Unlearner.LacksUnseen(Weighting, [.. Enumerable.Range(0, Data.Classes)]) is { } lack ? [lack] : Array.Empty<string>(),
        ];
    }

    /// <summary>This experiment with another method.</summary>
    public ExperimentSpec With(Method method) => this with { Unlearner = method.Unlearner, Weighting = method.Weighting };

    /// <summary>This experiment with the constant twin of its weighting: as large a weight in every epoch, alike for every forget sample.</summary>
    /// <exception cref="Fault">The weighting gives all samples the same weight already.</exception>
    public ExperimentSpec ConstantTwin() => new ConstantTwin(Weighting) is var twin && twin.Faults().FirstOrDefault() is { } fault
        ? throw new Fault($"{Title} has no constant twin: {fault}.")
        : this with { Weighting = twin };

    /// <summary>Refuses experiments that lack a part, which no key could tell.</summary>
    /// <exception cref="Fault">A part is null; the sentence says which.</exception>
    internal static void DemandWhole(IEnumerable<ExperimentSpec?> specs)
    {
        foreach (var (place, spec) in specs.Index())
            if (spec?.Missing is not "")
                throw new Fault(Invariant($"Experiment {place + 1} has no {spec?.Missing ?? "spec at all"} (null), so nothing was computed. Give it one; null stands for nothing here."));
    }

    private string Missing => new (object? Part, string Name)[]
    {
        (Data, nameof(Data)), (Data?.Benchmark, $"{nameof(Data)}.{nameof(Data.Benchmark)}"), (Data?.Forget, $"{nameof(Data)}.{nameof(Data.Forget)}"), (Network, nameof(Network)),
        (Training, nameof(Training)), (Unlearner, nameof(Unlearner)), (Weighting, nameof(Weighting)), (Seeds, nameof(Seeds)),
    }.FirstOrDefault(part => part.Part is null).Name ?? "";

    internal IReadOnlyList<double> ValuesToSearch(ValueList<double> rates) => IsWeightSearched ? Weighting.ValuesToSearch() : Unlearner.ValuesToSearch(rates);

    internal ExperimentSpec WithSearched(double value) => IsWeightSearched ? this with { Weighting = Weighting.WithSearched(value) } : this with { Unlearner = Unlearner.WithSearched(value) };

    /// <summary>This experiment with Retrain's other seed (<see cref="Seeds.OfControl"/>); everything else is the same.</summary>
    internal ExperimentSpec OtherTraining() => this with { Seeds = Seeds.OfControl() };

    /// <summary>This experiment with one number for all three seeds, so that methods are compared in pairs.</summary>
    /// <param name="seed">Any number; zero is a seed.</param>
    public ExperimentSpec WithSeed(int seed) => this with { Data = Data with { Seed = seed }, Seeds = new Seeds(seed, seed) };
}

/// <summary>The seeds of one run besides the data seed, each for one purpose.</summary>
/// <param name="Training">Initial weights and batch order of Original and of Retrain.</param>
/// <param name="Unlearning">Everything a method draws: labels, batch order, masks, augmentation.</param>
public sealed record Seeds(int Training, int Unlearning)
{
    // Both numbers are usually equal. Were the second used as it is, FT would go through the retain set in the very order in which Retrain
    // went through it, augmentation included, and be nearer to it for that alone. All methods share one stream, so that they stay paired.
    internal int OfMethods => Own("unlearning");

    internal int OfRelearning => Own("relearning");

    private int Own(string purpose) => new SeededStream(Unlearning, purpose).Below(int.MaxValue);

    /// <summary>The training seed of the other Retrain is that of Retrain plus this: beyond the seeds of reports and of pilots, so that no two runs share one.</summary>
    public const int ControlOffset = 10_000;

    /// <summary>The seeds of the other Retrain (<see cref="RetrainControl"/>).</summary>
    public Seeds OfControl() => this with { Training = Training + ControlOffset };
}

/// <summary>What is compared with what: an unlearner with its settings and the weighting plugged into it.</summary>
/// <param name="Unlearner">The unlearner and its settings.</param>
/// <param name="Weighting">How forget samples weigh in its loss.</param>
public sealed record Method(Unlearner Unlearner, LossWeighting Weighting)
{
    /// <summary>The name in tables. Random labels with the forgetting-aware weighting is what the paper calls FaLW.</summary>
    public string Title => (Unlearner, Weighting) switch
    {
        (_, UniformWeighting) => Unlearner.Title,
        (_, ConstantTwin twin) => $"{Unlearner.Title}, constant as {(this with { Weighting = twin.Of }).Title}",
        (RandomLabel, ForgettingAwareWeighting weighting) => $"FaLW{weighting.Variant}",
        _ => $"{Unlearner.Title} + {Weighting.Title}",
    };

    /// <summary>The name that tells variants apart: the title and the settings that differ from their defaults, in short words ("FaLW, τ 0.3"); epochs, rate and the like are left out.</summary>
    public string Label => Weighting is ConstantTwin twin ? $"{Unlearner.Title}, constant as {(this with { Weighting = twin.Of }).Label}" : Labels.Of(this);
}

/// <summary>Names of runs by their own settings: what differs from the defaults of the record's parameters, in short words.</summary>
internal static class Labels
{
    private static readonly Dictionary<string, string> Short = new(StringComparer.Ordinal)
    {
        ["Tau"] = "τ",
        ["Gamma"] = "γ",
        ["Eta"] = "η",
        ["Alpha"] = "α",
        ["Beta"] = "β",
        ["Beta1"] = "β1",
        ["Beta2"] = "β2",
        ["Lambda"] = "λ",
        ["Temperature"] = "T",
        ["RefreshEvery"] = "refresh",
        ["LearningRate"] = "rate",
        ["BatchSize"] = "batch",
        ["WeightDecay"] = "decay",
        ["RetainShare"] = "retain share",
    };

    // How long and how fast a method trains is its budget; a table of one budget need not say it in every row.
    private static readonly HashSet<string> Budget = [.. typeof(GradientUnlearner).GetProperties().Select(property => property.Name), nameof(SFRon.Iterations)];

    /// <summary>A setting as tables and axes call it: "τ" for Tau, "refresh" for RefreshEvery, "epochs without" for EpochsWithout.</summary>
    public static string ShortName(string setting) => Short.TryGetValue(setting, out var name) ? name
        : string.Concat(setting.Select((c, i) => i > 0 && char.IsUpper(c) && !char.IsUpper(setting[i - 1]) ? " " + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));

    /// <summary>The title, and every setting of weighting and method that differs from its default, except the method's budget: "FaLW, τ 0.3".</summary>
    public static string Of(Method method) => string.Join(", ", [
        method.Title, .. Differing(method.Unlearner, each => each.Title).Where(setting => !Budget.Contains(setting.Name)).Concat(Differing(method.Weighting, each => each.Title)).Select(Words)]);

    private static string Words((string Name, JsonNode? Value) setting) => setting.Value?.GetValueKind() switch
    {
        JsonValueKind.True => ShortName(setting.Name),
        JsonValueKind.False => $"no {ShortName(setting.Name)}",
        JsonValueKind.Array => $"{ShortName(setting.Name)} {string.Join(" ", setting.Value.AsArray())}",
        _ => $"{ShortName(setting.Name)} {setting.Value}",
    };

    private static IEnumerable<(string Name, JsonNode? Value)> Differing<T>(T part, Func<T, string> title) where T : notnull
    {
        var defaults = Defaults(part, out var required);
        var (own, plain) = (CanonicalJson.Node(part)!.AsObject(), defaults is null ? [] : CanonicalJson.Node((T)defaults)!.AsObject());
        // Words that the title has already: "FaLW (no balance)".
        var isSaid = defaults is not null && title((T)defaults) != title(part);
        foreach (var (name, value) in own)
        {
            if (name == "$type" || value is JsonObject || (!required.Contains(name) && JsonNode.DeepEquals(value, plain[name]))) continue;
            if (!isSaid || value?.GetValueKind() is JsonValueKind.Number) yield return (name, value);
        }
    }

    // The record as its parameters' defaults make it; those without a default are taken over, and always told.
    private static object? Defaults(object part, out HashSet<string> required)
    {
        var constructor = part.GetType().GetConstructors().MaxBy(each => each.GetParameters().Length);
        var parameters = constructor?.GetParameters() ?? [];
        required = [.. parameters.Where(parameter => !parameter.HasDefaultValue).Select(parameter => parameter.Name!)];
        try
        {
            return constructor?.Invoke([
                .. parameters.Select(each => each.HasDefaultValue ? each.DefaultValue : part.GetType().GetProperty(each.Name!)?.GetValue(part))]);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }
}
