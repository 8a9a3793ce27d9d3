using FaLW.Data;

namespace FaLW.Experiments;

/// <summary>
/// Records of results in a folder, one file each, named by the key of the result; those of audits and of profile studies in folders of their own within. They travel with
/// the repository, so that what took hours opens in seconds everywhere. A record is only ever written by a run.
/// </summary>
/// <param name="folder">The folder; need not exist.</param>
/// <param name="notice">Told, as a sentence, of a record that cannot be used; may be null.</param>
public sealed class RecordShelf(string folder, IProgress<string>? notice = null)
{
    /// <summary>The environment variable that names another folder.</summary>
    public const string Variable = "FALW_RESULTS";

    private const string Audits = "audits", Profiles = "profiles";

    private readonly SealedShelf<RunResult> runs = new(Path.GetFullPath(folder), ResultRecord.Read, ResultRecord.Write, notice);
    private readonly SealedShelf<AuditResult> audits = new(Path.Combine(Path.GetFullPath(folder), Audits), AuditRecord.Read, AuditRecord.Write, notice);
    private readonly SealedShelf<ProfileTrial> profiles = new(Path.Combine(Path.GetFullPath(folder), Profiles), ProfileRecord.Read, ProfileRecord.Write, notice);

    /// <summary>The folder named by <see cref="Variable"/>, else data/results in the repository.</summary>
    public static string DefaultFolder => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen
        ? Path.GetFullPath(chosen)
        : Path.Combine(Checkout.Root(), "data", "results");

    /// <summary>The folder.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>The files of runs, in the order of their names.</summary>
    public IReadOnlyList<string> Files => runs.Files;

    /// <summary>The files of audits, in the order of their names.</summary>
    public IReadOnlyList<string> AuditFiles => audits.Files;

    /// <summary>The files of profile studies, in the order of their names.</summary>
    public IReadOnlyList<string> ProfileFiles => profiles.Files;

    /// <summary>The recorded result of a spec; null when there is none, or none that can be trusted.</summary>
    /// <param name="spec">The experiment as it would run, after the scale rewrote it.</param>
    public RunResult? Find(ExperimentSpec spec) => Found(Stage.Unlearned(spec), runs);

    /// <summary>The recorded result of a job of audits; null when there is none, or none that can be trusted.</summary>
    /// <param name="spec">The job as it would run.</param>
    public AuditResult? Find(AuditSpec spec) => Found(Stage.Audits(spec), audits);

    /// <summary>The recorded trial of a profile study; null when there is none, or none that can be trusted.</summary>
    /// <param name="study">What is asked.</param>
    public ProfileTrial? Find(ProfileStudy study) => Found(Stage.Profile(study), profiles);

    /// <summary>Where the record of a profile study lies, or would lie.</summary>
    /// <param name="study">What is asked.</param>
    public string FileOf(ProfileStudy study) => profiles.PathOf(Stage.Profile(study).Key);

    /// <summary>Writes the record of a result, unless the same result is recorded already or its code cannot be told by a key (<see cref="Stage.Unkept"/>).</summary>
    /// <param name="result">What a run found.</param>
    /// <returns>Whether a file was written.</returns>
    /// <exception cref="Fault">The folder cannot be written.</exception>
    public bool Keep(RunResult result) => Stage.Unlearned(result.Spec).Unkept is null && runs.Keep(result.Key, result);

    /// <summary>Writes the record of a job of audits, unless the same result is recorded already or its code cannot be told by a key (<see cref="Stage.Unkept"/>).</summary>
    /// <param name="result">What a run found.</param>
    /// <returns>Whether a file was written.</returns>
    /// <exception cref="Fault">The folder cannot be written.</exception>
    public bool Keep(AuditResult result) => Stage.Audits(result.Spec).Unkept is null && audits.Keep(result.Key, result);

    /// <summary>Writes the record of a trial, unless the same trial is recorded already or its code cannot be told by a key.</summary>
    /// <param name="trial">What a run found.</param>
    /// <returns>Whether a file was written.</returns>
    /// <exception cref="Fault">The folder cannot be written.</exception>
    public bool Keep(ProfileTrial trial) => Stage.Profile(trial.Study) is { Unkept: null } stage && profiles.Keep(stage.Key, trial);

    private static T? Found<T>(Stage stage, SealedShelf<T> shelf) where T : class => stage.Unkept is null ? shelf.Find(stage.Key) : null;
}
