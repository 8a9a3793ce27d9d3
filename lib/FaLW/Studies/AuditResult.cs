using System.Text.Json;
using FaLW.Data;
using FaLW.Experiments;

namespace FaLW.Studies;

/// <summary>What margins of so many models read where there is nothing to find, and where there is everything.</summary>
/// <param name="Models">Models on each side.</param>
/// <param name="Nothing">Retrain against other Retrains: the null level.</param>
/// <param name="Everything">Original against Retrains.</param>
public sealed record NullLevel(int Models, MarginGap Nothing, MarginGap Everything);

/// <summary>What a job of audits found: plain numbers, no model.</summary>
/// <param name="Spec">The job as it ran.</param>
/// <param name="Key">Its key; equal keys are equal results.</param>
/// <param name="Rows">Original (positive control), Retrain (negative control), then the methods in their order.</param>
/// <param name="Levels">How the null level of margins falls with the number of models, fewest first.</param>
/// <param name="ForgetCounts">For each class how many of its samples are forgotten.</param>
/// <param name="Origins">The kits and machines its models were made by, each once.</param>
public sealed record AuditResult(
    AuditSpec Spec, string Key, ValueList<AuditRow> Rows, ValueList<NullLevel> Levels, ValueList<int> ForgetCounts, ValueList<Provenance> Origins)
{
    // The share of Original's forget accuracy at which a set counts as known again.
    private const double Known = 0.95;

    /// <summary>Positive control: every audit must find it.</summary>
    public AuditRow Original => Rows[0];

    /// <summary>Negative control: no audit may find anything in it.</summary>
    public AuditRow Retrain => Rows[1];

    /// <summary>Whether every model was made by a kit that names its commit.</summary>
    public bool NamesCommits => Origins.All(origin => origin.NamesCommit);

    /// <summary>Where and when it was computed, in a sentence.</summary>
    public string Origin => FormattableString.Invariant(
        $"audits of {Rows.Count - 2} methods: computed {Provenance.Span(Origins)} by kit {Origins[^1].ShortKit} on {Origins[^1].Ground}.");

    /// <summary>Forget accuracy at which the forget set counts as known again: 95 % of Original's; percent, once per repeat.</summary>
    public IReadOnlyList<double> Bars => [.. Original.ForgetAccuracy.Select(accuracy => Known * accuracy)];

    /// <summary>Anamnesis index of a row, once per repeat: steps to the bar over Retrain's; 1 is Retrain's, below it knowledge is left, NaN where a curve ends below.</summary>
    /// <param name="row">One of <see cref="Rows"/>.</param>
    public IReadOnlyList<double> AnamnesisIndex(AuditRow row) =>
        [.. row.OnForget.Select((curve, i) => curve.AnamnesisIndex(Retrain.OnForget[i], Bars[i]))];

    /// <summary>The records of audits in a folder of records.</summary>
    /// <param name="folder">The folder; need not exist.</param>
    /// <param name="notice">Told, as a sentence, of a record that cannot be used; may be null.</param>
    public static RecordShelf<AuditResult> Shelf(string folder, IProgress<string>? notice = null) =>
        new(folder, Path.Combine(folder, "audits"), result => result.Spec.Stage(), result => result.Key, notice);

    /// <summary>The result as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, CanonicalJson.Readable);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="Fault">The text is not a result of audits.</exception>
    public static AuditResult FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditResult>(json, CanonicalJson.Options) ?? throw new JsonException("it is the word null");
        }
        catch (JsonException fault)
        {
            throw new Fault($"This is not a result of audits of this kit: {fault.Message} Run 'falw run audits' to write it anew.", fault);
        }
    }
}
