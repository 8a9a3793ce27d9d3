using System.Text.Json.Nodes;
using FaLW.Data;

namespace FaLW.Experiments;

/// <summary>
/// One step of an experiment that is worth keeping: its name, the part of the spec it depends on, and the
/// key that this part and <see cref="Protocol.Version"/> give. Equal keys are equal results.
/// </summary>
public sealed class Stage
{
    private Stage(string name, JsonObject part)
    {
        Name = name;
        Part = part;
        Key = CanonicalJson.Hash(new JsonObject { ["Protocol"] = Protocol.Version, ["Stage"] = name, ["Spec"] = part.DeepClone() });
    }

    /// <summary>"original", "retrain", "unlearned", "scores", "margins" or "profile".</summary>
    public string Name { get; }

    /// <summary>SHA-256 in lower-case hex.</summary>
    public string Key { get; }

    /// <summary>What the stage depends on, and nothing else.</summary>
    public JsonObject Part { get; }

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

    /// <summary>The model after the method: depends on the whole spec.</summary>
    /// <param name="spec">The experiment.</param>
    public static Stage Unlearned(ExperimentSpec spec) => new("unlearned", CanonicalJson.Node(spec)!.AsObject());

    /// <summary>What a model scores on the sets of a data spec.</summary>
    /// <param name="model">The stage that made the model.</param>
    /// <param name="data">The sets.</param>
    public static Stage Scores(Stage model, DataSpec data) => new("scores", new JsonObject
    {
        ["Model"] = model.Name,
        [nameof(model.Key)] = model.Key,
        ["Data"] = CanonicalJson.Node(data),
    });

    /// <summary>What margin a model gives every image; it depends on no split.</summary>
    /// <param name="model">The stage that made the model.</param>
    /// <param name="data">The images; how they are split is not looked at.</param>
    public static Stage Margins(Stage model, DataSpec data)
    {
        var images = CanonicalJson.Node(data)!.AsObject();
        foreach (var split in new[] { nameof(data.Forget), nameof(data.UnseenShare), nameof(data.Seed) }) images.Remove(split);
        return new("margins", new JsonObject { ["Model"] = model.Name, [nameof(model.Key)] = model.Key, ["Data"] = images });
    }

    /// <summary>How unseen images lie under the models of a study, and what it costs to know.</summary>
    /// <param name="study">The study.</param>
    public static Stage Profile(ProfileStudy study) => new("profile", CanonicalJson.Node(study)!.AsObject());

    private static JsonObject Supervised(ExperimentSpec spec) => new()
    {
        [nameof(spec.Data)] = CanonicalJson.Node(spec.Data),
        [nameof(spec.Network)] = CanonicalJson.Node(spec.Network),
        [nameof(spec.Training)] = CanonicalJson.Node(spec.Training),
        ["Seed"] = spec.Seeds.Training,
    };
}
