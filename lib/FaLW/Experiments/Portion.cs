using System.Globalization;
using FaLW.Data;
using FaLW.Weighting;

namespace FaLW.Experiments;

/// <summary>
/// A part of a sweep that one process makes by itself, beside others on one cache: a model that experiments share, or one experiment with its method and all
/// scores. Portions of one level need nothing of each other, except that a constant twin waits for its pattern.
/// </summary>
/// <param name="Level">One of <see cref="Levels"/>.</param>
/// <param name="Key">Key of the last stage it makes: where that is kept, all of the portion is.</param>
/// <param name="Spec">The experiment as it is to run.</param>
public sealed record Portion(string Level, string Key, ExperimentSpec Spec)
{
    private const string Original = "original", Retrain = "retrain", Unlearned = "unlearned";

    /// <summary>The levels in their order. The first two need nothing of each other; the third needs both.</summary>
    public static IReadOnlyList<string> Levels { get; } = [Original, Retrain, Unlearned];

    /// <summary>What it is called where somebody has to find it.</summary>
    public string Title => string.Create(CultureInfo.InvariantCulture,
        $"{(Level == Unlearned ? $"{Spec.Label}, seed {Spec.Seeds.Unlearning}" : $"{char.ToUpperInvariant(Level[0])}{Level[1..]}, seed {Spec.Seeds.Training}")}, {Spec.Data.Benchmark.Name}, gamma {Spec.Data.Forget.Gamma}");

    /// <summary>Whether the kit that reads it gives it the key that the kit had which wrote it.</summary>
    public bool HasItsKey => Key == Last.Key;

    private Stage Last => Level switch
    {
        Original => Stage.Original(Spec),
        Retrain => Stage.Retrain(Spec),
        _ => Stage.Scores(Stage.Unlearned(Spec), Spec.Data),
    };

    /// <summary>What is left of experiments, in the order of levels, each portion once; records and what is kept answer for the rest.</summary>
    /// <param name="lab">The lab that says what is recorded, and whether every experiment has another Retrain.</param>
    /// <param name="specs">Experiments as they are to run.</param>
    /// <param name="isKept">Whether a portion is kept where it is to be made.</param>
    /// <exception cref="Fault">An experiment cannot run.</exception>
    public static IReadOnlyList<Portion> Of(Lab lab, IReadOnlyList<ExperimentSpec> specs, Func<Portion, bool> isKept)
    {
        lab.Check(specs);
        Portion[] left = [.. specs.Where(spec => !lab.IsRecorded(spec)).Select(spec => At(Unlearned, spec)).Where(portion => !isKept(portion))];
        var models = left.Select(portion => portion.Spec).ToList();
        return
        [
            .. models.Select(spec => At(Original, spec))
                .Concat(models.SelectMany(spec => lab.Settings.Control ? [spec, spec.OtherTraining()] : new[] { spec }).Select(spec => At(Retrain, spec)))
                .Where(portion => !isKept(portion)).Concat(left).DistinctBy(portion => portion.Key),
        ];
    }

    /// <summary>Portions of one level in tasks of a length. A constant twin is in the task of its pattern, right after it, so that no task waits for another.</summary>
    /// <param name="portions">Portions of one level.</param>
    /// <param name="length">Portions in a task, from 1; a twin counts with its pattern.</param>
    public static IReadOnlyList<IReadOnlyList<Portion>> Tasks(IEnumerable<Portion> portions, int length) =>
    [
        .. portions.GroupBy(portion => portion.Spec.Weighting is ConstantTwin twin ? At(portion.Level, portion.Spec with { Weighting = twin.Of }).Key : portion.Key)
            .Chunk(length).Select(task => task.SelectMany(group => group).ToList()),
    ];

    /// <summary>Whether the portion is kept in a cache, sound or not.</summary>
    /// <param name="cache">Folder of the cache.</param>
    /// <param name="footing">The ground it is to be computed on, <see cref="Lab.Footing"/>.</param>
    public bool IsKept(string cache, string footing) => new ExperimentCache(cache) { Footing = footing }.HoldsHere(Last);

    /// <summary>Makes the portion, or finds it kept.</summary>
    /// <param name="lab">The lab that makes it.</param>
    /// <param name="cancellation">Stops at the next step; finished stages are kept.</param>
    /// <exception cref="Fault">It cannot be made.</exception>
    public void Make(Lab lab, CancellationToken cancellation) => lab.Run<bool>([Spec], job =>
    {
        var experiment = lab.Experiment(Spec, job);
        if (Level == Original) experiment.Original();
        else if (Level == Retrain) experiment.Retrain();
        else experiment.Run(lab.Settings.Control);
        return () => true;
    }, cancellation);

    private static Portion At(string level, ExperimentSpec spec) => new Portion(level, "", spec) is var portion ? portion with { Key = portion.Last.Key } : portion;
}
