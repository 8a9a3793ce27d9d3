using System.Text.Json.Nodes;
using FaLW.Weighting;

namespace FaLW.Experiments;

/// <summary>
/// The distinct stages of a job in their order, and a rough idea of the work in each, in epochs over the training set: good
/// enough to say how long the rest will take.
/// </summary>
internal sealed class Plan
{
    internal const double WorkOfScores = 0.5;
    private readonly Dictionary<string, (Stage Stage, int Position, double Work)> stages = new(StringComparer.Ordinal);
    private readonly Lock counting = new();
    private double done;

    /// <summary>All models of each spec and their scores, those of the other Retrain too where there is to be one.</summary>
    public Plan(IEnumerable<ExperimentSpec> specs, ExperimentCache cache, bool control) : this(specs.SelectMany(spec => Runs(spec, control)), cache)
    {
    }

    internal Plan(IEnumerable<(Stage Stage, double Work)> job, ExperimentCache cache)
    {
        foreach (var (stage, work) in job)
            stages.TryAdd(stage.Key, (stage, stages.Count + 1, cache.Holds(stage) && !cache.Fresh ? 0 : work));
    }

    public int Count => stages.Count;

    /// <summary>Every stage once.</summary>
    public IEnumerable<Stage> Stages => stages.Values.Select(planned => planned.Stage);

    /// <summary>All work that is not kept.</summary>
    public double Left => stages.Values.Sum(stage => stage.Work);

    /// <summary>Stages that are not kept.</summary>
    public int Open => stages.Values.Count(stage => stage.Work > 0);

    public int Position(Stage stage) => stages[stage.Key].Position;

    /// <summary>Work done and left when a fraction of a stage is done; what was kept from before is neither.</summary>
    public (double Done, double Left) At(Stage stage, double fraction)
    {
        lock (counting)
        {
            var now = done + (stages[stage.Key].Work * fraction);
            return (now, stages.Values.Sum(s => s.Work) - now);
        }
    }

    /// <summary>Counts a stage as done.</summary>
    public void Finish(Stage stage)
    {
        lock (counting) done += stages[stage.Key].Work;
    }

    /// <summary>Original, Retrain, the other one where there is to be one, Retrain reweighted, and their scores.</summary>
    public static Plan OfReweighted(IEnumerable<ExperimentSpec> specs, ExperimentCache cache, bool control) => new(specs.SelectMany(spec =>
    {
        (Stage Stage, double Work)[] models = [.. Models(spec)[..2], .. control ? [Other(spec)] : Array.Empty<(Stage, double)>(), (Stage.Reweighted(spec), Models(spec)[1].Work)];
        return models.Concat(models.Select(model => (Stage.Scores(model.Stage, spec.Data), WorkOfScores)));
    }), cache);

    private static IEnumerable<(Stage Stage, double Work)> Runs(ExperimentSpec spec, bool control)
    {
        var models = Models(spec);
        if (control) models = [.. models[..2], Other(spec), .. models[2..]];
        return [.. Pattern(spec), .. models, .. models.Select(model => (Stage.Scores(model.Stage, spec.Data), WorkOfScores))];
    }

    // A constant twin asks what its pattern weighed, so the pattern is made before it.
    internal static IEnumerable<(Stage Stage, double Work)> Pattern(ExperimentSpec spec) =>
        spec.Weighting is ConstantTwin twin ? Models(spec with { Weighting = twin.Of }) : [];

    private static (Stage Stage, double Work) Other(ExperimentSpec spec) => (Stage.Retrain(spec.OtherTraining()), Models(spec)[1].Work);

    internal static (Stage Stage, double Work)[] Models(ExperimentSpec spec) =>
        [
            (Stage.Original(spec), spec.Training.Epochs),
            (Stage.Retrain(spec), spec.Training.Epochs * (1 - spec.Data.Forget.Share)),
            (Stage.Unlearned(spec), Setting(CanonicalJson.Node(spec.Unlearner), "Epochs", 5) * (1 + ProfileWork(spec))),
        ];

    // A forward pass is a third of a training step.
    private static double ProfileWork(ExperimentSpec spec)
    {
        if (spec.Weighting.ProfileEvery == 0) return 0;
        var perClass = spec.Data.UnseenShare * (spec.Data.TrainPerClass == 0 ? 500 : spec.Data.TrainPerClass);
        var unseen = spec.Data.Classes * (spec.Weighting.ProfilePerClass == 0 ? perClass : Math.Min(spec.Weighting.ProfilePerClass, perClass));
        var slice = spec.Weighting.ProfileSlice;
        return (slice == 0 ? unseen : Math.Min(slice, unseen)) / (3 * Setting(CanonicalJson.Node(spec.Unlearner), "BatchSize", 256) * spec.Weighting.ProfileEvery);
    }

    // Methods name their settings as they like; most have epochs, some inside the method they are built on.
    private static double Setting(JsonNode? settings, string name, double otherwise) => settings is not JsonObject members ? otherwise
        : members[name] is JsonValue value && value.TryGetValue(out double number) ? number
        : members.Select(m => Setting(m.Value, name, double.NaN)).FirstOrDefault(double.IsFinite, otherwise);
}
