using FaLW.Data;
using FaLW.Experiments;
using FaLW.Metrics;

namespace FaLW.Studies;

/// <summary>
/// What is audited, with how many models. Everything that changes a number of the outcome is in here. Non-members are test images (RMIA) or rows held
/// back from the method (U-LiRA), never the unseen set, which is FaLW's own reference.
/// </summary>
/// <param name="Experiments">One experiment per method, on the same data, network, training and seeds, under different names.</param>
/// <param name="Models">Seeds of every model for RMIA and for the margins, at least 4; 10 to 20 for a steady figure.</param>
/// <param name="Shadows">Halves of the data for U-LiRA, at least 4; 16 to 32 for a steady figure.</param>
/// <param name="Draws">Forget sets per half, at least 1.</param>
/// <param name="Relearn">How models are trained on.</param>
/// <param name="Confusion">The classes whose labels are exchanged in the interclass confusion test.</param>
/// <param name="Repeats">Seeds of the audits that train further or anew: relearning, confusion, ZRF; 1 to <paramref name="Models"/>.</param>
/// <param name="Untrained">Untrained networks for ZRF, at least 5.</param>
public sealed record AuditSpec(
    ValueList<ExperimentSpec> Experiments, int Models, int Shadows, int Draws, RelearnSpec Relearn, InterclassConfusion Confusion, int Repeats, int Untrained = 5)
{
    /// <summary>The image set.</summary>
    public Benchmark Benchmark => Experiments[0].Data.Benchmark;

    /// <summary>The same job on another image set.</summary>
    /// <param name="benchmark">The image set.</param>
    public AuditSpec On(Benchmark benchmark) => this with
    {
        Experiments = Experiments.Select(each => each with
        {
            Data = each.Data with { Benchmark = benchmark, FirstClasses = Math.Min(each.Data.FirstClasses, benchmark.Classes) },
        }).ToValueList(),
    };

    /// <summary>Throws one sentence that lists everything wrong with the job.</summary>
    /// <exception cref="Fault">There are too few models, or experiments that cannot be compared.</exception>
    public void Check()
    {
        string[] faults = [.. Faults()];
        if (faults.Length > 0) throw new Fault($"These audits cannot be made: {string.Join("; ", faults)}. Correct the spec.");
    }

    /// <summary>What a whole job of audits depends on; its key names the record.</summary>
    public Stage Stage() => new("audits", CanonicalJson.Node(this)!.AsObject());

    /// <summary>Every experiment whose models are audited, the shadows and the confused ones too.</summary>
    internal IReadOnlyList<ExperimentSpec> Everything =>
        [.. new Func<ExperimentSpec, IReadOnlyList<ExperimentSpec>>[] { MembersOf, ShadowsOf, RepeatsOf, ConfusedOf }.SelectMany(of => Experiments.SelectMany(of))];

    internal IReadOnlyList<ExperimentSpec> MembersOf(ExperimentSpec experiment) => Ensemble.Repeated(experiment, Models);

    internal IReadOnlyList<ExperimentSpec> ShadowsOf(ExperimentSpec experiment) => Ensemble.Shadows(experiment, Shadows, Draws);

    internal IReadOnlyList<ExperimentSpec> RepeatsOf(ExperimentSpec experiment) => Ensemble.Repeated(experiment, Repeats);

    internal IReadOnlyList<ExperimentSpec> ConfusedOf(ExperimentSpec experiment) => Ensemble.Repeated(experiment with { Confusion = Confusion }, Repeats);

    private IEnumerable<string> Faults()
    {
        if (Experiments.Count == 0) yield return "there is no method to audit";
        if (Experiments.Select(FaLW.Experiments.Stage.Retrain).DistinctBy(stage => stage.Key, StringComparer.Ordinal).Skip(1).Any())
            yield return "the experiments have different Retrains, and methods can only be compared on one";
        if (Experiments.GroupBy(each => each.Title, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            yield return $"{twice.Key} is there twice";
        if (Models < 4) yield return FormattableString.Invariant($"models are needed in 4 seeds or more, but {Models} were asked for");
        if (Shadows < 4) yield return FormattableString.Invariant($"4 shadows or more are needed, but {Shadows} were asked for");
        if (Draws < 1) yield return FormattableString.Invariant($"every shadow forgets at least once, but {Draws} draws were asked for");
        foreach (var fault in Relearn.Faults()) yield return fault;
        if (Repeats < 1 || Repeats > Models) yield return FormattableString.Invariant($"repeats must be 1 to the number of models, but are {Repeats}");
    }
}
