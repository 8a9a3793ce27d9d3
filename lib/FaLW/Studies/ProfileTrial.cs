using FaLW.Data;
using FaLW.Experiments;

namespace FaLW.Studies;

/// <summary>One image under the two models of reference.</summary>
/// <param name="Row">Its row in the image set.</param>
/// <param name="Class">Its true class.</param>
/// <param name="Original">Log-odds of the true class under Original, to four decimals.</param>
/// <param name="Retrain">The same under Retrain.</param>
public sealed record ProfileSample(int Row, int Class, double Original, double Retrain);

/// <summary>What <see cref="AuditLab.Profile"/> found. Plain numbers.</summary>
/// <param name="Study">What was asked.</param>
/// <param name="Unseen">Images no model was trained on: the unseen part and the test part, in the order of the image set.</param>
/// <param name="Forget">Images to forget, in the order of the forget set.</param>
/// <param name="ForgetCounts">For each class how many of its images are forgotten.</param>
/// <param name="Renewals">For every learning rate Algorithm 1 and the others.</param>
/// <param name="Provenance">Where it was computed.</param>
public sealed record ProfileTrial(
    ProfileStudy Study, ValueList<ProfileSample> Unseen, ValueList<ProfileSample> Forget, ValueList<int> ForgetCounts,
    ValueList<Renewal> Renewals, Provenance Provenance)
{
    /// <summary>The records of profile studies in a folder of records.</summary>
    /// <param name="folder">The folder; need not exist.</param>
    /// <param name="notice">Told, as a sentence, of a record that cannot be used; may be null.</param>
    public static RecordShelf<ProfileTrial> Shelf(string folder, IProgress<string>? notice = null) =>
        new(folder, Path.Combine(folder, "profiles"), trial => trial.Study.Stage(), trial => trial.Study.Stage().Key, notice);

    /// <summary>The images under the model that was trained on those to forget.</summary>
    public ProfileView Original => View(nameof(Original), sample => sample.Original);

    /// <summary>The images under the model that never saw those to forget.</summary>
    public ProfileView Retrain => View(nameof(Retrain), sample => sample.Retrain);

    private ProfileView View(string model, Func<ProfileSample, double> odds)
    {
        ValueList<ClassOdds> Seen(ValueList<ProfileSample> samples) => [.. samples.Select(sample => new ClassOdds(sample.Class, odds(sample)))];
        return new ProfileView(Study.Spec, model, Seen(Unseen), Seen(Forget), ForgetCounts);
    }
}
