using System.Text.Json.Nodes;
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

    /// <summary>"original", "retrain", "reweighted", "unlearned", "scores", "margins", "relearned", "confusion", "audits" or "profile".</summary>
    public string Name { get; }

    /// <summary>SHA-256 in lower-case hex.</summary>
    public string Key { get; }

    /// <summary>What the stage depends on, and nothing else.</summary>
    public JsonObject Part { get; }

    /// <summary>
    /// Why an entry of this stage must never answer again, as a sentence: the code of a type in it cannot be told by a hash. Null, as a rule: equal
    /// keys are equal results.
    /// </summary>
    public string? Unkept { get; }

    /// <summary>The model trained on forget and retain; it knows no forget rule and no method.</summary>
    /// <param name="spec">The experiment.</param>
    public static Stage Original(ExperimentSpec spec)
    {
        var part = Supervised(spec);
        part[nameof(spec.Data)]!.AsObject().Remove(nameof(DataSpec.Forget));
        return new Stage("original", part);
    }

    /// <summary>The model trained on retain only: as Original, and the forget rule matters.</summary>
    /// <param name="spec">The experiment.</param>
    public static Stage Retrain(ExperimentSpec spec) => new("retrain", Supervised(spec));

    /// <summary>Retrain with retain rows drawn by class (<see cref="ReweightedRows"/>): depends on what Retrain depends on.</summary>
    /// <param name="spec">The experiment.</param>
    public static Stage Reweighted(ExperimentSpec spec) => new("reweighted", Supervised(spec));

    /// <summary>The model after the method: depends on the whole spec.</summary>
    /// <param name="spec">The experiment.</param>
    public static Stage Unlearned(ExperimentSpec spec) => new("unlearned", CanonicalJson.Node(spec)!.AsObject());

    /// <summary>What a model scores on the sets of a data spec.</summary>
    /// <param name="model">The stage that made the model.</param>
    /// <param name="data">The sets.</param>
    public static Stage Scores(Stage model, DataSpec data) => OfModel("scores", model, ("Data", CanonicalJson.Node(data)));

    /// <summary>What margin a model gives every image; it depends on no split.</summary>
    /// <param name="model">The stage that made the model.</param>
    /// <param name="data">The images; how they are split is not looked at.</param>
    public static Stage Margins(Stage model, DataSpec data)
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
