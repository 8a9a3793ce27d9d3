using FaLW.Data;
using FaLW.Experiments;
using FaLW.Training;

namespace FaLW.Studies;

/// <summary>Runs specs and studies at the scale of a lab.</summary>
public static class StudyLab
{
    /// <summary>
    /// The specs of one comparison at a scale. The turned digits stand in only where there are images for none of the specs and records for none:
    /// all or none, since methods on different images cannot be compared, and so that one more method never changes the rows of the others. Where they
    /// stand in, methods that a study set for the missing images get what it set for these.
    /// </summary>
    /// <param name="scale">The scale.</param>
    /// <param name="specs">Any specs, usually of <see cref="Protocol"/> or of a <see cref="Study"/>.</param>
    /// <param name="isHere">Whether the files of an image set are on this machine.</param>
    /// <param name="isRecorded">Whether there is a record of a rewritten spec; asked only where images are missing.</param>
    public static IReadOnlyList<ExperimentSpec> Rewrite(
        this Scale scale, IEnumerable<ExperimentSpec> specs, Func<Benchmark, bool> isHere, Func<ExperimentSpec, bool> isRecorded)
    {
        ExperimentSpec[] asked = [.. specs], meant = [.. asked.Select(spec => scale.Rewrite(spec, _ => true))];
        if (!MustStandIn(scale, meant, isHere, isRecorded)) return meant;
        var moved = Study.Moved(asked.Select(spec => spec.Method), scale, Scale.Class);
        return [.. asked.Select(spec => scale.Rewrite(spec.With(moved(spec.Method)), isHere))];
    }

    /// <summary>
    /// The specs as they will run at this scale on this machine. Where images are missing and no record answers for any of the specs, the
    /// digits stand in for all of them, and a notice says so; never at Paper, and never for some specs beside others that have their images or records.
    /// </summary>
    public static IReadOnlyList<ExperimentSpec> Rewrite(this Lab lab, IEnumerable<ExperimentSpec> specs)
    {
        ExperimentSpec[] asked = [.. specs];
        ExperimentSpec.DemandWhole(asked);
        // Whoever names a size means it.
        ExperimentSpec[] meant = [.. asked.Select(spec => lab.Scale.Rewrite(spec, _ => true))];
        var changed = asked.Index().Where(spec => spec.Item.Data is { FirstClasses: > 0 } or { TrainPerClass: > 0 } && meant[spec.Index].Data != spec.Item.Data).ToList();
        if (changed is [{ Item.Data: var data, Index: var first }, ..])
            lab.Say(Invariant($"Experiment {first + 1}{(changed.Count > 1 ? Invariant($" and {changed.Count - 1} more") : "")}: {data.Benchmark.Name}, {data.FirstClasses} classes, {data.TrainPerClass} images of each (0 is all) are not of scale {lab.Scale}, so images, network and training are brought to that scale. Lab.RunAsIs takes an experiment as it stands."), isSteady: true);
        return Told(lab, meant, lab.Scale.Rewrite(asked, lab.IsHere, lab.IsRecorded));
    }

    /// <summary>The experiments of a study as they will run at this scale on this machine, to be looked at or changed before they run.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="study">The study.</param>
    /// <param name="seeds">Number of seeds, at least 1.</param>
    public static IReadOnlyList<ExperimentSpec> Specs(this Lab lab, Study study, int seeds = 1) =>
        Told(lab, study.At(lab.Scale, seeds, _ => true, _ => true), study.At(lab.Scale, seeds, lab.IsHere, lab.IsRecorded));

