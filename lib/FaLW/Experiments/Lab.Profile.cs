namespace FaLW.Experiments;

/// <summary>How unseen images lie, and what it costs to know.</summary>
public sealed partial class Lab
{
    /// <summary>
    /// The trial of this lab's scale: from the records, from the cache, or computed. Where its images are neither recorded nor on this
    /// machine, the digits stand in, except at Paper.
    /// </summary>
    /// <param name="cancellation">Stops at the next step; the same call goes on from there.</param>
    public ProfileTrial Profile(CancellationToken cancellation = default)
    {
        var wanted = ProfileStudy.At(Scale);
        if (records?.Find(wanted) is { } known)
        {
            Say($"From records: computed {Provenance.Span([known.Provenance])} by kit {known.Provenance.ShortKit} on {known.Provenance.Ground}. {Anew}", isSteady: true);
            return known;
        }

        var study = Scale.Name == Scale.Paper.Name || IsHere(wanted.Spec) ? wanted : ProfileStudy.At(Scale.Smoke);
        if (study.Spec.Data.Benchmark is var taken && taken != wanted.Spec.Data.Benchmark) SayExchanged(wanted.Spec.Data.Benchmark, taken);
        return Job([study.Spec], Plan.OfProfile(study, cache), workshop => Experiment(study.Spec, workshop).Profile(study), cancellation);
    }

    /// <summary>Writes the record of a trial, so that it travels with the repository.</summary>
    /// <param name="trial">What <see cref="Profile"/> found.</param>
    /// <returns>The file; null in a lab without records.</returns>
    public string? Keep(ProfileTrial trial)
    {
        if (settings.Records is not { } folder) return null;
        var shelves = records ?? new RecordShelf(folder, new Notices(settings.Progress));
        shelves.Keep(trial);
        return shelves.FileOf(trial.Study);
    }
}
