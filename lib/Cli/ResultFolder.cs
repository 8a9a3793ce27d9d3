using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Studies;

namespace FaLW.Cli;

/// <summary>A folder of results: one JSON file per run, or one of audits, what the study was, and the report made of them.</summary>
internal sealed partial class ResultFolder
{
    private const string Ending = ".run.json";
    private const string Remedy = "Remove it, or run the study again, which writes it anew.";

    /// <summary>A folder that a run wrote, or is to write.</summary>
    public ResultFolder(string path) => Path = System.IO.Path.GetFullPath(path);

    public string Path { get; }

    private string Runs => System.IO.Path.Combine(Path, "runs");

    private string StudyPath => System.IO.Path.Combine(Path, "study.json");

    /// <summary>The folder asked for, or one per name, scale and image set under XDG_STATE_HOME or .local/state.</summary>
    public static ResultFolder Of(string? asked, string name, Scale? scale)
    {
        if (asked is not null) return new ResultFolder(asked);
        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } set
            ? set
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".local", "state");
        var data = scale?.Data is { } benchmark ? $"-{benchmark.Name.ToLowerInvariant()}" : "";
        return new ResultFolder(System.IO.Path.Combine(state, "falw", $"{name}{(scale is null ? "" : $"-{scale}")}{data}"));
    }

    /// <summary>Makes the folder and writes a byte, so that hours of work do not end at a closed door; nor on what is somebody else's.</summary>
    /// <exception cref="Fault">It holds another study, or a report that no run wrote.</exception>
    public void Prepare(string study, bool isPilot = false) => Guarded(() =>
    {
        Directory.CreateDirectory(Path);
        if (InTheWay(study, isPilot) is { } what) throw new Fault($"{Path} holds {what}, which this run would replace, so nothing was computed. Name another folder with --out, or move away what is there.");
        using var probe = new FileStream(System.IO.Path.Combine(Path, ".writable"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        probe.WriteByte(1);
    });

    private string? InTheWay(string study, bool isPilot)
    {
        if (!File.Exists(StudyPath)) return new[] { "report.html", "report.md" }.FirstOrDefault(name => File.Exists(System.IO.Path.Combine(Path, name))) is { } report ? $"a {report} that no run wrote" : null;
        try
        {
            var label = Label();
            return (label.Name, label.IsPilot) == (study, isPilot) ? null : $"the results of study {label.Name}{(label.IsPilot ? "'s search" : "")}";
        }
        catch (Fault)
        {
            // Damaged, or of an earlier kit: running the study again is what its sentence advises.
            return null;
        }
    }

    /// <summary>Writes the results of a study, and the report made of them, in place of the ones that were here.</summary>
    public void Write(IReadOnlyList<RunResult> results, Study study, Scale scale, IReadOnlyList<string> missing)
    {
        var label = new StudyLabel(study.Name, study.Title, study.Question, study.ChoicesAt(scale), study.PilotSeeds) { Missing = missing.Count > 0 ? missing : null, Runs = [.. results.Select(NameOf)] };
        Guarded(() => WriteRuns(results, label));
        Report(label, results);
    }

    /// <summary>Tables and page of a study; of a search what it decided, too.</summary>
    public void Report(StudyLabel study, IReadOnlyList<RunResult> results) => Guarded(() =>
    {
        if (study.IsPilot) WholeFile.Write(System.IO.Path.Combine(Path, "pilot.csv"), Plots.SearchTable.Tried(Pilot.Of(results)).ToCsv());
        var draws = study.Name == Study.Figure1.Name && !study.IsPilot ? DataShelf.Default().TrainCounts(Benchmark.Cifar100).Counts : null;
        Plots.Report.Write(Path, results, study.Title, study.Question, study.Choices, study.Missing, draws);
    });

    /// <summary>Tables and page of the reproduction.</summary>
    public void Report(Reproduction found) => Guarded(() => Plots.Report.Write(Path, found));

    /// <summary>The results in this folder, in the order they were run, and what the study was.</summary>
    /// <exception cref="Fault">There are none.</exception>
    public (StudyLabel Study, IReadOnlyList<RunResult> Results) Read()
    {
        var label = Label();
        var files = Directory.Exists(Runs) ? Directory.GetFiles(Runs, $"*{Ending}").Order(StringComparer.Ordinal).ToArray() : [];
        if (files.Length == 0 && label.Name != Study.Figure1.Name)
            throw new Fault($"There are no results in {Path}. 'falw run STUDY --out {Path}' makes some; without --out a run says at its end where it wrote.");
        RunResult[] results = [.. files.Select(file => CanonicalJson.LoadSealed<RunResult>(file, Remedy))];
        if (files.Zip(results).GroupBy(pair => pair.Second.Key, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
            throw new Fault($"{string.Join(" and ", twice.Select(pair => pair.First))} hold the same result, which would count as two seeds. Remove all but one.");
        string[] gone = [.. (label.Runs ?? []).Except(files.Select(file => System.IO.Path.GetFileName(file)), StringComparer.Ordinal)];
        return (label with { Missing = gone.Length == 0 ? label.Missing : [.. label.Missing ?? [], .. gone.Select(name => $"Missing: {name}, which the run wrote, is not in the folder any more.")] }, results);
    }

    private StudyLabel Label() => File.Exists(StudyPath) ? CanonicalJson.LoadSealed<StudyLabel>(StudyPath, Remedy) : new StudyLabel("", "Long-tailed unlearning", "", "", IsPilot: false);

    private void WriteRuns(IReadOnlyList<RunResult> results, StudyLabel study)
    {
        string[] names = [.. results.Select(NameOf)];
        string[] texts = [.. results.AsParallel().AsOrdered().Select(CanonicalJson.SealedText)];
        Directory.CreateDirectory(Runs);
        foreach (var (name, text) in names.Zip(texts)) WholeFile.Write(System.IO.Path.Combine(Runs, name), text);
        foreach (var old in Directory.GetFiles(Runs, $"*{Ending}").Where(file => OwnName().IsMatch(System.IO.Path.GetFileName(file)) && !names.Contains(System.IO.Path.GetFileName(file), StringComparer.Ordinal)))
            File.Delete(old);
        CanonicalJson.SaveSealed(StudyPath, study);
        File.Delete(AuditFile);
    }

    [GeneratedRegex(@"^\d{3,}-[^-]+-seed\d+-[0-9a-f]{12}\.run\.json$", RegexOptions.CultureInvariant)]
    private static partial Regex OwnName();

    // The position first, so that the order of names is the order of the study.
    private static string NameOf(RunResult result, int position) => FormattableString.Invariant(
        $"{position + 1:000}-{string.Concat(result.Title.Where(char.IsLetterOrDigit))}-seed{result.Spec.Seeds.Unlearning}-{result.Key[..12]}{Ending}");

    /// <summary>Writes into the folder, or says what to do where it cannot be written.</summary>
    public void Guarded(Action write) => ClosedPlace.Guard(write, (reason, closed) => new Fault($"The results folder {Path} cannot be written: {reason}. " +
        "Name another with --out (of 'falw report' as DIR), or free some space; what was computed is kept, and the same command goes on from there.", closed));

    private string AuditFile => System.IO.Path.Combine(Path, "audits.json");

    /// <summary>Writes what audits found, and the report made of it, in place of what was here.</summary>
    public void Write(AuditResult result, AuditStudy study)
    {
        var label = new StudyLabel(study.Name, study.Title, study.Question, study.Choices, IsPilot: false);
        Guarded(() =>
        {
            CanonicalJson.SaveSealed(AuditFile, result);
            CanonicalJson.SaveSealed(StudyPath, label);
            if (Directory.Exists(Runs)) Directory.Delete(Runs, recursive: true);
        });
        Report(label, result);
    }

    /// <summary>Makes the report again from what the folder holds, runs or audits.</summary>
    /// <exception cref="Fault">It holds neither.</exception>
    public void ReportAgain()
    {
        if (File.Exists(AuditFile)) Report(Label(), CanonicalJson.LoadSealed<AuditResult>(AuditFile, Remedy));
        else
        {
            var (study, results) = Read();
            Report(study, results);
        }
    }

    private void Report(StudyLabel study, AuditResult result) => Guarded(() => Plots.Report.Write(Path, result, study.Title, study.Question, study.Choices));
}

/// <summary>What a report says of the study its results belong to.</summary>
internal sealed record StudyLabel(string Name, string Title, string Question, string Choices, bool IsPilot)
{
    /// <summary>What belongs to the study and is not among the results, a sentence each; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Missing { get; init; }

    /// <summary>The files of the results, in their order; null in a folder of audits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Runs { get; init; }
}
