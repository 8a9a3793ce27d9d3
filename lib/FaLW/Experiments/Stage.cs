using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FaLW.Data;

namespace FaLW.Experiments;

/// <summary>
/// One step of an experiment that is worth keeping: its name, the part of the spec it depends on, and the
/// key that this part and <see cref="ProtocolVersion"/> give. Equal keys are equal results.
/// </summary>
public sealed class Stage
{
    /// <summary>Enters every key. Raised by hand when a change is meant to change numbers.</summary>
    public const int ProtocolVersion = 2;

    internal Stage(string name, JsonObject part, Stage? of = null)
    {
        Name = name;
        Part = part;
        Unkept = of?.Unkept ?? OpenTypes.Unkept(part);
        Key = CanonicalJson.Hash(new JsonObject { ["Protocol"] = ProtocolVersion, ["Stage"] = name, ["Spec"] = part.DeepClone() });
    }

    internal string Name { get; }

    /// <summary>SHA-256 in lower-case hex.</summary>
    public string Key { get; }

    internal JsonObject Part { get; }

    /// <summary>
    /// Why an entry of this stage must never answer again, as a sentence: the code of a type in it cannot be told by a hash. Null, as a rule: equal
    /// keys are equal results.
    /// </summary>
    internal string? Unkept { get; }

    /// <summary>The model trained on forget and retain; it knows no forget rule and no method.</summary>
    internal static Stage Original(ExperimentSpec spec)
    {
        var part = Supervised(spec);
        part[nameof(spec.Data)]!.AsObject().Remove(nameof(DataSpec.Forget));
        return new Stage("original", part);
    }

    /// <summary>The model trained on retain only: as Original, and the forget rule matters.</summary>
    internal static Stage Retrain(ExperimentSpec spec) => new("retrain", Supervised(spec));

    /// <summary>Retrain with retain rows drawn by class (<see cref="ReweightedRows"/>): depends on what Retrain depends on.</summary>
    internal static Stage Reweighted(ExperimentSpec spec) => new("reweighted", Supervised(spec));

    /// <summary>The model after the method: depends on the whole spec.</summary>
    public static Stage Unlearned(ExperimentSpec spec) => new("unlearned", CanonicalJson.Node(spec)!.AsObject());

    internal static Stage Scores(Stage model, DataSpec data) => OfModel("scores", model, ("Data", CanonicalJson.Node(data)));

    /// <summary>What margin a model gives every image; it depends on no split.</summary>
    internal static Stage Margins(Stage model, DataSpec data)
    {
        var images = CanonicalJson.Node(data)!.AsObject();
        foreach (var split in new[] { nameof(data.Forget), nameof(data.UnseenShare), nameof(data.HeldBack), nameof(data.Seed) }) images.Remove(split);
        return OfModel("margins", model, ("Data", images));
    }

    /// <summary>What depends on a model and on something else.</summary>
    internal static Stage OfModel(string name, Stage model, params IEnumerable<(string Name, JsonNode? Value)> rest)
    {
        var part = new JsonObject { ["Model"] = model.Name, [nameof(model.Key)] = model.Key };
        foreach (var (member, value) in rest) part.Add(member, value);
        return new(name, part, model);
    }

    private static JsonObject Supervised(ExperimentSpec spec)
    {
        var part = new JsonObject
        {
            [nameof(spec.Data)] = CanonicalJson.Node(spec.Data),
            [nameof(spec.Network)] = CanonicalJson.Node(spec.Network),
            [nameof(spec.Training)] = CanonicalJson.Node(spec.Training),
            ["Seed"] = spec.Seeds.Training,
        };
        part[nameof(spec.Data)]!.AsObject().Remove(nameof(DataSpec.HeldBack));
        if (spec.Confusion is { } confusion) part[nameof(spec.Confusion)] = CanonicalJson.Node(confusion);
        return part;
    }
}

/// <summary>How a stage came about: told by whoever made it, kept with it, repeated whenever it is reused.</summary>
internal sealed record Made(double Seconds, Provenance Provenance)
{
    /// <summary>The most memory the process held while making it, in mebibytes; null where the system does not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PeakMemory { get; init; }
}

/// <summary>Time and memory one stage took when it was computed, also when it is reused.</summary>
/// <param name="Stage">"original", "retrain" or "unlearned".</param>
/// <param name="Seconds">Wall-clock seconds; of a method the whole call, masks and profiles included.</param>
public sealed record StageTime(string Stage, double Seconds)
{
    /// <summary>Where it was computed; null in results that were put together by hand.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>The most memory the process held meanwhile, in mebibytes, whatever a GPU held left out; null where the system did not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PeakMemory { get; init; }

    internal static StageTime Of(CacheEntry entry) => new(entry.Stage.Name, entry.Made.Seconds) { Provenance = entry.Made.Provenance, PeakMemory = entry.Made.PeakMemory };
}