    /// <summary>Runs a study: every experiment of every seed, at the scale of this lab; of a view (<see cref="Study.IsView"/>) what is known,
    /// and of a search what decides it: a value that can no longer be chosen is not run on the pilot seeds that are left.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="study">The study.</param>
    /// <param name="seeds">Number of seeds, at least 1.</param>
    /// <param name="diverged">Told of every experiment whose method left the real numbers; null lets the first one end the job.</param>
    /// <param name="cancellation">Stops at the next step; finished stages are kept and the same call goes on from there.</param>
    /// <returns>One result per spec that ran and did not diverge, in order.</returns>
    /// <exception cref="Fault">A spec cannot run; nothing was computed.</exception>
    public static IReadOnlyList<RunResult> Run(
        this Lab lab, Study study, int seeds = 1, Action<ExperimentSpec, DivergedException>? diverged = null, CancellationToken cancellation = default) =>
        (study, lab.Specs(study, seeds)) switch
        {
            ({ IsView: true }, var specs) => lab.Known(specs),
            ({ PilotSeeds: true }, var specs) => Search.Run(lab, specs, diverged, cancellation),
            (_, var specs) => lab.RunAsIs(specs, diverged, cancellation),
        };

    /// <summary>Runs experiments, or takes from records and cache what ran before.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="specs">Specs before the scale rewrites them.</param>
    /// <returns>One result per spec, in order.</returns>
    /// <exception cref="Fault">A spec cannot run; nothing was computed.</exception>
    public static IReadOnlyList<RunResult> Run(this Lab lab, params ExperimentSpec[] specs) => lab.Run(specs, CancellationToken.None);

    /// <summary>Runs experiments, or takes from records and cache what ran before. A record wins, so that everybody sees the same numbers.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="specs">Specs before the scale rewrites them.</param>
    /// <param name="cancellation">Stops at the next step; finished stages are kept and the same call goes on from there.</param>
    /// <returns>One result per spec, in order.</returns>
    /// <exception cref="Fault">A spec cannot run; nothing was computed.</exception>
    public static IReadOnlyList<RunResult> Run(this Lab lab, IEnumerable<ExperimentSpec> specs, CancellationToken cancellation = default) =>
        lab.RunAsIs(lab.Rewrite(specs), null, cancellation);

    /// <summary>
    /// <see cref="ReweightedRetrain"/> of some experiments, each as a result with that model in the place of Unlearned: what is read from it as a distance of a
    /// method to Retrain is the distance of the two references. Computed only here; no study trains one and no record holds one.
    /// </summary>
    /// <param name="lab">The lab.</param>
    /// <param name="specs">The experiments, before the scale rewrites them; methods are not looked at.</param>
    /// <param name="cancellation">Stops at the next step; finished stages are kept and the same call goes on from there.</param>
    /// <returns>One result for each distinct data, network, training and seed, in order; give them to tables together with the results of methods.</returns>
    /// <exception cref="Fault">A spec cannot run; nothing was computed.</exception>
    public static IReadOnlyList<RunResult> RetrainReweighted(this Lab lab, IEnumerable<ExperimentSpec> specs, CancellationToken cancellation = default)
    {
        ExperimentSpec[] distinct = [.. lab.Rewrite(specs).DistinctBy(spec => Stage.Reweighted(spec).Key)];
        return lab.Run<IReadOnlyList<RunResult>>(distinct, job =>
        {
            var results = distinct.Select(spec => lab.Experiment(spec, job).Reweighted(lab.Settings.Control)).ToList();
            return () => results.Select(read => read()).ToList();
        }, cancellation);
    }

    /// <summary>Whether there are images for none of the specs of a comparison, nor records, so that the digits must stand in for all.</summary>
    internal static bool MustStandIn(Scale scale, IEnumerable<ExperimentSpec> meant, Func<Benchmark, bool> isHere, Func<ExperimentSpec, bool> isRecorded) =>
        scale.Data is null && !scale.IsPapers && !meant.Any(spec => isHere(spec.Data.Benchmark) || isRecorded(spec));

    private static IReadOnlyList<ExperimentSpec> Told(Lab lab, IReadOnlyList<ExperimentSpec> meant, IReadOnlyList<ExperimentSpec> found)
    {
        foreach (var (wanted, taken) in meant.Zip(found, (a, b) => (a.Data.Benchmark, b.Data.Benchmark)).Distinct().Where(pair => pair.Item1 != pair.Item2))
            lab.SayExchanged(wanted, taken);
        return found;
    }
}
